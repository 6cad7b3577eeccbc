/** @file Enforces the layer table: who may import whom, no cycles, no Node built-ins where a browser must run. */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BROWSER_SAFE_LAYERS, FILE_SYSTEM_FILES, LAYERS } from "./layers.ts";

const root = resolve(import.meta.dirname, "../..");

const sourceFiles = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path))
    .sort();

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Path of the imported file relative to the root, or null for a package or a built-in. */
  readonly target: string | null;
  /** Erased before anything runs, so that it cannot make a cycle at run time. */
  readonly typeOnly: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(type\s)?(?:[^"';]*?\sfrom\s)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

const importsOf = (file: string): Import[] =>
  [...readFileSync(join(root, file), "utf8").matchAll(IMPORT)].map((match) => {
    const specifier = (match[2] ?? match[3]) as string;
    let target: string | null = null;
    if (specifier.startsWith("#lib/")) target = `lib/${specifier.slice("#lib/".length)}`;
    else if (specifier.startsWith("."))
      target = relative(root, resolve(root, dirname(file), specifier));
    return { from: file, specifier, target, typeOnly: match[1] !== undefined };
  });

const layerOf = (path: string): string | null => /^lib\/([^/]+)\//.exec(path)?.[1] ?? null;

const libraryFiles = sourceFiles("lib");
const imports = [...libraryFiles, ...sourceFiles("tools")].flatMap(importsOf);
const rank = new Map<string, number>(LAYERS.map((layer, index) => [layer, index]));

describe("layers", () => {
  it("every folder of lib is a layer of the table", () => {
    const folders = new Set(libraryFiles.map(layerOf));
    expect([...folders].filter((folder) => folder === null || !rank.has(folder))).toEqual([]);
  });

  it("a layer imports itself and layers before it only", () => {
    const upward = imports.filter(({ from, target }) => {
      if (target === null) return false;
      const [a, b] = [layerOf(from), layerOf(target)];
      if (a === null) return b !== "driver";
      return b === null || (rank.get(b) ?? Infinity) > (rank.get(a) ?? -1);
    });
    expect(upward.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([]);
  });

  it("a layer reaches another through #lib/, itself through a relative path", () => {
    const wrong = imports.filter(({ from, target, specifier }) => {
      if (target === null || layerOf(from) === null) return false;
      return (layerOf(from) === layerOf(target)) === specifier.startsWith("#lib/");
    });
    expect(wrong.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([]);
  });

  it("there are no import cycles", () => {
    const edges = new Map<string, string[]>();
    for (const { from, target, typeOnly } of imports)
      if (target !== null && !typeOnly) edges.set(from, [...(edges.get(from) ?? []), target]);
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
        return;
      }
      state.set(file, "open");
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, "done");
    };
    for (const file of libraryFiles) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("browser-safe layers use no Node built-ins", () => {
    const builtins = new Set(builtinModules);
    const used = imports.filter(({ from, specifier }) => {
      const layer = layerOf(from);
      if (layer === null || !BROWSER_SAFE_LAYERS.has(layer) || FILE_SYSTEM_FILES.has(from))
        return false;
      return specifier.startsWith("node:") || builtins.has(specifier);
    });
    expect(used.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([]);
    const globals = libraryFiles.filter((file) => {
      const layer = layerOf(file);
      if (layer === null || !BROWSER_SAFE_LAYERS.has(layer) || FILE_SYSTEM_FILES.has(file))
        return false;
      return /\b(process\.|Buffer\.|__dirname)/.test(readFileSync(join(root, file), "utf8"));
    });
    expect(globals).toEqual([]);
  });

  it("only driver reads argv and the environment", () => {
    const readers = libraryFiles.filter(
      (file) =>
        layerOf(file) !== "driver" &&
        /\bprocess\.(argv|env|stdin|stdout|stderr|exit)\b/.test(
          readFileSync(join(root, file), "utf8"),
        ),
    );
    expect(readers).toEqual([]);
  });

  it("every file begins with one sentence that says what it is for", () => {
    const silent = [...libraryFiles, ...sourceFiles("tools")].filter(
      (file) => !/^(#![^\n]*\n)?\/\*\* @file /.test(readFileSync(join(root, file), "utf8")),
    );
    expect(silent).toEqual([]);
  });
});
