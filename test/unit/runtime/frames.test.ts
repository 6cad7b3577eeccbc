/** @file Frames of the device host's protocol survive any cutting of the stream. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeFrame, FrameReader } from "#lib/runtime/frames.ts";

describe("frames", () => {
  it("are read back however the bytes arrive", () => {
    const message = fc.record({
      header: fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }),
      payload: fc.uint8Array({ maxLength: 50 }),
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (messages, cuts) => {
          const stream = Buffer.concat(
            messages.map(({ header, payload }) => encodeFrame(header, [payload])),
          );
          const reader = new FrameReader();
          const frames = [];
          for (let start = 0, turn = 0; start < stream.length; turn++) {
            const size = cuts[turn % cuts.length] as number;
            frames.push(...reader.push(stream.subarray(start, start + size)));
            start += size;
          }
          expect(frames.map(({ header }) => header)).toEqual(messages.map(({ header }) => header));
          expect(frames.map(({ payload }) => [...payload])).toEqual(
            messages.map(({ payload }) => [...payload]),
          );
        },
      ),
    );
  });
});
