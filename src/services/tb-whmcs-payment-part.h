/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What of a payment a posting is, as its part says: "payment 17", the second one for the same invoice "payment 17/2", and for an invoice that is several at
 * WHMCS, the service's key after it: "payment 17 S1". */
char       *tb_payment_part_new (guint32 payment, guint nth /* from 1 */, const char *service /* "" = all */);
guint32     tb_payment_part_get_id (const char *part); /* 0 = it is none */
const char *tb_payment_part_get_service (const char *part);

G_END_DECLS
