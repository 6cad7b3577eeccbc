/** @file The terminal dashboard: a snapshot on a screen, with a table of workers that scrolls, sorts and filters. */
import { Box, render, Text, useApp, useInput } from "ink";
import { type ReactElement, useEffect, useReducer, useRef, useState } from "react";
import type { Problem } from "#lib/support/problem.ts";
import { isProblem } from "#lib/support/problem.ts";
import { formatDuration } from "../progress.ts";
import type { RunStatus, WorkerStatus } from "../protocol/status.ts";
import { consumedPercent, liveOf, mfuWords, waitingWords, waitsLong } from "./plain.ts";
import { cell, cut, seen, shortAge, shortNumber, sparkline } from "./terminal-text.ts";
import { arranged, columnsFor, headLine, SORTS, type Sort, workerLine } from "./worker-view.ts";

/** Where snapshots come from. */
export interface RunSource {
  /** The snapshot, or why there is none just now. */
  status(): Promise<RunStatus | Problem>;
}

/** Width and height in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal's size and its changes. */
export interface Terminal {
  size(): TerminalSize;
  /** Calls back after each change; returns how to end that. */
  onResize(listener: () => void): () => void;
}

/** Lines above and below the rows of the table. */
const HEAD_LINES = 7;
const FOOT_LINES = 1;
const MAX_FPS = 10;

/** What the user has chosen to see. */
interface View {
  readonly sort: Sort;
  readonly reverse: boolean;
  readonly filter: string;
  /** The filter is being typed. */
  readonly typing: boolean;
  /** Rows scrolled past. */
  readonly first: number;
  readonly leaving: boolean;
}

const START: View = {
  sort: "worker",
  reverse: false,
  filter: "",
  typing: false,
  first: 0,
  leaving: false,
};
const NOBODY: readonly WorkerStatus[] = [];

function colorOf({ state, departure }: WorkerStatus): string {
  if (state === "gone") return departure === "left" || departure === "drained" ? "gray" : "red";
  if (state === "silent") return "red";
  if (state === "training" || state === "uploading") return "green";
  return state === "waiting" || state === "draining" ? "yellow" : "cyan";
}

/** A bar of `columns` whose part `done` (0 to 1) is filled. */
function bar(done: number, columns: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, done)) * columns);
  return "█".repeat(filled) + "░".repeat(columns - filled);
}

const decimal = (value: number | null): string => (value === null ? "-" : value.toFixed(4));

/** The lines above the table. */
export function headerLines(status: RunStatus, columns: number): readonly string[] {
  const { round, rounds, secondsLeft, checkpoint, recentRounds } = status;
  const left = ` ${seen(status.runId)}  ${seen(status.algorithm)}`;
  const right = `${status.state} · up ${formatDuration(status.uptimeSeconds)} `;
  const losses = ` loss ${decimal(status.loss)}  eval ${decimal(status.evalLoss)}  `;
  const curve = sparkline(
    recentRounds.flatMap(({ loss }) => (loss === null ? [] : [loss])),
    Math.max(0, columns - losses.length - 1),
  );
  const place = ` round ${round}/${rounds} `;
  const speed = `  ${shortNumber(status.tokens)} tokens  ${shortNumber(status.tokensPerSecond)} tok/s${mfuWords(status)}  ${secondsLeft === null ? "" : `${formatDuration(secondsLeft)} left`}`;
  const room = Math.max(5, Math.min(20, columns - place.length - speed.length));
  return [
    cell(left, columns - right.length) + right,
    place + bar(round / Math.max(1, rounds), room) + speed,
    losses + curve,
    ` workers ${liveOf(status)}/${status.workersWanted}  quorum ${status.quorum}  epoch ${status.data.epoch} ${consumedPercent(status)}  checkpoint ${checkpoint === null ? "none" : `${shortAge(checkpoint.ageSeconds)} ago`}`,
  ].map((line) => cell(line, columns));
}

interface ScreenProps {
  readonly status: RunStatus | null;
  readonly problem: string | null;
  readonly size: TerminalSize;
  readonly view: View;
}

function Footer({ view, shown, total, columns }: FooterProps): ReactElement {
  if (view.typing)
    return <Text>{cell(` filter: ${view.filter}▏  enter keeps, esc clears`, columns)}</Text>;
  const filter = view.filter === "" ? "" : `  filter '${view.filter}'`;
  const keys = ` q detach  s sort  r reverse  / filter  ↑↓ scroll  ${shown} of ${total}${filter}`;
  return <Text dimColor>{cell(keys, columns)}</Text>;
}
interface FooterProps {
  readonly view: View;
  readonly shown: string;
  readonly total: number;
  readonly columns: number;
}

const LOUD = { bold: true, color: "yellow" } as const;
const ALARM = { bold: true, color: "red" } as const;
const QUIET = { dimColor: true } as const;

interface NoticeProps {
  readonly status: RunStatus;
  readonly problem: string | null;
  readonly columns: number;
}

/** What is waited for, or that no more answers come. */
function Notice({ status, problem, columns }: NoticeProps): ReactElement {
  const isOver = status.state === "done" || status.state === "failed";
  const [text, look] = isOver
    ? ([`the run has ended: ${status.state}`, LOUD] as const)
    : problem !== null
      ? ([`no answer: ${problem}; trying again`, ALARM] as const)
      : ([waitingWords(status), waitsLong(status) ? LOUD : QUIET] as const);
  return (
    <Text wrap="truncate" {...look}>
      {cell(` ${text}`, columns)}
    </Text>
  );
}

/** One frame; it is one line lower than the terminal, as the cursor stands on the last one. */
function Screen({ status, problem, size, view }: ScreenProps): ReactElement {
  const { columns, rows } = size;
  if (status === null)
    return <Text>{cut(` ${seen(problem ?? "asking the shepherd ...")}   q detach`, columns)}</Text>;
  const room = roomOf(rows);
  const workers = arranged(status.workers, view.sort, view.reverse, view.filter);
  const first = Math.max(0, Math.min(view.first, workers.length - room));
  const sight = workers.slice(first, first + room);
  const shown = sight.length === 0 ? "0" : `${first + 1}-${first + sight.length}`;
  const [title, ...facts] = headerLines(status, columns);
  const table = columnsFor(columns, status.workers);
  return (
    <Box flexDirection="column" width={columns} height={rows - 1} overflow="hidden">
      <Text inverse>{title}</Text>
      {facts.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
        <Text key={index} wrap="truncate">
          {line}
        </Text>
      ))}
      <Notice status={status} problem={problem} columns={columns} />
      <Text wrap="truncate" bold>
        {headLine(table, view.sort, view.reverse)}
      </Text>
      {sight.map((worker) => (
        <Text
          key={`${worker.worker} ${worker.incarnation}`}
          wrap="truncate"
          color={colorOf(worker)}
        >
          {workerLine(worker, table)}
        </Text>
      ))}
      <Box flexGrow={1} />
      <Footer view={view} shown={shown} total={workers.length} columns={columns} />
    </Box>
  );
}

/** Rows of the table that fit. */
const roomOf = (rows: number): number => Math.max(1, rows - HEAD_LINES - FOOT_LINES);

/** A key, and what it is pressed over. */
interface Press {
  readonly input: string;
  readonly key: Keys;
  readonly workers: readonly WorkerStatus[];
  readonly rows: number;
}
type Keys = Parameters<Parameters<typeof useInput>[0]>[1];

/** The filter while it is typed. */
function afterTyping(view: View, { input, key }: Press): View {
  if (key.escape) return { ...view, typing: false, filter: "" };
  if (key.return) return { ...view, typing: false };
  if (key.backspace || key.delete) return { ...view, filter: view.filter.slice(0, -1) };
  return key.ctrl || key.meta ? view : { ...view, filter: seen(view.filter + input), first: 0 };
}

/** The view after a key. Keys that come before a frame is drawn build on one another. */
function afterKey(view: View, press: Press): View {
  if (view.typing) return afterTyping(view, press);
  const { input, key, workers } = press;
  const room = roomOf(press.rows);
  const to = (first: number): View => {
    const total = arranged(workers, view.sort, view.reverse, view.filter).length;
    return { ...view, first: Math.max(0, Math.min(first, total - room)) };
  };
  if (input === "q" || input === "Q") return { ...view, leaving: true };
  if (key.downArrow || input === "j") return to(view.first + 1);
  if (key.upArrow || input === "k") return to(view.first - 1);
  if (key.pageDown || input === " ") return to(view.first + room);
  if (key.pageUp) return to(view.first - room);
  if (input === "g") return to(0);
  if (input === "G") return to(workers.length);
  if (input === "/") return { ...view, typing: true };
  if (key.escape) return { ...view, filter: "", first: 0 };
  if (input === "r") return { ...view, reverse: !view.reverse, first: 0 };
  if (input === "s") {
    const next = SORTS[(SORTS.indexOf(view.sort) + 1) % SORTS.length] as Sort;
    return { ...view, sort: next, reverse: false, first: 0 };
  }
  return view;
}

interface TopProps {
  readonly source: RunSource;
  readonly terminal: Terminal;
  /** Milliseconds between snapshots. */
  readonly interval: number;
}

/** The dashboard: asks for snapshots, and never does anything to the run. */
export function Top({ source, terminal, interval }: TopProps): ReactElement {
  const { exit } = useApp();
  const [status, setStatus] = useState<RunStatus | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [size, setSize] = useState(terminal.size());
  const [view, press] = useReducer(afterKey, START);
  // A key may come between a frame and the effects that follow it: it sees what the frame shows.
  const latest = useRef({ workers: NOBODY, rows: size.rows });
  latest.current = { workers: status?.workers ?? NOBODY, rows: size.rows };
  useEffect(() => terminal.onResize(() => setSize(terminal.size())), [terminal]);
  useEffect(() => {
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const poll = async (): Promise<void> => {
      const answer = await source.status();
      if (ended) return;
      if (isProblem(answer)) setProblem(answer.problem);
      else {
        setProblem(null);
        setStatus(answer);
      }
      timer = setTimeout(() => void poll().catch(exit), interval);
    };
    void poll().catch(exit);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [source, interval, exit]);
  useEffect(() => {
    if (view.leaving) exit();
  }, [view.leaving, exit]);
  useInput((input, key) => {
    // What is typed fast, or pasted, comes as one: each character is a key.
    const several = [...input].length > 1;
    for (const character of several ? input : [input])
      press({
        input: character,
        key: several ? { ...key, return: character === "\r" } : key,
        ...latest.current,
      });
  });
  return <Screen status={status} problem={problem} size={size} view={view} />;
}

/** Streams of a real terminal. */
export interface TopStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

const ENTER = "\u001b[?1049h\u001b[H";
/** Shows the cursor and leaves the alternate screen. */
const LEAVE = "\u001b[?25h\u001b[?1049l";

interface ShowOptions {
  /** Milliseconds between snapshots. */
  readonly interval: number;
  readonly signal: AbortSignal;
  /** Has `giveBack` called, which gives the terminal back at once, when the process is about to end; returns how to end that. */
  readonly guard: (giveBack: () => void) => () => void;
}

/** Shows the dashboard on a terminal until the user leaves it or `signal` is aborted; the terminal is as before afterwards. */
export async function showTop(
  source: RunSource,
  { stdin, stdout }: TopStreams,
  { interval, signal, guard }: ShowOptions,
): Promise<void> {
  const terminal: Terminal = {
    // A terminal that does not know its size says 0.
    size: () => ({ columns: stdout.columns || 80, rows: Math.max(10, stdout.rows || 24) }),
    onResize(listener) {
      stdout.on("resize", listener);
      return () => stdout.off("resize", listener);
    },
  };
  stdout.write(ENTER);
  const app = render(<Top source={source} terminal={terminal} interval={interval} />, {
    stdin,
    stdout,
    exitOnCtrlC: true,
    patchConsole: false,
    maxFps: MAX_FPS,
  });
  let left = false;
  const giveBack = (): void => {
    app.unmount();
    if (!left) stdout.write(LEAVE);
    left = true;
  };
  const unguard = guard(giveBack);
  const leave = (): void => app.unmount();
  signal.addEventListener("abort", leave, { once: true });
  try {
    await app.waitUntilExit();
  } finally {
    signal.removeEventListener("abort", leave);
    unguard();
    giveBack();
  }
}
