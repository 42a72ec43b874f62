/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small books with something on every page: two connections, three tariffs, four packages, twelve clients, a month of calls of every
 * status, rated, with drafts of its invoices, the first of them approved. The same each time. Aborts when anything fails. */
void sample_books_make (const char *path);

#define SAMPLE_BOOKS_YEAR 2026
#define SAMPLE_BOOKS_MONTH 10
#define SAMPLE_BOOKS_NOW "2026-11-03T09:30:00Z"

G_END_DECLS
