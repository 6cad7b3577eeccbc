/** @file Puts transformations one after the other. */
import type { SlotValues, Transform } from "./base.ts";

/** Each transformation works on what the one before gave; state slots keep their names. */
export const chain = (...transforms: readonly Transform[]): Transform => ({
  slots: transforms.flatMap(({ slots }) => slots),
  update: (context, gradients, state, leaves) => {
    let updates = gradients;
    let next: readonly SlotValues[] = state;
    for (const transform of transforms) {
      const result = transform.update(context, updates, state, leaves);
      updates = result.updates;
      next = next.map((slots, i) => {
        const changed = result.state[i];
        const own = transform.slots.flatMap((name) => {
          const value = changed?.get(name);
          return value === undefined ? [] : [[name, value] as const];
        });
        return new Map([...slots, ...own]);
      });
    }
    return { updates, state: next };
  },
});
