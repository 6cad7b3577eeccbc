/** @file Text helpers for messages: nearest names, quoting, counts, byte sizes. */

/** Levenshtein distance between two short names, with adjacent transpositions counted as one edit. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [];
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = [];
    rows.push(row);
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        row.push(i + j);
        continue;
      }
      const previous = rows[i - 1] as number[];
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, ((rows[i - 2] as number[])[j - 2] as number) + 1);
      row.push(best);
    }
  }
  return (rows[a.length] as number[])[b.length] as number;
}

/** The candidate nearest to `name`, or null when none is near enough to be a likely slip. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `; did you mean 'x'?` for the nearest candidate, or the empty string. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === null ? "" : `; did you mean '${nearest}'?`;
}

/** `1 argument`, `2 arguments`. */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

/** A size in bytes for people: `999 B`, `1.5 KiB`, `20.0 MiB`. */
export function formatBytes(byteCount: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = byteCount;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(1)} ${units[unit]}`;
}

/** Replaces control characters by visible escapes, so that hostile input cannot drive a terminal. */
export const escapeControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => {
    const code = character.charCodeAt(0);
    return `\\x${code.toString(16).padStart(2, "0")}`;
  });

/** As {@link escapeControls}, for what must stay on one line, such as the name of a file. */
export const escapeName = (text: string): string =>
  escapeControls(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");

/** Cuts the middle out of each line that is longer than a person reads: a name of 10 MB, say. */
export const clipLines = (text: string, limit = 2000): string =>
  text.length <= limit
    ? text
    : text
        .split("\n")
        .map((line) => {
          if (line.length <= limit) return line;
          const left = line.length - limit;
          return `${line.slice(0, limit - 200)}... (${left} more characters) ...${line.slice(-200)}`;
        })
        .join("\n");
