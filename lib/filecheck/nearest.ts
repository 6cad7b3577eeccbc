/** @file Guesses which place of the input a directive that did not match was meant for. */

/** How far to look, how good a guess must be, and how much work it may take. */
const MAX_DISTANCE_FORWARD = 4_096;
const WORST_QUALITY = 50;
const MAX_WORK = 4_096 * 2_048;

/** Edit distance of `a[from, to)` and `b`, or `limit` where it is at least that. */
function boundedDistance(a: string, from: number, to: number, b: string, limit: number): number {
  const length = to - from;
  if (Math.abs(length - b.length) >= limit) return limit;
  let row = new Int32Array(b.length + 1);
  let previous = new Int32Array(b.length + 1);
  for (let column = 0; column <= b.length; column++) previous[column] = Math.min(column, limit);
  for (let line = 1; line <= length; line++) {
    const low = Math.max(1, line - limit);
    const high = Math.min(b.length, line + limit);
    row[low - 1] = low === 1 ? Math.min(line, limit) : limit;
    let least = row[low - 1] as number;
    const character = a.charCodeAt(from + line - 1);
    for (let column = low; column <= high; column++) {
      const substitution =
        (previous[column - 1] as number) + (character === b.charCodeAt(column - 1) ? 0 : 1);
      const deletion = (previous[column] as number) + 1;
      const insertion = (row[column - 1] as number) + 1;
      const best = Math.min(substitution, deletion, insertion, limit);
      row[column] = best;
      if (best < least) least = best;
    }
    if (high < b.length) row[high + 1] = limit;
    if (least >= limit) return limit;
    [row, previous] = [previous, row];
  }
  return previous[b.length] as number;
}

/**
 * The start inside `[from, to)` whose line resembles `example` most, or null where none is good enough or
 * the best one is the start of the range, which was shown already.
 */
export function nearestStart(
  example: string,
  text: string,
  from: number,
  to: number,
): number | null {
  const stop = Math.min(to, from + MAX_DISTANCE_FORWARD);
  if ((stop - from) * example.length > MAX_WORK) return null;
  let best = -1;
  let bestQuality = Number.POSITIVE_INFINITY;
  let lines = 0;
  let lineEnd = -1;
  for (let at = from; at < stop; at++) {
    const character = text[at];
    if (character === "\n") lines++;
    if (character === " " || character === "\t") continue;
    if (lineEnd < at) {
      const newline = text.indexOf("\n", at);
      lineEnd = newline < 0 ? to : Math.min(newline, to);
    }
    const end = Math.min(at + example.length, lineEnd);
    const cut = Math.min(bestQuality, WORST_QUALITY);
    const limit = Math.max(1, Math.ceil(cut - lines / 100) + 1);
    const distance = boundedDistance(text, at, end, example, limit);
    const quality =
      (distance >= limit ? Math.max(distance, WORST_QUALITY) : distance) + lines / 100;
    if (quality < bestQuality || best === -1) {
      best = at;
      bestQuality = quality;
    }
  }
  return best > from && bestQuality < WORST_QUALITY ? best : null;
}
