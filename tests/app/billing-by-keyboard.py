#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The billing of a month without a mouse: the workstation is started on demo books, keys are pressed, and what came of it is read from the books.

Usage: with-display.sh billing-by-keyboard.py TOLLBOOK TOLLBOOKCTL. Keys go through the X server (xdotool), as a keyboard's do.
"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

if not shutil.which('xdotool'):
    sys.exit('xdotool is not installed: .ci/install build check')

tollbook, tollbookctl = sys.argv[1:3]
folder = tempfile.mkdtemp(prefix='tollbook-keyboard-')
books, log = os.path.join(folder, 'books.tollbook'), os.path.join(folder, 'stderr.txt')
CALLS, UNRATED, MARGIN, DRAFTS, APPROVE, PAPER, POST = range(7)


def ctl(*args):
    return json.loads(subprocess.run([tollbookctl, '--books', books, *args, '--json'], check=True, capture_output=True, text=True).stdout)


def xdo(*args):
    return subprocess.run(['xdotool', *args], capture_output=True, text=True).stdout.split()


def wait_for(what, check, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.1)
    print(open(log).read(), file=sys.stderr)
    raise AssertionError('waited in vain for ' + what)


def run_of():
    with sqlite3.connect('file:%s?mode=ro' % books, uri=True) as db:
        row = db.execute('SELECT step, ended FROM desk_run').fetchone()
    return row if row else (CALLS, None)


class Workstation:
    """A program and its windows. There is no window manager here: what one would do, giving a new window the keyboard, is done by hand."""

    def __init__(self):
        self.program = subprocess.Popen([tollbook, books], stderr=open(log, 'a'))
        wait_for('the window', self.windows)

    def windows(self):
        return xdo('search', '--onlyvisible', '--pid', str(self.program.pid), '--class', '.')

    def press(self, *keys):
        windows = self.windows()
        if windows:
            xdo('windowfocus', '--sync', windows[-1])
        xdo('key', '--clearmodifiers', *keys)

    def press_until(self, key, what, check):
        """Goes to the page and presses; again when the window was still opening, or the page looking at the books, where keys do nothing."""
        for _ in range(30):
            self.press('ctrl+5')
            self.press(key)
            try:
                return wait_for(what, check, 2)
            except AssertionError:
                pass
        raise AssertionError('pressed %s in vain for %s' % (key, what))

    def go_on(self, step):
        self.press_until('ctrl+Return', 'step %d' % (step + 1), lambda: run_of()[0] == step + 1)

    def leave(self):
        self.press('ctrl+q')
        self.program.wait(30)


n = 0


def ok(what):
    global n
    n += 1
    print('ok %d %s' % (n, what), flush=True)


try:
    print('1..6')
    subprocess.run([tollbookctl, '--books', books, 'demo'], check=True, capture_output=True)
    for invoice in ctl('invoice', 'list'):
        subprocess.run([tollbookctl, '--books', books, 'invoice', 'void', str(invoice['id'])], check=True, capture_output=True)
    assert not ctl('invoice', 'list')

    desk = Workstation()
    for step in (CALLS, UNRATED, MARGIN):
        desk.go_on(step)
    ok('completeness, calls without a price and margin are passed with Ctrl+Enter')

    desk.leave()
    desk = Workstation()
    time.sleep(1)
    assert run_of() == (DRAFTS, None)
    ok('the run is left with Ctrl+Q and stands where it was')

    desk.press_until('alt+m', 'drafts', lambda: ctl('invoice', 'list'))
    drafts = [i for i in ctl('invoice', 'list') if i['state'] == 'draft']
    assert len(drafts) > 10, drafts
    desk.go_on(DRAFTS)
    ok('drafts are made with Alt+M')

    desk.press_until('alt+a', 'the question', lambda: len(desk.windows()) > 1)
    desk.press('Return')
    wait_for('approval', lambda: all(i['state'] == 'approved' for i in ctl('invoice', 'list')))
    approved = ctl('invoice', 'list')
    assert len(approved) == len(drafts)
    assert len({i['number'] for i in approved}) == len(approved)
    ok('all are approved with Alt+A and Enter, each once')

    wait_for('the question to close', lambda: len(desk.windows()) == 1)
    desk.go_on(APPROVE)
    desk.go_on(PAPER)
    desk.press_until('ctrl+Return', 'the end', lambda: run_of()[1] is not None)
    ok('paper and WHMCS are passed, and the run has ended')

    desk.leave()
    assert desk.program.returncode == 0, desk.program.returncode
    said = [line for line in open(log) if 'WARNING' in line or 'CRITICAL' in line]
    assert not said, said
    subprocess.run([tollbookctl, '--books', books, 'check'], check=True, capture_output=True)
    ok('without a warning, and the books are sound')
finally:
    if 'desk' in globals() and desk.program.poll() is None:
        desk.program.kill()
    shutil.rmtree(folder)
