"""Exports many small models in one process and prints the events of each: `many_exports.py HELPER FILE NAME...`."""

import contextlib
import io
import json
import os
import sys
import tempfile

helper, file, *names = sys.argv[1:]
sys.path.insert(0, helper)

import pcp_export_main as main  # noqa: E402
from pcp_export import events  # noqa: E402


def export(name):
    """(exit code, events, module text) of one export."""
    lines = io.StringIO()
    events._channel = lines
    with tempfile.TemporaryDirectory() as folder:
        request = {
            "file": file, "name": name, "config": {}, "sizesOnly": False, "inputs": [], "methods": [], "seed": 0, "dtype": None,
            "loss": None, "eval": False, "out": folder, "weights": False, "check": True, "checkVjp": True, "dumpFx": False,
        }  # fmt: skip
        with contextlib.redirect_stdout(sys.stderr):
            code = main.guarded(lambda: main.run(request))
        path = os.path.join(folder, "module.mlir")
        text = open(path).read() if os.path.exists(path) else None
        path = os.path.join(folder, "manifest.json")
        manifest = json.load(open(path)) if os.path.exists(path) else None
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    return {"code": code, "events": [event for event in found if event["event"] != "progress"], "text": text, "manifest": manifest}


print(json.dumps({name: export(name) for name in names}))
