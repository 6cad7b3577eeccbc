/** @file Text for terminals: columns of a fixed width, whatever characters come in; numbers that stay short. */
import { escapeName } from "#lib/support/text.ts";

/** Characters that take two columns: East Asian wide ones and emoji (Unicode TR 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;
/** Characters that turn or hide the text around them. */
const FORMAT = /\p{Cf}|[\u2028\u2029]/gu;

const widthOf = (character: string): number =>
  MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;

/** Columns that a text takes. */
export const columnsOf = (text: string): number =>
  [...text].reduce((total, character) => total + widthOf(character), 0);

/** Text on one line whose every character is seen. */
export const seen = (text: string): string =>
  escapeName(text).replace(
    FORMAT,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );

/** The beginning of a text that takes at most `columns`; what is cut ends in `…`. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  let taken = 0;
  for (const character of text) {
    taken += widthOf(character);
    if (taken > columns - 1) break;
    kept += character;
  }
  return columns > 0 ? `${kept}…` : "";
}

/** Exactly `columns` wide: cut, then filled up with blanks on the right or (numbers) on the left. */
export function cell(text: string, columns: number, right = false): string {
  const fitting = cut(seen(text), columns);
  const blanks = " ".repeat(Math.max(0, columns - columnsOf(fitting)));
  return right ? blanks + fitting : fitting + blanks;
}

/** `845`, `17.9k`, `2.50M`, at most 5 characters up to 999T. */
export function shortNumber(value: number): string {
  const units = ["", "k", "M", "G", "T"];
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  const digits = unit === 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return `${scaled.toFixed(digits)}${units[unit]}`;
}

/** `3.4s`, `12s`, `5m`, `2h`, `3d`: at most 4 characters up to 999 days. */
export function shortAge(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  if (seconds < 99.5) return `${seconds.toFixed(0)}s`;
  if (seconds < 99.5 * 60) return `${(seconds / 60).toFixed(0)}m`;
  if (seconds < 99.5 * 3600) return `${(seconds / 3600).toFixed(0)}h`;
  return `${(seconds / 86_400).toFixed(0)}d`;
}

const BARS = "▁▂▃▄▅▆▇█";

/** Values as bars of a line, at most `columns`; longer series are means of neighbours. */
export function sparkline(values: readonly number[], columns: number): string {
  const finite = values.filter(Number.isFinite);
  const count = Math.min(columns, finite.length);
  const means = Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * finite.length) / count);
    const part = finite.slice(from, Math.floor(((index + 1) * finite.length) / count));
    return part.reduce((total, value) => total + value, 0) / part.length;
  });
  const low = Math.min(...means);
  const span = Math.max(...means) - low || 1;
  return means
    .map((value) => BARS[Math.round(((value - low) / span) * (BARS.length - 1))])
    .join("");
}
