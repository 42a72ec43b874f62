#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`tollbookctl whmcs test` and `pull` against a WHMCS over HTTP, and what is decided about what they brought.

usage: test-whmcs-pull.py TOLLBOOKCTL (speaks TAP)
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


class Pulled(Whmcs):
    """With the actions that pulling needs; ids are numbers or texts as they come in the real one."""

    def __init__(self, version="8.13.1"):
        super().__init__()
        self.version, self.services, self.forbidden, self.payments, self.broken_at = version, [], set(), [], None
        self.products = [{"pid": 3, "gid": 1, "type": "other", "name": "Hosted PBX", "module": "fusionpbx", "paytype": "recurring",
                          "pricing": {"CAD": {"prefix": "$", "suffix": "", "msetupfee": "0.00", "monthly": "29.95", "quarterly": "-1.00",
                                              "semiannually": "-1.00", "annually": "-1.00", "biennially": "-1.00", "triennially": "-1.00"}}},
                         {"pid": 4, "gid": 1, "type": "hostingaccount", "name": "Web &amp; mail", "module": "cpanel", "paytype": "recurring", "pricing": {}}]

    def serve(self, handler):
        if self.broken_at is not None and len(self.actions) >= self.broken_at:
            handler.rfile.read(int(handler.headers["Content-Length"]))
            return self.reply(handler, 403, b'{"result":"error","message":"Invalid IP 203.0.113.9"}', "application/json")
        return super().serve(handler)

    def add(self, number, company, email, **more):
        client = {"firstname": "Ann", "lastname": f"No{number}", "companyname": company, "email": email, "datecreated": "2026-01-15", "groupid": 0,
                  "status": "Active", "currency": 1, "currency_code": "CAD", "address1": f"{number} Main St", "address2": "", "city": "Waterloo", "state": "ON",
                  "postcode": "N2J 2Y2", "countrycode": "CA", "country": "CA", "tax_id": "", "credit": "0.00"}
        client.update(more)
        self.clients[number] = client

    def __getattribute__(self, name):
        forbidden = name.startswith("get") and name in object.__getattribute__(self, "__dict__").get("forbidden", ())
        if forbidden:
            return lambda form: {"result": "error", "message": f"Invalid Permissions: API action \"{name}\" is not allowed"}
        return super().__getattribute__(name)

    @staticmethod
    def page_of(rows, form, plural, singular):
        start, most = int(form.get("limitstart", 0)), int(form.get("limitnum", 25))
        some = rows[start:start + most]
        return {"result": "success", "totalresults": str(len(rows)), "startnumber": start, "numreturned": len(some), plural: {singular: some} if some else ""}

    def whmcsdetails(self, _):
        return {"result": "success", "whmcs": {"version": self.version, "canonicalversion": self.version + "-release.1"}}

    def getadmindetails(self, _):
        return {"result": "success", "adminid": 1, "name": "Staff", "allowedpermissions": "API Access,Create Invoice", "whmcs": {"version": self.version}}

    def getcurrencies(self, _):
        rows = [{"id": "1", "code": "CAD", "prefix": "$", "suffix": "", "format": "1", "rate": "1.00000"},
                {"id": "2", "code": "USD", "prefix": "$", "suffix": " USD", "format": "1", "rate": "0.72860"}]
        return {"result": "success", "totalresults": 2, "currencies": {"currency": rows}}

    def getpaymentmethods(self, _):
        return {"result": "success", "totalresults": 1, "paymentmethods": {"paymentmethod": [{"module": "paypal", "displayname": "PayPal"}]}}

    def getproducts(self, _):
        return {"result": "success", "totalresults": 2, "products": {"product": self.products}}

    def getclients(self, form):
        names = ("firstname", "lastname", "companyname", "email", "datecreated", "groupid", "status")
        return self.page_of([dict({name: client[name] for name in names}, id=number) for number, client in sorted(self.clients.items())], form, "clients", "client")

    def getclientsproducts(self, form):
        return self.page_of(self.services, form, "products", "product")

    def getinvoices(self, form):
        if "status" not in form:
            return super().getinvoices(form)
        rows = [self.row(number) for number, invoice in sorted(self.invoices.items()) if invoice["status"] == form["status"]]
        return self.page_of(rows, form, "invoices", "invoice")

    def getinvoice(self, form):
        answer = super().getinvoice(form)
        rows = [payment for payment in self.payments if str(payment["invoiceid"]) == form["invoiceid"]]
        if rows:
            answer["transactions"] = {"transaction": rows}
        return answer

    def pay(self, number, amount, out="0.00", status=None):
        self.payments.append({"id": len(self.payments) + 1, "userid": self.invoices[number]["client"], "currency": 0, "gateway": "paypal", "date": "2026-11-20 10:00:00",
                              "description": "Invoice Payment", "amountin": amount, "fees": "0.00", "amountout": out, "rate": "1.00000", "transid": f"T{len(self.payments)}",
                              "invoiceid": number, "refundid": 0})
        if status is not None:
            self.invoices[number]["status"] = status

    def gettransactions(self, form):
        some = [row for row in self.payments if form.get("invoiceid") in (None, str(row["invoiceid"])) and form.get("transid") in (None, row["transid"])]
        return self.page_of(some, form, "transactions", "transaction")

    def addinvoicepayment(self, form):
        self.pay(int(form["invoiceid"]), form["amount"])
        self.payments[-1].update(transid=form["transid"], gateway=form["gateway"])
        paid = sum(Decimal(row["amountin"]) for row in self.payments if row["invoiceid"] == int(form["invoiceid"]))
        if paid >= self.sums(self.invoices[int(form["invoiceid"])])[2]:
            self.invoices[int(form["invoiceid"])]["status"] = "Paid"
        return {"result": "success"}

    def addtransaction(self, form):
        if any(row["transid"] == form["transid"] for row in self.payments):
            return self.refuse("Transaction ID must be Unique")
        self.payments.append({"id": len(self.payments) + 1, "userid": int(form["userid"]), "currency": 0, "gateway": form["paymentmethod"],
                              "date": "2026-11-20 10:00:00", "description": form.get("description", ""), "amountin": form.get("amountin", "0.00"), "fees": "0.00",
                              "amountout": form.get("amountout", "0.00"), "rate": "1.00000", "transid": form["transid"],
                              "invoiceid": int(form.get("invoiceid", 0)), "refundid": 0})
        return {"result": "success"}

    def updateclient(self, form):
        client = self.clients.get(int(form["clientid"]))
        if client is None:
            return self.refuse("Client ID Not Found")
        client.update({name: value for name, value in form.items() if name in client})
        return {"result": "success", "clientid": form["clientid"]}


class Books:
    def __init__(self, world, **more):
        self.world, self.folder = world, tempfile.mkdtemp(prefix="tollbook-pull-")
        self.must("init")
        self.apply({"company": {"name": "Example Voice", "country": "CA", "time_zone": "UTC", "currency": "CAD", "due_days": 14},
                    "taxes": [{"name": "HST", "percent": "13", "category": "S"}], "packages": [{"name": "Line", "fee": "29.95"}],
                    "connections": [{"name": "pbx1", "kind": "fusionpbx", "url": "https://pbx.example.com/"}],
                    "whmcs": {"url": f"http://127.0.0.1:{world.port}/", "identifier": "id", "post": "invoices"}, **more})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.world.close()
        shutil.rmtree(self.folder)

    def apply(self, setup):
        with open(os.path.join(self.folder, "s.json"), "w", encoding="utf-8") as file:
            json.dump({"tollbook": 1, **setup}, file)
        self.must("apply", "s.json")

    def run(self, *words, secret="s3cr3t"):
        env = dict(os.environ, G_DEBUG="fatal-criticals", TOLLBOOK_BOOKS="b", TOLLBOOK_PATIENCE="10", LC_ALL="C.UTF-8", TOLLBOOK_SECRET_WHMCS=secret, no_proxy="*")
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def must(self, *words):
        code, out, err = self.run(*words)
        assert (code, err) == (0, ""), (words, code, err)
        return out

    def json(self, *words):
        return json.loads(self.must("--json", *words))

    def clients(self):
        return {client["id"]: client for client in json.loads(self.must("export", "setup")).get("clients", [])}


def same(got, wanted):
    assert got == wanted, f"{got!r} is not {wanted!r}"


# ---- the tests ----

def first_pull():
    """Books without clients get those of WHMCS, but for closed ones."""
    world = Pulled()
    world.add(17, "Acme &amp; Sons", "ap@acme.example", tax_id="123")
    world.add(18, "", "ann@example.com", currency=2, currency_code="USD")
    world.add(19, "Gone Ltd", "gone@example.com", status="Closed")
    with Books(world) as books:
        for words in (["--dry-run"], []):  # what it would do, and then it does it
            same((books.clients(), books.json("whmcs", "clients")), ({}, []))
            got = books.json("whmcs", "pull", *words)
            same((got["created"], got["differences"], got["version"], got["details"]), (["W17", "W18"], 0, "8.13.1", 2))
        clients = books.clients()
        same(clients["W17"], {"id": "W17", "name": "Acme & Sons", "email": "ap@acme.example", "currency": "CAD", "country": "CA", "whmcs_id": 17, "tax_id": "123",
                              "address": ["17 Main St", "Waterloo ON N2J 2Y2"]})
        same((clients["W18"]["name"], clients["W18"]["currency"]), ("Ann No18", "USD"))
        same([(row["whmcs_id"], row["state"], row["client"]) for row in books.json("whmcs", "clients")], [(17, "linked", "W17"), (18, "linked", "W18"), (19, "closed", None)])
        again = books.json("whmcs", "pull")
        same((again["created"], again["linked"], again["differences"], again["unsure"]), ([], [], 0, 0))
        same([row["changed"] + row["added"] + row["gone"] for row in again["read"]], [0] * 8)
        same(books.json("apply", "--dry-run", books_file(books)).get("changes", []), [])
        assert books.json("check")["sound"]


def books_file(books):
    books.must("export", "setup", "-o", "whole.json")
    return "whole.json"


def differences():
    """Nobody is overwritten; either side can be taken over, by field, and who changed it last is known."""
    world = Pulled()
    world.add(17, "Acme", "ap@acme.example")
    with Books(world, clients=[{"id": "A", "name": "Acme", "email": "AP@acme.example", "country": "CA", "currency": "CAD"}]) as books:
        got = books.json("whmcs", "pull")
        same((got["linked"], got["created"], got["differences"]), (["A"], [], 1))
        same(books.clients()["A"].get("address"), None)
        books.must("whmcs", "accept", "theirs", "A", "address")
        same(books.clients()["A"]["address"], ["17 Main St", "Waterloo ON N2J 2Y2"])
        books.json("whmcs", "pull")
        world.clients[17]["companyname"] = "Acme Inc."
        world.clients[17]["tax_id"] = "999"
        setup = books.clients()["A"]
        books.apply({"clients": [dict(setup, tax_id="111", country="US")]})
        same(books.json("whmcs", "pull")["differences"], 3)
        rows = {row["field"]: (row["ours"], row["theirs"], row["newer"], row["state"]) for row in books.json("whmcs", "differences")}
        same(rows, {"name": ("Acme", "Acme Inc.", "theirs", "waiting"), "country": ("US", "CA", "ours", "waiting"), "tax_id": ("111", "999", "both", "waiting")})
        books.must("whmcs", "accept", "ours", "A", "tax_id")
        same(books.json("whmcs", "pull")["differences"], 2)
        books.must("whmcs", "push")
        same(world.clients[17]["tax_id"], "111")
        same(books.json("whmcs", "pull")["differences"], 2)
        same([row["field"] for row in books.json("whmcs", "differences")], ["name", "country"])
        world.clients[17]["tax_id"] = "998"
        same(books.json("whmcs", "pull")["differences"], 3)
        same(books.json("whmcs", "differences")[2]["newer"], "theirs")
        books.must("whmcs", "accept", "theirs", "--all")
        client = books.clients()["A"]
        same((client["name"], client["country"], client["tax_id"]), ("Acme Inc.", "CA", "998"))
        same(books.json("whmcs", "differences"), [])
        world.clients[17].update(email="no address", tax_id="997")
        books.must("whmcs", "pull")
        code, _, err = books.run("whmcs", "accept", "theirs", "A")
        assert code == 1 and "client A" in err and "no address" in err, err
        assert "it stays as it is" in books.must("whmcs", "accept", "theirs", "--all")
        same((books.clients()["A"]["email"], books.clients()["A"]["tax_id"]), ("AP@acme.example", "997"))


def unsure():
    """Who is like one here, but not surely it, is nobody's until somebody says so."""
    world = Pulled()
    world.add(17, "ACME, Ltd.", "a@x.example")
    world.add(18, "Twin", "twin@x.example")
    world.add(19, "Twin two", "twin@x.example")
    with Books(world, clients=[{"id": "A", "name": "Acme Ltd"}, {"id": "T", "name": "T", "email": "twin@x.example"}]) as books:
        got = books.json("whmcs", "pull")
        same((got["linked"], got["created"], got["unsure"]), ([], [], 3))
        same([row["alike"] for row in books.json("whmcs", "clients", "--state", "maybe")], [["A"], ["T"], ["T"]])
        books.must("whmcs", "link", "A", "17")
        books.must("whmcs", "ignore", "18")
        books.must("whmcs", "create", "19")
        same({key: client.get("whmcs_id") for key, client in books.clients().items()}, {"A": 17, "T": None, "W19": 19})
        code, _, err = books.run("whmcs", "link", "T", "17")
        assert code == 1 and "“A” already" in err, err
        del world.clients[17]
        same(books.json("whmcs", "pull")["lost"], ["A"])


def services():
    world = Pulled("9.0.1")
    world.add(17, "Acme", "ap@acme.example")
    common = {"clientid": "17", "orderid": "1", "regdate": "2026-01-01", "recurringamount": "29.95", "firstpaymentamount": "29.95", "paymentmethod": "paypal",
              "billingcycle": "Monthly", "nextduedate": "2026-12-01", "status": "Active", "password": "pass-word-1", "customfields": ""}
    world.services = [dict(common, id="71", pid="3", name="Hosted PBX", domain="acme.pbx.example | +1 (519) 222-9000", username="2112 | 2113"),
                      dict(common, id="72", pid="4", name="Web", domain="acme.example", username="acme")]
    with Books(world) as books:
        books.must("whmcs", "pull")
        row, = books.json("whmcs", "services")
        same((row["state"], row["client"], row["tenant"], row["dids"], row["extensions"], row["connection"], row["next_due"]),
             ("proposed", "W17", "acme.pbx.example", ["15192229000"], ["2112", "2113"], "pbx1", "2026-12-01"))
        books.must("whmcs", "assign", "71", "--package", "Line")
        service, = json.loads(books.must("export", "setup"))["services"]
        same((service["client"], service["tenant"], service["dids"], service["next_due"]), ("W17", "acme.pbx.example", ["15192229000"], "2026-12-01"))
        same([row["state"] for row in books.json("whmcs", "services", "--all")], ["linked", "other"])
        same([row["prices"] for row in books.json("whmcs", "products")][0], ["CAD setup 0.00", "CAD monthly 29.95"])
        with open(os.path.join(books.folder, "b"), "rb") as file:
            assert b"pass-word-1" not in file.read()


def rates():
    world = Pulled()
    with Books(world) as books:
        books.must("whmcs", "pull")
        same([(row["currency"], row["ours"], row["theirs"]) for row in books.json("whmcs", "currencies")], [("CAD", "1", "1"), ("USD", None, "1.372495196267")])
        books.must("whmcs", "accept", "rates", "USD", "--from", "2026-11-01")
        same(json.loads(books.must("export", "setup"))["currencies"], [{"code": "USD", "rates": [{"from": "2026-11-01", "rate": "1.372495196267"}]}])


def payments():
    """What becomes of a posted invoice comes back."""
    world = Pulled()
    world.add(17, "Acme", "ap@acme.example")
    with Books(world, clients=[{"id": "A", "name": "Acme", "email": "ap@acme.example", "tax": "HST", "whmcs_id": 17, "currency": "CAD", "country": "CA"}],
               services=[{"id": "S1", "client": "A", "package": "Line", "tenant": "a", "starts": "2026-10-01"}]) as books:
        books.must("bill", "--period", "2026-10")
        books.must("invoice", "approve", "1")
        books.must("whmcs", "push")
        number, = world.invoices
        total = str(world.sums(world.invoices[number])[2])

        def paid():
            books.must("whmcs", "pull")
            row, = books.json("invoice", "list")
            return row["payment"], row["received"], row["refunded"]

        same(books.json("invoice", "list")[0]["payment"], "open")
        same(paid(), ("open", "0.00", "0.00"))
        world.pay(number, "10.00")
        same(paid(), ("partly-paid", "10.00", "0.00"))
        world.pay(number, str(Decimal(total) - 10), status="Paid")
        same(paid(), ("paid", total, "0.00"))
        world.pay(number, "0.00", out=total, status="Refunded")
        same(paid(), ("refunded", "0.00", total))
        same(books.json("invoice", "show", "1")["payment"], "refunded")
        assert books.json("check")["sound"]


def payments_posted():
    """What is recorded here goes there once, what is too much as credit, and what came back as money that went out; nothing of it comes in again."""
    world = Pulled()
    world.add(17, "Acme", "ap@acme.example")
    with Books(world, clients=[{"id": "A", "name": "Acme", "email": "ap@acme.example", "tax": "HST", "whmcs_id": 17, "currency": "CAD", "country": "CA"}],
               services=[{"id": "S1", "client": "A", "package": "Line", "tenant": "a", "starts": "2026-10-01"}]) as books:
        books.must("bill", "--period", "2026-10")
        books.must("invoice", "approve", "1")
        total = books.json("invoice", "show", "1")["total"]
        books.must("payments", "add", "A", "10", "--day", "2026-01-02", "--method", "PayPal", "--reference", "R-1")
        books.must("payments", "reverse", "1", "--amount", "4", "--kind", "return")
        books.must("whmcs", "push")
        same(world.payments, [])  # the invoice was not there when the plan was made
        posted = [row for row in books.json("whmcs", "push", "--dry-run") if row["kind"] == "payment"]
        same([(row["amount"], row["part"]) for row in posted], [("6.00", "payment 1")])
        books.must("whmcs", "push")
        books.must("whmcs", "push")
        same([(row["amountin"], row["gateway"], row["transid"][:3]) for row in world.payments], [("6.00", "paypal", "TB-")])
        books.must("payments", "add", "A", str(Decimal(total) + 14), "--day", "2026-01-03")
        books.must("whmcs", "push")
        same([(row["amountin"], row["invoiceid"] != 0) for row in world.payments[1:]], [(str(Decimal(total) - 6), True), ("20.00", False)])
        books.must("whmcs", "pull")
        same(len(books.json("payments", "list")), 3)
        row, = books.json("invoice", "list")
        same((row["payment"], row["received"], row["open"]), ("paid", total, "0.00"))
        books.must("payments", "reverse", "3", "--kind", "return")
        books.must("whmcs", "push")
        same([(row["amountout"], row["invoiceid"] != 0) for row in world.payments[3:]], [(str(Decimal(total) - 6), True)])
        same([(credit["amount"], "given back" in credit["description"]) for credit in world.credits], [("-20.00", True)])
        books.must("whmcs", "push")
        books.must("whmcs", "pull", "--full")
        same((len(world.payments), len(world.credits), len(books.json("payments", "list"))), (4, 1, 4))
        row, = books.json("invoice", "list")
        same((row["payment"], row["open"]), ("partly-paid", str(Decimal(total) - 6)))
        assert books.json("check")["sound"]


def payments_ahead():
    """Money that came before its invoice is credit there, and applied from it once it is put on the invoice here; it is paid by no second payment."""
    world = Pulled()
    world.add(17, "Acme", "ap@acme.example")
    with Books(world, clients=[{"id": "A", "name": "Acme", "email": "ap@acme.example", "tax": "HST", "whmcs_id": 17, "currency": "CAD", "country": "CA"}],
               services=[{"id": "S1", "client": "A", "package": "Line", "tenant": "a", "starts": "2026-10-01"}]) as books:
        books.must("payments", "add", "A", "10", "--day", "2026-01-02")
        books.must("whmcs", "push")
        same([(row["amountin"], row["invoiceid"]) for row in world.payments], [("10.00", 0)])
        books.must("bill", "--period", "2026-10")
        books.must("invoice", "approve", "1")
        books.must("whmcs", "push")
        books.must("payments", "allocate", "1")
        for _ in range(2):
            books.must("whmcs", "push")
            books.must("whmcs", "pull")
            number, = world.invoices
            same((len(world.payments), world.invoices[number]["credit"]), (1, Decimal(10)))
            row, = books.json("invoice", "list")
            same((row["payment"], row["received"], row["open"]), ("partly-paid", "10.00", str(Decimal(row["total"]) - 10)))
            same([row["credit"] for row in books.json("ageing")], ["0.00"])
        assert books.json("check")["sound"]


def payments_known():
    """The same money, recorded here and by WHMCS's staff under the same reference, is one payment; paid there by other money, it is put aside."""
    world = Pulled()
    world.add(17, "Acme", "ap@acme.example")
    with Books(world, clients=[{"id": "A", "name": "Acme", "email": "ap@acme.example", "tax": "HST", "whmcs_id": 17, "currency": "CAD", "country": "CA"}],
               services=[{"id": "S1", "client": "A", "package": "Line", "tenant": "a", "starts": "2026-10-01"}]) as books:
        books.must("bill", "--period", "2026-10")
        books.must("invoice", "approve", "1")
        books.must("whmcs", "push")
        number, = world.invoices
        books.must("payments", "add", "A", "10", "--day", "2026-01-02", "--reference", "T0")
        world.pay(number, "10.00")
        books.must("whmcs", "pull")
        row, = books.json("payments", "list")
        same((row["source"], row["whmcs_id"]), ("hand", 1))
        books.must("whmcs", "push")
        same(len(world.payments), 1)
        books.must("payments", "add", "A", "5", "--day", "2026-01-03", "--reference", "Another")
        world.invoices[number]["status"] = "Paid"
        books.run("whmcs", "push")
        same(len(world.payments), 1)
        row = [row for row in books.json("whmcs", "ledger") if row["kind"] == "payment"][0]
        assert row["state"] == "parked" and "asks for nothing" in row["message"], row


def cut_short():
    """What was read stays, and the next pull goes on from there."""
    world = Pulled()
    for number in range(1, 201):
        world.add(number, f"Company {number}", f"c{number}@example.com")
    with Books(world) as books:
        world.broken_at = 120
        code, out, err = books.run("whmcs", "pull")
        assert (code, out) == (1, "") and "203.0.113.9" in err, (code, out, err)
        before = world.actions.count("GetClientsDetails")
        assert before > 100, before
        world.broken_at = None
        got = books.json("whmcs", "pull")
        same((got["continued"], len(got["created"]), world.actions.count("GetClientsDetails")), (True, 200, 200))


def diagnosis():
    """A role that lacks an action is told by name; the pull does without what it can do without."""
    world = Pulled()
    world.add(17, "Acme", "ap@acme.example")
    world.forbidden = {"getclientsproducts", "getproducts"}
    with Books(world) as books:
        code, out, err = books.run("--json", "whmcs", "test")
        answers = {row["action"]: row["answer"] for row in json.loads(out)["actions"]}
        same((code, answers["GetClientsProducts"], answers["GetClients"], answers["CreateInvoice"]), (1, "forbidden", "allowed", "not-asked"))
        assert "2 actions" in err, err
        code, out, err = books.run("--json", "whmcs", "pull")
        same((code, json.loads(out)["created"]), (1, ["W17"]))
        assert err.count("\n") == 2 and "GetProducts" in err, err
        code, out, err = books.run("whmcs", "test", secret="wrong")
        assert (code, out) == (1, "") and "wrong" not in err.replace("is wrong", ""), (code, out, err)
        world.server.server_close()
        world.server.shutdown()
        code, out, err = books.run("whmcs", "test")
        assert (code, out) == (1, "") and "127.0.0.1" in err, (code, out, err)


def attempt(test):
    """None, or what went wrong."""
    try:
        test()
        return None
    except Exception:  # pylint: disable=broad-except
        return traceback.format_exc()


def main():
    tests = [first_pull, differences, unsure, services, rates, payments, payments_posted, payments_ahead, payments_known, cut_short, diagnosis]
    failed = 0
    print(f"1..{len(tests)}")
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:  # each has a WHMCS and books of its own
        for number, (test, trouble) in enumerate(zip(tests, pool.map(attempt, tests)), 1):
            failed += trouble is not None
            print("".join("# " + line + "\n" for line in (trouble or "").splitlines()), end="")
            print(f"{'ok' if trouble is None else 'not ok'} {number} - {test.__name__}", flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
