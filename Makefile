# What a person does here, and CI too: it runs `make check` and `make test` and nothing else.
# CARGO_TARGET_DIR is honored; nothing else needs to be set.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run seed test soak check fmt schema bench clean

# Tools that are built here because the machine has none live beside the build.
TOOLS := $(or $(CARGO_TARGET_DIR),target)/tools
export PATH := $(PATH):$(abspath $(TOOLS))/bin

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Serve on this machine: SQLite, a demo employer, GraphiQL, and tokens to try
	cargo run

seed: ## Fill the database with a believable employer; ARGS="..." for the options of `upskill seed`
	cargo run -- seed $(ARGS)

test: ## Run every test, on SQLite and on a throw-away PostgreSQL that this starts and stops
	UPSKILL_TEST_REQUIRE_POSTGRES=1 tests/with-postgres.sh cargo test --workspace --locked

soak: ## Try a hundred thousand random funding commands on each database; ARGS=5000 for as many, SEED=1 for others
	UPSKILL_SOAK_COMMANDS="$(or $(ARGS),100000)" $(if $(SEED),UPSKILL_SOAK_SEED="$(SEED)") UPSKILL_TEST_REQUIRE_POSTGRES=1 \
		tests/with-postgres.sh cargo test --locked -p upskill-tests --test it -- soak --nocapture

check: ## Check everything short of running the tests: format, lints, licenses, schema, docs
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@command -v cargo-deny >/dev/null || { echo "cargo-deny is not installed; building it in $(TOOLS)"; \
		env -u CARGO_TARGET_DIR cargo install --quiet --locked --debug --root "$(TOOLS)" cargo-deny@0.20.2; }
	cargo deny --locked check --hide-inclusion-graph licenses bans sources
	cargo run --quiet --locked -- schema | diff -u api/schema.graphql - || \
		{ echo 'api/schema.graphql is not what the code says: run `make schema` and read the difference'; exit 1; }
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked

fmt: ## Format the sources
	cargo fmt --all

schema: ## Write api/schema.graphql anew from the code
	cargo run --quiet --locked -- schema > api/schema.graphql.new
	mv api/schema.graphql.new api/schema.graphql

bench: ## Measure against the database's own speed, and print the ratios; ARGS="--seconds 2 --only employee"
	cargo build --release --locked
	UPSKILL_TEST_POSTGRES_DURABLE=1 tests/with-postgres.sh cargo bench --locked -p upskill-tests --bench load -- $(ARGS)

clean: ## Remove what was built, and this machine's own database and keys in var/
	cargo clean
	rm -rf var
