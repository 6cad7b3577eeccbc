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
  const text = new TextEncoder().encode(JSON.stringify(header));
  let payloadSize = 0;
  for (const chunk of chunks) payloadSize += chunk.byteLength;
  const frame = new Uint8Array(PREFIX + text.byteLength + payloadSize);
  const view = new DataView(frame.buffer);
  view.setUint32(0, text.byteLength, true);
  view.setUint32(4, payloadSize, true);
  frame.set(text, PREFIX);
  let offset = PREFIX + text.byteLength;
  for (const chunk of chunks) {
    frame.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return frame;
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  private chunks: Uint8Array[] = [];
  private size = 0;
  /** Bytes that must have arrived before it is worth looking again. */
  private wanted = PREFIX;

  /** Takes bytes and returns the frames that they complete. */
  push(chunk: Uint8Array): Frame[] {
    this.chunks.push(chunk);
    this.size += chunk.byteLength;
    const frames: Frame[] = [];
    while (this.size >= this.wanted) {
      const bytes = this.joined();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const headerEnd = PREFIX + view.getUint32(0, true);
      const end = headerEnd + view.getUint32(4, true);
      if (bytes.byteLength < end) {
        this.wanted = end;
        break;
      }
      const text = new TextDecoder().decode(bytes.subarray(PREFIX, headerEnd));
      frames.push({ header: JSON.parse(text), payload: bytes.subarray(headerEnd, end) });
      this.chunks = end < bytes.byteLength ? [bytes.subarray(end)] : [];
      this.size -= end;
      this.wanted = PREFIX;
    }
    return frames;
  }

  private joined(): Uint8Array {
    const [only] = this.chunks;
    if (only !== undefined && this.chunks.length === 1) return only;
    const bytes = new Uint8Array(this.size);
    let offset = 0;
    for (const chunk of this.chunks) {
      bytes.set(chunk, offset);
      offset += chunk.byteLength;
    }
    this.chunks = [bytes];
    return bytes;
  }
}
