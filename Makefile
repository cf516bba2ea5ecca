# The tasks of a contributor. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-nightly lint format starters starters-all mutation bench bench-starters advice calibration clean

help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/run ## Recommend, create, install, test and boot a Django project in a new temporary folder
	@$(BIN)/scaffold doctor django >/dev/null || $(BIN)/uv python install --quiet 3.13
	@folder=$$(mktemp -d) && $(BIN)/scaffold new "$$folder/shop" --answers examples/shop.yaml --yes --verify

test: $(VENV)/dev ## Run all tests; those that need an absent runtime say so and are skipped
	$(BIN)/pytest -n auto --dist loadgroup

test-slow: $(VENV)/dev ## Run the long sweeps: kills, faults, mutations
	$(BIN)/pytest -n auto -m slow

test-nightly: $(VENV)/dev ## Run what would hold up every change: the broken starters of every framework
	$(BIN)/pytest -n auto -m nightly

lint: $(VENV)/dev ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev ## Put the code into the common format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

starters: $(VENV)/dev ## Verify every starter with its defaults; one that changed, with each option that changes what runs
	$(BIN)/python -m scaffold.verify.matrix --brief $(if $(filter true,$(CI)),--all)

starters-all: $(VENV)/dev ## Verify every starter with every pair of options
	$(BIN)/python -m scaffold.verify.matrix --all-pairs

mutation: $(VENV)/dev ## Change 300 places in the code; the tests must notice 85 % of them (25 minutes)
	$(BIN)/python -m pip install --quiet --group mutation
	$(BIN)/python tools/mutation

bench: ## Measure start-up, creation, growth and verification beside their peers; write docs/performance.md
	$(PYTHON) benchmarks/speed

bench-starters: $(VENV)/dev ## Measure CPU per request of every starter beside its bare framework
	$(BIN)/python benchmarks/starters

advice: $(VENV)/dev ## Measure the advice on the labelled cases, beside its bars and a naive rule
	$(BIN)/python benchmarks/advice

calibration: $(VENV)/dev ## Count anew how often each label was right; write scaffold/recommend/calibration.toml
	$(BIN)/python benchmarks/advice --calibration --write

clean: ## Remove what the tasks made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# What runs the tool, and what works on it; each is made anew when the dependencies change.
# Debian keeps what `venv` needs for pip in a package of its own; pip itself can do without.
$(VENV)/run: pyproject.toml
	$(PYTHON) -m venv $(VENV) >/dev/null || { $(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --quiet --python $(BIN)/python install pip; }
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[uv]'
	@touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@
