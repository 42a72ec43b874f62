# SPDX-License-Identifier: GPL-3.0-or-later
"""A FusionPBX that stands in for the real one on a bare socket, so that every byte of an answer can be wrong.

It speaks app/xml_cdr/xml_cdr_export.php of fusionpbx/fusionpbx: parameters in address and body alike, a key or user and password, 302 to
/?path=… for whoever is not logged in, "access denied" with 200, every value in quotes and quotes inside not escaped, two blank lines where
there are no calls, start_epoch and stop_epoch inclusive, newest call first. Calls are there after they ended, some much later.
"""
import os
import random
import socket
import struct
import threading
import time
import urllib.parse
import uuid

COLUMNS = (
    "domain_uuid sip_call_id extension extension_name start_stamp end_stamp start_date_formatted start_time_formatted start_epoch hangup_cause "
    "duration billmsec missed_call record_path record_name xml_cdr_uuid bridge_uuid direction billsec caller_id_name caller_id_number "
    "caller_destination source_number destination_number leg read_codec write_codec cc_side accountcode answer_stamp status "
    "sip_hangup_disposition call_disposition pdd_ms rtp_audio_in_mos wait tta domain_name").split()
OLD = [name for name in COLUMNS if name not in "extension_name read_codec write_codec status call_disposition wait".split()]  # as of 5.1
KEY = "0f6a1c3e-5d7b-4e9f-8a2b-c4d6e8f01234"
USER, PASSWORD = "billing", "corr ect&horse=1"
DAY = 86400
NAMES = ["Alice Martin", 'Bob "Bobby" Tables', "Zo ukaszewicz ", "", 'Comma, "quoted"', "O Brien; sons", '"', "anonymous"]
REASON = {200: "OK", 302: "Found", 429: "Too Many Requests", 503: "Service Unavailable"}


def stamp(epoch):
    return time.strftime("%Y-%m-%d %H:%M:%S+00", time.gmtime(epoch))


class Call:
    """One call as it truly was; `shown` is when the PBX has it, `later` (when, seconds) corrects it."""

    def __init__(self, dice, start, late=0, talk=None):
        self.uid = str(uuid.UUID(int=dice.getrandbits(128), version=4))
        self.start, self.ring = start, dice.randint(0, 25)
        self.talk = dice.choice([0, 1, 37, 60, 61, 599, 4000]) if talk is None else talk
        self.domain = dice.choice(["acme.pbx.example.com", "birch.pbx.example.com"])
        self.direction = dice.choice(["outbound", "outbound", "inbound", "local"])
        self.extension = str(dice.randint(101, 109))
        self.number = dice.choice(["14165550100", "12045550142", "33639980012", "442079460018", "anonymous", "*97"])
        self.name = dice.choice(NAMES)
        self.shown = start + self.ring + self.talk + dice.randint(1, 30) + late
        self.later = None

    def seconds(self, now):
        return self.later[1] if self.later is not None and now >= self.later[0] else self.talk

    def row(self, now, ahead=0):
        talk, start = self.seconds(now), self.start + ahead
        inbound = self.direction == "inbound"
        cells = {
            "domain_uuid": str(uuid.uuid5(uuid.NAMESPACE_DNS, self.domain)), "sip_call_id": self.uid[:8] + "@203.0.113.10",
            "extension": self.extension, "extension_name": "Phone " + self.extension, "start_stamp": stamp(start),
            "end_stamp": stamp(start + self.ring + talk), "start_date_formatted": time.strftime("%d %b %Y", time.gmtime(start)),
            "start_time_formatted": time.strftime("%I:%M %p", time.gmtime(start)).lower(), "start_epoch": start,
            "hangup_cause": "NORMAL_CLEARING" if talk else "NO_ANSWER", "duration": talk, "billmsec": talk * 1000, "xml_cdr_uuid": self.uid,
            "direction": self.direction, "billsec": talk, "caller_id_name": self.name,
            "caller_id_number": self.number if inbound else self.extension, "caller_destination": "12045550101" if inbound else self.number,
            "source_number": self.number if inbound else self.extension, "destination_number": self.extension if inbound else self.number,
            "leg": "a", "read_codec": "PCMU", "write_codec": "PCMU", "accountcode": self.domain.split(".")[0],
            "answer_stamp": stamp(start + self.ring) if talk else "1970-01-01 00:00:00+00", "status": "answered" if talk else "no_answer",
            "sip_hangup_disposition": "recv_bye", "pdd_ms": "1200", "rtp_audio_in_mos": "4.50", "wait": self.ring,
            "tta": self.ring if talk else -start, "domain_name": self.domain,
        }
        return {name: str(cells.get(name, "")) for name in COLUMNS}


class World:
    """The calls of some days, among them what is awkward: over midnight and month's end, in the hour the clocks go back, late by 26 hours, corrected."""

    def __init__(self, seed, begin, days, per_day):
        dice = random.Random(seed)
        self.calls = [Call(dice, begin + day * DAY + dice.randrange(DAY)) for day in range(days) for _ in range(per_day)]
        for day in range(1, days):
            midnight = begin + day * DAY
            self.calls += [Call(dice, midnight - 90, talk=599), Call(dice, midnight), Call(dice, midnight - 1)]
            self.calls.append(Call(dice, midnight + dice.randrange(DAY // 2), late=26 * 3600))
            corrected = Call(dice, midnight + dice.randrange(DAY // 2), talk=300)
            corrected.later = (corrected.shown + 3600 * dice.randint(1, 20), 301)
            self.calls.append(corrected)
        self.calls.sort(key=lambda call: (-call.start, call.uid))

    def truth(self, since, now):
        """uid → (start, tenant, seconds) of all that a collection at `now` can know of."""
        return {call.uid: (call.start, call.domain, call.seconds(now)) for call in self.calls if since <= call.start < now and call.shown <= now}


class Request:
    def __init__(self, method, path, headers, body):
        self.method, self.path, self.headers, self.body = method, path, headers, body
        query = urllib.parse.urlsplit(path).query
        self.fields = dict(urllib.parse.parse_qsl(query + "&" + body.decode("utf-8", "replace")))

    @property
    def range(self):
        return int(self.fields.get("start_epoch", 0)), int(self.fields.get("stop_epoch", 0))


def export(rows, columns=COLUMNS):
    """The CSV of rows, in bytes, as the PHP page prints it."""
    if not rows:
        return b"\n\n"
    lines = [",".join(f'"{name}"' for name in columns)] + [",".join(f'"{row[name]}"' for name in columns) for row in rows]
    return ("\n".join(lines) + "\n").encode()


class Pbx:
    """Serves a World until `close`. `fault` (or None) is a function of (Exchange), asked before every good answer; true = it answered."""

    def __init__(self, world, tls=None, host="127.0.0.1"):
        self.world, self.tls, self.host = world, tls, host
        self.now, self.ahead, self.columns = 0, 0, COLUMNS
        self.fault = None
        self.requests, self.accepted, self.taken = [], 0, 0  # requests; connections; bytes that clients sent
        self.listener, self.port = None, 0
        self.listen()

    # ---- sockets ----

    def listen(self):
        self.listener = socket.create_server((self.host, self.port), backlog=64, family=socket.AF_INET6 if ":" in self.host else socket.AF_INET)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def close(self):
        # A thread that waits in accept keeps the port until it is woken.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.accepted += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            if self.fault is not None and getattr(self.fault, "at_accept", False):
                self.fault(Exchange(self, connection, None))
                return
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            stream = connection.makefile("rb")
            while self.answer(connection, stream):
                pass
        except (OSError, ValueError):  # gone, or not HTTP
            pass
        finally:
            connection.close()

    def read(self, stream):
        line = stream.readline(65536)
        self.taken += len(line)
        if not line:
            return None
        method, path, _ = line.decode("latin-1").split(" ", 2)
        headers = {}
        for line in iter(lambda: stream.readline(65536), b"\r\n"):
            if not line:
                return None
            name, value = line.decode("latin-1").split(":", 1)
            headers[name.lower()] = value.strip()
        return Request(method, path, headers, stream.read(int(headers.get("content-length", 0))))

    def answer(self, connection, stream):
        request = self.read(stream)
        if request is None:
            return False
        self.requests.append(request)
        exchange = Exchange(self, connection, request)
        if self.fault is None or not self.fault(exchange):
            exchange.answer()
        return not exchange.over

    # ---- what FusionPBX does ----

    def logged_in(self, fields):
        return fields.get("key") == KEY or (fields.get("username"), fields.get("password")) == (USER, PASSWORD)

    def rows(self, first, last):
        """Both ends are within, as `between` has it."""
        return [call.row(self.now, self.ahead) for call in self.world.calls if first <= call.start + self.ahead <= last and call.shown <= self.now]

    def page(self, request):
        return export(self.rows(*request.range), self.columns)


class Exchange:
    """One request and what is said to it, with all the ways to say it wrong."""

    def __init__(self, pbx, connection, request):
        self.pbx, self.connection, self.request, self.over = pbx, connection, request, False

    def send(self, data):
        self.connection.sendall(data)

    def end(self):
        self.over = True
        return True

    def reset(self):
        """RST instead of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())  # close () would wait for the stream that reads from it
        return self.end()

    def wait(self, seconds):
        """Until the client hangs up, or so long."""
        self.connection.settimeout(seconds)
        try:
            while self.connection.recv(4096):
                pass
        except OSError:
            pass
        return self.end()

    def head(self, status=200, length=None, **headers):
        lines = [f"HTTP/1.1 {status} {REASON.get(status, 'Whatever')}", "Server: nginx", "Date: " + time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + self.pbx.ahead))]
        if status == 200:
            lines += ["Content-type: application/octet-binary", 'Content-Disposition: attachment; filename="cdr_export.csv"', "Set-Cookie: PHPSESSID=1; path=/"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def say(self, body, status=200, **headers):
        """A whole answer with its true length, unless the headers tell another."""
        if isinstance(body, str):
            body = body.encode()
        self.send(self.head(status, headers.pop("length", len(body)), **headers) + body)
        return True

    def say_chunks(self, body, size=4096, last=b"0\r\n\r\n"):
        self.send(self.head(Transfer_Encoding="chunked"))
        for at in range(0, len(body), size):
            part = body[at:at + size]
            self.send(b"%x\r\n" % len(part) + part + b"\r\n")
        self.send(last)
        return True

    def say_until_close(self, body):
        self.send(self.head(Connection="close") + body)
        return self.end()

    @property
    def good(self):
        return self.pbx.page(self.request)

    def answer(self):
        path = urllib.parse.urlsplit(self.request.path).path
        fields = self.request.fields
        if path != "/app/xml_cdr/xml_cdr_export.php":
            return self.say("<html>404 Not Found</html>", 404)
        if not self.pbx.logged_in(fields):
            return self.say("", 302, Location="/?path=" + urllib.parse.quote(self.request.path))
        if fields.get("export_format") != "csv":
            return self.say("")
        return self.say_chunks(self.good)
