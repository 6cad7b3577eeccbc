// Bundles one file per executable into build/dist and links all executables into build/bin.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "build/dist");
const bin = join(root, "build/bin");
const tools = readdirSync(join(root, "tools")).filter((name) =>
  existsSync(join(root, "tools", name, "main.ts")),
);

rmSync(dist, { recursive: true, force: true });
rmSync(bin, { recursive: true, force: true });
mkdirSync(bin, { recursive: true });

await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(tools.map((name) => [name, `tools/${name}/main.ts`])),
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.11",
  minifySyntax: true,
  legalComments: "none",
  // CommonJS packages inside an ES module bundle still call require().
  banner: {
    js: 'import { createRequire as pcpCreateRequire } from "node:module"; const require = pcpCreateRequire(import.meta.url);',
  },
});

// Python that a layer starts is found beside the module that starts it, in the sources and in the bundle alike.
for (const folder of ["lib/export/helper", "lib/runtime/host"]) {
  const from = join(root, folder);
  if (existsSync(from)) {
    cpSync(from, join(dist, folder.split("/").at(-1)), {
      recursive: true,
      filter: (path) => !path.includes("__pycache__"),
    });
  }
}
cpSync(join(root, "package.json"), join(dist, "manifest.json"));
cpSync(join(root, "requirements"), join(dist, "requirements"), { recursive: true });

for (const name of tools) {
  chmodSync(join(dist, `${name}.js`), 0o755);
  symlinkSync(relative(bin, join(dist, `${name}.js`)), join(bin, name));
}
for (const name of ["iree-compile", "iree-opt", "iree-run-module", "iree-benchmark-module"]) {
  const target = join(root, ".venv/bin", name);
  if (existsSync(target)) symlinkSync(relative(bin, target), join(bin, name));
}
