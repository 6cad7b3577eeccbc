#!/bin/sh
# A shepherd and one worker per AMD GPU on this machine, all ended together.
#   mi300.sh CONFIG [TARGET [GPUS]]     TARGET: gfx942 (MI300X), gfx90a (MI250X, MI210), gfx908 (MI100)
set -eu
config=${1:?usage: mi300.sh CONFIG [TARGET [GPUS]]}
target=${2:-gfx942}
gpus=${3:-8}

folder=$(mktemp -d)
shepherd=
workers=
finish() {
  for process in $workers $shepherd; do kill "$process" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

pcp-train --shepherd --config "$config" --set "workers=$gpus" --listen 127.0.0.1:0 >"$folder/join" &
shepherd=$!
# The shepherd prints the join line when workers can join.
until grep -q -- --join "$folder/join"; do
  kill -s 0 "$shepherd" 2>/dev/null || { wait "$shepherd"; exit; }
  sleep 1
done
sed -n 's/.*--join //p' "$folder/join" >"$folder/token"

pcp-train --node-manager --scale "$gpus" --join "@$folder/token" --backend rocm --amd-target "$target" &
workers=$!
# Workers end with the run; where they fail, the shepherd would wait for others.
wait "$workers"
wait "$shepherd"
