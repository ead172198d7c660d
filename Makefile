# Everything that is needed on a fresh machine with Python 3.11+, Node 20+ and make. `make run` is the place to begin.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run

UV_VERSION := 0.13.8
PYTHON ?= python3
BIN := .venv/bin
export SCOREHOUSE_HOME ?= $(CURDIR)/data
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
# The wheels come from the index once; uv need not look for a newer Python of its own.
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv

# The tests in two processes: on two cores that is what they gain by. Whoever of the two is done takes over from the other.
TEST_PROCESSES ?= 2
PYTEST = $(BIN)/pytest --numprocesses $(TEST_PROCESSES) --dist worksteal

# Around what takes long: a line every quarter of a minute says what is being done.
ALIVE = $(BIN)/python orchestration/home/alive.py

PYTHON_STAMP := .venv/.locked
NODE_STAMP := reports/node_modules/.locked

.PHONY: run test test-fast serve audit audit-seeds lint format bench bench-formats bench-pages bench-audiences bench-year bench-day bench-history bench-daily bench-signals docs setup clean

## run: set up, make the sample centre, take its files, build, publish, write the pages
run: setup
	$(BIN)/scorehouse demo
	$(BIN)/scorehouse run

## test: all tests; the fast ones come first, so that a mistake shows early
test: setup
	$(PYTEST) -m "not slow and not browser and not server"
	$(PYTEST) -m "slow or browser or server"

## test-fast: the tests that need no full run, browser or server
test-fast: setup
	$(PYTEST) -m "not slow and not browser and not server"

## serve: the pages and Dagster's UI on loopback
serve: setup
	$(BIN)/scorehouse serve

## audit: every part of the home against its ledger, byte for byte
audit: setup
	$(BIN)/scorehouse audit

## audit-seeds: 500 random centres that grow drop by drop, each held against a build of everything; takes hours
audit-seeds: setup
	SCOREHOUSE_EQUALITY_SEEDS=500 $(BIN)/python -m pytest -n auto --dist worksteal tests/test_slice_equality.py

## lint: ruff, strict types, SQL
lint: $(PYTHON_STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 0 dbt_project/models dbt_project/tests

## format: let ruff lay out the Python
format: $(PYTHON_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

## docs: what is made from schemas and catalogue: pages for people, macros, SQL of the records, Chinese words
docs: setup
	$(BIN)/python -m schemas.document
	$(BIN)/python -m schemas.words_made
	$(BIN)/python -m orchestration.warehouse.catalogue_page
	$(BIN)/python -m orchestration.warehouse.measures
	$(BIN)/python -m orchestration.warehouse.record_facts_made
	$(BIN)/python -m orchestration.policy.keys_page

## bench: the speeds of docs/benchmarks.md, measured anew
bench: setup
	$(BIN)/python -m tests.bench.run

## bench-formats: the same for one file in each of the forms that can be read
bench-formats: setup
	$(BIN)/python -m tests.bench.formats

## bench-pages: the same for writing and opening the pages of a large centre
bench-pages: setup
	$(BIN)/python -m tests.bench.site

## bench-audiences: the same for the sites of every team and every agent of it
bench-audiences: setup
	$(BIN)/python -m tests.bench.site_audiences

## bench-year: every stage of the sample centre with 400 days, and its pages
bench-year: setup
	$(BIN)/python -m tests.bench.year

## bench-day: one more landing day of the sample centre after 30, 120 and 400 days, and a tenth of three days late
bench-day: setup
	$(BIN)/python -m tests.bench.day

## bench-history: the same of 1,000 agents after 400 days; takes the better part of a day
bench-history: setup
	SCOREHOUSE_BENCH_AGENTS=1000 SCOREHOUSE_BENCH_DAYS=400 $(BIN)/python -m tests.bench.day

## bench-daily: a hundred daily runs of a small home, and what each part of the home holds in between; takes hours
bench-daily: setup
	$(BIN)/python -m tests.bench.daily

## bench-signals: how often topic signals are wrong, how much they find, and where they are blind
bench-signals: setup
	$(BIN)/python -m tests.bench.signals

## setup: the locked Python and Node packages, and dbt's graph for Dagster
setup: $(PYTHON_STAMP) $(NODE_STAMP)
	@$(ALIVE) "checking dbt's graph" -- $(BIN)/python -m orchestration.warehouse.dbt_project

$(PYTHON_STAMP): pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or later is needed: make PYTHON=python3.12" >&2; exit 1)
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade >/dev/null
	$(ALIVE) "installing uv" -- $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	$(ALIVE) "installing the Python packages" -- $(BIN)/uv sync --frozen --quiet --inexact --compile-bytecode
	touch $@

$(NODE_STAMP): reports/package.json reports/package-lock.json $(wildcard reports/patches/*.patch) | $(PYTHON_STAMP)
	@if command -v npm >/dev/null; then \
		cd reports && EVIDENCE_TELEMETRY_DISABLED=1 $(CURDIR)/$(BIN)/python ../orchestration/home/alive.py "installing the Node packages" -- npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.locked; \
	else \
		echo "Node 20 is not installed: everything works but the pages (scorehouse run --no-site)." >&2; \
	fi

## clean: forget what was set up and built; the home stays
clean:
	rm -rf .venv reports/node_modules reports/build reports/.evidence dbt_project/target .mypy_cache .ruff_cache .pytest_cache
