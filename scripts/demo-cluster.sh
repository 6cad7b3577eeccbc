#!/bin/sh
# A distributed run on this machine: a shepherd and two workers as processes of their own. One worker is killed in mid-round, a third
# one joins later, and the run goes on to its end. With IREE in .venv a model of 0.8 M parameters; without it a smaller one on the
# built-in interpreter.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/build/bin:$PATH
export PATH
out=build/demo
run=$out/cluster
mkdir -p "$out"

if [ -x .venv/bin/iree-compile ] && [ -x build/bin/iree-compile ]; then
  set -- --config examples/nanochat/cluster.json
  backend=cpu
else
  echo 'IREE is not installed: going on with the interpreter and a smaller model'
  set -- --config examples/nanochat/cluster.json --model examples/nanochat/small.mlir \
    --set "manifest_path=$PWD/examples/nanochat/small.manifest.json" --engine interp --tau 40
  backend=interp
fi

node scripts/gather-text.mjs "$out/text.txt" >/dev/null

# Whatever happens, no process stays behind.
children=
finish() {
  for child in $children; do kill "$child" 2>/dev/null || true; done
  wait 2>/dev/null || true
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n== %s\n' "$*"; }

# Waits until a file says something, as long as the shepherd lives.
await() {
  until grep -q "$1" "$2" 2>/dev/null; do
    kill -0 "$shepherd" 2>/dev/null || { echo 'the shepherd has ended too early' >&2; exit 1; }
    sleep 0.2
  done
}

# Types what the shepherd has printed, as on another machine.
start_worker() {
  sh -c "exec $(cat "$out/join.txt") --name $1 --backend $backend --state-dir $out/cluster-workers" \
    >"$out/$1.log" 2>&1 &
  worker=$!
  children="$children $worker"
}

say "a shepherd: pcp-train --shepherd $*"
rm -rf "$out/cluster-workers" "$out/shepherd.log"
pcp-train --shepherd "$@" --checkpoint-dir "$run" --overwrite --port 0 \
  >"$out/join.txt" 2>"$out/shepherd.log" &
shepherd=$!
children=$shepherd
await 'workers join with' "$out/shepherd.log"
tail -f "$out/shepherd.log" &
children="$children $!"

say 'two workers, alice and bob, each with the line that the shepherd printed'
start_worker alice
start_worker bob
bob=$worker

await '"kind":"open","round":2' "$run/journal.jsonl"
sleep 0.5
say 'bob is killed in mid-round (SIGKILL)'
kill -KILL "$bob"

await 'bob is out' "$out/shepherd.log"
say 'the run goes on without bob, and carol joins'
start_worker carol

wait "$shepherd"
say 'where the run stands, and its last records'
pcp-train status "$run"
pcp-train journal "$run" | tail -5
pcp-train journal "$run" --check
pcp-train replay "$run"
say "text from the trained model"
engine=iree
if [ "$backend" = interp ]; then engine=interp; fi
pcp-train sample --checkpoint "$run" --engine "$engine" --prompt 'The ' --tokens 120 2>/dev/null
printf '\nThe loss curve is in %s, the checkpoint beside it.\n' "$run/loss.svg"
