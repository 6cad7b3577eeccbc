"""Loading the user's file and building its module, with the initialisation watched and the seed set."""

import difflib
import importlib.util
import inspect
import os
import sys

import torch

from . import places
from .events import LOAD, Problem
from .inits import InitRecorder
from .inputs import DTYPES


def load_file(path):
    """Runs the user's Python file and gives its module object."""
    if not os.path.exists(path):
        raise Problem(LOAD, f"no such file: {path}")
    if os.path.isdir(path):
        raise Problem(LOAD, f"expected a Python file, but {path} is a folder")
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("pcp_model_file", path)
    if spec is None or spec.loader is None:
        raise Problem(LOAD, f"cannot load {path} as Python: its name must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["pcp_model_file"] = module
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise Problem(LOAD, f"syntax error: {error.msg}", (error.filename, error.lineno)) from None
    except Exception as error:
        raise Problem(LOAD, f"the file failed while it was loaded: {_first_line(error)}", places.of_traceback(error.__traceback__)) from None
    return module


def find(module, name, path):
    """The class or factory called `name`, or a message with what the file has instead."""
    found = getattr(module, name, None)
    if callable(found):
        return found
    offered = [
        key
        for key, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, torch.nn.Module) and value.__module__ == module.__name__
    ]
    nearest = difflib.get_close_matches(name, offered, 1)
    shown = ", ".join(offered[:8]) + (" ..." if len(offered) > 8 else "")
    hint = f"; did you mean '{nearest[0]}'?" if nearest else f"; it defines {shown}" if offered else ""
    raise Problem(LOAD, f"no class or function '{name}' in {os.path.relpath(path)}{hint}")


class Config(dict):
    """The config dict, whose keys can also be read as attributes, as models with a config class do."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the config has no key '{name}'") from None

    def __deepcopy__(self, memo):
        return Config(self)


def takes_config(factory):
    """Whether calling the factory with one positional argument is possible."""
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(
        parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD, parameter.VAR_POSITIONAL)
        for parameter in parameters
    )


def build(factory, config, dtype, seed):
    """(module, recorder, example inputs or None): the user's model on the CPU, parameters drawn with the seed."""
    torch.manual_seed(seed)
    recorder = InitRecorder()
    try:
        with recorder:
            model = factory(Config(config)) if takes_config(factory) else factory()
    except Exception as error:
        raise Problem(LOAD, f"building the model failed: {_first_line(error)}", places.of_traceback(error.__traceback__)) from None
    given = None
    if isinstance(model, tuple) and len(model) == 2:
        model, given = model
    if not isinstance(model, torch.nn.Module):
        raise Problem(LOAD, f"expected a torch.nn.Module, but the factory gave a {type(model).__name__}")
    model = model.cpu()
    if dtype is not None:
        recipes = {name: recorder.recipe(value) for name, value in _state(model)}
        model = model.to(DTYPES[dtype])
        for name, value in _state(model):
            recorder.kept.append(value)
            recorder.recipes[value.untyped_storage()._cdata] = recipes[name]
    return model, recorder, given


def _state(model):
    return [*model.named_parameters(remove_duplicate=False), *model.named_buffers(remove_duplicate=False)]


def _first_line(error):
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
