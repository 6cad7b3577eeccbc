/** @file Copies operations with their regions, mapping values. */
import { Block, Operation, Region, type Value } from "./graph.ts";

/** From values of the original to values of the copy; values that are absent stand for themselves. */
export type ValueMap = Map<Value, Value>;

/** A copy of `op` in no block: operands go through `map`, and the map learns the copy's results and block arguments. */
export function cloneOp(op: Operation, map: ValueMap = new Map()): Operation {
  const copy = new Operation({
    name: op.name,
    def: op.def,
    operands: op.operands.map((value) => map.get(value) ?? value),
    resultTypes: op.results.map(({ type }) => type),
    properties: op.properties,
    attributes: op.attributes,
    regions: op.regions.map((region) => cloneRegion(region, map)),
    successors: op.successors,
    loc: op.loc,
  });
  op.results.forEach((result, index) => {
    map.set(result, copy.result(index));
  });
  return copy;
}

/** A copy of a region; branches inside it point at the copied blocks. */
export function cloneRegion(region: Region, map: ValueMap): Region {
  const blocks = new Map<Block, Block>();
  const copy = new Region();
  for (const block of region.blocks) {
    const target = new Block(
      block.args.map(({ type }) => type),
      block.args.map(({ loc }) => loc),
    );
    block.args.forEach((arg, index) => {
      map.set(arg, target.args[index] as Value);
    });
    blocks.set(block, target);
    copy.append(target);
  }
  for (const block of region.blocks)
    for (let op = block.first; op !== null; op = op.next)
      blocks.get(block)?.append(cloneOp(op, map));
  for (const block of copy.blocks)
    for (let op = block.first; op !== null; op = op.next)
      op.successors.forEach((successor, index) => {
        op.successors[index] = blocks.get(successor) ?? successor;
      });
  return copy;
}
