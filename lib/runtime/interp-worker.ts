/** @file Entry point of the interpreter's thread: does one task after the other. */
import { parentPort } from "node:worker_threads";
import { EngineError } from "./engine.ts";
import { createInterpEngine } from "./interp-engine.ts";
import { type InterpAnswer, InterpHost, type InterpTask } from "./interp-host.ts";
import { parseProgram } from "./parse-program.ts";

const host = new InterpHost(createInterpEngine(parseProgram));

async function answerOf(id: number, task: InterpTask): Promise<InterpAnswer> {
  try {
    return { id, result: await host.run(task) };
  } catch (error) {
    const isTold = error instanceof EngineError;
    return {
      id,
      failure: isTold ? "engine" : "bug",
      message: error instanceof Error ? error.message : String(error),
      details: isTold ? error.details : [],
    };
  }
}

const port = parentPort;
let last: Promise<void> = Promise.resolve();
port?.on("message", ({ id, task }: { id: number; task: InterpTask }) => {
  last = last.then(async () => port.postMessage(await answerOf(id, task)));
});
