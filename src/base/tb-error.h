/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TbError: the one error domain of the product.
 *
 * A code says what can be done next, the message says to a person what happened, where and why.
 * Foreign errors (SQLite, libsoup, GIO) are converted where they enter, in store and connectors.
 */
typedef enum
{
  TB_ERROR_INVALID_INPUT, /* mend the input named in the message */
  TB_ERROR_NOT_FOUND,     /* the thing named does not exist */
  TB_ERROR_CONFLICT,      /* somebody or something else was first, or it is already done */
  TB_ERROR_NO_RATE,       /* a price is missing */
  TB_ERROR_AUTH,          /* refused: check user, key or permission */
  TB_ERROR_NETWORK,       /* not reached: try again later */
  TB_ERROR_TIMEOUT,       /* no answer in time: try again later */
  TB_ERROR_CANCELLED,     /* the user stopped it */
  TB_ERROR_STORAGE,       /* the disk or the books refused */
  TB_ERROR_UNSUPPORTED,   /* this version cannot do that */
  TB_ERROR_OVERFLOW,      /* an amount does not fit; never rounded or wrapped in silence */
  TB_ERROR_FAILED,
} TbError;

#define TB_ERROR (tb_error_quark ())
GQuark tb_error_quark (void);

/* Translates a GIO error into our domain in place: cancelled, timed out, not found, others as `fallback`. */
void tb_error_convert (GError **error, TbError fallback);

/* TRUE, and sets TB_ERROR_CANCELLED, when `cancellable` (may be NULL) was cancelled. */
gboolean tb_error_if_cancelled (GCancellable *cancellable, GError **error);

G_END_DECLS
