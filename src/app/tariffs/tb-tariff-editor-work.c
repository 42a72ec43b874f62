/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-editor-work.h"

#include <glib/gi18n.h>

#include "tb-error.h"
#include "tb-format.h"
#include "tb-tariff-check.h"
#include "tb-tariff-revision.h"
#include "tb-tariff-store.h"

/* ---- review ---- */

static gboolean
check_unmoved (const TbTariff *then, const TbTariff *now, GError **error)
{
  if (then->version == now->version)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
               _ ("Tariff “%s” was changed meanwhile (it is at version %u now, and version %u is edited here). Close this window and edit the new version."),
               now->name, now->version, then->version);
  return FALSE;
}

static gboolean
check_unique (const TbDraftView *view, GError **error)
{
  g_autoptr (GArray) rows = tb_draft_view_sort (view);
  guint32 row;

  if (!tb_tariff_find_duplicate (view, rows, &row))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               _ ("%s has two rates with one start, and only one can hold. Find Gaps and Duplicates lists all of these; delete one of each or give it another start."),
               *view->rates[row]->prefix != '\0' ? view->rates[row]->prefix : _ ("All others"));
  return FALSE;
}

gpointer
tb_tariff_editor_revise (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const TbDraftView *view = data;
  const TbTariff *head = tb_tariff_draft_get_head (view->draft);
  g_autoptr (TbTariff) before = tb_tariff_store_load (store, head->name, error);

  if (before == NULL || !check_unmoved (head, before, error) || !check_unique (view, error))
    return NULL;
  return tb_tariff_revision_new (g_steal_pointer (&before), tb_draft_view_to_tariff (view), NULL);
}

/* ---- steps ---- */

void
tb_tariff_editor_delete_selected (TbRateSheet *sheet)
{
  g_autoptr (GArray) rows = NULL;
  g_autofree char *number = NULL, *label = NULL;
  TbDraftStep *step;

  if (!tb_grid_finish_edit (tb_rate_sheet_get_grid (sheet)))
    return;
  rows = tb_rate_sheet_list_selected (sheet);
  if (rows->len == 0)
    return;
  step = tb_draft_step_new (tb_rate_sheet_get_draft (sheet));
  for (guint i = 0; i < rows->len; i++)
    tb_draft_step_set (step, g_array_index (rows, guint32, i), NULL);
  number = tb_format_number (rows->len);
  label = g_strdup_printf (g_dngettext (NULL, "Delete %s rate", "Delete %s rates", rows->len), number);
  tb_rate_sheet_do (sheet, step, TRUE, label);
}

void
tb_tariff_editor_add (TbRateSheet *sheet, TbRate *rate)
{
  TbTariffDraft *draft = tb_rate_sheet_get_draft (sheet);
  TbDraftStep *step = tb_draft_step_new (draft);
  /* Translators: what was done; %s is a prefix */
  g_autofree char *label = g_strdup_printf (_ ("Add %s"), *rate->prefix != '\0' ? rate->prefix : _ ("All others"));

  tb_draft_step_set (step, tb_tariff_draft_take_row (draft), rate);
  tb_rate_sheet_do (sheet, step, TRUE, label);
}

static gboolean
is_there (TbRateSheet *sheet, const TbRate *rate)
{
  return tb_rate_sheet_has_key (sheet, rate, G_MAXUINT);
}

guint
tb_tariff_editor_count_there (TbRateSheet *sheet, GPtrArray *parts)
{
  guint n = 0;

  for (guint i = 0; i < parts->len; i++)
    n += is_there (sheet, parts->pdata[i]);
  return n;
}

gboolean
tb_tariff_editor_split (TbRateSheet *sheet, guint row, GPtrArray *parts, gboolean keep)
{
  TbTariffDraft *draft = tb_rate_sheet_get_draft (sheet);
  const TbRate *rate = tb_tariff_draft_get_rate (draft, row);
  g_autoptr (TbDraftStep) step = tb_draft_step_new (draft);
  g_autofree char *label = NULL;

  for (guint i = 0; i < parts->len; i++)
    if (!is_there (sheet, parts->pdata[i]))
      tb_draft_step_set (step, tb_tariff_draft_take_row (draft), g_steal_pointer (&parts->pdata[i]));
  if (!keep)
    tb_draft_step_set (step, row, NULL);
  if (tb_draft_step_get_length (step) == 0)
    return FALSE;
  /* Translators: what was done; %s is a prefix */
  label = g_strdup_printf (_ ("Split %s"), *rate->prefix != '\0' ? rate->prefix : _ ("All others"));
  tb_rate_sheet_do (sheet, g_steal_pointer (&step), TRUE, label);
  return TRUE;
}

void
tb_tariff_editor_take_changes (TbRateSheet *sheet, GArray *changes, const TbRateChange *change)
{
  TbTariffDraft *draft = tb_rate_sheet_get_draft (sheet);
  TbDraftStep *step = tb_draft_step_new (draft);
  g_autofree char *number = NULL, *label = NULL;
  guint n;

  for (guint i = 0; i < changes->len; i++)
    {
      TbDraftChange *one = &g_array_index (changes, TbDraftChange, i);

      if (one->after != NULL)
        tb_draft_step_set (step, change->start == TB_RATE_START_FOLLOW ? tb_tariff_draft_take_row (draft) : one->row, g_steal_pointer (&one->after));
    }
  n = tb_draft_step_get_length (step);
  number = tb_format_number (n);
  label = g_strdup_printf (g_dngettext (NULL, "Change %s rate", "Change %s rates", n), number);
  tb_rate_sheet_do (sheet, step, change->start != TB_RATE_START_KEEP, label);
}
