/** @file Frames between this process and the device host: two little-endian u32 sizes, a JSON header, a payload. */

/** Bytes before the header. */
const PREFIX = 8;

/** One message as it was received. */
export interface Frame {
  readonly header: unknown;
  readonly payload: Uint8Array;
}

/** Bytes of a frame; the payload is the concatenation of `chunks`. */
export function encodeFrame(header: unknown, chunks: readonly Uint8Array[] = []): Uint8Array {
  const text = JSON.stringify(header);
  const textSize = Buffer.byteLength(text);
  let payloadSize = 0;
  for (const chunk of chunks) payloadSize += chunk.byteLength;
  const frame = Buffer.allocUnsafe(PREFIX + textSize + payloadSize);
  frame.writeUInt32LE(textSize, 0);
  frame.writeUInt32LE(payloadSize, 4);
  frame.write(text, PREFIX);
  let offset = PREFIX + textSize;
  for (const chunk of chunks) {
    frame.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return frame;
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;
  /** Bytes that must have arrived before it is worth looking again. */
  private wanted = PREFIX;

  /** Takes bytes and returns the frames that they complete. */
  push(chunk: Buffer): Frame[] {
    this.chunks.push(chunk);
    this.size += chunk.byteLength;
    const frames: Frame[] = [];
    while (this.size >= this.wanted) {
      const bytes = this.joined();
      const headerEnd = PREFIX + bytes.readUInt32LE(0);
      const end = headerEnd + bytes.readUInt32LE(4);
      if (bytes.byteLength < end) {
        this.wanted = end;
        break;
      }
      const header: unknown = JSON.parse(bytes.toString("utf8", PREFIX, headerEnd));
      frames.push({ header, payload: bytes.subarray(headerEnd, end) });
      this.chunks = end < bytes.byteLength ? [bytes.subarray(end)] : [];
      this.size -= end;
      this.wanted = PREFIX;
    }
    return frames;
  }

  private joined(): Buffer {
    const [only] = this.chunks;
    if (only !== undefined && this.chunks.length === 1) return only;
    const bytes = Buffer.concat(this.chunks, this.size);
    this.chunks = [bytes];
    return bytes;
  }
}
