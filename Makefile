# Each verb first makes .venv ready (build/bootstrap.py), which costs nothing once it is.
#   make PYTHON=python3.12 …   another Python for .venv
#   make test ARGS="tests/engine -k retry"   options for pytest, the bench or the example; names of screens
#   make generate UPGRADE=1   the newest versions of all dependencies

ifeq ($(OS),Windows_NT)
  PYTHON ?= python
  VENV := .venv/Scripts
else
  PYTHON ?= python3
  VENV := .venv/bin
endif

READY := $(PYTHON) build/bootstrap.py
PAGES := $(sort $(wildcard build/generate/*.py))
UI := $(VENV)/python build/ui.py

.DEFAULT_GOAL := help
.PHONY: help run demo serve test check bench screens package generate $(PAGES)

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST))

run: ## Loopi's window; where there can be none, its page in your browser
	@$(READY) run --window
	@$(UI)
	@$(VENV)/loopi window $(ARGS)

demo: ## the first example on the command line, from start to end, on a service of its own
	@$(READY) run
	@$(VENV)/python build/first_run.py $(ARGS)

serve: ## Loopi's page in your browser
	@$(READY) run
	@$(UI)
	@$(VENV)/loopi serve $(ARGS)

test: ## all tests, on all processors
	@$(READY) dev --qt --system
	@$(UI)
	@$(VENV)/python -m pytest -n auto $(ARGS)

check: ## form, style, types, who may know whom, and the shape of the tree
	@$(READY) dev
	$(VENV)/ruff format --check
	$(VENV)/ruff check
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(UI) check
	$(VENV)/python -m pytest -q tests/shape

bench: ## the measured promises: start time, step time, memory
	@$(READY) dev
	@$(VENV)/python tests/bench/main.py $(ARGS)

screens: ## a picture of every screen in both themes: out/screens/
	@$(READY) dev --system
	@$(UI)
	@$(VENV)/python tests/ui/pictures.py $(ARGS)

package: ## the program as one folder that needs no Python: out/loopi/
	@$(READY) package --system
	@$(UI)
	@$(VENV)/python build/package.py

generate: $(PAGES) ## the files that are written by a program: locked requirements, tables in docs/

# A file to be generated is one more program in build/generate/.
$(PAGES):
	@$(READY) dev
	$(VENV)/python $@ $(if $(UPGRADE),--upgrade)
