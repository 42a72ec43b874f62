/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"
#include "tb-whmcs-plan.h"

G_BEGIN_DECLS

/* A row of the page: something of the ledger, or what would come into it with the next push. */
typedef struct
{
  TbPosting *posting; /* id 0 = not in the ledger yet */
  char *key;          /* the same as long as it is the same thing */
  char *name;         /* of the client */
  TbMoney before, difference; /* of an invoice that is to go: to the client's month before; no currency = cannot be said */
  char *blocked;      /* why it cannot go, or NULL */
} TbPostingRow;
void tb_posting_row_free (gpointer row);

typedef enum { TB_POSTING_VIEW_OPEN, TB_POSTING_VIEW_TROUBLE, TB_POSTING_VIEW_DONE, TB_POSTING_VIEW_ALL } TbPostingView;
gboolean tb_posting_row_is_in (const TbPostingRow *self, TbPostingView view);
/* Somebody must look at it: it cannot go, was refused or put aside. */
gboolean tb_posting_row_is_trouble (const TbPostingRow *self);
char    *tb_posting_row_dup_title (const TbPostingRow *self); /* "Invoice GRV-2026-00012" */
/* Its state in a word, for people. */
const char *tb_posting_row_get_state (const TbPostingRow *self);

/* What would go, the largest difference to the month before first, then the ledger, newest first: of TbPostingRow. */
GPtrArray *tb_posting_rows_read (TbStore *store, GError **error);

/* What the next push takes to WHMCS, in sentences for the question before it; NULL = nothing. */
char      *tb_posting_rows_dup_leaving (GPtrArray *rows);

extern const TbColumn tb_posting_columns[];
extern const guint tb_posting_n_columns;

G_END_DECLS
