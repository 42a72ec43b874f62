#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what meson's test logs say, case by case, names what failed or was skipped, and ends with "N passed, N failed"."""
import json
import re
import sys

TAP_LINE = re.compile(r"^(not )?ok \d+(?: -)? ?(.*)$")


def cases(entry):
    """(name, result) of each case in one test program; the program itself when it speaks no TAP or died."""
    found = []
    for line in (entry.get("stdout") or "").splitlines():
        match = TAP_LINE.match(line)
        if match:
            result = "failed" if match.group(1) else "skipped" if "# SKIP" in line else "passed"
            found.append((entry["name"] + " " + match.group(2), result))
    ok = entry["result"] in ("OK", "EXPECTEDFAIL")
    if entry["result"] == "SKIP" and not found:
        return [(entry["name"], "skipped")]
    if not found or (not ok and entry["result"] != "SKIP" and all(result != "failed" for _, result in found)):
        found.append((entry["name"], "passed" if ok else "failed"))
    return found


def main(folders):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for folder in folders:
        with open(folder + "/meson-logs/testlog.json", encoding="utf-8") as log:
            for line in log:
                entry = json.loads(line)
                for name, result in cases(entry):
                    counts[result] += 1
                    if result != "passed":
                        print(f"{result}: {folder}: {name}")
                if entry["result"] not in ("OK", "SKIP", "EXPECTEDFAIL"):
                    print((entry.get("stdout") or "")[-3000:], (entry.get("stderr") or "")[-6000:], sep="\n")
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] or not counts["passed"] else 0


sys.exit(main(sys.argv[1:]))
