#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/bench/calls.sh [CALLS | BOOKS]      (10000000 calls)
#
# Measures browsing calls: lists by the store beside bare queries of the same rows in the same run, then the workstation's page on a display of its own: first
# rows after opening, filtering and sorting, jumps, stopping, memory. Makes books of so many rated and billed calls first, unless it is given some.
# BUILD names the build folder (_build/dev), SCRATCH where gigabytes may lie (a folder in TMPDIR).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-$here/../../_build/dev}
bin=$build/tests/bench
[ -x "$bin/bench-browser" ] || { echo "calls.sh: build first: meson setup $build && ninja -C $build" >&2; exit 1; }
books=${1:-10000000}
if [ ! -f "$books" ]; then
  work=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/tollbook-bench.XXXXXX")
  trap 'rm -rf "$work"' EXIT INT TERM
  "$bin/bench-generate" plain "$books" > "$work/calls.csv"
  books=$work/books
  "$bin/bench-product" setup "$books"
  "$bin/bench-product" import "$books" "$work/calls.csv"
  rm "$work/calls.csv"
  "$bin/bench-product" rate "$books"
  "$bin/bench-product" bill "$books"
fi
"$bin/bench-calls" "$books"
GTK_A11Y=none "$here/../support/with-display.sh" "$bin/bench-browser" "$books"
