/** @file Diagnostics as data, and the engine that collects them. */
import type { Loc } from "./loc.ts";

/** How bad it is; notes exist only attached to another diagnostic. */
export type Severity = "error" | "warning" | "remark" | "note";

/** One message about one place. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly loc: Loc;
  readonly message: string;
  readonly notes: readonly Diagnostic[];
  /** Characters that are underlined, the caret's own included; one where absent. */
  readonly width?: number;
}

/** A diagnostic under construction: notes can still be attached. */
export interface DiagnosticInFlight {
  note(loc: Loc, message: string): DiagnosticInFlight;
}

/** Collects diagnostics in order; the driver renders or checks them. */
export class DiagnosticEngine {
  readonly diagnostics: Diagnostic[] = [];
  private errors = 0;

  get errorCount(): number {
    return this.errors;
  }

  get hasErrors(): boolean {
    return this.errors > 0;
  }

  report(severity: Severity, loc: Loc, message: string): DiagnosticInFlight {
    const notes: Diagnostic[] = [];
    this.diagnostics.push({ severity, loc, message, notes });
    if (severity === "error") this.errors++;
    const inFlight: DiagnosticInFlight = {
      note(noteLoc, noteMessage) {
        notes.push({ severity: "note", loc: noteLoc, message: noteMessage, notes: [] });
        return inFlight;
      },
    };
    return inFlight;
  }

  error(loc: Loc, message: string): DiagnosticInFlight {
    return this.report("error", loc, message);
  }

  warning(loc: Loc, message: string): DiagnosticInFlight {
    return this.report("warning", loc, message);
  }

  remark(loc: Loc, message: string): DiagnosticInFlight {
    return this.report("remark", loc, message);
  }
}
