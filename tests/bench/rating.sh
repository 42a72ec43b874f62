#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/bench/rating.sh [CALLS] [PAIRS]      (1000000 calls, 3 pairs)
#
# The speed of rating against bare C in the same run: first in memory (bench-rating: look-ups and whole calls), then from the books into the books,
# where bench-pass is the yardstick P: it reads the same stored calls, rates them and writes the same rows. Both take turns on fresh copies of the
# books and must come to the same results. Then everything is rated again beside the same pass over calls that have ratings; the
# totals of all clients are found beside S, a bare scan that adds up charges in an array; all is billed, and rated by both with 250,000 prefixes
# instead of 50,000: the 0.2 s that reading 200,000 rates more takes weigh ten times less in a month of ten million calls.
# BUILD names the build folder (_build/dev), SCRATCH where gigabytes may lie (a folder in TMPDIR).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-$here/../../_build/dev}
bin=$build/tests/bench
calls=${1:-1000000}
pairs=${2:-3}
[ -x "$bin/bench-pass" ] || { echo "rating.sh: build first: meson setup $build && ninja -C $build" >&2; exit 1; }
work=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/tollbook-rating.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

"$bin/bench-rating" 1000000

# Books with the month's calls stored and not rated.
prepare ()
{
  "$bin/bench-generate" plain "$calls" "$1" > "$work/calls.csv"
  "$bin/bench-product" setup "$work/stored$1" "$1" > "$work/log"
  "$bin/bench-product" import "$work/stored$1" "$work/calls.csv" > "$work/log"
  rm "$work/calls.csv"
}

# Lines of "NAME STEP WALL CPU MIB COUNT".
note ()
{
  name=$1
  shift
  line=$("$@")
  echo "$name $line" >> "$work/times"
}

fresh ()
{
  rm -f "$work/books" "$work/books-wal" "$work/books-shm"
  cp "$work/stored$1" "$work/books"
}

prepare 50000
prepare 250000
for pair in $(seq "$pairs"); do
  fresh 50000
  note bare "$bin/bench-pass" rate "$work/books"
  mv "$work/books" "$work/bare"
  fresh 50000
  note rate "$bin/bench-product" rate "$work/books"
  "$bin/bench-pass" compare "$work/bare" "$work/books"
  note bareagain "$bin/bench-pass" again "$work/bare"
  note again "$bin/bench-product" again "$work/books"
  note sums "$bin/bench-pass" sums "$work/books"
  note totals "$bin/bench-product" totals "$work/books"
  note bill "$bin/bench-product" bill "$work/books"
  fresh 250000
  note barelarge "$bin/bench-pass" rate "$work/books"
  fresh 250000
  note large "$bin/bench-product" rate "$work/books"
done

awk -v calls="$calls" '
function median(key,   n, i, j, t, v) {
  n = count[key]
  for (i = 1; i <= n; i++) v[i] = value[key, i]
  for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
  return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}
function row(title, name, base, goal,   w, c) {
  w = median(name SUBSEP "wall"); c = median(name SUBSEP "cpu")
  printf "  %-38s %8.2f s %8.2f s %8.2f million/s %5d MiB", title, w, c, calls / c / 1e6, peak[name]
  if (base != "") printf "   %5.2f x %5.2f x%s", w / median(base SUBSEP "wall"), c / median(base SUBSEP "cpu"), goal
  print ""
}
{
  count[$1, "wall"]++; value[$1, "wall", count[$1, "wall"]] = $3
  count[$1, "cpu"]++; value[$1, "cpu", count[$1, "cpu"]] = $4
  if ($5 > peak[$1]) peak[$1] = $5
}
END {
  printf "%d stored calls; medians by the clock and by the processor, peak memory\n", calls
  row("P, bare pass", "bare", "", "")
  row("rate, 50,000 prefixes", "rate", "bare", "   goal 1.60")
  row("P again, bare pass over ratings", "bareagain", "", "")
  row("rate again", "again", "bareagain", "")
  row("P, 250,000 prefixes, to 50,000", "barelarge", "bare", "")
  row("rate, 250,000 prefixes, to 50,000", "large", "rate", "   goal 1.15 of ten million")
  row("S, bare sums by client", "sums", "", "")
  row("totals of all clients", "totals", "sums", "   goal 3 s of ten million")
  row("totals and 200 invoices", "bill", "", "")
}' "$work/times"
