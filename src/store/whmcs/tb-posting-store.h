/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-posting.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* The ledger of what goes to WHMCS. Its rows stay; what becomes of one is told in its story. */

/* These random letters tell these books' markers from others'; made when they are first asked for. */
char      *tb_posting_store_dup_site (TbStore *store, GError **error);

/* Adds all or none, sets ids and begins their stories. All that is to be posted of one document as one kind must come at once: TB_ERROR_CONFLICT
 * when there is something of it already, from here or another workstation. */
gboolean   tb_posting_store_add (TbStore *store, GPtrArray *postings, gint64 now, GError **error);
/* Writes where a posting stands now, what is known of it, and a line of its story; its version must be the one in the books (TB_ERROR_CONFLICT), and
 * goes up by one. */
gboolean   tb_posting_store_move (TbStore *store, TbPosting *posting, const char *text, gint64 now, GError **error);

typedef struct
{
  int state;          /* −1 = any; of TbPostingState */
  gboolean open;      /* only those neither done nor left to a person */
  const char *client; /* key, or NULL */
  guint32 document;   /* 0 = any */
} TbPostingFilter;
/* Of TbPosting, oldest first; NULL = all. */
GPtrArray *tb_posting_store_list (TbStore *store, const TbPostingFilter *filter, GError **error);
TbPosting *tb_posting_store_get (TbStore *store, guint32 id, GError **error); /* TB_ERROR_NOT_FOUND */
/* That of the document, kind and part, or NULL without error in *ret. */
gboolean   tb_posting_store_find (TbStore *store, TbPostingKind kind, guint32 document, const char *part, TbPosting **ret, GError **error);
/* Whether there is one of that kind with this part, whatever its document. */
gboolean   tb_posting_store_has_part (TbStore *store, TbPostingKind kind, const char *part, gboolean *ret, GError **error);
/* Invoices that were left as drafts, to which what was paid in advance is to be applied and nothing in the ledger does it yet. */
GPtrArray *tb_posting_store_list_left_drafts (TbStore *store, const char *client, GError **error);
/* Documents that the ledger may have to learn of, oldest first: approved ones of which it has nothing, and void ones of which it has something. Ids, of
 * guint32. `client` (key) NULL = all. */
GArray    *tb_posting_store_list_documents (TbStore *store, const char *client, GError **error);
/* What a client was asked for in a month, by approved bills in that currency; *ret_known FALSE = there was none. */
gboolean   tb_posting_store_sum_month (TbStore *store, guint32 client_id, TbCurrency currency, int year, int month, gboolean *ret_known, TbAmount *ret,
                                       GError **error);
/* How many are in each state. */
gboolean   tb_posting_store_count (TbStore *store, guint64 counts[TB_POSTING_PARKED + 1], GError **error);

typedef struct
{
  gint64 time;
  TbPostingState state;
  TbPostingStep step;
  char *text;
} TbPostingMove;
void       tb_posting_move_free (TbPostingMove *self);
/* The story, from its beginning: of TbPostingMove. */
GPtrArray *tb_posting_store_list_moves (TbStore *store, guint32 id, GError **error);

/* A client's id at WHMCS, kept when it has none yet; TB_ERROR_CONFLICT when another client has it. */
gboolean   tb_posting_store_set_client (TbStore *store, guint32 client_id, gint64 whmcs_id, GError **error);

/* ---- who may post: one at a time, over all workstations that have these books ---- */

/* Takes or prolongs it for `holder` (a name that nobody else has) until `until`. TB_ERROR_CONFLICT says who has it. What another had on this very
 * computer is taken at once when `alone`, for whoever holds the lock of the books here knows that its program is gone. */
gboolean   tb_posting_store_take_lease (TbStore *store, const char *holder, const char *host, gboolean alone, gint64 now, gint64 until, GError **error);
gboolean   tb_posting_store_drop_lease (TbStore *store, const char *holder, GError **error);

G_END_DECLS
