/** @file Finds test files below the given paths. */
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { escapeName } from "#lib/support/text.ts";
import {
  findSuiteRoot,
  type LitConfig,
  LitConfigError,
  type LitHost,
  loadSuite,
  localConfig,
} from "./config.ts";
import type { LitTest } from "./run-test.ts";

const NEVER = new Set(["Output", ".git", ".svn", "node_modules"]);

/** Loads each suite once and the settings of each folder once. */
class Discovery {
  private readonly configs = new Map<string, LitConfig>();
  private readonly found = new Map<string, LitTest>();
  private readonly host: LitHost;

  constructor(host: LitHost) {
    this.host = host;
  }

  tests(): LitTest[] {
    return [...this.found.values()].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    );
  }

  /** Settings of a folder: its suite's, with those of the folders in between. */
  private async configFor(folder: string): Promise<LitConfig> {
    const known = this.configs.get(folder);
    if (known !== undefined) return known;
    const root = findSuiteRoot(folder);
    if (root === null)
      throw new LitConfigError(`${folder}: no lit.cfg.json or lit.cfg.mjs here or above`);
    const config =
      root === folder
        ? localConfig(await loadSuite(root, this.host), folder)
        : localConfig(await this.configFor(dirname(folder)), folder);
    this.configs.set(folder, config);
    return config;
  }

  private add(path: string, config: LitConfig): void {
    const name = `${config.name} :: ${relative(config.sourceRoot, path)}`;
    this.found.set(path, { config, path, name });
  }

  async visit(path: string): Promise<void> {
    if (!statSync(path).isDirectory()) {
      const config = await this.configFor(dirname(path));
      if (config.suffixes.some((suffix) => path.endsWith(suffix))) this.add(path, config);
      return;
    }
    await this.folder(path);
  }

  private async folder(path: string): Promise<void> {
    const config = await this.configFor(path);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const { name } = entry;
      if (name.startsWith(".") || NEVER.has(name) || config.excludes.includes(name)) continue;
      const full = join(path, name);
      if (entry.isDirectory()) await this.folder(full);
      else if (
        config.suffixes.some((suffix) => name.endsWith(suffix)) &&
        !/^lit\..*cfg\.(?:json|mjs)$/.test(basename(name))
      )
        this.add(full, config);
    }
  }
}

/** All tests below `paths`, sorted by name. Throws {@link LitConfigError} for mistakes in configurations. */
export async function discoverTests(paths: readonly string[], host: LitHost): Promise<LitTest[]> {
  const discovery = new Discovery(host);
  for (const path of paths) {
    if (!existsSync(path))
      throw new LitConfigError(`${escapeName(path)}: No such file or directory`);
    await discovery.visit(realpathSync(path));
  }
  return discovery.tests();
}
