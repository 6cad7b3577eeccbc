"""Places workers on a Ray cluster: one restartable actor each, whose process is the worker.

Reads one JSON line from standard input: the request. Runs until all workers have ended; when standard input ends
or SIGTERM comes, workers are asked to end first. Lines of workers go to standard output as `[w0] ...`, what
happened to actors to standard error. Exit code 0: all done; 78: all refused; 1: else; 69: no cluster.
"""

import json
import os
import signal
import subprocess
import sys
import threading

EXIT_UNAVAILABLE = 69
EXIT_CONFIGURATION = 78
EXIT_USAGE = 2


def say(text):
    print(text, file=sys.stderr, flush=True)


class Worker:
    """An actor; its process ends with it, as its standard input does."""

    def __init__(self, index, command, environment, grace):
        self.index = index
        self.command = command
        self.environment = environment
        self.grace = grace
        self.process = None
        self.stopped = False
        self.lines = []
        self.lock = threading.Lock()

    def place(self):
        import ray

        context = ray.get_runtime_context()
        return {
            "host": os.uname().nodename,
            "node": context.get_node_id(),
            "restarted": bool(context.was_current_actor_reconstructed),
        }

    def run(self):
        """Runs the worker to its end; returns its exit code."""
        import ray

        with self.lock:
            if self.stopped:
                return 0
            restarted = ray.get_runtime_context().was_current_actor_reconstructed
            self.process = subprocess.Popen(
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
        for line in self.process.stdout:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            with self.lock:
                self.lines.append(text)
                # Nobody may be reading: the last ones count.
                del self.lines[:-1000]
        return self.process.wait()

    def take_lines(self):
        with self.lock:
            lines, self.lines = self.lines, []
        return lines

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
            os.killpg(process.pid, signal.SIGKILL)


def printable(text):
    return "".join(
        c if c == "\t" or (c >= " " and not "\x7f" <= c <= "\x9f") else f"\\x{ord(c):02x}"
        for c in text
    )


def drain_lines(ray, index, actor, timeout):
    try:
        lines = ray.get(actor.take_lines.remote(), timeout=timeout)
    except ray.exceptions.GetTimeoutError:
        return
    except ray.exceptions.RayError:
        return
    for line in lines:
        print(f"[w{index}] {printable(line)}", flush=True)


class Launch:
    def __init__(self, ray, request):
        self.ray = ray
        self.stopping = threading.Event()
        settings = request["resources"]
        remote = ray.remote(Worker).options(
            num_cpus=settings["cpus"],
            num_gpus=settings["gpus"],
            resources=settings["custom"],
            max_restarts=-1,
            max_task_retries=-1,
            # A running worker, its lines, and the wish that it end.
            max_concurrency=4,
        )
        self.actors = [
            remote.remote(
                index,
                request["command"],
                {**request["environment"], "PCP_WORKER_NAME": f"{request['name']}-{index}"},
                request["grace"],
            )
            for index in range(request["workers"])
        ]

    def watch_places(self, index, known):
        """Says where a worker is when that has changed; does not wait for a place."""
        reference = known.get(index)
        if reference is None:
            known[index] = self.actors[index].place.remote()
            return
        ready, _ = self.ray.wait([reference], timeout=0)
        if not ready:
            return
        known[index] = None
        try:
            place = self.ray.get(reference)
        except self.ray.exceptions.RayError:
            return
        last = known.get(("node", index))
        if last != place["node"]:
            known[("node", index)] = place["node"]
            how = "restarted" if last is not None or place["restarted"] else "placed"
            say(f"[w{index}] {how} on {place['host']} (node {place['node'][:8]})")

    def run(self):
        """Exit codes of all workers, by index."""
        running = {actor.run.remote(): index for index, actor in enumerate(self.actors)}
        codes, known = {}, {}
        asked = False
        while running:
            if self.stopping.is_set() and not asked:
                asked = True
                for index in running.values():
                    self.actors[index].stop.remote()
            ready, _ = self.ray.wait(list(running), timeout=0.5)
            for index in running.values():
                self.watch_places(index, known)
                drain_lines(self.ray, index, self.actors[index], 1)
            for reference in ready:
                index = running.pop(reference)
                drain_lines(self.ray, index, self.actors[index], 1)
                try:
                    codes[index] = self.ray.get(reference)
                    say(f"[w{index}] ended with exit code {codes[index]}")
                except self.ray.exceptions.RayError as error:
                    codes[index] = 1
                    say(f"[w{index}] lost: {printable(str(error).splitlines()[0])}")
        return codes


def watch_input(stop):
    for _ in sys.stdin:
        pass
    stop()


def main():
    request = json.loads(sys.stdin.readline())
    import ray

    try:
        ray.init(
            address=request["address"],
            namespace=request["name"],
            log_to_driver=False,
            logging_level="error",
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        say(f"no Ray cluster at '{request['address']}': {printable(str(error).splitlines()[0])}")
        return EXIT_UNAVAILABLE
    launch = Launch(ray, request)
    signal.signal(signal.SIGTERM, lambda *_: launch.stopping.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=watch_input, args=[launch.stopping.set], daemon=True).start()
    codes = launch.run().values()
    ray.shutdown()
    if launch.stopping.is_set() or all(code == 0 for code in codes):
        return 0
    return EXIT_CONFIGURATION if all(c in (EXIT_CONFIGURATION, EXIT_USAGE) for c in codes) else 1


if __name__ == "__main__":
    sys.exit(main())
