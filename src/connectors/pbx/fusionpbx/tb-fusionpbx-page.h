/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tb-time.h"

G_BEGIN_DECLS

/* What an answer of the CSV export is, from its first and last lines: PHP that runs out of memory or time ends the page with status 200
 * wherever it was, mostly within a record, with or without a complaint in HTML. */
typedef struct
{
  gsize begin, len; /* the part that is titles and whole records */
  gboolean blank;   /* two blank lines: there are no calls */
  gboolean titles;  /* it begins with titles of columns */
  gboolean records;
  gboolean cut;     /* something followed that is no whole record */
  gboolean zeroes;  /* bytes that no text of PostgreSQL holds */
  gint64 newest, oldest; /* start of calls, of those at its begin and its end; 0 = there are none */
  gsize last, last_len;  /* the last record */
} TbFusionpbxPage;

void tb_fusionpbx_page_look (GBytes *body, TbZone *zone, TbFusionpbxPage *ret);
/* The last record of `body` is there in `other`, letter by letter. */
gboolean tb_fusionpbx_page_is_in (const TbFusionpbxPage *self, GBytes *body, GBytes *other);

G_END_DECLS
