"""How each parameter was initialised, seen by watching the calls that fill tensors while the model is built."""

import base64
import math

import torch
from torch.utils._python_dispatch import TorchDispatchMode

# Values that no recipe describes travel in the manifest up to this size.
INLINE_BYTES = 1 << 20

_NAMES = {"ones": 1.0, "ones_like": 1.0, "zeros": 0.0, "zeros_like": 0.0, "zero_": 0.0}


def _key(tensor):
    return tensor.untyped_storage()._cdata if isinstance(tensor, torch.Tensor) else None


def _number(value):
    if isinstance(value, torch.Tensor):
        return value.item() if value.dim() == 0 and not value.is_complex() else None
    return value if isinstance(value, (int, float)) else None


class InitRecorder(TorchDispatchMode):
    """Remembers, per storage, the distribution that filled the whole of it last."""

    def __init__(self):
        super().__init__()
        self.recipes = {}
        self.kept = []

    def recipe(self, tensor):
        return self.recipes.get(_key(tensor))

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        out = func(*args, **kwargs)
        name = func.overloadpacket.__name__
        if isinstance(out, torch.Tensor):
            self._record(func, name, args, kwargs, out)
        return out

    def _record(self, func, name, args, kwargs, out):
        first = args[0] if args else None
        writes = func._schema.is_mutable
        if writes and isinstance(first, torch.Tensor):
            whole = first.numel() * first.element_size() == first.untyped_storage().nbytes()
            self.recipes[_key(first)] = self._filled(name, args, kwargs) if whole else None
            return
        recipe = self._made(name, args, kwargs)
        if recipe is not None or _key(out) not in self.recipes:
            # A storage that is still alive cannot lend its address to another one.
            self.kept.append(out)
            self.recipes[_key(out)] = recipe

    def _filled(self, name, args, kwargs):
        def argument(position, key, default):
            return args[position] if len(args) > position else kwargs.get(key, default)

        if name in _NAMES:
            return ("constant", _NAMES[name])
        if name == "fill_":
            value = _number(args[1])
            return None if value is None else ("constant", float(value))
        if name == "normal_":
            return ("normal", float(argument(1, "mean", 0.0)), float(argument(2, "std", 1.0)))
        if name == "uniform_":
            return ("uniform", float(argument(1, "from", 0.0)), float(argument(2, "to", 1.0)))
        if name in ("mul_", "div_"):
            return self._scaled(self.recipe(args[0]), name, args[1])
        if name == "copy_" and args[0].shape == args[1].shape:
            return self.recipe(args[1])
        return None

    def _made(self, name, args, kwargs):
        if name in _NAMES:
            return ("constant", _NAMES[name])
        if name in ("full", "full_like"):
            value = _number(args[1])
            return None if value is None else ("constant", float(value))
        if name in ("randn", "randn_like"):
            return ("normal", 0.0, 1.0)
        if name in ("rand", "rand_like"):
            return ("uniform", 0.0, 1.0)
        if name in ("mul", "div") and isinstance(args[0], torch.Tensor):
            return self._scaled(self.recipe(args[0]), name, args[1])
        if name in ("clone", "_to_copy") and isinstance(args[0], torch.Tensor):
            return self.recipe(args[0])
        return None

    def _scaled(self, recipe, name, by):
        factor = _number(by)
        if recipe is None or factor is None or factor == 0:
            return None
        factor = 1.0 / factor if name.startswith("div") else float(factor)
        if recipe[0] == "normal":
            return ("normal", recipe[1] * factor, recipe[2] * abs(factor))
        if recipe[0] == "uniform":
            return ("uniform", *sorted((recipe[1] * factor, recipe[2] * factor)))
        return ("constant", recipe[1] * factor)


def describe(recipe):
    """A recorded recipe as the manifest writes it."""
    kind, *numbers = recipe
    numbers = [float(f"{number:.9g}") for number in numbers]
    if kind == "constant":
        return {0.0: "zeros", 1.0: "ones"}.get(numbers[0], {"constant": numbers[0]})
    if kind == "normal":
        return {"normal": {"mean": numbers[0], "std": numbers[1]} if numbers[0] else {"std": numbers[1]}}
    return {"uniform": {"low": numbers[0], "high": numbers[1]}}


def initialiser(tensor, recipe, trained):
    """(manifest entry, whether it is exact) for one tensor as it stands after construction."""
    if recipe is not None and (trained or recipe[0] == "constant"):
        return describe(recipe), True
    tensor = tensor.detach()
    if tensor.numel() == 0 or bool((tensor == tensor.flatten()[0]).all()):
        value = float(tensor.flatten()[0]) if tensor.numel() else 0.0
        return describe(("constant", value)), True
    if not trained and tensor.numel() * tensor.element_size() <= INLINE_BYTES:
        return {"values": base64.b64encode(raw_bytes(tensor)).decode("ascii")}, True
    mean, std = float(tensor.double().mean()), float(tensor.double().std())
    if abs(mean) < 4 * std / math.sqrt(tensor.numel()):
        mean = 0.0
    return describe(("normal", _rounded(mean), _rounded(std))), False


def _rounded(value):
    return float(f"{value:.4g}")


def raw_bytes(tensor):
    """Row-major little-endian bytes of a tensor."""
    flat = tensor.detach().cpu().contiguous().flatten()
    return flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b""
