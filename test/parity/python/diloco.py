"""Outer optimizers, a run of three workers and bf16 in PyTorch: `diloco.py [SEED]` prints what they do as JSON."""

import json
import sys

import torch

SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 0
torch.manual_seed(SEED)
torch.set_num_threads(1)


def numbers(tensor):
    return tensor.detach().double().reshape(-1).tolist()


def outer(rate, momentum, count=37, rounds=6):
    """torch.optim.SGD(nesterov=True) on pseudo-gradients: f32 throughout."""
    start = torch.randn(count)
    weight = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.SGD([weight], lr=rate, momentum=momentum, nesterov=momentum > 0)
    gradients, after = [], []
    for _ in range(rounds):
        weight.grad = torch.randn(count) * 0.1
        gradients.append(numbers(weight.grad))
        optimizer.step()
        after.append(numbers(weight))
    return {"rate": rate, "momentum": momentum, "start": numbers(start), "gradients": gradients, "after": after}


def delayed(rate, momentum, delay, count=23, updates=11):
    """Delayed Nesterov, line by line after arXiv 2401.09135 with c = 0, in f64."""
    theta = torch.randn(count).double()
    start = numbers(theta)
    m, total = torch.zeros(count).double(), torch.zeros(count).double()
    gradients, after = [], []
    for t in range(1, updates + 1):
        g = (torch.randn(count) * 0.1).double()
        gradients.append(numbers(g))
        total += g
        if t % delay == 0:
            m = momentum * m + total / delay
            theta = theta - rate * (momentum * m + g / delay)
            total = torch.zeros_like(total)
        else:
            theta = theta - rate * g / delay
        after.append(numbers(theta))
    return {"rate": rate, "momentum": momentum, "delay": delay, "start": start, "gradients": gradients, "after": after}


def three_workers(tokens=(256, 512, 128), tau=2, rounds=2, width=6, rows=8):
    """
    Three workers, each with data and AdamW state of its own that lives through all rounds: tau steps from the shared weights, the
    token-weighted mean of (shared - own), one outer step.
    """
    inner = {"lr": 0.05, "betas": (0.9, 0.95), "eps": 1e-8, "weight_decay": 0.1}
    outer_rate, momentum = 0.6, 0.9
    shared = torch.nn.Parameter(torch.randn(width))
    start = numbers(shared)
    outer_optimizer = torch.optim.SGD([shared], lr=outer_rate, momentum=momentum, nesterov=True)
    workers = []
    for _ in tokens:
        weight = torch.nn.Parameter(torch.zeros(width))
        data = [(torch.randn(rows, width), torch.randn(rows)) for _ in range(tau * rounds)]
        workers.append((weight, data, torch.optim.AdamW([weight], **inner)))
    after, locals_ = [], []
    for r in range(rounds):
        merged = torch.zeros(width)
        for (weight, data, optimizer), count in zip(workers, tokens):
            with torch.no_grad():
                weight.copy_(shared)
            for a, b in data[r * tau : (r + 1) * tau]:
                optimizer.zero_grad()
                (0.5 * (a @ weight - b).square().mean()).backward()
                optimizer.step()
            locals_.append(numbers(weight))
            merged += count / sum(tokens) * (shared - weight).detach()
        shared.grad = merged
        outer_optimizer.step()
        after.append(numbers(shared))
    return {
        "inner": inner,
        "outer": {"rate": outer_rate, "momentum": momentum},
        "tokens": list(tokens),
        "tau": tau,
        "start": start,
        "data": [[{"a": numbers(a), "b": numbers(b)} for a, b in data] for _, data, _ in workers],
        "locals": locals_,
        "after": after,
    }


def bf16(count=64):
    bits = torch.randint(-(2**31), 2**31, (count,), dtype=torch.int64).to(torch.int32)
    values = bits.view(torch.float32)
    values = values[~values.isnan()]
    bits = values.view(torch.int32)
    return {"f32": bits.tolist(), "bf16": values.bfloat16().view(torch.int16).to(torch.int32).tolist()}


print(
    json.dumps(
        {
            "made_by": "test/parity/python/diloco.py",
            "torch": torch.__version__.split("+")[0],
            "seed": SEED,
            "outer": [outer(0.7, 0.9), outer(0.4, 0.95), outer(1.0, 0.0)],
            "delayed": [delayed(0.7, 0.9, 3), delayed(0.4, 0.9, 1), delayed(0.6, 0.8, 5)],
            "three_workers": three_workers(),
            "bf16": bf16(),
        },
        indent=1,
    )
)
