/** @file How the verifier words its findings. */
import type { DiagnosticEngine, DiagnosticInFlight } from "#lib/diag/diagnostic.ts";
import type { Loc } from "#lib/diag/loc.ts";
import type { Operation } from "#lib/ir/graph.ts";

/** Something that does not hold. */
export interface Finding {
  readonly loc: Loc;
  /** A text that begins with `op ` gets the op's quoted name in front. */
  readonly message: string;
  readonly notes: readonly { readonly loc: Loc; readonly message: string }[];
}

/** A finding at an operation, without notes. */
export const findingAt = (op: Operation, message: string): Finding => ({
  loc: op.loc,
  message,
  notes: [],
});

/** Text of an operation in generic form, for the note that shows it; null shows none. */
export type DescribeOp = (op: Operation) => string;

/** Reports findings about operations. */
export class Reporter {
  readonly engine: DiagnosticEngine;
  readonly describe: DescribeOp | null;

  constructor(engine: DiagnosticEngine, describe: DescribeOp | null) {
    this.engine = engine;
    this.describe = describe;
  }

  /** Reports an error about `op`; one that speaks of the op is followed by the op's text. */
  error(op: Operation, { loc, message, notes }: Finding): DiagnosticInFlight {
    const isAboutOp = message.startsWith("op ");
    const error = this.engine.error(loc, isAboutOp ? `'${op.name}' ${message}` : message);
    for (const note of notes) error.note(note.loc, note.message);
    if (isAboutOp) this.show(error, op);
    return error;
  }

  /** Adds the note that shows an operation. */
  show(error: DiagnosticInFlight, op: Operation): void {
    if (this.describe !== null) error.note(op.loc, `see current operation: ${this.describe(op)}`);
  }
}
