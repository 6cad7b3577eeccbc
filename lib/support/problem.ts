/** @file A result that says in one line why there is none. */

/** Why something cannot be had, in one line for the user. */
export interface Problem {
  readonly problem: string;
}

/** Whether `value` is a problem instead of a result. */
export const isProblem = (value: object): value is Problem => "problem" in value;

/** What something that was thrown says. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
