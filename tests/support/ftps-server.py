#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ftps-server.py FOLDER PORT CERTIFICATE implicit|explicit|clear: an FTP server (RFC 959, 2228, 2428, 4217) for "user" with the password "pass-word".

pyftpdlib 1.5.7 of Debian 12 closes secured data connections under Python 3.11, and vsftpd wants to be root, so the few commands are spoken here. What is
asked before TLS is refused and written to the log, for the test to see that no password came in the clear."""
import os
import socket
import socketserver
import ssl
import sys

FOLDER, PORT, CERTIFICATE, KIND = sys.argv[1:]
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
CONTEXT.load_cert_chain(CERTIFICATE)


class Session(socketserver.BaseRequestHandler):
    def say(self, code, text):
        self.request.sendall(f"{code} {text}\r\n".encode())

    def secure(self):
        self.request = CONTEXT.wrap_socket(self.request, server_side=True)
        self.secured = True
        self.lines = self.request.makefile("r", newline="\r\n")

    def path(self, argument):
        base = FOLDER if argument.startswith("/") else os.path.join(FOLDER, self.cwd)
        path = os.path.normpath(os.path.join(base, argument.lstrip("/")))
        return path if path.startswith(FOLDER) else FOLDER

    def send(self, data):
        self.say(150, "coming")
        connection, _ = self.listener.accept()
        with CONTEXT.wrap_socket(connection, server_side=True) as out:
            out.sendall(data)
            out.unwrap()
        self.say(226, "done")

    def line_of(self, name):
        info = os.stat(os.path.join(FOLDER, self.cwd, name))
        kind = "d" if os.path.isdir(os.path.join(FOLDER, self.cwd, name)) else "-"
        return f"{kind}rw-r--r--   1 1000 1000 {info.st_size:12d} Nov 24 02:10 {name}"

    def do(self, verb, argument):
        if verb == "AUTH" and KIND == "explicit":
            self.say(234, "go on")
            self.secure()
        elif verb == "QUIT":
            self.say(221, "bye")
        elif not self.secured:
            self.say(530, "not in the clear")
        elif verb in ("PBSZ", "PROT", "TYPE", "OPTS", "NOOP"):
            self.say(200, "fine")
        elif verb == "USER":
            self.user = argument
            self.say(331, "password?")
        elif verb == "PASS":
            self.known = (self.user, argument) == ("user", "pass-word")
            self.say(*((230, "welcome") if self.known else (530, "no")))
        elif not self.known:
            self.say(530, "who are you?")
        elif verb == "PWD":
            self.say(257, '"/"')
        elif verb == "CWD":
            there = os.path.isdir(self.path(argument))
            self.cwd = os.path.relpath(self.path(argument), FOLDER) if there else self.cwd
            self.say(*((250, "there") if there else (550, "no such folder")))
        elif verb == "EPSV":
            self.listener = socket.create_server(("127.0.0.1", 0))
            self.say(229, f"here (|||{self.listener.getsockname()[1]}|)")
        elif verb in ("NLST", "LIST"):
            names = sorted(os.listdir(os.path.join(FOLDER, self.cwd)))
            self.send("".join((name if verb == "NLST" else self.line_of(name)) + "\r\n" for name in names).encode())
        elif verb == "RETR":
            if not os.path.isfile(self.path(argument)):
                self.say(550, "no such file")
            else:
                with open(self.path(argument), "rb") as file:
                    self.send(file.read())
        else:
            self.say(502, "not here")
        return verb != "QUIT"

    def handle(self):
        self.secured, self.known, self.user, self.cwd, self.listener = False, False, None, "", None
        self.lines = self.request.makefile("r", newline="\r\n")
        try:
            if KIND == "implicit":
                self.secure()
            self.say(220, "ready")
            while line := self.lines.readline():
                verb, _, argument = line.rstrip("\r\n").partition(" ")
                if not self.secured:
                    print("in the clear:", line.rstrip(), flush=True)
                if not self.do(verb.upper(), argument):
                    break
        except OSError:
            pass  # the other side went away, as one does who does not trust


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
socketserver.ThreadingTCPServer(("127.0.0.1", int(PORT)), Session).serve_forever()
