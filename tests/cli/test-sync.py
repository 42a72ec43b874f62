#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`tollbookctl sync` against a FusionPBX that has every bad day: after each, the next sync has exactly the calls of the fault-free world.

usage: test-sync.py TOLLBOOKCTL [SEED [DAYS]] (speaks TAP). With a SEED also a long form: weeks in which each sync meets a fault drawn at random.
"""
import concurrent.futures
import contextlib
import gzip
import json
import os
import random
import resource
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import traceback
import zlib
from datetime import datetime, timezone

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import fusionpbx
from fusionpbx import DAY, Pbx, World

PROGRAM = os.path.abspath(sys.argv[1])
with open(PROGRAM, "rb") as program:
    MOST_MEMORY = 800 if b"__asan_init" in program.read() else 400  # MB: a sanitizer keeps what was freed
ZERO = 1793318400  # 2026-10-30 00:00:00 UTC: the clocks go back on the fourth day, a month ends in the second
PATIENCE = 20      # milliseconds for what is a second: a timeout of 60 s takes 1.2 s
HOST = "127.0.0.1"


class Books:
    """Books whose clock follows TOLLBOOK_NOW, with a connection `pbx`; those of the demo also have clients and packages."""

    template = demo = ready = None  # paths: empty ones, the demo's, and empty ones with the usual connection

    def __init__(self, port, user=None, scheme="http", kind="fusionpbx", demo=False, template=False):
        self.folder = tempfile.mkdtemp(prefix="tollbook-sync-")
        self.now = ZERO
        self.connection = {"name": "pbx", "kind": kind, "url": f"{scheme}://{HOST}:{port}/", "time_zone": "America/Winnipeg",
                           "since": datetime.fromtimestamp(ZERO, timezone.utc).strftime("%Y-%m-%d")}
        usual = user is None and kind == "fusionpbx" and not demo and not template
        shutil.copy(Books.demo if demo else Books.ready if usual else Books.template, os.path.join(self.folder, "b"))
        if usual:  # as set_up would make them, without a program to start
            with contextlib.closing(sqlite3.connect(os.path.join(self.folder, "b"))) as books, books:
                books.execute("UPDATE connection SET url = ?", (self.connection["url"],))
        else:
            self.set_up(**({} if user is None else {"user": user}))

    def set_up(self, **more):
        self.connection.update(more)
        with open(os.path.join(self.folder, "s.json"), "w", encoding="utf-8") as file:
            json.dump({"tollbook": 1, "connections": [self.connection]}, file)
        self.must("apply", "s.json")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def environment(self, secret=fusionpbx.KEY, quiet=False):
        """`quiet` = no request will be given up, so a sanitizer needs no whole stacks to know the library that leaks then; they take four times as long. And
        nothing is waited for, so a busy computer has more time to answer."""
        held = datetime.fromtimestamp(self.now, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        env = dict(os.environ, G_DEBUG="fatal-criticals", TOLLBOOK_BOOKS="b", TOLLBOOK_NOW=held, TOLLBOOK_PATIENCE=str(PATIENCE * (5 if quiet else 1)), LC_ALL="C.UTF-8",
                   TOLLBOOK_SECRET_PBX=secret, no_proxy="*")
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        if quiet and "ASAN_OPTIONS" in env:
            env["ASAN_OPTIONS"] += ":fast_unwind_on_malloc=1:malloc_context_size=30"
        return env

    def start(self, *words, secret=fusionpbx.KEY, quiet=None, **options):
        environment = self.environment(secret, "sync" not in words if quiet is None else quiet)
        return subprocess.Popen([PROGRAM, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, *words, timeout=60, **options):
        process = self.start(*words, **options)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError(f"{words} still ran after {timeout} s") from None
        return process.returncode, out.decode(), err.decode()

    def must(self, *words):
        code, out, err = self.run(*words)
        assert (code, err) == (0, ""), (words, code, err)
        return out

    def calls(self):
        rows = json.loads(self.must("calls", "--connection", "pbx", "--format", "json"))
        return sorted(rows, key=lambda row: row["uid"])

    def sync(self, **options):
        return self.run("--json", "sync", "pbx", **options)


def epoch_of(text):
    return int(datetime.fromisoformat(text).timestamp())


# ---- faults, one request at a time ----

def fault(function=None, at_accept=False):
    def mark(what):
        what.at_accept = at_accept
        return what
    return mark(function) if function is not None else mark


def split_in_record(body):
    """In the middle of a record in the middle."""
    return body[:body.index(b'"acme', len(body) // 2) + 3] if b'"acme' in body[len(body) // 2:] else body[:len(body) // 2]


def split_at_line(body):
    return body[:body.index(b"\n", len(body) // 2) + 1] if len(body) > 2 else b""


def split_in_last(body):
    """Only the last character of the last record is missing, and the line's end."""
    return body[:-2]


def split_at_field(body):
    return body[:body.rindex(b'","', 0, len(body) * 2 // 3) + 1] if b'","' in body[:len(body) * 2 // 3] else b""


def edit(change):
    """The good answer, changed; of a window without calls it stays as it is."""
    def answer(exchange):
        body = exchange.good
        return exchange.say(change(body) if len(body) > 2 else body)
    return answer


def edit_rows(change):
    def answer(exchange):
        rows = exchange.pbx.rows(*exchange.request.range)
        return exchange.say(fusionpbx.export(*change(rows)))
    return answer


def page(body, status=200, **headers):
    return lambda exchange: exchange.say(body, status, **headers)


def endless(piece, head=b"", seconds=20, limit=700 << 20):
    def answer(exchange):
        exchange.send(exchange.head(Transfer_Encoding="chunked"))
        end, sent = time.monotonic() + seconds, 0
        piece_chunk = b"%x\r\n" % len(piece) + piece + b"\r\n"
        if head:
            exchange.send(b"%x\r\n" % len(head) + head + b"\r\n")
        while time.monotonic() < end and sent < limit:
            exchange.send(piece_chunk)
            sent += len(piece)
        return exchange.end()
    return answer


def drip(exchange):
    """A byte now and then: far more often than a socket's timeout, far too seldom to ever end."""
    exchange.send(exchange.head(length=len(exchange.good)))
    for at in range(len(exchange.good)):
        exchange.send(exchange.good[at:at + 1])
        time.sleep(0.2)
    return exchange.end()


def drip_head(exchange):
    for byte in exchange.head(length=len(exchange.good)) * 10:
        exchange.send(bytes([byte]))
        time.sleep(0.2)
    return exchange.end()


def partly(text, then):
    """Sends what `text` makes of (head, body), then does `then`."""
    def answer(exchange):
        exchange.send(text(exchange.head(length=len(exchange.good)), exchange.good))
        return then(exchange)
    return answer


def gzip_labelled(exchange):
    return exchange.say(gzip.compress(exchange.good), Content_Encoding="gzip")


def gzip_cut(exchange):
    packed = gzip.compress(exchange.good)
    return exchange.say(packed[:len(packed) // 2], Content_Encoding="gzip")


def bomb(blocks=2400):
    """600 MB of zeros in 700 kB. Behind a full flush a block is packed as the one before, so only one has to be."""
    packer, piece = zlib.compressobj(9, zlib.DEFLATED, 31), b'"0",' * (1 << 16)
    first, next_one = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for _ in "12")
    return first + next_one * (blocks - 1) + packer.flush()


BOMB = bomb()


def without(*names):
    return edit_rows(lambda rows: (rows, [name for name in fusionpbx.COLUMNS if name not in names]))


def set_cells(rows, **values):
    return [dict(row, **values) for row in rows]


def http_date(seconds):
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + seconds))


def forever_100(exchange):
    end = time.monotonic() + 15
    while time.monotonic() < end:
        exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.002)
    return exchange.end()


def raw(change):
    """Any bytes at all, of (head with the true length, body); then the connection is closed."""
    def answer(exchange):
        exchange.send(change(exchange.head(length=len(exchange.good)), exchange.good))
        return exchange.end()
    return answer


def first(text):
    """Bytes that come before a good answer."""
    def answer(exchange):
        exchange.send(text)
        return exchange.say(exchange.good)
    return answer


def with_trailers(exchange):
    body, chunks = exchange.good, b""
    for at in range(0, len(body), 1000):
        part = body[at:at + 1000]
        chunks += b"%x;name=\"value\"\r\n" % len(part) + part + b"\r\n"
    exchange.send(exchange.head(Transfer_Encoding="chunked", Trailer="X-Sum") + chunks + b"0\r\nX-Sum: 7\r\n\r\n")
    return True


def unquoted(body):
    """Values without quotes, where there is none in them."""
    return b"".join(line.replace(b'"', b"") if at > 0 and line.count(b'"') == 2 * line.count(b'","') + 2 else line
                    for at, line in enumerate(body.splitlines(keepends=True)))


def in_other_zone(rows):
    """The stamps of a database whose session is in Newfoundland, and no epoch."""
    def move(text):
        return time.strftime("%Y-%m-%d %H:%M:%S-03:30", time.gmtime(epoch_of(text) - 12600)) if text.startswith("2") else text
    return [dict(row, start_stamp=move(row["start_stamp"]), answer_stamp=move(row["answer_stamp"]), end_stamp=move(row["end_stamp"])) for row in rows]


STAMPS = [name for name in fusionpbx.COLUMNS if name != "start_epoch"]
LOGIN = '<!DOCTYPE html>\n<html><head><title>Login</title></head><body><form method="post"><input name="username"><input type="password"></form></body></html>'
WARNING = b"<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/var/www/fusionpbx/app/xml_cdr/xml_cdr_inc.php</b> on line <b>212</b><br />\n"
FATAL = b"<br />\n<b>Fatal error</b>:  Allowed memory size of 134217728 bytes exhausted in <b>/var/www/fusionpbx/resources/classes/database.php</b> on line <b>1</b><br />\n"
CLOSE = fusionpbx.Exchange.end
FAIL, FINE, ANY = (1,), (0,), (0, 1)

UNSEEN = {"no domain_name", "other seconds"}  # nobody can tell such an answer from a true one, so only what is read again mends it

# (kind of fault, what it does, exit codes of the faulty sync, a word of its one line, most requests). It meets every request of the faulty sync.
FAULTS = [
    ("closed at accept", fault(lambda x: x.end(), at_accept=True), FAIL, HOST, 0),
    ("reset at accept", fault(lambda x: x.reset(), at_accept=True), FAIL, HOST, 0),
    ("speaks SSH, not HTTP", fault(lambda x: (x.send(b"SSH-2.0-OpenSSH_9.2\r\n"), x.wait(3)), at_accept=True), FAIL, HOST, 0),
    ("closed without an answer", lambda x: x.end(), FAIL, HOST, 8),
    ("reset without an answer", lambda x: x.reset(), FAIL, HOST, 8),
    ("reset in the head", partly(lambda head, body: head[:40], fusionpbx.Exchange.reset), FAIL, HOST, 8),
    ("closed in the head", partly(lambda head, body: head[:-3], CLOSE), FAIL, HOST, 8),
    ("reset in the page", partly(lambda head, body: head + split_in_record(body), fusionpbx.Exchange.reset), FAIL, HOST, 4),
    ("closed in a record", partly(lambda head, body: head + split_in_record(body), CLOSE), FAIL, "broke off", 4),
    ("closed at a line's end", partly(lambda head, body: head + split_at_line(body), CLOSE), FAIL, "broke off", 4),
    ("closed before the first byte of the page", partly(lambda head, body: head, CLOSE), FAIL, HOST, 4),
    ("never answers", lambda x: x.wait(30), FAIL, "does not answer", 1),
    ("stands still in the head", partly(lambda head, body: head[:50], lambda x: x.wait(30)), FAIL, HOST, 1),
    ("stands still in the page", partly(lambda head, body: head + split_in_record(body), lambda x: x.wait(30)), FAIL, HOST, 1),
    ("a drip", drip, FAIL, HOST, 1),
    ("a drip of the head", drip_head, FAIL, HOST, 1),
    ("100 Continue without end", forever_100, FAIL, HOST, 1),
    ("a head without end", lambda x: [x.send(b"HTTP/1.1 200 OK\r\n")] + [x.send(b"X-A: " + b"a" * 8000 + b"\r\n") for _ in range(20000)], FAIL, HOST, 4),
    ("429", page("slow down", 429), FAIL, "429", 4),
    ("429, Retry-After seconds", page("slow down", 429, Retry_After=2), FAIL, "429", 4),
    ("429, Retry-After a date", page("slow down", 429, Retry_After=http_date(30)), FAIL, "429", 4),
    ("429, Retry-After tomorrow", page("slow down", 429, Retry_After=86400), FAIL, "86400 seconds", 1),
    ("429, Retry-After beyond reason", page("slow down", 429, Retry_After=10 ** 30), FAIL, "429", 4),
    ("429, Retry-After before now", page("slow down", 429, Retry_After=-5), FAIL, "429", 4),
    ("500", page("", 500), FAIL, "500", 4),
    ("502 with a page", page("<html><h1>502 Bad Gateway</h1></html>", 502), FAIL, "502", 4),
    ("503, Retry-After seconds", page("", 503, Retry_After=1), FAIL, "503", 4),
    ("504", page("", 504), FAIL, "504", 4),
    ("500 with 5 MB", page(b"x" * 5000000, 500), FAIL, "500", 4),
    ("401", page("", 401), FAIL, "401", 1),
    ("403", page("", 403), FAIL, "403", 1),
    ("404", page("", 404), FAIL, "404", 1),
    ("407", page("", 407), FAIL, "407", 1),
    ("204", lambda x: x.send(x.head(204)) or True, FAIL, HOST, 4),
    ("206, a part", lambda x: x.say(split_at_line(x.good), 206), FAIL, "206", 4),
    ("304", lambda x: x.send(x.head(304)) or True, FAIL, HOST, 1),
    ("302 to the login", page("", 302, Location="/?path=%2Fapp"), FAIL, "log in", 1),
    ("302 nowhere", page("", 302), FAIL, HOST, 1),
    ("302 to itself", lambda x: x.say("", 302, Location=x.request.path), FAIL, HOST, 1),
    ("301 to https", lambda x: x.say("", 301, Location=f"https://{HOST}:{x.pbx.port}" + x.request.path), FAIL, "https://", 1),
    ("a login page with 200", page(LOGIN), FAIL, "login page", 1),
    ("access denied", page("access denied"), FAIL, "access denied", 1),
    ("no byte", page(""), FAIL, "xml_cdr_export_csv", 1),
    ("a PHP warning first", edit(lambda body: WARNING + body), FINE, "", 31),
    ("a PHP warning between", edit(lambda body: body.replace(b"\n", b"\n" + WARNING, 2)), ANY, "", 31),
    ("PHP ran out of memory", edit(lambda body: split_in_record(body) + FATAL), ANY, "", 300),
    ("PHP ran out of memory between records", edit(lambda body: split_at_line(body) + FATAL), ANY, "", 300),
    ("cut in a record, but framed", edit(split_in_record), ANY, "", 300),
    ("cut after a value, but framed", edit(split_at_field), ANY, "", 300),
    ("cut before the last quote, but framed", edit(split_in_last), ANY, "", 300),
    ("cut at a line's end, but framed", edit(split_at_line), ANY, "", 300),
    ("cut at a line's end, in chunks with their end", lambda x: x.say_chunks(split_at_line(x.good)), ANY, "", 300),
    ("cut to the titles", edit(lambda body: body[:body.index(b"\n") + 1]), ANY, "", 300),
    ("cut in the titles", edit(lambda body: body[:body.index(b"\n") // 2]), FAIL, "pbx", 9),
    ("Content-Length too small", lambda x: x.say(x.good, length=len(x.good) // 2) and x.end(), ANY, "", 300),
    ("Content-Length too large", lambda x: x.say(x.good, length=len(x.good) + 10) and x.end(), FAIL, "broke off", 4),
    ("Content-Length that is none", lambda x: x.say(x.good, length="many") and x.end(), ANY, "", 300),
    ("no length, cut in a record", lambda x: x.say_until_close(split_in_record(x.good)), ANY, "", 300),
    ("no length, cut at a line's end", lambda x: x.say_until_close(split_at_line(x.good)), ANY, "", 300),
    ("chunks without their end", lambda x: x.say_chunks(split_in_record(x.good), last=b"") and x.end(), ANY, "", 300),
    ("chunks without their end, at a line's end", lambda x: x.say_chunks(split_at_line(x.good), last=b"") and x.end(), ANY, "", 300),
    ("chunks cut within one", lambda x: x.say_chunks(b"", last=b"1000\r\n" + x.good[:100]) and x.end(), FAIL, HOST, 4),
    ("a chunk's size that is none", lambda x: x.say_chunks(x.good, last=b"zz\r\n") and x.end(), FINE, "", 300),
    ("gzip, labelled", gzip_labelled, FINE, "", 300),
    ("gzip, not labelled", edit(gzip.compress), ANY, "", 300),
    ("gzip, cut", gzip_cut, ANY, "", 300),
    ("gzip, a bomb", lambda x: x.say(BOMB, Content_Encoding="gzip"), FAIL, HOST, 30),
    ("an encoding unknown", lambda x: x.say(x.good[::-1], Content_Encoding="br"), FAIL, "pbx", 4),
    ("UTF-16", edit(lambda body: body.decode().encode("utf-16")), FINE, "", 300),
    ("a byte order mark", edit(lambda body: b"\xef\xbb\xbf" + body), FINE, "", 300),
    ("CRLF", edit(lambda body: body.replace(b"\n", b"\r\n")), FINE, "", 300),
    ("no end of the last line", edit(lambda body: body[:-1]), FINE, "", 300),
    ("blank lines between", edit(lambda body: body.replace(b"\n", b"\n\n")), FINE, "", 300),
    ("NULs", edit(lambda body: body.replace(b"PCMU", b"P\0MU", 4).replace(b"answered", b"\0\0", 2)), ANY, "", 300),
    ("Latin-1", edit(lambda body: body.replace(b"Alice", b"Ren\xe9e \xfc")), FINE, "", 300),
    ("HTTP/1.0", raw(lambda head, body: head.replace(b"HTTP/1.1", b"HTTP/1.0") + body), FINE, "", 300),
    ("HTTP/1.0, no length", lambda x: x.send(x.head(Connection="close").replace(b"HTTP/1.1", b"HTTP/1.0") + x.good) or x.end(), FINE, "", 300),
    ("hung up after each answer, unannounced", raw(lambda head, body: head + body), FINE, "", 300),
    ("chunks with extensions, and trailers", with_trailers, FINE, "", 300),
    ("100 Continue first", first(b"HTTP/1.1 100 Continue\r\n\r\n"), FINE, "", 300),
    ("103 Early Hints first", first(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"), FINE, "", 300),
    ("header names in lower case, ends of line without CR", raw(lambda head, body: head.replace(b"Content-Length", b"content-length").replace(b"\r\n", b"\n") + body), FINE, "", 300),
    ("a hundred cookies", raw(lambda head, body: head[:-2] + b"".join(b"Set-Cookie: n%d=%d; path=/\r\n" % (n, n) for n in range(100)) + b"\r\n" + body), FINE, "", 300),
    ("two lengths that differ", raw(lambda head, body: head[:-2] + b"Content-Length: 7\r\n\r\n" + body), ANY, "", 300),
    ("a length and chunks", lambda x: x.send(x.head(length=7, Transfer_Encoding="chunked") + b"%x\r\n" % len(x.good) + x.good + b"\r\n0\r\n\r\n") or x.end(), FINE, "", 300),
    ("bytes behind the answer", lambda x: x.send(x.head(length=len(x.good)) + x.good + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\n\n") or True, FINE, "", 300),
    ("deflate, labelled", lambda x: x.say(zlib.compress(x.good), Content_Encoding="deflate"), FINE, "", 300),
    ("another type", lambda x: x.say(x.good, Content_type="text/html; charset=iso-8859-1"), FINE, "", 300),
    ("401 that asks for a password", page("", 401, WWW_Authenticate='Basic realm="pbx"'), FAIL, "401", 1),
    ("302 to another page", page("", 302, Location="/core/dashboard/"), FAIL, "log in", 1),
    ("503 with a login page", page(LOGIN, 503), FAIL, "503", 4),
    ("429, Retry-After that is none", page("", 429, Retry_After="soon"), FAIL, "429", 4),
    ("semicolons", edit(lambda body: body.replace(b'","', b'";"')), FINE, "", 300),
    ("values without quotes", edit(unquoted), ANY, "", 300),
    ("titles in capital letters", edit(lambda body: body[:body.index(b"\n")].upper() + body[body.index(b"\n"):]), FINE, "", 300),
    ("titles again after each record", edit(lambda body: body.replace(b"\n", b"\n" + body[:body.index(b"\n") + 1])), FINE, "", 300),
    ("no epoch, only stamps", edit_rows(lambda rows: (rows, STAMPS)), FINE, "", 300),
    ("no epoch, stamps of another zone", edit_rows(lambda rows: (in_other_zone(rows), STAMPS)), FINE, "", 300),
    ("epochs in milliseconds", edit_rows(lambda rows: ([dict(row, start_epoch=row["start_epoch"] + "000") for row in rows],)), FINE, "", 300),
    ("epochs with a fraction", edit_rows(lambda rows: ([dict(row, start_epoch=row["start_epoch"] + ".25") for row in rows],)), FINE, "", 300),
    ("seconds with a fraction", edit_rows(lambda rows: ([dict(row, billsec=row["billsec"] + ".0") for row in rows],)), FINE, "", 300),
    ("NULL where nothing is", edit_rows(lambda rows: ([{name: value or "NULL" for name, value in row.items()} for row in rows],)), FINE, "", 300),
    ("nothing but what counts", edit_rows(lambda rows: (rows, ["xml_cdr_uuid", "domain_name", "start_epoch", "direction", "extension", "caller_id_name", "caller_id_number", "caller_destination", "destination_number", "billsec"])), FINE, "", 300),
    ("the wrong kind of JSON", page('{"error":"no such action"}'), FAIL, "pbx", 1),
    ("JSON, 100,000 deep", page("[" * 100000 + "]" * 100000), FAIL, "pbx", 1),
    ("objects, 100,000 deep", page('{"a":' * 100000 + "1" + "}" * 100000), FAIL, "pbx", 1),
    ("XML, 100,000 deep", page("<cdr>" * 100000 + "</cdr>" * 100000), FAIL, "pbx", 1),
    ("something else in columns", page('"id","name"\n"1","x"\n'), FAIL, "xml_cdr_uuid", 1),
    ("noise", lambda x: x.say(random.Random(x.request.path).randbytes(100000)), FAIL, "pbx", 1),
    ("700 MB of JSON", endless(b'{"a":1},' * 8192, b"["), FAIL, HOST, 30),
    ("700 MB in one line", endless(b"A" * 65536), FAIL, HOST, 30),
    ("titles without end", endless(b'"a",' * 16384), FAIL, HOST, 30),
    ("no billsec", without("billsec"), FAIL, "billsec", 1),
    ("no domain_name", without("domain_name"), FINE, "", 300),
    ("no permission for account code and cause", without("accountcode", "hangup_cause", "tta"), FINE, "", 300),
    ("as of 5.1", edit_rows(lambda rows: (rows, fusionpbx.OLD)), FINE, "", 300),
    ("columns the other way round", edit_rows(lambda rows: (rows, fusionpbx.COLUMNS[::-1])), FINE, "", 300),
    ("columns more", edit_rows(lambda rows: ([dict(row, more='a "b" c') for row in rows], ["more", *fusionpbx.COLUMNS])), FINE, "", 300),
    ("every row twice", edit_rows(lambda rows: ([row for row in rows for _ in "12"],)), FINE, "", 300),
    ("the page twice", edit_rows(lambda rows: (rows + rows,)), FINE, "", 300),
    ("the page twice, with its titles", edit(lambda body: body + body), FINE, "", 300),
    ("oldest first", edit_rows(lambda rows: (rows[::-1],)), FINE, "", 300),
    ("b legs among them", edit_rows(lambda rows: (rows + [dict(row, leg="b", xml_cdr_uuid=row["xml_cdr_uuid"][::-1]) for row in rows],)), FINE, "", 300),
    ("another range than asked for", lambda x: x.say(fusionpbx.export(x.pbx.rows(max(x.request.range[0] - 3 * DAY, since_of()), x.request.range[0]))), ANY, "", 300),
    ("everything, whatever was asked for", lambda x: x.say(fusionpbx.export(x.pbx.rows(since_of(), x.pbx.now))), FINE, "", 300),
    ("negative seconds", edit_rows(lambda rows: (set_cells(rows, billsec="-5"),)), ANY, "", 300),
    ("seconds beyond reason", edit_rows(lambda rows: (set_cells(rows, billsec=str(10 ** 30)),)), ANY, "", 300),
    ("text for seconds", edit_rows(lambda rows: (set_cells(rows, billsec="sixty"),)), ANY, "", 300),
    ("no time", edit_rows(lambda rows: (set_cells(rows, start_epoch="0", start_stamp=""),)), ANY, "", 300),
    ("no uuid", edit_rows(lambda rows: (set_cells(rows, xml_cdr_uuid=""),)), ANY, "", 300),
    ("other seconds", edit_rows(lambda rows: ([dict(row, billsec=str(int(row["billsec"]) + 7)) for row in rows],)), FINE, "", 300),
    ("a name of 10 MB", edit_rows(lambda rows: (rows[:1] + set_cells(rows[1:2], caller_id_name="x" * 10000000) + rows[2:],)), ANY, "", 300),
    ("a name that ends a record", edit(lambda body: body.replace(b"Alice", b"\"\n\"x\",\"", 2)), ANY, "", 300),
]


# ---- the worlds ----

WORLD = World(1, ZERO - DAY, 8, 24)
NIGHT = ZERO + 5 * DAY + 11 * 3600  # of the faulty sync
ORACLE = {}


def fault_free(now):
    """The calls that a collection without faults has at that time: of the program, and checked against what is known of the world."""
    if now not in ORACLE:
        pbx = Pbx(WORLD)
        with Books(pbx.port) as books:
            pbx.now = books.now = now
            code, _, err = books.sync(quiet=True)
            assert (code, err) == (0, ""), err
            rows = books.calls()
            truth = WORLD.truth(since_of(), now)
            assert {row["uid"]: (epoch_of(row["start"]), row["tenant"], row["seconds"]) for row in rows} == truth
            assert len(truth) > 100
            ORACLE[now] = rows
        pbx.close()
    return ORACLE[now]


def since_of():
    return ZERO + 5 * 3600  # midnight in Winnipeg


def compare(books, expected):
    got = {row["uid"]: row for row in books.calls()}
    want = {row["uid"]: row for row in expected}
    lost, extra = set(want) - set(got), set(got) - set(want)
    other = [(want[uid], got[uid]) for uid in set(want) & set(got) if want[uid] != got[uid]]
    assert not lost and not extra and not other, f"{len(lost)} lost, {len(extra)} too many, {len(other)} differ of {len(want)}: {(sorted(lost)[:1], sorted(extra)[:1], other[:1])}"


def check_message(err, words):
    lines = err.splitlines()
    assert len(lines) == 1 and lines[0].startswith("tollbookctl: pbx: ") and len(lines[0]) < 2000, err[:3000]
    assert all(word in lines[0] for word in words), err
    assert fusionpbx.KEY not in err and fusionpbx.PASSWORD not in err, "a secret is in the message"


def check_fault(what, codes, word, most, collected):
    """In a first collection of five days; when `collected`, only after a good one."""
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        if collected:
            pbx.now = books.now = NIGHT
            assert books.sync(quiet=True)[0] == 0
            pbx.requests.clear()
        pbx.now = books.now = NIGHT
        pbx.fault = what
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        code, _, err = books.sync(quiet=codes == FINE)
        assert code in codes, (code, err)
        if code != 0:
            check_message(err, [word])
        assert len(pbx.requests) <= most, f"{len(pbx.requests)} requests"
        grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        assert grown < MOST_MEMORY * 1024 or grown == before, f"{grown // 1024} MB of memory"
        pbx.fault = None
        pbx.now = books.now = NIGHT if collected else NIGHT + 3600
        code, _, err = books.sync(quiet=True)
        assert (code, err) == (0, ""), err
        compare(books, fault_free(books.now))
        assert json.loads(books.must("--json", "check"))["sound"]
    pbx.close()


def faults(report):
    for reason, what, codes, word, most in FAULTS[::int(os.environ.get("TB_TEST_SHARE", "1"))]:
        report(reason, check_fault, what, codes, word, most, reason in UNSEEN)


# ---- who is spoken to ----

def end_well(books, pbx, now):
    """The good sync, after which all is as it should be."""
    pbx.fault = None
    pbx.now = books.now = now
    code, _, err = books.sync(quiet=True)
    assert (code, err) == (0, ""), err
    compare(books, fault_free(now))
    assert json.loads(books.must("--json", "check"))["sound"]


def check_refused():
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        pbx.close()
        code, _, err = books.sync()
        assert code == 1
        check_message(err, [HOST, "refuses"])
        pbx.listen()
        end_well(books, pbx, NIGHT)
    pbx.close()


PASSING = [
    ("a reset", lambda x: x.reset()),
    ("a reset in the page", partly(lambda head, body: head + split_in_record(body), fusionpbx.Exchange.reset)),
    ("an answer that breaks off", partly(lambda head, body: head + split_at_line(body), CLOSE)),
    ("a 500", page("", 500)),
    ("a 503 with a Retry-After", page("", 503, Retry_After=2)),
    ("a 429 with a date", page("", 429, Retry_After=http_date(10))),
    ("an answer cut by PHP", edit(lambda body: split_in_record(body) + FATAL)),
]


def check_passing(what):
    """Each third request goes wrong, once: the sync does not even notice."""
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        pbx.fault = lambda x: len(pbx.requests) % 3 == 0 and what(x)
        code, _, err = books.sync()
        assert (code, err) == (0, ""), err
        compare(books, fault_free(NIGHT))
    pbx.close()


def check_name():
    """A name with an address of IPv6, where nobody is, and one of IPv4."""
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        books.set_up(url=f"http://localhost:{pbx.port}/")
        end_well(books, pbx, NIGHT)
    pbx.close()


def check_ipv6():
    pbx = Pbx(WORLD, host="::1")
    with Books(pbx.port) as books:
        books.set_up(url=f"http://[::1]:{pbx.port}/")
        end_well(books, pbx, NIGHT)
    pbx.close()


def check_handshake(what):
    """Who breaks off the handshake of TLS gets nothing."""
    pbx = Pbx(WORLD)
    with Books(pbx.port, scheme="https") as books:
        books.set_up()
        pbx.now = books.now = NIGHT
        pbx.fault = fault(what, at_accept=True)
        code, _, err = books.sync()
        assert (code, pbx.requests) == (1, []), err
        check_message(err, [HOST])
    pbx.close()


def check_wrong_key():
    """Asked once: a PBX locks out who comes again and again."""
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        code, _, err = books.sync(secret="not the key at all")
        assert (code, len(pbx.requests)) == (1, 1), err
        check_message(err, ["log in"])
        assert "not the key" not in err
        end_well(books, pbx, NIGHT)
    pbx.close()


def check_user():
    pbx = Pbx(WORLD)
    with Books(pbx.port, user=fusionpbx.USER) as books:
        pbx.now = books.now = NIGHT
        code, _, err = books.sync(secret=fusionpbx.PASSWORD)
        assert (code, err) == (0, ""), err
        compare(books, fault_free(NIGHT))
        assert all(fusionpbx.PASSWORD not in request.path and "password" not in request.path for request in pbx.requests)
    pbx.close()


def check_elsewhere(status):
    """No key leaves for a place that the PBX names."""
    pbx, thief = Pbx(WORLD), Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        pbx.fault = lambda x: x.say("", status, Location=f"http://localhost:{thief.port}{x.request.path}")
        code, _, err = books.sync()
        assert (code, thief.accepted, len(pbx.requests)) == (1, 0, 1), err
        check_message(err, ["localhost"])
        end_well(books, pbx, NIGHT)
    pbx.close()
    thief.close()


AUTHORITY = """[ca]
default_ca = all
[all]
database = index
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = {name}
"""


def certificate(folder, name, begin, end):
    """Signed by itself, for a name, from one day to another."""
    for file, text in (("conf", AUTHORITY.format(name=name)), ("index", ""), ("serial", "01\n")):
        with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
            out.write(text)
    for words in ("req -new -newkey rsa:2048 -nodes -keyout key -out request -subj /CN=pbx",
                  f"ca -batch -selfsign -config conf -in request -keyfile key -out cert -notext -startdate {begin}000000Z -enddate {end}000000Z"):
        subprocess.run(["openssl", *words.split()], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "cert"), os.path.join(folder, "key"))
    return context


def check_certificate(name, begin, end, word):
    with tempfile.TemporaryDirectory() as folder:
        pbx = Pbx(WORLD, certificate(folder, name, begin, end))
    with Books(pbx.port, scheme="https") as books:
        pbx.now = books.now = NIGHT
        code, _, err = books.sync()
        assert code == 1 and pbx.accepted > 0
        check_message(err, [HOST, "cannot be trusted", word, "Nothing was sent"])
        time.sleep(0.2)
        assert (pbx.taken, pbx.requests) == (0, []), "something was sent"
    pbx.close()


def check_pinned():
    """Signed by itself, and pinned: that one is accepted, and once there is another, nothing is sent to it."""
    with tempfile.TemporaryDirectory() as folder:
        own = certificate(folder, "DNS:ucm.localdomain", "20100101", "20110101")  # as it came from the factory: any name, any time
        other = certificate(folder, "IP:127.0.0.1", "20200101", "20990101")
    pbx = Pbx(WORLD, own)
    with Books(pbx.port, scheme="https") as books:
        seen = json.loads(books.must("--json", "connection", "certificate", "pbx"))
        assert (pbx.taken, pbx.requests, seen["trusted"], seen["pinned"], seen["accepted"]) == (0, [], False, None, False), seen
        books.set_up(certificate=seen["certificate"].upper().replace("SHA256", "sha256"))
        assert json.loads(books.must("--json", "connection", "certificate", "pbx"))["accepted"]
        pbx.now = books.now = NIGHT - DAY
        code, _, err = books.sync()
        assert (code, err) == (0, ""), err
        compare(books, fault_free(books.now))
        pbx.tls, taken = other, pbx.taken
        books.now = pbx.now = NIGHT
        code, _, err = books.sync()
        assert code == 1
        check_message(err, [HOST, "another certificate", "Nothing was sent", "sha256:"])
        time.sleep(0.2)
        assert pbx.taken == taken, "something was sent"
        pbx.tls = own
        end_well(books, pbx, NIGHT)
    pbx.close()


def check_plain_to_tls():
    """An address with https:// at a port that speaks HTTP."""
    pbx = Pbx(WORLD)
    with Books(pbx.port, scheme="https") as books:
        books.now = NIGHT
        code, _, err = books.sync()
        assert (code, pbx.requests) == (1, []), err
        check_message(err, [HOST])
    pbx.close()


# ---- the process ----

def slowly(exchange):
    time.sleep(0.01)


def check_stopped(which, seed):
    """At any moment, again and again, each going on where the last one was stopped."""
    dice = random.Random(seed)
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        pbx.fault = slowly
        for _ in range(6):
            process = books.start("sync", "pbx")
            time.sleep(dice.random() * 0.35)
            process.send_signal(which)
            _, err = process.communicate(timeout=20)
            if which != signal.SIGKILL and process.returncode not in (-which, 0):  # -which: it had not looked yet
                assert process.returncode == 1 and len(err.splitlines()) == 1, (process.returncode, err)
            assert json.loads(books.must("--json", "check"))["sound"]
        end_well(books, pbx, NIGHT)
    pbx.close()


def check_stopped_waiting():
    """Who cancels does not wait until the PBX wants to be asked again."""
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        pbx.fault = page("", 429, Retry_After=110)
        process = subprocess.Popen([PROGRAM, "sync", "pbx"], cwd=books.folder, env=dict(books.environment(), TOLLBOOK_PATIENCE="1000"),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not pbx.requests:
            time.sleep(0.02)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
        assert process.returncode == 1 and len(err.splitlines()) == 1, err
        end_well(books, pbx, NIGHT)
    pbx.close()


def check_two_at_once():
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        pbx.fault = slowly
        both = [books.start("sync", "pbx") for _ in "12"]
        for process in both:
            _, err = process.communicate(timeout=60)
            assert process.returncode in ANY and len(err.splitlines()) == process.returncode, err
        assert any(process.returncode == 0 for process in both)
        end_well(books, pbx, NIGHT)
    pbx.close()


def check_disk_full(room):
    """No file may grow beyond the books' size and some KiB more."""
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT
        limit = room * 1024
        code, _, err = books.run("--json", "sync", "pbx", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        assert code == 1 and len(err.splitlines()) == 1, (code, err)
        assert json.loads(books.must("--json", "check"))["sound"]
        end_well(books, pbx, NIGHT)
    pbx.close()


# ---- a busy day ----

def shuffled(rows):
    random.Random(1).shuffle(rows)
    return rows


BUSY = [
    ("newest first", lambda rows: rows, 1, 0),
    ("oldest first", lambda rows: rows[::-1], 1, 0),
    ("in no order", shuffled, 1, 0),
    ("a third of what is asked for, whole and well framed", lambda rows: rows[:max(len(rows) // 3, 50)], 9, 0),
    ("no more than 1,000 calls an answer", lambda rows: rows[:1000], 5, 0),
    ("no more than one call an answer", lambda rows: rows[:1], 6, 1),
]


def check_busy(change, most, fails):
    """3,000 calls a day: pages too large to be looked at whole."""
    world = World(5, ZERO, 1, 3000)
    pbx = Pbx(world)
    with Books(pbx.port) as books:
        pbx.now = books.now = ZERO + 30 * 3600
        pbx.fault = edit_rows(lambda rows: (change(rows),))
        code, _, err = books.sync(quiet=True)
        assert code == fails and len(pbx.requests) <= 3 * most, (code, err, len(pbx.requests))
        if fails:
            pbx.fault = None
            assert books.sync(quiet=True)[0] == 0
        assert {row["uid"] for row in books.calls()} == set(world.truth(since_of(), pbx.now))
    pbx.close()


# ---- clocks ----

def check_pbx_clock(hours):
    """The PBX dates its calls wrongly: they are collected all the same, and the history says what is wrong."""
    pbx = Pbx(WORLD)
    pbx.ahead = hours * 3600
    with Books(pbx.port) as books:
        for now in (NIGHT, NIGHT + DAY):
            pbx.now = books.now = now
            assert books.sync()[0] == 0
        want = {call.uid for call in WORLD.calls if call.shown <= pbx.now and call.start + pbx.ahead >= since_of()}
        assert {row["uid"] for row in books.calls()} == want
        warnings = [run["warning"] for run in json.loads(books.must("--json", "connection", "history", "pbx"))]
        assert len(warnings) == 2 and all(f"{abs(hours)}h" in text and ("ahead" if hours > 0 else "behind") in text for text in warnings), warnings
    pbx.close()


def check_our_clock(offset):
    """This computer's clock was wrong for one sync."""
    pbx = Pbx(WORLD)
    with Books(pbx.port) as books:
        pbx.now = books.now = NIGHT - DAY
        assert books.sync()[0] == 0
        pbx.now, books.now = NIGHT - DAY // 2, NIGHT - DAY // 2 + offset
        assert books.sync()[0] == 0
        end_well(books, pbx, NIGHT)
    pbx.close()


CERTIFICATES = [
    ("a certificate that nobody vouches for", "IP:127.0.0.1", "20200101", "20990101", "not signed"),
    ("an expired certificate", "IP:127.0.0.1", "20200101", "20210101", "expired"),
    ("a certificate of next century", "IP:127.0.0.1", "20980101", "20990101", "not valid yet"),
    ("a certificate for another name", "DNS:pbx.example.org", "20200101", "20990101", "for another name"),
]


def check_endless(kind, piece, head):
    """Of no kind is more taken than fits into memory."""
    pbx = Pbx(WORLD)
    with Books(pbx.port, user="ann@acme", kind=kind) as books:
        pbx.now = books.now = NIGHT
        pbx.fault = endless(piece, head)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        code, _, err = books.sync()
        assert code == 1 and len(pbx.requests) <= 4, (code, err, len(pbx.requests))
        check_message(err, [HOST])
        grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        assert grown < 400 * 1024 or grown == before, f"{grown // 1024} MB of memory"
    pbx.close()


DOMAINS = {"domain-list": [{"domain_uuid": "d-1", "domain_name": "acme.pbx.example.com", "domain_description": "Acme"},
                           {"domain_uuid": "d-2", "domain_name": "birch.pbx.example.com", "domain_description": None}],
           "extension-list": [{"extension_uuid": "e-1", "extension": "1001"}]}


def check_tenants():
    """What a PBX lists and nobody has used yet can be given to a client; what somebody has comes last."""
    pbx = Pbx(WORLD)
    with Books(pbx.port, kind="fusionpbx-rest", user="key-1", demo=True) as books:
        books.now = NIGHT
        setup = json.loads(books.must("export", "setup"))
        client, package = setup["clients"][0]["id"], setup["packages"][0]["name"]
        pbx.fault = lambda x: x.say(json.dumps({"data": DOMAINS[json.loads(x.request.body)["action"]]}))
        listed = ["--json", "tenants", "list", "pbx"]
        rows = json.loads(books.must(*listed, "--ask"))
        assert [(row["tenant"], row["title"], row["assigned"]) for row in rows] == [
            ("acme.pbx.example.com", "Acme", False), ("birch.pbx.example.com", None, False)], rows
        assert json.loads(books.must(*listed)) == []  # of calls nothing is known yet
        books.must("tenants", "assign", "pbx", "acme.pbx.example.com", "--ask", "--package", package, "--client", client)
        rows = json.loads(books.must(*listed, "--ask"))
        assert [(row["tenant"], row["assigned"]) for row in rows] == [("birch.pbx.example.com", False), ("acme.pbx.example.com", True)], rows
        assert rows[1]["client"] == client
        pbx.fault = page("", 500)
        code, out, err = books.run(*listed, "--ask")
        assert (code, json.loads(out)) == (1, [])
        check_message(err, [HOST, "pbx"])
    pbx.close()


def check_invoiced():
    """A call that was invoiced comes again with other seconds: it stays as it was invoiced, the other is set aside and told, once; what is not invoiced
    is corrected."""
    world = World(3, ZERO, 2, 24)
    pbx = Pbx(world)
    with Books(pbx.port, demo=True) as books:
        pbx.now = books.now = ZERO + 2 * DAY + 12 * 3600  # 1 November, when October is billed
        setup = json.loads(books.must("export", "setup"))
        client = setup["clients"][0]["id"]
        code, _, err = books.sync()
        assert (code, err) == (0, ""), err
        before = {row["uid"]: row for row in books.calls()}
        books.must("tenants", "assign", "pbx", "acme.pbx.example.com", "--package", "Metered", "--client", client)
        books.must("bill", "--period", "2026-10", "--client", client, "--incomplete")
        books.must("invoice", "approve", *[str(row["id"]) for row in json.loads(books.must("--json", "invoice", "list")) if row["state"] == "draft"])
        for call in world.calls:
            call.later = (books.now + 1, call.seconds(books.now) + 7) if call.talk else None
        pbx.now = books.now = books.now + 3600
        for again in range(2):
            code, out, err = books.run("--json", "sync", "pbx", "--from", "2026-10-30T05:00:00Z")
            assert (code, err) == (0, ""), err
            counts = json.loads(out)[0]
            aside = {row["uid"]: row for row in json.loads(books.must("--json", "connection", "conflicts", "pbx", "--limit", "0"))}
            assert aside and counts["conflict"] >= len(aside), (again, counts, len(aside))
            got = {uid: row["seconds"] - before[uid]["seconds"] for uid, row in aside.items()}
            assert set(got.values()) == {7}, got
            now = {row["uid"]: row["seconds"] - before[row["uid"]]["seconds"] for row in books.calls()}
            want = {uid: 7 if row["seconds"] and uid not in aside else 0 for uid, row in before.items()}
            assert now == want, [(uid, now.get(uid), want[uid], before[uid]) for uid in want if now.get(uid) != want[uid]][:3]
            assert json.loads(books.must("--json", "check"))["sound"]
        check_set_aside(books, sorted(aside), before)
        pbx.now = books.now = books.now + 3600
        assert books.sync()[0] == 0
        assert json.loads(books.must("--json", "connection", "conflicts", "pbx", "--limit", "0")) == []  # the same change is not asked again
    pbx.close()


def check_set_aside(books, uids, before):
    """Half of the changes are billed, the others are not; what was invoiced stays in any case."""
    billed, left = uids[::2], uids[1::2]
    code, out, err = books.run("--json", "connection", "accept", "pbx", *billed)
    assert code == 0 or "cannot be billed" in err, err
    done = json.loads(out)
    refused = sorted(set(billed) - {row["uid"] for row in done})
    assert done and all(row["difference"] for row in done), (out, err)
    books.must("connection", "dismiss", "pbx", *left, *refused)
    code, _, err = books.run("connection", "accept", "pbx", billed[0])
    assert code == 1 and "is set aside" in err, (code, err)
    assert {row["uid"]: row["seconds"] for row in books.calls() if row["uid"] in uids} == {uid: before[uid]["seconds"] for uid in uids}
    assert json.loads(books.must("--json", "check"))["sound"]


def has_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        return True
    except OSError:
        print("# this computer has no IPv6")
        return False


def others(report):
    report("invoiced calls are corrected", check_invoiced)
    report("tenants that the PBX lists", check_tenants)
    for kind in ("vodia", "freepbx", "netsapiens", "kazoo", "yeastar", "grandstream", "3cx", "fspbx"):
        report(f"{kind}: 700 MB of JSON", check_endless, kind, b'{"a":1},' * 8192, b"[")
    report("connection refused", check_refused)
    for reason, what in PASSING:
        report(reason + ", in passing", check_passing, what)
    report("a name of two addresses", check_name)
    if has_ipv6():
        report("an address of IPv6", check_ipv6)
    for reason, what in (("cut", lambda x: (x.connection.recv(20), x.end())), ("that stands still", lambda x: (x.connection.recv(20), x.wait(3))),
                         ("refused", lambda x: (x.connection.recv(600), x.send(b"\x15\x03\x03\x00\x02\x02\x28"), x.end()))):
        report(f"a handshake of TLS {reason}", check_handshake, what)
    report("wrong key", check_wrong_key)
    report("user and password", check_user)
    for status in (301, 302, 303, 307, 308):
        report(f"{status} to another host", check_elsewhere, status)
    for reason, name, begin, end, word in CERTIFICATES:
        report(reason, check_certificate, name, begin, end, word)
    report("a pinned certificate, and then another", check_pinned)
    report("https:// to a port of HTTP", check_plain_to_tls)
    for which in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
        for seed in (1, 2):
            report(f"{which.name} at any moment ({seed})", check_stopped, which, seed)
    report("SIGINT while waiting for a Retry-After", check_stopped_waiting)
    report("two at once", check_two_at_once)
    for room in (1, 16, 64, 200):
        report(f"disk full after {room} KiB", check_disk_full, room)
    for reason, change, most, fails in BUSY:
        report("a busy day, " + reason, check_busy, change, most, fails)
    for hours in (1, 11, -1, -11):
        report(f"the PBX's clock {hours:+} h", check_pbx_clock, hours)
    for hours in (-20, -1, 5, 24 * 60):  # the last beyond all that is ever read again
        report(f"our clock off by {hours} h", check_our_clock, hours * 3600)


# ---- the long form ----

def check_weeks(seed, days):
    """Three syncs a day; two of them meet a fault, for good or for one request of theirs, or are killed."""
    dice = random.Random(seed)
    world = World(seed, ZERO - DAY, days + 2, 40)
    able = [row for row in FAULTS if row[0] not in UNSEEN and "700 MB" not in row[0] and "bomb" not in row[0]]
    pbx = Pbx(world)
    with Books(pbx.port) as books:
        met = []
        for turn in range(3, 3 * days):
            pbx.now = books.now = ZERO + turn * DAY // 3 + dice.randrange(DAY // 4)
            if turn % 3 == 2:
                pbx.fault = None
                code, _, err = books.sync()
                assert (code, err) == (0, ""), (err, met)
                truth = world.truth(since_of(), books.now)
                rows = {row["uid"]: (epoch_of(row["start"]), row["tenant"], row["seconds"]) for row in books.calls()}
                assert rows == truth, (len(rows), len(truth), sorted(set(truth) - set(rows))[:2], met[-6:])
                continue
            reason, what = dice.choice(able)[:2]
            met.append((turn, reason))
            only, count = dice.choice([None, 1, 2, 3]), len(pbx.requests)
            at_accept = getattr(what, "at_accept", False)
            pbx.fault = what if at_accept or only is None else lambda x, what=what, only=only, count=count: len(pbx.requests) - count == only and what(x)
            process = books.start("sync", "pbx")
            if dice.random() < 0.2:
                time.sleep(dice.random() * 0.3)
                process.kill()
            process.communicate(timeout=120)
        assert json.loads(books.must("--json", "check"))["sound"]
    pbx.close()


def weeks(report):
    for seed in range(int(sys.argv[2]), int(sys.argv[2]) + 3) if len(sys.argv) > 2 else ():
        report(f"weeks with seed {seed}", check_weeks, seed, int(sys.argv[3]) if len(sys.argv) > 3 else 21)


# ---- TAP ----

class Report:
    """Most of a bad day is waiting, so several are lived through at once; they are told of in order."""

    def __init__(self):
        self.failed, self.tests = 0, []
        self.pool = concurrent.futures.ThreadPoolExecutor(6)

    def __call__(self, name, function, *arguments):
        self.tests.append((name, self.pool.submit(self.run, function, *arguments)))

    @staticmethod
    def run(function, *arguments):
        begin = time.monotonic()
        function(*arguments)
        return time.monotonic() - begin

    def tell(self):
        for number, (name, future) in enumerate(self.tests, 1):
            failure = future.exception()
            print(f"{'not ' if failure else ''}ok {number} - {name}" + ("" if failure else f" # {future.result():.1f} s"), flush=True)
            if failure is not None:
                self.failed += 1
                for line in "".join(traceback.format_exception(failure)).splitlines()[-5:]:
                    print("# " + ascii(line)[:1500], flush=True)
        print(f"1..{len(self.tests)}")


def main():
    folder = tempfile.TemporaryDirectory(prefix="tollbook-sync-")
    Books.template, Books.demo = (os.path.join(folder.name, name) for name in ("empty", "demo"))
    for path, command in ((Books.template, "init"), (Books.demo, "demo")):
        subprocess.run([PROGRAM, "--books", path, command], check=True, stdout=subprocess.DEVNULL)
    with contextlib.closing(sqlite3.connect(Books.template)) as books, books:
        books.execute("INSERT INTO setting (name, value) VALUES ('demo', '1')")  # only such books let a test hold their clock
    Books.ready = os.path.join(folder.name, "ready")
    with Books(1, template=True) as books:
        shutil.copy(os.path.join(books.folder, "b"), Books.ready)
    fault_free(NIGHT + 3600)
    report = Report()
    for part in (faults, others, weeks):
        part(report)
    report.tell()
    return 1 if report.failed else 0


sys.exit(main())
