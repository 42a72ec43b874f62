#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job without a display: a carrier's rate deck and a PBX's export in, PDF invoices out.
#   tests/headless.sh TOLLBOOKCTL OUT
set -eu
tollbookctl=$1 out=$2
demo=$(cd "$(dirname "$0")/../src/services/demo" && pwd)
mkdir -p "$out"
books=$(mktemp -d)
trap 'rm -rf "$books"' EXIT
export TOLLBOOK_BOOKS="$books/books.tollbook"

run()
{
  printf '\n$ tollbookctl'
  printf ' %s' "$@"
  printf '\n'
  "$tollbookctl" "$@"
}
drafts()
{
  "$tollbookctl" --json invoice list | python3 -c 'import json, sys; print(*[i["id"] for i in json.load(sys.stdin) if i["state"] == "draft"])'
}
numbers()
{
  "$tollbookctl" --json invoice list | python3 -c 'import json, sys; print(*sorted(i["number"] for i in json.load(sys.stdin) if i["number"]))'
}

run init
run tariff import "$demo/lakeshore-az.csv" --name lakeshore
run apply "$demo/company.json"
run cdr import "$demo/xml_cdr_2026-10.csv" --connection kitchener
run rate
run repair list --period 2026-10
# A satellite telephone was called that the retail deck has no rate for: its caller gets no bill before there is one.
if run bill --period 2026-10; then
  echo 'a bill that lacks a call was made all the same' >&2
  exit 1
fi
run repair add-rate 8816 --tariff retail --price 7.90 --increment 60/60 --description 'Iridium satellite' --since 2026-10-01
run bill --period 2026-10
# shellcheck disable=SC2046  # ids and numbers hold no blanks
run invoice approve $(drafts)
for number in $(numbers); do
  "$tollbookctl" invoice pdf "$number" -o "$out/$number.pdf" >/dev/null
done
run check
printf '\n%s invoices in %s:\n' "$(ls "$out" | grep -c '\.pdf$')" "$out"
ls -l "$out"
