"""The decomposition table: torch's core table, torch-mlir's on top, and what neither of them gets right."""

import math

import torch

aten = torch.ops.aten


@torch.library.custom_op("pcp::stop_gradient", mutates_args=())
def stop_gradient(x: torch.Tensor) -> torch.Tensor:
    """The identity, through which no gradient flows; becomes a marked optimization_barrier."""
    return x.clone()


@stop_gradient.register_fake
def _(x):
    return torch.empty_like(x)


def attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, *, scale=None, enable_gqa=False):
    """Attention by products and a softmax, guarded against 0 / 0 only where a mask may leave a row nothing to look at."""
    if dropout_p:
        return NotImplemented
    if enable_gqa and query.shape[-3] != key.shape[-3]:
        groups = query.shape[-3] // key.shape[-3]
        key, value = (_repeat_heads(x, groups) for x in (key, value))
    rows, columns = query.shape[-2], key.shape[-2]
    factor = 1.0 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = torch.matmul(query, key.transpose(-2, -1)) * factor
    if is_causal:
        position = torch.arange(max(rows, columns), device=query.device)
        allowed = position[:rows, None] >= position[None, :columns]
        scores = scores.masked_fill(~allowed, float("-inf"))
    if attn_mask is None:
        return torch.matmul(torch.softmax(scores, dim=-1), value)
    if attn_mask.dtype == torch.bool:
        forbidden = ~attn_mask
        scores = scores.masked_fill(forbidden, float("-inf"))
    else:
        forbidden = attn_mask == float("-inf")
        scores = scores + attn_mask
    # Such a row gives zeros and takes no gradient, so it must not see an infinity on its way.
    nothing = forbidden.all(dim=-1, keepdim=True)
    weights = torch.softmax(scores.masked_fill(nothing, 0.0), dim=-1).masked_fill(nothing, 0.0)
    return torch.matmul(weights, value)


def _repeat_heads(x, groups):
    *batch, heads, time, width = x.shape
    return x.unsqueeze(-3).expand(*batch, heads, groups, time, width).reshape(*batch, heads * groups, time, width)


def as_strided(x, size, stride, storage_offset=None):
    """Another view of contiguous values: by shape alone where it has them all in order, else by index."""
    if not x.is_contiguous():
        return NotImplemented
    if not storage_offset and math.prod(size) == x.numel() and tuple(stride) == _contiguous_strides(size):
        return x.reshape(size)
    index = torch.full([1] * len(size), storage_offset or 0)
    for axis, (length, step) in enumerate(zip(size, stride, strict=True)):
        index = index + (torch.arange(length) * step).view([length if each == axis else 1 for each in range(len(size))])
    return x.reshape(-1)[index]


def _contiguous_strides(size):
    return tuple(math.prod(size[axis + 1 :]) for axis in range(len(size)))


def diagonal(x, offset=0, dim1=0, dim2=1):
    """A diagonal, as every n-th value of the matrix in one row."""
    x = x.movedim((dim1, dim2), (-2, -1))
    *batch, rows, columns = x.shape
    length = max(0, min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns))
    first = offset if offset >= 0 else -offset * columns
    return x.reshape(*batch, rows * columns).index_select(-1, torch.arange(length) * (columns + 1) + first)


def unfold(x, dim, size, step):
    """Windows along an axis, which become its last one."""
    if x.dim() == 0:
        return x.reshape(1)[:size]
    dim %= x.dim()
    count = (x.shape[dim] - size) // step + 1
    index = torch.arange(count)[:, None] * step + torch.arange(size)
    windows = x.index_select(dim, index.reshape(-1))
    return windows.reshape(*x.shape[:dim], count, size, *x.shape[dim + 1 :]).movedim(dim + 1, -1)


def hypot(x, y):
    return torch.sqrt(x * x + y * y)


def embedding(weight, indices, padding_idx=-1, scale_grad_by_freq=False, sparse=False):
    """An embedding whose padding row gets no gradient keeps that property."""
    if padding_idx < 0:
        return NotImplemented
    rows = torch.index_select(weight, 0, indices.reshape(-1)).view(*indices.shape, weight.shape[1])
    padding = (indices == padding_idx).unsqueeze(-1)
    return torch.where(padding, torch.ops.pcp.stop_gradient(rows), rows)


def remainder(x, y):
    """Python's remainder, with the sign of the divisor; the lowering of aten.remainder truncates instead."""
    kind = torch.result_type(x, y)
    shape = (x if isinstance(x, torch.Tensor) else y).shape
    x, y = (each.to(kind) if isinstance(each, torch.Tensor) else torch.full(shape, each, dtype=kind) for each in (x, y))
    rest = torch.fmod(x, y)
    return torch.where((rest != 0) & ((rest < 0) != (y < 0)), rest + y, rest)


def comparison(operator):
    """A comparison with a number in the tensor's kind: torch-mlir folds floats with integers by their bits."""

    def compare(x, y):
        if x.is_floating_point() == isinstance(y, float):
            return NotImplemented
        return operator(x.to(torch.result_type(x, y)), float(y))

    return compare


def reciprocal(x):
    """Of integers it is a float."""
    return NotImplemented if x.is_floating_point() else x.to(torch.get_default_dtype()).reciprocal()


def clamp(x, min=None, max=None):
    """Integers between floats become floats."""
    kind = x.dtype
    for bound in (min, max):
        kind = kind if bound is None else torch.promote_types(kind, torch.result_type(x, bound))
    return NotImplemented if kind == x.dtype else torch.clamp(x.to(kind), min, max)


def any_of(x, dim=None, keepdim=False):
    """Only the forms with one dimension and with none have a lowering."""
    if dim is None and not keepdim:
        return torch.any(x)
    for each in range(x.dim()) if not dim else dim:
        x = torch.any(x, each, True)
    return x if keepdim else x.squeeze(dim)


def fmod(x, y):
    """Only the form with two tensors has a lowering."""
    return torch.ops.aten.fmod.Tensor(x, torch.full_like(x, y))


def addmm(bias, x, y, *, beta=1, alpha=1):
    """A product and a sum, without factors of one."""
    product = torch.mm(x, y)
    return (product if alpha == 1 else product * alpha) + (bias if beta == 1 else bias * beta)


def var_mean(x, dim=None, *, correction=None, keepdim=False):
    """Variance and mean in two passes in the type of `x`; the lowering of aten.var goes through f64."""
    dims = list(range(x.dim())) if not dim else [each % x.dim() for each in dim]
    count = math.prod(x.shape[each] for each in dims)
    mean = x.mean(dims, keepdim=True)
    from_mean = x - mean
    degrees = max(0, count - (1 if correction is None else correction))
    variance = (from_mean * from_mean).sum(dims, keepdim=keepdim) / degrees
    return variance, mean if keepdim else mean.squeeze(dims)


def var(x, dim=None, *, correction=None, keepdim=False):
    return var_mean(x, dim, correction=correction, keepdim=keepdim)[0]


def std(x, dim=None, *, correction=None, keepdim=False):
    return torch.sqrt(var(x, dim, correction=correction, keepdim=keepdim))


def table():
    """The table for `run_decompositions`."""
    from torch_mlir.extras.fx_decomp_util import get_decomposition_table

    merged = torch.export.default_decompositions()
    merged.update(get_decomposition_table())
    merged[aten.scaled_dot_product_attention.default] = attention
    merged[aten.as_strided.default] = as_strided
    merged[aten.diagonal.default] = diagonal
    merged[aten.unfold.default] = unfold
    merged[aten.hypot.default] = hypot
    merged[aten.reciprocal.default] = reciprocal
    merged[aten.clamp.default] = clamp
    merged[aten.any.dims] = any_of
    merged[aten.embedding.default] = embedding
    merged[aten.var_mean.correction] = var_mean
    merged[aten.var.correction] = var
    merged[aten.std.correction] = std
    merged[aten.fmod.Scalar] = fmod
    merged[aten.addmm.default] = addmm
    for packet in (aten.lt, aten.le, aten.gt, aten.ge, aten.eq, aten.ne):
        merged[packet.Scalar] = comparison(packet.Scalar)
    for overload in (aten.remainder.Tensor, aten.remainder.Scalar, aten.remainder.Scalar_Tensor):
        merged[overload] = remainder
    return merged
