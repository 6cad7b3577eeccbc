/** @file Files as streams: read in large pieces, written in large batches. */
import { type FileHandle, open } from "node:fs/promises";

const BATCH_BYTES = 1 << 20;

/**
 * Bytes `[from, to)` of a file. Two buffers take turns: whoever takes a piece must be done with the one before, as a stream is that waits
 * until a connection has taken a piece over before it asks for the next.
 *
 * @throws RangeError where the file is shorter.
 */
export async function* fileSlices(path: string, from: number, to: number): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    const size = Math.min(BATCH_BYTES, to - from);
    const buffers = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)] as const;
    for (let at = from, turn = 0; at < to; turn = 1 - turn) {
      const buffer = buffers[turn === 0 ? 0 : 1];
      const { bytesRead } = await file.read(buffer, 0, Math.min(size, to - at), at);
      if (bytesRead === 0) throw new RangeError(`'${path}' became shorter while it was read`);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** Writes all chunks one after the other from a position on. */
async function writeAll(
  file: FileHandle,
  chunks: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let rest = [...chunks];
  let place = position;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, place);
    place += bytesWritten;
    let whole = 0;
    while (whole < rest.length && bytesWritten >= (rest[whole]?.byteLength ?? 0))
      bytesWritten -= rest[whole++]?.byteLength ?? 0;
    rest = rest.slice(whole);
    if (bytesWritten > 0 && rest[0] !== undefined)
      rest = [rest[0].subarray(bytesWritten), ...rest.slice(1)];
  }
}

/** One stream of pieces; it holds two batches in memory at most. */
export class FileBatches {
  readonly #file: FileHandle;
  readonly #onWritten: (from: number, to: number) => void;
  #batch: Uint8Array[] = [];
  #from = 0;
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  /** `onWritten` hears of bytes `[from, to)` of the file once they are written. */
  constructor(file: FileHandle, onWritten: (from: number, to: number) => void) {
    this.#file = file;
    this.#onWritten = onWritten;
  }

  /** Takes a piece for a place in the file; what is returned, if anything, must be waited for. */
  add(chunk: Uint8Array, place: number): Promise<void> | null {
    const gap = this.#bytes > 0 && this.#from + this.#bytes !== place;
    const flushed = gap ? this.#flush() : null;
    if (this.#bytes === 0) this.#from = place;
    this.#batch.push(chunk);
    this.#bytes += chunk.byteLength;
    return flushed ?? (this.#bytes >= BATCH_BYTES ? this.#flush() : null);
  }

  /** Begins to write the batch once the one before is written, which it waits for. */
  #flush(): Promise<void> {
    const [chunks, from, to] = [this.#batch, this.#from, this.#from + this.#bytes];
    this.#batch = [];
    this.#bytes = 0;
    const before = this.#writing;
    this.#writing = before
      .then(() => writeAll(this.#file, chunks, from))
      .then(() => this.#onWritten(from, to));
    // Seen by whoever waits for the next batch or the end.
    this.#writing.catch(() => {});
    return before;
  }

  /** Writes what is left; rejects where any batch could not be written. */
  async end(): Promise<void> {
    if (this.#bytes > 0) await this.#flush();
    await this.#writing;
  }
}
