"""The signature that all functions of a module share, and each program's graph rebuilt to have exactly that signature."""

import hashlib
from dataclasses import dataclass, field

import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.export.graph_signature import ConstantArgument, InputKind, OutputKind
from torch.utils._pytree import tree_flatten_with_path, tree_unflatten

from .events import UNSUPPORTED, Problem, Problems, warn
from .inputs import DTYPE_NAMES

# A lifted constant up to this size is written into the module; a larger one becomes an argument.
INLINE_CONSTANT_BYTES = 1024


# Constants of more elements are not computed here.
UNIFORM_ELEMENTS = 1 << 24


@dataclass(eq=False)
class Argument:
    """One argument of a function. `value` is the tensor that it stands for; data arguments have none."""

    name: str
    role: str
    shape: tuple
    dtype: torch.dtype
    value: torch.Tensor = None
    aliases: list = field(default_factory=list)
    used: bool = False


@dataclass(eq=False)
class Function:
    """A graph ready for lowering: arguments, then `stops` and `constants`, which lowering takes out again."""

    name: str
    graph_module: torch.fx.GraphModule
    arguments: list
    results: list
    stops: int
    constants: list


def describe_type(tensor):
    """f32[8x128], for messages."""
    return f"{DTYPE_NAMES.get(tensor.dtype, str(tensor.dtype))}[{'x'.join(str(size) for size in tensor.shape)}]"


def normalise(model, captured, loss):
    """(state arguments, functions) of the captured methods."""
    parameters, names = _parameters(model)
    buffers = _buffers(model, captured, names)
    state = [
        *(each for each in parameters if each.role == "param"),
        *(each for each in parameters if each.role == "frozen"),
        *(each for each in buffers if each.role == "frozen"),
    ]
    constants = _large_constants(captured, state, names)
    state += constants + [each for each in buffers if each.role == "buffer"]
    return state, [_rebuild(each, state, names, loss) for each in captured]


def _layout(tensor):
    return (tensor.untyped_storage().data_ptr(), tensor.storage_offset(), tuple(tensor.shape), tensor.stride(), tensor.dtype)


def _parameters(model):
    """Parameters in PyTorch's order with tied ones merged; `names` maps every name to its argument."""
    found, names, storages = {}, {}, {}
    for name, value in model.named_parameters(remove_duplicate=False):
        layout = _layout(value)
        if layout in found and value.numel():
            found[layout].aliases.append(name)
        else:
            other = storages.get(layout[0]) if value.numel() else None
            if other is not None:
                raise Problem(UNSUPPORTED, f"parameters '{other}' and '{name}' share memory in different shapes; tie them as one tensor")
            role = "param" if value.requires_grad and value.is_floating_point() else "frozen"
            found[layout] = Argument(name, role, tuple(value.shape), value.dtype, value.detach())
            storages[layout[0]] = name
        names[name] = found[layout]
    return list(names[name] for name in names if names[name].name == name), names


def _buffers(model, captured, names):
    """Buffers that some function reads; those that the loss function updates are state, the others are frozen."""
    updated, read = set(), set()
    for each in captured:
        users = {node.name: node for node in each.program.graph.nodes if node.op == "placeholder"}
        updates = _updates(each.program)
        for spec in each.program.graph_signature.input_specs:
            if spec.kind == InputKind.BUFFER and not _is_counter(spec.target):
                if users[spec.arg.name].users:
                    read.add(spec.target)
                if spec.target in updates and each.function == "main":
                    updated.add(spec.target)
    found = []
    for name, value in model.named_buffers():
        if name in read or name in updated:
            role = "buffer" if name in updated else "frozen"
            names[name] = Argument(name, role, tuple(value.shape), value.dtype, value.detach())
            found.append(names[name])
    return found


def _is_counter(name):
    """Batch norm counts its batches for a momentum that nobody else reads."""
    return name.rsplit(".", 1)[-1] == "num_batches_tracked"


def _updates(program):
    return {spec.target: spec.arg.name for spec in program.graph_signature.output_specs if spec.kind == OutputKind.BUFFER_MUTATION}


def _large_constants(captured, state, names):
    """Tensors that are neither parameters nor buffers, as frozen arguments where they are large."""
    found = []
    for each in captured:
        for spec in each.program.graph_signature.input_specs:
            if spec.kind != InputKind.CONSTANT_TENSOR:
                continue
            value = each.program.constants[spec.target]
            lifted = spec.target.startswith("lifted_tensor")
            if not lifted and spec.target not in names and value.is_floating_point():
                warn(f"'{spec.target}' is a tensor, but neither a Parameter nor a buffer: it will not be trained")
            if value.numel() * value.element_size() <= INLINE_CONSTANT_BYTES:
                continue
            name = _constant_name(spec.target, value) if lifted else spec.target
            if name not in names:
                names[name] = Argument(name, "frozen", tuple(value.shape), value.dtype, value.detach())
                found.append(names[name])
    return found


def _constant_name(target, value):
    """The same values get the same argument in every function."""
    from .inits import raw_bytes

    return "constant_" + hashlib.sha256(raw_bytes(value)).hexdigest()[:8]


def _rebuild(captured, state, names, loss):
    """Copies a program's graph behind placeholders in the order of the shared signature."""
    program, signature = captured.program, captured.program.graph_signature
    old = {node.name: node for node in program.graph.nodes if node.op == "placeholder"}
    graph, moved, constants, data = torch.fx.Graph(), {}, [], []
    for index, argument in enumerate(state):
        node = _placeholder_like(graph, f"state_{index}", argument)
        for spec in signature.input_specs:
            if _stands_for(spec, program, names) is argument:
                moved[old[spec.arg.name]] = node
                argument.used = argument.used or bool(old[spec.arg.name].users)
    for spec in signature.input_specs:
        if spec.kind == InputKind.USER_INPUT and not isinstance(spec.arg, ConstantArgument):
            value = old[spec.arg.name].meta["val"]
            if isinstance(value, torch.Tensor):
                data.append(Argument(captured.data_names[spec.arg.name], "data", tuple(value.shape), value.dtype, used=True))
                moved[old[spec.arg.name]] = _placeholder_like(graph, f"data_{len(data)}", value)
    stops = [node for node in program.graph.nodes if node.target is torch.ops.pcp.stop_gradient.default]
    stop_nodes = {node: _placeholder_like(graph, f"stop_{index}", node.meta["val"]) for index, node in enumerate(stops)}
    for spec in signature.input_specs:
        if spec.kind == InputKind.CONSTANT_TENSOR and old[spec.arg.name] not in moved:
            value = program.constants[spec.target]
            moved[old[spec.arg.name]] = _placeholder_like(graph, f"constant_{len(constants)}", value)
            constants.append(value.detach())
    _copy_body(program, graph, moved, stop_nodes)
    results = _results(captured, names, moved, loss)
    graph.output(tuple(node for _, node in results))
    graph.eliminate_dead_code()
    module = torch.fx.GraphModule({}, graph)
    described = [result for result, _ in results]
    return Function(captured.function, module, [*state, *data], described, len(stops), constants)


def _stands_for(spec, program, names):
    """The state argument that a graph input stands for, or None."""
    if spec.kind in (InputKind.PARAMETER, InputKind.BUFFER):
        return names.get(spec.target)
    if spec.kind == InputKind.CONSTANT_TENSOR:
        if spec.target in names:
            return names[spec.target]
        if spec.target.startswith("lifted_tensor"):
            return names.get(_constant_name(spec.target, program.constants[spec.target]))
    return None


def _placeholder_like(graph, name, value):
    node = graph.placeholder(name)
    with FakeTensorMode():
        node.meta["val"] = torch.empty(tuple(value.shape), dtype=value.dtype)
    return node


_ASSERTIONS = ("aten._assert_tensor_metadata", "aten._assert_scalar", "aten._assert_async")


def _copy_body(program, graph, moved, stop_nodes):
    """Copies the operations; a stopped value is its input times a placeholder that lowering recognises."""
    uniform = {}
    for node in program.graph.nodes:
        if node.op != "call_function" or str(node.target).startswith(_ASSERTIONS):
            continue
        if any(source not in moved for source in node.all_input_nodes):
            # It counts batches, which is not part of the module.
            continue
        value = _uniform_value(node, uniform)
        if node in stop_nodes:
            copy = graph.call_function(torch.ops.aten.mul.Tensor, (moved[node.args[0]], stop_nodes[node]))
            copy.meta.update(node.meta)
        elif value is not None and node.all_input_nodes:
            fill = value.reshape(-1)[0].item()
            copy = graph.call_function(torch.ops.aten.full.default, (list(value.shape), fill), {"dtype": value.dtype})
            copy.meta.update(node.meta)
        else:
            copy = graph.node_copy(node, lambda source: moved[source])
        if value is not None:
            uniform[node] = value
        moved[node] = copy


def _uniform_value(node, uniform):
    """The value of an operation on such values, where its elements are all the same: torch-mlir folds some of them wrongly."""
    made = node.meta.get("val")
    if node.target is torch.ops.aten.full_like.default and made.numel() <= UNIFORM_ELEMENTS:
        return torch.full(made.shape, node.args[1], dtype=made.dtype)
    if any(source not in uniform for source in node.all_input_nodes) or not isinstance(made, torch.Tensor):
        return None
    if not 0 < made.numel() <= UNIFORM_ELEMENTS or not isinstance(node.target, torch._ops.OpOverload) or "empty" in node.target._schema.name:
        return None
    args, kwargs = torch.fx.node.map_arg((node.args, dict(node.kwargs)), lambda source: uniform[source])
    with torch.no_grad():
        value = node.target(*args, **kwargs)
    first = value.reshape(-1)[0]
    return value if bool(((value == first) | ((value != value) & (first != first))).all()) else None


def _results(captured, names, moved, loss):
    """[(description, node)]: the loss, updated buffers in the order of their arguments, everything else."""
    program = captured.program
    nodes = {node.name: node for node in program.graph.nodes}
    outputs = [spec.arg for spec in program.graph_signature.output_specs if spec.kind == OutputKind.USER_OUTPUT]
    named = list(zip(_output_names(program, len(outputs)), outputs, strict=True))
    named = [(name, nodes[arg.name]) for name, arg in named if not isinstance(arg, ConstantArgument)]
    if captured.function != "main":
        return [_result(name or captured.function, "aux", node, moved) for name, node in named]
    chosen = _choose_loss(named, loss)
    updates = _updates(program)
    ordered = [argument for argument in dict.fromkeys(names.values()) if argument.role == "buffer"]
    return [
        _result("loss", "loss", chosen[1], moved),
        *(_result(each.name, "buffer", nodes[updates[each.name]], moved) for each in ordered),
        *(_result(name, "aux", node, moved) for name, node in named if (name, node) != chosen),
    ]


def _result(name, role, node, moved):
    value = node.meta["val"]
    return Argument(name, role, tuple(value.shape), value.dtype), moved[node]


def _output_names(program, count):
    """Dotted names of the leaves of what the method returned; a single tensor has none."""
    leaves, _ = tree_flatten_with_path(tree_unflatten(list(range(count)), program.call_spec.out_spec))
    names = []
    for path, _ in leaves:
        keys = [str(getattr(key, "key", getattr(key, "idx", getattr(key, "name", key)))) for key in path]
        names.append(".".join(f"out{key}" if key.isdigit() else key for key in keys))
    return names


def _choose_loss(named, wanted):
    listing = ", ".join(f"{name or 'output'} {describe_type(node.meta['val'])}" for name, node in named)
    scalars = [(name, node) for name, node in named if not node.meta["val"].shape and node.meta["val"].is_floating_point()]
    if wanted is not None:
        for index, (name, node) in enumerate(named):
            if wanted in (name, str(index)):
                if (name, node) not in scalars:
                    raise Problem(UNSUPPORTED, f"--loss {wanted} is {describe_type(node.meta['val'])}; a loss is one float number")
                return (name, node)
        raise Problem(UNSUPPORTED, f"no output '{wanted}'; the model returns {listing}")
    for name, node in scalars:
        if name == "loss":
            return (name, node)
    if not scalars:
        raise Problem(UNSUPPORTED, f"the model returns no loss, which is one float number; it returns {listing or 'nothing'}")
    if len(scalars) > 1:
        raise Problem(UNSUPPORTED, f"the model returns {len(scalars)} numbers that could be the loss; choose one with --loss: {listing}")
    return scalars[0]


__all__ = ["Argument", "Function", "Problems", "describe_type", "normalise"]
