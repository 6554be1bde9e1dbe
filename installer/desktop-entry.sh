#!/usr/bin/env bash
# desktop-entry.sh install|uninstall: Bancone in this user's applications menu, and started with the session; or not any more.
#
# Writes nothing outside $XDG_DATA_HOME and $XDG_CONFIG_HOME and says what it writes.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${XDG_DATA_HOME:-$HOME/.local/share}
menu=$data/applications/bancone.desktop
icon=$data/icons/hicolor/scalable/apps/bancone.svg
autostart=${XDG_CONFIG_HOME:-$HOME/.config}/autostart/bancone.desktop

# The template $1 with this checkout's place in it, as $2.
place() {
  local text
  text=$(<"$1")
  mkdir -p "$(dirname "$2")"
  printf '%s\n' "${text//@ROOT@/$PWD}" >"$2"
  echo "bancone: wrote $2"
}

case ${1:-} in
  install)
    place installer/bancone.desktop "$menu"
    place installer/bancone-autostart.desktop "$autostart"
    mkdir -p "$(dirname "$icon")"
    cp assets/icons/bancone.svg "$icon"
    echo "bancone: wrote $icon"
    ;;
  uninstall)
    for file in "$menu" "$autostart" "$icon"; do
      [ ! -e "$file" ] || { rm "$file"; echo "bancone: removed $file"; }
    done
    ;;
  *) echo "desktop-entry.sh: say install or uninstall" >&2; exit 2 ;;
esac
