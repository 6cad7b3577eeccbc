"""Small models, each with one thing that an export accepts, or rejects, in a way that surprises."""

import torch
import torch.nn as nn
import torch.nn.functional as F


def example_inputs(config):
    return (torch.randn(4, 3),)


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 3)

    def forward(self, x):
        return self.loss(x).sum()


class Branches(Base):
    def loss(self, x):
        y = self.a(x)
        if y.sum() > 0:  # HERE
            return y
        return -y


class ItemAsSize(Base):
    def loss(self, x):
        n = x.argmax().item()
        return self.a(x)[:n]  # HERE


class MaskIndex(Base):
    def loss(self, x):
        return self.a(x)[x > 0]  # HERE


class Condition(Base):
    def loss(self, x):
        y = self.a(x)
        return torch.cond(y.sum() > 0, lambda y: y * 2, lambda y: y * 3, (y,))  # HERE


class NoGrad(Base):
    def loss(self, x):
        with torch.no_grad():
            y = self.a(x) * 2  # HERE
        return y * self.a(x)


class Detach(Base):
    def loss(self, x):
        y = self.a(x)
        return y * y.detach()  # HERE


class NumberFromTensor(Base):
    def loss(self, x):
        return self.a(x) * float(torch.tensor(2.0))  # HERE


class ItemFromTensor(Base):
    def loss(self, x):
        return self.a(x) * torch.tensor(2.0).item()  # HERE


class Data(Base):
    def loss(self, x):
        return self.a(x) * self.a.bias.data  # HERE


class Dropout(Base):
    def loss(self, x):
        return F.dropout(self.a(x), 0.1, self.training)  # HERE


class AttentionDropout(Base):
    def loss(self, x):
        y = self.a(x)[None, None]
        return F.scaled_dot_product_attention(y, y, y, dropout_p=0.2)  # HERE


class RecurrentDropout(Base):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(3, 3, num_layers=2, dropout=0.5)

    def loss(self, x):
        return self.rnn(self.a(x))[0]  # HERE


class Recurrent(Base):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 2, bidirectional=True)
        self.rnn = nn.RNN(4, 2, nonlinearity="relu")

    def loss(self, x):
        return F.rrelu(self.rnn(self.lstm(self.a(x))[0])[0], training=False)


class RandomSlope(Base):
    def loss(self, x):
        return F.rrelu(self.a(x), training=True)  # HERE


class RandomNumbers(Base):
    def loss(self, x):
        return self.a(x) + torch.randn(3)  # HERE


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return 2 * x

    @staticmethod
    def backward(ctx, g):
        return 5 * g


class OwnBackward(Base):
    def loss(self, x):
        return Twice.apply(self.a(x))  # HERE


class ChangesParameter(Base):
    def loss(self, x):
        with torch.no_grad():
            self.a.weight.clamp_(-1, 1)  # HERE
        return self.a(x)


class ChangesInput(Base):
    def loss(self, x):
        x.mul_(2)  # HERE
        return self.a(x)


class TensorAttribute(Base):
    def __init__(self):
        super().__init__()
        self.t = torch.arange(3.0)

    def loss(self, x):
        return self.a(x) * self.t


class FixedNumber(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 3)

    def forward(self, x, scale=2.0):
        return (self.a(x) * scale).sum()


class Tied(Base):
    def __init__(self):
        super().__init__()
        self.b = nn.Linear(3, 3)
        self.b.weight = self.a.weight

    def loss(self, x):
        return self.b(self.a(x))


class Unused(Base):
    def __init__(self):
        super().__init__()
        self.spare = nn.Parameter(torch.ones(2))
        self.fixed = nn.Parameter(torch.ones(3), requires_grad=False)

    def loss(self, x):
        return self.a(x) * self.fixed


class Complex(Base):
    def loss(self, x):
        y = torch.view_as_complex(self.a(x)[:, :2].reshape(4, 1, 2).contiguous())  # HERE
        return torch.view_as_real(y * y)


class BatchNorm(Base):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(3)

    def loss(self, x):
        return self.norm(self.a(x)) ** 2


class IntegerLoss(Base):
    def forward(self, x):
        return self.a(x).argmax()


class TwoLosses(Base):
    def forward(self, x):
        y = self.a(x)
        return y.sum(), y.mean()


class NamedLoss(Base):
    def forward(self, x):
        y = self.a(x)
        return {"logits": y, "loss": y.mean()}


class Remainder(Base):
    def loss(self, x):
        return self.a(x) % 2.0


class Padded(nn.Module):
    def __init__(self):
        super().__init__()
        self.e = nn.Embedding(5, 3, padding_idx=0)

    def forward(self, x):
        return (self.e((x[:, 0] > 0).long()) ** 2).sum()


class Composite(Base):
    def loss(self, x):
        y = F.rms_norm(self.a(x), (3,))
        y = F.gelu(F.layer_norm(y, (3,)), approximate="tanh")
        y = torch.einsum("ij,kj->ik", y, F.silu(y))
        y = y.cumsum(0).clamp(-1, 1) + torch.triu(y) + F.one_hot(torch.arange(4), 4)
        return torch.stack([y, y.roll(1, 0)]).softmax(-1).log() / 10


class Masks(Base):
    """Attention with masks of both kinds, one of which leaves a row nothing to look at."""

    def loss(self, x):
        y = self.a(x).view(1, 2, 2, 3)
        allowed = torch.tensor([[True, False], [False, False]])
        added = torch.tensor([[[0.0, -torch.inf], [0.5, 1.0]]] * 2)
        grouped = F.scaled_dot_product_attention(y, y[:, :1], y[:, :1], is_causal=True, enable_gqa=True)
        return F.scaled_dot_product_attention(y, y, y, attn_mask=allowed) + F.scaled_dot_product_attention(y[0], y[0], grouped, attn_mask=added)


class Views(Base):
    """Views that are taken by index, and one that only looks so."""

    def loss(self, x):
        y = self.a(x)
        windows = y.unfold(0, 2, 1).square().mean() + torch.as_strided(y, (2, 2), (5, 1), 1).square().mean()
        return F.group_norm(y, 1) ** 3 + y.diagonal(-1).sin().mean() + y.diagonal(1, 1, 0).cos().mean() + windows + torch.hypot(y, x)


class Mixed(Base):
    """Most of it in f32, some of it in bf16, which says how near two engines can come."""

    def loss(self, x):
        return F.linear(x.bfloat16(), self.a.weight.bfloat16(), self.a.bias.bfloat16()).float() ** 2


class Constants(Base):
    """Arithmetic of constants that torch-mlir folds to 1.8e19, to true, and to nothing for integers over a float."""

    def forward(self, x):
        c = torch.full((4,), 0.7)
        return {"loss": self.a(x).sum(), "sum": c - 3, "less": c < 0, "between": torch.full((4,), 3) < 2.5, "inverse": 1 / torch.full((4,), 8), "all": c.all()}


class Convolution(Base):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv1d(4, 2, 2)

    def loss(self, x):
        return self.c(self.a(x)[None])  # HERE


class ReadsTruth(Base):
    def loss(self, x):
        y = self.a(x)
        return y if torch.equal(y, x) else -y  # HERE


class NoLowering(Base):
    def loss(self, x):
        return torch.special.bessel_j0(self.a(x))  # HERE


class LogitsLayer(Base):
    def __init__(self):
        super().__init__()
        self.logits = nn.Linear(3, 3)

    def loss(self, x):
        return self.logits(self.a(x))


class LogitsElsewhere(Base):
    def loss(self, x):
        return self.a(x)

    def logits(self, first, second):
        return first + second


class Sorts(Base):
    def loss(self, x):
        values, places = self.a(x).sort(dim=1)  # HERE
        return values * places
