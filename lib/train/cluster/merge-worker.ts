/** @file Entry point of a merging thread: does one task after the other. */
import { parentPort } from "node:worker_threads";
import { type MergeTask, type MergeTaskResults, runMergeTask } from "./merge-task.ts";

/** What a thread answers. */
export type MergeAnswer =
  | { readonly kind: "done"; readonly result: MergeTaskResults[MergeTask["kind"]] }
  | {
      readonly kind: "failed";
      readonly name: string;
      readonly message: string;
      readonly code: string | null;
    };

function answerOf(task: MergeTask): MergeAnswer {
  try {
    return { kind: "done", result: runMergeTask(task) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = "code" in error && typeof error.code === "string" ? error.code : null;
    return { kind: "failed", name: error.name, message: error.message, code };
  }
}

const port = parentPort;
port?.on("message", (task: MergeTask) => {
  const answer = answerOf(task);
  const isVector = answer.kind === "done" && answer.result instanceof Float32Array;
  port.postMessage(answer, isVector ? [answer.result.buffer] : []);
});
