# SPDX-License-Identifier: GPL-3.0-or-later
"""A small WHMCS over HTTP: the actions that posting needs, with documented shapes, and one fault at a chosen request.

A fault is (number of the request, what): "kill-before" and "kill-after" end the client's process by SIGKILL before or after the request is acted on,
"lost" closes the connection after it, "500" and "html" answer with a page after it, "refused-before" is a 502 of a proxy that gave nothing on.
"""
import http.server
import os
import signal
import threading
import urllib.parse
from decimal import ROUND_HALF_UP, Decimal
import json

CENT = Decimal("0.01")


class Whmcs:
    def __init__(self):
        self.invoices, self.credits, self.clients, self.log, self.actions = {}, [], {}, [], []
        self.fault, self.pid, self.lock = None, None, threading.Lock()
        world = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                world.serve(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    # ---- a request ----

    def serve(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        with self.lock:
            self.actions.append(form["action"])
            what = self.fault[1] if self.fault is not None and self.fault[0] == len(self.actions) else None
            if what == "kill-before":
                return os.kill(self.pid, signal.SIGKILL)
            if what == "refused-before":
                return self.page(handler, 502)
            known = form.get("identifier") == "id" and form.get("secret") == "s3cr3t"
            answer = getattr(self, form["action"].lower())(form) if known else {"result": "error", "message": "Authentication Failed"}
            if what == "kill-after":
                return os.kill(self.pid, signal.SIGKILL)
        if what == "lost":
            handler.close_connection = True
            return None
        if what in ("500", "html"):
            return self.page(handler, 500 if what == "500" else 200)
        return self.reply(handler, 200 if known else 403, json.dumps(answer).replace("/", "\\/").encode(), "application/json")

    def page(self, handler, status):
        self.reply(handler, status, b"<!DOCTYPE html><html><body>Oops!</body></html>", "text/html")

    @staticmethod
    def reply(handler, status, body, kind):
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    # ---- actions ----

    @staticmethod
    def refuse(message):
        return {"result": "error", "message": message}

    def getclientsdetails(self, form):
        for number, client in self.clients.items():
            if str(number) == form.get("clientid") or client["email"] == form.get("email"):
                return {"result": "success", "client": dict(client, id=number, userid=number, credit="0.00", customfields=[])}
        return self.refuse("Client Not Found")

    def getcurrencies(self, _):
        return {"result": "success", "totalresults": 1, "currencies": {"currency": [{"id": "1", "code": "CAD", "prefix": "$", "suffix": "", "format": "1", "rate": "1.00000"}]}}

    def addclient(self, form):
        if any(client["email"] == form["email"] for client in self.clients.values()):
            return self.refuse("The email address entered is not available for use.")
        number = 500 + len(self.clients)
        self.clients[number] = {"email": form["email"], "status": "Active", "currency": 1, "currency_code": "CAD", "companyname": form.get("companyname", "")}
        return {"result": "success", "clientid": number, "owner_id": number}

    def sums(self, invoice):
        subtotal = sum((line["amount"] for line in invoice["lines"]), Decimal(0))
        taxed = sum((line["amount"] for line in invoice["lines"] if line["taxed"]), Decimal(0))
        tax = (taxed * invoice["taxrate"] / 100).quantize(CENT, ROUND_HALF_UP)
        return subtotal, tax, subtotal + tax - invoice["credit"]

    def row(self, number):
        invoice = self.invoices[number]
        subtotal, tax, total = self.sums(invoice)
        return {"id": number, "invoiceid": number, "invoicenum": "", "userid": invoice["client"], "date": invoice["date"], "duedate": invoice["due"],
                "datepaid": "0000-00-00 00:00:00", "subtotal": f"{subtotal:.2f}", "credit": f"{invoice['credit']:.2f}", "tax": f"{tax:.2f}", "tax2": "0.00",
                "total": f"{total:.2f}", "balance": f"{total:.2f}", "taxrate": f"{invoice['taxrate']:.3f}", "taxrate2": "0.000", "status": invoice["status"],
                "paymentmethod": "paypal", "notes": invoice["notes"].replace("&", "&amp;"), "currencycode": "CAD"}

    def getinvoices(self, form):
        ids = sorted((number for number, invoice in self.invoices.items() if form.get("userid") in (None, str(invoice["client"]))),
                     reverse=form.get("order") == "desc")
        start, most = int(form.get("limitstart", 0)), int(form.get("limitnum", 25))
        some = ids[start:start + most]
        return {"result": "success", "totalresults": len(ids), "startnumber": start, "numreturned": len(some),
                "invoices": {"invoice": [self.row(number) for number in some]} if some else ""}

    def getinvoice(self, form):
        number = int(form["invoiceid"])
        if number not in self.invoices:
            return self.refuse("Invoice ID Not Found")
        lines = [{"id": line["id"], "type": "", "relid": 0, "description": line["text"].replace("&", "&amp;"), "amount": f"{line['amount']:.2f}",
                  "taxed": 1 if line["taxed"] else 0} for line in self.invoices[number]["lines"]]
        return dict(self.row(number), result="success", items={"item": lines} if lines else "", transactions="")

    def add_line(self, invoice, text, amount, taxed):
        self.last_line = getattr(self, "last_line", 0) + 1
        invoice["lines"].append({"id": self.last_line, "text": text, "amount": Decimal(amount), "taxed": taxed == "1"})

    def createinvoice(self, form):
        if int(form["userid"]) not in self.clients:
            return self.refuse("Client ID Not Found")
        number = 1000 + len(self.invoices) + 1
        invoice = {"client": int(form["userid"]), "status": "Draft" if form.get("draft") == "1" else "Unpaid", "notes": form.get("notes", ""), "credit": Decimal(0),
                   "date": form.get("date", ""), "due": form.get("duedate", ""), "taxrate": Decimal(form.get("taxrate", "0")), "lines": []}
        for field in [name for name in form if name.startswith("itemdescription")]:
            at = field[len("itemdescription"):]
            self.add_line(invoice, form[field], form["itemamount" + at], form.get("itemtaxed" + at, "0"))
        self.invoices[number] = invoice
        return {"result": "success", "invoiceid": number, "status": invoice["status"]}

    def updateinvoice(self, form):
        invoice = self.invoices[int(form["invoiceid"])]
        if "1" in (form.get("publish"), form.get("publishandsendemail")):
            if invoice["status"] != "Draft":
                return self.refuse("Invoice must be in Draft status to be published")
            invoice["status"] = "Unpaid"
        invoice["status"] = form.get("status", invoice["status"])
        for field in [name for name in form if name.startswith("newitemdescription[")]:
            at = field[len("newitemdescription"):]
            self.add_line(invoice, form[field], form["newitemamount" + at], form.get("newitemtaxed" + at, "0"))
        gone = {int(value) for name, value in form.items() if name.startswith("deletelineids[")}
        invoice["lines"] = [line for line in invoice["lines"] if line["id"] not in gone]
        return {"result": "success", "invoiceid": int(form["invoiceid"])}

    def getcredits(self, form):
        some = [credit for credit in self.credits if str(credit["client"]) == form["clientid"]]
        return {"result": "success", "totalresults": len(some), "clientid": form["clientid"], "credits": {"credit": some} if some else []}

    def addcredit(self, form):
        sign = -1 if form.get("type") == "remove" else 1
        self.credits.append({"id": len(self.credits) + 1, "client": int(form["clientid"]), "date": "2026-11-01", "description": form["description"],
                             "amount": f"{sign * Decimal(form['amount']):.2f}", "relid": 0})
        return {"result": "success", "newbalance": "0.00"}

    def applycredit(self, form):
        self.invoices[int(form["invoiceid"])]["credit"] += Decimal(form["amount"])
        return {"result": "success", "invoiceid": form["invoiceid"], "amount": form["amount"], "invoicepaid": "false"}

    def logactivity(self, form):
        self.log.append(form["description"])
        return {"result": "success"}

    # ---- what there is, whatever way it came there; a cancelled draft is nothing ----

    def tell(self):
        told = []
        for number, invoice in self.invoices.items():
            subtotal, tax, _ = self.sums(invoice)
            told.append((self.clients[invoice["client"]]["email"], invoice["notes"], invoice["status"], str(subtotal), str(tax), len(invoice["lines"])))
        return sorted(told), sorted(client["email"] for client in self.clients.values()), sorted(credit["description"] for credit in self.credits)
