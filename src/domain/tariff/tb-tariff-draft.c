/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-draft.h"

struct _TbTariffDraft
{
  gatomicrefcount references;
  TbTariff *head;
  GPtrArray *rows;   /* of TbRate, owned, or NULL */
  GArray *prices;    /* of TbDecimal: of the rows that were there */
  guint n_rates;
  GPtrArray *buried; /* rates of steps that are gone: somebody may have been lent them */
};

typedef struct
{
  guint row;
  TbRate *rate; /* what the row holds next */
} Cell;

struct _TbDraftStep
{
  TbTariffDraft *draft;
  GArray *cells;
};

TbTariffDraft *
tb_tariff_draft_new (TbTariff *tariff)
{
  TbTariffDraft *self = g_new0 (TbTariffDraft, 1);

  g_atomic_ref_count_init (&self->references);
  self->rows = g_steal_pointer (&tariff->rates);
  self->head = tariff;
  self->n_rates = self->rows->len;
  self->buried = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  self->prices = g_array_sized_new (FALSE, FALSE, sizeof (TbDecimal), self->rows->len);
  for (guint i = 0; i < self->rows->len; i++)
    g_array_append_val (self->prices, ((TbRate *) self->rows->pdata[i])->rate);
  return self;
}

TbTariffDraft *
tb_tariff_draft_ref (TbTariffDraft *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
tb_tariff_draft_unref (TbTariffDraft *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->buried);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->prices);
  tb_tariff_free (self->head);
  g_free (self);
}

const TbTariff *
tb_tariff_draft_get_head (const TbTariffDraft *self)
{
  return self->head;
}

guint
tb_tariff_draft_get_n_rates (const TbTariffDraft *self)
{
  return self->n_rates;
}

const TbRate *
tb_tariff_draft_get_rate (const TbTariffDraft *self, guint row)
{
  return row < self->rows->len ? self->rows->pdata[row] : NULL;
}

TbDecimal
tb_tariff_draft_get_price_before (const TbTariffDraft *self, guint row)
{
  return row < self->prices->len ? g_array_index (self->prices, TbDecimal, row) : TB_DECIMAL_NONE;
}

guint
tb_tariff_draft_take_row (TbTariffDraft *self)
{
  g_ptr_array_add (self->rows, NULL);
  return self->rows->len - 1;
}

/* ---- steps ---- */

TbDraftStep *
tb_draft_step_new (TbTariffDraft *draft)
{
  TbDraftStep *self = g_new0 (TbDraftStep, 1);

  self->draft = tb_tariff_draft_ref (draft);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  return self;
}

void
tb_draft_step_free (TbDraftStep *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->cells->len; i++)
    if (g_array_index (self->cells, Cell, i).rate != NULL)
      g_ptr_array_add (self->draft->buried, g_array_index (self->cells, Cell, i).rate);
  g_array_unref (self->cells);
  tb_tariff_draft_unref (self->draft);
  g_free (self);
}

void
tb_draft_step_set (TbDraftStep *self, guint row, TbRate *rate)
{
  Cell cell = { row, rate };

  g_return_if_fail (row < self->draft->rows->len);
  g_array_append_val (self->cells, cell);
}

void
tb_draft_step_swap (TbDraftStep *self)
{
  TbTariffDraft *draft = self->draft;

  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = &g_array_index (self->cells, Cell, i);
      gpointer *place = &draft->rows->pdata[cell->row];
      TbRate *rate = *place;

      draft->n_rates += (guint) (cell->rate != NULL) - (guint) (rate != NULL);
      *place = cell->rate;
      cell->rate = rate;
    }
}

guint
tb_draft_step_get_length (const TbDraftStep *self)
{
  return self->cells->len;
}

guint
tb_draft_step_get_row (const TbDraftStep *self, guint i)
{
  return g_array_index (self->cells, Cell, i).row;
}

const TbRate *
tb_draft_step_get_other (const TbDraftStep *self, guint i)
{
  return g_array_index (self->cells, Cell, i).rate;
}

/* ---- lent ---- */

TbDraftView *
tb_tariff_draft_lend (TbTariffDraft *self)
{
  TbDraftView *view = g_new (TbDraftView, 1);

  *view = (TbDraftView){ tb_tariff_draft_ref (self), g_memdup2 (self->rows->pdata, self->rows->len * sizeof (gpointer)), self->rows->len };
  return view;
}

void
tb_draft_view_free (TbDraftView *self)
{
  if (self == NULL)
    return;
  tb_tariff_draft_unref (self->draft);
  g_free (self->rates);
  g_free (self);
}

/* ---- order ---- */

static int
compare_places (const TbRate *a, guint row_a, const TbRate *b, guint row_b)
{
  int order = tb_rate_compare_keys (a, b);

  return order != 0 ? order : row_a < row_b ? -1 : row_a > row_b;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer rates)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return compare_places (((const TbRate **) rates)[x], x, ((const TbRate **) rates)[y], y);
}

GArray *
tb_draft_view_sort (const TbDraftView *self)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->n_rows);
  gboolean sorted = TRUE;

  for (guint32 i = 0; i < self->n_rows; i++)
    if (self->rates[i] != NULL)
      {
        sorted = sorted && (rows->len == 0 || compare_rows (&g_array_index (rows, guint32, rows->len - 1), &i, self->rates) < 0);
        g_array_append_val (rows, i);
      }
  if (!sorted) /* which they nearly always are */
    g_array_sort_with_data (rows, compare_rows, self->rates);
  return rows;
}

gboolean
tb_tariff_draft_find (const TbTariffDraft *self, GArray *rows, const TbRate *rate, guint row, guint *ret_place)
{
  guint low = 0, high = rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2, other = g_array_index (rows, guint32, middle);

      if (compare_places (self->rows->pdata[other], other, rate, row) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *ret_place = low;
  return low < rows->len && g_array_index (rows, guint32, low) == row;
}

gboolean
tb_tariff_draft_find_same_key (const TbTariffDraft *self, GArray *rows, const TbRate *rate, guint row, guint *ret_other)
{
  guint place;

  tb_tariff_draft_find (self, rows, rate, 0, &place);
  for (; place < rows->len; place++)
    {
      guint other = g_array_index (rows, guint32, place);

      if (!tb_rate_same_key (self->rows->pdata[other], rate))
        return FALSE;
      if (other != row)
        {
          *ret_other = other;
          return TRUE;
        }
    }
  return FALSE;
}

TbTariff *
tb_draft_view_to_tariff (const TbDraftView *self)
{
  TbTariff *tariff = tb_tariff_copy_head (self->draft->head);
  g_autoptr (GArray) rows = tb_draft_view_sort (self);

  tariff->rates = g_ptr_array_new_full (rows->len, (GDestroyNotify) tb_rate_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (tariff->rates, tb_rate_copy (self->rates[g_array_index (rows, guint32, i)]));
  tariff->n_rates = tariff->rates->len;
  return tariff;
}
