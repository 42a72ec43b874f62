#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a checking tool; where it is not installed the test is skipped and says so. ./check installs all of them.
command -v "$1" >/dev/null || { echo "$1 is not installed"; exit 77; }
exec "$@"
