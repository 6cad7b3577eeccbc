"""Runs one export: reads a request file, writes results into a folder, reports in JSON lines on standard output.

    python pcp_export_main.py request.json
"""

import json
import os
import sys
import time
import traceback

# Packages come from where Python found them, never from beside this file.
_HERE = os.path.dirname(os.path.realpath(__file__))
if _HERE not in sys.path:
    sys.path.insert(0, _HERE)

from pcp_export import events  # noqa: E402
from pcp_export.events import INTERNAL, MISSING, OK, Problem, Problems, emit, progress  # noqa: E402


def probe():
    """Versions of the packages that an export needs, or a problem that says which one is missing."""
    from importlib import metadata

    versions, missing = {"python": ".".join(str(part) for part in sys.version_info[:3])}, []
    for package in ("torch", "torch-mlir", "numpy"):
        try:
            versions[package] = metadata.version(package).split("+")[0]
        except metadata.PackageNotFoundError:
            missing.append(package)
    if sys.version_info < (3, 10):
        raise Problem(MISSING, f"Python {versions['python']} is too old; 3.10 or newer is needed")
    if missing:
        raise Problem(MISSING, f"Python has no {' and no '.join(missing)}")
    return versions


def run(request):
    versions = probe()
    progress("loading torch")
    try:
        import torch
        import torch_mlir  # noqa: F401

        from pcp_export import capture, check, graph, inputs, load, lower, manifest
    except (ImportError, OSError) as error:
        raise Problem(MISSING, f"torch or torch-mlir is installed but does not load: {error}") from None

    torch.set_num_threads(1)
    started = time.monotonic()
    progress("loading the model")
    module = load.load_file(request["file"])
    factory = load.find(module, request["name"], request["file"])
    config = request["config"]
    if config and not load.takes_config(factory) and not request["sizesOnly"]:
        raise Problem(events.USAGE, f"a config is given, but '{request['name']}' takes no argument")
    model, recorder, given = load.build(factory, config, request["dtype"], request["seed"])
    make = getattr(module, "example_inputs", None) if given is None else lambda: given
    examples = inputs.ExampleInputs(request["inputs"], make, load.Config(config), config)
    methods = check.methods(model, request["methods"])
    runner = check.Runner(model, examples, request)
    progress("exporting")
    captured = []
    for method, function, asked in methods:
        model.train(function == "main" and not request["eval"])
        torch.manual_seed(request["seed"])
        try:
            captured.append(capture.capture(model, method, function, examples.of(method, getattr(model, method))))
        except (Problem, Problems) as error:
            if asked:
                raise
            first = error if isinstance(error, Problem) else error.problems[0]
            events.warn(f"'{method}' is left out: {first.message}", first.place)
    state, functions = graph.normalise(model, captured, request["loss"])
    if request["dumpFx"]:
        with open(os.path.join(request["out"], "fx.txt"), "w", encoding="utf-8") as file:
            for each in captured:
                file.write(f"# @{each.function}: {each.method}\n{each.program.graph}\n\n")
    progress("checking against the model")
    loss = runner.eager_loss(captured[0], functions[0], state)
    progress("lowering to StableHLO")
    text, generic = lower.lower(functions)
    described = manifest.describe(request, versions, config, state, functions, recorder, loss)
    with open(os.path.join(request["out"], "module.mlir"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(request["out"], "generic.mlir"), "w", encoding="utf-8") as file:
        file.write(generic)
    with open(os.path.join(request["out"], "manifest.json"), "w", encoding="utf-8") as file:
        file.write(manifest.text(described))
    if request["weights"]:
        manifest.write_tensors(
            os.path.join(request["out"], "weights.safetensors"), {each.name: each.value for each in state}
        )
    if request["check"]:
        progress("running two batches eagerly")
        runner.write_batches(captured[0], functions[0], state)
    emit("done", seconds=round(time.monotonic() - started, 3), versions=versions)


def guarded(work):
    """Runs `work`, turns what it raises into events and returns the exit code."""
    try:
        work()
        return OK
    except Problem as problem:
        problem.send()
        return problem.code
    except Problems as several:
        for problem in several.problems:
            problem.send()
        return several.problems[0].code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        traceback.print_exc()
        first = str(error).splitlines()[0] if str(error) else ""
        emit("error", code=INTERNAL, message=f"the export helper failed: {type(error).__name__}: {first}")
        return INTERNAL


def main():
    events.open_channel()
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    if request.get("probe"):
        return guarded(lambda: emit("done", seconds=0, versions=probe()))
    return guarded(lambda: run(request))


if __name__ == "__main__":
    sys.exit(main())
