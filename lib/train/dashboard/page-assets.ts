/** @file The files of the web page, read from beside this module: in the sources and in the bundle alike. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the page as it is served. */
export interface PageAsset {
  readonly bytes: Uint8Array;
  /** Media type. */
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The plotting library by name on the page; the bundle carries it in the page's folder. */
const LIBRARY = { "uplot.js": "uPlot.iife.min.js", "uplot.css": "uPlot.min.css" } as const;

/** Every file of the page by its path, such as `/app.js`; `/index.html` is among them. */
export function loadPageAssets(): ReadonlyMap<string, PageAsset> {
  const folder = fileURLToPath(new URL("./page/", import.meta.url));
  const paths = new Map<string, string>();
  for (const name of readdirSync(folder)) paths.set(name, join(folder, name));
  for (const [name, file] of Object.entries(LIBRARY)) {
    const sources = fileURLToPath(
      new URL(`../../../node_modules/uplot/dist/${file}`, import.meta.url),
    );
    if (!paths.has(name) && existsSync(sources)) paths.set(name, sources);
  }
  const assets = new Map<string, PageAsset>();
  for (const [name, path] of paths) {
    const type = TYPES[extname(name)];
    if (type !== undefined) assets.set(`/${name}`, { bytes: readFileSync(path), type });
  }
  return assets;
}
