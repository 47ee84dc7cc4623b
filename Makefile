# Two lines are all a newcomer needs: `make demo` and `make test`. Both install what they need into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DATE := 2026-06-30
OUT := out
WEB := web/package.json web/package-lock.json web/build.mjs
READER := $(addprefix src/mcqms_kg/graph/columns/,reader.c reader_ahead.h reader_numbers.h reader_terms.h)
PYTHONS := src tests bench docs/build.py docs/reference.py hatch_build.py

# The flawed story is meant to have findings, so exit code 1 is as good as 0 here; 2 (could not check) is not.
story = $(BIN)/mcqms check data/$(1) --profile $(2) --as-of $(DATE) -o $(OUT)/$(1).html -o $(OUT)/$(1).json -o $(OUT)/$(1).ttl || test $$? -eq 1

.PHONY: demo test web api test-all check fix docs bench bench-load bench-web clean

$(READY): pyproject.toml hatch_build.py $(WEB) $(READER)
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "mcqms-kg needs Python 3.11 or newer"'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)

web: $(READY)  ## what comes from npm, into src/mcqms_kg/_web/; the install does this too
	$(BIN)/python hatch_build.py

demo: $(READY)  ## check the shipped stories; an HTML, a JSON and a Turtle report of each go into out/
	mkdir -p $(OUT)
	$(call story,polytechnic-networks,mcqms-vocational)
	$(call story,university-data-science,mcqms-academic)
	$(call story,flawed-provider,mcqms)

test: $(READY)  ## the fast tests
	$(BIN)/python -m pytest -m 'not slow' -n 2 --dist loadgroup

api: $(READY)  ## schemathesis asks the API at length, by its description
	MCQMS_API_CASES=$(or $(CASES),100) $(BIN)/python -m pytest tests/service/test_openapi.py

test-all: $(READY)  ## every test, the slow ones too
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(READY)  ## style, types, layers, shapes, generated files
	$(BIN)/ruff check $(PYTHONS)
	$(BIN)/ruff format --check $(PYTHONS)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/build.py check

fix: $(READY)  ## mend what can be mended: format, imports, generated files
	$(BIN)/ruff check --fix $(PYTHONS)
	$(BIN)/ruff format $(PYTHONS)
	$(BIN)/python docs/build.py write

docs: $(READY)  ## write the generated references into docs/reference/
	$(BIN)/python docs/build.py write

bench: $(READY)  ## measure, beside the peers; options by ARGS, as in `make bench ARGS=--quick`
	$(BIN)/python bench/run.py $(ARGS)

bench-load: $(READY)  ## measure the service under load, beside two others; needs wrk
	$(BIN)/python bench/load/run.py $(ARGS)

bench-web: $(READY)  ## measure the pages in a real browser; needs chromium
	$(BIN)/python bench/web/run.py $(ARGS)

clean:
	rm -rf $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
