/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-columns.h"

#include <glib/gi18n.h>

#include "tb-call-store.h"
#include "tb-format.h"
#include "tb-margin-report.h"
#include "tb-page.h"

/* As many as most packages round a call to, so that the points stand below each other. */
#define CHARGE_DECIMALS 4

static char *
format_start (gconstpointer value, gpointer page)
{
  const TbCallRow *row = value;

  return tb_format_time (row->call.start, tb_books_get_zone (tb_page_get_books (page)));
}

static char *
format_client (gconstpointer value, gpointer page)
{
  const TbCallRow *row = value;

  return g_strdup (row->client_name != NULL ? row->client_name : row->client);
}

static char *
format_caller (gconstpointer value, gpointer page)
{
  const TbCallRow *row = value;

  return g_strdup (*row->call.caller != '\0' ? row->call.caller : row->call.extension);
}

static char *
format_callee (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->call.callee);
}

static char *
format_destination (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->description);
}

static char *
format_duration (gconstpointer value, gpointer page)
{
  return tb_format_seconds (((const TbCallRow *) value)->call.seconds);
}

static char *
format_billed (gconstpointer value, gpointer page)
{
  const TbCallRow *row = value;

  return row->rated.billed > 0 ? tb_format_seconds (row->rated.billed) : NULL;
}

static char *
format_charge (gconstpointer value, gpointer page)
{
  const TbRatedCall *rated = &((const TbCallRow *) value)->rated;
  g_autofree char *amount = tb_decimal_format (rated->charge, TB_AMOUNT_SCALE, CHARGE_DECIMALS);

  return rated->currency != TB_CURRENCY_NONE ? g_strdup_printf ("%s %s", amount, tb_currency_to_string (rated->currency)) : NULL;
}

/* Cost and margin are in the company's currency, which their titles say. A margin of a call whose cost is not known would be a guess. */
static gboolean
margin_of (const TbCallRow *row, gpointer page, TbMargin *ret)
{
  TbBooks *books = tb_page_get_books (page);

  return row->rated.cost_currency != TB_CURRENCY_NONE
         && tb_margin_of_call (tb_books_get_setup (books), tb_books_get_zone (books), &row->call, &row->rated, ret);
}

/* To the decimals of charges: what was exchanged has more than anybody reads. */
static char *
format_exchanged (TbAmount amount)
{
  TbAmount rounded = amount;
  char plain[40];

  tb_round_amount (amount, (TbRounding){ TB_ROUND_HALF_UP, CHARGE_DECIMALS }, &rounded, NULL);
  tb_decimal_format_to (rounded != 0 ? rounded : amount, TB_AMOUNT_SCALE, CHARGE_DECIMALS, plain);
  return *plain == '-' ? g_strconcat ("−", plain + 1, NULL) : g_strdup (plain);
}

static char *
format_cost (gconstpointer value, gpointer page)
{
  TbMargin margin;

  return margin_of (value, page, &margin) ? format_exchanged (margin.cost.amount) : NULL;
}

static char *
format_margin (gconstpointer value, gpointer page)
{
  TbMargin margin;

  return margin_of (value, page, &margin) ? format_exchanged (margin.margin.amount) : NULL;
}

static const char *
style_of_margin (gconstpointer value, gpointer page)
{
  TbMargin margin;

  return margin_of (value, page, &margin) && margin.margin.amount < 0 ? "error" : NULL;
}

static char *
format_status (gconstpointer value, gpointer page)
{
  return g_strdup (tb_call_status_to_display (((const TbCallRow *) value)->rated.status));
}

enum { COLUMN_COST = 6, COLUMN_MARGIN = 7 };

const TbColumn tb_calls_columns[] = {
  { N_ ("Start"), 148, FALSE, format_start, NULL, TB_CALLS_BY_START + 1 },
  { N_ ("Client"), 108, FALSE, format_client },
  { N_ ("From"), 104, FALSE, format_caller },
  { N_ ("To"), 122, FALSE, format_callee, NULL, TB_CALLS_BY_CALLEE + 1 },
  { N_ ("Duration"), 72, TRUE, format_duration, NULL, TB_CALLS_BY_SECONDS + 1 },
  { N_ ("Charge"), 94, TRUE, format_charge, NULL, TB_CALLS_BY_CHARGE + 1 },
  [COLUMN_COST] = { N_ ("Cost"), 80, TRUE, format_cost },
  [COLUMN_MARGIN] = { N_ ("Margin"), 92, TRUE, format_margin, NULL, 0, style_of_margin },
  { N_ ("Status"), 94, FALSE, format_status },
  { N_ ("Destination"), 0, FALSE, format_destination },
  { N_ ("Billed"), 60, TRUE, format_billed },
};
const guint tb_calls_n_columns = G_N_ELEMENTS (tb_calls_columns);

static void
name_column (GtkColumnView *view, guint position, const char *title, const char *currency)
{
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (view), position);
  g_autofree char *text = *currency != '\0' ? g_strdup_printf ("%s %s", title, currency) : g_strdup (title);

  gtk_column_view_column_set_title (column, text);
}

void
tb_calls_columns_name (GtkColumnView *view, TbCurrency currency)
{
  name_column (view, COLUMN_COST, _ ("Cost"), tb_currency_to_string (currency));
  name_column (view, COLUMN_MARGIN, _ ("Margin"), tb_currency_to_string (currency));
}
