#!/usr/bin/env bash
# setup.sh run|whisper|test: make this checkout ready: system packages, .venv, locked requirements.
# run is what Bancone needs; whisper adds the recogniser that hears any language; test adds what tests and checks need.
#
# What is already there is left alone, so a second time costs a moment and needs no network. PYTHON=/path/to/python3.12 chooses
# the interpreter; BANCONE_NO_APT=1 never installs system packages, only says which are missing.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-run}
case $kind in
  run) lock=requirements.lock ;;
  whisper) lock=requirements-whisper.lock ;;
  test) lock=requirements-dev.lock ;;
  *) echo "setup.sh: unknown kind '$kind', want run, whisper or test" >&2; exit 2 ;;
esac

# what Qt's xcb platform, sound and the voice need at run time
run_packages="ca-certificates dbus dbus-x11 espeak-ng fonts-dejavu-core libasound2-plugins libbrotli1 libdbus-1-3 libegl1 libfontconfig1
  libgl1 libglib2.0-0 libportaudio2 libpulse0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libxkbcommon0"
# what a test needs to be a person in front of a screen
test_packages="alsa-utils at-spi2-core gir1.2-atspi-2.0 gnome-keyring imagemagick openbox procps pulseaudio pulseaudio-utils python3-gi sox trayer
  x11-utils x11-xserver-utils xauth xdotool xvfb"

say() { echo "bancone: $*"; }
fail() { echo "bancone: $*" >&2; exit 1; }

usable_python() {
  "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
  local name
  for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
    if command -v "$name" >/dev/null && usable_python "$name"; then command -v "$name"; return 0; fi
  done
  return 1
}

# The package that gives an interpreter, or the one it has with a working venv; nothing when all is there.
python_packages() {
  local python name
  if [ -x .venv/bin/python ] && usable_python .venv/bin/python; then return 0; fi
  if python=$(find_python); then
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return 0
    "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    return 0
  fi
  [ -z "${PYTHON:-}" ] || fail "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13"
  for name in python3.13 python3.12 python3.11; do
    if apt-cache show "$name" >/dev/null 2>&1; then echo "$name $name-venv"; return 0; fi
  done
  echo "python3 python3-venv"
}

missing_packages() {
  local name installed wanted=$run_packages
  [ "$kind" != test ] || wanted="$wanted $test_packages"
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} \n' | grep '^installed ')
  for name in $wanted; do
    # Debian 13 and Ubuntu 24.04 renamed some libraries to <name>t64
    [[ $installed == *" $name "* || $installed == *" ${name}t64 "* ]] || echo "$name"
  done
}

install_packages() {
  local as=() names
  names=$(echo "$@")
  local command="apt-get update && apt-get install -y --no-install-recommends $names"
  if [ "$(id -u)" != 0 ]; then
    if [ -z "${BANCONE_NO_APT:-}" ] && sudo -n true 2>/dev/null; then as=(sudo -n); else
      printf 'bancone: some system packages are missing. Please run\n\n  sudo sh -c "%s"\n\nand start this again.\n' "$command" >&2
      exit 1
    fi
  elif [ -n "${BANCONE_NO_APT:-}" ]; then
    printf 'bancone: some system packages are missing. Please run\n\n  %s\n\nand start this again.\n' "$command" >&2
    exit 1
  fi
  say "installing $# system packages (about half a minute): $names"
  "${as[@]}" apt-get -qq update
  # shellcheck disable=SC2086
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $names >.setup.log 2>&1 ||
    { tail -n 15 .setup.log >&2; fail "the system packages could not be installed; everything apt said is in .setup.log"; }
  rm -f .setup.log
}

system_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian or Ubuntu: leaving the system packages to you (the list is in installer/setup.sh)"
    return 0
  fi
  local missing
  missing=$(python_packages; missing_packages)
  [ -z "$missing" ] && return 0
  # a bare system has empty lists and cannot tell which Pythons it could install
  if [ "$(id -u)" = 0 ] && ! find_python >/dev/null && [ -z "${BANCONE_NO_APT:-}" ]; then
    say "fetching the list of system packages"
    apt-get -qq update
    missing=$(python_packages; missing_packages)
  fi
  # shellcheck disable=SC2086
  install_packages $missing
}

virtual_environment() {
  if [ -x .venv/bin/python ] && usable_python .venv/bin/python; then return 0; fi
  local python
  python=$(find_python) || fail "no Python 3.11, 3.12 or 3.13 here; install one and start this again with PYTHON=/path/to/it"
  say "making .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
}

# What the environment holds of $1: the lock it was installed from and what the package says of itself, as a hash.
state() {
  { cat "$1"; sed '/^\[tool\.pytest/,$d' pyproject.toml; } | sha256sum | cut -d' ' -f1
}

requirements() {
  local stamp=.venv/bancone-requirements enough
  case $kind in # each lock holds all of the ones before it
    run) enough="requirements.lock requirements-whisper.lock requirements-dev.lock" ;;
    whisper) enough="requirements-whisper.lock requirements-dev.lock" ;;
    test) enough="requirements-dev.lock" ;;
  esac
  for file in $enough; do
    if [ -f $stamp ] && [ "$(cat $stamp)" = "$(state "$file")" ]; then return 0; fi
  done
  say "installing $(grep -c '^[a-zA-Z]' "$lock") Python packages (one to three minutes)"
  .venv/bin/pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r "$lock" ||
    fail "the Python packages could not be installed (no network?)"
  .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
  .venv/bin/python -m compileall -q -j 0 .venv/lib >/dev/null 2>&1 || true # some packages carry templates that do not compile
  state "$lock" >$stamp
  [ "$kind" = test ] || say "ready; 'make install-desktop' adds it to the applications menu and starts it with the session"
}

system_packages
virtual_environment
requirements
