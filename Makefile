.PHONY: run test test-browser fast bench clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

PORT ?= 8000

run: $(VENV)/installed
	IVR_PORT=$(PORT) $(BIN)/ivr serve --sandbox --play tests/calls/complaint_at_night.call.yaml

test: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy ivr webhooks.py
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q -n 2 -rs
	@echo "left out: make test-browser (it measures the texts of pictures in Chromium)"

# Installs what it measures with, where it may: a browser, and a font that has Chinese.
MEASURES := chromium fonts-noto-cjk

test-browser: $(VENV)/installed
	@dpkg -s $(MEASURES) >/dev/null 2>&1 || [ "$$(id -u)" = 0 ] || { echo "First: apt-get install $(MEASURES)"; exit 1; }
	@dpkg -s $(MEASURES) >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq $(MEASURES); }
	$(BIN)/python -m pytest -q tests/drawing/in_browser.py

fast: $(VENV)/installed
	$(BIN)/python -m pytest -q -n 2 tests/engine tests/calls tests/steps tests/call

bench: $(VENV)/installed
	$(BIN)/python benchmarks/turns.py
	$(BIN)/python benchmarks/over_http.py
	$(BIN)/python benchmarks/replay.py
	$(BIN)/python benchmarks/lint.py
	$(BIN)/python benchmarks/explore.py

clean:
	rm -rf $(VENV)
