/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-columns.h"

#include <glib/gi18n.h>

#include "tb-call-store.h"
#include "tb-format.h"
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

static char *
format_status (gconstpointer value, gpointer page)
{
  return g_strdup (tb_call_status_to_display (((const TbCallRow *) value)->rated.status));
}

const TbColumn tb_calls_columns[] = {
  { N_ ("Start"), 158, FALSE, format_start, NULL, TB_CALLS_BY_START + 1 },
  { N_ ("Client"), 140, FALSE, format_client },
  { N_ ("From"), 105, FALSE, format_caller },
  { N_ ("To"), 136, FALSE, format_callee, NULL, TB_CALLS_BY_CALLEE + 1 },
  { N_ ("Duration"), 80, TRUE, format_duration, NULL, TB_CALLS_BY_SECONDS + 1 },
  { N_ ("Billed"), 66, TRUE, format_billed },
  { N_ ("Charge"), 104, TRUE, format_charge, NULL, TB_CALLS_BY_CHARGE + 1 },
  { N_ ("Status"), 104, FALSE, format_status },
  { N_ ("Destination"), 0, FALSE, format_destination },
};
const guint tb_calls_n_columns = G_N_ELEMENTS (tb_calls_columns);
