#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/bench/sync.sh [CALLS] [PAIRS]      (200000 calls, 3 pairs)
#
# Measures collecting a month of calls from fifty connections at once, and from one, each beside D: a bare libsoup program that makes the same
# requests of the same server and lets go of the answers. Both take turns; what counts is their ratio, of every pair, since a machine's speed
# drifts: its least, median and greatest, by the clock and by the processor, which other work disturbs less. First all calls are new; then comes
# the next run, which reads the last days again; then the whole month again, when every call is known.
# The server (bench-pbx) serves texts that it rendered before; its own time is not counted but by the clock, for both alike.
# BUILD names the build folder (_build/dev), SCRATCH where the books may lie (a folder in TMPDIR).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-$here/../../_build/dev}
bin=$build/tests/bench
calls=${1:-200000}
pairs=${2:-3}
[ -x "$bin/bench-sync" ] || { echo "sync.sh: build first: meson setup $build && ninja -C $build" >&2; exit 1; }
work=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/tollbook-sync.XXXXXX")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM
end=$(($(date +%s) / 86400 * 86400))

# serve CONNECTIONS: the server's address is in $url.
serve ()
{
  rm -f "$work/input" "$work/address"
  mkfifo "$work/input"
  "$bin/bench-pbx" "$calls" "$1" "$end" <"$work/input" >"$work/address" &
  server=$!
  exec 7>"$work/input"
  while [ ! -s "$work/address" ]; do
    kill -0 "$server" || exit 1
    sleep 0.1
  done
  url=$(cat "$work/address")
}

# pair CONNECTIONS STEP COMMAND…: lines of "CONNECTIONS STEP WALL CPU MIB COUNT WALL CPU BYTES REQUESTS", the second half of D.
pair ()
{
  n=$1
  step=$2
  shift 2
  "$bin/bench-fetch" record "$url" "$work/requests"
  collected=$("$bin/bench-sync" "$@")
  "$bin/bench-fetch" record "$url" "$work/requests"
  bare=$("$bin/bench-fetch" fetch "$url" "$work/requests")
  set -- $collected $bare
  echo "$n $step $2 $3 $4 $5 $7 $8 ${10} $(wc -l <"$work/requests")" >>"$work/times"
}

for n in 50 1; do
  serve "$n"
  for turn in $(seq "$pairs"); do
    rm -f "$work"/books*
    "$bin/bench-sync" setup "$work/books" "$url" "$n" "$end" >"$work/log"
    pair "$n" first sync "$work/books" "$n"
    pair "$n" next sync "$work/books" "$n"
    pair "$n" again again "$work/books" "$n" "$end"
  done
  exec 7>&-
  wait "$server"
  server=
done

awk -v calls="$calls" '
function sort(key,   n, i, j, t) {
  n = count[key]
  for (i = 1; i <= n; i++) v[i] = value[key, i]
  for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
  return n
}
function median(key,   n) { n = sort(key); return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2 }
function spread(key,   m, n) { m = median(key); n = sort(key); return sprintf("%5.2f %5.2f %5.2f", v[1], m, v[n]) }
function note(key, x) { value[key, ++count[key]] = x }
{
  at = $1 " " $2
  if (!(at in seen)) { seen[at] = 1; order[++orders] = at }
  note(at " wall", $3); note(at " cpu", $4); note(at " bare wall", $7); note(at " bare cpu", $8)
  note(at " wall ratio", $3 / $7); note(at " cpu ratio", $4 / $8)
  if ($5 > peak[at]) peak[at] = $5
  got[at] = $6; bytes[at] = $9; requests[at] = $10
  if ($2 == "first" && $6 != calls || $2 == "next" && $6 != 0 || $2 == "again" && $6 < calls) bad = 1
}
END {
  printf "%d calls; seconds are medians; ratios to D, the bare download: least, median, greatest\n", calls
  for (o = 1; o <= orders; o++) {
    at = order[o]; split(at, part, " ")
    if (part[1] != before) { before = part[1]; printf "%d connection%s\n", part[1], part[1] == 1 ? "" : "s" }
    printf "  %-6s clock %6.2f s, D %5.2f s: %s   processor %6.2f s, D %5.2f s: %s   %3d MiB  %7d calls, %5d requests, %3.0f MB\n", part[2],
      median(at " wall"), median(at " bare wall"), spread(at " wall ratio"), median(at " cpu"), median(at " bare cpu"), spread(at " cpu ratio"), peak[at],
      got[at], requests[at], bytes[at] / 1e6
  }
  if (bad) print "  WRONG: not the calls that the server has"
  exit bad
}' "$work/times"
