# Everything a newcomer needs is `make demo` and `make test`; `make` alone lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
CORES ?= 2
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
POSTGRES := $(BIN)/python -m tests.postgres
BROWSER := $(BIN)/python -m tests.browser.chromium
HOSTS := $(BIN)/python -m tests.hosts
JUDGES := $(BIN)/python -m tests.judges.site
PYTEST := $(BIN)/python -m pytest
# Tests that share a newsroom which is dear to load are a group, and stay in one process. Those that empty the database come last.
BY_GROUP := -n $(CORES) --dist loadgroup --no-loadscope-reorder
# The embedded database, whatever the environment says.
EMBEDDED := env -u DATABASE_URL

# This file is for a developer's machine: a deployed site never runs it.
export NEWSROOM_DEV := 1
export PYTHONUNBUFFERED := 1

# A site as it would be deployed, to check that nothing there depends on development.
DEPLOYED := NEWSROOM_DEV=0 NEWSROOM_ENV_FILE= DATABASE_URL=sqlite:///:memory: \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	ALLOWED_HOSTS=news.example NEWSROOM_URL=https://news.example NEWSROOM_STATIC_ROOT=var/check-static

.PHONY: help
help: ## List what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Setting up ----------------------------------------------------------------------------------

.PHONY: setup
setup: $(VENV)/.installed ## Make .venv from the locked, hashed requirements

$(VENV)/.installed: requirements.txt requirements-dev.txt
	@python=""; \
	for name in python3.11 python3 python; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Newsroom needs Python 3.11 or newer, and none was found. On Debian: apt-get install python3.11 python3.11-venv" >&2; \
		exit 1; \
	fi; \
	if [ ! -x $(BIN)/python ] && ! "$$python" -m venv $(VENV); then \
		echo "$$python could not make $(VENV). On Debian: apt-get install python3-venv" >&2; \
		rm -rf $(VENV); exit 1; \
	fi
	@echo "Installing the locked requirements into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: lock
lock: setup ## Compile requirements*.txt again from pyproject.toml
	@for part in "requirements.txt" "requirements-s3.txt --extra s3" "requirements-dev.txt --extra s3 --group dev"; do \
		$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --output-file $$part; \
	done
	@$(MAKE) setup

# --- Running -------------------------------------------------------------------------------------

demo run: export NEWSROOM_URL ?= http://127.0.0.1:$(PORT)

.PHONY: demo
demo: setup ## Load a demo newsroom and serve it on http://127.0.0.1:8000 (PORT=… to change)
	@mkdir -p var
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo
	@$(MAKE) run DEBUG=0

.PHONY: run
run: export DEBUG ?= 1
run: setup ## Serve the newsroom as it is
	@mkdir -p var
	@$(MANAGE) migrate --verbosity 0
	@printf '\n  Readers: http://127.0.0.1:%s/\n  Desk:    http://127.0.0.1:%s/admin/\n  Ctrl+C stops it.\n\n' $(PORT) $(PORT)
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

# --- Checking ------------------------------------------------------------------------------------

.PHONY: test
test: setup abreast test-hosts test-browser judges ## Run every check and test there is
	@status=0; \
	$(POSTGRES) --available || { status=1; echo "Not run: the tests on PostgreSQL. To run them: apt-get install postgresql"; }; \
	$(HOSTS) --available || { status=1; echo "Not run: the tests of several hosts. $(hosts_need)"; }; \
	$(BROWSER) --available || { status=1; echo "Not run: the browser tests. To run them: apt-get install chromium (or set NEWSROOM_CHROMIUM)"; }; \
	$(JUDGES) --available || { status=1; echo "Not run: the outside judges. $(judges_need)"; }; \
	if [ $$status = 0 ]; then echo "Everything ran and passed."; else echo "What ran has passed."; fi

# What needs nothing but processors: one part fills the pauses of another, and says what it has to say when it ends.
.PHONY: abreast
abreast: setup
	@$(BIN)/python -m tests.ready
	@printf "%s\n" types checks lint test-sqlite test-postgres | xargs -P 3 -I {} bash -c \
		'said=$$(mktemp); $(MAKE) {} >"$$said" 2>&1; status=$$?; cat "$$said"; rm "$$said"; exit $$status'

.PHONY: lint
lint: setup ## Check style, templates and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@find templates articles -name '*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --check
	@$(BIN)/lint-imports --no-logo

.PHONY: types
types: setup ## Check types where rules live
	@$(BIN)/mypy

.PHONY: checks
checks: setup ## Check migrations, and the settings and static files of a deployed site
	@mkdir -p var
	@$(MANAGE) makemigrations --check --dry-run
	@$(DEPLOYED) $(MANAGE) check --deploy --fail-level WARNING
	@$(DEPLOYED) $(MANAGE) collectstatic --clear --no-input --verbosity 0

.PHONY: test-sqlite
test-sqlite: setup ## Run the tests on SQLite, without the browser
	@$(EMBEDDED) $(PYTEST) -q $(BY_GROUP) --ignore=tests/browser --ignore=tests/hosts

.PHONY: test-postgres
test-postgres: setup ## Run the tests that use a database on a private PostgreSQL
	@if $(POSTGRES) --available; then $(POSTGRES) -- $(PYTEST) -q $(BY_GROUP) tests/db tests/doors --ignore=tests/doors/test_html.py; \
	else $(call absent,PostgreSQL is not installed: apt-get install postgresql); fi

hosts_need = To run them: apt-get install nginx-light redis-server openssl postgresql

# Servers are stopped and started while people read, and time is measured: one test at a time.
.PHONY: test-hosts
test-hosts: setup ## Run sites as docs/deploy.md sets them up, on one host and on several that fail
	@if $(HOSTS) --available; then $(EMBEDDED) $(PYTEST) -q -s tests/hosts; \
	else $(call absent,The servers of several hosts are not installed. $(hosts_need)); fi

.PHONY: test-browser
test-browser: setup ## Run whole flows in headless Chromium
	@if $(BROWSER) --available; then $(EMBEDDED) $(PYTEST) -q -n $(CORES) --dist worksteal tests/browser; \
	else $(call absent,Chromium is not installed: apt-get install chromium); fi

judges_need = To run them: apt-get install chromium nodejs npm default-jre-headless w3m

.judges/.installed: tests/judges/package.json tests/judges/package-lock.json tests/judges/.npmrc
	@mkdir -p .judges
	@cp $^ .judges/
	@echo "Installing the locked judges into .judges …"
	@cd .judges && npm ci --silent
	@touch $@

.PHONY: judges
judges: setup ## Let outside judges look at every kind of page of the demo
	@if $(JUDGES) --available; then $(MAKE) .judges/.installed && $(EMBEDDED) $(JUDGES) -- $(MAKE) judge; \
	else $(call absent,The outside judges are not installed. $(judges_need)); fi

# Lighthouse measures time, and so has the machine to itself.
.PHONY: judge
judge:
	@$(PYTEST) -q -n $(CORES) tests/judges --ignore=tests/judges/test_lighthouse.py
	@$(PYTEST) -q tests/judges/test_lighthouse.py

# Without NEWSROOM_REQUIRE what is absent is left out, and `make test` says so at the end.
absent = if [ "$${NEWSROOM_REQUIRE:-0}" = 1 ]; then echo "$(1)" >&2; exit 1; fi

# What is measured has the machine to itself: run it when nothing else does. bench/README.md says what it does.
.PHONY: bench
bench: setup ## Measure the newsroom against nginx, a bare view and itself (OPTIONS=--quick, --help)
	@$(EMBEDDED) $(BIN)/python -m bench.run $(OPTIONS)

.PHONY: bench-compare
bench-compare: setup ## Measure how fast words are looked up in a source (OPTIONS=--help)
	@$(BIN)/python -m bench.compare $(OPTIONS)

.PHONY: bench-quotes
bench-quotes: DATA ?= tests/copy
bench-quotes: setup ## Measure the text engine on marked copy (DATA=file or folder, OPTIONS=--help)
	@$(BIN)/python -m bench.quotes $(OPTIONS) $(DATA)

.PHONY: bench-import
bench-import: setup ## Measure how fast an archive comes in, on both databases (OPTIONS=--help)
	@$(EMBEDDED) $(BIN)/python -m bench.importing $(OPTIONS)
	@$(POSTGRES) -- $(BIN)/python -m bench.importing $(OPTIONS)

.PHONY: bench-pages
bench-pages: setup ## Measure how fast pages are answered, ready ones and made ones (OPTIONS=--help)
	@$(BIN)/python -m bench.pages $(OPTIONS)

# --- Documentation -------------------------------------------------------------------------------

.PHONY: pictures
pictures: setup ## Take the pictures in docs/pictures from the demo newsroom
	@$(BIN)/python -m tests.browser.pictures

.PHONY: permissions
permissions: setup ## Write docs/permissions.md from the steps of a story
	@NEWSROOM_WRITE_PERMISSIONS=1 $(EMBEDDED) $(PYTEST) -q tests/db/test_permissions_page.py
