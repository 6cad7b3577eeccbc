/** @file Prints tensors as iree-run-module does: `2x3xf32=[1 2 3][4 5 6]`. */
import { byteWidth, type DType, isFloatDType } from "#lib/tensors/dtype.ts";
import { readNumber, type Tensor, tensorBytes } from "#lib/tensors/tensor.ts";

/** Elements printed where nothing else is asked for. */
export const DEFAULT_MAX_ELEMENTS = 1024;

/** Rounds a number to `digits` significant decimals as C does: an exact half goes to the even digit. */
function significant(value: number, digits: number): { mantissa: string; exponent: number } {
  const text = value.toExponential(digits - 1);
  const [mantissa = "", exponent = "0"] = text.split("e");
  const rounded = { mantissa: mantissa.replace(".", ""), exponent: Number(exponent) };
  // JavaScript rounds halves up; only an exact half, which further digits show, differs.
  const exact =
    value
      .toExponential(Math.min(100, digits + 60))
      .split("e")[0]
      ?.replace(".", "") ?? "";
  if (!/^50*$/.test(exact.slice(digits))) return rounded;
  const kept = exact.slice(0, digits);
  if (Number(kept.at(-1)) % 2 !== 0) return rounded;
  return { mantissa: kept, exponent: Number(value.toExponential(digits + 20).split("e")[1]) };
}

/** C's `%G` with the default precision of 6. */
export function formatG(value: number): string {
  if (Number.isNaN(value)) return "NAN";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const magnitude = Math.abs(value);
  if (magnitude === Number.POSITIVE_INFINITY) return `${sign}INF`;
  if (magnitude === 0) return `${sign}0`;
  const { mantissa, exponent } = significant(magnitude, 6);
  const digits = mantissa.replace(/0+$/, "");
  if (exponent < -4 || exponent >= 6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${digits[0]}${fraction}E${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Whether the sign bit of a NaN is set, which numbers in JavaScript do not tell. */
function isNegativeNaN({ dtype, data }: Tensor, index: number): boolean {
  if (dtype !== "f32" && dtype !== "f64") return false;
  const width = byteWidth(dtype);
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset + index * width, width);
  return ((bytes[width - 1] as number) & 0x80) !== 0;
}

const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, "0");

/** One element; types without a number format there are printed as the hexadecimal digits of their bytes. */
function formatElement(tensor: Tensor, index: number): string {
  const { dtype, data } = tensor;
  if (dtype === "i1" || dtype.startsWith("complex")) {
    const width = byteWidth(dtype);
    const bytes = tensorBytes(tensor).subarray(index * width, (index + 1) * width);
    return Array.from(bytes, hexByte).join("");
  }
  if (!isFloatDType(dtype)) return String(data[index]);
  const value = readNumber(tensor, index);
  if (Number.isNaN(value)) return isNegativeNaN(tensor, index) ? "-NAN" : "NAN";
  return formatG(value);
}

/** Name of an element type as iree-run-module spells it. */
export function spellElementType(dtype: DType): string {
  if (dtype === "complex<f32>") return "cf64";
  return dtype === "complex<f64>" ? "cf128" : dtype;
}

/** `2x3xf32=[1 2 3][4 5 6]`; elements after the first `maxElements` are left out, marked by `...`. */
export function formatTensor(tensor: Tensor, maxElements = DEFAULT_MAX_ELEMENTS): string {
  const { dtype, shape } = tensor;
  let left = maxElements;
  let next = 0;
  const parts: string[] = [];
  const element = (): boolean => {
    if (left === 0) {
      parts.push("...");
      return false;
    }
    left--;
    parts.push(formatElement(tensor, next++));
    return true;
  };
  const level = (axis: number): void => {
    const size = shape[axis] as number;
    for (let index = 0; index < size; index++) {
      if (axis + 1 < shape.length) {
        parts.push("[");
        level(axis + 1);
        parts.push("]");
        continue;
      }
      if (index > 0 && left > 0) parts.push(" ");
      if (!element()) return;
    }
  };
  if (shape.length === 0) element();
  else level(0);
  return `${[...shape, spellElementType(dtype)].join("x")}=${parts.join("")}`;
}
