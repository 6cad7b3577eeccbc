/** @file Sees to it that children end with the process that supervises them, even when that one is killed outright. */
import type { Writable } from "node:stream";
import { execa } from "execa";

/**
 * A POSIX shell that is told of process groups on its standard input. When the input ends without `end` first,
 * the process that held the other side is gone: the leader of every group left is asked to end, and the groups are
 * killed 5 seconds later, which also reaches stopped processes.
 */
const SCRIPT = `
trap '' HUP INT TERM
groups=
while read -r verb group; do
  case $verb in
    add) groups="$groups $group" ;;
    remove)
      kept=
      for each in $groups; do [ "$each" = "$group" ] || kept="$kept $each"; done
      groups=$kept ;;
    end) exit 0 ;;
  esac
done
for group in $groups; do kill -s TERM "$group" 2>/dev/null; done
for second in 1 2 3 4 5; do
  alive=
  for group in $groups; do kill -s 0 -- "-$group" 2>/dev/null && alive=yes; done
  [ -n "$alive" ] || exit 0
  sleep 1
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/** Watches over process groups of this process's children. */
export class Reaper {
  private readonly input: Writable;
  private readonly ended: Promise<unknown>;

  private constructor(input: Writable, ended: Promise<unknown>) {
    this.input = input;
    this.ended = ended;
    // A reaper that somebody killed is no reason to end: children still watch their own standard input.
    input.on("error", () => {});
  }

  /** Starts the watching shell, in a process group of its own. */
  static start(env: Readonly<Record<string, string | undefined>>): Reaper {
    const shell = execa("/bin/sh", ["-c", SCRIPT], {
      cwd: "/",
      env: { PATH: env["PATH"] ?? "/usr/bin:/bin" },
      extendEnv: false,
      detached: true,
      cleanup: false,
      reject: false,
      stdin: "pipe",
      stdout: "ignore",
      stderr: "ignore",
    });
    return new Reaper(shell.stdin, shell);
  }

  /** From now on, the group ends with this process. */
  add(group: number): void {
    this.input.write(`add ${group}\n`);
  }

  /** The group has ended. */
  remove(group: number): void {
    this.input.write(`remove ${group}\n`);
  }

  /** Ends the watch; groups that are left stay. */
  async close(): Promise<void> {
    this.input.end("end\n");
    await this.ended;
  }
}
