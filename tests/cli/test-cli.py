#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tollbookctl, the real program, in folders of its own: a company's month as a table, wrong use, interrupts, a PBX over the network.

usage: test-cli.py TOLLBOOKCTL DATA (speaks TAP)
"""
import base64
import http.server
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

PROGRAM, DATA = (os.path.abspath(path) for path in sys.argv[1:3])
# A warning of GLib is a failure: the program's standard error belongs to its own lines.
ENVIRONMENT = dict(os.environ, G_DEBUG="fatal-criticals", TOLLBOOK_BOOKS="books.tollbook", TOLLBOOK_NOW="2020-01-01T00:00:00Z")
ENVIRONMENT.pop("DBUS_SESSION_BUS_ADDRESS", None)
UNKNOWN = object()


class World:
    """A folder with a company's files, gone at the end."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="tollbook-cli-")
        for name in ("company.json", "calls.csv", "deck.csv", "later.csv", "mapped.csv"):
            shutil.copy(os.path.join(DATA, "cli", name), self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)

    def read(self, name, mode="r"):
        with open(os.path.join(self.folder, name), mode) as file:
            return file.read()

    def start(self, *words, **options):
        return subprocess.Popen([PROGRAM, *words], cwd=self.folder, env=dict(ENVIRONMENT, **options.pop("env", {})),
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, *words, stdin="", env=None):
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, env=dict(ENVIRONMENT, **(env or {})), input=stdin.encode(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def json(self, *words, stdin="", env=None):
        code, out, err = self.run("--json", *words, stdin=stdin, env=env)
        assert (code, err) == (0, ""), (words, code, err)
        return json.loads(out)


def value_at(document, path):
    """"lines.2.amount" of a document."""
    for step in path.split("."):
        if isinstance(document, list) and step == "#":
            document = len(document)
        elif isinstance(document, list):
            document = document[int(step)]
        else:
            document = document.get(step, UNKNOWN)
    return document


def check_lines(err, count):
    lines = err.splitlines()
    assert len(lines) == count, err
    assert all(line.startswith("tollbookctl: ") for line in lines), err


# ---- a month ----

POOL_CALLS = json.dumps([
    {"number": "4165550100", "seconds": 61, "at": "2026-10-02T10:00:00Z"},
    {"number": "4165550100", "seconds": "90.5", "at": "2026-10-01T10:00:00-04:00", "uid": "first"},
    {"callee": "+442079460018", "billsec": 45, "start": "2026-10-03T10:00:00Z"},
    {"number": "4165550100", "seconds": 0},
    {"number": "*97", "seconds": 10},
])

# (reason, words, what is at which path of its JSON, standard input); exit code 0, nothing on standard error.
MONTH = [
    ("new books", "init", {}),
    ("what a set-up would do is told", "apply company.json --dry-run", {"dry_run": True, "differences": 14, "changes.#": 14}),
    ("and was not done", "apply company.json --dry-run", {"differences": 14}),
    ("the set-up", "apply company.json", {"dry_run": False, "differences": 14}),
    ("the same again changes nothing", "apply company.json", {"differences": 0, "changes": []}),
    ("the set-up back", "export setup -o again.json", {"file": "again.json"}),
    ("applied, it changes nothing", "apply again.json", {"differences": 0}),
    ("the set-up file is itself the document", "export setup", {"tollbook": 1, "company.name": "Example Voice", "clients.0.name": "Acmé Ltd"}),
    ("tariffs", "tariff list", {"#": 1, "0.name": "deck", "0.currency": "USD", "0.rates": 3}),
    ("no difference with itself", "tariff diff deck deck", {"unchanged": 3, "added": 0, "changes": []}),
    ("what a deck would do is told", "tariff import deck.csv --name new --currency USD --dry-run", {"dry_run": True, "added": 3, "rejected": 1}),
    ("a deck, one row of it without a price", "tariff import deck.csv --name new --currency USD",
     {"added": 3, "changed": 0, "removed": 0, "rejected": 1, "rejects.0.line": 5, "currency": "USD"}),
    ("the same deck changes nothing", "tariff import deck.csv --name new", {"added": 0, "changed": 0, "removed": 0, "unchanged": 3}),
    ("columns by name", "tariff import mapped.csv --name new --map prefix=Where,rate=Much --effective 2026-12-01 --dry-run", {"accepted": 1}),
    ("the deck back", "tariff export new -o back.csv", {"file": "back.csv"}),
    ("which reads back without loss", "tariff import back.csv --name new", {"added": 0, "changed": 0, "removed": 0, "unchanged": 3}),
    ("rates for programs", "tariff export new", {"#": 3, "0.prefix": "1", "0.rate": "0.01", "2.increment": "30/6"}),
    ("a later deck leaves what holds until then", "tariff import later.csv --name new --effective 2126-12-01 --dry-run --effect 2026-10",
     {"added": 1, "removed": 1, "dearer": 1, "cheaper": 0, "unchanged": 1, "duplicates": 1, "rejects.0.line": 5, "rejects.0.duplicate": True,
      "changes.#": 3, "changes.0.change": "dearer", "changes.0.line": 2, "later.0.from": "2126-12-01T00:00:00Z", "later.0.dearer": 1,
      "effect.used": False, "effect.period": "2026-10"}),
    ("written", "tariff import later.csv --name new --effective 2126-12-01", {"added": 1, "removed": 1, "dearer": 1}),
    ("the list tells of it", "tariff list", {"1.pending.0.from": "2126-11-30T19:00:00-05:00", "1.pending.0.removed": 1, "0.pending": []}),
    ("two versions", "tariff history new", {"#": 2, "0.version": 2, "0.source": "later.csv", "0.later.0.added": 1, "1.added": 3, "1.source": "deck.csv"}),
    ("what holds on a day", "tariff export new --at 2126-12-02", {"#": 3}),
    ("of an older version", "tariff export new --version 1", {"#": 3, "0.rate": "0.01"}),
    ("between versions", "tariff diff new@1 new@2", {"added": 1, "removed": 1, "dearer": 1, "unchanged": 1}),
    ("what going back would do", "tariff rollback new --dry-run", {"to": 1, "version": 2, "added": 1, "removed": 1, "cheaper": 1}),
    ("back", "tariff rollback new --to 1", {"to": 1, "version": 3}),
    ("the same as before", "tariff diff new@1 new", {"unchanged": 3, "changes": []}),
    ("told in the history", "tariff history new", {"#": 3, "0.restores": 1, "0.rates": 3}),
    ("against another", "tariff diff deck new", {"added": 0, "removed": 0, "unchanged": 2, "dearer": 1, "changes.0.prefix": "1416", "changes.0.after": "0.03"}),
    ("calls, one line of them broken", "cdr import calls.csv --connection pbx1 --rejects rejects.csv",
     {"read": 8, "new": 7, "duplicate": 0, "rejected": 1, "rejects.0.line": 7, "rejects.0.raw": "bad line", "files.#": 1, "files.0.format": "csv"}),
    ("the same file again adds nothing", "cdr import calls.csv --connection pbx1", {"read": 8, "new": 0, "duplicate": 7, "changed": 0}),
    ("twice in one command, by format and map", "cdr import calls.csv calls.csv --connection pbx1 --format csv --map uid=uid",
     {"read": 16, "new": 0, "duplicate": 14, "rejected": 2, "rejects.#": 2, "files.#": 2}),
    ("standard input", "cdr import - --connection pbx1", {"new": 1},
     "uid,start,tenant,extension,direction,caller,callee,duration,billsec\nb2,2026-10-21T13:00:00Z,birch,201,outbound,201,14165550100,0,0\n"),
    ("before rating", "calls --status unrated", {"#": 8, "0.status": "unrated", "0.charge": None}),
    ("rating", "rate", {"calls": 8, "changed": 0, "statuses.rated": 3, "statuses.included": 1, "statuses.inbound-free": 1, "statuses.unanswered": 1,
                        "statuses.no-service": 1, "statuses.no-rate": 1, "charges.0.amount": "0.3213", "charges.0.currency": "CAD"}),
    ("nothing is left to rate", "rate", {"calls": 0}),
    ("rated again, nothing changes", "rate --again --period 2026-10", {"calls": 8, "changed": 0}),
    ("of one client", "rate --again --client C2", {"calls": 2, "changed": 0}),
    ("what rating again would change", "rate --again --dry-run --client C2", {"calls": 2, "changed": 0, "clients.0.difference": "0.00"}),
    ("what whole minutes would cost: 46 s are 60", "compare --client C2 --increment 60/60",
     {"changed": 1, "clients.0.client": "C2", "clients.0.before": "0.0938"}),
    ("nothing was changed by asking", "calls --uid b1", {"0.charge": "0.0938"}),
    ("what the numbers are", "validate-numbers", {"wrong-country": 1, "faults.0.verdict": "wrong-country"}),
    ("with the rule that mends it, in words for a file", "validate-numbers --period 2026-10",
     {"faults.#": 1, "faults.0.fix": "Match ^011(\\d+)$ and send $1: drop 011.\n", "others": UNKNOWN}),
    ("and those in order", "validate-numbers --all", {"others.0.verdict": "valid", "others.0.fix": None}),
    ("another month has no calls", "rate --again --from 2026-11-01 --to 2026-12-01", {"calls": 0}),
    ("66 s of 120 were left before, so 54 of 294 s are free; 240 s at 0.02 a minute, + 25 %, × 1.40", "explain a3",
     {"charge": "0.14", "free": 54, "billed": 294, "number": "14165550100", "number_rule": "nanp", "exact": "0.14", "cost": "0.098",
      "pieces.0.seconds": 240, "rate": "0.035", "package": "Basic"}),
    ("and every part of that, for programs", "explain a3",
     {"lists.#": 4, "lists.0.list": "client", "lists.0.result": "empty", "lists.3.list": "tariff", "lists.3.owner": "deck", "lists.3.result": "won",
      "lists.3.version": 1, "lists.3.prefix": "1416", "lists.3.prefixes.0.result": "no-rate", "lists.3.prefixes.7.result": "chosen",
      "lists.3.prefixes.10.result": "shorter", "rate_version.number": 1, "terms.markup": "25", "terms.exchange.to_rate": "1",
      "terms.exchange.from_rate": "1.4", "terms.exchange.date": "2026-10-04", "terms.rounding.mode": "half-up", "terms.rounding.decimals": 4,
      "pools.0.name": "national", "pools.0.before": 54, "pools.0.taken": 54, "pools.0.after": 0, "pieces.0.talked": 236, "pieces.0.amount": "0.08",
      "pieces.0.sell_rate": "0.035", "cost_explained.owner": "deck", "cost_explained.exact": "0.098", "cost_explained.pieces.0.seconds": 294,
      "advice": None}),
    ("a call without a rate: what was tried, and what to do", "explain a5",
     {"status": "no-rate", "lists.3.result": "no-rate", "lists.3.prefixes.#": 3, "pieces": [], "cost_explained": UNKNOWN}),
    ("a call that is nobody's", "explain n1", {"status": "no-service", "services.0.result": "elsewhere", "lists": []}),
    ("61 s are 66, all free", "calls --uid a1", {"#": 1, "0.status": "included", "0.charge": "0.00", "0.free": 66, "0.start": "2026-10-02T09:00:00-04:00"}),
    ("45 s are 48: (0.04 + 0.01) + 25 % × 1.40", "calls --uid a2", {"0.charge": "0.0875", "0.rate": "0.0875", "0.source": "tariff", "0.prefix": "44"}),
    ("46 s are 48, the dollar dearer by then, rounded once: 0.09375", "calls --client C2 --status rated", {"#": 1, "0.charge": "0.0938", "0.uid": "b1"}),
    ("nobody's call has no money", "calls --tenant nobody", {"#": 1, "0.client": None, "0.charge": None, "0.status": "no-service"}),
    ("half-open, in the company's zone", "calls --from 2026-10-03 --to 2026-10-04T09:00:00-04:00", {"#": 1, "0.uid": "a2"}),
    ("at most", "calls --limit 2", {"#": 2}),
    ("by direction", "calls --direction inbound", {"#": 1, "0.uid": "a4"}),
    ("by number, anywhere in it", "calls --number 2079460018", {"#": 3}),
    ("by number, the whole of it", "calls --number 44*", {"#": 0}),
    ("by a filter as in the workstation", "calls --where direction:inbound", {"#": 1, "0.uid": "a4"}),
    ("which narrows besides the other options", "calls --client C2 --where status:rated", {"#": 1, "0.uid": "b1"}),
    ("a price for a client, in the client's currency", "price --client C1 442079460018 61 --at 2026-10-15",
     {"charge": "0.1219", "currency": "CAD", "billed": 66, "exact": "0.121875", "service": "S1", "cost": "0.065"}),
    ("a price of a package, in its tariff's", "price --package Basic 442079460018 60.2 --at 2026-10-15T09:00:00Z",
     {"charge": "0.0813", "currency": "USD", "seconds": 61, "client": None, "start": "2026-10-15T05:00:00-04:00"}),
    ("with every part of it, as of a stored call", "price --client C1 442079460018 61 --at 2026-10-15",
     {"lists.3.prefix": "44", "rate_version.number": 1, "terms.markup": "25", "pools": [], "pieces.0.talked": 30}),
    ("an array explained: each call finds what those before it left of the pool", "price --package Basic - --explain",
     {"0.pools.0.before": 120, "0.pools.0.taken": 66, "1.pools.0.before": 54, "1.pools.0.after": 0},
     '[{"number": "4165550100", "seconds": 61}, {"number": "4165550100", "seconds": 61}]'),
    ("an array shares the pool in order of time and comes back in its own order", "price --package Basic - --at 2026-10-20",
     {"#": 5, "1.uid": "first", "1.status": "included", "1.seconds": 91, "1.free": 96, "0.free": 24, "0.charge": "0.0175", "2.charge": "0.0625",
      "3.status": "unanswered", "3.start": "2026-10-20T00:00:00-04:00", "4.status": "bad-number", "4.charge": None}, POOL_CALLS),
    ("an array of none", "price --client C1 -", {"#": 0}, "[]"),
    ("what has no price, by cause, with what mends it", "repair list --period 2026-10",
     {"calls": 2, "causes.#": 2, "causes.0.cause": "no-rate", "causes.0.client": "C1", "causes.0.package": "Basic", "causes.1.cause": "no-service",
      "causes.1.tenant": "nobody", "repairs.0.kind": "assign", "repairs.0.ready": False}),
    ("the same in the report, beside its rows", "report unrated --period 2026-10", {"rows.#": 2, "causes.#": 2, "calls": 2}),
    ("what a repair would do", "repair assign S9 --client C2 --package Basic --connection pbx1 --tenant nobody --dry-run",
     {"dry_run": True, "calls": 1, "priced": 1, "charges.0.currency": "CAD", "remaining": 1, "changes": []}),
    ("was not done", "calls --tenant nobody", {"0.status": "no-service"}),
    ("a client whose calls have no price would be held back", "bill --period 2026-10 --dry-run",
     {"created": 1, "held.#": 1, "held.0.client": "C1", "held.0.calls": 1, "held.0.causes": ["no-rate"], "invoices.0.client": "C2"}),
    ("a bill that would be made", "bill --period 2026-10 --dry-run --incomplete", {"created": 2, "invoices.0.id": None, "invoices.#": 2}),
    ("was not made", "invoice list", {"#": 0}),
    ("the bill", "bill --period 2026-10 --incomplete", {"created": 2, "unchanged": 0, "warnings.#": 2, "invoices.0.client": "C1", "invoices.0.state": "draft"}),
    ("the same bill again", "bill --period 2026-10 --incomplete", {"created": 0, "replaced": 0, "unchanged": 2}),
    ("one client's", "bill --period 2026-10 --client C2 --incomplete", {"unchanged": 1, "invoices.#": 1}),
    ("a first month has nothing to compare with", "invoice compare --period 2026-10", {"#": 2, "0.client": "C1", "0.net": "20.23", "0.new": True, "0.outlier": False}),
    ("the month after, both are gone", "invoice compare --period 2026-11", {"#": 2, "0.gone": True, "0.outlier": True, "0.difference": "-20.23", "0.score": 100}),
    ("two fees, 0.14 + 0.09 of usage, 13 % on the sum: 2.6299", "invoice show 1",
     {"net": "20.23", "tax": "2.63", "total": "22.86", "currency": "CAD", "taxes.0.percent": "13", "buyer.name": "Acmé Ltd", "number": None}),
    ("the draft's calls", "calls --invoice 1", {"#": 3, "0.invoice": "draft"}),
    ("approved", "invoice approve 1", {"#": 1, "0.number": "INV-%d-00001" % datetime.now(timezone(timedelta(hours=-5))).year, "0.state": "approved"}),
    ("as PDF", "invoice pdf 1 -o one.pdf", {"file": "one.pdf"}),
    ("as an electronic invoice", "invoice ubl 1 -o one.xml", {"file": "one.xml", "profile": "en16931"}),
    ("approved stands", "bill --period 2026-10 --incomplete", {"approved_before": 1, "unchanged": 1}),
    ("invoiced calls never change", "rate --again", {"calls": 5}),
    ("a copy", "backup copy.tollbook", {"backup": "copy.tollbook"}),
    ("void", "invoice void 1", {"0.state": "void"}),
    ("its number stays", "invoice list --client C1", {"#": 1, "0.state": "void", "0.total": "22.86"}),
    ("its calls are free", "calls --invoice 1", {"#": 0}),
    ("sound", "check", {"sound": True, "findings": []}),
    ("the copy back", "restore copy.tollbook", {"kept": "books.tollbook.before-restore"}),
    ("as it was", "invoice show 1", {"state": "approved"}),
    ("sound too", "check", {"sound": True}),
    ("usage: one row a client, free calls included", "report usage --period 2026-10",
     {"rows.#": 2, "rows.0.client": "C1", "rows.0.calls": 5, "rows.0.charge": "0.2275", "rows.0.cost": "0.17", "rows.0.free": 120}),
    ("margin: 0.2275 CAD less 0.17 USD × 1.40; the call that used free minutes is no loss", "report margin --period 2026-10",
     {"rows.0.client": "C1", "rows.0.charge": "0.2275", "rows.0.cost": "0.238", "rows.0.margin": "-0.0105", "rows.0.currency": "CAD", "rows.0.loss": True,
      "rows.0.percent": "-4.62", "rows.0.breach": None, "rows.1.client": "C2", "rows.1.loss": False, "below_minimum": 0, "left_out": 0}),
    ("by destination, the worst first", "report margin --period 2026-10 --by destination",
     {"by": "destination", "rows.0.prefix": "1416", "rows.0.margin": "-0.028", "rows.1.prefix": "44", "total.calls": 4, "total.loss": False}),
    ("by tariff", "report margin --period 2026-10 --by tariff", {"rows.#": 1, "rows.0.tariff": "deck", "rows.0.calls": 4}),
    ("by provider", "report margin --period 2026-10 --by provider", {"rows.#": 1, "rows.0.provider": "Carrier"}),
    ("by call", "report margin --period 2026-10 --by call --limit 1", {"rows.#": 1, "left_out": 3, "rows.0.calls": 1}),
    ("of one client", "report margin --period 2026-10 --client C2 --by call", {"rows.#": 1, "rows.0.uid": "b1", "total.calls": 1}),
    ("no limit yet", "margin limits", {"#": 0}),
    ("a default for all", "margin limit --minimum-percent 5", {"client": None, "minimum_percent": "5", "maximum_usage": None, "currency": "CAD"}),
    ("a client's own", "margin limit C2 --minimum-percent -2.5 --usage 0.09", {"client": "C2", "minimum_percent": "-2.5", "maximum_usage": "0.09"}),
    ("asked for, not changed", "margin limit C2", {"minimum_percent": "-2.5", "maximum_usage": "0.09"}),
    ("the minimum is taken away, so the default's holds", "margin limit C2 --minimum-percent none", {"minimum_percent": None, "maximum_usage": "0.09"}),
    ("the default first", "margin limits", {"#": 2, "0.client": None, "1.client": "C2"}),
    ("limits that were not kept", "report margin --period 2026-10",
     {"rows.0.breach": "margin", "rows.0.minimum_percent": "5", "rows.1.breach": "usage", "rows.1.maximum_usage": "0.09", "rows.1.minimum_percent": "5",
      "below_minimum": 1, "above_maximum": 1}),
    ("a rating run tells of them", "rate --again --client C2", {"below_minimum": 1, "above_maximum": 1}),
    ("a run without calls has none to tell", "rate", {"calls": 0, "below_minimum": 0}),
    ("no default any more", "margin limit --minimum-percent none", {"minimum_percent": None}),
    ("so only one is left", "margin limits", {"#": 1, "0.client": "C2"}),
    ("a set-up file lifts no limit", "apply company.json", {"differences": 0}),
    ("it is still there", "margin limit C2", {"maximum_usage": "0.09"}),
    ("money that is missing", "report unrated --period 2026-10", {"rows.#": 2, "rows.0.calls": 1}),
    ("a dearer deck", "tariff import deck.csv --name deck", {"dearer": 1}),
    ("the difference of invoiced calls is told, and only told", "rate --again --client C1",
     {"corrections.#": 1, "corrections.0.outcome": "keep", "corrections.0.document": None, "corrections.0.client": "C1", "unsettled": 0}),
    ("nothing was booked", "correction list", {"#": 0}),
    ("apart from the others", "rate --again --dry-run --client C1", {"clients.0.open_difference": "0.00", "clients.0.invoiced": 1}),
    ("as it would be", "rate --again --dry-run --client C1 --invoiced line", {"corrections.0.outcome": "line", "corrections.0.document": None}),
    ("a line on the next bill", "rate --again --client C1 --invoiced line", {"corrections.0.outcome": "line", "corrections.0.tariff": "deck"}),
    ("booked once", "rate --again --client C1 --invoiced credit", {"corrections.#": 0}),
    ("the next bill has it", "bill --period 2026-11 --client C1", {"created": 1, "invoices.0.kind": "invoice"}),
    ("and no other", "bill --period 2026-11 --client C1", {"unchanged": 1}),
    ("on that draft", "correction list --client C1", {"#": 1, "0.outcome": "line", "0.calls": 1, "0.version": 2}),
    ("sound with corrections", "check", {"sound": True}),
    ("other books by option", "--books other.tollbook init", {"books": "other.tollbook"}),
]

# The same company, paid in advance: C1 with 13 % tax, low at 5.00; C2 without either. Its calls as above: 0.2275 of C1, 0.0938 of C2.
ADVANCE = [
    ("nobody has paid yet", "balance list", {"#": 2, "0.client": "C1", "0.balance": "0.00", "0.state": "empty", "0.since": None, "1.low_balance": None}),
    ("a payment", "balance top-up C1 5.20 --reference PAY-1 --note Cheque --at 2026-10-01", {"kind": "top-up", "amount": "5.20", "balance": "5.20", "state": "ok"}),
    ("another's of that name", "balance top-up C2 0.10 --reference PAY-1 --at 2026-10-01", {"balance": "0.10", "state": "ok"}),
    ("calls", "cdr import calls.csv --connection pbx1", {"new": 7}),
    ("not rated yet", "balance show C1", {"balance": "5.20", "statement.#": 1, "statement.0.reference": "PAY-1", "statement.0.note": "Cheque"}),
    ("rated: 5.20 less 0.2275 and 0.03 of tax", "rate", {"balances.#": 1, "balances.0.client": "C1", "balances.0.balance": "4.9425", "balances.0.state": "low"}),
    ("rated again: nobody falls twice", "rate --again", {"balances": [], "changed": 0}),
    ("how it came about", "balance show C1", {"state": "low", "since": "2026-10-04T09:00:00-04:00", "statement.#": 3, "statement.1.kind": "usage",
                                              "statement.1.amount": "-0.0975", "statement.2.calls": 1, "statement.2.balance": "4.9425"}),
    ("not even the first 30 s are paid for", "price --client C2 442079460018 9 --at 2026-10-12", {"balance": "0.0062", "max_seconds": 0}),
    ("a correction takes", "balance adjust C2 -0.01 --note Fee", {"amount": "-0.01", "balance": "-0.0038", "state": "empty"}),
    ("and gives", "balance adjust C2 1 --note Goodwill", {"balance": "0.9962"}),
    ("0.9962 less 0.01875 for the connection, at 0.09375 a minute, are 625 s, of which 624 in whole steps of 6 s",
     "price --client C2 442079460018 9 --at 2026-10-12", {"max_seconds": 624}),
    ("120 s are included, then 0.0375 a minute: 1593 s, of which 1590 in whole steps", "price --client C2 4165550100 9 --at 2026-10-12", {"max_seconds": 1710}),
    ("what has no price has no length", "price --client C2 99 9", {"max_seconds": None}),
    ("the length that was asked does not matter", "price --client C2 4165550100 0 --at 2026-10-12", {"status": "unanswered", "max_seconds": 1710}),
    ("paid back", "balance refund C2 0.50 --reference R-1", {"kind": "refund", "balance": "0.4962"}),
    ("the bill: fees are due, the usage is paid", "bill --period 2026-10 --incomplete",
     {"created": 2, "invoices.0.total": "22.86", "invoices.0.paid": "0.26", "invoices.0.payable": "22.60"}),
    ("its lines say so", "invoice show 1", {"lines.0.kind": "fee", "lines.0.prepaid": False, "lines.2.kind": "usage", "lines.2.prepaid": True}),
    ("a draft settles nothing", "balance show C1", {"ledger": "5.20", "usage": "0.2275"}),
    ("approved", "invoice approve 1", {"0.state": "approved"}),
    ("settled: lines of 0.14 and 0.09, 0.03 of tax", "balance show C1",
     {"ledger": "4.94", "usage": "0.00", "balance": "4.94", "statement.#": 2, "statement.1.kind": "settlement", "statement.1.time": "2026-10-31T23:59:59-04:00"}),
    ("sound", "check", {"sound": True}),
    ("void", "invoice void 1", {"0.state": "void"}),
    ("as before", "balance show C1", {"ledger": "5.20", "usage": "0.2275", "balance": "4.9425"}),
    ("sound too", "check", {"sound": True}),
]

# The same company, paid afterwards: C1 owes 22.86 for October.
SERIES = "INV-%d-" % datetime.now(timezone(timedelta(hours=-5))).year
PAYING = [
    ("nobody owes anything", "ageing", {"#": 0}),
    ("calls", "cdr import calls.csv --connection pbx1", {"new": 7}),
    ("rated", "rate", {"calls": 7}),
    ("drafts", "bill --period 2026-10 --incomplete", {"created": 2, "invoices.0.client": "C1", "invoices.0.total": "22.86"}),
    ("approved", "invoice approve 1", {"0.state": "approved", "0.number": SERIES + "00001"}),
    ("owed", "ageing --at 2020-01-01", {"#": 1, "0.client": "C1", "0.open": "22.86", "0.not_due": "22.86", "0.days_over_90": "0.00", "0.currency": "CAD"}),
    ("for a hundred years", "ageing --at 2126-01-01 --client C1", {"0.days_over_90": "22.86", "0.not_due": "0.00"}),
    ("what a payment would pay", "payments add C1 30 --day 2020-01-02 --dry-run", {"id": None, "free": "7.14", "for.0.invoice": SERIES + "00001", "for.0.amount": "22.86"}),
    ("was not recorded", "payments list", {"#": 0}),
    ("a part", "payments add C1 10.00 --day 2020-01-02 --method cash --reference R-1 --note First",
     {"id": 1, "kind": "payment", "source": "hand", "amount": "10.00", "currency": "CAD", "method": "cash", "reference": "R-1", "free": "0.00", "for.0.amount": "10.00"}),
    ("the rest, out of a bank's file", "payments import bank.csv --dry-run", {"format": "csv", "read": 3, "recorded": 1, "out": 1, "open": 1, "entries.0.found_by": "number",
     "entries.0.state": "recorded", "entries.0.for.0.amount": "12.86", "entries.1.state": "out", "entries.2.why": "Nothing tells whose it is."}),
    ("nothing yet", "payments list --client C1", {"#": 1}),
    ("recorded", "payments import bank.csv --format csv --map day=Date,amount=Amount,text=Description", {"recorded": 1, "dry_run": False}),
    ("read again", "payments import bank.csv", {"recorded": 0, "known": 1}),
    ("decided by people", "payments import bank.csv --assign 3=C2", {"recorded": 1, "known": 1, "entries.2.client": "C2"}),
    ("what they did", "payments list", {"#": 3, "0.source": "hand", "1.source": "bank", "2.free": "5.00", "2.client": "C2"}),
    ("the account", "statement C1", {"balance": "0.00", "open": "0.00", "credit": "0.00", "lines.#": 3, "open_items": []}),
    ("a cheque that came back is owed again", "payments reverse 1 --kind return --amount 4 --note Bounced --day 2020-01-05", {"kind": "return", "amount": "-4.00", "reverses": 1}),
    ("so it is", "statement C1", {"balance": "4.00", "open_items.0.payment": "partly-paid", "open_items.0.open": "4.00", "open_items.0.received": "18.86"}),
    ("what was owed before it came back", "statement C1 --from 2020-01-01 --to 2020-01-03", {"balance": "-22.86", "lines.#": 2}),
    ("what is free stays so without an invoice", "payments allocate 3", {"free": "5.00", "for": []}),
    ("moved off the invoice", "payments allocate 2 --again --invoice none", {"free": "12.86", "for": []}),
    ("and on again", "payments allocate 2 --invoice %s00001=12.86" % SERIES, {"free": "0.00", "for.0.amount": "12.86"}),
    ("a line of it credited: 0.14 and 13 % on it", "invoice credit 1 --line 3 --reason Mispriced",
     {"state": "draft", "kind": "credit-note", "corrects": SERIES + "00001", "reason": "Mispriced", "net": "-0.14", "tax": "-0.02", "total": "-0.16"}),
    ("what it takes back", "invoice show 3", {"lines.#": 1, "lines.0.kind": "credit", "lines.0.amount": "-0.14", "lines.0.calls": 1, "buyer.name": "Acmé Ltd"}),
    ("bills of the month are not made of it", "bill --period 2026-10 --incomplete", {"approved_before": 1, "unchanged": 1}),
    ("a series of its own", "invoice approve 3", {"0.number": "CN-" + SERIES + "00001", "0.reason": "Mispriced"}),
    ("and the rest of it, to the cent", "invoice credit 1 --line 1,2,4", {"total": "-22.70"}),
    ("approved too", "invoice approve 4", {"0.state": "approved"}),
    ("as PDF", "invoice pdf 4 -o note.pdf", {"file": "note.pdf"}),
    ("as an electronic one", "invoice ubl 3 -o note.xml", {"file": "note.xml"}),
    ("what was paid is the client's", "statement C1", {"open": "0.00", "credit": "18.86", "balance": "-18.86"}),
    ("sound", "check", {"sound": True}),
]
PAYING_FAILURES = [
    ("nothing is left to credit", "invoice credit 1 --line 3", 1, "0.00 CAD"),
    ("voided, its calls would be billed and credited", "invoice void 1", 1, "credit notes"),
    ("a note of a note", "invoice credit 3", 1, "credit note"),
    ("a draft", "invoice credit 2", 1, "draft"),
    ("no such line", "invoice credit 1 --line 9", 1, "line 9"),
    ("a line twice", "invoice credit 1 --line 3,3", 1, "twice"),
    ("no line's number", "invoice credit 1 --line 0", 2, "--line"),
    ("recorded twice", "payments add C1 10 --reference R-1", 1, "recorded already"),
    ("no money", "payments add C1 much", 2, "much"),
    ("half a cent", "payments add C1 0.005", 1, "smallest coin"),
    ("nobody", "payments add C9 5", 1, "C9"),
    ("no invoice of that number", "payments add C1 5 --invoice INV-7", 1, "INV-7"),
    ("a day to come", "payments add C1 5 --day 2126-01-01", 1, "2126-01-01"),
    ("more back than was paid", "payments reverse 1 --amount 7", 1, "6.00"),
    ("no such payment", "payments reverse 99", 1, "99"),
    ("no number", "payments reverse one", 2, "payments list"),
    ("neither refund nor return", "payments reverse 1 --kind gift", 2, "refund and return"),
    ("no file", "payments import nowhere.xml", 1, "nowhere.xml"),
    ("no format", "payments import bank.csv --format mt940", 2, "mt940"),
    ("an order of dates that is none", "payments import bank.csv --dates never", 2, "ymd"),
    ("assigned to nobody known", "payments import bank.csv --assign 3=C9", 1, "C9"),
    ("nobody's statement", "statement C9", 1, "C9"),
]
BANK = "Date,Description,Amount\n2020-01-03,%s00001 thanks,12.86\n2020-01-03,Fee,-1.00\n2020-01-04,Somebody,5.00\n" % SERIES

# (reason, words, exit code, part of the line on standard error)
ADVANCE_FAILURES = [
    ("booked twice", "balance top-up C1 5.20 --reference PAY-1", 1, "booked already"),
    ("no money", "balance top-up C1 much", 2, "much"),
    ("money the wrong way", "balance top-up C1 -5", 1, "above zero"),
    ("half a cent", "balance top-up C1 0.005", 1, "smallest coin"),
    ("nobody", "balance top-up C9 5", 1, "C9"),
    ("more back than there is", "balance refund C1 5000", 1, "no more can be paid back"),
    ("a correction that says nothing", "balance adjust C1 5", 2, "--note"),
    ("half a command", "balance", 2, "balance top-up"),
    ("a time that is none", "balance top-up C1 5 --at noon", 2, "noon"),
]

# Commands that read and may be run again, as text.
READS = ("ageing", "statement", "payments list", "balance list", "balance show", "margin limits", "export setup", "tariff list", "tariff diff", "tariff export new", "explain", "calls", "price", "invoice list", "invoice compare", "invoice show", "correction list", "report", "check")
CALL_COLUMNS = ("uid,start,connection,tenant,client,service,extension,direction,caller,callee,number,status,source,prefix,description,seconds,"
                "billed,free,rate,charge,currency,cost,cost_currency,invoice")


def run_row(world, words, expected, stdin=""):
    got = world.json(*words.split(), stdin=stdin)
    for path, value in expected.items():
        assert value_at(got, path) == value, f"{path} is {value_at(got, path)!r}, not {value!r}"
    if words.startswith(READS):
        code, out, err = world.run(*words.split(), stdin=stdin)
        assert (code, err) == (0, "") and "None" not in out, (code, err, out)


def a_month(report):
    with World() as world:
        for reason, words, expected, *stdin in MONTH:
            report(f"month: {words}: {reason}", run_row, world, words, expected, *stdin)
        report("month: rejected lines are kept as they came", lambda: world.read("rejects.csv") == "bad line\n" or fail(world.read("rejects.csv")))
        report("month: the PDF is one", lambda: world.read("one.pdf", "rb").startswith(b"%PDF-") or fail("no PDF"))
        report("month: the columns of calls", check_columns, world)
        report("month: only demo books hold the clock", lambda: world.json("invoice", "show", "1")["issued"] > "2026" or fail("held"))
        report("month: options stand on either side of the command", check_places, world)


# A tariff in dollars whose exchange rate begins on the 10th: what comes before waits for one, everything else is rated.
EXCHANGE = {"tollbook": 1, "company": {"name": "X", "currency": "CAD", "time_zone": "UTC"}, "currencies": [{"code": "USD", "rates": [{"from": "2026-10-10", "rate": "1.4"}]}],
            "connections": [{"name": "pbx1", "kind": "csv"}], "tariffs": [{"name": "T", "currency": "USD", "rates": [{"prefix": "1", "rate": "0.01"}]}],
            "packages": [{"name": "P", "tariff": "T"}], "clients": [{"id": "C1", "name": "One"}],
            "services": [{"id": "S1", "client": "C1", "package": "P", "connection": "pbx1", "tenant": "a"}]}
NO_EXCHANGE = [
    ("one call of two has an exchange rate", "rate", {"calls": 2, "statuses.rated": 1, "statuses.no-rate": 1, "charges.0.amount": "0.014"}),
    ("the other is not looked at again without one", "rate", {"calls": 0}),
    ("why", "explain early", {"status": "no-rate", "source": "tariff", "advice": "What to do: add the exchange rate to the currencies; then rate again."}),
    ("a cause of its own, without a repair", "repair list --period 2026-10", {"calls": 1, "causes.0.cause": "no-rate", "causes.0.client": "C1", "repairs": []}),
    ("who is billed would lack it", "bill --period 2026-10 --dry-run", {"held.0.client": "C1", "held.0.calls": 1}),
    ("the exchange rate", "apply later.json", {"differences": 1}),
    ("the repair", "repair list --period 2026-10", {"repairs.0.kind": "rate-calls", "repairs.0.command": "rate", "causes.0.estimate": "0.02 CAD"}),
    ("rated", "rate", {"calls": 1, "changed": 1, "statuses.rated": 1, "charges.0.amount": "0.013"}),
    ("nothing is left", "repair list --period 2026-10", {"calls": 0, "causes": []}),
    ("sound", "check", {"sound": True}),
]


def check_exchange(world):
    text = world.run("explain", "early")[1]
    assert "There is no exchange rate from USD to CAD for 2026-10-02." in text, text


def no_exchange(report):
    with World() as world:
        world.write("company.json", json.dumps(EXCHANGE))
        EXCHANGE["currencies"][0]["rates"].insert(0, {"from": "2026-10-01", "rate": "1.3"})
        world.write("later.json", json.dumps(EXCHANGE))
        world.write("two.csv", HEADER + "early,2026-10-02T10:00:00Z,a,101,outbound,101,14165550117,60,60\nlate,2026-10-12T10:00:00Z,a,101,outbound,101,14165550117,60,60\n")
        for words in ("init", "apply company.json", "cdr import two.csv --connection pbx1"):
            world.json(*words.split())
        for reason, words, expected in NO_EXCHANGE:
            report(f"exchange: {words}: {reason}", run_row, world, words, expected)
            if words == "explain early":
                report("exchange: explain early: which and when", check_exchange, world)


def in_advance(report):
    with World() as world:
        company = json.loads(world.read("company.json"))
        company["packages"][0]["mode"] = "prepaid"
        company["clients"][0]["low_balance"] = "5.00"
        world.write("company.json", json.dumps(company))
        world.json("init")
        world.json("apply", "company.json")
        for reason, words, expected in ADVANCE:
            report(f"in advance: {words}: {reason}", run_row, world, words, expected)
        for reason, words, code, part in ADVANCE_FAILURES:
            report(f"in advance: {words}: {reason}", check_failure, world, words, code, part)


def paying(report):
    with World() as world:
        world.write("bank.csv", BANK)
        world.json("init")
        world.json("apply", "company.json")
        for reason, words, expected in PAYING:
            report(f"paying: {words}: {reason}", run_row, world, words, expected)
        for reason, words, code, part in PAYING_FAILURES:
            report(f"paying: {words}: {reason}", check_failure, world, words, code, part)


def fail(message):
    raise AssertionError(message)


def check_columns(world):
    code, out, _ = world.run("calls", "--format", "csv")
    lines = out.splitlines()
    assert code == 0 and lines[0] == CALL_COLUMNS and len(lines) == 9, out
    assert list(world.json("calls")[0]) == CALL_COLUMNS.split(",")
    assert world.run("calls", "--format", "json")[1] == world.run("calls", "--json")[1]


def check_places(world):
    first = world.run("--json", "--books", "books.tollbook", "tariff", "list", env={"TOLLBOOK_BOOKS": "nowhere"})
    last = world.run("tariff", "list", "--json", "--books=books.tollbook", env={"TOLLBOOK_BOOKS": "nowhere"})
    assert first == last and first[0] == 0, (first, last)


# ---- failures ----

# (reason, words, exit code, part of the line on standard error)
FAILURES = [
    ("no command", "", 2, "--help"),
    ("unknown command", "blil --period 2026-10", 2, "There is no command “blil”"),
    ("half a command", "tariff", 2, "tariff import, tariff export"),
    ("unknown option before", "--bogus list", 2, "--bogus"),
    ("unknown option after", "bill --period 2026-10 --bogus", 2, "tollbookctl bill --help"),
    ("option without its value", "bill --period", 2, "--period"),
    ("too few words", "explain", 2, "UID"),
    ("too many words", "check this", 2, "this"),
    ("bill without a month", "bill", 2, "--period"),
    ("rejected lines over the calls themselves", "cdr import calls.csv --connection pbx1 --rejects ./calls.csv", 1, "holds the calls to read"),
    ("a month that is none", "bill --period 2026-13", 2, "2026-13"),
    ("a day that is none", "calls --from 2026-02-30", 2, "2026-02-30"),
    ("a span backwards", "calls --from 2026-03-01 --to 2026-02-01", 2, "--to"),
    ("a status that is none", "calls --status rated,paid", 2, "paid"),
    ("a direction that is none", "calls --direction up", 2, "up"),
    ("a limit that is none", "calls --limit -3", 2, "-3"),
    ("two formats", "calls --json --format csv", 2, "contradict"),
    ("a format that is none", "calls --format xml", 2, "xml"),
    ("calls of nobody's connection", "cdr import calls.csv", 2, "--connection"),
    ("a price of nothing", "price 14165550100 60", 2, "--package or --client"),
    ("a price without seconds", "price --client C1 14165550100", 2, "seconds"),
    ("seconds that are none", "price --client C1 14165550100 long", 2, "long"),
    ("a tariff without a name", "tariff import calls.csv", 2, "--name"),
    ("a deck that is not there", "tariff import nowhere.csv --name x", 1, "nowhere.csv"),
    ("a version that is not there", "tariff rollback deck --to 9", 1, "1 to 1"),
    ("a version that is none", "tariff rollback new --to x", 2, "--to"),
    ("a tariff with one version", "tariff rollback deck", 1, "one version only"),
    ("the history of nothing", "tariff history gone", 1, "gone"),
    ("rates of no version", "tariff export deck@4", 1, "version 4"),
    ("no month", "tariff import deck.csv --name new --effect October", 2, "--effect"),
    ("dates in no order", "tariff import deck.csv --name x --dates xyz", 2, "xyz"),
    ("pdf to nowhere", "invoice pdf 1", 2, "-o"),
    ("ubl to nowhere", "invoice ubl 1", 2, "-o"),
    ("ubl of no such profile", "invoice ubl 1 -o one.xml --profile zugferd", 2, "en16931"),
    ("a pull without a WHMCS", "whmcs pull", 1, "WHMCS"),
    ("differences of nobody", "whmcs differences --client C9", 1, "C9"),
    ("accepting for nobody", "whmcs accept theirs", 2, "--all"),
    ("accepting what is no field", "whmcs accept ours C1 shoe_size", 2, "shoe_size"),
    ("accepting what does not differ", "whmcs accept theirs C1", 1, "no such difference"),
    ("a link to what is no id", "whmcs link C1 x", 2, "x"),
    ("a link to nobody there", "whmcs link C1 77", 1, "77"),
    ("a service without a package", "whmcs assign 3", 2, "--package"),
    ("later: reminders", "remind --dry-run", 1, "not in this version"),
    ("later: the portal", "portal serve", 1, "not in this version"),
    ("a margin by what is nothing", "report margin --period 2026-10 --by day", 2, "--by"),
    ("a margin without a month", "report margin", 2, "--period"),
    ("a margin of nobody", "report margin --period 2026-10 --client C9", 1, "C9"),
    ("a limit of nobody", "margin limit C9 --usage 1", 1, "C9"),
    ("a minimum that is no number", "margin limit --minimum-percent much", 2, "--minimum-percent"),
    ("a minimum that nobody can reach", "margin limit --minimum-percent 100.1", 1, "-100 to 100"),
    ("usage below nothing", "margin limit --usage -1", 1, "0 or more"),
    ("numbers of nobody", "validate-numbers --client C9", 1, "C9"),
    ("compared with a package that is not there", "compare --package Gold", 1, "Gold"),
    ("compared with an increment that is none", "compare --increment 0/6", 2, "--increment"),
    ("a deck for no tariff", "compare --deck deck.csv", 2, "--name"),
    ("books that are not there", "--books nowhere check", 1, "init"),
    ("no books", "--books calls.csv check", 1, "calls.csv"),
    ("books that are there", "init", 1, "exists"),
    ("a set-up file that is not there", "apply nowhere.json", 1, "nowhere.json"),
    ("a set-up file that is none", "apply calls.csv", 1, "calls.csv"),
    ("calls that are not there", "cdr import nowhere.csv --connection pbx1", 1, "nowhere.csv"),
    ("a connection that is not there", "cdr import calls.csv --connection pbx9", 1, "pbx9"),
    ("a format of calls that is none", "cdr import calls.csv --connection pbx1 --format xyz", 1, "xyz"),
    ("rejected lines to nowhere", "cdr import calls.csv --connection pbx1 --rejects nowhere/x", 1, "nowhere/x"),
    ("a client that is not there", "calls --client C9", 1, "C9"),
    ("a connection misspelt", "calls --connection pbx9", 1, "pbx9"),
    ("a call that is not there", "explain nowhere", 1, "nowhere"),
    ("a package that is not there", "price --package Gold 14165550100 60", 1, "Gold"),
    ("a client without a price", "price --client C9 14165550100 60", 1, "C9"),
    ("a tariff that is not there", "tariff diff deck gone", 1, "gone"),
    ("an invoice that is not there", "invoice show 77", 1, "77"),
    ("a rate without a price", "repair add-rate 99 --tariff deck", 2, "--price"),
    ("a rate of two owners", "repair add-rate 99 --tariff deck --client C1 --price 1", 2, "--tariff"),
    ("a rate for what is no prefix", "repair add-rate 9x --tariff deck --price 1", 1, "9x"),
    ("a rate in no tariff", "repair add-rate 99 --tariff gone --price 1", 1, "gone"),
    ("a service of nobody", "repair assign S77", 1, "S77"),
    ("a plan of nothing", "repair number-plan Gold", 1, "Gold"),
    ("a rule that is none", "repair filter [x --package Basic", 1, "[x"),
    ("a bill of nobody", "bill --period 2026-10 --client C9", 1, "C9"),
    ("a copy over the books", "backup books.tollbook", 1, "books.tollbook"),
    ("a copy that is none", "restore calls.csv", 1, "calls.csv"),
    ("nothing to collect", "sync", 1, "over the network"),
    ("secrets others may read", "--secrets-from open.secrets check", 1, "chmod 600"),
    ("secrets that are not there", "check --secrets-from nowhere", 1, "nowhere"),
]

# (reason, standard input of `price --package Basic -`, part of the line)
BAD_ARRAYS = [
    ("no JSON", "{", "JSON"),
    ("no array", "{\"number\": \"1\"}", "array"),
    ("no call", "[1]", "[0]"),
    ("a key that is none", "[{\"number\": \"1\", \"secs\": 1}]", "[0].secs"),
    ("no number", "[{\"seconds\": 1}]", "[0].number"),
    ("no seconds", "[{\"number\": \"1\"}]", "[0].seconds"),
    ("seconds below zero", "[{\"number\": \"1\", \"seconds\": -1}]", "[0].seconds"),
    ("a time that is none", "[{\"number\": \"1\", \"seconds\": 1, \"at\": \"noon\"}]", "[0].at"),
    ("a direction that is none", "[{\"number\": \"1\", \"seconds\": 1, \"direction\": \"up\"}]", "[0].direction"),
    ("a service that is none", "[{\"number\": \"1\", \"seconds\": 1}, {\"number\": \"1\", \"seconds\": 1, \"service\": \"S9\"}]", "S9"),
    ("nested without end", "[" * 100000, "deep"),
]


def check_failure(world, words, code, part, stdin=""):
    for form in ([], ["--json"]):
        got, out, err = world.run(*form, *words.split(), stdin=stdin)
        assert (got, out) == (code, ""), (got, out, err)
        check_lines(err, 1)
        assert part in err, err


def failures(report):
    with World() as world:
        world.json("init")
        world.json("apply", "company.json")
        world.write("open.secrets", "pbx1=x\n", 0o644)
        for reason, words, code, part in FAILURES:
            report(f"failure: {words}: {reason}", check_failure, world, words, code, part)
        for reason, stdin, part in BAD_ARRAYS:
            report(f"failure: price -: {reason}", check_failure, world, "price --package Basic -", 1, part, stdin)
        report("failure: of several files one", check_some_files, world)
        report("failure: of several invoices one", check_some_invoices, world)
        report("failure: standard output that is full", check_full, world)


def check_some_files(world):
    code, out, err = world.run("--json", "cdr", "import", "nowhere.csv", "calls.csv", "--connection", "pbx1")
    check_lines(err, 1)
    assert code == 1 and "nowhere.csv" in err and json.loads(out)["new"] == 7, (code, out, err)


def check_some_invoices(world):
    world.json("rate")
    world.json("bill", "--period", "2026-10", "--incomplete")
    code, out, err = world.run("--json", "invoice", "approve", "1", "77", "2", "78")
    check_lines(err, 2)
    assert code == 1 and [row["id"] for row in json.loads(out)] == [1, 2], (code, out, err)


def check_full(world):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([PROGRAM, "calls"], cwd=world.folder, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    check_lines(done.stderr.decode(), 1)
    assert done.returncode == 1


# ---- help ----

PUBLISHED = ("init apply export_setup tariff_import tariff_export tariff_diff tariff_list tariff_history tariff_rollback cdr_import sync receive rate compare explain price calls bill "
             "invoice_list invoice_show invoice_pdf invoice_approve invoice_void report_usage report_margin report_unrated margin_limit margin_limits connection_list connection_history connection_quarantine connection_conflicts connection_completeness connection_certificate tenants_list tenants_assign schedule whmcs_test whmcs_pull whmcs_differences whmcs_accept_theirs whmcs_accept_ours whmcs_accept_rates whmcs_link whmcs_create "
             "whmcs_ignore whmcs_assign whmcs_clients whmcs_products whmcs_services whmcs_currencies backup restore check demo")


def help_texts(report):
    with World() as world:
        _, text, _ = world.run("--help")
        for name in (words.replace("_", " ") for words in PUBLISHED.split()):
            report(f"help: {name}", check_help, world, text, name)
            report(f"manual: {name}", check_manual, name)
        report("help: nothing of later versions", lambda: re.search("remind|portal", text) is None or fail(text))
        report("help: the version", lambda: re.fullmatch(r"tollbookctl \d+\.\d+\.\d+\n", world.run("--version")[1]) or fail("version"))


def check_manual(name):
    """The manual has every command of the table."""
    with open(os.path.join(DATA, "..", "..", "data", "tollbookctl.1"), encoding="utf-8") as manual:
        assert re.search(rf"^\.It Ic {name}( |$)", manual.read(), re.M)


def check_help(world, text, name):
    assert re.search(rf"^  {name}( |$)", text, re.M), text
    code, out, err = world.run(*name.split(), "--help")
    assert (code, err) == (0, "") and f"tollbookctl {name}" in out and "--json" in out, (code, out, err)


# ---- demo ----

def check_demo(world):
    got = world.json("demo")
    assert (got["connections"], got["tariffs"], got["clients"]) == (2, 3, 25), got
    assert world.json("check")["sound"]
    assert any(invoice["state"] == "draft" for invoice in world.json("invoice", "list"))
    code, out, err = world.run("demo")
    assert (code, out) == (1, ""), (code, out, err)
    check_lines(err, 1)


def check_held_clock(world):
    """In demo books TOLLBOOK_NOW is the time: midnight in London, the evening before in Toronto."""
    assert world.json("invoice", "approve", "1")[0]["issued"] == "2019-12-31"


def demo(report):
    with World() as world:
        report("demo: makes books, fills them once", check_demo, world)
        report("demo: the clock may be held", check_held_clock, world)


# ---- completion ----

# (what is typed, what is offered)
COMPLETIONS = [
    ("tollbookctl inv", "invoice"),
    ("tollbookctl invoice ", "approve compare credit list pdf show ubl void"),
    ("tollbookctl --json report m", "margin"),
    ("tollbookctl bill --dr", "--dry-run"),
]
COMPLETE = """source "$1"; COMP_WORDS=($2); [[ $2 == *' ' ]] && COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _tollbookctl
printf '%s\\n' "${COMPREPLY[*]}"
"""


def check_completion(typed, offered):
    script = os.path.join(DATA, "..", "..", "data", "tollbookctl.bash")
    path = os.path.dirname(PROGRAM) + ":" + os.environ["PATH"]
    got = subprocess.run(["bash", "-c", COMPLETE, "bash", script, typed], env=dict(ENVIRONMENT, PATH=path), capture_output=True, text=True, check=True)
    assert (got.stdout.strip(), got.stderr) == (offered, ""), got


def completions(report):
    for typed, offered in COMPLETIONS:
        report(f"completion: {typed!r}", check_completion, typed, offered)


# ---- interrupts ----

HEADER = "uid,start,tenant,extension,direction,caller,callee,duration,billsec\n"
MANY = 40000


def many_calls():
    return HEADER + "".join(f"m{i},{1790899200 + i * 20},acme,101,outbound,101,4165550100,70,{i % 300}\n" for i in range(MANY))


def check_interrupt(which):
    """The import has taken most of its input and waits for the rest when the signal comes."""
    with World() as world:
        world.json("init")
        world.json("apply", "company.json")
        process = world.start("cdr", "import", "-", "--connection", "pbx1")
        process.stdin.write(many_calls().encode())
        process.stdin.flush()
        process.send_signal(which)
        assert process.wait(timeout=30) == 1
        check_lines(process.stderr.read().decode(), 1)
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()
        assert world.json("calls", "--limit", "1") == [], "the import was left half done"
        assert world.json("check")["sound"]
        assert world.json("cdr", "import", "-", "--connection", "pbx1", stdin=many_calls())["new"] == MANY
        assert world.json("rate")["calls"] == MANY


def check_progress():
    """On a terminal a line that is wiped in the end; `run` shows elsewhere that nothing is printed without one."""
    with World() as world:
        world.json("init")
        world.json("apply", "company.json")
        world.write("many.csv", many_calls())
        ours, theirs = pty.openpty()
        done = subprocess.run([PROGRAM, "cdr", "import", "many.csv", "--connection", "pbx1", "--json"], cwd=world.folder, env=ENVIRONMENT,
                              stdout=subprocess.PIPE, stderr=theirs, timeout=60, check=True)
        os.close(theirs)
        shown = os.read(ours, 65536).decode()
        os.close(ours)
        assert json.loads(done.stdout)["new"] == MANY
        assert re.match(r"\rcdr import: \d+ %", shown) and shown.endswith("\r\033[K"), repr(shown)


def interrupts(report):
    report("progress: shown on a terminal", check_progress)
    for which in (signal.SIGINT, signal.SIGTERM):
        report(f"interrupt: {which.name} ends an import cleanly, the next one takes all", check_interrupt, which)


# ---- a PBX over the network ----

class Export(http.server.BaseHTTPRequestHandler):
    """Answers every request with the same export and keeps what was asked."""

    asked = []

    def do_POST(self):
        Export.asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        with open(os.path.join(DATA, "cdr", "fusionpbx_export_all.csv"), "rb") as file:
            body = file.read()
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def check_sync(port):
    since = (datetime.now(timezone.utc) - timedelta(days=1)).strftime("%Y-%m-%d")
    with World() as world:
        world.write("pbx.json", json.dumps({"tollbook": 1, "connections": [
            {"name": "fusion", "kind": "fusionpbx", "url": f"http://127.0.0.1:{port}/", "since": since},
            {"name": "gone", "kind": "fusionpbx", "url": "http://127.0.0.1:1/", "since": since}]}))
        world.write("secrets", "gone=x\n", 0o600)
        world.json("init")
        world.json("apply", "pbx.json")
        check_failure(world, "sync fusion", 1, "key")
        got = world.json("sync", "fusion", env={"TOLLBOOK_SECRET_FUSION": "k3y"})
        assert got[0]["new"] > 0 and got[0]["connection"] == "fusion" and "key=k3y" in Export.asked[0], (got, Export.asked)
        again = world.json("sync", "fusion", env={"TOLLBOOK_SECRET_FUSION": "k3y"})
        assert again[0]["new"] == 0 and again[0]["duplicate"] > 0, again
        code, out, err = world.run("--json", "sync", "--secrets-from", "secrets", env={"TOLLBOOK_SECRET_FUSION": "k3y"})
        check_lines(err, 1)
        assert code == 1 and "gone" in err and [row["connection"] for row in json.loads(out)] == ["fusion"], (code, out, err)
        assert "k3y" not in err + out
        check_collecting(world)


def check_collecting(world):
    """What the books know of two connections after that: the one is due again in its time, the other later and later."""
    fusion, gone = world.json("connection", "list")
    assert (fusion["failures"], fusion["every"], fusion["error"], fusion["alarming"]) == (0, "15m", None, False) and fusion["calls"] > 0, fusion
    assert gone["failures"] == 1 and "127.0.0.1" in gone["error"] and gone["covered_to"] is None, gone
    runs = world.json("connection", "history", "fusion")
    assert [run["outcome"] for run in runs] == ["done"] * 3 + ["failed"] * 2 and runs[2]["new"] > 0 and runs[0]["duplicate"] > 0, runs
    assert len(world.json("connection", "history", "fusion", "--limit", "1")) == 1
    assert world.json("connection", "quarantine", "fusion") == world.json("connection", "conflicts", "fusion") == []
    days = world.json("connection", "completeness", "fusion")
    assert len(days) == 15 and days[-1]["verdict"] == days[-2]["verdict"] == "open" and days[0]["verdict"] == "unread" and days[-2]["times"] == 3, days
    year = world.json("connection", "completeness", "fusion", "--from", "2026-02-01")  # the calls of the sample lie far apart
    assert sum(day["calls"] for day in year) == fusion["calls"] and year[0]["verdict"] == "unread", year
    assert world.json("sync", "--due") == []  # both were tried just now
    assert world.json("schedule", "fusion", "--every", "2h30m")["every"] == "2h30m"
    assert world.json("schedule", "fusion", "--every", "off", "--alarm", "1d")["next_due"] is None
    assert world.json("schedule", "fusion")["alarm"] == "1d"
    for words, code, part in (("schedule fusion --every 10", 0, ""), ("schedule fusion --every 5s", 2, "5s"), ("schedule fusion --every 15x", 2, "15x"),
                              ("schedule fusion --every 40d", 2, "40d"), ("schedule nobody", 1, "nobody"), ("connection history nobody", 1, "nobody"),
                              ("sync --due fusion", 2, "--due"), ("sync gone --test", 1, "gone"), ("sync fusion --from never", 2, "never")):
        got, _, err = world.run(*words.split(), env={"TOLLBOOK_SECRET_FUSION": "k3y", "TOLLBOOK_SECRET_GONE": "x"})
        assert got == code and part in err, (words, got, err)
    found = world.json("tenants", "list", "fusion")
    assert found and found == world.json("tenants", "list") and all(row["connection"] == "fusion" and row["client"] is None for row in found), found
    tenant, calls = found[0]["tenant"], found[0]["calls"]
    check_failure(world, f"tenants assign fusion {tenant} --package Basic --client C1", 1, "C1")
    world.write("sold.json", json.dumps({"tollbook": 1, "packages": [{"name": "Basic", "custom_rates": [{"prefix": "", "rate": "0.01"}]}],
                                         "clients": [{"id": "C1", "name": "Zebra"}]}))
    world.json("apply", "sold.json")
    check_failure(world, f"tenants assign fusion {tenant} --package Basic", 1, "--client")  # nobody is called like that
    given = [world.json("tenants", "assign", "fusion", tenant, "--package", "Basic", "--client", "C1", *dry) for dry in (["--dry-run"], [])]
    assert [row["calls"] for row in given] == [calls] * 2 and given[0]["changes"] == [] != given[1]["changes"], given
    assert tenant not in [row["tenant"] for row in world.json("tenants", "list")]
    tested = world.json("sync", "fusion", "--test", env={"TOLLBOOK_SECRET_FUSION": "k3y"})
    assert tested[0]["connection"] == "fusion" and "answered" in tested[0]["answer"], tested


def post_call(address, login, body):
    request = urllib.request.Request(address + "?uuid=one", data=body, headers={
        "Content-Type": "application/json", "Authorization": "Basic " + base64.b64encode(login.encode()).decode()})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def check_receive(end):
    with open(os.path.join(DATA, "cdr", "freeswitch_post_json_plain.http"), "rb") as file:
        body = re.split(rb"\r?\n\r?\n", file.read(), maxsplit=1)[1]
    with World() as world:
        env = {"TOLLBOOK_SECRET_SWITCH": "k3y", "XDG_DATA_HOME": world.folder}
        world.write("pbx.json", json.dumps({"tollbook": 1, "connections": [{"name": "switch", "kind": "push", "url": "http://127.0.0.1:0/cdr"}]}))
        world.json("init")
        world.json("apply", "pbx.json")
        check_failure(world, "receive switch", 1, "password")
        check_failure(world, "receive other", 1, "other")
        program = world.start("--json", "receive", "switch", env=env)
        address = re.search(r"http://127\.0\.0\.1:\d+/cdr", program.stderr.readline().decode())[0]
        assert (post_call(address, "cdr:guess", body), post_call(address, "cdr:k3y", body)) == (401, 200)
        program.send_signal(end)
        out, err = program.communicate(timeout=20)
        assert program.returncode == (0 if end == signal.SIGTERM else -end) and err == b"", (program.returncode, out, err)
        assert end != signal.SIGTERM or json.loads(out) == {"connection": "switch", "received": 1, "refused": 1}, out
        got = [world.json("sync", "switch", env=env)[0]["new"] for _ in range(2)]
        assert got == [1, 0], got


def network(report):
    for end in (signal.SIGTERM, signal.SIGKILL):
        report(f"receive: a call that was answered 200 is collected after {end.name}", check_receive, end)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Export)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    report("sync: calls of a PBX, once; one that is gone keeps none from being collected", check_sync, server.server_address[1])
    server.shutdown()


# ---- TAP ----

class Report:
    def __init__(self):
        self.count = self.failed = 0

    def __call__(self, name, function, *arguments):
        self.count += 1
        try:
            function(*arguments)
            print(f"ok {self.count} - {name}", flush=True)
        except Exception:
            self.failed += 1
            print(f"not ok {self.count} - {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)


def main():
    report = Report()
    for part in (a_month, no_exchange, in_advance, paying, failures, help_texts, demo, completions, interrupts, network):
        part(report)
    print(f"1..{report.count}")
    return 1 if report.failed else 0


sys.exit(main())
