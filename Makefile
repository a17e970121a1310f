# `make test` and `make demo` set up what they need in .venv; everything else builds on that.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: check lint types contracts test demo benchmark fuzz clean

check: lint types contracts test

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt \
		--editable '.[train]' --group dev
	touch $@

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal --durations 40

# What TensorFlow says of the machine goes to a log, which is shown where something fails.
QUIETLY = 2>build/tensorflow.log || (cat build/tensorflow.log; exit 1)

demo: $(READY)
	mkdir -p build
	$(BIN)/layergraph validate graphs/
	$(BIN)/layergraph compile graphs/qa.yaml -o build/qa --seed 7 --force
	$(BIN)/python docs/examples/ask.py build/qa $(QUIETLY)
	$(BIN)/python docs/examples/data.py digits build/digits.npz --hold-out 0.2 build/held_out.npz
	$(BIN)/layergraph train graphs/residual_digits.yaml --data build/digits.npz -o build/run --force
	$(BIN)/layergraph evaluate build/run --data build/held_out.npz

benchmark: $(READY)
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.inference
	$(BIN)/python -m benchmarks.compiling
	$(BIN)/python -m benchmarks.training
	$(BIN)/python -m benchmarks.importing

# Minutes of each kind; what fails is kept in build/fuzz.
MINUTES ?= 10

fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group fuzz
	$(BIN)/python -m tests.fuzz grammar $(MINUTES)
	$(BIN)/python -m tests.fuzz bytes $(MINUTES)

clean:
	rm -rf .venv build dist
