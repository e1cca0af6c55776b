# Every task of this repository is a target here; `make help` lists them and says when to use which.
# Set-up steps leave a stamp under build/ and run again only when their inputs change.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
STAMPS := build/stamps
PYTEST := $(BIN)/python -m pytest
# tests/scheduling.py says which worker runs which tests. Three for two cores, because tests wait for
# processes and time; of the slow ones, those with cameras wait most of the time.
WORKERS := -n 3 --max-worker-restart 0
# The tests that are not slow. Only the fuzz tests, which are slow, need schemathesis, and each worker would import it.
NOT_SLOW := -m "not slow" -p no:schemathesis --ignore=tests/integration/functions/test_fuzz_every_api.py
# The tests that coverage is measured with: neither browsers nor network faults.
MEASURED := tests/unit tests/integration $(addprefix tests/faults/edge_worker/,test_disk.py test_outbox_lock.py test_damaged_outbox.py)
export PATH := $(CURDIR)/$(BIN):$(CURDIR)/node_modules/.bin:$(PATH)
# Tests start some hundred Python programs: let them keep their bytecode, also where the environment forbids it.
unexport PYTHONDONTWRITEBYTECODE

WEB_SOURCES := $(shell find web lingui.config.ts -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

##@ Run

.PHONY: demo
demo: setup ## Start everything, count a real clip, open the numbers (VIDEO=, LINE=, CAMERAS=, DATABASE_URL=, PORT_…=, DEMO_SECONDS=)
	@$(BIN)/metrica demo

.PHONY: up
up: setup ## Start the local stack alone, until Ctrl-C
	@$(BIN)/metrica up

.PHONY: dev
dev: setup ## The local stack for development: saved code of API and pages is reloaded
	@METRICA_RELOAD=1 $(BIN)/metrica up

.PHONY: setup
setup: ## Install what is missing and build the pages
	@$(MAKE) -s -j2 $(STAMPS)/python $(STAMPS)/web

##@ Check, while you work

.PHONY: test-unit
test-unit: setup ## The quick tests, Python and TypeScript: about a minute, run it after each change
	@$(MAKE) -j2 test-unit-typescript test-unit-python

.PHONY: test-unit-typescript test-unit-python
test-unit-typescript:
	@npm run --silent test:quick
test-unit-python:
	@$(PYTEST) -n 2 --hypothesis-profile quick $(NOT_SLOW) tests/unit

.PHONY: lint
lint: setup ## Formatting, types, import rules, spelling, workflows; drift of generated code: run it before each commit
	@$(MAKE) -j2 lint-python lint-typescript

.PHONY: lint-python lint-typescript
lint-python:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/lint_queries.py
	$(BIN)/typos
lint-typescript:
	npm run --silent lint
	npm run --silent typecheck

.PHONY: format
format: setup ## Format Python and TypeScript in place
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	npm run --silent format

##@ Check, before you send a change

.PHONY: test
test: setup ## Every test but the slow ones, also on TimescaleDB, in a browser and with faults (COVERAGE=1: measured)
ifdef COVERAGE
	@$(MAKE) coverage
	@$(PYTEST) $(WORKERS) $(NOT_SLOW) tests/e2e tests/faults $(patsubst %,--ignore=%,$(filter tests/faults/%,$(MEASURED)))
else
	@npm test --silent
	@$(PYTEST) $(WORKERS) --hypothesis-profile quick $(NOT_SLOW) tests
endif

.PHONY: audit
audit: setup ## Known vulnerabilities of what is locked; fails when a package could not be looked up
	@$(BIN)/python scripts/audit.py

##@ Check, in CI and before a release

.PHONY: test-long
test-long: test-slow coverage test-clock ## What CI adds to `make test` (about 40 minutes)

.PHONY: checkov
checkov: setup ## Security of the templates of AWS, by checkov in an environment of its own (`make test-slow` does it too)
	@$(PYTEST) -n 0 tests/integration/deploy/aws/test_checkov.py

.PHONY: test-slow
test-slow: setup ## The tests marked `slow`, such as the soak test
	@$(PYTEST) $(WORKERS) -m slow $$(grep -rl --include='test_*.py' 'mark\.slow' tests | LC_ALL=C sort)

.PHONY: coverage
coverage: setup ## Lines and branches that the tests without browser and network faults reach, against a floor
	@rm -rf build/coverage && mkdir -p build/coverage
	@$(BIN)/coverage run -m pytest $(WORKERS) $(NOT_SLOW) $(MEASURED)
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage html --quiet && $(BIN)/coverage report
	@npx --no-install vitest run --no-isolate --coverage
	@npm run --silent test --workspaces --if-present

.PHONY: test-clock
test-clock: setup ## The tests marked `clock`, at instants around the ends of hours, days and daylight saving time
	@$(BIN)/python scripts/clock_tests.py

.PHONY: fuzz
fuzz: setup ## At least 20,000 generated requests against ingest, api and admin
	FUZZ_EXAMPLES=full $(PYTEST) -m fuzz -s --timeout 3600 tests

##@ Document

.PHONY: docs
docs: setup ## The documentation site, in build/site; a broken link is an error (SERVE=1: on a local port, follows changes)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs $(if $(SERVE),serve,build) --strict --quiet
	@$(if $(SERVE),,echo "metrica: the documentation is in build/site/index.html")

##@ Measure

.PHONY: bench
bench: setup package ## The budgets of the design as a table; writes build/bench.json
	@$(BIN)/python -m benchmarks

.PHONY: bench-scale
bench-scale: setup ## Queries, storage and refreshes at 1 M, 10 M and 100 M events (DATABASE_URL=; smaller on the embedded server)
	@$(BIN)/python -m benchmarks.scale

##@ Show

.PHONY: screenshots
screenshots: setup ## Pictures of every page of a filled local stack, in build/screenshots: 12 minutes (PAGES=store-full-*, ONLY=*-dark-360, SHEETS=)
	@$(BIN)/python -m screenshots --pages '$(PAGES)' --only '$(ONLY)' $(if $(SHEETS),--sheets '$(SHEETS)')

##@ Ship

.PHONY: package
package: $(STAMPS)/python ## The Lambda packages (arm64) and their sizes, in build/package
	@$(BIN)/python scripts/package.py

.PHONY: sbom
sbom: setup ## A CycloneDX SBOM of each shipped package, in build/sbom
	@sh scripts/sbom.sh

.PHONY: lock
lock: ## Rewrite requirements.lock from pyproject.toml (UPGRADE=1: newest versions)
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-emit-package torch --no-emit-package torchvision --no-emit-package metrica \
		--custom-compile-command "make lock" --quiet --output-file requirements.lock $(if $(UPGRADE),--upgrade)
	@$(BIN)/uv pip compile deploy/aws/checkov.in --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --quiet --output-file deploy/aws/checkov.txt $(if $(UPGRADE),--upgrade)

.PHONY: client
client: setup ## Regenerate the OpenAPI documents and the TypeScript client
	npm run --silent generate

.PHONY: clean
clean: ## Remove build output and caches (keeps .venv, node_modules and .metrica)
	rm -rf build web/*/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- set-up steps ------------------------------------------------------------------------------------------------------

$(STAMPS)/python: pyproject.toml requirements.lock
	@mkdir -p $(STAMPS)
	@python=$$(sh scripts/find-python.sh) || exit 1; \
	if ! [ -x $(BIN)/python ]; then echo "metrica: making $(VENV) with $$python"; "$$python" -m venv $(VENV) || exit 1; fi
	@sh scripts/install-python.sh $(BIN)/python
	@touch $@

$(STAMPS)/node: package.json package-lock.json
	@mkdir -p $(STAMPS)
	@sh scripts/check-node.sh
	@echo "metrica: installing the npm packages"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/web: $(STAMPS)/node $(WEB_SOURCES)
	@mkdir -p $(STAMPS)
	@echo "metrica: building the pages"
	@npm run --silent build >$(STAMPS)/web.log 2>&1 || { tail -n 30 $(STAMPS)/web.log; echo "metrica: building the pages failed, see $(STAMPS)/web.log" >&2; exit 1; }
	@touch $@
