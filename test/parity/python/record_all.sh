#!/bin/sh
# Remakes every recorded fixture and the shipped modules from PyTorch: needs `make parity` once, and a build.
set -eu
cd "$(dirname "$0")/../../.."
python=${PCP_PYTHON:-.venv/bin/python}
export PYTHONDONTWRITEBYTECODE=1 CUDA_VISIBLE_DEVICES=
"$python" test/parity/python/record_vjp.py test/fixtures/parity
"$python" test/parity/python/diloco.py >test/fixtures/diloco/torch.json
for entry in examples/nanochat/model.py:NanoChat:nanochat-mha examples/nanochat/model.py:NanoChat:nanochat-gqa \
  examples/nanogpt/model.py:NanoGpt:nanogpt-mha examples/nanogpt/model.py:NanoGpt:nanogpt-gqa test/parity/python/stopped.py:Stopped:stopped \
  test/parity/python/masked.py:Masked:masked; do
  model=${entry%:*}
  folder=test/fixtures/parity/${entry##*:}
  "$python" test/parity/python/record_model.py "$model" "$folder/config.json" "$folder"
  build/bin/pcp-export "$model" --config "$folder/config.json" --manifest "$folder/manifest.json" -o "$folder/module.mlir"
done
for entry in nanochat:NanoChat:tiny nanochat:NanoChat:small nanogpt:NanoGpt:small nanogpt:NanoGpt:gqa; do
  model=${entry%%:*} rest=${entry#*:}
  stem=examples/$model/${rest#*:}
  build/bin/pcp-export "examples/$model/model.py:${rest%:*}" --config "$stem.json" --check --check-vjp -o "$stem.mlir"
done
