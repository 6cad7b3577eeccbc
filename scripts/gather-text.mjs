// Gathers the project's own documentation and sources into one text to train on: gather-text.mjs OUTPUT
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const output = resolve(process.argv[2] ?? join(root, "build/demo/text.txt"));

const filesOf = (folder, suffixes) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => suffixes.some((suffix) => path.endsWith(suffix)))
    .map((path) => join(folder, path).replaceAll("\\", "/"))
    .sort();

const files = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...filesOf("docs", [".md"]),
  ...filesOf("tools", [".md", ".ts"]),
  ...filesOf("lib", [".ts", ".md", ".py"]),
];

const texts = files.flatMap((path) => {
  try {
    return [readFileSync(join(root, path), "utf8")];
  } catch {
    return [];
  }
});
const text = texts.join("\n");
mkdirSync(dirname(output), { recursive: true });
writeFileSync(`${output}.tmp`, text);
renameSync(`${output}.tmp`, output);
console.log(`${output}: ${Buffer.byteLength(text)} bytes of ${texts.length} files`);
