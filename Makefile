# Standout. Plain `make` lists what can be made; the comments behind the targets are that list.

VIDEO ?=
EXPORT ?=
export VIDEO EXPORT

.DEFAULT_GOAL := help
.PHONY: help setup sample interface run find test check fix bindings dev bench nightly package licences clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup sample ## Open the window; VIDEO=talk.mp4 imports and analyses it. Without a display: find
	@scripts/run

find: setup sample ## Find highlights on the command line and export them; VIDEO=talk.mp4, else the sample
	@scripts/find

test: setup sample interface ## Run everything that has to hold: check, unit, integration, interface and window tests
	@scripts/test

check: setup sample interface ## Check formatting, lints, types, crate arrows, file sizes, generated bindings
	@scripts/check

fix: setup sample interface ## Repair formatting and simple lints, renew generated bindings
	@scripts/fix

bindings: setup sample interface ## Write the interface's types from the Rust side
	@scripts/write-bindings

dev: setup ## Serve the interface to a plain browser, on a fake backend that reloads as you type
	@scripts/dev

bench: setup sample interface ## Measure what has to be fast
	@scripts/bench

nightly: setup ## Feed the HTTP door made-up requests for a minute (fetches a nightly Rust and cargo-fuzz)
	@scripts/nightly

package: setup sample interface ## Build the Debian package
	@scripts/package

licences: setup ## Check the licences of all crates (needs cargo-deny)
	@scripts/licences

setup: ## Install what is missing: system packages, Rust, Node packages
	@scripts/setup

sample: setup ## Make the sample programme when its recipe changed
	@scripts/build-sample

interface: setup ## Build the interface when its sources changed
	@scripts/build-interface

clean: ## Remove everything that was built, the sample too
	@rm -rf target ui/dist ui/node_modules assets/sample/standout-sample.mp4
