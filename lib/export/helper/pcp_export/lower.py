"""Lowering of rebuilt graphs to one StableHLO module through torch-mlir, and the attributes that make it describe itself."""

import re

import torch

from .events import LOWERING, UNSUPPORTED, Problem

FORMAT = 1


def lower(functions):
    """StableHLO text of a module that has one public function per entry of `functions`."""
    from torch_mlir import fx, ir
    from torch_mlir.compiler_utils import OutputType
    from torch_mlir.dialects import torch as torch_dialect
    from torch_mlir.extras.fx_importer import FxImporter

    context = ir.Context()
    context.allow_unregistered_dialects = True
    torch_dialect.register_dialect(context)
    importer = FxImporter(context=context)
    try:
        for function in functions:
            importer.import_stateless_graph(function.graph_module.graph, func_name=function.name)
        module = fx._module_lowering(False, False, OutputType.STABLEHLO, importer.module)
    except Exception as error:
        raise _explain(error, functions) from None
    with context, ir.Location.unknown():
        by_name = {ir.StringAttr(op.attributes["sym_name"]).value: op for op in module.body.operations}
        for function in functions:
            _finish(ir, by_name[function.name], function)
        module.operation.attributes["pcp.format"] = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), FORMAT)
        if not module.operation.verify():
            raise Problem(LOWERING, "the lowered module does not verify")
    text = module.operation.get_asm(enable_debug_info=False)
    if "dense_resource" in text:
        raise Problem(LOWERING, "the lowered module still has constants in resources")
    return text.rstrip("\n") + "\n"


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


def _explain(error, functions):
    """torch-mlir's report as one line: which torch operation, on which of the user's lines."""
    from . import places

    text = str(error)
    found = re.search(r"'(?:torch\.)?(?:operator|constant\.\w+)'.*?\"torch\.(aten\.[\w.]+)\"", text) or re.search(r"torch\.(aten\.[\w.]+)", text)
    if found is None:
        first = next((line.strip() for line in text.splitlines() if "error:" in line), text.strip().split("\n")[0])
        return Problem(LOWERING, f"torch-mlir failed: {type(error).__name__}: {first}")
    name = found.group(1)
    place = None
    for function in functions:
        for node in function.graph_module.graph.nodes:
            if node.op == "call_function" and str(node.target).startswith(name):
                place = place or places.of_node(node)
    return Problem(UNSUPPORTED, f"'{name}' has no lowering to StableHLO; write it with other operations", place)
