"""Example inputs: the `--input` grammar, `example_inputs` of the user's file, and the defaults of language models."""

import inspect
import re

import torch

from .events import LOAD, USAGE, Problem

DTYPES = {
    "f64": torch.float64,
    "f32": torch.float32,
    "f16": torch.float16,
    "bf16": torch.bfloat16,
    "i64": torch.int64,
    "i32": torch.int32,
    "i16": torch.int16,
    "i8": torch.int8,
    "ui8": torch.uint8,
    "i1": torch.bool,
}
DTYPE_NAMES = {dtype: name for name, dtype in DTYPES.items()}

_SPEC = re.compile(r"^(?:(\w+)\.)?(\w+)=(\w+)\[([0-9x]*)\](?::(\w+)(?:\(([^()]*)\))?)?$")


def parse_spec(text):
    """`[method.]name=i64[8x128]:randint(0,256)` -> (method or None, name, maker of one tensor)."""
    match = _SPEC.match(text)
    if match is None:
        raise Problem(USAGE, f"cannot read --input '{text}'; expected NAME=DTYPE[8x128]:randint(0,256), :zeros, :ones or :randn")
    method, name, dtype_name, shape_text, kind, numbers = match.groups()
    if dtype_name not in DTYPES:
        raise Problem(USAGE, f"unknown element type '{dtype_name}' in --input '{text}'; known: {', '.join(DTYPES)}")
    dtype = DTYPES[dtype_name]
    shape = tuple(int(size) for size in shape_text.split("x") if size)
    if kind is None:
        kind = "randn" if dtype.is_floating_point else "zeros"
    try:
        values = [int(number) for number in (numbers or "").split(",") if number.strip()]
    except ValueError:
        raise Problem(USAGE, f"expected whole numbers in --input '{text}'") from None
    return method, name, _maker(text, kind, values, shape, dtype)


def _maker(text, kind, values, shape, dtype):
    if kind == "randint":
        if len(values) != 2 or values[0] >= values[1]:
            raise Problem(USAGE, f"randint needs two bounds, low below high, in --input '{text}'")
        return lambda: torch.randint(values[0], values[1], shape).to(dtype)
    if values:
        raise Problem(USAGE, f"'{kind}' takes no numbers in --input '{text}'")
    if kind == "randn":
        if not dtype.is_floating_point:
            raise Problem(USAGE, f"randn needs a float element type in --input '{text}'")
        return lambda: torch.randn(shape).to(dtype)
    if kind in ("zeros", "ones"):
        return lambda: getattr(torch, kind)(shape, dtype=dtype)
    raise Problem(USAGE, f"unknown contents '{kind}' in --input '{text}'; known: randint(low,high), randn, zeros, ones")


class ExampleInputs:
    """Makes the inputs of a method; every call draws from torch's generator as it stands."""

    def __init__(self, specs, file_function, config, sizes):
        self.specs = [parse_spec(text) for text in specs]
        self.file_function, self.config, self.sizes = file_function, config, sizes

    def of(self, method, callable_):
        """Arguments for one call, in the order of the method's parameters: a dict of name -> value."""
        parameters = [
            parameter
            for parameter in inspect.signature(callable_).parameters.values()
            if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]
        given = {name: make() for of_method, name, make in self.specs if of_method in (None, method)}
        if not given and self.file_function is not None:
            given = self._from_file(method, parameters)
        if not given:
            given = self._of_language_model(parameters)
        return self._bind(given, parameters, method)

    def _from_file(self, method, parameters):
        takes = inspect.signature(self.file_function).parameters
        arguments = [self.config, method][: len(takes)]
        made = self.file_function(*arguments)
        if isinstance(made, torch.Tensor):
            made = (made,)
        if isinstance(made, dict):
            return made
        if isinstance(made, (tuple, list)):
            if len(made) > len(parameters):
                raise Problem(LOAD, f"example_inputs gives {len(made)} values, but '{method}' takes {len(parameters)}")
            return {parameter.name: value for parameter, value in zip(parameters, made)}
        raise Problem(LOAD, f"example_inputs must give a dict or a tuple of tensors, but gave a {type(made).__name__}")

    def _of_language_model(self, parameters):
        needed = [parameter for parameter in parameters if parameter.default is parameter.empty]
        keys = ("batch_size", "block_size", "vocab_size")
        if len(needed) > 2 or not all(key in self.sizes for key in keys):
            raise Problem(LOAD, "no example inputs: add `def example_inputs(config)` to the file, or pass --input NAME=i64[8x128]:randint(0,256)")
        batch, block, vocab = (self.sizes[key] for key in keys)
        return {parameter.name: torch.randint(0, vocab, (batch, block)) for parameter in needed}

    def _bind(self, given, parameters, method):
        names = [parameter.name for parameter in parameters]
        bound = {}
        for parameter in parameters:
            if parameter.name in given:
                bound[parameter.name] = given[parameter.name]
            elif parameter.default is parameter.empty:
                raise Problem(LOAD, f"'{method}' needs an argument '{parameter.name}', and neither --input nor example_inputs gives it")
            else:
                bound[parameter.name] = parameter.default
        for of_method, name, _ in self.specs:
            if of_method == method and name not in names:
                raise Problem(USAGE, f"'{method}' has no argument '{name}'; its arguments: {', '.join(names)}")
        stray = [name for name in given if name not in names]
        if method == "forward" and stray:
            raise Problem(LOAD, f"'{method}' has no argument '{stray[0]}'; its arguments: {', '.join(names)}")
        while parameters and parameters[-1].name not in given:
            bound.pop(parameters.pop().name)
        return bound
