#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`tollbookctl whmcs push` is killed at every request it makes, before and after it is acted on, and loses every reply; afterwards the next push leaves
WHMCS as an undisturbed one does: each invoice once, published, to the cent.

usage: test-whmcs.py TOLLBOOKCTL (speaks TAP)
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from whmcs import Whmcs

PROGRAM = os.path.abspath(sys.argv[1])
PATIENCE = 10  # milliseconds for what is a second: what is not known is looked for during one second and a half
AT_ONCE = 6
FAULTS = ["kill-before", "kill-after", "lost", "500", "html", "refused-before"]
MUTATING = {"CreateInvoice", "UpdateInvoice", "AddClient", "LogActivity", "AddCredit", "ApplyCredit"}


class Books:
    template = None

    def __init__(self, world):
        self.world, self.folder = world, tempfile.mkdtemp(prefix="tollbook-whmcs-")
        if Books.template is not None:
            shutil.copy(Books.template, os.path.join(self.folder, "b"))
            self.set_up()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def run(self, *words, secret="s3cr3t"):
        env = dict(os.environ, G_DEBUG="fatal-criticals", TOLLBOOK_BOOKS="b", TOLLBOOK_PATIENCE=str(PATIENCE), LC_ALL="C.UTF-8", TOLLBOOK_SECRET_WHMCS=secret,
                   no_proxy="*")
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        with self.world.lock:  # no request is answered before it is known whom it may kill
            process = subprocess.Popen([PROGRAM, *words], cwd=self.folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.world.pid = process.pid
        out, err = process.communicate(timeout=120)
        return process.returncode, out.decode(), err.decode()

    def must(self, *words):
        code, out, err = self.run(*words)
        assert (code, err) == (0, ""), (words, code, err)
        return out

    def set_up(self):
        with open(os.path.join(self.folder, "s.json"), "w", encoding="utf-8") as file:
            json.dump({"tollbook": 1, "whmcs": {"url": f"http://127.0.0.1:{self.world.port}/", "identifier": "id", "post": "invoices"}}, file)
        self.must("apply", "s.json")


def new_world():
    world = Whmcs()
    world.clients[17] = {"email": "known@example.com", "status": "Active", "currency": 1, "currency_code": "CAD", "companyname": "Known"}
    return world


def make_template(folder):
    """Two bills: of a client that WHMCS has, and of one that it does not have."""
    world = new_world()
    with Books(world) as books:
        setup = {"tollbook": 1, "company": {"name": "Example Voice", "country": "CA", "time_zone": "UTC", "currency": "CAD", "due_days": 14},
                 "taxes": [{"name": "HST", "percent": "13", "category": "S"}],
                 "packages": [{"name": "Line", "fee": "29.95"}],
                 "clients": [{"id": "K", "name": "Known & Sons", "email": "known@example.com", "tax": "HST", "whmcs_id": 17, "country": "CA"},
                             {"id": "N", "name": "New Ltd", "email": "new@example.com", "tax": "HST", "country": "CA", "address": ["1 Main St", "Waterloo"]}],
                 "services": [{"id": "S1", "client": "K", "package": "Line", "tenant": "a", "starts": "2026-10-01"},
                              {"id": "S2", "client": "N", "package": "Line", "tenant": "b", "starts": "2026-10-01"}]}
        with open(os.path.join(books.folder, "s.json"), "w", encoding="utf-8") as file:
            json.dump(setup, file)
        books.must("init")
        books.must("apply", "s.json")
        books.must("bill", "--period", "2026-10")
        for invoice in json.loads(books.must("--json", "invoice", "list")):
            books.must("invoice", "approve", str(invoice["id"]))
        books.set_up()
        books.must("whmcs", "push", "--dry-run")
        # the mark of the books is made once, so that what is left at WHMCS can be compared
        world.fault = (1, "kill-before")
        books.run("whmcs", "push")
        shutil.copy(os.path.join(books.folder, "b"), os.path.join(folder, "b"))
        for ending in ("-wal", "-shm"):
            path = os.path.join(books.folder, "b" + ending)
            if os.path.exists(path):
                books.must("check")  # opens and closes, so that all of it is in the file
        shutil.copy(os.path.join(books.folder, "b"), os.path.join(folder, "b"))
    world.close()
    return os.path.join(folder, "b")


def undisturbed():
    world = new_world()
    with Books(world) as books:
        result = json.loads(books.must("--json", "whmcs", "push"))
        assert result["failed"] == result["parked"] == result["waiting"] == 0 and result["done"] == 3, result
        assert [invoice["status"] for invoice in world.invoices.values()] == ["Unpaid", "Unpaid"], world.invoices
        ledger = json.loads(books.must("--json", "whmcs", "ledger"))
        for row in [row for row in ledger if row["kind"] == "invoice"]:
            subtotal, tax, total = world.sums(world.invoices[row["whmcs_id"]])
            assert total == Decimal(row["amount"]), (row, total)
            assert row["marker"] in world.invoices[row["whmcs_id"]]["notes"]
            story = json.loads(books.must("--json", "whmcs", "story", str(row["id"])))["story"]
            assert [move["state"] for move in story][-1] == "done" and len(story) > 5
        assert world.clients[501]["email"] == "new@example.com"
        assert json.loads(books.must("--json", "whmcs", "push"))["done"] == 0
        assert [row["finding"] for row in json.loads(books.must("--json", "whmcs", "report"))] == ["open", "open"]
        books.must("check")
        actions = list(world.actions)
    world.close()
    return world.tell(), actions


def disturbed(fault, expected):
    world = new_world()
    world.fault = fault
    with Books(world) as books:
        for _ in range(4):
            code, _, err = books.run("whmcs", "push")
            if code == 0:
                break
        assert code == 0, (fault, code, err)
        assert world.tell() == expected, (fault, world.tell(), expected)
        books.must("check")
    world.close()


def refused():
    world = new_world()
    with Books(world) as books:
        code, _, err = books.run("whmcs", "push", secret="n0t-it")
        assert code == 1 and err.count("\n") == 1 and "n0t-it" not in err, err
        assert len(world.actions) == 1, world.actions
        assert not world.invoices
    world.close()


def attempt(test):
    """None, or what went wrong."""
    try:
        test()
        return None
    except Exception:  # pylint: disable=broad-except
        return traceback.format_exc()


def main():
    folder = tempfile.mkdtemp(prefix="tollbook-whmcs-")
    failed = 0
    try:
        Books.template = make_template(folder)
        expected, actions = undisturbed()
        faults = [(at + 1, what) for at, action in enumerate(actions[:len(actions) - 6]) for what in FAULTS
                  if what.startswith("kill") or action in MUTATING]
        print(f"1..{len(faults) + 2}")
        print(f"ok 1 - undisturbed, {len(actions)} requests")
        tests = [("a wrong secret is tried once", refused)]
        tests += [(f"{what} at {at} ({actions[at - 1]})", lambda at=at, what=what: disturbed((at, what), expected)) for at, what in faults]
        # each has a WHMCS and books of its own, and waits most of the time
        with concurrent.futures.ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            for n, ((name, _), trouble) in enumerate(zip(tests, pool.map(attempt, [test for _, test in tests])), 2):
                failed += trouble is not None
                print(f"{'ok' if trouble is None else 'not ok'} {n} - {name}", flush=True)
                print("".join("# " + line + "\n" for line in (trouble or "").splitlines()), end="")
    finally:
        shutil.rmtree(folder)
    return 1 if failed else 0


sys.exit(main())
