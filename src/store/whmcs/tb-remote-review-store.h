/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-client-match.h"
#include "tb-payment-status.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What people decided about the differences between these books and WHMCS, and what both sides last agreed on. */

/* id of our client → TB_CLIENT_FIELDS of TbAgreed; a client that is not there never agreed. */
GHashTable *tb_remote_review_list_agreed (TbStore *store, GError **error);
gboolean    tb_remote_review_agree (TbStore *store, guint32 client_id, TbClientField field, const char *value, GError **error);

/* Ours is to stand where both differ. */
typedef struct
{
  guint32 client_id;
  TbClientField field;
  char *ours, *theirs; /* as they were then: another value of either makes it an open question again */
  gint64 chosen_at;
} TbRemoteChoice;
void       tb_remote_choice_free (TbRemoteChoice *self);
/* Of TbRemoteChoice, by client and field. */
GPtrArray *tb_remote_review_list_choices (TbStore *store, GError **error);
gboolean   tb_remote_review_choose_ours (TbStore *store, const TbRemoteChoice *choice, GError **error);
gboolean   tb_remote_review_drop_choice (TbStore *store, guint32 client_id, TbClientField field, GError **error);

/* What at WHMCS is no business of these books. */
typedef enum { TB_REMOTE_CLIENT = 0, TB_REMOTE_SERVICE = 1 } TbRemoteKind;
GHashTable *tb_remote_review_list_ignored (TbStore *store, TbRemoteKind kind, GError **error); /* a set of gint64 * */
gboolean    tb_remote_review_ignore (TbStore *store, TbRemoteKind kind, gint64 remote, gboolean ignore, GError **error);

/* Services of WHMCS that are services of ours: id there (gint64 *) → id here as a pointer. */
GHashTable *tb_remote_review_list_services (TbStore *store, GError **error);
gboolean    tb_remote_review_link_service (TbStore *store, gint64 remote, guint32 service_id, GError **error);

/* ---- what became of our invoices ---- */

/* `since` stays where the state does. */
gboolean    tb_payment_status_store_save (TbStore *store, const TbPaymentStatus *payment, gint64 now, GError **error);
/* id of the invoice as a pointer → TbPaymentStatus. */
GHashTable *tb_payment_status_store_list (TbStore *store, GError **error);

G_END_DECLS
