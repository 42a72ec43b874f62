#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program on a display, session bus, home and settings of its own, so that display tests neither see nor touch the person's.
set -eu
command -v Xvfb >/dev/null || { echo "Xvfb is not installed: .ci/install build check" >&2; exit 1; }

home=$(mktemp -d "${TMPDIR:-/tmp}/tollbook-display.XXXXXX")
xvfb=
trap '[ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true; rm -rf "$home"' EXIT INT TERM

# Xvfb takes a free display and says which; a fixed one would break tests that run side by side.
mkfifo "$home/display"
Xvfb -displayfd 3 -screen 0 "${TB_SCREEN:-1280x800x24}" -nolisten tcp 3>"$home/display" >"$home/xvfb.log" 2>&1 &
xvfb=$!
read -r display <"$home/display" || { cat "$home/xvfb.log" >&2; exit 1; }

mkdir -p "$home/run" "$home/data" "$home/config" "$home/cache"
chmod 700 "$home/run"
status=0
env -u DBUS_SESSION_BUS_ADDRESS -u WAYLAND_DISPLAY DISPLAY=":$display" GDK_BACKEND=x11 GDK_DEBUG=gl-disable GSK_RENDERER=cairo GTK_A11Y="${GTK_A11Y:-test}" \
  GSETTINGS_BACKEND=memory ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0 HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" \
  XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" "$@" || status=$?
exit $status
