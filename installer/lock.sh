#!/usr/bin/env bash
# lock.sh [--upgrade]: write requirements.lock and requirements-dev.lock anew from pyproject.toml.
#
# Universal for Python 3.11-3.13, with hashes, without the place they were fetched from. What is locked stays unless --upgrade is given.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_SYSTEM_CERTS=1
options=(--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet "$@")
.venv/bin/uv pip compile pyproject.toml --group build "${options[@]}" -o requirements.lock
.venv/bin/uv pip compile pyproject.toml --group build --group dev --extra whisper -c requirements.lock "${options[@]}" -o requirements-dev.lock
echo "locked: $(grep -c '^[a-zA-Z]' requirements.lock) packages to run, $(grep -c '^[a-zA-Z]' requirements-dev.lock) to test"
