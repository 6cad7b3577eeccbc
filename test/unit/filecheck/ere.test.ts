/** @file The regular expression engine: POSIX semantics, errors, and no exponential case. */
import { describe, expect, it } from "vitest";
import { Ere } from "../../../lib/filecheck/ere.ts";

const compile = (source: string, ignoreCase = false): Ere => {
  const ere = Ere.compile(source, ignoreCase);
  if (!(ere instanceof Ere)) throw new Error(ere.error);
  return ere;
};
const match = (source: string, text: string, ignoreCase = false): string | null => {
  const found = compile(source, ignoreCase).exec(text);
  return found === null ? null : text.slice(found.start, found.end);
};
const groups = (source: string, text: string): readonly (string | null)[] => {
  const ere = compile(source);
  const found = ere.exec(text);
  return Array.from({ length: ere.groupCount }, (_, index) => {
    const span = found?.captures.get(index + 1);
    return span === undefined ? null : text.slice(span[0], span[1]);
  });
};
const error = (source: string): string | null => {
  const ere = Ere.compile(source);
  return ere instanceof Ere ? null : ere.error;
};

describe("matching", () => {
  it.each([
    ["a|ab", "xabc", "ab"],
    ["abcd|bc", "abcd", "abcd"],
    ["abcdx|bc", "abcd", "bc"],
    ["(a|ab)(c|bcd)d*", "abcd", "abcd"],
    ["x*", "aaa", ""],
    ["a{2,3}", "aaaa", "aaa"],
    ["a{2}b", "aab", "aab"],
    ["[[:space:]]b", "a\nb", "\nb"],
    [".", "\n", null],
    ["[^a]", "\n", null],
    ["^b", "a\nb", "b"],
    ["a$", "a\nb", "a"],
    ["[[:<:]]in[[:>:]]", "main in", "in"],
    ["[]a]+", "b]a", "]a"],
    ["[a-]+", "x-a", "-a"],
    ["\\d+", "12dd", "dd"],
    ["(a*)*b", "aab", "aab"],
    ["(a|b)*c|(a|ab)*c", "abc", "abc"],
    ["a{,3}", "a{,3}", "a{,3}"],
    ["[[.hyphen.]]", "a-b", "-"],
    ["()a", "a", "a"],
    ["(a+)x\\1", "aaxa aaxaa", "axa"],
    ["(a*)\\1", "aaaaa", "aaaa"],
  ])("%s on %j is %j", (source, text, expected) => {
    expect(match(source, text)).toBe(expected);
  });

  it("folds ASCII letters only", () => {
    expect(match("abc", "xABC", true)).toBe("ABC");
    expect(match("[a-c]+", "xABC", true)).toBe("ABC");
    expect(match("\u00e9", "\u00c9", true)).toBeNull();
    expect(match("(a)\\1", "aA", true)).toBeNull();
  });

  it("gives earlier groups the longest part", () => {
    expect(groups("(a|ab)(c|bcd)(d*)", "abcd")).toEqual(["ab", "c", "d"]);
    expect(groups("%(.*) = (.*), (.*)", "%a = b, c, d")).toEqual(["a", "b, c", "d"]);
    expect(groups("([a-z]+)([0-9]?)x(.*)", "ab1xy")).toEqual(["ab", "1", "y"]);
    expect(groups("(x)?(a*)(a)", "aaa")).toEqual([null, "aa", "a"]);
  });

  it("respects the slice for anchors", () => {
    const ere = compile("^b");
    expect(ere.exec("ab", 1)?.start).toBe(1);
    expect(compile("a$").exec("ab", 0, 1)?.end).toBe(1);
  });
});

describe("errors", () => {
  it.each([
    ["a**", "repetition-operator operand invalid"],
    ["*a", "repetition-operator operand invalid"],
    ["^*", "repetition-operator operand invalid"],
    ["(?:a)", "repetition-operator operand invalid"],
    ["a{1}{2}", "repetition-operator operand invalid"],
    ["a{3,2}", "invalid repetition count(s)"],
    ["a{256}", "invalid repetition count(s)"],
    ["a{2", "braces not balanced"],
    ["(a", "parentheses not balanced"],
    ["a)", "parentheses not balanced"],
    ["[a", "brackets ([ ]) not balanced"],
    ["[b-a]", "invalid character range"],
    ["[]-a]", "invalid character range"],
    ["[[:word:]]", "invalid character class"],
    ["[[.nosuch.]]", "invalid collating element"],
    ["a\\", "trailing backslash (\\)"],
    ["\\1", "invalid backreference number"],
    ["(a\\1)", "invalid backreference number"],
    ["", "empty (sub)expression"],
    ["a|", "empty (sub)expression"],
    ["(|a)", "empty (sub)expression"],
  ])("%j: %s", (source, expected) => {
    expect(error(source)).toBe(expected);
  });
});

describe("time", () => {
  const milliseconds = (source: string, text: string): number => {
    const ere = compile(source);
    const start = performance.now();
    ere.exec(text);
    return performance.now() - start;
  };
  it.each([
    ["^(a+)+$", `${"a".repeat(200_000)}!`],
    ["(a|a)*b", "a".repeat(200_000)],
    ["(a*)*(b)", "a".repeat(200_000)],
    ["(.*)(.*)(.*)(.*)(.*)[0-9]x", "a".repeat(200_000)],
    ["(a?){100}a{100}", "a".repeat(100)],
    ["a.{0,200}b", "a".repeat(50_000)],
  ])("%s stays linear", (source, text) => {
    expect(milliseconds(source, text)).toBeLessThan(2_000);
  });
});
