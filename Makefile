# The one entry for people and for CI. `make` alone lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-node setup-python setup-export build demo demo-cluster test parity lint format bench bench-cluster soak clean

SOURCES := $(shell find lib tools scripts -type f \( -name '*.ts' -o -name '*.py' -o -name '*.mjs' \) 2>/dev/null)

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' Makefile

setup: setup-node setup-python ## Install what is missing: npm packages, and IREE into .venv

setup-node:
	@sh scripts/setup.sh node

setup-python:
	@sh scripts/setup.sh run

setup-export:
	@sh scripts/setup.sh export

build: build/.stamp ## Bundle the executables into build/bin

build/.stamp: $(SOURCES) package.json package-lock.json | setup-node
	@node scripts/build.mjs
	@node scripts/gather-text.mjs build/demo/text.txt >/dev/null
	@touch build/.stamp

demo: setup-node ## Train a small language model from an exported PyTorch module, in under 5 minutes
	@sh scripts/setup.sh run || true
	@$(MAKE) --no-print-directory build
	@sh scripts/demo.sh

demo-cluster: setup-node ## Train with a shepherd and workers; one is killed, one joins; in under 3 minutes
	@sh scripts/setup.sh run || true
	@$(MAKE) --no-print-directory build
	@sh scripts/demo-cluster.sh

test: setup-node ## Run every test that needs neither torch nor a GPU
	@sh scripts/setup.sh run || true
	@sh scripts/setup.sh test || true
	@$(MAKE) --no-print-directory build
	@node_modules/.bin/vitest run

parity: setup-node ## Install torch and torch-mlir (5 GB), and compare with PyTorch
	@sh scripts/setup.sh run
	@sh scripts/setup.sh export
	@$(MAKE) --no-print-directory build
	@PCP_PARITY=1 node_modules/.bin/vitest run

lint: setup-node ## Check types, style and formatting
	@node_modules/.bin/tsc --noEmit
	@node_modules/.bin/biome ci

soak: setup-node ## Simulate 100,000 distributed runs from seeds (SEEDS=N FROM=N)
	@SEEDS="$(SEEDS)" FROM="$(FROM)" node scripts/soak.mjs

format: setup-node ## Write the formatting
	@node_modules/.bin/biome check --write

bench: setup-node ## Measure, and print JSON
	@sh scripts/setup.sh run || true
	@$(MAKE) --no-print-directory build
	@node scripts/bench.mjs

bench-cluster: setup-node ## Measure distributed runs: 10,000 workers, rounds, bytes, throughput
	@sh scripts/setup.sh run || true
	@$(MAKE) --no-print-directory build
	@node scripts/bench.mjs cluster-control cluster-round blob-throughput

clean: ## Remove what was built, keeping what was installed
	@rm -rf build
