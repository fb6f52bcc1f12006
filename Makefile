# Each target does its own set-up in .venv; nothing else is needed than Python 3.11 and the package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check bench format clean

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $(READY)

demo: $(READY)  ## the Outscale example in French and English, in out/
	$(BIN)/make-agreement build examples/outscale/client.yaml --output out

test: $(READY)  ## all tests; those that need LibreOffice or Node say so where it is absent
	$(BIN)/python -m pytest -n 2

check: $(READY)  ## format, lint, types, layers, tests and the wheel: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

bench: $(READY)  ## ratios against docxtpl, a bare import, python-redlines and rdocx, in one run
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks.bench
	$(BIN)/python -m benchmarks.redlines

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) out build dist
