"""The parts of examples/nanochat/model.py beside PyTorch's own operations and beside its formulas written out in NumPy; prints differences as JSON."""

import importlib.util
import json
import math
import os

import numpy as np
import torch
import torch.nn.functional as F

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")
spec = importlib.util.spec_from_file_location("nanochat", os.path.join(ROOT, "examples/nanochat/model.py"))
nanochat = importlib.util.module_from_spec(spec)
spec.loader.exec_module(nanochat)


def off(a, b):
    return float((torch.as_tensor(a).double() - torch.as_tensor(b).double()).abs().max())


def rms_norm():
    x = torch.randn(2, 3, 4)
    ours = nanochat.rms_norm(x, 1e-5)
    by_hand = x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5)
    return {"rms_norm and the formula": off(ours, by_hand), "rms_norm and torch's": off(ours, F.rms_norm(x, (4,), eps=1e-5))}


def attention(heads, kv_heads):
    """The attention layer against scaled_dot_product_attention on the same rotated, normalised heads."""
    config = nanochat.settings({"n_embd": 32, "n_head": heads, "n_kv_head": kv_heads})
    layer = nanochat.Attention(config)
    x, time, half = torch.randn(2, 6, 32), 6, 32 // heads // 2
    angles = torch.outer(torch.arange(time).float(), 10000.0 ** (-torch.arange(half).float() / half))
    cos, sin = angles.cos(), angles.sin()
    allowed = torch.ones(time, time, dtype=torch.bool).tril()
    q = nanochat.rms_norm(nanochat.rotate(layer.split(layer.q(x), heads), cos, sin), 1e-5)
    k = nanochat.rms_norm(nanochat.rotate(layer.split(layer.k(x), kv_heads), cos, sin), 1e-5)
    v = layer.split(layer.v(x), kv_heads)
    torchs = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=heads != kv_heads)
    return off(layer(x, cos, sin, allowed), layer.out(torchs.transpose(1, 2).reshape(2, time, 32)))


def written_out(model, tokens, targets):
    """The loss by the formulas, head by head and row by row, in float64."""
    config = model.config
    w = {name: value.detach().double().numpy() for name, value in model.named_parameters()}
    heads, kv_heads = config["n_head"], config["n_kv_head"]
    width = config["n_embd"] // heads
    half = width // 2

    def norm(x):
        return x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-5)

    def rotated(x, t):
        a = np.array([t * 10000.0 ** (-j / half) for j in range(half)])
        first, second = x[:half], x[half:]
        return np.concatenate([first * np.cos(a) + second * np.sin(a), -first * np.sin(a) + second * np.cos(a)])

    losses = []
    for row, wanted in zip(tokens.numpy(), targets.numpy()):
        x = norm(w["wte.weight"][row])
        for layer in range(config["n_layer"]):
            at = f"blocks.{layer}."
            n = norm(x)
            q, k, v = (n @ w[f"{at}attn.{part}.weight"].T for part in "qkv")
            y = np.zeros_like(x)
            for head in range(heads):
                own, shared = slice(head * width, (head + 1) * width), head // (heads // kv_heads)
                of = slice(shared * width, (shared + 1) * width)
                keys = np.stack([norm(rotated(k[t, of], t)) for t in range(len(row))])
                for t in range(len(row)):
                    scores = keys[: t + 1] @ norm(rotated(q[t, own], t)) / math.sqrt(width)
                    weights = np.exp(scores - scores.max())
                    y[t, own] = weights / weights.sum() @ v[: t + 1, of]
            x = x + y @ w[f"{at}attn.out.weight"].T
            x = x + np.maximum(norm(x) @ w[f"{at}mlp.up.weight"].T, 0) ** 2 @ w[f"{at}mlp.down.weight"].T
        logits = 15 * np.tanh((norm(x) @ w["head.weight"].T)[:, : config["vocab_size"]] / 15)
        for z, target in zip(logits, wanted):
            if target != -1:
                losses.append(np.log(np.exp(z - z.max()).sum()) + z.max() - z[target])
    return float(np.mean(losses))


def whole_model(heads, kv_heads):
    config = {"batch_size": 2, "block_size": 9, "vocab_size": 37, "n_layer": 2, "n_head": heads, "n_kv_head": kv_heads, "n_embd": 32}
    model = nanochat.NanoChat(config)
    with torch.no_grad():
        for value in model.parameters():
            if not bool(value.any()):
                value.normal_(std=0.3)
    batch = nanochat.example_inputs(config)
    batch["targets"][0, 3:5] = -1
    return abs(float(model(**batch)) - written_out(model, **batch))


torch.manual_seed(0)
found = rms_norm()
for heads, kv_heads in ((4, 4), (4, 2), (4, 1)):
    found[f"attention {heads}/{kv_heads} and torch's"] = attention(heads, kv_heads)
    found[f"loss {heads}/{kv_heads} and the formulas"] = whole_model(heads, kv_heads)
print(json.dumps(found))
