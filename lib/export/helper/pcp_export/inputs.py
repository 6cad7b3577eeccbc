"""Example inputs: from `--input`, from `example_inputs` of the user's file, or a language model's from its sizes."""

import inspect

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

def make(spec):
    """One tensor of an example input that lib/export/input-spec.ts has read."""
    shape, dtype, contents = tuple(spec["shape"]), DTYPES[spec["dtype"]], spec["contents"]
    if contents == "randint":
        return torch.randint(spec["low"], spec["high"], shape).to(dtype)
    return getattr(torch, contents)(shape).to(dtype)


class ExampleInputs:
    """Makes the inputs of a method; every call draws from torch's generator as it stands."""

    def __init__(self, specs, file_function, config, sizes):
        self.specs = specs
        self.file_function, self.config, self.sizes = file_function, config, sizes

    def of(self, method, callable_):
        """Arguments for one call, in the order of the method's parameters: a dict of name -> value."""
        parameters = [
            parameter
            for parameter in inspect.signature(callable_).parameters.values()
            if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]
        given = {spec["name"]: make(spec) for spec in self.specs if spec["method"] in (None, method)}
        needed = [each.name for each in parameters if each.default is each.empty and each.name not in given]
        if self.file_function is not None and (needed or not given):
            given = {**self._from_file(method, parameters), **given}
        elif needed and not given:
            given = self._of_language_model(needed)
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

    def _of_language_model(self, needed):
        keys = ("batch_size", "block_size", "vocab_size")
        if len(needed) > 2 or not all(key in self.sizes for key in keys):
            raise Problem(LOAD, "no example inputs: add `def example_inputs(config)` to the file, or pass --input NAME=i64[8x128]:randint(0,256)")
        batch, block, vocab = (self.sizes[key] for key in keys)
        return {name: torch.randint(0, vocab, (batch, block)) for name in needed}

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
        for spec in self.specs:
            if spec["method"] == method and spec["name"] not in names:
                raise Problem(USAGE, f"'{method}' has no argument '{spec['name']}'; its arguments: {', '.join(names)}")
        stray = [name for name in given if name not in names]
        if method == "forward" and stray:
            raise Problem(LOAD, f"'{method}' has no argument '{stray[0]}'; its arguments: {', '.join(names)}")
        while parameters and parameters[-1].name not in given:
            bound.pop(parameters.pop().name)
        return bound
