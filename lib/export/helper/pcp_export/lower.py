"""Lowering of rebuilt graphs to one StableHLO module through torch-mlir, and the attributes that make it describe itself."""

import contextlib
import operator
import os
import tempfile

import torch

from . import places
from .events import LOWERING, UNSUPPORTED, Problem, Problems

FORMAT = 1


def lower(functions):
    """A StableHLO module that has one public function per entry of `functions`: its text, and its generic form with the user's lines."""
    from torch_mlir import ir

    context = ir.Context()
    context.allow_unregistered_dialects = True
    try:
        with _native_errors() as errors:
            module = _lowered(context, [(function.graph_module.graph, function.name) for function in functions])
    except Exception as error:
        problems = _culprits(functions)
        if problems:
            raise Problems(problems) from None
        first = next((line for line in errors() if "error:" in line), str(error).strip().split("\n")[0])
        raise Problem(LOWERING, f"torch-mlir failed: {type(error).__name__}: {first.strip()}") from None
    with context, ir.Location.unknown():
        by_name = {ir.StringAttr(op.attributes["sym_name"]).value: op for op in module.body.operations}
        for function in functions:
            _finish(ir, by_name[function.name], function)
        module.operation.attributes["pcp.format"] = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), FORMAT)
        if not module.operation.verify():
            raise Problem(LOWERING, "the lowered module does not verify")
    text = module.operation.get_asm(enable_debug_info=False)
    return text.rstrip("\n") + "\n", module.operation.get_asm(enable_debug_info=True, print_generic_op_form=True)


def _lowered(context, graphs):
    """The StableHLO module of some graphs."""
    from torch_mlir import fx
    from torch_mlir.compiler_utils import OutputType
    from torch_mlir.dialects import torch as torch_dialect
    from torch_mlir.extras.fx_importer import FxImporter

    torch_dialect.register_dialect(context)
    importer = FxImporter(context=context)
    for graph, name in graphs:
        importer.import_stateless_graph(graph, func_name=name)
    return fx._module_lowering(False, False, OutputType.STABLEHLO, importer.module)


def _finish(ir, op, function):
    """Takes the stops and constants out of the arguments and names what is left."""
    block = op.regions[0].blocks[0]
    extra = len(block.arguments) - len(function.constants)
    for index, value in enumerate(function.constants):
        _inline_constant(ir, block, block.arguments[extra + index], value)
    first = extra - function.stops
    for index in range(first, extra):
        _mark_stop(ir, block.arguments[index])
    for index in reversed(range(first, len(block.arguments))):
        block.erase_argument(index)
    types = ir.FunctionType(ir.TypeAttr(op.attributes["function_type"]).value)
    inputs = [argument.type for argument in block.arguments]
    op.attributes["function_type"] = ir.TypeAttr.get(ir.FunctionType.get(inputs, types.results))
    op.attributes["arg_attrs"] = _attributes(ir, function.arguments)
    op.attributes["res_attrs"] = _attributes(ir, function.results)


def _attributes(ir, entries):
    return ir.ArrayAttr.get(
        [
            ir.DictAttr.get({"pcp.name": ir.StringAttr.get(entry.name), "pcp.role": ir.StringAttr.get(entry.role)})
            for entry in entries
        ]
    )


def _inline_constant(ir, block, argument, value):
    """Replaces an argument by a constant at the head of the function."""
    kind = ir.RankedTensorType(argument.type)
    flat = value.cpu().contiguous()
    if value.dtype == torch.bool:
        attribute = ir.DenseElementsAttr.get(flat.numpy())
    else:
        bits = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}[value.element_size()]
        array = flat.view(bits).numpy() if flat.dim() else flat.reshape(1).view(bits).numpy()
        attribute = ir.DenseElementsAttr.get(array, type=kind.element_type, shape=list(value.shape))
    with ir.InsertionPoint.at_block_begin(block):
        constant = ir.Operation.create("stablehlo.constant", results=[kind], attributes={"value": attribute})
    argument.replace_all_uses_with(constant.result)


def _mark_stop(ir, argument):
    """Turns the product with a stop's placeholder into a barrier that differentiation does not cross."""
    users = list(argument.uses)
    if not users:
        return
    product = users[0].owner
    if len(users) != 1 or product.operation.name != "stablehlo.multiply":
        raise Problem(LOWERING, "a stopped gradient was lost while the module was lowered")
    operands = list(product.operation.operands)
    kept = operands[0] if operands[1] == argument else operands[1]
    with ir.InsertionPoint(product):
        barrier = ir.Operation.create(
            "stablehlo.optimization_barrier",
            results=[kept.type],
            operands=[kept],
            attributes={"pcp.stop_gradient": ir.UnitAttr.get()},
        )
    product.operation.result.replace_all_uses_with(barrier.result)
    product.operation.erase()


def _culprits(functions):
    """The operations that fail when they are lowered alone, each with the user's line."""
    from torch_mlir import ir

    problems, tried = [], set()
    for function in functions:
        for node in function.graph_module.graph.nodes:
            key = f"{node.target} {[_type_of(each) for each in node.all_input_nodes]} {node.args} {node.kwargs}"
            if node.op != "call_function" or not isinstance(node.target, torch._ops.OpOverload) or key in tried:
                continue
            tried.add(key)
            try:
                with _native_errors():
                    _lowered(ir.Context(), [(_alone(node), "main")])
            except Exception:
                name, types = str(node.target).removesuffix(".default"), ", ".join(_type_of(each) for each in node.all_input_nodes)
                problems.append(Problem(UNSUPPORTED, f"{name} of {types} has no lowering to StableHLO", places.of_node(node)))
    return problems


def _type_of(node):
    from .graph import describe_type

    value = node.meta.get("val")
    return describe_type(value) if isinstance(value, torch.Tensor) else str(value)


def _alone(node):
    """A graph of nothing but one operation."""
    graph, copies = torch.fx.Graph(), {}
    for index, source in enumerate(node.all_input_nodes):
        copies[source] = graph.placeholder(f"x_{index}")
        copies[source].meta["val"] = source.meta["val"]
    copy = graph.node_copy(node, lambda source: copies[source])
    value = node.meta["val"]
    if isinstance(value, (tuple, list)):
        parts = []
        for index, part in enumerate(value):
            parts.append(graph.call_function(operator.getitem, (copy, index)))
            parts[-1].meta["val"] = part
        graph.output(tuple(parts))
    else:
        graph.output((copy,))
    return graph


@contextlib.contextmanager
def _native_errors():
    """Catches what compiled code writes to standard error; gives a function that returns its lines afterwards."""
    lines, kept = [], os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        try:
            yield lambda: lines
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            file.seek(0)
            lines.extend(file.read().decode("utf-8", "replace").splitlines())
