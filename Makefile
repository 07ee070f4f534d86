# The commands of this project. Each installs what it needs first; a second start has no set-up work left.
.PHONY: install run demo test check bench campaign simulate faults mutants powercut kill package lock clean help
.DEFAULT_GOAL := help

help:                   ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 18

install:                ## set up the program (system libraries, .venv)
	@scripts/install

run: install            ## the desk with a practice manufacturer; without a display it plays the main job by itself
	@if [ "$$(uname)" != Linux ] || [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; \
	then .venv/bin/comptoir --practice; \
	else .venv/bin/comptoir demo --out build/demo; fi

demo: install           ## the main job, played by itself, with a picture of each step in build/demo
	@.venv/bin/comptoir demo --out build/demo

test:                   ## the whole suite
	@scripts/install --tests
	@.venv/bin/python -m pytest -n 2 --dist loadfile

check:                  ## everything that reads the code without running it
	@scripts/install --tests
	@scripts/check

bench:                  ## figures against their floors, also in build/bench.json; NAMES=million takes some minutes
	@scripts/install --tests
	@.venv/bin/python -m tests.bench $(NAMES)

campaign:               ## N (10000) more generated dealers x baskets of SEED (1), priced twice and compared
	@scripts/install --tests
	@.venv/bin/python -m tests.campaign.pricing --cases $(or $(N),10000) --seed $(or $(SEED),1)

powercut:               ## N (10000) more power cuts of SEED (1) in recorded days of desk and server
	@scripts/install --tests
	@.venv/bin/python -m tests.powercut --n $(or $(N),10000) --seed $(or $(SEED),1) --jobs $(or $(JOBS),$(shell nproc))

kill:                   ## N (1000) more strokes of SEED (1) against the two programs, and a ledger of their orders
	@scripts/install --tests
	@.venv/bin/python -m tests.campaign.kill --n $(or $(N),1000) --seed $(or $(SEED),1) --jobs $(or $(JOBS),$(shell nproc))

simulate:               ## N (1000) more schedules of SEED (1): both programs on a network and files that fail, judged
	@scripts/install --tests
	@PYTHONHASHSEED=0 .venv/bin/python -m tests.simulation --n $(or $(N),1000) --seed $(or $(SEED),1)

faults:                 ## N (1500) more faults of SEED (1) at every kind of request; with PAIRS=1 pairs of them
	@scripts/install --tests
	@PYTHONHASHSEED=0 .venv/bin/python -m tests.simulation.faults $(if $(PAIRS),--pairs) --n $(or $(N),1500) --seed $(or $(SEED),1) --jobs $(or $(JOBS),$(shell nproc))

mutants:                ## known mistakes made in copies of the programs: the proofs of the sync must find each
	@scripts/install --tests
	@PYTHONHASHSEED=0 .venv/bin/python -m tests.mutants --jobs $(or $(JOBS),$(shell nproc))

package: install        ## the Debian package in dist/ (installer/README.md)
	@installer/build

lock:                   ## write requirements/*.txt anew from pyproject.toml
	@scripts/install --tests
	@scripts/lock

clean:                  ## remove what runs have made (not .venv)
	@rm -rf build dist .coverage .coverage.* htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
