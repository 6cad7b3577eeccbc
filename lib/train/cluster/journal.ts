/** @file The journal of a run on disk: one checked record per line, durable before it counts; torn tails are cut, damage is told. */
import { type FileHandle, open } from "node:fs/promises";
import { isProblem, messageOf, type Problem } from "#lib/support/problem.ts";
import type { FailPoint, JournalPort } from "../protocol/ports.ts";
import type { JournalBody, JournalRecord } from "../protocol/records.ts";
import { crc32c } from "../tensorboard.ts";

/** Name of the journal in the folder of a run. */
export const JOURNAL_FILE = "journal.jsonl";

const utf8 = new TextEncoder();
const NEWLINE = 0x0a;
/** Hexadecimal digits of the checksum, and a blank. */
const PREFIX = 9;

/** Checksum of a line's record, chained to that of the line before: a line that was moved, doubled or left out does not fit. */
const checksum = (previous: string, json: Uint8Array): string => {
  const chained = new Uint8Array(previous.length + json.length);
  chained.set(utf8.encode(previous));
  chained.set(json, previous.length);
  return crc32c(chained).toString(16).padStart(8, "0");
};

/** What a journal file holds. */
export interface JournalContents {
  readonly records: readonly JournalRecord[];
  /** Bytes up to the end of the last whole record. */
  readonly wholeBytes: number;
  /** Bytes after it, which a write that was cut short has left. */
  readonly tornBytes: number;
  /** Checksum of the last record, to which the next one is chained. */
  readonly chain: string;
}

const FIRST_CHAIN = "00000000";

/** One line without its newline; null where checksum, chain, JSON or sequence number is not right. */
function parseLine(
  line: Uint8Array,
  chain: string,
  sequence: number,
): { record: JournalRecord; chain: string } | null {
  if (line.length <= PREFIX) return null;
  const found = new TextDecoder("latin1").decode(line.subarray(0, PREFIX - 1));
  const json = line.subarray(PREFIX);
  if (found !== checksum(chain, json)) return null;
  try {
    const record = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)) as unknown;
    if (typeof record !== "object" || record === null) return null;
    const whole = record as JournalRecord;
    return whole.sequence === sequence ? { record: whole, chain: found } : null;
  } catch {
    return null;
  }
}

/** Whether a whole record, whatever its place, begins at one of the lines: then damage before it is no torn tail. */
function holdsRecord(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, at);
    if (newline === -1) return false;
    const text = new TextDecoder().decode(bytes.subarray(at, newline));
    if (/^[0-9a-f]{8} \{.*\}$/.test(text)) {
      try {
        JSON.parse(text.slice(PREFIX));
        return true;
      } catch {
        // Not a record; perhaps a later line is one.
      }
    }
    at = newline + 1;
  }
  return false;
}

/**
 * Reads the bytes of a journal. What follows the last whole record is a torn tail, unless whole lines follow the damage: then the
 * journal is damaged in its middle, and the line is named.
 */
export function parseJournal(bytes: Uint8Array, name: string): JournalContents | Problem {
  const records: JournalRecord[] = [];
  let [at, chain] = [0, FIRST_CHAIN];
  while (at < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, at);
    const line = newline === -1 ? null : bytes.subarray(at, newline);
    const parsed = line === null ? null : parseLine(line, chain, records.length);
    if (parsed === null) {
      const rest = newline === -1 ? new Uint8Array() : bytes.subarray(newline + 1);
      if (holdsRecord(rest))
        return { problem: `journal '${name}' is damaged at line ${records.length + 1}` };
      break;
    }
    records.push(parsed.record);
    chain = parsed.chain;
    at = newline + 1;
  }
  return { records, wholeBytes: at, tornBytes: bytes.length - at, chain };
}

/** Reads a journal file, also of a run that goes on; a file that is not there holds nothing. */
export async function readJournal(path: string): Promise<JournalContents | Problem> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      return { records: [], wholeBytes: 0, tornBytes: 0, chain: FIRST_CHAIN };
    return { problem: `cannot read journal '${path}': ${messageOf(error)}` };
  }
  try {
    return parseJournal(await file.readFile(), path);
  } catch (error) {
    return { problem: `cannot read journal '${path}': ${messageOf(error)}` };
  } finally {
    await file.close();
  }
}

interface Waiting {
  readonly line: Uint8Array;
  readonly record: JournalRecord;
  readonly resolve: (record: JournalRecord) => void;
  readonly reject: (error: Error) => void;
}

/** Appends records to a journal file. */
export class Journal implements JournalPort {
  /** Records that were there when the file was opened. */
  readonly records: readonly JournalRecord[];
  private readonly path: string;
  private readonly file: FileHandle;
  private readonly now: () => number;
  private readonly failPoint: FailPoint;
  private sequence: number;
  private chain: string;
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;
  private failure: Error | null = null;

  private constructor(
    path: string,
    file: FileHandle,
    contents: JournalContents,
    now: () => number,
    failPoint: FailPoint,
  ) {
    this.path = path;
    this.file = file;
    this.records = contents.records;
    this.sequence = contents.records.length;
    this.chain = contents.chain;
    this.now = now;
    this.failPoint = failPoint;
  }

  /**
   * Opens a journal to append to, cutting off a torn tail.
   *
   * @param now - milliseconds since the epoch.
   * @param note - told of a tail that was cut off.
   */
  static async open(
    path: string,
    now: () => number,
    note: (text: string) => void,
    failPoint: FailPoint = () => {},
  ): Promise<Journal | Problem> {
    const contents = await readJournal(path);
    if (isProblem(contents)) return contents;
    let file: FileHandle | null = null;
    try {
      file = await open(path, "a+", 0o600);
      if (contents.tornBytes > 0) {
        await file.truncate(contents.wholeBytes);
        await file.datasync();
        note(
          `journal: ${contents.tornBytes} bytes of a record that was cut short are left out after record ${contents.records.length}`,
        );
      }
      return new Journal(path, file, contents, now, failPoint);
    } catch (error) {
      await file?.close();
      return { problem: `cannot write journal '${path}': ${messageOf(error)}` };
    }
  }

  /** As {@link JournalPort.append}; records that wait together reach the disk together. */
  append(body: JournalBody): Promise<JournalRecord> {
    if (this.failure !== null) return Promise.reject(this.failure);
    const record: JournalRecord = { ...body, sequence: this.sequence, at: this.now() };
    const json = utf8.encode(JSON.stringify(record));
    this.chain = checksum(this.chain, json);
    this.sequence++;
    const line = new Uint8Array(PREFIX + json.length + 1);
    line.set(utf8.encode(`${this.chain} `));
    line.set(json, PREFIX);
    line[line.length - 1] = NEWLINE;
    return new Promise((resolve, reject) => {
      this.waiting.push({ line, record, resolve, reject });
      this.writing ??= this.write();
    });
  }

  /** Writes what waits until nothing does; `writing` is cleared in the same turn in which that is seen. */
  private async write(): Promise<void> {
    // Records of one turn of the event loop make one group.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      try {
        await this.writeGroup(group.map(({ line }) => line));
      } catch (error) {
        this.failure = new Error(`cannot write journal '${this.path}': ${messageOf(error)}`);
        for (const { reject } of [...group, ...this.waiting]) reject(this.failure);
        this.waiting = [];
        break;
      }
      for (const { resolve, record } of group) resolve(record);
    }
    this.writing = null;
  }

  private async writeGroup(lines: readonly Uint8Array[]): Promise<void> {
    const bytes = new Uint8Array(lines.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const line of lines) {
      bytes.set(line, at);
      at += line.length;
    }
    // In two parts, so that a process can be ended between them.
    const half = bytes.length >> 1;
    await this.file.appendFile(bytes.subarray(0, half));
    this.failPoint("journal.torn");
    await this.file.appendFile(bytes.subarray(half));
    this.failPoint("journal.before-sync");
    await this.file.datasync();
  }

  /** Waits for what is being written and closes the file. */
  async close(): Promise<void> {
    while (this.writing !== null) await this.writing;
    await this.file.close();
  }
}
