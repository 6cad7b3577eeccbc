"""Records one model from PyTorch: what every engine and every gradient of ours is compared with.

    record_model.py MODEL.py:NAME CONFIG.json FOLDER [--seed N]

writes into FOLDER, with names as pcp-export gives them:
    weights.safetensors    parameters, at a size at which every part of the model counts
    batch-N.safetensors    two batches of inputs
    gradients.safetensors  gradient of every parameter on batch 0
    steps.safetensors      `NAME`, `NAME/m`, `NAME/v` of every parameter after two AdamW steps, on batches 0 and 1
    record.json            how it was made, losses, gradient norms, hyperparameters
"""

import argparse
import importlib.util
import json
import os
import sys

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../lib/export/helper"))
from pcp_export.manifest import write_tensors  # noqa: E402

# A key's bias has no effect under softmax, so its gradient is rounding alone (1e-9), which an eps of 1e-8 would turn into steps.
HYPER = {"lr": 3e-4, "beta1": 0.9, "beta2": 0.95, "eps": 1e-6, "weight_decay": 0.1, "clip": 0.5}


def load(target, config):
    path, name = target.rsplit(":", 1)
    spec = importlib.util.spec_from_file_location("recorded_model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, getattr(module, name)(config)


def redraw(model, seed):
    """Weights of a size at which every part counts: zeros hide what is multiplied by them, and gradients of 1e-7 drown in rounding."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for value in model.parameters():
            noise = torch.randn(value.shape, generator=generator)
            if value.dim() < 2:
                value.add_(0.1 * noise)
            elif bool(value.any()):
                value.mul_(1 / (value.std() * value.shape[1] ** 0.5))
            else:
                value.copy_(0.5 * noise / value.shape[1] ** 0.5)


def optimizer(model):
    """AdamW that leaves vectors and scalars undecayed, as pcp-autodiff does by default."""
    groups = [
        {"params": [value for value in model.parameters() if value.dim() >= 2], "weight_decay": HYPER["weight_decay"]},
        {"params": [value for value in model.parameters() if value.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=HYPER["lr"], betas=(HYPER["beta1"], HYPER["beta2"]), eps=HYPER["eps"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("config")
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    with open(arguments.config, encoding="utf-8") as file:
        config = json.load(file)
    module, model = load(arguments.target, config)
    redraw(model, arguments.seed + 1)
    os.makedirs(arguments.folder, exist_ok=True)

    def write(name, tensors):
        write_tensors(os.path.join(arguments.folder, f"{name}.safetensors"), {key: value.detach() for key, value in tensors.items()})

    parameters = dict(model.named_parameters())
    write("weights", parameters)
    batches = [module.example_inputs(config) for _ in range(2)]
    for index, batch in enumerate(batches):
        write(f"batch-{index}", batch)
    losses = [model(**batch).item() for batch in batches]
    loss = model(**batches[0])
    gradients = torch.autograd.grad(loss, list(parameters.values()))
    write("gradients", dict(zip(parameters, gradients)))
    steps, norms = optimizer(model), []
    step_losses = []
    for batch in batches:
        steps.zero_grad()
        loss = model(**batch)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), HYPER["clip"]).item())
        step_losses.append(loss.item())
        steps.step()
    state = {}
    for name, value in parameters.items():
        state[name] = value
        state[f"{name}/m"] = steps.state[value]["exp_avg"]
        state[f"{name}/v"] = steps.state[value]["exp_avg_sq"]
    write("steps", state)
    record = {
        "made_by": "test/parity/python/record_model.py",
        "torch": torch.__version__.split("+")[0],
        "seed": arguments.seed,
        "model": os.path.relpath(arguments.target.rsplit(":", 1)[0], os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")) + ":" + arguments.target.rsplit(":", 1)[1],
        "config": config,
        "losses": losses,
        "steps": {"losses": step_losses, "grad_norms": norms, **HYPER},
    }
    with open(os.path.join(arguments.folder, "record.json"), "w", encoding="utf-8") as file:
        json.dump(record, file, indent=2)
        file.write("\n")


main()
