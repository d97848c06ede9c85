# Alliance Commons. `make help` explains every target. Nothing is needed but Python 3.11 with venv, make and git.

PYTHON ?= python3
PORT ?= 8000
URLS ?= /
VENV := .venv/bin/python
MODULE := $(PYTHON) -B scripts/bootstrap.py

export PORT

.DEFAULT_GOAL := help
.PHONY: help run run-full test test-fast test-journeys test-faults test-client8 relevance duplicates bench-search bench-forums bench-matching bench-people look lint format lock clean

help: ## Explains every target
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Starts the portal on SQLite with starter and demo content; PORT=8000 is its port, Ctrl-C stops it
	@$(MODULE) production scripts.run

run-full: ## The same on PostgreSQL and Elasticsearch, both started here and kept in var/
	@$(MODULE) production scripts.run --full

test: ## Everything: linters, types, tests on SQLite, then on PostgreSQL with Elasticsearch, then Chromium
	@$(MODULE) development scripts.suite full

test-fast: ## Linters, types and the tests on SQLite but the thorough ones, in three to four minutes
	@$(MODULE) development scripts.suite fast

test-journeys: ## The journeys in Chromium alone
	@$(MODULE) development scripts.suite journeys

test-faults: ## Kills Elasticsearch twenty times during writes: nothing lost, nothing stale
	@$(MODULE) development scripts.suite faults

test-client8: ## The search tests with the 8.19 client of Elasticsearch, in an environment of its own
	@$(MODULE) development scripts.suite client8

relevance: ## Measures the search on collections with known answers, one line an engine and set
	@$(MODULE) development scripts.suite relevance

duplicates: ## Measures whether a lesson that is written again is noticed, one line an engine
	@$(MODULE) development scripts.suite duplicates

bench-search: ## Measures the speed of search on 10 000 and 100 000 generated lessons
	@$(MODULE) development scripts.suite bench-search

bench-forums: ## Measures the CPU of forum pages at 1 000 to 100 000 topics, beside django-machina
	@$(MODULE) development scripts.suite bench-forums

bench-matching: ## Measures rounds of 200 to 5 000 mentees beside greedy and Gale-Shapley, and a shortlist of 3 000 mentors
	@$(MODULE) development scripts.suite bench-matching

bench-people: ## Measures the pages of the directory with 1 000 and 10 000 people, on both databases
	@$(MODULE) development scripts.suite bench-people

look: ## Pictures and findings of pages: URLS="/ /playbook/" AS=ilse_koster BASE_URL=http://127.0.0.1:8000
	@$(MODULE) development scripts.look $(URLS)

lint: ## ruff, mypy, import-linter
	@$(MODULE) development scripts.suite lint

format: ## Formats the Python files and mends what can be mended by itself
	@$(MODULE) development scripts.suite format

lock: ## Locks the newest allowed versions of all packages into requirements/; UPGRADE=1 raises them
	@$(MODULE) development scripts.lock

clean: ## Deletes the database, pictures, caches and servers of this checkout; keeps .venv
	@$(PYTHON) -B scripts/clean.py
