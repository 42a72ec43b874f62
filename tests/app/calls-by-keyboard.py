#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls without a mouse: a filter is typed and kept, joined by a second one out of its editor, and kept as a view; what came of it is read from the books.

Usage: with-display.sh calls-by-keyboard.py TOLLBOOK TOLLBOOKCTL. Keys go through the X server (xdotool), as a keyboard's do.
"""
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


def xdo(*args):
    return subprocess.run(['xdotool', *args], capture_output=True, text=True).stdout.split()


def windows():
    return xdo('search', '--onlyvisible', '--pid', str(program.pid), '--class', '.')


def press(*keys):
    """No window manager gives a new window the keyboard."""
    seen = windows()
    if seen:
        xdo('windowfocus', '--sync', seen[-1])
    xdo('key', '--clearmodifiers', *keys)
    time.sleep(0.4)


def type_text(text):
    xdo('type', '--delay', '20', text)
    time.sleep(0.4)


def wait_for(what, check, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.1)
    print(open(log).read(), file=sys.stderr)
    raise AssertionError('waited in vain for ' + what)


def views():
    with sqlite3.connect('file:%s?mode=ro' % books, uri=True) as db:
        return dict(db.execute('SELECT name, filter FROM call_view'))


def keep_as(name, wanted):
    """Ctrl+D, again while the page is still opening."""
    def keep():
        press('ctrl+d')
        if len(windows()) < 2:
            return None
        press('ctrl+a')
        type_text(name)
        press('Return')
        time.sleep(0.5)
        return views().get(name) == wanted
    wait_for('the view “%s” to be “%s”, not %s' % (name, wanted, views()), keep)


n = 0


def ok(what):
    global n
    n += 1
    print('ok %d %s' % (n, what), flush=True)


try:
    print('1..4')
    subprocess.run([tollbookctl, '--books', books, 'demo'], check=True, capture_output=True)
    program = subprocess.Popen([tollbook, books], stderr=open(log, 'a'))
    wait_for('the window', windows)
    time.sleep(2)
    press('alt+2')
    time.sleep(1)
    press('ctrl+f')
    type_text('seconds>60 direction:outbound')
    press('Return')
    keep_as('Long ones', 'seconds>60 direction:outbound')
    ok('a filter is typed, kept with Enter, and kept as a view with Ctrl+D')

    press('ctrl+f')
    type_text('49')
    keep_as('To Germany', 'seconds>60 direction:outbound number:*49*')
    ok('what is typed counts before Enter too')

    press('ctrl+shift+Delete')
    keep_as('All', '')
    ok('Ctrl+Shift+Delete clears all')

    press('ctrl+q')
    program.wait(30)
    assert program.returncode == 0, program.returncode
    said = [line for line in open(log) if 'WARNING' in line or 'CRITICAL' in line]
    assert not said, said
    ok('without a warning')
finally:
    if 'program' in globals() and program.poll() is None:
        program.kill()
    shutil.rmtree(folder, ignore_errors=True)
