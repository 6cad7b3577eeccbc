#!/bin/sh
# All eight NVIDIA GPUs of this machine join a run.
#   eight-gpus.sh TOKEN [TARGET]     TOKEN as the shepherd printed it, or @FILE; TARGET such as sm_90a (H100) or sm_80 (A100)
set -eu
join=${1:?usage: eight-gpus.sh TOKEN [TARGET]}
target=${2:-sm_90a}
pcp-train doctor --join "$join" --backend cuda --target "$target"
exec pcp-train --node-manager --scale 8 --join "$join" --backend cuda --target "$target"
