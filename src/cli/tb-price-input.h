/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-call.h"

G_BEGIN_DECLS

/* One call to be priced, from the command line or from an item of the JSON array. */
typedef struct
{
  TbCall call;    /* its strings point to the fields below */
  char *uid;      /* or NULL */
  char *number, *caller;
  char *service;  /* key, or NULL */
  guint position; /* in the array */
} TbPriceInput;

void tb_price_input_free (TbPriceInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPriceInput, tb_price_input_free)

/* "61", "61.5": whole seconds, fractions rounded up. */
gboolean tb_price_seconds_parse (const char *text, gint32 *ret, GError **error);

/* `start` is the time of the call; `zone` of times without offset. */
TbPriceInput *tb_price_input_new (const char *number, const char *seconds, gint64 start, GError **error);

/* Reads `stream` to its end: an array of objects
 *   {"number": "14165550100", "seconds": 61, "at": "2026-10-02T09:00:00-04:00", "direction": "outbound", "caller": "…", "uid": "…", "service": "S1"}
 * of which number and seconds are needed. "callee", "billsec" or "duration", and "start", the names that call records have, mean
 * the same. Errors name the path ("[2].seconds: …"). Of TbPriceInput. */
GPtrArray *tb_price_input_read (GInputStream *stream, gint64 start, TbZone *zone, GCancellable *cancellable, GError **error);

G_END_DECLS
