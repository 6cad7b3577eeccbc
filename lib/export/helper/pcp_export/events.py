"""Events of one export, one JSON object a line; everything else that Python prints goes to standard error."""

import json
import os
import sys

# Exit codes, shared with lib/export/protocol.ts.
OK, USAGE, LOAD, CAPTURE, UNSUPPORTED, LOWERING, PARITY, MISSING, INTERNAL = 0, 2, 3, 4, 5, 6, 7, 9, 70

_channel = None


def open_channel():
    """Takes standard output for events and points file descriptor 1 at standard error for whoever prints."""
    global _channel
    _channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr


def emit(event, **fields):
    """Sends one event to the parent process."""
    _channel.write(json.dumps({"event": event, **fields}) + "\n")
    _channel.flush()


class Problem(Exception):
    """A mistake that the user can mend: one line, with the place in the user's file where it is known."""

    def __init__(self, code, message, place=None):
        super().__init__(message)
        self.code, self.message, self.place = code, message, place

    def send(self):
        emit("error", code=self.code, message=self.message, **_located(self.place))


class Problems(Exception):
    """Several problems found in one go."""

    def __init__(self, problems):
        super().__init__(problems[0].message)
        self.problems = list({(each.message, each.place): each for each in problems}.values())


def warn(message, place=None):
    """Something the user should know and that does not stop the export."""
    emit("warning", message=message, **_located(place))


def note(message, place=None):
    """Something that is said once and needs no action."""
    emit("note", message=message, **_located(place))


def progress(step):
    emit("progress", step=step)


def _located(place):
    return {} if place is None else {"file": place[0], "line": place[1]}
