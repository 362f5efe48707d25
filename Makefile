# Each target sets up .venv itself, and again only when the pins or the dependencies change.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PACKAGES := rag embeddings ui corpus

.PHONY: run test check fix bench clean

run: $(READY)
	$(BIN)/wenju serve --open

# The tests of a file stay together, as they share a server and a browser; the browser's, which take longest, come first.
test: check
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[ocr,train,test,bench]'
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) build dist *.egg-info

$(READY): constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[ocr,train,test]'
	touch $@
