# Each target does its own set-up in .venv; nothing else is needed than Python 3.11 and the package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCKED := --quiet --constraint .ci/constraints.txt

.PHONY: demo test laws redlines-full check fuzz mutants pictures reference words bench format clean

$(READY): pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install $(LOCKED) --editable . --group dev
	touch $(READY)

demo: $(READY)  ## the Outscale example in French and English, in out/
	$(BIN)/make-agreement build examples/outscale/client.yaml --output out

test: $(READY)  ## the quick tests, under two minutes
	$(BIN)/python -m pytest -n 2 -m "not long"

laws: $(READY)  ## the long ones: laws over many examples, and what LibreOffice, Chromium and validators say, where they are
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long

SEED ?= 2
redlines-full: $(READY)  ## 300 pairs of versions made by chance: both come back in everything, in LibreOffice too; what is marked, against the least
	SNC_REDLINES=300 SNC_REDLINES_SEED=$(SEED) $(BIN)/python -m pytest tests/writers/test_redline_pairs.py

check: $(READY)  ## format, lint, types on three systems, layers, tests and the wheel (tests/test_wheel.py): what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 snc_docs
	$(BIN)/mypy --platform darwin snc_docs
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist worksteal

FUZZ ?= --inputs 20000 --seed 1
fuzz: $(READY)  ## hostile input at every door, the same for the same seed; what goes wrong is kept in fuzz-found/, and laws with other examples
	$(BIN)/python -W ignore -m tests.fuzzing $(FUZZ)
	HYPOTHESIS_PROFILE=random $(BIN)/python -m pytest -n 2 tests/diff tests/document tests/language tests/model tests/test_laws.py

mutants: $(READY)  ## breaks in the code that no test sees, of the modules named in pyproject.toml
	$(BIN)/python -m pip install $(LOCKED) --group mutants
	$(BIN)/mutmut run
	$(BIN)/mutmut results

pictures: $(READY)  ## the pictures in docs/, of the example and an amendment, drawn by LibreOffice
	$(BIN)/python docs/make_pictures.py

reference: $(READY)  ## docs/reference.md, of the docstrings
	$(BIN)/python docs/make_reference.py

words: $(READY)  ## the catalogue of the French command line, of messages.po
	$(BIN)/pybabel compile --domain messages --directory snc_docs/cli/locale --locale fr

bench: $(READY)  ## ratios against docxtpl, rust-docxtpl, a bare import, python-redlines and rdocx, in one run
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m venv $(VENV)/rust-docxtpl
	$(VENV)/rust-docxtpl/bin/python -m pip install --quiet "rust-docxtpl>=0.1.2"
	$(BIN)/python -m benchmarks.bench
	$(BIN)/python -m benchmarks.redlines
	$(BIN)/python -m benchmarks.campaign

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) out build dist mutants fuzz-found htmlcov .coverage
