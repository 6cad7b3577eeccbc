/** @file Parts of a worker: names that do not collide, an environment without secrets, programs and data by digest only, targets. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { defaultTarget, deviceUri, x86Level } from "#lib/train/cluster/device.ts";
import { deviceEnvironment } from "#lib/train/cluster/device-environment.ts";
import type { RunManifest } from "#lib/train/cluster/manifest.ts";
import { openWorkerData } from "#lib/train/cluster/worker-data.ts";
import { claimIdentity } from "#lib/train/cluster/worker-identity.ts";
import { fetchProgram, Untrusted } from "#lib/train/cluster/worker-program.ts";
import {
  localToken,
  publishLocalToken,
  removeLocalToken,
} from "#lib/train/cluster/worker-token.ts";
import { bytesPlan, dataRequest } from "./support.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-worker-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the environment of a device host", () => {
  it("has what devices need and no secret", () => {
    const needed = {
      PATH: "/bin",
      HOME: "/home/u",
      LD_LIBRARY_PATH: "/lib",
      CUDA_VISIBLE_DEVICES: "1",
      ROCR_VISIBLE_DEVICES: "2",
      IREE_LOG: "1",
      OMP_NUM_THREADS: "4",
      PCP_PYTHON: "/py",
      LC_ALL: "C",
    };
    const secrets = {
      PCP_JOIN_TOKEN: "x",
      PCP_WORKER_NAME: "w",
      WANDB_API_KEY: "x",
      AWS_SECRET_ACCESS_KEY: "x",
      AWS_SESSION_TOKEN: "x",
      GITHUB_TOKEN: "x",
      CUDA_API_KEY: "x",
      IREE_AUTH_TOKEN: "x",
      LD_PRELOAD: "x",
      PYTHONPATH: "x",
    };
    expect(deviceEnvironment({ ...needed, ...secrets, EMPTY: undefined })).toEqual(needed);
  });
});

describe("identity", () => {
  it("is the name that is given, over and over", () => {
    const states = join(folder, "named");
    const first = claimIdentity(states, "w7", 0);
    expect(first.name).toBe("w7");
    expect(claimIdentity(states, "w7", 0).folder).toBe(first.folder);
  });

  it("without a name is one that stays, and that no other process has at the same time", () => {
    const states = join(folder, "unnamed");
    const first = claimIdentity(states, null, 3);
    const second = claimIdentity(states, null, 3);
    expect(first.name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*-[0-9a-f]{6}-3$/);
    expect(second.name).not.toBe(first.name);
    first.release();
    expect(claimIdentity(states, null, 3).name).toBe(first.name);
  });

  it("says which folder cannot be written", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => claimIdentity(join(file, "states"), "w", 0)).toThrow(
      /cannot use the state folder '.*states'.*--state-dir/,
    );
  });
});

describe("programs", () => {
  const bytes = utf8("module {}");
  const program = { digest: sha256(bytes), bytes: bytes.length };
  const manifest = (digest: string): RunManifest => ({
    format: "pcp-run-manifest",
    version: 1,
    revision: 0,
    runId: "r",
    plan: program,
    module: program,
    programs: [
      { backend: "cpu", target: "host", form: "vmfb", blob: { digest, bytes: bytes.length } },
    ],
    fragments: [],
    check: null,
    software: {},
  });
  const cached = (name: string): string => join(folder, name, "programs", `${program.digest}.vmfb`);

  it("are brought once, and anew where the copy is damaged", async () => {
    let downloads = 0;
    const bring = () =>
      fetchProgram(
        { program, form: "vmfb" },
        manifest(program.digest),
        join(folder, "p1"),
        async () => {
          downloads++;
          return bytes;
        },
      );
    expect(await bring()).toMatchObject({ kind: "vmfb", path: cached("p1") });
    await bring();
    expect(downloads).toBe(1);
    writeFileSync(cached("p1"), "damaged");
    await bring();
    expect(downloads).toBe(2);
  });

  it("of another digest are refused, named, and never kept", async () => {
    const wrong = utf8("native code of somebody else");
    const attempt = fetchProgram(
      { program, form: "vmfb" },
      manifest(program.digest),
      join(folder, "p2"),
      async () => wrong,
    );
    await expect(attempt).rejects.toThrow(Untrusted);
    await expect(attempt).rejects.toThrow(
      `SHA-256 ${sha256(wrong)}, the manifest names ${bytes.length} with ${program.digest}`,
    );
    expect(existsSync(cached("p2"))).toBe(false);
  });

  it("that the manifest does not name are refused before they are asked for", async () => {
    let asked = false;
    const attempt = fetchProgram(
      { program, form: "vmfb" },
      manifest("0".repeat(64)),
      join(folder, "p3"),
      async () => {
        asked = true;
        return bytes;
      },
    );
    await expect(attempt).rejects.toThrow("which its signed run manifest does not name");
    expect(asked).toBe(false);
  });
});

describe("training data", () => {
  const text = utf8("the quick brown fox jumps over the lazy dog. ".repeat(50));
  let server: Server;
  let url: string;
  const ranges: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
      if (range === null || request.url !== "/data.txt") {
        response.writeHead(404).end();
        return;
      }
      ranges.push(range[0]);
      response.writeHead(206).end(text.subarray(Number(range[1]), Number(range[2]) + 1));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const request = (name: string, digest: string, from: { path?: string; url?: string }) =>
    dataRequest({
      plan: bytesPlan(text, { digest, length: 8, unitsPerEpoch: 100 }),
      cacheFolder: join(folder, name),
      fromShepherd: async (start, end) => text.subarray(start, end),
      ...from,
    });
  const firstTokens = async (given: ReturnType<typeof request>): Promise<string> => {
    const { source, reader } = await openWorkerData(given);
    const { tokens } = await reader.batch(0, 1);
    await source.close();
    return String.fromCharCode(...Array.from(tokens.data as BigInt64Array, Number));
  };

  it("comes from a local file, the shepherd or a web server, the same", async () => {
    const path = join(folder, "data.txt");
    writeFileSync(path, text);
    for (const from of [{ path }, {}, { url: `${url}/data.txt` }])
      expect(await firstTokens(request(`d${Object.keys(from).join("")}`, sha256(text), from))).toBe(
        "k brown ",
      );
    expect(ranges).toEqual([`bytes=0-${text.length - 1}`]);
  });

  it("of another digest is refused, wherever it comes from", async () => {
    const other = sha256(utf8("other"));
    const path = join(folder, "data.txt");
    writeFileSync(path, text);
    for (const from of [{ path }, {}, { url: `${url}/data.txt` }])
      await expect(firstTokens(request("refused", other, from))).rejects.toThrow(
        new RegExp(`SHA-256 ${sha256(text)}, the run's data has ${text.length} with ${other}`),
      );
  });

  it("that is not there is told at once", async () => {
    await expect(
      firstTokens(request("missing", sha256(text), { url: `${url}/nothing` })),
    ).rejects.toThrow("answers 404");
  });

  it("needs a tokenizer that is known", async () => {
    const given = request("tokenizer", sha256(text), {});
    await expect(
      openWorkerData({ ...given, plan: { ...given.plan, tokenizer: "bpe" } }),
    ).rejects.toThrow("tokenizer 'bpe', which this version does not have");
  });
});

describe("devices", () => {
  it("have addresses by backend and ordinal", () => {
    expect(deviceUri("cpu", 0)).toBe("local-task");
    expect(deviceUri("cuda", 2)).toBe("cuda://2");
    expect(deviceUri("rocm", 1)).toBe("hip://1");
  });

  it("of x86 have the highest level all of whose features they have", () => {
    const v2 = ["cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"];
    const v3 = [...v2, "abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"];
    expect(x86Level(new Set())).toBe("generic");
    expect(x86Level(new Set(v2))).toBe("x86-64-v2");
    expect(x86Level(new Set(v3))).toBe("x86-64-v3");
    expect(x86Level(new Set([...v3, "avx512f"]))).toBe("x86-64-v3");
  });

  it("are compiled for as the shepherd's own only where they are", () => {
    expect(defaultTarget("cpu", true)).toBe("host");
    expect(defaultTarget("cpu", false)).not.toBe("host");
    expect(defaultTarget("rocm", true)).toMatchObject({
      problem: expect.stringContaining("gfx942"),
    });
  });
});

describe("tokens of shepherds here", () => {
  it("are for their user alone, by port, until they are taken back", () => {
    const cache = join(folder, "cache");
    mkdirSync(cache);
    publishLocalToken(cache, 8080, "first");
    publishLocalToken(cache, 8080, "second");
    expect(localToken(cache, 8080)).toBe("second");
    expect(localToken(cache, 8081)).toBeNull();
    expect(statSync(join(cache, "shepherds", "8080.token")).mode & 0o077).toBe(0);
    removeLocalToken(cache, 8080);
    expect(localToken(cache, 8080)).toBeNull();
  });
});
