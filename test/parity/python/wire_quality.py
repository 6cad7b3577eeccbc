"""
What wire formats cost: workers in turn train a small character model after docs/algorithms.md, once for each preset.

usage: wire_quality.py TEXT [WORKERS [STEPS_PER_ROUND [STEPS_OF_ALL_WORKERS [LEARNING_RATE]]]]
"""

import math
import sys

import torch
import torch.nn.functional as F

CHUNK = 4096
CONTEXT, BATCH = 16, 64
NESTEROV, AVERAGE = (0.6, 0.9), (1.0, 0.0)

# Format and number kept of a chunk, up and down, decay of the residual, outer rate and momentum.
PRESETS = {
    "f32": ("f32", None, "f32", None, None, NESTEROV),
    "bf16": ("bf16", None, "bf16", None, None, NESTEROV),
    "int8": ("int8", None, "int8", None, None, NESTEROV),
    "int4, all": ("int4", None, "int4", None, None, NESTEROV),
    "int4": ("int4", 1024, "int4", 1024, 0.95, AVERAGE),
    "int4, Nesterov": ("int4", 1024, "int4", 1024, 0.95, NESTEROV),
    "f32, average": ("f32", None, "f32", None, None, AVERAGE),
}


class Model(torch.nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embed = torch.nn.Embedding(vocabulary, 32)
        self.first = torch.nn.Linear(32 * CONTEXT, 256)
        self.second = torch.nn.Linear(256, 256)
        self.head = torch.nn.Linear(256, vocabulary)

    def loss(self, windows):
        hidden = F.gelu(self.first(self.embed(windows[:, :-1]).flatten(1)))
        hidden = hidden + F.gelu(self.second(hidden))
        return F.cross_entropy(self.head(hidden), windows[:, -1])


def windows(tokens, generator, count):
    starts = torch.randint(0, len(tokens) - CONTEXT - 1, (count,), generator=generator)
    return tokens[starts[:, None] + torch.arange(CONTEXT + 1)]


def quantise(rows, kind):
    if kind == "f32":
        return rows
    if kind == "bf16":
        return rows.bfloat16().float()
    limit, block = {"int8": (127, 256), "int4": (7, 64)}[kind]
    blocks = F.pad(rows, (0, -rows.shape[1] % block)).view(rows.shape[0], -1, block)
    bits = (blocks.abs().amax(-1, keepdim=True) / limit).view(torch.int32)
    scale = torch.where(bits & 0xFFFF == 0, bits, (bits & ~0xFFFF) + 0x10000).view(torch.float32)
    levels = (blocks / scale.clamp_min(1e-38)).round().clamp(-limit, limit)
    return (levels * scale).view(rows.shape[0], -1)[:, : rows.shape[1]]


def over_the_wire(vector, kind, keep):
    rows = F.pad(vector, (0, -len(vector) % CHUNK)).view(-1, CHUNK)
    if keep is None:
        return quantise(rows, kind).view(-1)[: len(vector)]
    places = rows.abs().topk(keep, dim=1).indices.sort(1).values
    values = quantise(rows.gather(1, places), kind)
    return torch.zeros_like(rows).scatter(1, places, values).view(-1)[: len(vector)]


def learning_rate(peak, step, steps):
    warmup = max(1, steps * 0.05)
    return peak * min(1, (step + 1) / warmup) * (0.1 + 0.45 * (1 + math.cos(math.pi * step / steps)))


def run(tokens, vocabulary, start, workers, inner, steps, rate, preset):
    """Loss on held-out text after training with equal tokens for every preset."""
    up, top_k, down, down_top_k, decay, (outer_rate, outer_momentum) = preset
    train, held = tokens[: len(tokens) * 9 // 10], tokens[len(tokens) * 9 // 10 :]
    models = [Model(vocabulary) for _ in range(workers)]
    optimizers = [torch.optim.AdamW(m.parameters(), lr=rate, betas=(0.9, 0.95), weight_decay=0.1) for m in models]
    generators = [torch.Generator().manual_seed(worker) for worker in range(workers)]
    residuals = [torch.zeros_like(start) for _ in models]
    own = steps // workers
    shared, published, momentum = start.clone(), start.clone(), torch.zeros_like(start)
    for r in range(own // inner):
        merged = torch.zeros_like(shared)
        for w, (model, optimizer, generator) in enumerate(zip(models, optimizers, generators)):
            torch.nn.utils.vector_to_parameters(published.clone(), model.parameters())
            for step in range(r * inner, (r + 1) * inner):
                optimizer.param_groups[0]["lr"] = learning_rate(rate, step, own)
                optimizer.zero_grad()
                model.loss(windows(train, generator, BATCH)).backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
            delta = published - torch.nn.utils.parameters_to_vector(model.parameters()).detach()
            owed = delta if decay is None else decay * residuals[w] + delta
            sent = over_the_wire(owed, up, top_k)
            residuals[w] = owed - sent
            merged += sent / workers
        momentum = outer_momentum * momentum + merged
        shared = shared - outer_rate * (merged + outer_momentum * momentum)
        if down in ("f32", "bf16"):
            published = over_the_wire(shared, down, None)
        else:
            published = published + over_the_wire(shared - published, down, down_top_k)
    torch.nn.utils.vector_to_parameters(shared, models[0].parameters())
    generator = torch.Generator().manual_seed(99)
    with torch.no_grad():
        return sum(models[0].loss(windows(held, generator, 512)).item() for _ in range(16)) / 16


def main():
    given = [*sys.argv[2:6], *("2", "15", "6000", "2e-3")[len(sys.argv) - 2 :]]
    workers, inner, steps = (int(value) for value in given[:3])
    rate = float(given[3])
    torch.set_num_threads(1)
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    alphabet = {byte: token for token, byte in enumerate(sorted(set(data)))}
    tokens = torch.tensor([alphabet[byte] for byte in data])
    torch.manual_seed(1)
    start = torch.nn.utils.parameters_to_vector(Model(len(alphabet)).parameters()).detach()
    print(f"{len(start)} parameters, {workers} workers, {steps // workers // inner} rounds of {inner} steps, learning rate {rate}", flush=True)
    reference = None
    for name, preset in PRESETS.items():
        loss = run(tokens, len(alphabet), start, workers, inner, steps, rate, preset)
        reference = reference or loss
        print(f"{name:15} {loss:.4f} {100 * (loss / reference - 1):+.2f} %", flush=True)


main()
