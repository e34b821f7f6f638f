# The few commands that people type. Each installs what is missing, saying so, and is quick when nothing is.
.DEFAULT_GOAL := serve
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: serve site test test-native test-udata test-browser lint bench bench-repair tools browser references udata peers clean

TRUNK_VERSION := 0.21.14
BINDGEN_VERSION := 0.2.130
BINARYEN_VERSION := 132.0.0
AXE_VERSION := 4.14.1
PAPAPARSE_VERSION := 5.7.1
SHEETJS_VERSION := 0.18.5
FRICTIONLESS_VERSION := 5.21.0
VALIDATA_VERSION := 0.12.5
DPLIB_VERSION := 1.1.0
RDFLIB_VERSION := 7.6.0
OPENPYXL_VERSION := 3.1.5
JSONSCHEMA_VERSION := 4.26.0
ROWS := 1000000
RUNS := 3
TOOLS := $(CURDIR)/target/tools
export PATH := $(TOOLS)/bin:$(TOOLS)/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)
APT := $(if $(filter 0,$(shell id -u)),apt-get,sudo apt-get)
SOURCES := Cargo.toml Cargo.lock Trunk.toml $(shell find src style public schemas -type f)

## The studio, built and open on http://127.0.0.1:8080
serve: site
	@command -v python3 >/dev/null || \
	  { echo "Installing Python 3, which serves the folder"; $(APT) update -q && $(APT) install -y -q python3; }
	@echo "Atelier: http://127.0.0.1:8080 (Ctrl+C stops it)"
	@python3 -m http.server 8080 --bind 127.0.0.1 --directory dist

## The studio's folder, in dist/: built when its sources have changed
site: dist/.built
dist/.built: $(SOURCES) | tools
	trunk build --release
	@touch $@

## All tests: formatting, lints, the domain, the command line, publishing on a real platform, the studio in a real browser
test: lint test-native test-udata test-browser

lint: | tools
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --target wasm32-unknown-unknown -- -D warnings

test-native: references
	cargo test --lib --bins --test suite

test-udata: | udata
	cargo test --test udata

test-browser: site | browser
	cargo test --test browser

## The studio's speed beside PapaParse's, SheetJS's and a bare checker's, on the same files: make bench ROWS=100000 RUNS=1 (workbooks: a tenth of the rows)
bench: site | browser peers
# The browser does the work: what drives it is built as for the tests.
	ATELIER_BENCH_ROWS=$(ROWS) ATELIER_BENCH_RUNS=$(RUNS) cargo bench --profile dev --bench peers

## Repairs of 300 000 cells in a million rows, beside a plain rewriting of the same texts
bench-repair:
	cargo bench --bench repair

# What building the site needs
tools:
	@rustup target list --installed | grep -qx wasm32-unknown-unknown || \
	  { echo "Adding Rust's wasm32 target"; rustup target add wasm32-unknown-unknown; }
	@trunk --version 2>/dev/null | grep -qx "trunk $(TRUNK_VERSION)" || \
	  { echo "Installing trunk $(TRUNK_VERSION), which builds the site (several minutes)"; \
	    cargo install trunk --version $(TRUNK_VERSION) --locked --root $(TOOLS); }
	@wasm-bindgen --version 2>/dev/null | grep -qx "wasm-bindgen $(BINDGEN_VERSION)" || \
	  { echo "Installing wasm-bindgen-cli $(BINDGEN_VERSION), which joins Rust and the browser (several minutes)"; \
	    cargo install wasm-bindgen-cli --version $(BINDGEN_VERSION) --root $(TOOLS); }
	@command -v npm >/dev/null || \
	  { echo "Installing Node.js and npm, which run wasm-opt"; $(APT) update -q && $(APT) install -y -q nodejs npm; }
	@wasm-opt --version 2>/dev/null | grep -q "version 132" || \
	  { echo "Installing binaryen $(BINARYEN_VERSION), whose wasm-opt shrinks the program"; \
	    npm install --silent --no-audit --no-fund --prefix $(TOOLS) binaryen@$(BINARYEN_VERSION); }

# What testing in a browser needs besides
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || \
	  { echo "Installing Chromium and its driver, which run the browser tests"; \
	    $(APT) update -q && $(APT) install -y -q chromium chromium-driver; }
	@test -f $(TOOLS)/node_modules/axe-core/axe.min.js || \
	  { echo "Installing axe-core $(AXE_VERSION), which checks accessibility"; \
	    npm install --silent --no-audit --no-fund --prefix $(TOOLS) axe-core@$(AXE_VERSION); }

# What the packs are checked with
references:
	@command -v python3 >/dev/null && python3 -c "import venv, ensurepip" 2>/dev/null || \
	  { echo "Installing Python 3, which runs what the packs are checked with"; $(APT) update -q && $(APT) install -y -q python3 python3-venv; }
	@$(TOOLS)/python/bin/python -c "import dplib, frictionless, jsonschema, openpyxl, rdflib, validata_core" 2>/dev/null || \
	  { echo "Installing frictionless $(FRICTIONLESS_VERSION), Validata $(VALIDATA_VERSION) and others, which read the packs"; \
	    python3 -m venv $(TOOLS)/python && $(TOOLS)/python/bin/pip install --quiet --disable-pip-version-check \
	      frictionless==$(FRICTIONLESS_VERSION) validata-table==$(VALIDATA_VERSION) dplib-py==$(DPLIB_VERSION) \
	      rdflib==$(RDFLIB_VERSION) openpyxl==$(OPENPYXL_VERSION) jsonschema==$(JSONSCHEMA_VERSION); }
# The platform that the tests publish on: the program of data.gouv.fr, on this machine
udata: $(TOOLS)/udata/.installed
$(TOOLS)/udata/.installed: tests/udata/requirements.txt
	@python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && python3 -c 'import ensurepip' 2>/dev/null || \
	  { echo "Installing Python 3 (3.11 to 3.14 is wanted) and its environments, which run udata"; \
	    $(APT) update -q && $(APT) install -y -q python3 python3-venv; }
	@echo "Installing udata, the platform that the tests publish on (PyPI, 600 MB, two minutes)"
	@python3 -m venv $(TOOLS)/udata
	@$(TOOLS)/udata/bin/pip install -q --disable-pip-version-check -r $<
	@touch $@

# What the studio is compared with
peers:
	@test -f $(TOOLS)/node_modules/papaparse/papaparse.min.js && test -f $(TOOLS)/node_modules/xlsx/dist/xlsx.full.min.js || \
	  { echo "Installing PapaParse $(PAPAPARSE_VERSION) and SheetJS $(SHEETJS_VERSION), which the studio is compared with"; \
	    npm install --silent --no-audit --no-fund --prefix $(TOOLS) papaparse@$(PAPAPARSE_VERSION) xlsx@$(SHEETJS_VERSION); }

clean:
	cargo clean
	rm -rf dist
