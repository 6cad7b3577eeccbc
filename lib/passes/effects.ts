/** @file Which operations do nothing but compute their results. */
import type { Operation } from "#lib/ir/graph.ts";

/** Whether the op itself, its regions aside, has no effect. */
function isLocallyPure(op: Operation): boolean {
  if (op.def === null) return false;
  if (op.def.traits.has("pure")) return true;
  if (op.name === "stablehlo.custom_call") {
    const effect = op.properties.get("has_side_effect");
    return effect === undefined || (effect.kind === "bool" && !effect.value);
  }
  return op.def.traits.has("recursivelyPure");
}

/** Whether an op and all that it contains have no effect. */
export function isPure(op: Operation): boolean {
  if (!isLocallyPure(op)) return false;
  if (op.regions.length === 0) return true;
  let pure = true;
  op.walk((inner) => {
    if (pure && inner !== op && !isLocallyPure(inner)) pure = false;
  });
  return pure;
}

export const isTerminator = (op: Operation): boolean => op.def?.traits.has("terminator") === true;

/** Whether erasing the op changes nothing: no uses, no effect, no terminator, no symbol. */
export const isTriviallyDead = (op: Operation): boolean =>
  !op.hasUses && !isTerminator(op) && isPure(op);
