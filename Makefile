# The commands of this project. On Windows: make.ps1 takes the same words.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint format bench package docs clean

PYTHON ?= python3
SETUP = $(PYTHON) packaging/setup_environment.py
BIN := .venv/bin
# On two cores: tests wait for a third of their time, for windows, files and servers.
WORKERS ?= 3
TESTS ?= tests

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

setup: ## prepare .venv and the system libraries; the command line is then .venv/bin/drillapp
	@$(SETUP)

run: setup ## open the window on the sample district; without a display: pictures of every page in build/tour
	@$(BIN)/python packaging/run_sample.py

test: ## all tests (TESTS=path and WORKERS=n to choose)
	@$(SETUP) --tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

lint: ## style, types and the rules who may import whom
	@$(SETUP) --dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: ## put code into the common form
	@$(SETUP) --dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: ## measure the figures of benchmarks/RESULTS.md
	@$(SETUP) --dev
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

package: ## build the program folder dist/drillapp, start it once and take its picture
	@$(SETUP) --package
	@$(BIN)/python packaging/build_program.py

docs: ## check the documents: every link leads somewhere, every command exists
	@$(SETUP) --dev
	@$(BIN)/python packaging/check_docs.py

clean: ## remove what was built; .venv stays
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
