#!/bin/sh
# The way from an exported PyTorch module to a trained language model, each command shown before it runs.
# With IREE in .venv a model of 0.8 M parameters; without it a smaller one on the built-in interpreter.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/build/bin:$PATH
export PATH

# Prints a command as it can be typed, then runs it.
show() {
  printf '\n$'
  for word in "$@"; do
    case $word in
      *[!A-Za-z0-9_./=@,:-]* | '') printf " '%s'" "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
  "$@"
}

printf 'To type these commands yourself:  PATH=$PWD/build/bin:$PATH\n'
out=build/demo
mkdir -p "$out"
if [ -x .venv/bin/iree-compile ] && [ -x build/bin/iree-compile ]; then
  model=examples/nanochat/tiny.mlir config=examples/nanochat/train.json engine=iree
else
  echo 'IREE is not installed (see above): going on with the interpreter and a smaller model'
  model=examples/nanochat/small.mlir config=examples/nanochat/train-small.json engine=interp
fi

show node scripts/gather-text.mjs "$out/text.txt"
show pcp-autodiff "$model" --optimizer=adamw -o "$out/model.train.mlir"
if [ "$engine" = iree ]; then
  show pcp-run compile "$out/model.train.mlir" -o "$out/model.vmfb"
fi
show pcp-train --config "$config" --model "$out/model.train.mlir" --checkpoint-dir "$out/$engine" --overwrite
show pcp-train sample --checkpoint "$out/$engine" --engine "$engine" --prompt 'The ' --tokens 200
printf '\nThe loss curve is in %s, the checkpoint beside it.\n' "$out/$engine/loss.svg"
