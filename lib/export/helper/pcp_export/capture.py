"""torch.export of one method, the checks on what it accepts silently, and the decomposition into core operations."""

import inspect
import operator
import sys

import torch
from torch.export.graph_signature import InputKind, OutputKind
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.overrides import TorchFunctionMode

from . import decompositions, places
from .events import CAPTURE, UNSUPPORTED, Problem, Problems, note, warn

aten = torch.ops.aten


class Captured:
    """One exported method: its decomposed program, its place among the functions, and the names of its inputs."""

    def __init__(self, method, function, program, data_names):
        self.method, self.function, self.program, self.data_names = method, function, program, data_names


def capture(model, method, function, inputs):
    """Exports `model.method(**inputs)` and reports everything in it that gradients cannot follow."""
    seen_functions, seen_data, seen_numbers = [], [], []
    try:
        with sdpa_kernel(SDPBackend.MATH), _watched_functions(seen_functions), _watched_reads(seen_data, seen_numbers), places.recorded(), _as_forward(model, method):
            program = torch.export.export(model, tuple(inputs.values()), strict=False)
    except Exception as error:
        raise explain(error, seen_data) from None
    problems = []
    _check_inputs(getattr(model, method), inputs)
    _inspect(program.graph_module, problems)
    for place, name in seen_functions:
        warn(f"'{name}' has its own backward, which is not exported: gradients follow its forward", place)
    for place, number in seen_numbers:
        warn(f"a number is read from a tensor and fixed at {number!r}: no gradient flows through it", place)
    if problems:
        raise Problems(problems)
    changes = _places_of_changes(program)
    _mark_stops(program)
    try:
        with sdpa_kernel(SDPBackend.MATH):
            program = program.run_decompositions(decompositions.table())
    except Exception as error:
        raise explain(error) from None
    _check_decomposed(program, changes)
    return Captured(method, function, program, data_names(program, inputs))


class _as_forward:
    """Makes a method the module's forward for as long as it is traced."""

    def __init__(self, model, method):
        self.model, self.method = model, method

    def __enter__(self):
        if self.method != "forward":
            object.__setattr__(self.model, "forward", getattr(self.model, self.method))

    def __exit__(self, *_):
        if self.method != "forward":
            object.__delattr__(self.model, "forward")


class _watched_functions:
    """Notes the places where autograd functions with a backward of their own are applied."""

    def __init__(self, seen):
        self.seen = seen

    def __enter__(self):
        self.original = torch.autograd.Function.__dict__["apply"]
        original, seen = self.original, self.seen

        def apply(cls, *args, **kwargs):
            place = places.of_frame(sys._getframe(1))
            if place is not None and not cls.__module__.startswith("torch.") and (place, cls.__name__) not in seen:
                seen.append((place, cls.__name__))
            return original.__get__(None, cls)(*args, **kwargs)

        torch.autograd.Function.apply = classmethod(apply)

    def __exit__(self, *_):
        torch.autograd.Function.apply = self.original


class _watched_reads(TorchFunctionMode):
    """Notes the places where `.data` is read, and those where a tensor becomes a Python float, with that number."""

    NUMBERS = (torch.Tensor.item, torch.Tensor.__float__)

    def __init__(self, seen_data, seen_numbers):
        super().__init__()
        self.seen_data, self.seen_numbers = seen_data, seen_numbers

    def __torch_function__(self, func, types, args=(), kwargs=None):
        if func == torch.Tensor.data.__get__:
            place = places.of_frame(sys._getframe(1))
            if place is not None:
                self.seen_data.append(place)
        result = func(*args, **(kwargs or {}))
        if func in self.NUMBERS and isinstance(result, float):
            found = (places.of_frame(sys._getframe(1)), result)
            if found[0] is not None and found not in self.seen_numbers:
                self.seen_numbers.append(found)
        return result


def explain(error, seen_data=()):
    """What torch said, as one line about the user's file."""
    place = places.of_traceback(error.__traceback__)
    text = str(error).strip()
    first = text.splitlines()[0] if text else ""
    if place is None:
        place = places.of_text(text)
    if "Could not guard on data-dependent" in text or "Data-dependent branching" in text or "DataDependentOutputException" in type(error).__name__:
        return Problem(CAPTURE, "branches on the value of a tensor; use torch.where", place)
    if "data-dependent expression" in text or "_local_scalar_dense" in text:
        return Problem(CAPTURE, "a shape or a number depends on the value of a tensor; shapes must be fixed", place)
    if "fake tensor in the exported program constant" in text:
        place = place or (seen_data[0] if seen_data else None)
        return Problem(CAPTURE, "uses .data, which hides values from the export; use detach()", place)
    if ".numpy() is not supported" in text:
        return Problem(CAPTURE, "calls .numpy() on a tensor; stay with torch operations", place)
    if "no fake impl" in text or "no fake implementation" in text:
        return Problem(CAPTURE, f"a custom operator cannot be exported: {first}", place)
    if "Cannot view a tensor" in text:
        return Problem(CAPTURE, f"{first} (use reshape() or contiguous())", place)
    return Problem(CAPTURE, f"torch.export failed: {type(error).__name__}: {first}", place)


def _check_inputs(method, inputs):
    """Says which arguments are numbers that become part of the module."""
    leaves = dict(_leaves(inputs))
    for parameter in inspect.signature(method).parameters.values():
        if parameter.name not in inputs and type(parameter.default) in (int, float):
            leaves[parameter.name] = parameter.default
    for name, value in leaves.items():
        if not isinstance(value, torch.Tensor) and value is not None:
            warn(f"argument '{name}' is fixed at {value!r}: only tensors become arguments of the module", places.of_function(method))


def _leaves(inputs):
    """(name, value) of every leaf of the inputs in the order of the program's arguments."""
    from torch.utils._pytree import tree_flatten_with_path

    for name, value in inputs.items():
        for path, leaf in tree_flatten_with_path(value)[0]:
            keys = [str(getattr(key, "key", getattr(key, "idx", getattr(key, "name", key)))) for key in path]
            yield ".".join([name, *keys]), leaf


def data_names(program, inputs):
    """Graph placeholder -> dotted name of the data argument it stands for."""
    specs = [spec for spec in program.graph_signature.input_specs if spec.kind == InputKind.USER_INPUT]
    return {spec.arg.name: name for spec, (name, _) in zip(specs, _leaves(inputs), strict=True)}


def _inspect(graph_module, problems):
    """Walks the graph before decomposition, where no_grad and detach can still be seen."""
    depends = _depends_on_float_input(graph_module)
    for node in graph_module.graph.nodes:
        _check_value(node, problems)
        if node.op != "call_function":
            continue
        if isinstance(node.target, torch._ops.HigherOrderOperator):
            _check_higher_order(graph_module, node, problems)
        elif isinstance(node.target, torch._ops.OpOverload):
            _check_random(node, problems)
            if node.target is aten.detach.default and node in depends:
                note("no gradient flows through detach() here", places.of_node(node))
            if node.target in (aten.embedding.default,) and any(len(node.args) > at and node.args[at] for at in (3, 4)):
                problems.append(Problem(UNSUPPORTED, "embedding with scale_grad_by_freq or sparse has a gradient of its own that is not exported", places.of_node(node)))


def _check_value(node, problems):
    """Rejects values whose shape is not fixed and values that are complex."""
    value = node.meta.get("val")
    for tensor in value if isinstance(value, (tuple, list)) else (value,):
        if isinstance(tensor, (torch.SymInt, torch.SymFloat, torch.SymBool)):
            _once(problems, "a shape or a number depends on the value of a tensor; use torch.where or masked_fill", node)
        elif isinstance(tensor, torch.Tensor):
            if any(not isinstance(size, int) for size in tensor.shape):
                _once(problems, "the shape of this value depends on data; use torch.where or masked_fill", node)
            elif tensor.is_complex():
                _once(problems, "complex numbers are not supported; write rotary positions with real cos and sin", node)


def _once(problems, message, node):
    place = places.of_node(node)
    if place is None or all(problem.place != place for problem in problems):
        problems.append(Problem(CAPTURE, message, place))


def _check_higher_order(graph_module, node, problems):
    name = node.target.name()
    if name == "wrap_with_set_grad_enabled":
        if not node.args[0]:
            body = getattr(graph_module, node.args[1].target)
            inner = [places.of_node(each) for each in body.graph.nodes if each.op == "call_function"]
            note("no gradient flows through this no_grad region", next((place for place in inner if place), None))
        _inspect(getattr(graph_module, node.args[1].target), problems)
    elif name == "wrap_with_autocast":
        _inspect(getattr(graph_module, node.args[4].target), problems)
    else:
        problems.append(Problem(UNSUPPORTED, f"torch.{name} is not supported: write it with tensor operations or a Python loop", places.of_node(node)))


def _check_random(node, problems):
    """Rejects random numbers. What has a rate of dropout, such as attention and LSTMs, or a training mode may draw none."""
    if torch.Tag.nondeterministic_seeded not in node.target.tags:
        return
    given = _named_arguments(node)
    training = given.get("train", given.get("training"))
    rates = ("p", "dropout") if "train" in given else ("dropout_p",)
    rate = next((given[name] for name in rates if name in given), None)
    if rate == 0 or training is False:
        return
    packet, place = node.target.overloadpacket, places.of_node(node)
    if rate is None:
        problems.append(Problem(UNSUPPORTED, f"'{packet.__name__}' draws random numbers; pass them in as an argument", place))
    elif "dropout_p" in given:
        problems.append(Problem(UNSUPPORTED, f"attention dropout of {rate} is random; set it to 0 or export with --eval", place))
    else:
        problems.append(Problem(UNSUPPORTED, f"dropout of {rate} is random; set p=0 or export with --eval", place))


def _named_arguments(node):
    """The arguments of an operator by name, defaults included."""
    parameters = node.target._schema.arguments
    given = {each.name: each.default_value for each in parameters}
    given.update(zip([each.name for each in parameters], node.args, strict=False))
    return {**given, **node.kwargs}


def _depends_on_float_input(graph_module):
    """Nodes that a float placeholder reaches: a stop on anything else stops nothing."""
    reached = set()
    for node in graph_module.graph.nodes:
        value = node.meta.get("val")
        if node.op == "placeholder":
            constant = node.name.startswith("c_lifted_tensor")
            if isinstance(value, torch.Tensor) and value.is_floating_point() and not constant:
                reached.add(node)
        elif any(source in reached for source in node.all_input_nodes):
            reached.add(node)
    return reached


def _mark_stops(program):
    """Replaces detach by, and closes no_grad regions with, an operator that decomposition keeps."""
    graph_module = program.graph_module
    graph, depends = graph_module.graph, _depends_on_float_input(graph_module)
    stop = torch.ops.pcp.stop_gradient.default
    for node in list(graph.nodes):
        if node.op != "call_function" or node not in depends:
            continue
        if node.target is aten.detach.default and _is_float(node):
            node.target = stop
        elif isinstance(node.target, torch._ops.HigherOrderOperator) and node.target.name() == "wrap_with_set_grad_enabled":
            if not node.args[0]:
                _close_region(graph, node, stop)
    graph_module.recompile()


def _close_region(graph, node, stop):
    for user in list(node.users):
        if user.target is operator.getitem and _is_float(user):
            with graph.inserting_after(user):
                marked = graph.call_function(stop, (user,))
            marked.meta.update(user.meta)
            user.replace_all_uses_with(marked, delete_user_cb=lambda other, marked=marked: other is not marked)


def _is_float(node):
    value = node.meta.get("val")
    return isinstance(value, torch.Tensor) and value.is_floating_point()


def _places_of_changes(program):
    """Graph input -> the line that changes it in place."""
    found = {}
    for graph_module in program.graph_module.modules():
        if isinstance(graph_module, torch.fx.GraphModule):
            for node in graph_module.graph.nodes:
                target = node.target
                if isinstance(target, torch._ops.OpOverload) and target._schema.is_mutable and node.all_input_nodes:
                    found.setdefault(node.all_input_nodes[0].name, places.of_node(node))
    return found


def _check_decomposed(program, changes):
    """Rejects what only decomposition brings to light: in-place changes of parameters and of inputs."""
    problems = []
    inputs = {spec.target or spec.arg.name: spec.arg.name for spec in program.graph_signature.input_specs}
    for spec in program.graph_signature.output_specs:
        place = changes.get(inputs.get(spec.target))
        if spec.kind == OutputKind.USER_INPUT_MUTATION:
            problems.append(Problem(UNSUPPORTED, f"the forward changes its input '{spec.target}' in place; work on a copy", place))
        elif spec.kind not in (OutputKind.USER_OUTPUT, OutputKind.BUFFER_MUTATION):
            problems.append(
                Problem(UNSUPPORTED, f"the forward changes '{spec.target}' in place; parameters change in the optimizer only", place)
            )
    for node in program.graph.nodes:
        _check_value(node, problems)
        if node.op == "call_function" and isinstance(node.target, torch._ops.OpOverload):
            if torch.Tag.nondeterministic_seeded in node.target.tags:
                _check_random(node, problems)
    if problems:
        raise Problems(problems)
