"""A model of everything but plain causal attention: masks of both kinds, a row that sees nothing, an LSTM, group norm, windows, a tied table."""

import torch
import torch.nn as nn
import torch.nn.functional as F

ROWS, WIDTH, HEADS = 7, 6, 2


class Masked(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed = nn.Embedding(ROWS, WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.near = nn.Parameter(torch.randn(HEADS, 5, 5))
        self.lstm = nn.LSTM(WIDTH, WIDTH, batch_first=True)
        self.norm = nn.GroupNorm(2, WIDTH, eps=0.1)
        self.head = nn.Linear(WIDTH, ROWS, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, tokens, targets):
        rows, time = tokens.shape
        q, k, v = self.qkv(self.embed(tokens)).view(rows, time, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        # A padding token sees nothing, and nobody sees it.
        present = tokens != 0
        x = F.scaled_dot_product_attention(q, k, v, attn_mask=(present[:, :, None] & present[:, None, :])[:, None])
        x = x + F.scaled_dot_product_attention(q, k, v, attn_mask=self.near.masked_fill(torch.ones(5, 5).triu(1) > 0, -torch.inf))
        x, _ = self.lstm(x.transpose(1, 2).flatten(2))
        x = self.norm(x.flatten(0, 1)).view(rows, time, WIDTH)
        x = x + F.pad(x, (0, 0, 2, 0)).unfold(1, 3, 1).amax(-1)
        return F.cross_entropy(self.head(x).transpose(1, 2) / WIDTH, targets, label_smoothing=0.1) + x.diagonal(0, 1, 2).mean()


def example_inputs(config):
    return {"tokens": torch.randint(0, ROWS, (4, 5)), "targets": torch.randint(0, ROWS, (4, 5))}
