/** @file Values as text for people, and text from workers made harmless. */

/** Control characters, and those that turn or hide the text around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text whose every character is seen.
 * @param {string} text
 */
export const visible = (text) =>
  text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0);
    return code < 256
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });

/**
 * `1.25 k`, `12.3 M`.
 * @param {number} value
 */
export function short(value) {
  const units = ["", " k", " M", " G", " T"];
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  const digits = unit === 0 || Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return `${scaled.toFixed(digits)}${units[unit]}`;
}

/** @param {number} count */
export function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let scaled = count;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${unit === 0 ? scaled : scaled.toFixed(scaled >= 100 ? 0 : 1)} ${units[unit]}`;
}

/**
 * `3.4 s`, `2:05`, `1:02:03`, `3 d 4 h`.
 * @param {number} seconds
 */
export function duration(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [d, h, m, s] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  if (d > 0) return `${d} d ${h} h`;
  const tail = String(s).padStart(2, "0");
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${tail}` : `${m}:${tail}`;
}

/**
 * A number or a dash.
 * @param {number | null | undefined} value
 * @param {number} digits
 */
export const fixed = (value, digits) =>
  value === null || value === undefined ? "–" : value.toFixed(digits);

/**
 * `38.2 %`, `0.41 %`; a dash where it is not known.
 * @param {number | null | undefined} part
 */
export function percent(part) {
  if (part === null || part === undefined) return "–";
  const scaled = 100 * part;
  return `${scaled.toFixed(scaled >= 9.995 ? 1 : 2)} %`;
}

/** @param {number} count */
export const grouped = (count) => count.toLocaleString("en-US").replaceAll(",", "\u202f");
