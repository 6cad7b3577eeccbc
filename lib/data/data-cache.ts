/** @file Data that was brought here from elsewhere: what was used last is kept, within a number of bytes. */
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ByteSource, DataIdentity } from "./byte-source.ts";

/** Where data is kept, and how much of it. */
export interface DataCache {
  readonly folder: string;
  /** Data that nobody uses is removed where there are more bytes than this. */
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Whoever uses data says so at least every ten minutes of reading; what was used in the last hour is in use. */
const IN_USE_MS = 3_600_000;
const SAY_EVERY_MS = 600_000;
/** What was begun to be brought and has not grown for so long was given up. */
const ABANDONED_MS = 24 * 3_600_000;

/** File with data of a digest. */
export const cachedDataPath = ({ folder }: DataCache, digest: string): string =>
  join(folder, `${digest}.data`);

/** Its time is when the data was used last: that of the data itself tells whether it has changed. */
const pathOfUse = ({ folder }: DataCache, digest: string): string => join(folder, `${digest}.used`);

function sayUsed(cache: DataCache, digest: string): void {
  const seconds = cache.now() / 1000;
  try {
    utimesSync(pathOfUse(cache, digest), seconds, seconds);
  } catch {
    // Removed meanwhile, or of somebody else: then it is as old as it looks.
  }
}

/** From now on, data is in use as long as it is read; to be called before it is opened. */
export function beginUse(cache: DataCache, digest: string): void {
  try {
    writeFileSync(pathOfUse(cache, digest), "");
  } catch {
    return;
  }
  sayUsed(cache, digest);
}

/** Data of the cache that stays in use while it is read. */
export function sourceInUse(cache: DataCache, digest: string, source: ByteSource): ByteSource {
  let said = cache.now();
  return {
    name: source.name,
    size: source.size,
    read(offset, into) {
      const now = cache.now();
      if (Math.abs(now - said) >= SAY_EVERY_MS) {
        said = now;
        sayUsed(cache, digest);
      }
      return source.read(offset, into);
    },
    close: () => source.close(),
  };
}

interface Entry {
  readonly digest: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly used: number;
}

/** Size and time of a file; null where it is gone. */
function statOf(path: string): { readonly bytes: number; readonly at: number } | null {
  try {
    const { size, mtimeMs } = statSync(path);
    return { bytes: size, at: mtimeMs };
  } catch {
    return null;
  }
}

function entryOf(cache: DataCache, digest: string): Entry | null {
  const data = statOf(cachedDataPath(cache, digest));
  const used = statOf(pathOfUse(cache, digest))?.at ?? data?.at ?? 0;
  return data === null ? null : { digest, bytes: data.bytes, used };
}

/** Bytes of data that is being brought; what was given up is removed. */
function bytesUnderWay({ folder, now }: DataCache, names: readonly string[]): number {
  let bytes = 0;
  for (const name of names) {
    const path = join(folder, name);
    const part = name.endsWith(".part") ? statOf(path) : null;
    if (part === null) continue;
    if (now() - part.at > ABANDONED_MS) rmSync(path, { force: true });
    else bytes += part.bytes;
  }
  return bytes;
}

/**
 * Makes room for data that is to be used next: removes what was used least recently, and never what is in use, even
 * where it is more than the limit.
 * @returns how many bytes were removed.
 */
export function makeRoom(cache: DataCache, next: DataIdentity): number {
  const { folder, bytes: limit, now } = cache;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return 0;
  }
  const digests = names.flatMap((name) => /^([0-9a-f]{64})\.data$/.exec(name)?.[1] ?? []);
  const others = digests.filter((digest) => digest !== next.digest);
  const entries = others.flatMap((digest) => entryOf(cache, digest) ?? []);
  let total = next.bytes + bytesUnderWay(cache, names);
  for (const { bytes } of entries) total += bytes;
  let freed = 0;
  for (const { digest, bytes } of entries.sort((a, b) => a.used - b.used)) {
    if (total <= limit) break;
    // Looked at again: somebody may have begun to use it since.
    const used = entryOf(cache, digest)?.used ?? 0;
    if (now() - used < IN_USE_MS) continue;
    for (const path of [cachedDataPath(cache, digest), pathOfUse(cache, digest)])
      rmSync(path, { force: true });
    total -= bytes;
    freed += bytes;
  }
  return freed;
}
