/** @file Join tokens of shepherds on this machine, so that `--connect 127.0.0.1:PORT` is enough for workers of the same user. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSecret } from "../net/secret-file.ts";

const pathOf = (cacheFolder: string, port: number): string =>
  join(cacheFolder, "shepherds", `${port}.token`);

/** Leaves a token for workers of this user on this machine. @throws where the cache folder cannot be written */
export function publishLocalToken(cacheFolder: string, port: number, token: string): void {
  const path = pathOf(cacheFolder, port);
  mkdirSync(join(cacheFolder, "shepherds"), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${token}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/** Takes a token back. */
export function removeLocalToken(cacheFolder: string, port: number): void {
  rmSync(pathOf(cacheFolder, port), { force: true });
}

/** The token of the shepherd that this user has started on a port of this machine; null where there is none. */
export const localToken = (cacheFolder: string, port: number): string | null =>
  readSecret(pathOf(cacheFolder, port));
