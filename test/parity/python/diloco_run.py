"""A distributed run in PyTorch after docs/algorithms.md and docs/training.md: writes the parameters and the outer momentum at its end.

usage: diloco_run.py MODEL.py CLASS MODEL_CONFIG.json RUN.json OUT.safetensors

RUN.json: the run's plan, its train config, `data` and `start` (files of tokens and of the parameters that it began from), and `rounds`,
by round and worker the units that the run's journal assigns: [epoch, from, to).
"""

import importlib.util
import json
import math
import sys

import numpy as np
import torch
from safetensors.torch import load_file, save_file

MASK = 0xFFFFFFFF


def uniform(seed, stream, substream, index):
    """The uniform number of a Philox 4x32-10 block."""
    c = [index & MASK, index >> 32, substream, stream]
    k = [seed & MASK, seed >> 32]
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q & MASK, (p >> 32) ^ c[3] ^ k[1], p & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return ((c[0] >> 5) * 2**26 + (c[1] >> 6)) / 2**53


def unit(tokens, data, epoch, position):
    """Batch of the unit at a position of an epoch; chunks are in their own order."""
    rows, length = data["rows"], data["length"]
    before = 0
    for start, end in data["chunks"]:
        windows = (end - start - 1) // length
        here = max(1, windows // rows) if data["sampling"] == "random" else windows // rows
        if position < before + here:
            break
        before += here
    begins = []
    for row in range(rows):
        if data["sampling"] == "random":
            drawn = uniform(data["seed"], 4, epoch, position * rows + row)
            begins.append(start + math.floor(drawn * (end - start - length)))
        else:
            begins.append(start + ((position - before) * rows + row) * length)
    both = torch.tensor(np.array([tokens[b : b + length + 1] for b in begins]).astype(np.int64))
    return both[:, :-1], both[:, 1:]


def rate(schedule, done, step):
    """Cosine after a warm-up, by the tokens of all workers."""
    peak, end, warmup = schedule["peak"], schedule["end"], schedule["warmupTokens"]
    if done < warmup:
        return min(peak, peak * (done + step) / warmup)
    p = (done - warmup) / (schedule["totalTokens"] - warmup)
    return end + (peak - end) * (1 + math.cos(math.pi * p)) / 2


def main(path, name, model_config, run_file, out):
    torch.set_num_threads(1)
    spec = importlib.util.spec_from_file_location("model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sizes = json.load(open(model_config))
    run = json.load(open(run_file))
    plan, settings = run["plan"], run["config"]["optimizer"]
    assert plan["algorithm"] == "diloco" and plan["schedule"]["kind"] == "cosine"
    tokens = np.fromfile(run["data"], np.uint8)
    start = load_file(run["start"])
    shared = {key: torch.nn.Parameter(value.clone()) for key, value in start.items()}
    outer = plan["outer"]
    outer_optimizer = torch.optim.SGD(
        shared.values(), lr=outer["learningRate"], momentum=outer["momentum"], nesterov=True
    )
    workers = {}
    for worker in run["rounds"][0]:
        model = getattr(module, name)(sizes)
        groups = [
            {"params": [w for w in model.parameters() if w.dim() >= 2], "weight_decay": settings["weight_decay"]},
            {"params": [w for w in model.parameters() if w.dim() < 2], "weight_decay": 0.0},
        ]
        # AdamW's state stays with the worker through all rounds.
        workers[worker] = (model, torch.optim.AdamW([g for g in groups if g["params"]], eps=settings["eps"]))
    per_step = plan["unitTokens"] * len(workers)
    for r, assigned in enumerate(run["rounds"]):
        merged = {key: torch.zeros_like(value) for key, value in shared.items()}
        for worker, units in assigned.items():
            model, optimizer = workers[worker]
            with torch.no_grad():
                for key, value in model.named_parameters():
                    value.copy_(shared[key])
            positions = [(epoch, at) for epoch, begin, end in units for at in range(begin, end)]
            assert len(positions) == plan["innerSteps"]
            for s, (epoch, position) in enumerate(positions):
                done = (r * plan["innerSteps"] + s) * per_step
                for group in optimizer.param_groups:
                    group["lr"] = rate(plan["schedule"], done, per_step)
                optimizer.zero_grad()
                model(*unit(tokens, plan["data"], epoch, position)).backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), settings["clip_grad_norm"])
                optimizer.step()
            for key, value in model.named_parameters():
                merged[key] += (shared[key] - value).detach() / len(workers)
        for key, value in shared.items():
            value.grad = merged[key]
        outer_optimizer.step()
    found = {key: value.detach().contiguous() for key, value in shared.items()}
    for key, value in shared.items():
        found[f"momentum:{key}"] = outer_optimizer.state[value]["momentum_buffer"].contiguous()
    save_file(found, out)


main(*sys.argv[1:])
