# Three commands for a newcomer: `make site`, `make serve` and `make test`. Each works as the first one ever run.
# Needs Python >= 3.11 with venv, and make; everything else comes from the lock files in requirements/.

PYTHON ?= python3
UV := .tools/bin/uv
PIP := UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=.venv $(UV) pip
INSTALL := $(PIP) install -q --require-hashes --build-constraints requirements/build.txt
LOCK := UV_PYTHON_DOWNLOADS=never $(UV) pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --upgrade

.PHONY: site serve test test-browser test-long coverage bench lint types imports check lock clean help

help:
	@echo "make site          build this repository's own site into public/"
	@echo "make serve         show that site in a browser, live: what is saved in content/ is there at once"
	@echo "make test          run the tests (no system package is needed or changed)"
	@echo "make test K=feeds  run the quick tests of one subject, within 15 seconds"
	@echo "make test-browser  the tests that need Chromium, Java, OpenSSH's server, rsync or nginx"
	@echo "make test-long     the tests that take many minutes, and those of a Dask cluster"
	@echo "make coverage      the tests again, and which branches of src/wol they take (at least 90 %)"
	@echo "make bench         how long builds of a small blog take, from nothing and after edits"
	@echo "make check         lint, types and import contracts"
	@echo "make lock          resolve the dependencies anew into requirements/"

site: .venv/run
	@.venv/bin/wol build
	@echo
	@echo "The site is in public/: copy the folder to any web host. To look at it: make serve"
	@echo "Next: change something in content/ and run 'make site' again, or start your own site:"
	@echo "    .venv/bin/wol init ~/my-site"

serve: .venv/run
	@trap : INT; .venv/bin/wol serve $(SERVE) || test $$? = 130

test: .venv/test .venv/moto
ifneq ($(strip $(K)),)
	@K='$(K)' .venv/bin/python tests/run_subject.py
else
	@.venv/bin/python -m compileall -q src .venv/lib # the tests start hundreds of processes
	@.venv/bin/python -m pytest -q -n auto --dist worksteal -m "not browser and not hosts and not long"
endif

test-browser: .venv/browser
	@.venv/bin/python -m pytest -q -n auto --dist loadfile -m "browser or hosts"

test-long: .venv/dask
	@.venv/bin/python -m pytest -q -n auto --dist worksteal -m long --timeout 3600

coverage: .venv/test .venv/moto
	@.venv/bin/python -m compileall -q src .venv/lib # the tests start hundreds of processes
	@rm -f .coverage .coverage.*
	@.venv/bin/python -m pytest -q -n auto --dist worksteal -m "not browser and not hosts and not long" -k "not test_random_steps" --cov --cov-report=term --cov-fail-under=90

bench: .venv/run
	@.venv/bin/python tests/bench/bench.py $(BENCH)

check: lint types imports

lint: .venv/lint
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types: .venv/lint .venv/test
	@.venv/bin/mypy

imports: .venv/lint
	@.venv/bin/lint-imports

lock: $(UV)
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) requirements/moto.in -o requirements/moto.txt
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) pyproject.toml --group tests -c requirements/run.txt -o requirements/test.txt
	$(LOCK) pyproject.toml --group browser -c requirements/run.txt -c requirements/test.txt -o requirements/browser.txt
	$(LOCK) pyproject.toml --extra dask -c requirements/run.txt -c requirements/test.txt -o requirements/dask.txt
	$(LOCK) --group lint -c requirements/test.txt -o requirements/lint.txt

clean:
	rm -rf .venv .tools public .wol dist

$(UV):
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install -q --disable-pip-version-check "uv>=0.13,<0.14"

.venv/made: $(UV)
	@$(UV) venv -q --clear --no-python-downloads --python $(PYTHON) .venv
	@touch $@

.venv/run: .venv/made pyproject.toml requirements/run.txt requirements/build.txt
	@$(INSTALL) -r requirements/run.txt
	@$(PIP) install -q --no-deps --build-constraints requirements/build.txt -e .
	@touch $@

.venv/test: .venv/run requirements/test.txt
	@$(INSTALL) -r requirements/test.txt
	@touch $@

.venv/moto: .venv/made requirements/moto.txt
	@$(UV) venv -q --clear --no-python-downloads --python $(PYTHON) .venv/moto-env
	@UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=.venv/moto-env $(UV) pip install -q --require-hashes -r requirements/moto.txt
	@touch $@

.venv/browser: .venv/test requirements/browser.txt
	@$(INSTALL) -r requirements/browser.txt
	@touch $@

.venv/dask: .venv/test requirements/dask.txt
	@$(INSTALL) -r requirements/dask.txt
	@touch $@

.venv/lint: .venv/run requirements/lint.txt
	@$(INSTALL) -r requirements/lint.txt
	@touch $@
