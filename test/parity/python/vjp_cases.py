"""Cases for gradient rules: one StableHLO function each, beside the same function in PyTorch.

A case has a name, the operations as text, arguments and a torch function. Shapes are drawn from the seed.
"""

import math

import torch


class Draw:
    """Random shapes and numbers, the same for the same seed."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def size(self, low=1, high=5):
        return int(torch.randint(low, high + 1, (), generator=self.generator))

    def shape(self, rank):
        return tuple(self.size() for _ in range(rank))

    def uniform(self, shape, low=-2.0, high=2.0):
        return low + (high - low) * torch.rand(shape, generator=self.generator)

    def normal(self, shape):
        return torch.randn(shape, generator=self.generator)

    def distinct(self, shape):
        """Numbers no two of which are closer than 0.01."""
        count = math.prod(shape)
        return (torch.randperm(count, generator=self.generator).float() * 0.05 - 0.025 * count).reshape(shape) + 0.013

    def integers(self, shape, low, high):
        return torch.randint(low, high, shape, generator=self.generator)


NAMES = {torch.float32: "f32", torch.float64: "f64", torch.int64: "i64", torch.int32: "i32", torch.bool: "i1", torch.bfloat16: "bf16"}


def type_of(tensor):
    return f"tensor<{''.join(f'{size}x' for size in tensor.shape)}{NAMES[tensor.dtype]}>"


class Case:
    """`body` is StableHLO with {names} of types; its last line must define the value that `returns` names."""

    def __init__(self, name, arguments, body, function, returns="%r", cotangent=None, tolerance=None):
        self.name, self.arguments, self.body, self.function = name, arguments, body, function
        self.returns, self.cotangent, self.tolerance = returns, cotangent, tolerance

    def result(self):
        return self.function(*self.arguments.values())

    def text(self):
        arguments = ", ".join(f"%{name}: {type_of(value)}" for name, value in self.arguments.items())
        kind = type_of(self.result())
        lines = "\n".join(f"  {line.strip()}" for line in self.body.strip().splitlines())
        return f"func.func @f({arguments}) -> {kind} {{\n{lines}\n  return {self.returns} : {kind}\n}}\n"


def unary_cases(draw):
    whole = {
        "negate": torch.neg, "abs": torch.abs, "sign": torch.sign, "exponential": torch.exp, "exponential_minus_one": torch.expm1,
        "tanh": torch.tanh, "logistic": torch.sigmoid, "sine": torch.sin, "cosine": torch.cos, "ceil": torch.ceil, "floor": torch.floor,
        "round_nearest_even": torch.round, "round_nearest_afz": lambda x: torch.sign(x) * torch.floor(torch.abs(x) + 0.5),
        "cbrt": lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3),
    }  # fmt: skip
    positive = {"log": torch.log, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt}
    for name, function in {**whole, **positive}.items():
        for rank in (0, 2, 3):
            shape = draw.shape(rank)
            x = draw.uniform(shape, 0.1, 3.0) if name in positive else draw.uniform(shape)
            yield unary(name, rank, x, function)
    x = draw.uniform(draw.shape(2), -0.9, 3.0)
    yield unary("log_plus_one", 2, x, torch.log1p)
    yield unary("tan", 2, draw.uniform(draw.shape(2), -1.2, 1.2), torch.tan)
    yield unary("abs", "at zero", torch.tensor([-1.0, 0.0, 2.0]), torch.abs)
    yield unary("sqrt", "tiny", torch.tensor([1e-6, 1e-3, 4.0]), torch.sqrt)
    yield unary("rsqrt", "small", torch.tensor([1e-3, 1e-2, 4.0]), torch.rsqrt)
    yield unary("log", "small", torch.tensor([1e-4, 1e-2, 4.0]), torch.log)
    yield unary("logistic", "far", torch.tensor([-80.0, -20.0, 20.0, 80.0]), torch.sigmoid)


def unary(name, what, x, function):
    return Case(f"{name} {what}", {"x": x}, f"%r = stablehlo.{name} %x : {type_of(x)}", function)


def binary_cases(draw):
    functions = {
        "add": torch.add, "subtract": torch.sub, "multiply": torch.mul, "divide": torch.div, "atan2": torch.atan2,
        "maximum": torch.maximum, "minimum": torch.minimum, "remainder": torch.fmod, "power": torch.pow,
    }  # fmt: skip
    for name, function in functions.items():
        for rank in (0, 1, 3):
            shape = draw.shape(rank)
            x = draw.uniform(shape, 0.2, 2.5) if name == "power" else draw.uniform(shape)
            y = draw.uniform(shape)
            if name in ("divide", "remainder"):
                y = torch.where(y.abs() < 0.3, y.sign() * 0.3 + y, y)
            yield binary(name, rank, x, y, function)
    tie = torch.tensor([1.0, -2.0, 3.0])
    yield binary("maximum", "tie", tie, torch.tensor([1.0, 0.0, 3.0]), torch.maximum)
    yield binary("minimum", "tie", tie, torch.tensor([1.0, 0.0, 3.0]), torch.minimum)
    yield binary("divide", "small divisor", tie, torch.tensor([1e-3, -1e-4, 2.0]), torch.div)
    kind = "tensor<3xf32>"
    for exponent in (2.0, 3.0, 0.5, -1.0):
        x = draw.uniform((3,), 0.3, 2.0) if exponent != 2.0 else draw.uniform((3,))
        yield Case(
            f"power constant {exponent}", {"x": x},
            f"%c = stablehlo.constant dense<{exponent:e}> : {kind}\n%r = stablehlo.power %x, %c : {kind}",
            lambda x, exponent=exponent: x**exponent,
        )  # fmt: skip
    yield Case(
        "maximum relu at zero", {"x": torch.tensor([-1.0, 0.0, 2.0])},
        f"%c = stablehlo.constant dense<0.0> : {kind}\n%r = stablehlo.maximum %x, %c : {kind}", torch.relu,
    )  # fmt: skip
    same = draw.uniform((3,))
    yield Case("multiply by itself", {"x": same}, f"%r = stablehlo.multiply %x, %x : {kind}", lambda x: x * x)


def binary(name, what, x, y, function):
    return Case(f"{name} {what}", {"x": x, "y": y}, f"%r = stablehlo.{name} %x, %y : {type_of(x)}", function)


def other_elementwise_cases(draw):
    # At the bounds themselves versions of PyTorch differ: 1 in 2.13, 0 in 2.15.
    x = torch.tensor([-3.0, -0.9, 0.5, 1.9, 5.0])
    yield Case(
        "clamp constant bounds",
        {"x": x},
        "%lo = stablehlo.constant dense<-1.0> : tensor<f32>\n%hi = stablehlo.constant dense<2.0> : tensor<f32>\n"
        "%r = stablehlo.clamp %lo, %x, %hi : (tensor<f32>, tensor<5xf32>, tensor<f32>) -> tensor<5xf32>",
        lambda x: x.clamp(-1.0, 2.0),
    )
    shape = draw.shape(2)
    x, lo, hi = draw.uniform(shape, -3, 3), draw.uniform(shape, -1.5, -0.5), draw.uniform(shape, 0.5, 1.5)
    kind = type_of(x)
    yield Case("clamp tensor bounds", {"lo": lo, "x": x, "hi": hi}, f"%r = stablehlo.clamp %lo, %x, %hi : {kind}", lambda lo, x, hi: x.clamp(lo, hi))
    p = draw.uniform(shape) > 0
    yield Case("select", {"p": p, "x": x, "y": lo}, f"%r = stablehlo.select %p, %x, %y : {type_of(p)}, {kind}", torch.where)
    yield Case(
        "select scalar predicate", {"x": x, "y": lo},
        f"%p = stablehlo.constant dense<false> : tensor<i1>\n%r = stablehlo.select %p, %x, %y : tensor<i1>, {kind}", lambda x, y: y + 0 * x,
    )  # fmt: skip
    yield Case("convert to f64", {"x": x}, f"%r = stablehlo.convert %x : ({kind}) -> {kind.replace('f32', 'f64')}", lambda x: x.double())
    yield Case(
        "convert to i32 and back", {"x": x},
        f"%i = stablehlo.convert %x : ({kind}) -> {kind.replace('f32', 'i32')}\n"
        f"%z = stablehlo.convert %i : ({kind.replace('f32', 'i32')}) -> {kind}\n%r = stablehlo.multiply %z, %x : {kind}",
        lambda x: x.int().float() * x,
    )  # fmt: skip
    yield Case(
        "convert to bf16 and back", {"x": x},
        f"%h = stablehlo.convert %x : ({kind}) -> {kind.replace('f32', 'bf16')}\n%r = stablehlo.convert %h : ({kind.replace('f32', 'bf16')}) -> {kind}",
        lambda x: x.bfloat16().float(),
    )  # fmt: skip
    yield Case("reduce_precision", {"x": x}, f"%r = stablehlo.reduce_precision %x, format = e8m7 : {kind}", lambda x: x.bfloat16().float())
    yield Case("optimization_barrier", {"x": x}, f"%r = stablehlo.optimization_barrier %x : {kind}", lambda x: x * 1)
    yield Case(
        "optimization_barrier stopped", {"x": x},
        f"%s = stablehlo.optimization_barrier {{pcp.stop_gradient}} %x : {kind}\n%r = stablehlo.multiply %s, %x : {kind}",
        lambda x: x.detach() * x,
    )  # fmt: skip
    yield Case(
        "compare in a select", {"x": x, "y": lo},
        f"%p = stablehlo.compare GT, %x, %y, FLOAT : ({kind}, {kind}) -> {type_of(p)}\n%r = stablehlo.select %p, %x, %y : {type_of(p)}, {kind}",
        lambda x, y: torch.where(x > y, x, y),
    )  # fmt: skip


def shape_cases(draw):
    a, b, c = draw.size(2), draw.size(2), draw.size(2)
    for name, source, dims, target in (
        ("scalar", (), [], (a, b)),
        ("leading", (a,), [0], (a, b)),
        ("trailing", (b,), [1], (a, b)),
        ("size one", (a, 1, c), [0, 1, 2], (a, b, c)),
        ("size one and new", (1, c), [1, 3], (a, b, 3, c)),
        ("middle", (b,), [1], (a, b, c)),
    ):
        x = draw.normal(source)
        expand = [1] * len(target)
        for index, at in enumerate(dims):
            expand[at] = source[index]
        yield Case(
            f"broadcast_in_dim {name}", {"x": x},
            f"%r = stablehlo.broadcast_in_dim %x, dims = {dims} : ({type_of(x)}) -> {type_of(torch.empty(target))}",
            lambda x, expand=expand, target=target: x.reshape(expand).expand(target) * 1,
        )  # fmt: skip
    x = draw.normal((a, b, c))
    kind = type_of(x)
    yield Case("reshape", {"x": x}, f"%r = stablehlo.reshape %x : ({kind}) -> {type_of(x.reshape(-1))}", lambda x: x.reshape(-1))
    for dims in ([2, 0, 1], [1, 0, 2], [0, 2, 1]):
        yield Case(f"transpose {dims}", {"x": x}, f"%r = stablehlo.transpose %x, dims = {dims} : ({kind}) -> {type_of(x.permute(dims))}", lambda x, dims=dims: x.permute(dims) * 1)
    yield Case("reverse", {"x": x}, f"%r = stablehlo.reverse %x, dims = [0, 2] : {kind}", lambda x: x.flip(0, 2))
    x = draw.normal((7, 6))
    yield Case("slice", {"x": x}, "%r = stablehlo.slice %x [1:5, 2:6] : (tensor<7x6xf32>) -> tensor<4x4xf32>", lambda x: x[1:5, 2:6] * 1)
    yield Case("slice strides", {"x": x}, "%r = stablehlo.slice %x [1:7:3, 0:6:2] : (tensor<7x6xf32>) -> tensor<2x3xf32>", lambda x: x[1:7:3, 0:6:2] * 1)
    yield from pad_cases(draw)
    y, z = draw.normal((2, a, c)), draw.normal((3, a, c))
    for axis, parts in ((0, (y, z)), (1, (draw.normal((2, 1, c)), draw.normal((2, 4, c)), draw.normal((2, 2, c))))):
        names = [f"x{index}" for index in range(len(parts))]
        types = ", ".join(type_of(part) for part in parts)
        yield Case(
            f"concatenate {len(parts)} along {axis}", dict(zip(names, parts)),
            f"%r = stablehlo.concatenate {', '.join('%' + name for name in names)}, dim = {axis} : ({types}) -> {type_of(torch.cat(parts, axis))}",
            lambda *parts, axis=axis: torch.cat(parts, axis),
        )  # fmt: skip


def pad(x, value, low, high, interior):
    """StableHLO's pad of a matrix."""
    rows, columns = ((size - 1) * (gap + 1) + 1 for size, gap in zip(x.shape, interior))
    spread = value.expand(rows, columns).clone()
    spread[:: interior[0] + 1, :: interior[1] + 1] = x
    size = [rows + low[0] + high[0], columns + low[1] + high[1]]
    out = value.expand(*size).clone()
    top, left = max(low[0], 0), max(low[1], 0)
    part = spread[max(-low[0], 0) : rows + min(high[0], 0), max(-low[1], 0) : columns + min(high[1], 0)]
    out[top : top + part.shape[0], left : left + part.shape[1]] = part
    return out


def pad_cases(draw):
    for low, high, interior in (([1, 0], [2, 1], [0, 0]), ([0, 1], [1, 0], [2, 1]), ([-1, 2], [1, -1], [0, 0]), ([-1, 0], [0, -2], [1, 2])):
        x, value = draw.normal((3, 4)), draw.normal(())
        result = pad(x, value, low, high, interior)
        yield Case(
            f"pad low {low} high {high} interior {interior}", {"x": x, "v": value},
            f"%r = stablehlo.pad %x, %v, low = {low}, high = {high}, interior = {interior} : (tensor<3x4xf32>, tensor<f32>) -> {type_of(result)}",
            lambda x, v, low=low, high=high, interior=interior: pad(x, v, low, high, interior),
        )  # fmt: skip


def contract_cases(draw):
    m, k, n, b, h = (draw.size(2) for _ in range(5))
    for equation, left, right, batching, contracting in (
        ("mk,kn->mn", (m, k), (k, n), None, ([1], [0])),
        ("mk,nk->mn", (m, k), (n, k), None, ([1], [1])),
        ("km,kn->mn", (k, m), (k, n), None, ([0], [0])),
        ("k,k->", (k,), (k,), None, ([0], [0])),
        ("mk,k->m", (m, k), (k,), None, ([1], [0])),
        ("abk,kn->abn", (b, m, k), (k, n), None, ([2], [0])),
        ("bmk,bkn->bmn", (b, m, k), (b, k, n), ([0], [0]), ([2], [1])),
        ("bmk,bnk->bmn", (b, m, k), (b, n, k), ([0], [0]), ([2], [2])),
        ("bhmk,bhnk->bhmn", (b, h, m, k), (b, h, n, k), ([0, 1], [0, 1]), ([3], [3])),
        ("mbk,kbn->bmn", (m, b, k), (k, b, n), ([1], [1]), ([2], [0])),
        ("mkl,lkn->mn", (m, k, h), (h, k, n), None, ([1, 2], [1, 0])),
        ("m,n->mn", (m,), (n,), None, ([], [])),
    ):
        x, y = draw.normal(left), draw.normal(right)
        batch = f"batching_dims = {batching[0]} x {batching[1]}, " if batching else ""
        result = torch.einsum(equation, x, y)
        yield Case(
            f"dot_general {equation}", {"x": x, "y": y},
            f"%r = stablehlo.dot_general %x, %y, {batch}contracting_dims = {contracting[0]} x {contracting[1]} : ({type_of(x)}, {type_of(y)}) -> {type_of(result)}",
            lambda x, y, equation=equation: torch.einsum(equation, x, y),
        )  # fmt: skip


def dot_cases(draw):
    for left, right in (((4,), (4,)), ((3, 4), (4,)), ((3, 4), (4, 2))):
        x, y = draw.normal(left), draw.normal(right)
        kind = f"({type_of(x)}, {type_of(y)}) -> {type_of(x @ y)}"
        yield Case(f"dot {len(left)} by {len(right)}", {"x": x, "y": y}, f"%r = stablehlo.dot %x, %y : {kind}", torch.matmul)


def reduce_cases(draw):
    functions = {
        "add": lambda x, dims: x.sum(dims),
        "maximum": lambda x, dims: x.amax(dims),
        "minimum": lambda x, dims: x.amin(dims),
        "multiply": lambda x, dims: product(x, dims),
    }
    starts = {"add": "0.0", "maximum": "0xFF800000", "minimum": "0x7F800000", "multiply": "1.0"}
    for name, function in functions.items():
        for dims in ([0], [1, 2], [0, 1, 2]):
            x = draw.distinct(draw.shape(3)) if name in ("maximum", "minimum") else draw.uniform(draw.shape(3))
            yield reduction(name, f"{dims}", x, dims, starts[name], lambda x, dims=dims, function=function: function(x, dims))
    tied = torch.tensor([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])
    yield reduction("maximum", "tied", tied, [1], starts["maximum"], lambda x: x.amax([1]))
    yield reduction("minimum", "tied", tied, [1], starts["minimum"], lambda x: x.amin([1]))
    yield reduction("multiply", "with a zero", torch.tensor([[1.0, 0.0, 3.0], [2.0, 2.0, -2.0]]), [1], starts["multiply"], lambda x: x.prod(1))


def product(x, dims):
    for dim in sorted(dims, reverse=True):
        x = x.prod(dim)
    return x


def reduction(name, what, x, dims, start, function):
    return Case(
        f"reduce {name} {what}", {"x": x},
        f"%c = stablehlo.constant dense<{start}> : tensor<f32>\n"
        f"%r = stablehlo.reduce(%x init: %c) applies stablehlo.{name} across dimensions = {dims} : ({type_of(x)}, tensor<f32>) -> {type_of(function(x))}",
        function,
    )  # fmt: skip


def indexing_cases(draw):
    table, rows = draw.normal((6, 3)), draw.integers((2, 4), 0, 6)
    yield Case(
        "gather rows", {"x": table, "i": rows},
        '%r = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], '
        "index_vector_dim = 2>, slice_sizes = array<i64: 1, 3>}> : (tensor<6x3xf32>, tensor<2x4xi64>) -> tensor<2x4x3xf32>",
        lambda x, i: x[i],
    )  # fmt: skip
    logits, pick = draw.normal((5, 4)), draw.integers((5, 1), 0, 4)
    index = torch.stack([torch.arange(5)[:, None], pick], -1)
    yield Case(
        "gather one per row", {"x": logits, "i": index},
        '%r = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [0, 1], start_index_map = [0, 1], '
        "index_vector_dim = 2>, slice_sizes = array<i64: 1, 1>}> : (tensor<5x4xf32>, tensor<5x1x2xi64>) -> tensor<5x1xf32>",
        lambda x, i: x.gather(1, i[..., 1]),
    )  # fmt: skip
    x, start = draw.normal((5, 6)), [torch.tensor(2), torch.tensor(1)]
    yield Case(
        "dynamic_slice", {"x": x, "a": start[0], "b": start[1]},
        "%r = stablehlo.dynamic_slice %x, %a, %b, sizes = [2, 4] : (tensor<5x6xf32>, tensor<i64>, tensor<i64>) -> tensor<2x4xf32>",
        lambda x, a, b: x[2:4, 1:5] * 1,
    )  # fmt: skip
    yield Case(
        "dynamic_slice beyond the end", {"x": x, "a": torch.tensor(9), "b": torch.tensor(-3)},
        "%r = stablehlo.dynamic_slice %x, %a, %b, sizes = [2, 4] : (tensor<5x6xf32>, tensor<i64>, tensor<i64>) -> tensor<2x4xf32>",
        lambda x, a, b: x[3:5, 0:4] * 1,
    )  # fmt: skip
    yield Case(
        "dynamic_update_slice", {"x": x, "u": draw.normal((2, 4)), "a": start[0], "b": start[1]},
        "%r = stablehlo.dynamic_update_slice %x, %u, %a, %b : (tensor<5x6xf32>, tensor<2x4xf32>, tensor<i64>, tensor<i64>) -> tensor<5x6xf32>",
        updated,
    )  # fmt: skip
    yield from scatter_cases(draw)
    x = draw.distinct((3, 6))
    yield Case(
        "sort", {"x": x},
        '%r = "stablehlo.sort"(%x) <{dimension = 1 : i64, is_stable = true}> ({\n^bb0(%a: tensor<f32>, %b: tensor<f32>):\n'
        "%p = stablehlo.compare LT, %a, %b, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>\nstablehlo.return %p : tensor<i1>\n"
        "}) : (tensor<3x6xf32>) -> tensor<3x6xf32>",
        lambda x: x.sort(1).values,
    )  # fmt: skip


def updated(x, u, a, b):
    out = x.clone()
    out[2:4, 1:5] = u
    return out


def scatter_cases(draw):
    x, i, u = draw.normal((6, 3)), torch.tensor([[1], [4], [0]]), draw.normal((3, 3))
    for name, apply in (("add", lambda x, i, u: x.index_add(0, i[:, 0], u)), ("set", lambda x, i, u: x.index_copy(0, i[:, 0], u))):
        value = "%s" if name == "add" else "%b"
        line = "%s = stablehlo.add %a, %b : tensor<f32>\n" if name == "add" else ""
        yield Case(
            f"scatter {name} rows", {"x": x, "i": i, "u": u},
            '%r = "stablehlo.scatter"(%x, %i, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], '
            "inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = true}> ({\n"
            f"^bb0(%a: tensor<f32>, %b: tensor<f32>):\n{line}stablehlo.return {value} : tensor<f32>\n"
            "}) : (tensor<6x3xf32>, tensor<3x1xi64>, tensor<3x3xf32>) -> tensor<6x3xf32>",
            apply,
        )  # fmt: skip


def window_cases(draw):
    x = draw.distinct((7, 6))

    def window(name, what, start, sizes, strides, padding, function):
        result = function(x)
        return Case(
            f"reduce_window {name} {what}", {"x": x},
            f"%c = stablehlo.constant dense<{start}> : tensor<f32>\n"
            f'%r = "stablehlo.reduce_window"(%x, %c) <{{padding = dense<{padding}> : tensor<2x2xi64>, window_dimensions = array<i64: {sizes}>, '
            f"window_strides = array<i64: {strides}>}}> ({{\n^bb0(%a: tensor<f32>, %b: tensor<f32>):\n"
            f"%s = stablehlo.{name} %a, %b : tensor<f32>\nstablehlo.return %s : tensor<f32>\n}}) : (tensor<7x6xf32>, tensor<f32>) -> {type_of(result)}",
            function,
        )  # fmt: skip

    pooled = torch.nn.functional
    yield window("add", "2x3 stride 1", "0.0", "2, 3", "1, 1", "0", lambda x: 6 * pooled.avg_pool2d(x[None, None], (2, 3), 1)[0, 0])
    yield window("add", "3x3 stride 2 padded", "0.0", "3, 3", "2, 2", "1", lambda x: 9 * pooled.avg_pool2d(x[None, None], 3, 2, 1)[0, 0])
    yield window("add", "running sum", "0.0", "7, 1", "1, 1", "[[6, 0], [0, 0]]", lambda x: x.cumsum(0))
    yield window("maximum", "2x2 stride 2", "0xFF800000", "2, 2", "2, 2", "0", lambda x: pooled.max_pool2d(x[None, None], 2, 2)[0, 0])
    yield window("maximum", "3x3 stride 2 padded", "0xFF800000", "3, 3", "2, 2", "1", lambda x: pooled.max_pool2d(x[None, None], 3, 2, 1)[0, 0])


FAMILIES = {
    "elementwise": lambda draw: [*unary_cases(draw), *binary_cases(draw), *other_elementwise_cases(draw)],
    "shape": shape_cases,
    "contract": lambda draw: [*contract_cases(draw), *dot_cases(draw)],
    "reduce": lambda draw: [*reduce_cases(draw), *window_cases(draw)],
    "indexing": indexing_cases,
}


def isolated_cases():
    """The 24 small cases of the reference system, at its tolerances or tighter; wrong expectations of it are not repeated."""
    t = torch.tensor
    scalar = "tensor<f32>"

    def one(name, x, body, function, tolerance=1e-6):
        return Case(name, {"x": t(x)}, body, function, tolerance=tolerance)

    def two(name, op, x, y, function, tolerance=1e-6):
        return Case(name, {"x": t(x), "y": t(y)}, f"%r = stablehlo.{op} %x, %y : {scalar}", function, tolerance=tolerance)

    m, v3, v2 = "tensor<2x2xf32>", "tensor<3xf32>", "tensor<2xf32>"
    yield two("multiply", "multiply", 3.0, 4.0, torch.mul)
    yield two("add", "add", 3.0, 4.0, torch.add)
    yield two("subtract", "subtract", 5.0, 2.0, torch.sub)
    yield two("divide", "divide", 6.0, 3.0, torch.div)
    a, b = t([[1.0, 2.0], [3.0, 4.0]]), t([[5.0, 6.0], [7.0, 8.0]])
    yield Case("matmul", {"x": a, "y": b}, f"%r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : ({m}, {m}) -> {m}", torch.matmul, tolerance=1e-6)
    wide = t([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    yield Case("transpose", {"x": wide}, "%r = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>", lambda x: x.T * 1, tolerance=1e-6)
    yield Case("reshape", {"x": wide}, "%r = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>", lambda x: x.reshape(6), tolerance=1e-6)
    yield Case(
        "reduce sum", {"x": wide},
        "%c = stablehlo.constant dense<0.0> : tensor<f32>\n"
        "%r = stablehlo.reduce(%x init: %c) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>",
        lambda x: x.sum(1), tolerance=1e-6,
    )  # fmt: skip
    yield Case(
        "reduce max", {"x": t([1.0, 5.0, 3.0])},
        "%c = stablehlo.constant dense<0xFF800000> : tensor<f32>\n"
        f"%r = stablehlo.reduce(%x init: %c) applies stablehlo.maximum across dimensions = [0] : ({v3}, {scalar}) -> {scalar}",
        lambda x: x.amax(), tolerance=1e-6,
    )  # fmt: skip
    for name, op, x, function in (
        ("tanh", "tanh", 1.0, torch.tanh), ("exp", "exponential", 2.0, torch.exp), ("log", "log", 2.0, torch.log),
        ("rsqrt", "rsqrt", 4.0, torch.rsqrt), ("sin", "sine", 1.0, torch.sin), ("cos", "cosine", 1.0, torch.cos),
    ):  # fmt: skip
        yield one(name, x, f"%r = stablehlo.{op} %x : {scalar}", function)
    yield Case(
        "select", {"x": t([1.0, 2.0]), "y": t([3.0, 4.0])},
        f"%p = stablehlo.constant dense<[true, false]> : tensor<2xi1>\n%r = stablehlo.select %p, %x, %y : tensor<2xi1>, {v2}",
        lambda x, y: torch.where(t([True, False]), x, y), tolerance=1e-6,
    )  # fmt: skip
    yield one("silu", 1.0, f"%s = stablehlo.logistic %x : {scalar}\n%r = stablehlo.multiply %s, %x : {scalar}", torch.nn.functional.silu)
    yield Case("rope component", {"x": t([1.0, 2.0])}, ROPE, rope, tolerance=1e-6)
    yield Case(
        "concatenate", {"x": t([1.0, 2.0]), "y": t([3.0])},
        "%r = stablehlo.concatenate %x, %y, dim = 0 : (tensor<2xf32>, tensor<1xf32>) -> tensor<3xf32>", lambda x, y: torch.cat([x, y]), tolerance=1e-6,
    )  # fmt: skip
    yield two("power", "power", 2.0, 3.0, torch.pow)
    yield Case("cross-entropy stability", {"x": t([100.0, -100.0])}, CROSS_ENTROPY, lambda x: -torch.log_softmax(x, 0)[0], tolerance=1e-6)
    yield Case(
        "complex chain rule", {"x": t(0.5), "w": t(2.0), "b": t(-0.3)},
        f"%m = stablehlo.multiply %x, %w : {scalar}\n%a = stablehlo.add %m, %b : {scalar}\n%h = stablehlo.tanh %a : {scalar}\n"
        f"%e = stablehlo.exponential %h : {scalar}\n%r = stablehlo.divide %e, %w : {scalar}",
        lambda x, w, b: torch.exp(torch.tanh(x * w + b)) / w, tolerance=1e-6,
    )  # fmt: skip
    yield Case(
        "gradient accumulation", {"x": t(3.0)},
        f"%a = stablehlo.multiply %x, %x : {scalar}\n%b = stablehlo.add %a, %x : {scalar}\n%r = stablehlo.multiply %b, %x : {scalar}",
        lambda x: (x * x + x) * x, tolerance=1e-6,
    )  # fmt: skip
    yield Case(
        "chain rule", {"x": t(2.0), "w": t(3.0), "b": t(1.0)},
        f"%m = stablehlo.multiply %x, %w : {scalar}\n%r = stablehlo.add %m, %b : {scalar}", lambda x, w, b: x * w + b, tolerance=1e-6,
    )  # fmt: skip


ROPE = """
%a = stablehlo.slice %x [0:1] : (tensor<2xf32>) -> tensor<1xf32>
%b = stablehlo.slice %x [1:2] : (tensor<2xf32>) -> tensor<1xf32>
%t = stablehlo.constant dense<0.5> : tensor<1xf32>
%c = stablehlo.cosine %t : tensor<1xf32>
%s = stablehlo.sine %t : tensor<1xf32>
%ac = stablehlo.multiply %a, %c : tensor<1xf32>
%bs = stablehlo.multiply %b, %s : tensor<1xf32>
%as = stablehlo.multiply %a, %s : tensor<1xf32>
%bc = stablehlo.multiply %b, %c : tensor<1xf32>
%p = stablehlo.subtract %ac, %bs : tensor<1xf32>
%q = stablehlo.add %as, %bc : tensor<1xf32>
%r = stablehlo.concatenate %p, %q, dim = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
"""


def rope(x):
    c, s = math.cos(0.5), math.sin(0.5)
    return torch.stack([x[0] * c - x[1] * s, x[0] * s + x[1] * c])


CROSS_ENTROPY = """
%lo = stablehlo.constant dense<0xFF800000> : tensor<f32>
%zero = stablehlo.constant dense<0.0> : tensor<f32>
%m = stablehlo.reduce(%x init: %lo) applies stablehlo.maximum across dimensions = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
%mb = stablehlo.broadcast_in_dim %m, dims = [] : (tensor<f32>) -> tensor<2xf32>
%d = stablehlo.subtract %x, %mb : tensor<2xf32>
%e = stablehlo.exponential %d : tensor<2xf32>
%s = stablehlo.reduce(%e init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
%l = stablehlo.log %s : tensor<f32>
%f = stablehlo.slice %d [0:1] : (tensor<2xf32>) -> tensor<1xf32>
%g = stablehlo.reshape %f : (tensor<1xf32>) -> tensor<f32>
%r = stablehlo.subtract %l, %g : tensor<f32>
"""
