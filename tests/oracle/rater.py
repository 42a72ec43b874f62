# SPDX-License-Identifier: GPL-3.0-or-later
"""A rater straight from the words of rating.md, made to be read beside it and to share nothing with the product.

It works on the set-up file as it stands (dicts and strings), in exact fractions, and sells a call as a caller would buy it: one increment
after another, each at the price of the moment it begins. No trees, no tables, no cutting into pieces.
"""
import datetime
import re
from fractions import Fraction as F
from zoneinfo import ZoneInfo

UTC = datetime.timezone.utc
SEPARATORS = re.compile(r"[ ().\-/]")
NATIONAL_LENGTHS = {"44": 10, "49": 10, "33": 9}


def local(moment, zone):
    return datetime.datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo(zone))


def midnight(date, zone):
    return datetime.datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(zone)).timestamp()


def round_money(value, rounding):
    scaled = abs(value) * 10 ** rounding["decimals"]
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    half = F(rest, scaled.denominator) - F(1, 2)
    up = {"half-up": half >= 0, "half-even": half > 0 or (half == 0 and whole % 2 == 1), "up": rest > 0, "down": False}[rounding["mode"]]
    return F(whole + up, 10 ** rounding["decimals"]) * (1 if value >= 0 else -1)


# ---- step 3: patterns ----

def pattern_fits(pattern, dialled, normalised, call):
    classes = {
        "[internal]": call["internal"], "[local]": call["internal"],
        "[inbound]": not call["internal"] and call["direction"] == "inbound",
        "[outbound]": not call["internal"] and call["direction"] == "outbound",
        "[tollfree]": re.match(r"1(800|888|877|866|855|844|833)\d{7}|800\d{8}", normalised or "") or dialled.startswith("0800")
                      or re.fullmatch(r"(800|888|877|866|855|844|833)\d{7}", dialled),
        "[emergency]": dialled in ("911", "112"),
        "[voicemail]": dialled.startswith(("*97", "*98", "*99")),
    }
    for one in pattern.split(","):
        one = one.strip()
        if one in classes:
            if classes[one]:
                return True
            continue
        rest = one.endswith("*")
        body = one[:-1] if rest else one
        expression = "".join("[0-9]" if c in "xX" else re.escape(c) if c in "*#" else c for c in body) + (".*" if rest else "")
        if any(text and re.fullmatch(expression, text, re.IGNORECASE) for text in (dialled.lstrip("+"), normalised)):
            return True
    return False


# ---- step 5: numbers ----

def normalise(plan, dialled):
    digits = SEPARATORS.sub("", dialled)
    plus = digits.startswith("+")
    digits = digits.lstrip("+") if plus else digits
    if not digits.isdigit():
        return ""
    if plus:
        return digits
    for code in plan.get("exit_codes") or []:
        if digits.startswith(code) and len(digits) > len(code):
            return digits[len(code):]
    country, trunk, area = (plan.get(key) or "" for key in ("country_code", "trunk_prefix", "area_code"))
    if plan.get("nanp") and len(digits) == 10:
        return "1" + digits
    if trunk and country and digits.startswith(trunk) and len(digits) > len(trunk):
        return country + digits[len(trunk):]
    if area and country and len(digits) < (10 if plan.get("nanp") else NATIONAL_LENGTHS[country]):
        return country + area + digits
    return digits


# ---- step 6 and 9: which rate ----

class Rates:
    def __init__(self, rows, zone):
        self.zone = zone
        self.by_prefix = {}
        for row in rows:
            since = midnight(row["effective_from"], zone) if row.get("effective_from") else float("-inf")
            until = midnight(row["effective_to"], zone) if row.get("effective_to") else float("inf")
            self.by_prefix.setdefault(row["prefix"], []).append((since, until, row))

    def band_holds(self, when, moment):
        if not when:
            return True
        at = local(moment, self.zone)
        minute = at.hour * 60 + at.minute
        hour = lambda text: int(text[:2]) * 60 + int(text[3:])  # noqa: E731
        begin, end = hour(when.get("from", "00:00")), hour(when.get("to", "24:00"))
        day = at.date()
        if begin >= end and minute < end:
            day -= datetime.timedelta(1)  # "22:00" to "06:00": the night is one of the day it begins on
        elif not (begin <= minute < end or minute >= begin >= end):
            return False
        if when.get("month") and (day.month, day.day) != (when["month"], when["day"]):
            return False
        spans = [span.split("-") for span in when.get("days", "1-7").split(",")]
        return any(int(span[0]) <= day.isoweekday() <= int(span[-1]) for span in spans)

    def find(self, number, start, moment=None, exact=False):
        for length in range(len(number), -1, -1):
            rows = [r for r in self.by_prefix.get(number[:length], []) if r[0] <= start < r[1]]
            newest = max((r[0] for r in rows), default=None)
            held = [r[2] for r in rows if r[0] == newest and self.band_holds(r[2].get("when"), start if moment is None else moment)]
            if held:
                best = max(held, key=lambda row: (row.get("priority", 10), bool((row.get("when") or {}).get("month")), bool(row.get("when"))))
                return best if not exact or length == len(number) else None
            if exact and rows:
                return None
        return None


# ---- step 8: buying a call ----

def steps_of(rate, package, tariff_rate):
    """[(after, price for a second, increment)], and the "multiple" style's increment."""
    own = rate.get("increment")
    given = (package or {}).get("increment")
    increment = (given or own if tariff_rate else own or given) or "1/1"
    initial, following = (int(part) for part in increment.split("/"))
    if rate.get("steps"):
        steps = [(s["after"], F(s["rate"]) / s["per"], s["increment"]) for s in rate["steps"]]
        if tariff_rate and given:
            steps = [(after, price, 0) for after, price, _ in steps]
            return [(a, p, lambda at: initial if at < initial else following) for a, p, _ in steps], None
        return steps, None
    price = F(rate["rate"]) / 60
    if rate.get("increment_style") == "multiple":
        return [(0, price, initial)], (initial, following)
    return [(0, price, initial), (initial, price, following)], None


def buy(steps, multiple, seconds, rounded, rate_at=None):
    """Yields (seconds, price) of each purchase until the call is paid for."""
    if multiple and rounded and seconds > 0:
        initial, following = multiple
        yield (initial if seconds <= initial else -(-seconds // following) * following), steps[0][1]
        return
    paid = 0
    while paid < seconds:
        now = rate_at(paid) if rate_at else steps
        after, price, increment = [s for s in now if s[0] <= paid][-1]
        border = min([s[0] for s in now if s[0] > paid] + [seconds])
        if callable(increment):
            border = min(border, increment(0)) if paid < increment(0) else border
            increment = increment(paid)
        if not rounded:
            count, increment = (border - paid, 1) if not rate_at else (1, 1)
        else:
            count = -(-(border - paid) // increment) if not rate_at else 1
        yield count * increment, price
        paid += count * increment


def worth(bought, more=0):
    """What purchases cost; those of one price are added up before they are multiplied."""
    seconds, prices = {}, {}
    for count, price in bought:
        seconds[id(price)] = seconds.get(id(price), 0) + count
        prices[id(price)] = price
    return sum((seconds[key] * (prices[key] + more) for key in seconds), F(0))


# ---- the whole ----

class Rater:
    def __init__(self, setup):
        self.setup = setup
        self.company = setup["company"]
        self.zone = self.company["time_zone"]
        by_name = lambda key, name: {item[name]: item for item in setup.get(key, [])}  # noqa: E731
        self.tariffs, self.packages = by_name("tariffs", "name"), by_name("packages", "name")
        self.clients, self.connections = by_name("clients", "id"), by_name("connections", "name")
        self.providers = by_name("providers", "name")
        self.rates = {name: Rates(t["rates"], t.get("time_zone", "UTC")) for name, t in self.tariffs.items()}
        self.custom = {name: Rates(p.get("custom_rates", []), self.zone) for name, p in self.packages.items()}
        self.own = {key: Rates(c.get("custom_rates", []), self.zone) for key, c in self.clients.items()}
        self.pools, self.sold = {}, {}
        self.totals = None

    def rate_all(self, calls):
        """In order of (start, uid); those in "volume" tiers once more, because these look at the whole period."""
        ordered = sorted(calls, key=lambda call: (call["start"], call["uid"].encode()))
        rated = {call["uid"]: self.rate(call) for call in ordered}
        by_volume = {s["id"] for s in self.setup["services"] if (self.packages[s["package"]].get("tiers") or {}).get("kind") == "volume"}
        self.totals, self.pools, self.sold = self.sold, {}, {}
        rated.update((call["uid"], self.rate(call)) for call in ordered if rated[call["uid"]]["service"] in by_volume)
        return rated

    # step 2

    def active(self, service, call):
        day = local(call["start"], self.zone).date().isoformat()
        return service.get("starts", "") <= day and (not service.get("ends") or day < service["ends"])

    def find_service(self, call):
        mine = [s for s in self.setup["services"]
                if s["connection"] == call["connection"] and s.get("tenant", "").lower() == call["tenant"].lower() and self.active(s, call)]
        inbound = call["direction"] == "inbound"
        digits = lambda text: re.sub(r"\D", "", text)  # noqa: E731
        number = call["did"] or call["callee"] if inbound else call["caller"]
        extension = call["extension"] or (call["callee"] if inbound else call["caller"])

        def lists_did(service):
            plan = self.packages[service["package"]].get("number_plan", {})
            return bool(number) and any(digits(number) == digits(did) or normalise(plan, number) == normalise(plan, did) for did in service.get("dids", []))
        for claims in (lambda s: extension and extension in s.get("extensions", []), lists_did,
                       lambda s: not s.get("extensions") and not s.get("dids")):
            found = [s for s in mine if claims(s)]
            if found:
                return (found[0], None) if len(found) == 1 else (None, "ambiguous")
        return None, "no-service"

    # steps 3 to 6

    def filtered(self, action, call, package, rate):
        for rule in self.setup.get("filters", []) + package.get("filters", []):
            if rule["action"] != action or rule.get("connection", call["connection"]) != call["connection"]:
                continue
            plan = package.get("number_plan", {})
            fields = {"destination": (SEPARATORS.sub("", call["callee"]), call["number"]),
                      "source": (SEPARATORS.sub("", call["caller"]), normalise(plan, call["caller"])),
                      "direction": ("local" if call["internal"] else call["direction"], None),
                      "description": ((rate() or {}).get("description", "") if rule["match"] == "description" else "", None)}
            if pattern_fits(rule["pattern"], *fields[rule["match"]], call):
                return True
        return False

    def pick(self, call, package, client):
        number, start = call["number"], call["start"]
        if call["direction"] == "inbound":
            return package.get("inbound"), "inbound"
        found = self.own[client["id"]].find(number, start)
        if found:
            return found, "client"
        base, source = package.get("flat_rate"), "flat"
        if not base:
            base, source = self.rates[package["tariff"]].find(number, start), "tariff"
        match = package.get("custom_match", "priority")
        custom = self.custom[package["name"]].find(number, start, exact=match == "exact")
        if custom and not (match == "longest" and base and len(base.get("prefix", "")) > len(custom["prefix"])):
            return custom, "custom"
        return base, source

    def rate(self, call):
        out = {"status": "", "source": "", "prefix": "", "billed": 0, "free": 0, "charge": None, "currency": "", "cost": None, "cost_currency": "",
               "service": "", "client": "", "number": "", "rate": None}
        service, problem = self.find_service(call)
        if not service:
            return {**out, "status": problem}
        package, client = self.packages[service["package"]], self.clients[service["client"]]
        out.update(service=service["id"], client=client["id"])
        extensions = [e for s in self.setup["services"] if s["connection"] == call["connection"] and s.get("tenant", "").lower() == call["tenant"].lower()
                      for e in s.get("extensions", [])]
        inbound = call["direction"] == "inbound"
        call = {**call, "internal": call["direction"] == "local" or (not inbound and call["callee"] in extensions),
                "number": normalise(package.get("number_plan", {}), call["callee"])}
        rate = lambda: self.pick(call, package, client)[0] if call["number"] or inbound else None  # noqa: E731
        self.cost(call, out)
        if self.filtered("suppress", call, package, rate):
            return {**out, "status": "suppressed"}
        if call["seconds"] == 0:
            return {**out, "status": "unanswered"}
        if inbound and not (package.get("inbound") or {}).get("bill"):
            return {**out, "status": "inbound-free"}
        if call["internal"] and not package.get("bill_internal"):
            return {**out, "status": "internal"}
        out["number"] = call["number"]
        if self.filtered("exclude", call, package, rate):
            return {**out, "status": "excluded"}
        if not call["number"] and not inbound:
            return {**out, "status": "bad-number"}
        found, source = self.pick(call, package, client)
        if not found:
            return {**out, "status": "no-rate"}
        out.update(source=source, prefix=found.get("prefix", ""))
        if found.get("enabled") is False:
            return {**out, "status": "blocked"}
        return self.charge(call, out, package, service, client, found, source)

    # steps 7 to 14

    def tier_starts(self, tiers):
        """[(second of the period, price for a second)]"""
        begins, found = F(0), []
        for index, step in enumerate(tiers["steps"]):
            below = tiers["steps"][index - 1]
            if tiers["by"] == "minutes":
                begins = F(step["from"]) * 60
            elif index and tiers["kind"] == "volume":
                begins = F(step["from"]) * 60 / F(tiers["steps"][0]["rate"])
            elif index:
                begins += (F(step["from"]) - F(below["from"])) * 60 / F(below["rate"])
            found.append((begins, F(step["rate"]) / 60))
        return found

    def sell_in_tiers(self, tiers, key, seconds):
        before = self.sold.setdefault(key, 0)
        self.sold[key] = before + seconds
        starts = self.tier_starts(tiers)
        if tiers["kind"] == "volume":
            last = (self.totals[key] if self.totals is not None else self.sold[key]) - 1
            return seconds * [price for begins, price in starts if begins <= last][-1]
        return worth((1, [price for begins, price in starts if begins <= second][-1]) for second in range(before, before + seconds))

    def usage(self, rate, rates, split, call, seconds, offset, rounded, package, tariff_rate):
        """The purchases of a call whose first charged second lies `offset` after its start."""
        steps, multiple = steps_of(rate, package, tariff_rate)
        if not split:
            return list(buy(steps, multiple, seconds, rounded))
        last, known = [rate], {}

        def rate_at(paid):
            minute = (call["start"] + offset + paid) // 60  # no band begins inside a minute
            if minute not in known:
                found = rates.find(call["number"], call["start"], call["start"] + offset + paid)
                if found and found.get("enabled", True):
                    last[0] = found
                known[minute] = steps_of(last[0], package, tariff_rate)[0]
            return known[minute]
        return list(buy(steps, None, seconds, rounded, rate_at))

    def period(self, package, service, day):
        """The first day of the period that holds `day`: so many months before or after the anchor, and never before the service starts."""
        starts = datetime.date.fromisoformat(service["starts"])
        anchor = datetime.date.fromisoformat(service.get("next_due") or service["starts"])
        months = {"monthly": 1, "quarterly": 3, "semi-annual": 6, "annual": 12}[package.get("cycle", "monthly")]

        def edge(k):
            year, month = divmod(anchor.year * 12 + anchor.month - 1 + k * months, 12)
            last = (datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
            return datetime.date(year, month + 1, min(anchor.day, last))
        k = (day.year * 12 + day.month - anchor.year * 12 - anchor.month) // months + 1
        while edge(k) > day:
            k -= 1
        return max(edge(k), starts)

    def take(self, pool, package, service, client, day, want):
        unit = pool.get("unit", 1)
        needed = -(-want // unit) * unit
        if pool.get("minutes") == "unlimited":
            return needed
        own = [s for s in self.setup["services"] if s["client"] == client["id"] and s["package"] == package["name"]] if pool.get("shared") else [service]
        own.sort(key=lambda s: s["starts"])  # the period is that of the one that began first
        period = self.period(package, own[0], day)
        key = (own[0]["id"], pool["name"], period)
        size = pool["seconds"] if "seconds" in pool else pool["minutes"] * 60
        if key not in self.pools:
            carries = pool.get("carry_over") and period.isoformat() > max(own[0]["starts"], pool.get("from") or "")
            before = self.period(package, own[0], period - datetime.timedelta(1)) if carries else None
            self.pools[key] = [size, self.pools.get((own[0]["id"], pool["name"], before), [size, 0])[0] if carries else 0]
        left = self.pools[key]
        taken = min((left[0] + left[1]) // unit * unit, needed)
        from_carried = min(taken, left[1])
        left[0] -= taken - from_carried
        left[1] -= from_carried
        return taken

    def pools_for(self, call, package, day):
        country = package.get("number_plan", {}).get("country_code", "")
        found = []
        for place, pool in enumerate(package.get("included", [])):
            if not (pool.get("from") or "") <= day.isoformat() or (pool.get("to") and day.isoformat() >= pool["to"]):
                continue
            scope = pool.get("scope") or ["all"]
            inbound = call["direction"] == "inbound"
            fits = [0]
            for word in scope:
                if word == "all":
                    fits.append(1)
                elif word == "inbound":
                    fits.append(2 if inbound else 0)
                elif word == "national":
                    fits.append(2 if not inbound and country and call["number"].startswith(country) else 0)
                elif not inbound and call["number"].startswith(word):
                    fits.append(2 + len(word))
            if max(fits):
                found.append((-pool.get("priority", 10), -max(fits), place, pool))
        return [item[3] for item in sorted(found, key=lambda item: item[:3])]

    def charge(self, call, out, package, service, client, rate, source):
        tariff = self.tariffs[package["tariff"]]
        tariff_rate = source == "tariff"
        pick = lambda key, none: next((v for v in ((package.get(key), rate.get(key)) if tariff_rate else (rate.get(key), package.get(key))) if v is not None), none)  # noqa: E731
        day = local(call["start"], self.zone).date()
        exchange = self.exchange(tariff["currency"], day) / self.exchange(client["currency"], day) if tariff_rate and tariff["currency"] != client["currency"] else 1
        markup = 1 + F(package.get("markup", "0")) / 100 if tariff_rate else F(1)
        surcharge = F(package.get("surcharge", "0")) / 60 if tariff_rate else 0
        out["currency"], out["charge"] = client["currency"], F(0)
        if not package.get("tiers") and not (tariff_rate and tariff.get("band") == "split"):
            shown = (steps_of(rate, package, tariff_rate)[0][0][1] + surcharge) * 60 * markup * exchange
            out["rate"] = round_money(shown, {"mode": "half-up", "decimals": 12})
        if call["seconds"] <= (pick("grace", -1)):
            return {**out, "status": "grace"}
        included = rate.get("included_seconds", 0)
        rest = max(0, max(call["seconds"], pick("minimum", 0)) - included)
        talk, offset, rounded = max(0, call["seconds"] - included), included, True
        split = tariff_rate and tariff.get("band") == "split"
        rates = self.rates[package["tariff"]]
        pool_fee = None

        for pool in self.pools_for(call, package, day):
            if rest == 0:
                break
            exact = pool.get("consume", "billed") == "exact"
            if not rounded:
                want = rest
            elif exact:
                want = talk
            else:
                want = sum(n for n, _ in self.usage(rate, rates, split, call, rest, offset, True, package, tariff_rate))
            taken = self.take(pool, package, service, client, day, want)
            if not taken:
                continue
            if out["free"] == 0:
                pool_fee = pool.get("connect_fee")
            given = min(taken, want)
            out["free"] += taken
            offset += given
            talk -= given
            rest = 0 if given == want else rest - given if exact else want - given
            rounded = rounded and exact

        bought = self.usage(rate, rates, split, call, rest, offset, rounded, package, tariff_rate)
        out["billed"] = out["free"] + sum(n for n, _ in bought)
        covered = out["free"] > 0 and rest == 0
        if covered and pool_fee is None:
            return {**out, "status": "included"}

        sell = package.get("tiers") and source in ("tariff", "flat") and bought
        if sell:
            total = self.sell_in_tiers(package["tiers"], (service["id"], self.period(package, service, day)), sum(n for n, _ in bought))
        else:
            total = worth(bought, surcharge)
        fee = F(pick("connect_fee", "0"))
        own_fee = package.get("connect_fee") is not None
        if pool_fee is not None:
            fee, own_fee = F(pool_fee), True
        total = total * (1 if sell else markup) + fee * (1 if own_fee or not package.get("markup_connect_fee", True) else markup)
        rounding = package.get("rounding", {"mode": "half-up", "decimals": 4})
        charge = round_money(total * exchange, rounding)
        if rate.get("min_charge") is not None and not covered:
            charge = max(charge, round_money(F(rate["min_charge"]) * exchange, rounding))
        if rate.get("max_charge") is not None:
            charge = min(charge, round_money(F(rate["max_charge"]) * exchange, rounding))
        return {**out, "status": "included" if covered else "rated", "charge": charge}

    def exchange(self, currency, day):
        if currency == self.company["currency"]:
            return F(1)
        rows = next(c["rates"] for c in self.setup["currencies"] if c["code"] == currency)
        return F(max((r for r in rows if r["from"] <= day.isoformat()), key=lambda r: r["from"])["rate"])

    # step 15

    def cost(self, call, out):
        provider = self.connections[call["connection"]].get("provider")
        if not provider or call["seconds"] == 0 or call["internal"] or call["direction"] == "inbound" or not call["number"]:
            return
        tariff = self.tariffs[self.providers[provider]["tariff"]]
        rates = self.rates[tariff["name"]]
        rate = rates.find(call["number"], call["start"])
        if not rate or rate.get("enabled") is False:
            return
        out.update(cost=F(0), cost_currency=tariff["currency"])
        if call["seconds"] <= rate.get("grace", -1):
            return
        included = rate.get("included_seconds", 0)
        seconds = max(0, max(call["seconds"], rate.get("minimum", 0)) - included)
        bought = self.usage(rate, rates, tariff.get("band") == "split", call, seconds, included, True, None, True)
        rounding = tariff.get("rounding", {"mode": "half-up", "decimals": 6})
        cost = round_money(worth(bought) + F(rate.get("connect_fee", "0")), rounding)
        if rate.get("min_charge") is not None:
            cost = max(cost, round_money(F(rate["min_charge"]), rounding))
        if rate.get("max_charge") is not None:
            cost = min(cost, round_money(F(rate["max_charge"]), rounding))
        out["cost"] = cost
