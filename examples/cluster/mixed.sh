#!/bin/sh
# A shepherd for workers of any kind, which compiles a program for each backend and target that joins.
#   mixed.sh CONFIG WORKERS [LISTEN]
# What to type on the other machines is printed when they can join.
set -eu
config=${1:?usage: mixed.sh CONFIG WORKERS [LISTEN]}
workers=${2:?usage: mixed.sh CONFIG WORKERS [LISTEN]}
listen=${3:-0.0.0.0:8080}

# Unequal workers: none waits for another, and slower ones take fewer steps.
pcp-train --shepherd --config "$config" --set "workers=$workers" --set algorithm=decoupled --set dynamic_steps=true \
  --listen "$listen" |
  while read -r line; do
    case $line in
      *--join*)
        token=${line##* }
        echo "CPU:         pcp-train --worker --join $token --backend cpu"
        echo "NVIDIA H100: pcp-train --worker --join $token --backend cuda --target sm_90a"
        echo "AMD MI300X:  pcp-train --worker --join $token --backend rocm --amd-target gfx942"
        echo "Apple:       pcp-train --worker --join $token --backend metal"
        ;;
      *) echo "$line" ;;
    esac
  done
