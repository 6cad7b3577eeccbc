"""A small GPT in the older style: LayerNorm, biases, learned positions, GELU and a head that shares the embedding's weights."""

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
}


def settings(config):
    """The configuration with every key that was left out at its default."""
    unknown = sorted(set(config) - set(DEFAULTS))
    if unknown:
        raise ValueError(f"unknown config key '{unknown[0]}'; known keys: {', '.join(DEFAULTS)}")
    full = {**DEFAULTS, **config}
    if full["n_embd"] % full["n_head"]:
        raise ValueError("n_embd must be a multiple of n_head")
    if full["n_head"] % full["n_kv_head"]:
        raise ValueError("n_head must be a multiple of n_kv_head")
    return full


class Attention(nn.Module):
    """Causal attention; key and value heads may be fewer than query heads."""

    def __init__(self, config):
        super().__init__()
        width, self.heads, self.kv_heads = config["n_embd"], config["n_head"], config["n_kv_head"]
        self.head_width = width // self.heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * self.kv_heads * self.head_width)
        self.out = nn.Linear(width, width)

    def forward(self, x):
        batch, time, width = x.shape
        k, v = self.kv(x).split(self.kv_heads * self.head_width, dim=-1)
        q, k, v = (
            part.view(batch, time, heads, self.head_width).transpose(1, 2)
            for part, heads in ((self.q(x), self.heads), (k, self.kv_heads), (v, self.kv_heads))
        )
        shared = self.heads != self.kv_heads
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=shared)
        return self.out(y.transpose(1, 2).reshape(batch, time, width))


class Block(nn.Module):
    """x + attention(norm x), then x + mlp(norm x)."""

    def __init__(self, config):
        super().__init__()
        width = config["n_embd"]
        self.norm1, self.attn = nn.LayerNorm(width), Attention(config)
        self.norm2, self.up, self.down = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class NanoGpt(nn.Module):
    """Mean cross-entropy of the next token; targets of -1 do not count."""

    def __init__(self, config):
        super().__init__()
        self.config = config = settings(config)
        self.wte = nn.Embedding(config["vocab_size"], config["n_embd"])
        self.wpe = nn.Embedding(config["block_size"], config["n_embd"])
        self.blocks = nn.ModuleList(Block(config) for _ in range(config["n_layer"]))
        self.norm = nn.LayerNorm(config["n_embd"])
        self.head = nn.Linear(config["n_embd"], config["vocab_size"], bias=False)
        self.apply(self.init_weights)
        for block in self.blocks:
            for linear in (block.attn.out, block.down):
                nn.init.normal_(linear.weight, std=0.02 / (2 * config["n_layer"]) ** 0.5)
        self.head.weight = self.wte.weight

    def init_weights(self, module):
        if isinstance(module, (nn.Linear, nn.Embedding)):
            nn.init.normal_(module.weight, std=0.02)
        if isinstance(module, nn.Linear) and module.bias is not None:
            nn.init.zeros_(module.bias)

    def logits(self, tokens):
        """tokens: i64 [B, T] -> f32 [B, T, vocab]."""
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1], device=tokens.device))
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)).float()

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
