#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ten other billing systems' own tests and manuals say a call costs (tests/data/rating_vectors.json), asked of tollbookctl.

Each vector becomes a tariff and a package of one set-up file and a list of calls for "price -". Arithmetic that is not a call (rounding,
limits, markup, tiers, blocks) is put as a call of which one second or minute stands for a unit.

usage: test-vectors.py TOLLBOOKCTL VECTORS...
"""
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal as D
from fractions import Fraction as F

MODES = {"half_up": "half-up", "half_even": "half-even", "up": "up", "down": "down"}
EXACT = {"mode": "half-up", "decimals": 9}
NOON = "2026-10-05T12:00:00Z"


def text(value):
    """A fraction as a decimal string of at most twelve places; it must be one."""
    value = F(value)
    scaled = value * 10**12
    assert scaled.denominator == 1, f"{value} is no decimal"
    return format(D(scaled.numerator).scaleb(-12).normalize(), "f")


class Books:
    """One set-up of all vectors, and the prices it gives."""

    def __init__(self, program, folder):
        self.program, self.file = program, os.path.join(folder, "books.tollbook")
        self.setup = {"tollbook": 1, "company": {"name": "Vectors", "currency": "USD", "time_zone": "UTC"}, "tariffs": [], "packages": [],
                      "connections": [{"name": "pbx", "kind": "csv", "time_zone": "UTC"}]}
        self.folder = folder

    def run(self, *arguments, given=None):
        done = subprocess.run([self.program, "--books", self.file, "--json", *arguments], input=given, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(arguments)}: {done.stderr.strip()}")
        return json.loads(done.stdout or "null")

    def add(self, name, rates, rounding=None, zone="UTC", split=False, **package):
        self.setup["tariffs"].append({"name": name, "currency": "USD", "time_zone": zone, "band": "split" if split else "start", "rates": rates})
        self.setup["packages"].append({"name": name, "tariff": name, "rounding": rounding or EXACT, **package})

    def apply(self):
        path = os.path.join(self.folder, "setup.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump(self.setup, out)
        self.run("init")
        self.run("apply", path)

    def apply_more(self, setup):
        path = os.path.join(self.folder, "more.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump({"tollbook": 1, **setup}, out)
        self.run("apply", path)

    def price(self, name, calls):
        return self.run("price", "--package", name, "-", given=json.dumps(calls))


def rounding(given):
    return {"mode": MODES[given["mode"]], "decimals": given["decimals"]}


def call(number, seconds, start=None):
    return {"number": number, "seconds": str(seconds), "at": start or NOON}


def one_rate(rate, per=60, increment=1, **more):
    return [{"prefix": "", "steps": [{"after": 0, "rate": rate, "per": per, "increment": increment}], **more}]


# ---- vectors as set-ups: each kind gives the calls to price and what to compare ----

def row_rate(row, tariff):
    rate = {"prefix": row["prefix"].lstrip("+"), "connect_fee": row.get("connect_fee", "0")}
    rate["steps"] = [{"after": s["after_s"], "rate": s["rate"], "per": s["per_s"], "increment": s["inc_s"]} for s in row["steps"]]
    for key, ours in (("when", "when"), ("priority", "priority"), ("included_s", "included_seconds"), ("effective_from", "effective_from"),
                      ("effective_to", "effective_to")):
        if row.get(key) is not None:
            rate[ours] = row[key]
    if tariff.get("max_cost"):
        rate["max_charge"] = tariff["max_cost"]["amount"]
    return rate


def pool(given):
    own = {"name": given["id"], "seconds": given["seconds"], "consume": "billed" if given["inc_s"] else "exact", "unit": given["inc_s"] or 1,
           "priority": given.get("priority", 10), "shared": given.get("shared", False), "connect_fee": given.get("connect_fee", "0")}
    if given.get("prefixes"):
        own["scope"] = given["prefixes"]
    for key, ours in (("valid_from", "from"), ("valid_to", "to")):
        if given.get(key):
            own[ours] = given[key]
    return own


def add_tariff(books, vector, name=None, **package):
    tariff = vector["tariff"]
    books.add(name or vector["id"], [row_rate(row, tariff) for row in tariff["rows"]], rounding(tariff["round"]), tariff.get("tz", "UTC"), tariff.get("band") != "start",
              included=[pool(p) for p in vector.get("packages", [])], **package)


def check_cost(expect, priced):
    if expect.get("unrated"):
        assert priced["status"] == "no-rate", f"status {priced['status']}"
        return
    assert priced["status"] in ("rated", "included", "unanswered"), f"status {priced['status']}"
    assert D(priced["charge"] or "0") == D(expect["cost"]), f"charge {priced['charge']}, expected {expect['cost']}"
    if "billed_s" in expect:
        assert int(priced["billed"]) == expect["billed_s"], f"billed {priced['billed']}, expected {expect['billed_s']}"
    if "package_s" in expect:
        assert int(priced["free"]) == expect["package_s"], f"free {priced['free']}, expected {expect['package_s']}"


def check_balance(books, vector):
    """The call comes before anybody pays for it; then there is a client with a balance, and rating again draws on it."""
    name, expect, made = vector["id"], vector["expect"], vector["call"]
    books.run("cdr", "import", "-", "--connection", "pbx", given="uid,start,tenant,direction,caller,callee,billsec\n"
              f"{name},{made['start']},{name},outbound,1001,{made['dialled']},{made['duration_s']}\n")
    books.run("rate")
    assert books.run("calls", "--uid", name)[0]["status"] == "no-service"
    books.apply_more({"clients": [{"id": name, "name": name, "currency": "USD"}],
                      "services": [{"id": name, "client": name, "package": name, "connection": "pbx", "tenant": name}]})
    books.run("balance", "top-up", name, expect["balance_from"], "--at", made["start"])
    last = books.run("price", "--client", name, made["dialled"], "1", "--at", made["start"])["max_seconds"]
    for seconds, paid in ((last, True), (last + 1, False)):
        charge = D(books.run("price", "--client", name, made["dialled"], str(seconds), "--at", made["start"])["charge"])
        assert (charge <= D(expect["balance_from"])) == paid, f"{seconds} s cost {charge}"
    books.run("rate", "--again", "--client", name)
    balance = books.run("balance", "show", name)["balance"]
    assert D(balance) == D(expect["balance_after"]), f"balance {balance}, expected {expect['balance_after']}"


def kind_call(books, vector):
    balance = "balance_from" in vector["expect"]
    add_tariff(books, vector, mode="prepaid" if balance else "postpaid", **({"connect_fee": "0"} if vector.get("continuation") else {}))
    tax = vector["tariff"].get("tax_pct")
    if tax:
        add_tariff(books, vector, vector["id"] + " gross", markup=tax)

    def check():
        asked = [call(vector["call"]["dialled"], vector["call"]["duration_s"], vector["call"].get("start"))]
        check_cost(vector["expect"], books.price(vector["id"], asked)[0])
        if tax:
            check_cost({"cost": vector["expect"]["cost_incl_tax"]}, books.price(vector["id"] + " gross", asked)[0])
        if balance:
            check_balance(books, vector)
    return check


def kind_sequence(books, vector):
    add_tariff(books, vector)

    def check():
        asked = [call(c["dialled"], c["duration_s"], c.get("start")) for c in vector["calls"]]
        priced = books.price(vector["id"], asked)
        for one, got in zip(vector["calls"], priced):
            check_cost(one["expect"], got)
        left = sum(p["seconds"] for p in vector["packages"]) - sum(int(got["free"]) for got in priced)
        assert left == sum(vector["expect"]["left"].values()), f"left {left}"
    return check


def kind_match(books, vector):
    rates = [{"prefix": p["prefix"], "rate": "1", **({"effective_from": p["from"]} if p.get("from") else {}), **({"effective_to": p["to"]} if p.get("to") else {})}
             for p in vector["prefixes"]]
    for rate in rates:
        if rate.get("effective_to", "") > "2105":
            del rate["effective_to"]
    books.add(vector["id"], rates)

    def check():
        got = books.price(vector["id"], [call(vector["dialled"], 60, vector.get("at"))])[0]
        if vector["expect"].get("unrated"):
            assert got["status"] == "no-rate", f"status {got['status']}"
        else:
            assert got["prefix"] == vector["expect"]["matched_prefix"], f"prefix {got['prefix']}"
    return check


def kind_bill_time(books, vector):
    books.add(vector["id"], [{"prefix": "", "rate": "1", "increment": f"{vector['initial_s']}/{vector['increment_s']}",
                              "increment_style": "multiple" if vector.get("dialect") == "B" else "first-then"}])

    def check():
        got = books.price(vector["id"], [call("1", vector["duration_s"])])[0]
        assert int(got["billed"]) == vector["expect"]["billed_s"], f"billed {got['billed']}"
    return check


def one_charge(books, vector, expected, seconds=60):
    def check():
        got = charge_of(books, vector, seconds)
        assert got == D(expected), f"charge {got}, expected {expected}"
    return check


def charge_of(books, vector, seconds):
    return D(books.price(vector["id"], [call("1", seconds)])[0]["charge"] or "0")


def kind_round(books, vector):
    books.add(vector["id"], one_rate(vector["value"]), rounding(vector["round"]))
    return one_charge(books, vector, vector["expect"]["value"])


def kind_clamp(books, vector):
    books.add(vector["id"], one_rate(vector["value"], min_charge=vector["min_cost"], max_charge=vector["max_cost"]))
    return one_charge(books, vector, vector["expect"]["value"])


def kind_markup(books, vector):
    books.add(vector["id"], one_rate(vector["rate"], connect_fee=vector["connect_fee"]), markup=vector["markup_pct"])

    def check():
        got = books.price(vector["id"], [call("1", 60)])[0]
        assert D(got["rate"]) == D(vector["expect"]["rate"]), f"rate {got['rate']}"
    return check


def kind_volume(books, vector):
    """Bands of one usage are the steps of one call; ten seconds are a unit, so that intervals of tenths are whole. A credit mirrors its charge."""
    scale, after, steps = 10, F(0), []
    for tier in vector["tiers"]:
        span = F(str(tier["interval"])) * scale
        steps.append({"after": int(after), "rate": tier["price"], "per": int(span), "increment": int(span) if tier.get("ceil", True) else 1})
        after += F(str(tier["length"])) * scale
    steps.append({"after": int(after), "rate": "0", "per": 1, "increment": 1})
    units = F(str(vector["units"]))
    books.add(vector["id"], [{"prefix": "", "steps": steps}])
    return one_charge(books, vector, vector["expect"]["amount"].lstrip("-"), str(int(abs(units) * scale)))


UNIT = 6  # seconds: a tenth of a minute, so that the edges of tiers are decimals and 300,000 units no longer than a call may be


def add_blocks(books, vector):
    """Blocks of one size are tiers of a package, sold in whole blocks of the tier that is reached; of several sizes the steps of a call."""
    tiers, start = vector["tiers"], 0
    edges = [start := start + tier["block_size"] * (tier["max_blocks"] or 10**9) for tier in tiers]
    begins = [0, *edges[:-1]]
    if vector["mode"] == "all_tiers" and len({tier["block_size"] for tier in tiers}) > 1:
        books.add(vector["id"], [{"prefix": "", "steps": [{"after": begin * UNIT, "rate": tier["price"], "per": tier["block_size"] * UNIT, "increment": tier["block_size"] * UNIT}
                                                          for begin, tier in zip(begins, tiers)]}])
        return
    reached = next(tier for tier, edge in zip(tiers, edges) if vector["units"] <= edge)
    steps = [{"from": text(F(begin * UNIT, 60)), "rate": text(F(tier["price"]) / tier["block_size"] * 60 / UNIT)} for begin, tier in zip(begins, tiers)]
    books.add(vector["id"], one_rate("9", 60, reached["block_size"] * UNIT),
              tiers={"kind": "volume" if vector["mode"] == "top_tier" else "graduated", "by": "minutes", "steps": steps})


def kind_blocks(books, vector):
    add_blocks(books, vector)
    return one_charge(books, vector, vector["expect"]["amount"], vector["units"] * UNIT)


def kind_late_usage(books, vector):
    """What came after the invoice costs the difference between the whole and what was invoiced."""
    add_blocks(books, vector)

    def check():
        late = charge_of(books, vector, vector["units"] * UNIT) - charge_of(books, vector, vector["invoiced_units"] * UNIT)
        assert late == D(vector["expect"]["delta"]), f"difference {late}"
    return check


KINDS = {name[5:]: make for name, make in list(globals().items()) if name.startswith("kind_")}


def main():
    program, vectors, failed = sys.argv[1], [], 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as vectors_file:
            vectors += json.load(vectors_file)
    with tempfile.TemporaryDirectory() as folder:
        books = Books(program, folder)
        checks = [KINDS[vector["kind"]](books, vector) for vector in vectors]
        books.apply()
        print(f"1..{len(vectors)}")
        for n, (vector, check) in enumerate(zip(vectors, checks), 1):
            try:
                check()
                print(f"ok {n} {vector['id']} {vector['why']}".replace("#", "no. "))
            except (AssertionError, KeyError) as problem:
                failed += 1
                print(f"not ok {n} {vector['id']} {vector['why']}".replace("#", "no. "))
                print(f"# {problem!r}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
