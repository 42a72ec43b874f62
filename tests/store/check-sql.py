#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SQL of the store runs on SQLite and PostgreSQL alike: no statement and no schema file speaks a dialect, and parameters are $1, $2, …

usage: check-sql.py BUILD SOURCE [--list]     --list prints the statements instead, a line each, to be prepared by another engine by hand
"""
import json
import re
import shlex
import subprocess
import sys

DIALECT = [  # (what is no standard SQL, why)
    (r"\bPRAGMA\b", "SQLite's own statement"),
    (r"\b(rowid|oid|_rowid_)\b", "SQLite's hidden column"),
    (r"\bsqlite_\w+", "SQLite's catalogue"),
    (r"\bINSERT\s+OR\b|\bREPLACE\s+INTO\b|\bUPDATE\s+OR\b", "ON CONFLICT … DO is understood by both"),
    (r"\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|\bSTRICT\b", "added by the engine file where it is wanted"),
    (r"\b(ifnull|iif|typeof|group_concat|total|printf|instr|julianday|strftime|datetime|unixepoch|hex|randomblob|zeroblob|likely|unlikely)\s*\(",
     "a function of SQLite alone"),
    (r"\b(GLOB|REGEXP)\b", "an operator of SQLite alone"),
    (r"\b(max|min)\s*\([^()]*,", "max and min of several values are greatest and least elsewhere"),
    (r"\?\d*(\s|,|\)|$)", "parameters are $1, $2, …"),
    (r"==", "equality is ="),
    (r'"', "names need no quotes"),
    (r"\b(DATETIME|BLOB\s*\(|TINYINT|UNSIGNED|BOOLEAN|REAL|DOUBLE|FLOAT)\b", "columns are INTEGER, TEXT and BLOB"),
]
# A check that cannot fail proves nothing: each of these must be caught.
CAUGHT = ["PRAGMA user_version", "SELECT rowid FROM cdr", "INSERT OR IGNORE INTO t VALUES ($1)", "SELECT ifnull(a, 0) FROM t", "SELECT max(a, b) FROM t",
          "SELECT a FROM t WHERE b = ?1", "SELECT a FROM t WHERE b == 1", 'SELECT "a" FROM t', "SELECT $2, $1", "SELECT a FROM t WHERE b = $2"]

STRINGS = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\s*"((?:[^"\\]|\\.)*)")*')
SQL = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|REPLACE|WITH)\s")


def statements_of(preprocessed, folder):
    """String literals that are SQL, adjacent ones joined as the compiler joins them; only what lies in the store's own files."""
    inside, code = False, []
    for line in preprocessed.splitlines():
        mark = re.match(r'# \d+ "([^"]*)"', line)
        if mark:
            inside = folder in mark.group(1)
        elif inside:
            code.append(line)
    for found in STRINGS.finditer("\n".join(code)):
        text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', found.group(0)))
        text = text.replace("\\n", "\n").replace('\\"', '"')
        if SQL.match(text):
            yield " ".join(text.split())


def all_statements(build):
    for entry in json.load(open(build + "/compile_commands.json")):
        if "/src/store/" not in entry["file"] or "/engine/" in entry["file"] or not entry["file"].endswith(".c") or "resources" in entry["file"]:
            continue
        words = [word for word in shlex.split(entry["command"]) if word.startswith(("-I", "-D", "-isystem"))]
        done = subprocess.run(["cc", "-E", *words, entry["file"]], cwd=build, stdout=subprocess.PIPE, check=True)
        for text in statements_of(done.stdout.decode(), "src/store/"):
            yield entry["file"].split("/src/")[1], text


def schema_statements(source):
    listing = subprocess.run(["ls", source + "/src/store/schema"], stdout=subprocess.PIPE, check=True).stdout.decode().split()
    for name in sorted(n for n in listing if n.endswith(".sql")):
        text = re.sub(r"--[^\n]*", "", open(f"{source}/src/store/schema/{name}").read())
        for statement in text.split(";"):
            if statement.strip():
                yield name, " ".join(statement.split())


def faults(text):
    bare = re.sub(r"'(?:[^']|'')*'", "''", text)
    for pattern, why in DIALECT:
        found = re.search(pattern, bare, re.I if pattern[-1] != "\"" else 0)
        if found:
            yield f"“{found.group(0).strip()}”: {why}"
    seen = []
    for number in map(int, re.findall(r"\$(\d+)", bare)):
        if number not in seen:
            seen.append(number)
    if seen != list(range(1, len(seen) + 1)):
        yield f"parameters appear as {seen}"


def main():
    build, source = sys.argv[1], sys.argv[2]
    found = list(schema_statements(source)) + sorted(set(all_statements(build)))
    if "--list" in sys.argv:
        for _, text in found:
            print(text + ";")
        return 0
    print("1..3")
    missed = [text for text in CAUGHT if not list(faults(text))]
    print("ok 1 - dialects are recognised" if not missed else f"not ok 1 - not recognised: {missed}")
    bad = [(name, fault, text) for name, text in found for fault in faults(text)]
    for name, fault, text in bad:
        print(f"# {name}: {fault}: {text[:150]}")
    print(("not " if bad else "") + f"ok 2 - {len(found)} statements are portable")
    enough = len(found) > 100
    print(("" if enough else "not ") + "ok 3 - they were found at all")
    return 1 if bad or missed or not enough else 0


sys.exit(main())
