"""The model run eagerly: its loss, the decomposed graph beside it, and the batches that other engines are compared on."""

import inspect
import json
import os

import torch

from .events import LOAD, PARITY, UNSUPPORTED, Problem, note
from .graph import describe_type
from .inputs import DTYPE_NAMES
from .manifest import number, write_tensors

# Absolute, plus the same relative to the loss, by the coarsest type that the model computes in.
TOLERANCE = {torch.float64: 1e-9, torch.float32: 1e-5, torch.bfloat16: 2e-2, torch.float16: 5e-3}


# A model that makes more bytes of intermediate values than this is run only where it is asked for.
LARGEST_RUN = 20e9


def methods(model, wanted):
    """[(method, function, whether it was asked for)]: the loss first, then `--method`, or `logits` where the model has it."""
    found = [("forward", "main", True)]
    for text in wanted:
        method, _, function = text.partition("=")
        if not inspect.ismethod(getattr(model, method, None)):
            raise Problem(LOAD, f"the model has no method '{method}' (--method {text})")
        if (method == "forward") != (function == "main"):
            raise Problem(LOAD, f"forward is exported as @main, the function that gives the loss (--method {text})")
        if function in (each[1] for each in found[1:]):
            raise Problem(LOAD, f"two methods are exported as @{function}")
        if method != "forward":
            found.append((method, function, True))
    if not wanted and inspect.ismethod(getattr(model, "logits", None)):
        found.append(("logits", "logits", False))
    return found


def work(function):
    """Bytes of all intermediate values of a function."""
    values = (node.meta.get("val") for node in function.graph_module.graph.nodes if node.op == "call_function")
    return sum(value.numel() * value.element_size() for value in values if isinstance(value, torch.Tensor))


def coarsest(function):
    """The float type of the least precision among the values of a function: it says how near two engines can come."""
    values = (node.meta.get("val") for node in function.graph_module.graph.nodes)
    types = {value.dtype for value in values if isinstance(value, torch.Tensor) and value.is_floating_point()}
    return max(types, key=lambda dtype: torch.finfo(dtype).eps, default=torch.float32)


class Runner:
    """Runs the model and the graph on the same batches."""

    def __init__(self, model, examples, request):
        self.model, self.examples, self.request = model, examples, request

    def batch(self, seed):
        torch.manual_seed(seed)
        return self.examples.of("forward", self.model.forward)

    def eager_loss(self, captured, function, state):
        """The model's own loss on the first batch, with which the decomposed graph must agree; None where a run would take too much."""
        size = work(function)
        if size > LARGEST_RUN and not self.request["check"]:
            note(f"the model is not run: it makes {size / 1e9:.0f} GB of intermediate values, which --check would run all the same")
            return None
        batch = self.batch(self.request["seed"])
        eager = self._eager(batch)
        graph = self._graph(function, state, batch)
        error = abs(eager.double() - graph.double()).item()
        limit = TOLERANCE.get(coarsest(function), 1e-5) * (1 + abs(eager.double().item()))
        if not error <= limit and not (eager.isnan().item() and graph.isnan().item()):
            raise Problem(PARITY, f"the exported graph gives a loss of {graph.item():.8g}, the model {eager.item():.8g}")
        return number(eager)

    def _eager(self, batch):
        """The model's loss; the buffers that it updates on the way are put back."""
        kept = {name: value.clone() for name, value in self.model.named_buffers()}
        self.model.train(not self.request["eval"])
        torch.manual_seed(self.request["seed"])
        with torch.no_grad():
            loss = self._loss(self.model(*batch.values()))
            for name, value in self.model.named_buffers():
                value.copy_(kept[name])
        return loss

    def _loss(self, output):
        """The loss among the outputs, by the rule that graph.py applies."""
        from torch.utils._pytree import tree_flatten_with_path

        leaves = [(path, leaf) for path, leaf in tree_flatten_with_path(output)[0] if isinstance(leaf, torch.Tensor)]
        wanted = self.request["loss"]
        for index, (path, leaf) in enumerate(leaves):
            keys = [str(getattr(key, "key", getattr(key, "idx", getattr(key, "name", key)))) for key in path]
            name = ".".join(f"out{key}" if key.isdigit() else key for key in keys)
            if wanted in (name, str(index)) or (wanted is None and name == "loss"):
                return leaf.detach()
        scalars = [leaf for _, leaf in leaves if leaf.dim() == 0 and leaf.is_floating_point()]
        if not scalars:
            raise Problem(UNSUPPORTED, f"the model returns no loss: {', '.join(describe_type(leaf) for _, leaf in leaves)}")
        return scalars[0].detach()

    def _graph(self, function, state, batch):
        """The rebuilt graph's loss: stops are factors of one."""
        from .capture import _leaves

        values = [argument.value.clone() for argument in state]
        values += [leaf for _, leaf in _leaves(batch) if isinstance(leaf, torch.Tensor)]
        nodes = [node for node in function.graph_module.graph.nodes if node.op == "placeholder"]
        for node in nodes[len(values) : len(values) + function.stops]:
            values.append(torch.ones(tuple(node.meta["val"].shape), dtype=node.meta["val"].dtype))
        with torch.no_grad():
            return function.graph_module(*values, *function.constants)[0].detach()

    def write_batches(self, captured, function, state):
        """Two batches and the losses of the model on them, with parameters of zeros redrawn so that every part counts."""
        generator = torch.Generator().manual_seed(self.request["seed"] + 1)
        with torch.no_grad():
            for argument in state:
                value = argument.value
                if argument.role == "param" and value.is_floating_point() and not bool(value.any()):
                    value.copy_(0.02 * torch.randn(value.shape, generator=generator))
        folder, losses = self.request["out"], []
        write_tensors(os.path.join(folder, "check-weights.safetensors"), {each.name: each.value for each in state})
        from .capture import _leaves

        for index in range(2):
            batch = self.batch(self.request["seed"] + 1 + index)
            tensors = {name: leaf for name, leaf in _leaves(batch) if isinstance(leaf, torch.Tensor)}
            write_tensors(os.path.join(folder, f"check-batch-{index}.safetensors"), tensors)
            losses.append(
                {"eager": self._eager(batch).double().item(), "graph": self._graph(function, state, batch).double().item()}
            )
        with open(os.path.join(folder, "check.json"), "w", encoding="utf-8") as file:
            json.dump({"dtype": DTYPE_NAMES.get(coarsest(function), "f32"), "losses": losses}, file)
