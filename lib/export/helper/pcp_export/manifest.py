"""The manifest, which describes a module for whoever makes or loads its weights, and the weights file."""

import hashlib
import json
import struct

import torch

from . import inits
from .events import warn
from .inputs import DTYPE_NAMES

_SAFETENSORS = {"f64": "F64", "f32": "F32", "f16": "F16", "bf16": "BF16", "i64": "I64", "i32": "I32", "i16": "I16", "i8": "I8", "ui8": "U8", "i1": "BOOL"}


def entry(argument):
    """Name, role, shape and element type of one argument or result."""
    return {
        "name": argument.name,
        "role": argument.role,
        "shape": list(argument.shape),
        "dtype": DTYPE_NAMES[argument.dtype],
    }


def signature(arguments):
    """SHA-256 over name, shape and element type of the arguments, in order."""
    digest = hashlib.sha256()
    for argument in arguments:
        shape = "x".join(str(size) for size in argument.shape)
        digest.update(f"{argument.name}\t{DTYPE_NAMES[argument.dtype]}\t{shape}\n".encode())
    return digest.hexdigest()


def describe(request, versions, config, state, functions, recorder, loss):
    """The manifest as a dict, keys in a fixed order."""
    weights, guessed = [], []
    for argument in state:
        described = entry(argument)
        if argument.aliases:
            described["aliases"] = argument.aliases
        if not argument.used:
            described["used"] = False
        described["init"], exact = inits.initialiser(argument.value, recorder.recipe(argument.value), argument.role == "param")
        if not exact:
            guessed.append(argument.name)
        weights.append(described)
    if guessed and not request["weights"]:
        warn(f"{_listing(guessed)}: initialised in a way that the manifest can only approximate by a normal distribution; write the values with --weights")
    return {
        "format": "pcp-manifest",
        "version": 1,
        "model": request["name"],
        "config": config,
        "seed": request["seed"],
        "mode": "eval" if request["eval"] else "train",
        "versions": {package: versions[package] for package in ("torch", "torch-mlir")},
        "signature": signature(functions[0].arguments),
        "loss": {"eager": loss},
        "weights": weights,
        "functions": {
            function.name: {
                "data": [entry(argument) for argument in function.arguments if argument.role == "data"],
                "results": [entry(result) for result in function.results],
            }
            for function in functions
        },
    }


def text(described):
    """The manifest as JSON, with every part on one line that fits on one."""
    return _laid_out(described, 0) + "\n"


def _laid_out(value, depth):
    line = json.dumps(value)
    if depth and 2 * depth + len(line) <= 118 or not isinstance(value, (dict, list)) or not value:
        return line
    inner, outer = "\n" + "  " * (depth + 1), "\n" + "  " * depth
    if isinstance(value, list):
        return "[" + ",".join(inner + _laid_out(each, depth + 1) for each in value) + outer + "]"
    parts = (f"{inner}{json.dumps(key)}: {_laid_out(each, depth + 1)}" for key, each in value.items())
    return "{" + ",".join(parts) + outer + "}"


def _listing(names):
    shown = ", ".join(f"'{name}'" for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def write_tensors(path, tensors, metadata=None):
    """Writes a safetensors file: 8 bytes of header length, the header, little-endian row-major data."""
    header, offset = {}, 0
    if metadata:
        header["__metadata__"] = metadata
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        kind = _SAFETENSORS[DTYPE_NAMES[tensor.dtype]]
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(inits.raw_bytes(tensor))


def number(value):
    """A float32 with as few digits as bring it back."""
    value = float(value)
    if value != value or value in (float("inf"), float("-inf")):
        return None
    for digits in range(1, 10):
        short = float(f"{value:.{digits}g}")
        if torch.tensor(short, dtype=torch.float32).item() == value:
            return short
    return value
