/** @file Invariants: conditions whose failure is a bug of ours, never a mistake of the user. */

/** A bug in this suite; tools print it in one line with a way to report it and exit with 70. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

/** Throws {@link InternalError} when `condition` is false. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}

/** Marks a branch that the types rule out; a forgotten variant is a compile error here. */
export function unreachable(value: never, what = "variant"): never {
  throw new InternalError(`unexpected ${what}: ${JSON.stringify(value)}`);
}

/** Returns `value`, which an invariant says is there. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new InternalError(`missing ${what}`);
  return value;
}
