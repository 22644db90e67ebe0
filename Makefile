# Bare `make` lists the targets. Everything is installed into .venv from the lock files.
SHELL := /bin/sh
.DEFAULT_GOAL := help
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
LOCALES := $(wildcard generator/baodian/locale/*/LC_MESSAGES/*.po)
PIP_INSTALL := $(BIN)/python -m pip install --quiet
# The calls whose first argument is a word of ours; the last name of `ground.t("…")` counts.
KEYWORDS := msg t words Message

.PHONY: help site serve test contract mutants pages words licences audit lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

site: .venv/.installed .venv/.catalogues ## build the handbook into site/
	$(BIN)/baodian build

serve: .venv/.installed .venv/.catalogues ## show the handbook, and show it anew on every change
	$(BIN)/baodian serve

test: .venv/.installed-test .venv/.installed .venv/.catalogues ## run every test and check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/baodian check --strict
	NODE="$$(sh tests/find_node.sh)" && export NODE && "$$NODE" --test tests/scripts/*.test.mjs && \
	  CHROMIUM="$$(sh tests/find_browser.sh)" && export CHROMIUM && \
	  NGINX="$$(sh tests/find_nginx.sh)" && export NGINX && \
	  $(BIN)/python -m pytest -n 2 --dist loadfile

mutants: .venv/.installed-test .venv/.installed .venv/.catalogues ## change one line at a time and count what the tests see
	NODE="$$(sh tests/find_node.sh)" && export NODE && $(BIN)/python tests/mutants.py

contract: .venv/.installed-test .venv/.installed .venv/.catalogues ## build with other engines too (fetches Zensical, 80 MB)
	$(BIN)/python tests/contract.py

pages: .venv/.installed .venv/.catalogues ## write tests/pages anew: what every page of the test playbooks says
	$(BIN)/python tests/outlines.py

words: .venv/.installed ## collect our own words from the code into the catalogues
	$(BIN)/pybabel --quiet extract -F generator/babel.cfg $(KEYWORDS:%=-k %) --sort-by-file \
	  --add-location=file --no-wrap -o .venv/words.pot generator/baodian
	for catalogue in $(LOCALES); do \
	  locale=$${catalogue#generator/baodian/locale/}; \
	  $(BIN)/pybabel --quiet update -i .venv/words.pot -o $$catalogue -l $${locale%%/*} \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap || exit 1; \
	done

licences: .venv/.installed-test .venv/.installed ## list licence and age of every package (the age needs uv)
	$(BIN)/python tests/licences.py

audit: .venv/.installed ## ask the index for known weaknesses of the locked packages (installs pip-audit)
	@$(BIN)/pip-audit --version >/dev/null 2>&1 || $(PIP_INSTALL) pip-audit
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.lock -r requirements-test.lock

lock: ## compute the lock files anew from pyproject.toml (needs uv)
	uv pip compile --quiet pyproject.toml --group build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url --upgrade -o requirements.lock
	uv pip compile --quiet pyproject.toml --all-extras --group build --group test --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade \
	  -c requirements.lock -o requirements-test.lock

clean: ## delete the built handbook and the caches, keep .venv
	rm -rf site site-* .site* .baodian-cache dist .mypy_cache .ruff_cache .pytest_cache \
	  .hypothesis

# --- what is installed, as stamps ---------------------------------------------------------------

.venv/bin/python:
	@for python in python3.13 python3.12 python3.11 python3 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    if ! "$$python" -c 'import ensurepip' 2>/dev/null; then \
	      echo "$$python has no ensurepip. On Debian or Ubuntu: apt-get install python3-venv" >&2; \
	      exit 1; \
	    fi; \
	    exec "$$python" -m venv .venv; \
	  fi; \
	done; \
	echo "Python 3.11 or newer is needed (python3)." >&2; exit 1

.venv/.locked: requirements.lock | .venv/bin/python
	@echo "Installing into .venv …"
	$(PIP_INSTALL) --require-hashes -r requirements.lock
	@touch $@

# pyproject.toml and the hook decide what an install does; the code itself is used in place.
.venv/.installed: .venv/.locked pyproject.toml generator/hatch_build.py
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-test: requirements-test.lock .venv/.locked
	@echo "Installing the test tools into .venv …"
	$(PIP_INSTALL) --require-hashes -r requirements-test.lock
	@touch $@

.venv/.catalogues: $(LOCALES) .venv/.installed
	$(BIN)/python generator/hatch_build.py
	@touch $@
