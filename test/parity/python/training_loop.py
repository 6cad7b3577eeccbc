"""A training run in PyTorch after docs/training.md: one line of JSON with losses, norms, rates and evaluations.

usage: training_loop.py MODEL.py CLASS MODEL_CONFIG.json TRAIN_CONFIG.json
"""

import importlib.util
import json
import math
import re
import sys

import numpy as np
import torch
from safetensors.torch import load_file

MASK = 0xFFFFFFFF


def uniform(seed, stream, index):
    """The uniform number of a Philox 4x32-10 block."""
    c = [index & MASK, index >> 32, 0, stream]
    k = [seed & MASK, seed >> 32]
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q & MASK, (p >> 32) ^ c[3] ^ k[1], p & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return ((c[0] >> 5) * 2**26 + (c[1] >> 6)) / 2**53


def batch(tokens, shape, sampling, seed, n):
    rows, length = shape
    windows = []
    for row in range(n * rows, (n + 1) * rows):
        if sampling == "random":
            start = math.floor(uniform(seed, 2, row) * (len(tokens) - length))
        else:
            start = row % ((len(tokens) - 1) // length) * length
        windows.append(tokens[start : start + length + 1])
    both = torch.tensor(np.array(windows).astype(np.int64))
    return both[:, :-1], both[:, 1:]


def rate(config, step, step_tokens):
    peak, end = config["learning_rate"], config.get("min_learning_rate", 0)
    t, total = step * step_tokens, config["steps"] * step_tokens
    warmup = config.get("warmup_tokens", config.get("warmup_steps", 0) * step_tokens)
    if t < warmup:
        return min(peak, peak * (t + step_tokens) / warmup)
    p = (t - warmup) / (total - warmup)
    if config["schedule"] == "linear":
        return peak + (end - peak) * p
    return end + (peak - end) * (1 + math.cos(math.pi * p)) / 2


def make_optimizer(model, settings):
    decays, spared = [], []
    for name, weight in model.named_parameters():
        pattern = settings.get("no_decay")
        decaying = weight.dim() >= 2 if pattern is None else not re.search(pattern, name)
        (decays if decaying else spared).append(weight)
    decay = settings["weight_decay"]
    groups = [{"params": decays, "weight_decay": decay}, {"params": spared, "weight_decay": 0.0}]
    if settings["name"] == "adamw":
        betas = (settings.get("beta1", 0.9), settings.get("beta2", 0.999))
        return torch.optim.AdamW(groups, betas=betas, eps=settings.get("eps", 1e-8))
    return torch.optim.SGD(
        groups, lr=1.0, momentum=settings["momentum"], nesterov=settings["nesterov"]
    )


def main(path, name, model_config, train_config):
    torch.set_num_threads(1)
    spec = importlib.util.spec_from_file_location("model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sizes = json.load(open(model_config))
    config = json.load(open(train_config))
    model = getattr(module, name)(sizes)
    model.load_state_dict(load_file(config["weights_path"]), strict=False)
    tokens = np.fromfile(config["data_path"], np.uint8)
    if config["tokenizer"] == "char":
        tokens = np.searchsorted(np.unique(tokens), tokens)
    cut = len(tokens) - math.floor(len(tokens) * config["eval_fraction"])
    shape = (sizes["batch_size"], sizes["block_size"])
    seed, sampling = config["seed"], config["sampling"]
    parts = config.get("effective_batch_size", shape[0]) // shape[0]
    optimizer = make_optimizer(model, config["optimizer"])
    clip = config["optimizer"]["clip_grad_norm"]
    steps, evaluations = [], []
    for step in range(config["steps"]):
        lr = rate(config, step, parts * shape[0] * shape[1])
        for group in optimizer.param_groups:
            group["lr"] = lr
        optimizer.zero_grad()
        total = 0.0
        for part in range(parts):
            loss = model(*batch(tokens[:cut], shape, sampling, seed, step * parts + part))
            (loss / parts).backward()
            total += loss.item() / parts
        largest = math.inf if clip == "off" else clip
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), largest).item()
        optimizer.step()
        steps.append([total, norm, lr])
        if (step + 1) % config["eval_every"] == 0:
            with torch.no_grad():
                held = [
                    model(*batch(tokens[cut:], shape, "random", seed + 1, n)).item()
                    for n in range(config["eval_batches"])
                ]
            evaluations.append(sum(held) / len(held))
    print(json.dumps({"steps": steps, "evaluations": evaluations}))


main(*sys.argv[1:])
