"""Records results and gradients of the cases in vjp_cases.py from PyTorch: `record_vjp.py FOLDER [SEED]` writes vjp-FAMILY.json."""

import base64
import json
import os
import sys

import torch

import vjp_cases


def encode(tensor):
    tensor = tensor.detach().contiguous()
    raw = tensor.reshape(-1).view(torch.uint8).numpy().tobytes() if tensor.numel() else b""
    return {"dtype": vjp_cases.NAMES[tensor.dtype], "shape": list(tensor.shape), "data": base64.b64encode(raw).decode()}


def record(case, draw, ones):
    """Inputs, result, cotangent and one gradient per argument; integer arguments have zeros."""
    arguments = {name: value.clone().requires_grad_(value.is_floating_point()) for name, value in case.arguments.items()}
    result = case.function(*arguments.values())
    if case.cotangent is not None:
        cotangent = case.cotangent
    else:
        cotangent = torch.ones_like(result) if ones else draw.normal(tuple(result.shape)).to(result.dtype)
    floats = [value for value in arguments.values() if value.requires_grad]
    found = torch.autograd.grad(result, floats, cotangent, allow_unused=True) if result.requires_grad else [None] * len(floats)
    by_argument = dict(zip([id(value) for value in floats], found))
    gradients = [by_argument.get(id(value)) for value in arguments.values()]
    gradients = [torch.zeros_like(value) if gradient is None else gradient for value, gradient in zip(arguments.values(), gradients)]
    return {
        "name": case.name,
        "text": case.text(),
        **({"tolerance": case.tolerance} if case.tolerance else {}),
        "inputs": [encode(value) for value in arguments.values()],
        "cotangent": encode(cotangent),
        "result": encode(result),
        "gradients": [encode(gradient) for gradient in gradients],
    }


def main():
    folder, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    os.makedirs(folder, exist_ok=True)
    torch.set_num_threads(1)
    families = {name: list(make(vjp_cases.Draw(seed + index))) for index, (name, make) in enumerate(vjp_cases.FAMILIES.items())}
    families["isolated"] = list(vjp_cases.isolated_cases())
    for name, cases in families.items():
        draw = vjp_cases.Draw(seed + 100)
        recorded = [record(case, draw, name == "isolated") for case in cases]
        header = {"made_by": "test/parity/python/record_vjp.py", "torch": torch.__version__.split("+")[0], "seed": seed}
        with open(os.path.join(folder, f"vjp-{name}.json"), "w", encoding="utf-8") as file:
            file.write(json.dumps({**header, "cases": recorded}, indent=0) + "\n")
        print(f"{name}: {len(recorded)} cases")


main()
