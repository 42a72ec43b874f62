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

static char *
format_service (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->service);
}

static char *
format_tenant (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->call.tenant);
}

static char *
format_direction (gconstpointer value, gpointer page)
{
  const char *word = tb_direction_to_string (((const TbCallRow *) value)->call.direction);

  return *word != '\0' ? tb_where_field_word_to_display (TB_WHERE_FIELD_DIRECTION, word) : NULL;
}

static char *
format_ring (gconstpointer value, gpointer page)
{
  gint32 ring = ((const TbCallRow *) value)->call.ring;

  return ring >= 0 ? tb_format_seconds (ring) : NULL;
}

static char *
format_invoice (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->invoice);
}

static char *
format_package (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->package);
}

static char *
format_rated_number (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->rated.number);
}

static char *
format_cause (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbCallRow *) value)->call.cause);
}

enum { COLUMN_COST = 6, COLUMN_MARGIN = 7 };

const TbColumn tb_calls_columns[] = {
  { N_ ("Start"), 148, FALSE, format_start, NULL, TB_CALLS_BY_START + 1 },
  { N_ ("Client"), 108, FALSE, format_client, NULL, TB_CALLS_BY_CLIENT + 1 },
  { N_ ("From"), 104, FALSE, format_caller, NULL, TB_CALLS_BY_CALLER + 1 },
  { N_ ("To"), 122, FALSE, format_callee, NULL, TB_CALLS_BY_CALLEE + 1 },
  { N_ ("Duration"), 72, TRUE, format_duration, NULL, TB_CALLS_BY_SECONDS + 1 },
  { N_ ("Charge"), 94, TRUE, format_charge, NULL, TB_CALLS_BY_CHARGE + 1 },
  [COLUMN_COST] = { N_ ("Cost"), 80, TRUE, format_cost, NULL, TB_CALLS_BY_COST + 1 },
  [COLUMN_MARGIN] = { N_ ("Margin"), 92, TRUE, format_margin, NULL, TB_CALLS_BY_MARGIN + 1, style_of_margin },
  { N_ ("Status"), 94, FALSE, format_status, NULL, TB_CALLS_BY_STATUS + 1 },
  { N_ ("Destination"), 0, FALSE, format_destination, NULL, TB_CALLS_BY_DESTINATION + 1 },
  { N_ ("Billed"), 60, TRUE, format_billed, NULL, TB_CALLS_BY_BILLED + 1 },
  { N_ ("Service"), 108, FALSE, format_service, NULL, TB_CALLS_BY_SERVICE + 1 },
  { N_ ("Tenant"), 130, FALSE, format_tenant, NULL, TB_CALLS_BY_TENANT + 1 },
  { N_ ("Direction"), 84, FALSE, format_direction, NULL, TB_CALLS_BY_DIRECTION + 1 },
  { N_ ("Ringing"), 72, TRUE, format_ring, NULL, TB_CALLS_BY_RING + 1 },
  { N_ ("Invoice"), 120, FALSE, format_invoice, NULL, TB_CALLS_BY_INVOICE + 1 },
  { N_ ("Package"), 108, FALSE, format_package },
  { N_ ("Rated number"), 122, FALSE, format_rated_number },
  { N_ ("Hang-up cause"), 130, FALSE, format_cause },
};
const guint tb_calls_n_columns = G_N_ELEMENTS (tb_calls_columns);

const char *const tb_calls_column_ids[] = { "start",       "client", "from",    "to",     "seconds",   "charge", "cost",    "margin",  "status",
                                            "destination", "billed", "service", "tenant", "direction", "ring",   "invoice", "package", "rated-number", "cause", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (tb_calls_column_ids) == G_N_ELEMENTS (tb_calls_columns) + 1);

static void
name_column (GtkColumnViewColumn *column, const char *title, const char *currency)
{
  g_autofree char *text = *currency != '\0' ? g_strdup_printf ("%s %s", title, currency) : g_strdup (title);

  gtk_column_view_column_set_title (column, text);
}

void
tb_calls_columns_name (GtkColumnViewColumn *const *columns, TbCurrency currency)
{
  name_column (columns[COLUMN_COST], _ ("Cost"), tb_currency_to_string (currency));
  name_column (columns[COLUMN_MARGIN], _ ("Margin"), tb_currency_to_string (currency));
}
