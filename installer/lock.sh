#!/usr/bin/env bash
# lock.sh [--upgrade]: write the three requirements*.lock anew from pyproject.toml; each holds all of the one before it.
#
# Universal for Python 3.11-3.13, with hashes, without the place they were fetched from. What is locked stays unless --upgrade is given.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_SYSTEM_CERTS=1
options=(--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet "$@")
lock() { .venv/bin/uv pip compile pyproject.toml --group build "${options[@]}" "${@:2}" -o "$1"; }
lock requirements.lock
lock requirements-whisper.lock --extra whisper -c requirements.lock
lock requirements-dev.lock --extra whisper --group dev -c requirements-whisper.lock
for file in requirements.lock requirements-whisper.lock requirements-dev.lock; do
  echo "$file: $(grep -c '^[a-zA-Z]' "$file") packages"
done
