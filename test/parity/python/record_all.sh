#!/bin/sh
# Remakes every recorded fixture and the shipped modules from PyTorch: needs `make parity` once, and a build.
set -eu
cd "$(dirname "$0")/../../.."
python=${PCP_PYTHON:-.venv/bin/python}
export PYTHONDONTWRITEBYTECODE=1 CUDA_VISIBLE_DEVICES=
"$python" test/parity/python/record_vjp.py test/fixtures/parity
for entry in nanochat:NanoChat:mha nanochat:NanoChat:gqa nanogpt:NanoGpt:mha nanogpt:NanoGpt:gqa; do
  model=${entry%%:*} rest=${entry#*:}
  name=${rest%:*} heads=${rest#*:}
  folder=test/fixtures/parity/$model-$heads
  mkdir -p "$folder"
  "$python" test/parity/python/record_model.py "examples/$model/model.py:$name" "$folder/config.json" "$folder"
  build/bin/pcp-export "examples/$model/model.py:$name" --config "$folder/config.json" --manifest "$folder/manifest.json" -o "$folder/module.mlir"
done
for entry in nanochat:NanoChat:tiny nanochat:NanoChat:small nanogpt:NanoGpt:small nanogpt:NanoGpt:gqa; do
  model=${entry%%:*} rest=${entry#*:}
  stem=examples/$model/${rest#*:}
  build/bin/pcp-export "examples/$model/model.py:${rest%:*}" --config "$stem.json" --check --check-vjp -o "$stem.mlir"
done
