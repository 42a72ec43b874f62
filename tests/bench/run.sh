#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/bench/run.sh [CALLS] [PAIRS]      (1000000 calls, 3 pairs)
#
# Measures importing, importing again, rating and billing a month of calls, each beside B: a bare C program that inserts the same calls
# into SQLite with one prepared statement in one transaction, a unique id and two indexes. Baseline and product take turns; what counts is their
# ratio, since a machine's speed drifts. Medians are printed by the clock and by the processor's time, which other work disturbs less. With more
# than a million calls the same is done with one million first, to see how the cost of a call grows.
# B reads the plain CSV in either case; FusionPBX's export says the same in three and a half times as many bytes.
# BUILD names the build folder (_build/dev), SCRATCH where gigabytes may lie (a folder in TMPDIR).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-$here/../../_build/dev}
bin=$build/tests/bench
calls=${1:-1000000}
pairs=${2:-3}
[ -x "$bin/bench-product" ] || { echo "run.sh: build first: meson setup $build && ninja -C $build" >&2; exit 1; }
work=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/tollbook-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

# Lines of "CALLS SHAPE STEP WALL CPU MIB COUNT" go to $work/times, "CALLS SHAPE STEP BYTES" to $work/sizes.
step ()
{
  line=$("$bin/bench-product" "$@")
  echo "$n $shape $line" >> "$work/times"
}

size ()
{
  echo "$n $shape $1 $(stat -c %s "$work/books")" >> "$work/sizes"
}

month ()
{
  rm -f "$work"/books*
  step setup "$work/books"
  size empty
  step import "$work/books" "$work/$shape.csv"
  size imported
  "$bin/bench-product" import "$work/books" "$work/$shape.csv" | sed "s/^import/repeat/; s/^/$n $shape /" >> "$work/times"
  step rate "$work/books"
  step bill "$work/books"
  size billed
}

series ()
{
  n=$1
  for shape in plain fusionpbx; do
    "$bin/bench-generate" "$shape" "$n" > "$work/$shape.csv"
  done
  for pair in $(seq "$2"); do
    for shape in plain fusionpbx; do
      rm -f "$work"/base*
      line=$("$bin/bench-baseline" "$work/plain.csv" "$work/base")
      echo "$n $shape $line" >> "$work/times"
      rm -f "$work"/base*
      month
    done
  done
}

[ "$calls" -le 1000000 ] || series 1000000 "$pairs"
series "$calls" "$pairs"

awk -v calls="$calls" '
function median(key,   n, i, j, t, v) {
  n = count[key]
  for (i = 1; i <= n; i++) v[i] = value[key, i]
  for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
  return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}
function note(key, x) { value[key, ++count[key]] = x }
function wall(n, shape, s) { return median(n SUBSEP shape SUBSEP s SUBSEP "wall") }
function cpu(n, shape, s) { return median(n SUBSEP shape SUBSEP s SUBSEP "cpu") }
function row(name, w, c, bw, bc, goal) { printf "  %-26s %8.2f s %8.2f s   %5.2f B %5.2f B%s\n", name, w, c, w / bw, c / bc, goal }
FILENAME ~ /sizes$/ { bytes[$1, $2, $3] = $4; next }
{
  if (!(($1, $2) in seen)) { seen[$1, $2] = 1; order[++orders] = $1 " " $2 }
  note($1 SUBSEP $2 SUBSEP $3 SUBSEP "wall", $4); note($1 SUBSEP $2 SUBSEP $3 SUBSEP "cpu", $5)
  if ($6 > peak[$1, $2, $3]) peak[$1, $2, $3] = $6
  got[$1, $2, $3] = $7
}
END {
  for (o = 1; o <= orders; o++) {
    split(order[o], at, " "); n = at[1]; shape = at[2]; large = n > 1000000
    bw = wall(n, shape, "baseline"); bc = cpu(n, shape, "baseline")
    iw = wall(n, shape, "import"); ic = cpu(n, shape, "import")
    ww = iw + wall(n, shape, "rate") + wall(n, shape, "bill"); wc = ic + cpu(n, shape, "rate") + cpu(n, shape, "bill")
    printf "%d calls, %s CSV; medians by the clock and by the processor\n", n, shape
    row("B, bare insert", bw, bc, bw, bc, "")
    row("import", iw, ic, bw, bc, large ? "   goal 0.5" : "   goal 1.0")
    row("rate", wall(n, shape, "rate"), cpu(n, shape, "rate"), bw, bc, "")
    row("bill", wall(n, shape, "bill"), cpu(n, shape, "bill"), bw, bc, "")
    row("import, rate and bill", ww, wc, bw, bc, large ? "   goal 0.7" : "   goal 1.2")
    printf "  %-26s %8.2f s %8.2f s   %5.2f of the first %5.2f   goal 0.6\n", "the same file again", wall(n, shape, "repeat"), cpu(n, shape, "repeat"),
      wall(n, shape, "repeat") / iw, cpu(n, shape, "repeat") / ic
    printf "  peak memory: import %d MiB, again %d MiB (goal 256), rate %d MiB, bill %d MiB (goal 128)\n", peak[n, shape, "import"],
      peak[n, shape, "repeat"], peak[n, shape, "rate"], peak[n, shape, "bill"]
    printf "  a call takes %.1f bytes when imported, %.1f when billed (goal 130)\n", (bytes[n, shape, "imported"] - bytes[n, shape, "empty"]) / n,
      (bytes[n, shape, "billed"] - bytes[n, shape, "empty"]) / n
    printf "  %d came in, %d the second time, %d got a price, %d invoices\n", got[n, shape, "import"], got[n, shape, "repeat"], got[n, shape, "rate"],
      got[n, shape, "bill"]
    if (got[n, shape, "import"] != n || got[n, shape, "repeat"] != 0 || got[n, shape, "rate"] < n / 2) { print "  WRONG"; bad = 1 }
    if (large)
      printf "  a call costs %.2f times what it does among a million to import, %.2f in all (by the processor; goal 1.15)\n",
        ic / n / (cpu(1000000, shape, "import") / 1000000),
        wc / n / ((cpu(1000000, shape, "import") + cpu(1000000, shape, "rate") + cpu(1000000, shape, "bill")) / 1000000)
  }
  exit bad
}' "$work/sizes" "$work/times"
