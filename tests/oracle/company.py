# SPDX-License-Identifier: GPL-3.0-or-later
"""A company made up at random: tariffs, packages, clients, services and a month of calls, as a set-up file and call records."""
import random

COUNTRIES = ["1", "44", "49", "33", "61", "81", "91", "55", "27", "972", "380", "7", "353", "1876"]
PLANS = [
    {"country": "CA", "country_code": "1", "exit_codes": ["011"], "trunk_prefix": "1", "nanp": True, "area_code": "416"},
    {"country": "US", "country_code": "1", "exit_codes": ["011"], "trunk_prefix": "1", "nanp": True},
    {"country": "GB", "country_code": "44", "exit_codes": ["00"], "trunk_prefix": "0", "area_code": "20"},
    {"country": "DE", "country_code": "49", "exit_codes": ["00", "011"], "trunk_prefix": "0"},
    {"country": "FR", "country_code": "33", "exit_codes": ["00"], "trunk_prefix": "0", "area_code": "1"},
    {"exit_codes": ["011"]},
]
START, DAYS = 1790812800, 45  # 2026-10-01, over the end of summer time and of a month
PACKAGES, CLIENTS = 14, 30
CLOCKS = [1792890000, 1793512800]  # 2026-10-25 01:00 and 2026-11-01 06:00 UTC: London and Toronto go back to winter time
ZONES = ["UTC", "America/Toronto", "Europe/London"]
BANDS = [{"days": "1-5", "from": "08:00", "to": "19:00"}, {"days": "6-7"}, {"days": "1,3,5"}, {"from": "18:00", "to": "24:00"}, {"from": "22:00", "to": "06:00"},
         {"from": "00:00", "to": "01:30"}, {"days": "7", "from": "01:30", "to": "02:30"}, {"days": "1-5", "from": "20:00", "to": "08:00"}]
HOLIDAYS = [{"month": 10, "day": 12}, {"month": 11, "day": 1}, {"month": 10, "day": 31, "from": "12:00", "to": "24:00"}]
MODES = ["half-up", "half-even", "up", "down"]


class Company:
    def __init__(self, seed, prefixes, calls):
        self.random = random.Random(seed)
        self.prefixes = self.make_prefixes(prefixes)
        self.setup = {
            "tollbook": 1,
            "company": {"name": "Chance Ltd", "country": "CA", "time_zone": "America/Toronto", "currency": "CAD"},
            "currencies": [{"code": code, "rates": [{"from": day, "rate": self.decimal(low, low * 1.2, 6)} for day in ("2026-01-01", "2026-10-09", "2026-10-31")]}
                           for code, low in (("USD", 1.3), ("EUR", 1.5))],
            "tariffs": [self.tariff(f"t{i}", share) for i, share in enumerate((1.0, 0.05, 0.02, 0.3))],
            "providers": [{"name": "carrier", "tariff": "t3"}, {"name": "other", "tariff": "t1"}],
            "connections": [{"name": "pbx1", "kind": "csv", "time_zone": "UTC", "provider": "carrier"},
                            {"name": "pbx2", "kind": "csv", "time_zone": "UTC", "provider": "other"}, {"name": "pbx3", "kind": "csv", "time_zone": "UTC"}],
            "packages": [self.package(i) for i in range(PACKAGES)],
            "filters": [{"match": "destination", "pattern": "*xx,#xx,4443", "action": "suppress"},
                        {"connection": "pbx1", "match": "destination", "pattern": "1900*", "action": "exclude"},
                        {"match": "destination", "pattern": "[emergency],[tollfree]", "action": "exclude"},
                        {"connection": "pbx2", "match": "source", "pattern": "[2]0[0-4]", "action": "suppress"},
                        {"connection": "pbx3", "match": "destination", "pattern": "[voicemail], [local]", "action": "suppress"}],
        }
        self.people()
        self.calls = [self.call(i) for i in range(calls)]

    # ---- small chances ----

    def chance(self, p):
        return self.random.random() < p

    def decimal(self, low, high, places):
        return f"{self.random.uniform(low, high):.{places}f}"

    def maybe(self, p, value):
        return value if self.chance(p) else None

    def increment(self):
        return self.random.choice(["1/1", "6/6", "60/60", "30/6", "60/1", "60/6", "30/60", "7/5", "90/60", "12/13"])

    # ---- tariffs ----

    def make_prefixes(self, n):
        found = set(COUNTRIES)
        while len(found) < n:
            found.add(self.random.choice(COUNTRIES) + "".join(self.random.choice("0123456789") for _ in range(self.random.randint(1, 6))))
        return sorted(found)

    def price(self, price=None):
        row = {"rate": price or self.decimal(0.001, 0.9, self.random.choice([2, 4, 6]))}
        more = {"increment": self.maybe(0.7, self.increment()), "connect_fee": self.maybe(0.2, self.decimal(0, 0.2, 3)),
                "minimum": self.maybe(0.1, self.random.choice([10, 30, 60])), "grace": self.maybe(0.1, self.random.choice([0, 2, 5])),
                "included_seconds": self.maybe(0.05, self.random.choice([5, 30])), "increment_style": self.maybe(0.1, "multiple"),
                "min_charge": self.maybe(0.05, self.decimal(0.001, 0.05, 4)), "max_charge": self.maybe(0.05, self.decimal(0.05, 3, 2))}
        row.update({key: value for key, value in more.items() if value is not None})
        if self.chance(0.06):
            del row["rate"]
            row.pop("increment", None)
            row.pop("increment_style", None)
            row["steps"] = [{"after": after, "rate": self.decimal(0.001, 0.9, 4), "per": self.random.choice([60, 60, 10, 7]), "increment": self.random.choice([1, 6, 30, 60])}
                            for after in (0, 25, 60, 300)[:self.random.randint(2, 4)]]
        return row

    def rows(self, prefix):
        row = {"prefix": prefix, "description": f"To {prefix}", **self.price()}
        if self.chance(0.03):
            row["enabled"] = False
        rows = [row]
        if self.chance(0.15):
            rows.append({**row, **self.price(), "effective_from": self.random.choice(["2026-09-01", "2026-10-12", "2026-11-20"])})
        if self.chance(0.05):
            row["effective_to"] = self.random.choice(["2026-10-05", "2026-10-20"])
        for when in self.random.sample(BANDS, self.random.choice([0, 0, 0, 1, 1, 2, 3])):  # of two that hold at one moment the priority decides
            rows.append({"prefix": prefix, "description": f"To {prefix} at hours", **self.price(), "when": when, "priority": 11 + BANDS.index(when)})
        if self.chance(0.05):
            rows.append({"prefix": prefix, **self.price(), "when": self.random.choice(HOLIDAYS), "priority": 30})
        if len(rows) > 1 and self.chance(0.05):
            rows.append({"prefix": prefix, **self.price(), "when": self.random.choice(BANDS), "priority": 5})  # never before the one of all hours
        for each in rows:
            each.setdefault("rate", "0") if "steps" not in each else None
        return rows

    def tariff(self, name, share):
        some = self.prefixes if share == 1 else self.random.sample(self.prefixes, int(len(self.prefixes) * share))
        rows = [row for prefix in some for row in self.rows(prefix)]
        if self.chance(0.5):
            rows.append({"prefix": "", "description": "Anywhere", **self.price()})
        band = self.random.choice(["start", "split"])
        for row in rows:
            if band == "split":
                row.pop("increment_style", None)  # what "multiple" means for a part of a call is said nowhere
        return {"name": name, "currency": self.random.choice(["USD", "CAD", "EUR"]), "time_zone": self.random.choice(ZONES), "band": band, "rounding": {"mode": self.random.choice(MODES), "decimals": self.random.choice([4, 6])}, "rates": rows}

    def own_rates(self, prefixes):
        """Custom rates: as a tariff's, mostly plain."""
        rows = []
        for prefix in prefixes:
            row = {"prefix": prefix, **self.price()}
            rows.append(row)
            dice = self.random.random()
            if dice < 0.05:
                row["enabled"] = False
            elif dice < 0.15:
                rows.append({**row, **self.price(), "effective_from": self.random.choice(["2026-09-01", "2026-10-12"])})
            elif dice < 0.2:
                row["effective_to"] = "2026-10-20"
            elif dice < 0.3:
                rows.append({"prefix": prefix, **self.price(), "when": self.random.choice(BANDS), "priority": 20})
        for row in rows:
            if "steps" not in row:
                row.setdefault("rate", "0")
            else:
                row.pop("rate", None)
        return rows

    # ---- packages ----

    def pool(self, place):
        scope = self.random.choice([["all"], ["national"], ["1", "44"], ["1416"], ["inbound"], self.random.sample(self.prefixes, 30)])
        pool = {"name": f"pool{place}", "minutes": self.random.choice([5, 20, 100, 1000, "unlimited"]), "scope": scope, "shared": self.chance(0.3), "carry_over": self.chance(0.3),
                "consume": self.random.choice(["billed", "exact"]), "unit": self.random.choice([1, 1, 6, 60]), "priority": self.random.choice([10, 10, 20, 5])}
        if pool.get("minutes") == "unlimited":
            pool["scope"] = self.random.sample(self.prefixes, 30)
        if self.chance(0.3):
            pool.pop("minutes")
            pool["seconds"] = self.random.choice([45, 100, 3601])
            pool["scope"] = scope
        for key, value in (("from", self.maybe(0.2, "2026-10-08")), ("to", self.maybe(0.2, "2026-11-07")), ("connect_fee", self.maybe(0.2, self.decimal(0, 0.05, 3)))):
            if value:
                pool[key] = value
        return pool

    def tiers(self):
        rates = sorted((self.decimal(0.005, 0.1, 4) for _ in range(3)), reverse=True)
        by = self.random.choice(["minutes", "amount"])
        edges = {"minutes": ["0", "10", "25.5"], "amount": ["0", "1", "2.5"]}[by]
        return {"kind": self.random.choice(["graduated", "volume"]), "by": by, "steps": [{"from": edge, "rate": rate} for edge, rate in zip(edges, rates)]}

    def package(self, place):
        package = {"name": f"p{place}", "tariff": self.random.choice(["t0", "t0", "t0", "t1", "t2"]), "markup": self.random.choice(["0", "25", "12.5", "-10", "7.25"]),
                   "markup_connect_fee": self.chance(0.7), "surcharge": self.random.choice(["0", "0", "0.01", "0.0005"]),
                   "rounding": {"mode": self.random.choice(MODES), "decimals": self.random.choice([2, 4, 4, 6])}, "cycle": self.random.choice(["monthly", "monthly", "monthly", "quarterly", "semi-annual", "annual"]),
                   "number_plan": self.random.choice(PLANS), "bill_internal": self.chance(0.2), "custom_match": self.random.choice(["priority", "longest", "exact"]),
                   "included": [self.pool(i) for i in range(self.random.choice([0, 0, 1, 2, 4]))],
                   "custom_rates": self.own_rates(self.random.sample(self.prefixes, 40) + ["14165550100", "442079460018"] + ([""] if self.chance(0.05) else []))}
        for key, value in (("increment", self.maybe(0.2, self.increment())), ("minimum", self.maybe(0.15, self.random.choice([0, 30]))),
                           ("grace", self.maybe(0.15, self.random.choice([0, 3]))), ("connect_fee", self.maybe(0.15, self.decimal(0, 0.1, 3))),
                           ("flat_rate", self.maybe(0.15, self.price())), ("tiers", self.maybe(0.3, self.tiers())),
                           ("inbound", self.maybe(0.5, {"bill": True, **self.price()})),
                           ("filters", self.maybe(0.3, [{"match": "destination", "pattern": "1800xxxxxxx,44[7-9]*", "action": "exclude"},
                                                        {"match": "description", "pattern": "To 49*", "action": "suppress"},
                                                        {"match": "source", "pattern": "15190000003", "action": "exclude"},
                                                        {"match": "direction", "pattern": "inbound", "action": "exclude"},
                                                        {"match": "destination", "pattern": "[voicemail],[internal],*21,#x1", "action": "exclude"}]))):
            if value is not None:
                package[key] = value
        return package

    # ---- clients and services ----

    def people(self):
        self.setup["clients"] = [{"id": f"C{i}", "name": f"Client {i}", "currency": self.random.choice(["CAD", "CAD", "USD", "EUR"]),
                                  "custom_rates": self.own_rates(self.random.sample(self.prefixes, self.random.choice([0, 0, 10])))} for i in range(CLIENTS)]
        self.setup["services"] = []
        self.tenants = [(f"pbx{i % 3 + 1}", f"tenant{i}.example.com") for i in range(25)]
        for connection, tenant in self.tenants:
            for kind in self.random.sample(["extensions", "dids", "extensions", "dids"], self.random.randint(0, 3)) + ["rest"] * self.random.choice([0, 1, 1, 1, 1, 1, 2]):
                self.service(connection, tenant, kind)

    def service(self, connection, tenant, kind):
        place = len(self.setup["services"])
        service = {"id": f"S{place}", "client": f"C{self.random.randrange(CLIENTS)}", "package": f"p{self.random.randrange(PACKAGES)}", "connection": connection, "tenant": tenant,
                   "starts": self.random.choice(["2026-01-01", "2026-06-12", "2026-10-01", "2025-12-31", "2026-01-01", "2026-10-10"])}
        if kind == "extensions":
            service[kind] = [str(self.random.randrange(200, 230)) for _ in range(8)]
            service[kind] = sorted(set(service[kind]))
        elif kind == "dids":
            service[kind] = sorted({f"1519{self.random.randrange(10):07d}" for _ in range(2)})
        if self.chance(0.1):
            service["ends"] = "2026-10-25"
        if self.chance(0.2):
            service["next_due"] = self.random.choice(["2026-11-15", "2026-12-01", "2027-01-31", "2026-10-31"])
        self.setup["services"].append(service)

    # ---- calls ----

    def dialled(self):
        dice = self.random.random()
        if dice < 0.03:
            return self.random.choice(["*97", "#21", "*98200", "*21", "anonymous", "911", "4443", "18005550100", "19005550100", "14165550100", "+442079460018"])
        if dice < 0.08:
            return str(self.random.randrange(200, 230))
        number = self.random.choice(self.prefixes)
        number += "".join(self.random.choice("0123456789") for _ in range(max(0, self.random.randint(10, 12) - len(number))))
        style = self.random.random()
        if style < 0.6:
            return "+" + number
        if style < 0.65:
            return "011" + number
        if style < 0.7:
            return "00" + number
        if style < 0.77 and number.startswith("1"):
            return number[1:]
        if style < 0.8:
            return f"{number[:1]}-{number[1:4]}-{number[4:]}"
        if style < 0.85:
            return "0" + number[2:]
        return number[-7:] if style < 0.88 else number

    def call(self, place):
        connection, tenant = self.random.choice(self.tenants)
        direction = self.random.choices(["outbound", "inbound", "local"], [85, 10, 5])[0]
        seconds = 0 if self.chance(0.1) else self.random.choice([self.random.randint(1, 70), self.random.randint(1, 400), self.random.randint(1, 4000)])
        if seconds and self.chance(0.01):
            seconds = self.random.randint(4000, 40000)
        start = START + self.random.randrange(DAYS * 86400)
        if self.chance(0.03):
            start = self.random.choice(CLOCKS) + self.random.randint(-9000, 9000)
        did = f"1519{self.random.randrange(10):07d}"
        extension = str(self.random.randrange(195, 232)) if self.chance(0.7) else ""
        return {"uid": f"{self.random.getrandbits(64):016x}-{place}", "start": start, "connection": connection,
                "tenant": tenant if self.chance(0.98) else "nobody.example.com", "extension": extension, "direction": direction,
                "caller": self.random.choice([did, did[1:], "+" + did, extension, "14165550199"]) or "14165550199",
                "callee": did if direction == "inbound" else self.dialled(), "did": did if direction == "inbound" and self.chance(0.5) else "", "seconds": seconds}
