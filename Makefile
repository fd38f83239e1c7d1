# make demo: the whole hall in software.  make test: every test.  Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench pictures clean
.DEFAULT_GOAL := demo

$(VENV)/.runtime: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $$($(PYTHON) --version) found. Try: make demo PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "No virtual environment could be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

demo: $(VENV)/.runtime
	$(BIN)/hall demo $(ARGS)

test: $(VENV)/.tests
	@sh tests/system-packages.sh
	$(BIN)/python -m pytest -n 2 $(ARGS)

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

bench: $(VENV)/.tests
	$(BIN)/hall bench $(ARGS)

pictures: $(VENV)/.tests
	@sh tests/system-packages.sh
	$(BIN)/python tests/pictures.py

clean:
	rm -rf $(VENV) build dist *.egg-info
