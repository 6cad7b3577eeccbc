/** @file Handing one slot in: upload, submit, hear what became of it, fetch what was merged; all of it while training goes on. */
import type { SubmitRequest } from "./messages.ts";
import type { Clock, FailPoint, ShepherdApi } from "./ports.ts";
import type { Rejection } from "./records.ts";
import type { Base, OutgoingUpdate, WorkerFragments } from "./worker-fragments.ts";
import { LifeOver, type WorkerLife } from "./worker-life.ts";

export type HandInOutcome =
  | { readonly kind: "rejected"; readonly why: Rejection; readonly detail: string }
  /** Indices of fragments, and their global values. */
  | {
      readonly kind: "merged";
      readonly fragments: readonly number[];
      readonly bases: readonly Base[];
    };

export interface HandInContext {
  readonly life: WorkerLife;
  readonly api: ShepherdApi;
  readonly clock: Clock;
  readonly failPoint: FailPoint;
  readonly fragments: WorkerFragments;
  readonly updates: readonly OutgoingUpdate[];
  readonly request: SubmitRequest;
  /** Inner steps of the worker's life at which the result is taken over. */
  readonly dueAt: number;
  /** The hand-in before this one, which the shepherd has to have first. */
  readonly after: HandIn | null;
}

export class HandIn {
  readonly dueAt: number;
  readonly round: number;
  readonly updates: readonly OutgoingUpdate[];
  /** Resolves when the shepherd has it, or does not want it. */
  readonly accepted: Promise<void>;
  readonly outcome: Promise<HandInOutcome>;
  #markAccepted: () => void = () => undefined;
  readonly #released: Promise<void>;
  #release: () => void = () => undefined;

  constructor(context: HandInContext) {
    this.dueAt = context.dueAt;
    this.round = context.request.round;
    this.updates = context.updates;
    this.accepted = new Promise((resolve) => {
      this.#markAccepted = resolve;
    });
    this.#released = new Promise((resolve) => {
      this.#release = resolve;
    });
    this.outcome = this.#run(context).finally(() => this.#markAccepted());
    // Whoever takes over hears of a failure; where nobody does, the worker's stay is over anyway.
    this.outcome.catch(() => undefined);
  }

  /** The shepherd may hear of it; until then it is only uploaded. */
  release(): void {
    this.#release();
  }

  async #run(context: HandInContext): Promise<HandInOutcome> {
    const { life, api, clock, failPoint, fragments, updates, after } = context;
    let uploadMs = 0;
    const upload = async (update: OutgoingUpdate): Promise<void> => {
      const began = clock.monotonic();
      await life.call("uploading", () => fragments.upload(update));
      uploadMs += Math.max(0, clock.monotonic() - began);
    };
    for (const update of updates) {
      failPoint("worker.before-upload");
      await upload(update);
    }
    failPoint("worker.after-upload");
    await life.within(this.#released);
    if (after !== null) await life.within(after.accepted);
    for (;;) {
      const request = { ...context.request, uploadMs: Math.round(uploadMs) };
      const reply = await life.call("handing in", () => api.submit(request));
      if (reply.kind === "rejected") return reply;
      if (reply.kind === "missing") {
        for (const update of updates)
          if (reply.digests.includes(update.digest)) await upload(update);
        await life.pause();
        continue;
      }
      this.#markAccepted();
      failPoint("worker.after-submit");
      const outcome = await this.#hear(context);
      if (outcome !== null) return outcome;
      await life.pause();
    }
  }

  /** What became of it; null where it is to be handed in again, because the shepherd may have forgotten it. */
  async #hear({ life, api, fragments, request }: HandInContext): Promise<HandInOutcome | null> {
    const { worker, incarnation, lease, round, slot } = request;
    return life.call("asking for the result", async () => {
      const reply = await api.result({ worker, incarnation, lease, round, slot });
      if (reply.kind === "dismissed") {
        life.end(reply);
        throw new LifeOver(reply);
      }
      if (reply.kind === "wait") return null;
      if (reply.kind === "rejected") return reply;
      const bases = await Promise.all(reply.fragments.map((one) => fragments.fetch(one)));
      return { kind: "merged", fragments: reply.fragments.map(({ fragment }) => fragment), bases };
    });
  }
}
