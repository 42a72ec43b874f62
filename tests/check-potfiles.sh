#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# po/POTFILES.in names every file with words for people, once, in order, and nothing else. Mend it by: tests/check-potfiles.sh --write
set -eu
cd "$(dirname "$0")/.."

wanted()
{
  find src -name '*.c' -exec grep -lE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|ngettext|g_dngettext|tb_words_text|tb_words_text_in|tb_words_plural) ?\(' {} + || true
  find src -name '*.ui' -exec grep -l 'translatable="yes"' {} + || true
  ls data/*.desktop.in data/*.metainfo.xml.in data/*.gschema.xml
}

list=$(wanted | LC_ALL=C sort)
if [ "${1-}" = --write ]; then
  printf '# SPDX-License-Identifier: CC0-1.0\n%s\n' "$list" >po/POTFILES.in
  exit
fi

echo "1..1"
here=$(mktemp)
trap 'rm -f "$here"' EXIT
printf '%s\n' "$list" >"$here"
if grep -v '^#' po/POTFILES.in | diff -u - "$here" | sed 's/^/# /' | grep '^# [-+][^-+]'; then
  echo "not ok 1 - po/POTFILES.in is complete"
  exit 1
fi
echo "ok 1 - po/POTFILES.in is complete"
