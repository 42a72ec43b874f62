/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-client-match.h"
#include "tb-setup.h"
#include "tb-store.h"

G_BEGIN_DECLS

/**
 * What WHMCS had at the last pull beside what the books have, for a person to decide. Nothing is overwritten on either side before somebody says so.
 */
typedef struct
{
  const TbClient *ours;
  const TbMirrorClient *theirs;
  TbClientDifference *difference;
  gboolean chosen; /* ours is to stand: WHMCS is to be told */
} TbReviewDifference;

typedef struct
{
  TbSetup *setup;
  GPtrArray *theirs;      /* of TbMirrorClient */
  GPtrArray *matches;     /* of TbClientMatch, one for each of them */
  GHashTable *reads;      /* id at WHMCS → TbRemoteRead */
  GHashTable *ignored;    /* ids at WHMCS */
  GPtrArray *differences; /* of TbReviewDifference, by client; of those whose details are known */
  GPtrArray *lost;        /* of TbClient, borrowed: WHMCS has no client with their id */
  guint n_unsure;         /* that may be one here, and nobody said */
} TbWhmcsReview;

TbWhmcsReview *tb_whmcs_review_new (TbStore *store, GError **error);
void           tb_whmcs_review_free (TbWhmcsReview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsReview, tb_whmcs_review_free)
gboolean       tb_whmcs_review_is_ignored (const TbWhmcsReview *self, gint64 whmcs_id);
/* "linked" "sure" "maybe" "new" "closed" "ignored" */
const char    *tb_whmcs_review_get_state (const TbWhmcsReview *self, const TbClientMatch *match);
guint          tb_whmcs_review_count_waiting (const TbWhmcsReview *self);

/* ---- decisions; each is one transaction, and adds a line for each thing it did to `changes` (of char *) ---- */

/* `client` key, NULL = of all. `fields`: bits (1 << TbClientField), 0 = all that differ. Theirs changes the client here by the ordinary way of the set-up;
 * ours is kept as a choice, and WHMCS is told with the next push. TB_ERROR_NOT_FOUND when there is no such difference.
 * A value of theirs that would not do in a set-up file is refused, or with `client` NULL left as it is and told in `changes`. */
gboolean tb_whmcs_accept_theirs (TbStore *store, const char *client, guint fields, GPtrArray *changes, GError **error);
gboolean tb_whmcs_accept_ours (TbStore *store, const char *client, guint fields, GPtrArray *changes, GError **error);
/* That client of WHMCS is this one here. TB_ERROR_CONFLICT when either is another's already; `whmcs_id` 0 takes the link away. */
gboolean tb_whmcs_link_client (TbStore *store, const char *client, gint64 whmcs_id, GPtrArray *changes, GError **error);
/* It becomes a client here. `key` NULL = "W" and its id. */
gboolean tb_whmcs_create_client (TbStore *store, gint64 whmcs_id, const char *key, GPtrArray *changes, GError **error);
gboolean tb_whmcs_ignore_client (TbStore *store, gint64 whmcs_id, gboolean ignore, GPtrArray *changes, GError **error);

/* Makes a client here of theirs, with what of it holds; what does not is left out and told in `notes` (of char *). */
TbClient *tb_whmcs_client_from (const TbMirrorClient *theirs, const TbSetup *setup, const char *key, GPtrArray *notes);
/* "W17", or when a client has that name "W17-2" and so on. */
char     *tb_whmcs_make_key (GHashTable *keys /* set of char * */, gint64 whmcs_id);

G_END_DECLS
