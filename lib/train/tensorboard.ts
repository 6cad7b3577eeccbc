/** @file Scalar event files that TensorBoard reads: TFRecords of Event protocol buffers. */
import { closeSync, openSync, writeSync } from "node:fs";

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** CRC-32C (Castagnoli). */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The form of a checksum that TFRecords store. */
const masked = (bytes: Uint8Array): number => {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
};

/** A record: length, masked checksum of the length, payload, masked checksum of the payload. */
function tfRecord(payload: Uint8Array): Uint8Array {
  const record = new Uint8Array(payload.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(payload.length), true);
  view.setUint32(8, masked(record.subarray(0, 8)), true);
  record.set(payload, 12);
  view.setUint32(12 + payload.length, masked(payload), true);
  return record;
}

const utf8 = new TextEncoder();

const concat = (parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

/** Field kinds of protocol buffers: 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
const tagged = (field: number, kind: number, body: Uint8Array): Uint8Array =>
  concat([varint(field * 8 + kind), body]);
const delimited = (field: number, body: Uint8Array): Uint8Array =>
  tagged(field, 2, concat([varint(body.length), body]));
const float64 = (value: number): Uint8Array => new Uint8Array(new Float64Array([value]).buffer);
const float32 = (value: number): Uint8Array => new Uint8Array(new Float32Array([value]).buffer);

/** `Event { wall_time = 1; step = 2; file_version = 3; summary = 5 }` with `Summary.Value { tag = 1; simple_value = 2 }`. */
function scalarEvent(
  wallTime: number,
  step: number,
  scalars: Iterable<readonly [string, number]>,
): Uint8Array {
  const values = [...scalars].map(([tag, value]) =>
    delimited(1, concat([delimited(1, utf8.encode(tag)), tagged(2, 5, float32(value))])),
  );
  return concat([
    tagged(1, 1, float64(wallTime)),
    tagged(2, 0, varint(step)),
    delimited(5, concat(values)),
  ]);
}

/** Appends scalars to a new event file. */
export class EventWriter {
  private readonly file: number;

  /** @param seconds - wall time since the epoch. */
  constructor(path: string, seconds: number) {
    this.file = openSync(path, "wx");
    const version = concat([
      tagged(1, 1, float64(seconds)),
      delimited(3, utf8.encode("brain.Event:2")),
    ]);
    writeSync(this.file, tfRecord(version));
  }

  scalars(seconds: number, step: number, scalars: Iterable<readonly [string, number]>): void {
    writeSync(this.file, tfRecord(scalarEvent(seconds, step, scalars)));
  }

  /** Says that steps from here on are written anew, so that what an interrupted run wrote beyond is hidden. */
  restartAt(seconds: number, step: number): void {
    // SessionLog { status = START }
    const body = concat([
      tagged(1, 1, float64(seconds)),
      tagged(2, 0, varint(step)),
      delimited(7, tagged(1, 0, varint(1))),
    ]);
    writeSync(this.file, tfRecord(body));
  }

  close(): void {
    closeSync(this.file);
  }
}
