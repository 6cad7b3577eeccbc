/** @file Keys of a run that has not begun yet, so that workers can be given a join token beforehand. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { withDir } from "tmp-promise";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { loadRunKey } from "../cluster/manifest.ts";
import { runPaths } from "../cluster/run-folder.ts";
import { openAuthority } from "../net/authority.ts";
import { formatJoinToken } from "../net/join-token.ts";
import { loadTlsIdentity } from "../net/tls.ts";

export interface RunSecrets {
  /** Texts of the files that a shepherd finds its keys in, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Where they belong, inside the run's folder. */
  readonly folder: string;
  readonly joinToken: string;
}

/**
 * Makes the keys and the certificate of a shepherd, and a join token that they make true.
 * @param hosts - names under which workers reach the shepherd
 * @param now - milliseconds since the epoch, as is `expires`
 */
export const makeRunSecrets = (
  hosts: readonly string[],
  port: number,
  now: number,
  expires: number,
): Promise<RunSecrets | Problem> =>
  withDir(
    async ({ path }) => {
      const authority = openAuthority(path, () => now);
      const none = { certificate: null, key: null, clientAuthority: null };
      const identity = await loadTlsIdentity(path, none, hosts, now);
      if (isProblem(identity)) return identity;
      const key = loadRunKey(join(path, basename(runPaths("").key)));
      if (isProblem(key)) return key;
      const joinToken = formatJoinToken({
        addresses: hosts.map((host) => `https://${host}:${port}`),
        fingerprint: identity.fingerprint,
        signer: key.fingerprint,
        secret: authority.issueJoin({ role: "worker", expires, once: false }),
        expires,
      });
      const names = readdirSync(path);
      const files = names.map((name) => [name, readFileSync(join(path, name), "utf8")] as const);
      return { files: Object.fromEntries(files), folder: runPaths("").secrets, joinToken };
    },
    { unsafeCleanup: true, prefix: "pcp-keys-" },
  );
