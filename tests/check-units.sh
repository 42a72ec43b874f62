#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The units of systemd are what systemd takes, as it says itself; and the services run the program with words it knows.
# usage: check-units.sh FOLDER-OF-SERVICES FOLDER-OF-TIMERS TOLLBOOKCTL
set -eu
echo "1..4"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for service in tollbook-sync tollbook-sync@ tollbook-receive@; do
  sed "s|^ExecStart=\(:*\)[^ ]*|ExecStart=\1$(realpath "$3")|" "$1/$service.service" >"$work/$service.service"
done
cp "$2/tollbook-sync.timer" "$2/tollbook-sync@.timer" "$work/"
"$3" --books "$work/books" init >/dev/null

words=$(sed -n 's/^ExecStart=[^ ]* //p' "$work/tollbook-sync.service")
# shellcheck disable=SC2086
[ -z "$("$3" --books "$work/books" $words 2>&1)" ] && echo "ok 1 - $words" || echo "not ok 1 - $words"

words=$(sed -n "/^ExecStart=/{s|^[^ ]* ||; s|%f|$work/books|p}" "$work/tollbook-sync@.service")
# shellcheck disable=SC2086
[ -z "$("$3" $words 2>&1)" ] && echo "ok 2 - $words" || echo "not ok 2 - $words"

# There is no such connection: the program says so, and knows the word before it.
words=$(sed -n 's/^ExecStart=[^ ]* \([a-z]*\) .*/\1/p' "$work/tollbook-receive@.service")
said=$(TOLLBOOK_BOOKS="$work/books" "$3" "$words" nobody 2>&1) || true
case $said in *nobody*) echo "ok 3 - $words" ;; *) echo "not ok 3 - $words: $said" ;; esac

# Of a template systemd verifies an instance.
for unit in tollbook-sync@.service tollbook-sync@.timer tollbook-receive@.service; do
  cp "$work/$unit" "$work/$(echo "$unit" | sed "s|@|@home-clerk-books|")"
done
if ! command -v systemd-analyze >/dev/null; then
  echo "not ok 4 - units"
  echo "# systemd-analyze is not here: .ci/install check installs it (package systemd)"
elif said=$(cd "$work" && XDG_RUNTIME_DIR=$work systemd-analyze --user --man=no verify ./tollbook-sync.service ./tollbook-sync.timer \
  ./tollbook-sync@home-clerk-books.service ./tollbook-sync@home-clerk-books.timer ./tollbook-receive@home-clerk-books.service 2>&1) && [ -z "$said" ]; then
  echo "ok 4 - units"
else
  echo "not ok 4 - units"
  echo "$said" | sed 's/^/# /'
fi
