/** @file Samples text from a trained model, one token at a time through its logits function. */
import { RandomStream, STREAMS } from "#lib/data/philox.ts";
import type { Tokenizer } from "#lib/data/tokenizer.ts";
import { EngineError } from "#lib/runtime/engine.ts";
import { readNumber, type Tensor } from "#lib/tensors/tensor.ts";
import type { Machine } from "./machine.ts";

export interface SamplingOptions {
  /** Divides the logits; 0 takes the largest. */
  readonly temperature: number;
  /** Samples from the k largest only; 0: from all. */
  readonly topK: number;
  readonly seed: number;
  /** Tokens to sample. */
  readonly count: number;
}

/** Picks a token from a row of logits by a uniform number in [0, 1). */
export function pickToken(
  logits: Float64Array,
  { temperature, topK }: Pick<SamplingOptions, "temperature" | "topK">,
  uniform: number,
): number {
  const order = [...logits.keys()].sort(
    (a, b) => (logits[b] as number) - (logits[a] as number) || a - b,
  );
  if (temperature === 0) return order[0] as number;
  const kept = topK > 0 ? order.slice(0, topK) : order;
  const largest = logits[kept[0] as number] as number;
  const weights = kept.map((token) =>
    Math.exp(((logits[token] as number) - largest) / temperature),
  );
  let rest = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return kept[index] as number;
  }
  return kept.at(-1) as number;
}

/** Tokens that fit the model at once, and the name of its argument. @throws EngineError where there is no such function. */
function logitsShape(machine: Machine): { name: string; length: number; rows: number } {
  const info = machine.function("logits");
  const data = info.args.find(({ role }) => role === "data");
  const [rows, length] = data?.shape ?? [];
  if (
    data === undefined ||
    data.name === null ||
    typeof rows !== "number" ||
    typeof length !== "number"
  )
    throw new EngineError("@logits takes no tokens of a known shape");
  return { name: data.name, length, rows };
}

/** Logits of the position that follows `context`, whose last tokens are taken. */
async function nextLogits(machine: Machine, context: readonly number[]): Promise<Float64Array> {
  const { name, length, rows } = logitsShape(machine);
  const shown = context.slice(-length);
  const data = new BigInt64Array(rows * length);
  // What follows the context does not matter to a causal model.
  shown.forEach((token, index) => {
    data[index] = BigInt(token);
  });
  const tokens: Tensor = { dtype: "i64", shape: [rows, length], data };
  const [logits] = (await machine.evaluate("logits", new Map([[name, tokens]]), [0])) as [Tensor];
  const vocabularySize = logits.shape.at(-1) as number;
  const start = (shown.length - 1) * vocabularySize;
  return Float64Array.from({ length: vocabularySize }, (_, i) => readNumber(logits, start + i));
}

/**
 * Tokens of a prompt. @throws EngineError where there are none, or some that the model does not know
 * @param what - what messages call the prompt.
 */
export function promptTokens(tokenizer: Tokenizer, prompt: string, what = "the prompt"): number[] {
  const tokens = tokenizer.encode(prompt);
  if (tokens === null)
    throw new EngineError(
      tokenizer.name === "u16"
        ? `${what} must be token numbers below ${tokenizer.vocabularySize}, such as "1 2 3"`
        : `${what} has characters that are not in the model's vocabulary`,
    );
  if (tokens.length === 0)
    throw new EngineError(
      `${what} is empty: give at least one ${tokenizer.name === "u16" ? "token number" : "character"}`,
    );
  return tokens;
}

/** Samples `count` tokens after a prompt. @throws EngineError where the prompt has a byte outside the vocabulary. */
export async function sampleText(
  machine: Machine,
  tokenizer: Tokenizer,
  prompt: string,
  options: SamplingOptions,
  signal?: AbortSignal,
): Promise<string> {
  const context = promptTokens(tokenizer, prompt);
  const random = new RandomStream(options.seed, STREAMS.sampling);
  const sampled: number[] = [];
  for (let i = 0; i < options.count && signal?.aborted !== true; i++) {
    const logits = await nextLogits(machine, context);
    const token = pickToken(logits, options, random.uniform(i));
    context.push(token);
    sampled.push(token);
  }
  return tokenizer.decode(sampled);
}
