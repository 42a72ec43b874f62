#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the build refuses an include from above or beside: compiles one forbidden include per border with the very flags the
# layer is built with. Then the rules that a compiler does not see.
set -u
build=$1 source=$2
n=0 failed=0

say() # result, name
{
  n=$((n + 1))
  [ "$1" = 0 ] && echo "ok $n - $2" || { echo "not ok $n - $2"; failed=1; }
}

forbidden() # layer, one of its files, header
{
  flags=$(python3 - "$build" "$2" <<'P'
import json, sys
for entry in json.load(open(sys.argv[1] + "/compile_commands.json")):
    if entry["file"].endswith("/src/" + sys.argv[2]):
        words = entry["command"].split(" ")
        print(" ".join(w for w in words if w.startswith(("-I", "-D_", "-isystem"))))
        break
P
)
  [ -n "$flags" ] || { say 1 "$1: no flags found for $2"; return; }
  if (cd "$build" && echo "#include <$3>" | cc $flags -fsyntax-only -x c - 2>/dev/null); then say 1 "$1 sees <$3>"; else say 0 "$1 does not see <$3>"; fi
}

echo "1..14"
forbidden base base/tb-job.c tb-call.h
forbidden domain domain/call/tb-call.c tb-store.h
forbidden domain domain/call/tb-call.c tb-pbx.h
forbidden store store/tb-store.c gtk/gtk.h
forbidden store store/tb-store.c tb-pbx.h
forbidden store store/tb-store.c tb-session.h
forbidden document document/tb-invoice-page.c tb-store.h
forbidden document document/tb-invoice-page.c gtk/gtk.h
forbidden connectors connectors/pbx/tb-pbx.c tb-store.h
forbidden services services/tb-sync.c gtk/gtk.h

cd "$source/src" || exit 1
! grep -rlE '#include <sqlite3' . | grep -v '^./store/engine/tb-db' | grep -q .; say $? "only the engine file knows SQLite"
# FusionPBX's own database is foreign: what reads it is a connector, and says its SQL there.
! grep -rlE '"(SELECT|INSERT|UPDATE|DELETE) ' base domain document connectors services app cli | grep -v '^connectors/pbx/fusionpbx-postgres/' | grep -q .; say $? "SQL of the books is only in store"
! grep -rnwE 'double|float|strtod|g_ascii_strtod' domain --include='*.[ch]' | grep -vE ':\s*(/\*|\*|//)|no (binary )?float' | grep -q .; say $? "no binary floating point in domain"
! grep -rlE '#include <libsoup' . | grep -v '^./connectors/' | grep -q .; say $? "HTTP is only in connectors"
exit $failed
