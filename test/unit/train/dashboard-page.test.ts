/** @file The web page: its files keep to a strict content policy, and Debian's Chromium shows a run with them. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadPageAssets } from "#lib/train/dashboard/page-assets.ts";
import { PHASES, type RunStatus } from "#lib/train/protocol/status.ts";
import { recordsOf, roundOf, statusOf, workerOf } from "./dashboard-run.ts";
import { type ServedRun, serveRun } from "./dashboard-server.ts";

const root = resolve(import.meta.dirname, "../../..");
const artefacts = join(root, "build/artifacts");
const CHROMIUM = "/usr/bin/chromium";
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What a test looks at of an element, as functions that run in the browser see it. */
interface PageElement {
  readonly isConnected: boolean;
  readonly dataset: { readonly worker: string };
  readonly scrollHeight: number;
  scrollTop: number;
}

describe("files of the page", () => {
  const assets = loadPageAssets();
  const text = (path: string): string => new TextDecoder().decode(assets.get(path)?.bytes);

  it("name one another only, and nothing from elsewhere", () => {
    const named = [...text("/index.html").matchAll(/(?:href|src)="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    for (const [name, { type }] of assets)
      if (type.startsWith("text/javascript"))
        for (const [, other] of text(name).matchAll(/from "\.\/([^"]+)"/g)) named.push(other);
    expect(named).toContain("uplot.js");
    expect(named).toContain("workers.js");
    for (const name of named) expect(assets.has(`/${name}`), name).toBe(true);
  });

  it("have no inline script or style, and set no markup", () => {
    const html = text("/index.html");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
    for (const [name, { type }] of assets)
      if (type.startsWith("text/javascript") && name !== "/uplot.js")
        expect(text(name), name).not.toMatch(
          /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
        );
  });

  it("keep to the types of the snapshot and of the journal", async () => {
    const tsc = join(root, "node_modules/.bin/tsc");
    const { stdout } = await execa(tsc, ["-p", "lib/train/dashboard/page"], {
      cwd: root,
      reject: false,
    });
    expect(stdout).toBe("");
  });
});

describe("built page", () => {
  it("lies beside the executables, file by file", () => {
    const built = readdirSync(join(root, "build/dist/page")).filter(
      (name) => !name.endsWith(".txt"),
    );
    expect(built.map((name) => `/${name}`).sort()).toEqual([...loadPageAssets().keys()].sort());
  });
});

describe.skipIf(!existsSync(CHROMIUM))(`page in a browser (needs ${CHROMIUM})`, () => {
  let browser: Browser;
  let served: ServedRun;
  let complaints: string[];
  beforeAll(async () => {
    mkdirSync(artefacts, { recursive: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await served.close();
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function open(
    options: Parameters<Browser["newPage"]>[0] = {},
    address = "",
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    // Stricter than the server's own policy: no style of a line may be needed.
    await page.route(`${served.url}/`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": POLICY };
      await route.fulfill({ response, headers });
    });
    await page.goto(served.url + address);
    return page;
  }
  const textOf = (page: Page, selector: string) => page.textContent(selector);
  const row = (name: string): string => `#workers tr[data-worker="${name}"]`;
  const cell = (name: string, key: string): string => `${row(name)} td[data-key="${key}"]`;
  const waitForText = async (page: Page, selector: string, text: string): Promise<void> => {
    await page.locator(selector).filter({ hasText: text }).first().waitFor({ state: "attached" });
  };
  const shot = async (page: Page, name: string, fullPage = true): Promise<void> => {
    if (fullPage) await page.evaluate("scrollTo(0, 0)");
    await page.screenshot({ path: join(artefacts, `page-${name}.png`), fullPage });
  };

  it("shows the snapshot and the journal, in light and dark", async () => {
    served = await serveRun(statusOf(), recordsOf(41));
    const page = await open({ colorScheme: "light" });
    await waitForText(page, "#journal", "w4 is out (crashed): exit code 137 (SIGKILL)");
    expect(await textOf(page, "#waiting-for")).toBe("w3 · 12 s of 40 s");
    expect(await textOf(page, "#round")).toBe("41 / 120");
    expect(await textOf(page, "#loss")).toBe("2.3471");
    expect(await textOf(page, "#eval-loss")).toBe("evaluation 2.4102");
    expect(await textOf(page, "#worker-count")).toBe("3 / 4");
    expect(await textOf(page, "#free")).toBe("2\u202f160");
    expect(await textOf(page, "#bytes-share")).toBe("1/5.0 of base64 f32");
    expect(await textOf(page, cell("w3", "state"))).toBe("silent");
    expect(await textOf(page, cell("w3", "merged"))).toBe("41 −3");
    expect(await textOf(page, cell("w4", "state"))).toBe("crashed");
    expect(await textOf(page, cell("w5", "state"))).toBe("kicked");
    expect(await textOf(page, cell("w6", "reason"))).toBe("no inner step for 120 s");
    expect(await page.locator("#timeline .round").count()).toBe(16);
    for (const phase of PHASES)
      expect(await page.locator(`#timeline .phase.${phase}`).count(), phase).toBe(16);
    expect(await textOf(page, "#round-detail")).toMatch(
      /compute 14 s · wait \S+ s · upload 1\.1 s · merge 0\.9 s · publish 12 ms/,
    );
    expect(await textOf(page, "#checkpoint-path")).toBe("in 0.4 s · checkpoints/step-000040");
    // Nobody has said what a device can do at most.
    expect(await page.locator("#mfu-name").isVisible()).toBe(false);
    expect(await page.locator(cell("w0", "mfu")).isVisible()).toBe(false);
    expect(await page.locator("#loss-chart canvas").count()).toBe(1);
    await shot(page, "light");
    const light = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    await page.click("#theme");
    const dark = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(dark).not.toBe(light);
    await shot(page, "dark");
    expect(complaints).toEqual([]);
  });

  it("shows MFU where the peak of devices is known", async () => {
    const workers = [workerOf(0, { peakFlops: 1e12, mfu: 0.4123 }), workerOf(1)];
    served = await serveRun(statusOf({ mfu: 0.382, workers }), recordsOf(3));
    const page = await open();
    await waitForText(page, "#mfu", "38.2 %");
    expect(await page.locator("#mfu-name").isVisible()).toBe(true);
    expect(await page.locator(cell("w0", "mfu")).isVisible()).toBe(true);
    expect(await textOf(page, cell("w0", "mfu"))).toBe("41.2 %");
    expect(await textOf(page, cell("w1", "mfu"))).toBe("–");
    await shot(page, "mfu");
    expect(complaints).toEqual([]);
  });

  it("follows the run by its events, also over a lost connection", async () => {
    served = await serveRun(statusOf(), recordsOf(41));
    const page = await open();
    await waitForText(page, "#connection", "live");
    await waitForText(page, "#journal", "round 40 slot 0 merged");
    const first = await page.locator(row("w1")).elementHandle();
    const later = (round: number): RunStatus =>
      statusOf({
        round,
        waitingFor: null,
        recentRounds: Array.from({ length: round }, (_, index) => roundOf(index)),
        workers: [workerOf(0), workerOf(1, { round, state: "training", updateNorm: 0.123 })],
      });
    served.run.now = later(42);
    const sequence = served.run.records.length;
    served.run.append({ kind: "operator", action: "pause", worker: null, sequence, at: 0 });
    await waitForText(page, cell("w1", "round"), "42");
    await waitForText(page, "#journal", "operator: pause");
    expect(await textOf(page, cell("w1", "norm"))).toBe("0.123");
    expect(await page.locator("#waiting").isVisible()).toBe(false);
    expect(await page.locator("#workers tr[data-worker]").count()).toBe(2);
    // The row is the same element: what a user has selected or focused stays.
    expect(
      await first?.evaluate((element) => (element as unknown as PageElement).isConnected),
    ).toBe(true);
    served.run.now = later(43);
    await served.restart();
    await waitForText(page, cell("w1", "round"), "43");
    await waitForText(page, "#connection", "live");
    expect(await page.locator("#journal li").count()).toBe(served.run.records.length);
  });

  it("says that the run has ended when the shepherd goes after the last record", async () => {
    served = await serveRun(statusOf(), recordsOf(2));
    const page = await open();
    await waitForText(page, "#journal", "w4 is out");
    served.run.now = statusOf({ state: "done", waitingFor: null });
    await waitForText(page, "#run-state", "done");
    const sequence = served.run.records.length;
    served.run.append({ kind: "end", reason: "120 rounds are done", sequence, at: 0 });
    await waitForText(page, "#journal", "end: 120 rounds are done");
    await served.stop();
    await waitForText(page, "#connection", "the run has ended");
    expect(await page.locator("#pause").isDisabled()).toBe(true);
  });

  it("reads losses of rounds that the snapshot has no more from the journal", async () => {
    const recentRounds = [roundOf(399), roundOf(400)];
    served = await serveRun(statusOf({ recentRounds, round: 401 }), recordsOf(401));
    const page = await open();
    await page.locator('#loss-chart[aria-label="Losses of 401 rounds"]').waitFor();
    await page.click("#axis-round");
    await shot(page, "long");
    expect(complaints).toEqual([]);
  });

  it("stays usable with 1,000 workers: a screenful of rows, sorted and filtered", async () => {
    const workers = Array.from({ length: 1000 }, (_, index) =>
      index === 777
        ? workerOf(index, { tokensPerSecond: 1, state: "silent", reason: "no heartbeat for 9 s" })
        : workerOf(index),
    );
    served = await serveRun(statusOf({ workers, workersWanted: 1000 }), recordsOf(3));
    const page = await open();
    await waitForText(page, "#worker-shown", "1000 workers");
    const rows = page.locator("#workers tr[data-worker]");
    const names = () =>
      rows.evaluateAll((elements) =>
        (elements as unknown as PageElement[]).map(({ dataset }) => dataset.worker),
      );
    expect(await rows.count()).toBeLessThan(60);
    expect((await names()).slice(0, 4)).toEqual(["w0", "w1", "w2", "w3"]);
    const sorter = (key: string): string => `#workers th[data-key="${key}"] button`;
    await page.click(sorter("rate"));
    expect((await names())[0]).toBe("w777");
    await page.click(sorter("rate"));
    expect(await page.getAttribute('#workers th[data-key="rate"]', "aria-sort")).toBe("descending");
    const [fastest] = await names();
    expect(workers.find(({ worker }) => worker === fastest)?.tokensPerSecond).toBe(
      Math.max(...workers.map(({ tokensPerSecond }) => tokensPerSecond)),
    );
    await page.locator("#workers").evaluate((element) => {
      const scroller = element as unknown as PageElement;
      scroller.scrollTop = scroller.scrollHeight;
    });
    await page.locator(row("w777")).waitFor({ state: "visible" });
    expect(await rows.count()).toBeLessThan(60);
    await shot(page, "1000-workers");
    await page.fill("#worker-filter", "host-97");
    await waitForText(page, "#worker-shown", "8 of 1000 workers");
    expect((await names()).sort()).toEqual(
      Array.from({ length: 8 }, (_, index) => `w${776 + index}`),
    );
    await page.fill("#worker-filter", "");
    await page.click('#state-filter button[data-state="silent"]');
    await waitForText(page, "#worker-shown", "1 of 1000 workers");
    expect(await names()).toEqual(["w777"]);
    // Sorting and filters stay when the next snapshot comes.
    served.run.now = statusOf({ workers, workersWanted: 1000, round: 50 });
    await waitForText(page, "#round", "50 / 120");
    expect(await names()).toEqual(["w777"]);
    expect(complaints).toEqual([]);
  });

  it("shows hostile text as text", async () => {
    const hostile = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
    const turned = "a\u202eb\u001b[31mc\u0000";
    const worker = workerOf(1, { reason: hostile, target: turned, device: hostile, host: hostile });
    const records = recordsOf(1);
    served = await serveRun(
      statusOf({ workers: [worker], waitingFor: hostile, runId: hostile, algorithm: hostile }),
      [
        ...records,
        {
          kind: "departure",
          worker: "w1",
          incarnation: worker.incarnation,
          how: "crashed",
          reason: `${hostile}${turned}`,
          sequence: records.length,
          at: 0,
        },
      ],
    );
    const page = await open();
    await waitForText(page, "#journal", "w1 is out");
    expect(await textOf(page, cell("w1", "reason"))).toBe(hostile);
    expect(await textOf(page, "#waiting-for")).toBe(hostile);
    expect(await textOf(page, cell("w1", "device"))).toContain("a\\u202eb\\x1b[31mc\\x00");
    expect(await textOf(page, "#journal li:last-child .words")).toContain("\\x1b[31m");
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it("asks the operator, and keeps the credential for this tab only", async () => {
    served = await serveRun(statusOf(), recordsOf(3));
    const page = await open();
    const operator = served.authority.operatorToken;
    await waitForText(page, "#connection", "live");
    await page.click("#pause");
    await waitForText(page, "#notice", "pause was not done: this needs an operator's credential");
    expect(served.run.asked).toEqual([]);
    await page.click("#credential");
    await page.fill("#token", operator);
    await page.click('#token-dialog button[value="keep"]');
    await waitForText(page, "#connection", "live");
    await page.click("#pause");
    await page.click(`${row("w1")} .actions button:nth-of-type(2)`);
    expect(await textOf(page, "#confirm-title")).toBe("kick w1?");
    await shot(page, "confirm", false);
    await page.click('#confirm-dialog button[value="cancel"]');
    await page.click(`${row("w3")} .actions button:nth-of-type(2)`);
    await page.click("#confirm-yes");
    await page.click(`${row("w2")} .actions button:nth-of-type(1)`);
    await page.click("#confirm-yes");
    await waitForText(page, "#notice", "drain was not done: w2 is draining already");
    expect(served.run.asked).toEqual([
      { action: "pause", worker: null },
      { action: "kick", worker: "w3" },
    ]);
    expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain(operator);
    expect(await page.evaluate("sessionStorage.getItem('pcp-token')")).toBe(operator);
    expect(await page.inputValue("#token")).toBe("");
  });

  it("takes a credential from the address, where it does not stay", async () => {
    served = await serveRun(statusOf(), recordsOf(3));
    const refused = await open({}, `/#token=${encodeURIComponent("v~of-another-run")}`);
    await waitForText(refused, "#notice", "the credential is not of this run");
    expect(await textOf(refused, "#connection")).toBe("no access");
    const { observerToken } = served.authority;
    const page = await open({}, `/#token=${encodeURIComponent(observerToken)}`);
    await waitForText(page, "#connection", "live");
    expect(page.url()).toBe(`${served.url}/`);
    expect(await page.evaluate("sessionStorage.getItem('pcp-token')")).toBe(observerToken);
    expect(complaints).toEqual([]);
  });

  it("fits a phone", async () => {
    served = await serveRun(statusOf(), recordsOf(41));
    const page = await open({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await waitForText(page, "#journal", "w4 is out");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(await page.locator("#timeline .round").count()).toBe(8);
    await shot(page, "phone");
    expect(complaints).toEqual([]);
  });
});
