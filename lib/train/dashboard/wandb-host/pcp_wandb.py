"""Hands a run's metrics to Weights & Biases: JSON lines come on stdin, and its end is the end of the run.

The first line is what wandb.init is given; every further one is what is logged. Notes for the user go to stdout, one JSON object a
line; what the package itself prints goes to stderr. The parent never waits for an answer.
"""

import json
import os
import signal
import sys


def open_notes():
    """Keeps stdout for notes; whatever else is printed goes to stderr."""
    notes = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    return notes


def tell(notes, **event):
    try:
        notes.write(json.dumps(event) + "\n")
    except OSError:
        pass  # The run has ended, and nobody reads on.


def one_line(error):
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]


def main():
    # Ctrl-C is the shepherd's to handle: it closes stdin when the run ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    notes = open_notes()
    start = json.loads(sys.stdin.readline())
    try:
        import wandb
    except ImportError:
        tell(notes, kind="missing")
        return 0
    try:
        run = wandb.init(**start)
        # Curves over what has been trained on, which goes on over a restart.
        run.define_metric("*", step_metric="tokens")
    except Exception as error:
        tell(notes, kind="failed", reason=one_line(error))
        return 1
    tell(notes, kind="open", url=getattr(run, "url", None), folder=getattr(run, "dir", None))
    for line in sys.stdin:
        try:
            run.log(json.loads(line))
        except Exception as error:
            tell(notes, kind="failed", reason=one_line(error))
            return 1
    run.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
