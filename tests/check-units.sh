#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The units of systemd are what systemd takes, as it says itself; and the service runs the program with words it knows.
# usage: check-units.sh SERVICE TIMER TOLLBOOKCTL
set -eu
echo "1..2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed "s|^ExecStart=[^ ]*|ExecStart=$(realpath "$3")|" "$1" >"$work/tollbook-sync.service"
cp "$2" "$work/"

words=$(sed -n 's/^ExecStart=[^ ]* //p' "$1")
# shellcheck disable=SC2086
"$3" --books "$work/books" init >/dev/null && [ -z "$("$3" --books "$work/books" $words 2>&1)" ] && echo "ok 1 - $words" || echo "not ok 1 - $words"

if ! command -v systemd-analyze >/dev/null; then
  echo "not ok 2 - units"
  echo "# systemd-analyze is not here: .ci/install check installs it (package systemd)"
elif said=$(cd "$work" && XDG_RUNTIME_DIR=$work systemd-analyze --user --man=no verify ./tollbook-sync.service ./tollbook-sync.timer 2>&1) && [ -z "$said" ]; then
  echo "ok 2 - units"
else
  echo "not ok 2 - units"
  echo "$said" | sed 's/^/# /'
fi
