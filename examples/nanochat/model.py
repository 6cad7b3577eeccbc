"""A byte-level nanochat: RMSNorm without weights, rotary positions, normalised queries and keys, squared relu, untied head.

`NanoChat(config)` is an ordinary PyTorch module that returns its loss; `example_inputs(config, method)` gives one batch
for each method that pcp-export turns into a function of the module.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

DEFAULTS = {
    "batch_size": 64,
    "block_size": 32,
    "vocab_size": 65,
    "n_layer": 2,
    "n_head": 4,
    "n_kv_head": 4,
    "n_embd": 64,
    "norm_eps": 1e-5,
    "rope_base": 10000.0,
    "softcap": 15.0,
    "pad_vocab_to": 64,
}


def settings(config):
    """The configuration with every key that was left out at its default."""
    unknown = sorted(set(config) - set(DEFAULTS))
    if unknown:
        raise ValueError(f"unknown config key '{unknown[0]}'; known keys: {', '.join(DEFAULTS)}")
    full = {**DEFAULTS, **config}
    if full["n_embd"] % full["n_head"] or (full["n_embd"] // full["n_head"]) % 2:
        raise ValueError("n_embd must be an even multiple of n_head")
    if full["n_head"] % full["n_kv_head"]:
        raise ValueError("n_head must be a multiple of n_kv_head")
    return full


def rms_norm(x, eps):
    """x / sqrt(mean(x^2) + eps) over the last dimension; there is nothing to learn in it."""
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + eps)


def rotate(x, cos, sin):
    """Turns each pair (x[j], x[j + d/2]) by minus its angle. x: [B, H, T, d], cos and sin: [T, d/2]."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos + second * sin, second * cos - first * sin), dim=-1)


class Attention(nn.Module):
    """Causal attention in which n_head / n_kv_head neighbouring query heads share one key and value head."""

    def __init__(self, config):
        super().__init__()
        width, self.heads, self.kv_heads = config["n_embd"], config["n_head"], config["n_kv_head"]
        self.head_width = width // self.heads
        self.eps = config["norm_eps"]
        self.q = nn.Linear(width, self.heads * self.head_width, bias=False)
        self.k = nn.Linear(width, self.kv_heads * self.head_width, bias=False)
        self.v = nn.Linear(width, self.kv_heads * self.head_width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def split(self, x, heads):
        batch, time, _ = x.shape
        return x.view(batch, time, heads, self.head_width).transpose(1, 2)

    def share(self, x):
        """Repeats each key or value head for the group of query heads that reads it."""
        group = self.heads // self.kv_heads
        if group == 1:
            return x
        batch, heads, time, width = x.shape
        x = x[:, :, None].expand(batch, heads, group, time, width)
        return x.reshape(batch, heads * group, time, width)

    def forward(self, x, cos, sin, allowed):
        batch, time, width = x.shape
        q = rms_norm(rotate(self.split(self.q(x), self.heads), cos, sin), self.eps)
        k = rms_norm(rotate(self.split(self.k(x), self.kv_heads), cos, sin), self.eps)
        v = self.share(self.split(self.v(x), self.kv_heads))
        scores = (q @ self.share(k).transpose(-2, -1)) * (1.0 / math.sqrt(self.head_width))
        weights = F.softmax(scores.masked_fill(~allowed, float("-inf")), dim=-1)
        return self.out((weights @ v).transpose(1, 2).reshape(batch, time, width))


class Mlp(nn.Module):
    """Four times wider inside, with relu(x)^2 between the two products."""

    def __init__(self, config):
        super().__init__()
        self.up = nn.Linear(config["n_embd"], 4 * config["n_embd"], bias=False)
        self.down = nn.Linear(4 * config["n_embd"], config["n_embd"], bias=False)

    def forward(self, x):
        hidden = F.relu(self.up(x))
        return self.down(hidden * hidden)


class Block(nn.Module):
    """x + attention(norm x), then x + mlp(norm x)."""

    def __init__(self, config):
        super().__init__()
        self.eps = config["norm_eps"]
        self.attn = Attention(config)
        self.mlp = Mlp(config)

    def forward(self, x, cos, sin, allowed):
        x = x + self.attn(rms_norm(x, self.eps), cos, sin, allowed)
        return x + self.mlp(rms_norm(x, self.eps))


class NanoChat(nn.Module):
    """Mean cross-entropy of the next token; targets of -1 do not count."""

    def __init__(self, config):
        super().__init__()
        self.config = config = settings(config)
        pad = config["pad_vocab_to"]
        rows = -(-config["vocab_size"] // pad) * pad
        self.wte = nn.Embedding(rows, config["n_embd"])
        self.blocks = nn.ModuleList(Block(config) for _ in range(config["n_layer"]))
        self.head = nn.Linear(config["n_embd"], rows, bias=False)
        half = config["n_embd"] // config["n_head"] // 2
        self.frequencies = [config["rope_base"] ** (-j / half) for j in range(half)]
        self.init_weights()

    def init_weights(self):
        """Products that end a residual branch, and the head, start at zero."""
        nn.init.normal_(self.wte.weight, std=1.0)
        nn.init.zeros_(self.head.weight)
        for block in self.blocks:
            for linear in (block.attn.q, block.attn.k, block.attn.v, block.mlp.up):
                fan_out, fan_in = linear.weight.shape
                nn.init.normal_(linear.weight, std=min(1.0, math.sqrt(fan_out / fan_in)) / math.sqrt(fan_in))
            nn.init.zeros_(block.attn.out.weight)
            nn.init.zeros_(block.mlp.down.weight)

    def logits(self, tokens):
        """tokens: i64 [B, T] -> f32 [B, T, vocab], squashed into (-softcap, softcap)."""
        time = tokens.shape[1]
        eps, cap = self.config["norm_eps"], self.config["softcap"]
        position = torch.arange(time, device=tokens.device)
        angles = torch.outer(position.float(), torch.tensor(self.frequencies, device=tokens.device))
        cos, sin = angles.cos(), angles.sin()
        allowed = position[:, None] >= position[None, :]
        x = rms_norm(self.wte(tokens), eps)
        cos, sin = cos.to(x.dtype), sin.to(x.dtype)
        for block in self.blocks:
            x = block(x, cos, sin, allowed)
        logits = self.head(rms_norm(x, eps))[..., : self.config["vocab_size"]].float()
        return cap * torch.tanh(logits / cap)

    def forward(self, tokens, targets):
        logits = self.logits(tokens)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1)


def example_inputs(config, method="forward"):
    """One batch of random tokens; sampling looks at one row at a time."""
    full = settings(config)
    vocab, time = full["vocab_size"], full["block_size"]
    if method == "logits":
        return {"tokens": torch.randint(0, vocab, (1, time))}
    shape = (full["batch_size"], time)
    return {"tokens": torch.randint(0, vocab, shape), "targets": torch.randint(0, vocab, shape)}
