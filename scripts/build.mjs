// Bundles one file per executable into build/dist and links all executables into build/bin.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
// Built beside its place and renamed, so that what runs meanwhile is not pulled from under its feet.
const place = join(root, "build/dist");
const dist = join(root, `build/dist.${process.pid}.tmp`);
const bin = join(root, "build/bin");
const tools = readdirSync(join(root, "tools")).filter((name) =>
  existsSync(join(root, "tools", name, "main.ts")),
);

mkdirSync(bin, { recursive: true });

/** CommonJS packages inside an ES module bundle still call require(). */
const banner =
  'import { createRequire as pcpCreateRequire } from "node:module"; const require = pcpCreateRequire(import.meta.url);\n';

/**
 * CommonJS packages that are imported when they are needed. In a bundle they would have a default export alone; this gives them the
 * names that Node.js gives them, so that `const { name } = await import("package")` means the same in both.
 */
const namedImports = {
  name: "named-imports",
  setup({ onResolve, onLoad }) {
    const filter =
      /^(fastify|prom-client|selfsigned|undici|@aws-sdk\/(client-s3|s3-request-presigner))$/;
    onResolve({ filter }, ({ kind, path, resolveDir }) =>
      kind === "dynamic-import" && !resolveDir.includes("node_modules")
        ? { path, namespace: "named-imports", pluginData: { resolveDir } }
        : undefined,
    );
    onLoad({ filter, namespace: "named-imports" }, async ({ path, pluginData: { resolveDir } }) => {
      const names = Object.keys(await import(path)).filter(
        (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default",
      );
      const contents = `import whole from "${path}";\nexport const { ${names.join(", ")} } = whole;\n`;
      return { contents, resolveDir };
    });
  },
};

await build({
  absWorkingDir: root,
  entryPoints: {
    ...Object.fromEntries(tools.map((name) => [name, `tools/${name}/main.ts`])),
    // Found by the shepherd beside itself; a thread has an entry point of its own.
    "merge-worker": "lib/train/cluster/merge-worker.ts",
    "interp-worker": "lib/runtime/interp-worker.ts",
  },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.11",
  minifySyntax: true,
  legalComments: "none",
  plugins: [namedImports],
  // The terminal dashboard's libraries: React as it is for users, and no developer tools.
  define: { "process.env.NODE_ENV": '"production"' },
  external: ["react-devtools-core"],
  banner: { js: banner },
});

// A banner costs a millisecond of start-up in every file; only esbuild's own shim asks for `require`.
for (const file of readdirSync(dist)) {
  const text = readFileSync(join(dist, file), "utf8");
  if (!text.includes("typeof require")) writeFileSync(join(dist, file), text.replace(banner, ""));
}

// Python that a layer starts is found beside the module that starts it, in the sources and in the bundle alike.
for (const folder of [
  "lib/export/helper",
  "lib/train/launch/helper",
  "lib/runtime/host",
  "lib/train/dashboard/wandb-host",
]) {
  const from = join(root, folder);
  if (existsSync(from)) {
    cpSync(from, join(dist, folder.split("/").at(-1)), {
      recursive: true,
      filter: (path) => !path.includes("__pycache__"),
    });
  }
}
// So are the files of the web page, with the library that draws its curves.
const page = join(dist, "page");
cpSync(join(root, "lib/train/dashboard/page"), page, {
  recursive: true,
  filter: (path) => !path.endsWith(".json"),
});
for (const [name, file] of [
  ["uplot.js", "dist/uPlot.iife.min.js"],
  ["uplot.css", "dist/uPlot.min.css"],
  ["uplot-license.txt", "LICENSE"],
])
  cpSync(join(root, "node_modules/uplot", file), join(page, name));
cpSync(join(root, "package.json"), join(dist, "manifest.json"));
cpSync(join(root, "requirements"), join(dist, "requirements"), { recursive: true });

for (const name of tools) chmodSync(join(dist, `${name}.js`), 0o755);
rmSync(place, { recursive: true, force: true });
renameSync(dist, place);

const link = (target, name) => {
  const path = join(bin, name);
  rmSync(path, { force: true });
  symlinkSync(relative(bin, target), path);
};
for (const name of tools) link(join(place, `${name}.js`), name);
for (const name of ["iree-compile", "iree-opt", "iree-run-module", "iree-benchmark-module"]) {
  const target = join(root, ".venv/bin", name);
  if (existsSync(target)) link(target, name);
}
