# Two commands: `make run` and `make test`. `make` alone lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help run test test-slow test-browser test-all check screenshots bench lighthouse conformance lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/run.stamp  ## install from the lock and serve on http://127.0.0.1:8000
	@exec $(BIN)/rung serve

test: $(VENV)/dev.stamp  ## the suite: fast tests, then the browser where there is one
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not browser"
	$(BIN)/python -m pytest -m browser

test-slow: $(VENV)/dev.stamp  ## races, kills, many rows
	$(BIN)/python -m pytest -m slow

check: $(VENV)/dev.stamp  ## everything that needs no test to run
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint app --lint --quiet
	$(BIN)/python -m pytest -q tests/house/test_migrations.py
	RUNG_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q tests/house/test_migrations.py
	$(BIN)/rung content check .

screenshots: $(VENV)/dev.stamp  ## every page at 390 and 1280 px, light and dark, into build/screenshots
	$(BIN)/python -m tests.walkthroughs.screenshots

bench: $(VENV)/dev.stamp  ## the budgets, beside a bare floor in the same run
	$(BIN)/python -m tests.bench.run

lighthouse: $(VENV)/dev.stamp  ## scores of the main pages; installs Lighthouse under build/
	$(BIN)/python -m tests.bench.lighthouse

conformance: $(VENV)/dev.stamp  ## what veraPDF, pdfsig and pyHanko say of the PDFs; installs them
	$(BIN)/python -m tests.conformance.run

lock: $(VENV)/dev.stamp  ## resolve again, for every Python from 3.11.2 on
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11.2 --no-header -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11.2 --no-header -q -o requirements-dev.lock

clean:  ## throw away what was installed and made; var/ stays
	rm -rf $(VENV) build

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@ $(VENV)/run.stamp

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
