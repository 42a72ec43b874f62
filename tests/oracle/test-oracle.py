#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tollbookctl rates a random company's calls; every row must equal what rater.py makes of it.

The calls come in no order of time and in two deliveries that are each rated at once, so that the second one holds nothing but late calls.

usage: test-oracle.py TOLLBOOKCTL SEED PREFIXES CALLS [COMPANIES]
Several companies have the seeds from SEED on; all calls of all of them are counted.
"""
import collections
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction as F

from company import Company
from rater import Rater

COLUMNS = ("status", "source", "prefix", "billed", "free", "charge", "currency", "cost", "cost_currency", "service", "client", "number", "rate")
RECORD = ("uid", "start", "tenant", "extension", "direction", "caller", "callee", "did", "billsec")
SHOWN = 12


def tollbook(program, books, *arguments):
    done = subprocess.run([program, "--books", books, *arguments], capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        sys.exit(f"Bail out! {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def write_records(path, calls):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(RECORD)
        writer.writerows([call["seconds"] if key == "billsec" else call[key] for key in RECORD] for call in calls)


def rate_by_product(program, company, folder):
    books, setup = os.path.join(folder, "books.tollbook"), os.path.join(folder, "setup.json")
    with open(setup, "w", encoding="utf-8") as out:
        json.dump(company.setup, out)
    tollbook(program, books, "init")
    tollbook(program, books, "apply", setup)
    half = len(company.calls) // 2
    for delivery in (company.calls[:half], company.calls[half:]):
        for connection in company.setup["connections"]:
            path = os.path.join(folder, connection["name"] + ".csv")
            write_records(path, [call for call in delivery if call["connection"] == connection["name"]])
            tollbook(program, books, "cdr", "import", path, "--connection", connection["name"], "--format", "csv")
        tollbook(program, books, "rate")
    return {row["uid"]: row for row in csv.DictReader(io.StringIO(tollbook(program, books, "calls", "--format", "csv")))}


def same(key, got, expected):
    if key in ("charge", "cost"):
        return F(got or "0") == (expected or 0)
    if key in ("billed", "free"):
        return int(got or 0) == expected
    if key == "rate":
        return expected is None or F(got or "0") == expected
    return got == expected


def judge(program, seed, prefixes, calls):
    """Prints where a company's prices differ; returns (how many agree, of how many, status counts)."""
    company = Company(seed, prefixes, calls)
    with tempfile.TemporaryDirectory() as folder:
        got = rate_by_product(program, company, folder)
    expected = Rater(company.setup).rate_all(company.calls)
    by_uid = {call["uid"]: call for call in company.calls}
    wrong = collections.Counter()
    for uid, row in expected.items():
        bad = ["missing"] if uid not in got else [key for key in COLUMNS if not same(key, got[uid][key], row[key])]
        if bad and sum(wrong.values()) < SHOWN:
            print(f"# {by_uid[uid]}\n#   {', '.join(bad)}: got {[got.get(uid, {}).get(key) for key in bad]}, expected {[str(row.get(key)) for key in bad]}\n#   {row}")
        if bad:
            wrong[",".join(bad)] += 1
    if wrong:
        print(f"# {dict(wrong)}")
    return len(expected) - sum(wrong.values()), max(len(expected), len(got)), collections.Counter(row["status"] for row in expected.values())


def main():
    program = sys.argv[1]
    seed, prefixes, calls, companies = (int(given) for given in sys.argv[2:6] + ["1"][len(sys.argv) - 5:])
    print(f"1..{companies}", flush=True)
    agreed, asked = 0, 0
    for n in range(companies):
        right, all_calls, statuses = judge(program, seed + n, prefixes, calls)
        agreed, asked = agreed + right, asked + all_calls
        print(f"# seed {seed + n}, {prefixes} prefixes: " + ", ".join(f"{count} {status}" for status, count in sorted(statuses.items())))
        print(f"{'ok' if right == all_calls else 'not ok'} {n + 1} {right} of {all_calls} calls agree", flush=True)
    print(f"# {agreed} of {asked} calls agree")
    return agreed != asked


if __name__ == "__main__":
    sys.exit(main())
