/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-margin-columns.h"

#include <glib/gi18n.h>

#include "tb-format.h"

enum { COLUMN_NAME, COLUMN_KEY, COLUMN_CALLS, COLUMN_LOSSES = 7 };

/* What a row is called by, and the title of its key; NULL = the key is the name. `none` stands for rows without either. */
static const struct { const char *name, *key, *none; } titles[TB_MARGIN_N_BY] = {
  [TB_MARGIN_BY_CLIENT] = { N_ ("Client"), N_ ("Id"), N_ ("No client") },
  [TB_MARGIN_BY_DESTINATION] = { N_ ("Destination"), N_ ("Prefix"), N_ ("Any number") },
  [TB_MARGIN_BY_TARIFF] = { N_ ("Tariff"), NULL, N_ ("No price") },
  [TB_MARGIN_BY_PROVIDER] = { N_ ("Provider"), NULL, N_ ("No provider") },
  [TB_MARGIN_BY_CALL] = { N_ ("Number"), NULL, N_ ("No number") },
};

static gboolean
is_loss (const TbMarginRow *row)
{
  return tb_margin_sum_get_sign (&row->sum) < 0;
}

/* ---- cells ---- */

static char *
format_name (gconstpointer value, gpointer by)
{
  const TbMarginRow *row = value;
  const TbMarginBy *what = by;

  if (row->name != NULL && *row->name != '\0')
    return g_strdup (row->name);
  if (*row->key != '\0')
    return g_strdup (row->key);
  return g_strdup (*what == TB_MARGIN_BY_DESTINATION && row->rates == NULL ? _ ("No price") : _ (titles[*what].none));
}

static char *
format_key (gconstpointer value, gpointer by)
{
  return g_strdup (((const TbMarginRow *) value)->key);
}

static char *
format_calls (gconstpointer value, gpointer by)
{
  return tb_format_number (((const TbMarginRow *) value)->calls);
}

static char *
format_charge (gconstpointer value, gpointer by)
{
  return tb_format_sum (((const TbMarginRow *) value)->money.charge);
}

static char *
format_cost (gconstpointer value, gpointer by)
{
  return tb_format_sum (((const TbMarginRow *) value)->money.cost);
}

static char *
format_margin (gconstpointer value, gpointer by)
{
  return tb_format_sum (((const TbMarginRow *) value)->money.margin);
}

static char *
format_percent (gconstpointer value, gpointer by)
{
  TbDecimal percent = ((const TbMarginRow *) value)->money.percent;
  g_autofree char *number = percent != TB_DECIMAL_NONE ? tb_decimal_format (ABS (percent), TB_RATE_SCALE, 2) : NULL;

  return number != NULL ? g_strdup_printf ("%s%s %%", percent < 0 ? "−" : "", number) : g_strdup ("–");
}

static char *
format_losses (gconstpointer value, gpointer by)
{
  const TbMarginRow *row = value;

  return row->losses > 0 ? tb_format_number (row->losses) : NULL;
}

static char *
format_note (gconstpointer value, gpointer by)
{
  return tb_margin_row_note (value);
}

static const char *
style_of_row (gconstpointer value, gpointer by)
{
  const TbMarginRow *row = value;

  return is_loss (row) || row->breach != TB_MARGIN_BREACH_NONE ? "error" : NULL;
}

static const char *
style_of_margin (gconstpointer value, gpointer by)
{
  return is_loss (value) ? "error" : NULL;
}

static const char *
style_of_losses (gconstpointer value, gpointer by)
{
  return ((const TbMarginRow *) value)->losses > 0 ? "error" : NULL;
}

/* ---- order ---- */

static int
compare (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const TbMarginRow *x = a, *y = b;

  return g_utf8_collate (x->name != NULL ? x->name : x->key, y->name != NULL ? y->name : y->key);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const TbMarginRow *) a)->key, ((const TbMarginRow *) b)->key);
}

#define COMPARE(name, field)                                                                    \
  static int compare_##name (gconstpointer a, gconstpointer b)                                  \
  {                                                                                             \
    return compare (((const TbMarginRow *) a)->field, ((const TbMarginRow *) b)->field);        \
  }

COMPARE (calls, calls)
COMPARE (charges, money.charge.amount)
COMPARE (costs, money.cost.amount)
COMPARE (margins, money.margin.amount)
COMPARE (percents, money.percent) /* those without one come first: they only cost */
COMPARE (losses, losses)

const TbColumn tb_margin_columns[] = {
  { N_ ("Client"), 0, FALSE, format_name, compare_names },
  { N_ ("Id"), 62, FALSE, format_key, compare_keys },
  { N_ ("Calls"), 60, TRUE, format_calls, compare_calls },
  { N_ ("Charge"), 94, TRUE, format_charge, compare_charges },
  { N_ ("Cost"), 94, TRUE, format_cost, compare_costs },
  { N_ ("Margin"), 100, TRUE, format_margin, compare_margins, 0, style_of_margin },
  { N_ ("Percent"), 94, TRUE, format_percent, compare_percents, 0, style_of_margin },
  { N_ ("Below cost"), 82, TRUE, format_losses, compare_losses, 0, style_of_losses },
  { N_ ("Note"), 142, FALSE, format_note, NULL, 0, style_of_row },
};
const guint tb_margin_n_columns = G_N_ELEMENTS (tb_margin_columns);

static void
show_column (GtkColumnView *view, guint position, const char *title, gboolean visible)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (view), position);

  gtk_column_view_column_set_visible (column, visible);
  if (title != NULL)
    gtk_column_view_column_set_title (column, _ (title));
}

void
tb_margin_columns_name (GtkColumnView *view, TbMarginBy by)
{
  show_column (view, COLUMN_NAME, titles[by].name, TRUE);
  show_column (view, COLUMN_KEY, titles[by].key, titles[by].key != NULL);
  show_column (view, COLUMN_CALLS, NULL, by != TB_MARGIN_BY_CALL);
  show_column (view, COLUMN_LOSSES, NULL, by != TB_MARGIN_BY_CALL);
}

static void
append (GString *text, const char *note)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", note);
}

char *
tb_margin_row_note (const TbMarginRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_loss (row))
    append (text, _ ("Loss"));
  if (row->breach & TB_MARGIN_BREACH_MARGIN)
    {
      g_autofree char *percent = tb_format_percent (row->limit.minimum_percent);
      g_autofree char *note = g_strdup_printf (_ ("below %s"), percent);

      append (text, note);
    }
  if (row->breach & TB_MARGIN_BREACH_USAGE)
    {
      g_autofree char *usage = tb_format_amount (row->limit.usage, row->money.charge.currency);
      g_autofree char *note = g_strdup_printf (_ ("above %s"), usage);

      append (text, note);
    }
  if (row->costless > 0)
    append (text, row->costless == row->calls ? _ ("cost unknown") : _ ("costs missing"));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
