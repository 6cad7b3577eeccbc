"""A model with every way of stopping a gradient: detach(), a no_grad region, and the padding row of an embedding."""

import torch
import torch.nn as nn

ROWS, WIDTH = 7, 6


class Stopped(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed = nn.Embedding(ROWS, WIDTH, padding_idx=0)
        self.a = nn.Linear(WIDTH, WIDTH)
        self.b = nn.Linear(WIDTH, WIDTH)

    def forward(self, tokens, targets):
        x = self.embed(tokens)
        with torch.no_grad():
            scale = self.a(x).abs().amax(-1, keepdim=True) + 1
            shift = self.b(x) * 0.1
        y = self.b(x) / scale + shift
        z = y * torch.tanh(y).detach() + self.a(x.detach())
        return ((z.sum(-1) - targets) ** 2).mean()


def example_inputs(config):
    return {"tokens": torch.randint(0, ROWS, (4, 5)), "targets": torch.randn(4, 5)}
