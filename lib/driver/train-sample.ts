/** @file `pcp-train sample`: text from a checkpoint. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import {
  byteTokenizer,
  charTokenizer,
  type Tokenizer,
  U16_TOKENS,
  u16Tokenizer,
} from "#lib/data/tokenizer.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import {
  bestCheckpoint,
  type Checkpoint,
  findCheckpoint,
  listCheckpoints,
  loadCheckpoint,
  MODULE_FILE,
} from "#lib/train/checkpoint.ts";
import { sampleText } from "#lib/train/generate.ts";
import { Machine } from "#lib/train/machine.ts";
import { logitsWidth } from "#lib/train/prepare.ts";
import { fail, TOOL, withEngine } from "./train-common.ts";

interface SampleOptions {
  readonly checkpoint: string;
  readonly best?: boolean;
  readonly prompt: string;
  readonly tokens: string;
  readonly temperature: string;
  readonly topK: string;
  readonly seed: string;
  readonly engine: string;
  readonly device?: string;
}

function tokenizerOf({ manifest }: Checkpoint, vocabulary: number): Tokenizer {
  const { name, alphabet } = manifest.tokenizer;
  if (name === "char" && alphabet !== null) return charTokenizer(alphabet);
  return name === "u16" ? u16Tokenizer(vocabulary) : byteTokenizer();
}

async function runSample(io: ToolIo, options: SampleOptions): Promise<number> {
  const numbers = [options.tokens, options.temperature, options.topK, options.seed].map(Number);
  const [count, temperature, topK, seed] = numbers as [number, number, number, number];
  const whole = [count, topK, seed].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (!whole || !Number.isFinite(temperature) || temperature < 0 || options.prompt === "") {
    io.stderr.write(
      `${TOOL}: error: --tokens, --top-k and --seed take whole numbers from 0, --temperature a number from 0, --prompt at least one character\n`,
    );
    return EXIT.usage;
  }
  if (options.engine !== "iree" && options.engine !== "interp") {
    io.stderr.write(
      `${TOOL}: error: --engine must be iree or interp, but got '${options.engine}'\n`,
    );
    return EXIT.usage;
  }
  const path = resolve(io.cwd, options.checkpoint);
  const found =
    (options.best === true ? bestCheckpoint(listCheckpoints(path)) : null) ?? findCheckpoint(path);
  if (isProblem(found)) return fail(io, found.problem);
  const tensors = await loadCheckpoint(found);
  if (isProblem(tensors)) return fail(io, tensors.problem);
  const modulePath = join(dirname(found.path), MODULE_FILE);
  if (!existsSync(modulePath))
    return fail(io, `'${modulePath}' is missing: it is written beside a run's checkpoints`);
  const text = readFileSync(modulePath, "utf8");
  const note = (line: string): void => io.stderr.write(`${TOOL}: ${line}\n`);
  return withEngine(
    io,
    { engine: options.engine, device: options.device },
    note,
    async (engine) => {
      const machine = new Machine(
        engine,
        await engine.load({ kind: "mlir", name: modulePath, text }),
      );
      await machine.set(tensors.weights);
      const sampled = await sampleText(
        machine,
        tokenizerOf(found, logitsWidth(machine.module.functions) ?? U16_TOKENS),
        options.prompt,
        { temperature, topK, seed, count },
        io.signal,
      );
      io.stdout.write(`${options.prompt}${sampled}\n`);
      return EXIT.ok;
    },
  );
}

/** Adds the command. */
export function addSample(command: Command, io: ToolIo, end: (code: number) => void): void {
  command
    .command("sample")
    .description("print text sampled from a checkpoint")
    .requiredOption("--checkpoint <folder>", "a checkpoint, or the folder of a run (its last one)")
    .option("--best", "the checkpoint with the lowest evaluation loss")
    .option("--prompt <text>", "beginning of the text", "\n")
    .option("--tokens <n>", "tokens to sample", "200")
    .option("--temperature <x>", "divides the logits; 0 takes the likeliest token", "0.8")
    .option("--top-k <n>", "sample from the k likeliest only; 0: all", "0")
    .option("--seed <n>", "selects the random numbers", "0")
    .option("--engine <name>", "iree or interp", "iree")
    .option("--device <uri>", "IREE device, such as local-task")
    .action(async (options: SampleOptions) => end(await runSample(io, options)));
}
