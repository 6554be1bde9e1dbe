# Bancone. Each of these does its own set-up on a bare Debian or Ubuntu.
# ARGS goes to the program: make run ARGS='say "chi viene oggi?"', make test ARGS='tests/agent -x'

.PHONY: run whisper test check format bench lock install-desktop uninstall-desktop clean

run:
	@installer/setup.sh run
	@.venv/bin/bancone $(ARGS)

# Hearing any language without a key: the recogniser now, its model at first use.
whisper:
	@installer/setup.sh whisper

test:
	@installer/setup.sh test
	@.venv/bin/pytest $(ARGS)

# Style, types, who may import what, translations.
check:
	@installer/setup.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest -q tests/test_architecture.py tests/test_translations.py

format:
	@installer/setup.sh test
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format --quiet .

bench:
	@installer/setup.sh test
	@.venv/bin/python -m tests.bench $(ARGS)

lock:
	@installer/setup.sh test
	@installer/lock.sh $(ARGS)

# An entry in the applications menu, and starting with the session.
install-desktop:
	@installer/setup.sh run
	@installer/desktop-entry.sh install

uninstall-desktop:
	@installer/desktop-entry.sh uninstall

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache build dist
	find desktop agent tools assets tests -name __pycache__ -prune -exec rm -rf {} +
