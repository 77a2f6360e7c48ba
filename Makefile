# Every target makes its own virtual environment first, so a fresh clone needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test hostile lint format bench docs golden build verify nightly clean

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

demo: $(READY) ## grade a sample class on day 12 and show the result
	$(BIN)/python tools/demo.py

test: $(READY) ## every test
	$(BIN)/pytest tests -n 2

hostile: $(READY) ## the hostile corpus alone
	$(BIN)/pytest tests/corpus -n 2

lint: $(READY) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## speed, side by side with nbgrader, otter-grader and pytest; QUICK=1 for some minutes only
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python benchmarks/references.py
	$(BIN)/python benchmarks/watch.py
	$(BIN)/python benchmarks/compare.py $(if $(QUICK),--quick)
	$(BIN)/python benchmarks/plot.py

docs: $(READY) ## what is generated from the code: the record's schema, the README's pictures
	$(BIN)/python tools/docs.py

golden: $(READY) ## the golden files of the output formats, anew: read the diff
	$(BIN)/python -m tests.reports.golden

build: $(READY) ## assignments/ from solutions/
	$(BIN)/grader build

verify: $(READY) ## prove the course
	$(BIN)/grader verify

nightly: $(READY) ## every right and wrong submission over seeds, threads and devices; how much of its tolerance rounding takes
	$(BIN)/python tools/flakes.py --seeds 10 --threads 1 2
	$(BIN)/python tools/tolerances.py

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache out
