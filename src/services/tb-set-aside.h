/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-currency.h"
#include "tb-money.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What becomes of invoiced calls that came again with other values, which are set aside. */

/* Bills the difference between what the newest set-aside call with that uid costs by today's set-up and what was invoiced and corrected so far: a
 * correction, a line on the client's next bill. The invoice and its call stay as they are, and rating again leaves the call alone. Sets *ret to the
 * difference, which may be 0. In one transaction.
 *
 * TB_ERROR_NOT_FOUND when there is none; TB_ERROR_CONFLICT when it cannot be billed: its invoice is void, it would lack a price, would be another
 * client's or another currency's, or included minutes or tiers make its price depend on other calls. */
gboolean tb_set_aside_accept (TbStore *store, const char *connection, const char *uid, TbMoney *ret, GError **error);
/* What was invoiced holds. The same change is not set aside again, after accepting as well. */
gboolean tb_set_aside_dismiss (TbStore *store, const char *connection, const char *uid, GError **error);

G_END_DECLS
