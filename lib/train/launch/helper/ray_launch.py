"""Places workers on a Ray cluster: one restartable actor each, whose process is the worker.

Reads one JSON line from standard input: the request. Runs until all workers have ended; when standard input ends
or SIGTERM comes, workers are asked to end first. Lines of workers go to standard output as `[w0] ...`, what
happened to actors to standard error. Exit code 0: all done; 78: all refused; 69: no cluster; 1: else.
"""

import json
import os
import signal
import subprocess
import sys
import threading

EXIT_USAGE = 2
EXIT_UNAVAILABLE = 69
EXIT_CONFIGURATION = 78

# Ray prints on standard output as well: that goes where its other messages go.
LINES = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)

import ray  # noqa: E402


def say(text):
    print(text, file=sys.stderr, flush=True)


def printable(text):
    return "".join(
        c if c == "\t" or (c >= " " and not "\x7f" <= c <= "\x9f") else f"\\x{ord(c):02x}"
        for c in text
    )


class Worker:
    """An actor; its process ends with it, as its standard input does."""

    def __init__(self, command, environment, grace):
        self.command = command
        self.environment = environment
        self.grace = grace
        self.process = None
        self.stopped = False
        self.lines = []
        self.lock = threading.Lock()

    def read(self, stream):
        for line in stream:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            with self.lock:
                self.lines.append(text)
                # Nobody may be asking for them: the last ones count.
                del self.lines[:-1000]

    # The one call that is made again on the actor that takes a lost one's place.
    @ray.method(max_task_retries=-1)
    def run(self):
        """Runs the worker to its end; returns its exit code."""
        restarted = ray.get_runtime_context().was_current_actor_reconstructed
        with self.lock:
            if self.stopped:
                return 0
            process = self.process = subprocess.Popen(
                self.command,
                env={
                    **os.environ,
                    **self.environment,
                    "PCP_EXIT_WITH_PARENT": "1",
                    "PCP_RESTARTS": "1" if restarted else "0",
                },
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        reader = threading.Thread(target=self.read, args=[process.stdout], daemon=True)
        reader.start()
        code = process.wait()
        self.kill_group(process)
        reader.join(2)
        return code

    def kill_group(self, process):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def look(self):
        """Where the actor is, and the lines since the last look."""
        context = ray.get_runtime_context()
        with self.lock:
            lines, self.lines = self.lines, []
        return {"host": os.uname().nodename, "node": context.get_node_id(), "lines": lines}

    @ray.method(max_task_retries=-1)
    def stop(self):
        with self.lock:
            self.stopped = True
            process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(self.grace)
        except subprocess.TimeoutExpired:
            self.kill_group(process)


class Launch:
    """All workers of a request, as the driver sees them."""

    def __init__(self, request, stopping):
        self.stopping = stopping
        needs = request["resources"]
        remote = ray.remote(Worker).options(
            num_cpus=needs["cpus"],
            num_gpus=needs["gpus"],
            resources=needs["custom"],
            max_restarts=-1,
            # A running worker, a look at it, and the wish that it end.
            max_concurrency=4,
        )
        self.actors = [
            remote.remote(
                request["command"],
                {**request["environment"], "PCP_WORKER_NAME": f"{request['name']}-{index}"},
                request["grace"],
            )
            for index in range(request["workers"])
        ]
        self.nodes = {}

    def show(self, index, seen):
        last, node = self.nodes.get(index), seen["node"]
        if last != node:
            self.nodes[index] = node
            how = "placed" if last is None else "restarted"
            say(f"[w{index}] {how} on {seen['host']} (node {node[:12]})")
        for line in seen["lines"]:
            print(f"[w{index}] {printable(line)}", file=LINES, flush=True)

    def take(self, index, reference):
        """Shows what a look has seen; an actor that is being moved cannot be looked at."""
        try:
            self.show(index, ray.get(reference))
        except ray.exceptions.RayError:
            pass

    def finish(self, index, reference):
        """The exit code of a worker that has ended."""
        last = self.actors[index].look.remote()
        if ray.wait([last], timeout=5)[0]:
            self.take(index, last)
        try:
            code = ray.get(reference)
        except ray.exceptions.RayError as error:
            say(f"[w{index}] lost: {printable(str(error).splitlines()[0])}")
            return 1
        say(f"[w{index}] ended with exit code {code}")
        return code

    def run(self):
        """Exit codes of all workers."""
        running = {actor.run.remote(): index for index, actor in enumerate(self.actors)}
        looks, codes = {}, []
        asked = False
        while running:
            if self.stopping.is_set() and not asked:
                asked = True
                for index in running.values():
                    self.actors[index].stop.remote()
            watched = set(looks.values())
            for index in running.values():
                if index not in watched:
                    looks[self.actors[index].look.remote()] = index
            ready, _ = ray.wait(list(running), num_returns=len(running), timeout=0.5)
            seen, _ = ray.wait(list(looks), num_returns=len(looks), timeout=0)
            for reference in seen:
                self.take(looks.pop(reference), reference)
            for reference in ready:
                codes.append(self.finish(running.pop(reference), reference))
        return codes


def watch_input(stop):
    for _ in sys.stdin:
        pass
    stop()


def main():
    request = json.loads(sys.stdin.readline())
    stopping = threading.Event()
    connected = threading.Event()

    def stop(*_):
        stopping.set()
        if not connected.is_set():
            # Ray tries for a minute to reach its cluster, and cannot be asked to give that up.
            os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=watch_input, args=[stop], daemon=True).start()
    try:
        ray.init(address=request["address"], log_to_driver=False, logging_level="error")
    except (ConnectionError, RuntimeError, ValueError) as error:
        say(f"no Ray cluster at '{request['address']}': {printable(str(error).splitlines()[0])}")
        return EXIT_UNAVAILABLE
    connected.set()
    codes = Launch(request, stopping).run()
    ray.shutdown()
    if stopping.is_set() or all(code == 0 for code in codes):
        return 0
    refused = all(code in (EXIT_CONFIGURATION, EXIT_USAGE) for code in codes)
    return EXIT_CONFIGURATION if refused else 1


if __name__ == "__main__":
    sys.exit(main())
