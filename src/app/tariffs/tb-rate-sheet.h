/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-grid.h"
#include "tb-tariff-draft.h"
#include "tb-undo.h"

G_BEGIN_DECLS

/**
 * TbRateSheet: the rates of a draft as a sheet: in order, searched, edited in their cells. All that changes the draft goes through
 * tb_rate_sheet_do, and can be undone. What walks through all rates is done on another thread.
 */
#define TB_TYPE_RATE_SHEET (tb_rate_sheet_get_type ())
G_DECLARE_FINAL_TYPE (TbRateSheet, tb_rate_sheet, TB, RATE_SHEET, AdwBin)

/* A draft and its rows in order, made on the thread that read the tariff. */
typedef struct
{
  TbTariffDraft *draft;
  GArray *rows; /* of guint32 */
} TbRateSheetData;
/* Takes the tariff, with rates. */
TbRateSheetData *tb_rate_sheet_data_new (TbTariff *tariff);
void             tb_rate_sheet_data_free (TbRateSheetData *self);

/* Takes what another thread made. */
void           tb_rate_sheet_take (TbRateSheet *self, TbRateSheetData *data);
TbTariffDraft *tb_rate_sheet_get_draft (TbRateSheet *self);
TbUndo        *tb_rate_sheet_get_undo (TbRateSheet *self);
TbGrid        *tb_rate_sheet_get_grid (TbRateSheet *self);
TbZone        *tb_rate_sheet_get_zone (TbRateSheet *self); /* of the tariff's days */

/* Does a step (taken) and shows what came of it; `label` as for tb_undo_do. `reorders`: rates come, go or get other prefixes or days. */
void tb_rate_sheet_do (TbRateSheet *self, TbDraftStep *step, gboolean reorders, const char *label);

/* Signal "listed": the rows that are shown are others, or the draft changed. */
void     tb_rate_sheet_search (TbRateSheet *self, const char *search);
GArray  *tb_rate_sheet_get_all (TbRateSheet *self);   /* rows in order; borrowed */
GArray  *tb_rate_sheet_get_shown (TbRateSheet *self); /* those that the search found */
/* The chosen rows, in order. A new array. */
GArray  *tb_rate_sheet_list_selected (TbRateSheet *self);
/* The row of the cursor; FALSE = there is none. */
gboolean tb_rate_sheet_get_row (TbRateSheet *self, guint *ret_row);
/* Does a row other than `row` (G_MAXUINT = any) have the prefix, start, hours and priority of `rate`? */
gboolean tb_rate_sheet_has_key (TbRateSheet *self, const TbRate *rate, guint row);
/* Goes to a row, and drops the search when it hides it: signal "search-dropped". */
void     tb_rate_sheet_show_row (TbRateSheet *self, guint row);
/* Nothing is being looked for. */
gboolean tb_rate_sheet_is_idle (TbRateSheet *self);

/* Work that walks through all rates, on a thread: `func` gets what the draft is now and all its rows in order. The result is got by
 * tb_rate_sheet_run_finish; NULL with an error set when it was cancelled. */
typedef gpointer (*TbRateSheetFunc) (const TbDraftView *view, GArray *rows, gpointer data, GCancellable *cancellable);
void     tb_rate_sheet_run_async (TbRateSheet *self, GCancellable *cancellable, TbRateSheetFunc func, gpointer data, GDestroyNotify free_data,
                                  GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer callback_data);
gpointer tb_rate_sheet_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
