#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is translated can be taken out of the sources without a warning, and each catalogue there is (po/LINGUAS) fits it: its formats,
# accelerators and plurals are right, and nothing is missing or only guessed.
set -eu
cd "$(dirname "$0")/.."
languages=$(grep -v '^#' po/LINGUAS || true)
echo "1..$((1 + $(echo $languages | wc -w)))"
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
failed=0

result()
{
  [ "$1" = 0 ] && echo "ok $2" || { sed 's/^/# /' "$here/said"; echo "not ok $2"; failed=1; }
}

xgettext --no-wrap --files-from=po/POTFILES.in --from-code=UTF-8 --add-comments=Translators: --output="$here/tollbook.pot" \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 \
  --keyword=tb_words_text:2 --keyword=tb_words_text_in:2c,3 --keyword=tb_words_plural:2,3 \
  --flag=g_strdup_printf:1:c-format --flag=g_string_append_printf:2:c-format 2>"$here/said" || echo "xgettext failed" >>"$here/said"
# GLib's macros end the message in the middle of a directive; PRId64 is known to gettext.
grep -rnE '(_|N_|ngettext) ?\("([^"\]|\\.)*" ?G_[A-Z0-9]+_FORMAT' src >>"$here/said" || true
[ -s "$here/tollbook.pot" ] && ! [ -s "$here/said" ] && result 0 "1 - the template is made without a warning" || result 1 "1 - the template is made without a warning"

n=1
for language in $languages; do
  n=$((n + 1))
  msgmerge --quiet --no-fuzzy-matching --output-file="$here/$language.po" "po/$language.po" "$here/tollbook.pot"
  LC_ALL=C msgfmt --check --check-accelerators=_ --statistics --output-file=/dev/null "$here/$language.po" 2>"$here/said" || echo "msgfmt failed" >>"$here/said"
  grep -qE 'untranslated|fuzzy|failed' "$here/said" && bad=1 || bad=0
  result $bad "$n - $language is whole and right"
done
exit $failed
