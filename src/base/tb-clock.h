/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TbClock: what time it is, handed in, so that tests and demo books can hold it.
 *
 * `tb_clock_allow_override (TRUE)` (demo books, test builds) makes TOLLBOOK_NOW (RFC 3339) the time.
 */
gint64 tb_clock_now (void); /* seconds since 1970-01-01T00:00:00Z */
void   tb_clock_allow_override (gboolean allow);

G_END_DECLS
