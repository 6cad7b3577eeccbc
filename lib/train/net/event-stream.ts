/** @file Server-sent events of a run, as they come out of a connection. */
import type { JournalRecord } from "../protocol/records.ts";
import type { RunStatus } from "../protocol/status.ts";

export type RunEvent =
  | { readonly kind: "record"; readonly record: JournalRecord }
  | { readonly kind: "status"; readonly status: RunStatus };

/** Longest event that is waited for. */
const MAX_EVENT = 64 << 20;

function eventOf(block: string): RunEvent | null {
  let name = "";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("data: ")) data += line.slice(6);
  }
  if (name === "record") return { kind: "record", record: JSON.parse(data) };
  if (name === "status") return { kind: "status", status: JSON.parse(data) };
  return null;
}

/** Events in their order. @throws where the stream breaks, or an event does not end */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RunEvent> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const event = eventOf(text.slice(0, end));
      text = text.slice(end + 2);
      if (event !== null) yield event;
    }
    if (text.length > MAX_EVENT) throw new Error("an event is too long");
  }
}
