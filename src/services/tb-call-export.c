/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-export.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "tb-error.h"
#include "tb-margin-report.h"
#include "tb-setup-store.h"
#include "tb-sheet.h"

typedef struct
{
  const TbSetup *setup;
  TbZone *zone;
  const char *currency; /* the company's */
} Context;

typedef struct
{
  const char *name, *title, *second_title; /* some take two columns */
  void (*add) (TbSheet *sheet, const TbCallRow *row, const Context *context);
} Column;

/* ---- cells ---- */

static void
add_count (TbSheet *sheet, gint64 n)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, n);
  tb_sheet_add_number (sheet, text);
}

static void
add_amount (TbSheet *sheet, TbAmount amount, TbCurrency currency)
{
  char text[40];

  if (currency != TB_CURRENCY_NONE)
    tb_decimal_format_to (amount, TB_AMOUNT_SCALE, tb_currency_get_minor_units (currency), text);
  tb_sheet_add_number (sheet, currency != TB_CURRENCY_NONE ? text : NULL);
}

static void
add_start (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  int year, month, day;

  tb_day_to_ymd (tb_zone_day_at (context->zone, row->call.start), &year, &month, &day);
  tb_sheet_add_time (sheet, year, month, day, tb_zone_second_of_day_at (context->zone, row->call.start));
}

static void
add_client (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->client);
  tb_sheet_add_text (sheet, row->client_name);
}

static void
add_from (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, *row->call.caller != '\0' ? row->call.caller : row->call.extension);
}

static void
add_to (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->call.callee);
}

static void
add_seconds (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  add_count (sheet, row->call.seconds);
}

static void
add_charge (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  add_amount (sheet, row->rated.charge, row->rated.currency);
  tb_sheet_add_text (sheet, tb_currency_to_string (row->rated.currency));
}

static void
add_cost (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  add_amount (sheet, row->rated.cost, row->rated.cost_currency);
  tb_sheet_add_text (sheet, tb_currency_to_string (row->rated.cost_currency));
}

/* A margin of a call whose cost is not known would be a guess. */
static void
add_margin (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  TbMargin margin;
  gboolean known = row->rated.cost_currency != TB_CURRENCY_NONE && tb_margin_of_call (context->setup, context->zone, &row->call, &row->rated, &margin);

  add_amount (sheet, known ? margin.margin.amount : 0, known ? margin.margin.currency : TB_CURRENCY_NONE);
  tb_sheet_add_text (sheet, known ? context->currency : "");
}

static void
add_status (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, tb_call_status_to_display (row->rated.status));
}

static void
add_destination (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->description);
}

static void
add_billed (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  add_count (sheet, row->rated.billed);
}

static void
add_service (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->service);
}

static void
add_tenant (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->call.tenant);
}

static void
add_direction (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  g_autofree char *word = tb_where_field_word_to_display (TB_WHERE_FIELD_DIRECTION, tb_direction_to_string (row->call.direction));

  tb_sheet_add_text (sheet, word);
}

static void
add_ring (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  if (row->call.ring >= 0)
    add_count (sheet, row->call.ring);
  else
    tb_sheet_add_number (sheet, NULL);
}

static void
add_invoice (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->invoice);
}

static void
add_package (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->package);
}

static void
add_rated_number (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->rated.number);
}

static void
add_cause (TbSheet *sheet, const TbCallRow *row, const Context *context)
{
  tb_sheet_add_text (sheet, row->call.cause);
}

static const Column columns[] = {
  { "start", N_("Start"), NULL, add_start },
  { "client", N_("Client"), N_("Client’s name"), add_client },
  { "from", N_("From"), NULL, add_from },
  { "to", N_("To"), NULL, add_to },
  { "seconds", N_("Seconds"), NULL, add_seconds },
  { "charge", N_("Charge"), N_("Currency"), add_charge },
  { "cost", N_("Cost"), N_("Cost currency"), add_cost },
  { "margin", N_("Margin"), N_("Margin currency"), add_margin },
  { "status", N_("Status"), NULL, add_status },
  { "destination", N_("Destination"), NULL, add_destination },
  { "billed", N_("Billed seconds"), NULL, add_billed },
  { "service", N_("Service"), NULL, add_service },
  { "tenant", N_("Tenant"), NULL, add_tenant },
  { "direction", N_("Direction"), NULL, add_direction },
  { "ring", N_("Ringing seconds"), NULL, add_ring },
  { "invoice", N_("Invoice"), NULL, add_invoice },
  { "package", N_("Package"), NULL, add_package },
  { "rated-number", N_("Rated number"), NULL, add_rated_number },
  { "cause", N_("Hang-up cause"), NULL, add_cause },
};

const char *const *
tb_call_export_list_columns (void)
{
  static const char *names[G_N_ELEMENTS (columns) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    names[i] = columns[i].name;
  return names;
}

/* ---- the run ---- */

typedef struct
{
  TbCallRows *rows;
  GPtrArray *columns; /* of Column */
  Context context;
  TbSheet *sheet;
  TbJob *job;
  guint64 n;
} Run;

static gboolean
write_rows (const TbCallsFound *found, gpointer data, GError **error)
{
  Run *run = data;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < found->n; i++)
    {
      const TbCallRow *row = tb_call_rows_get (run->rows, found->ids[i], error);

      if (row == NULL || (i % 256 == 0 && tb_job_is_cancelled (run->job, error)))
        return FALSE;
      for (guint k = 0; k < run->columns->len; k++)
        ((const Column *) run->columns->pdata[k])->add (run->sheet, row, &run->context);
      if (!tb_sheet_end_row (run->sheet, error))
        return FALSE;
    }
  run->n += found->n;
  text = g_strdup_printf (_("%" PRIu64 " calls"), run->n);
  tb_job_report (run->job, found->fraction, text);
  return TRUE;
}

static GPtrArray *
find_columns (const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (; *names != NULL; names++)
    {
      guint at = 0;

      while (at < G_N_ELEMENTS (columns) && strcmp (columns[at].name, *names) != 0)
        at++;
      if (at == G_N_ELEMENTS (columns))
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("There is no column “%s” of calls."), *names);
          return NULL;
        }
      g_ptr_array_add (found, (gpointer) &columns[at]);
    }
  return g_steal_pointer (&found);
}

static const char **
titles_of (GPtrArray *chosen)
{
  GPtrArray *titles = g_ptr_array_new ();

  for (guint i = 0; i < chosen->len; i++)
    {
      const Column *column = chosen->pdata[i];

      g_ptr_array_add (titles, (gpointer) _(column->title));
      if (column->second_title != NULL)
        g_ptr_array_add (titles, (gpointer) _(column->second_title));
    }
  g_ptr_array_add (titles, NULL);
  return (const char **) g_ptr_array_free (titles, FALSE);
}

gboolean
tb_call_export_run (TbStore *store, const TbCallExport *what, const char *path, TbJob *job, guint64 *ret_n, GError **error)
{
  const TbCallFilter filter = { .where = what->where };
  g_autoptr (GPtrArray) chosen = find_columns (what->columns, error);
  g_autoptr (TbSetup) setup = chosen == NULL ? NULL : tb_setup_store_load_money (store, error);
  g_autoptr (TbZone) zone = setup != NULL && setup->company != NULL && setup->company->time_zone != NULL ? tb_zone_new (setup->company->time_zone, NULL) : NULL;
  g_autoptr (TbCallRows) rows = setup == NULL ? NULL : tb_call_rows_new (store, error);
  g_autofree const char **titles = rows == NULL ? NULL : titles_of (chosen);
  g_autoptr (TbSheet) sheet = titles == NULL ? NULL : tb_sheet_new (path, titles, error);
  Run run = { rows, chosen, { setup, zone, NULL }, sheet, job };

  if (sheet == NULL)
    return FALSE;
  if (zone == NULL)
    run.context.zone = zone = tb_zone_new_utc ();
  run.context.currency = tb_currency_to_string (tb_setup_get_currency (setup));
  if (!tb_call_store_find_all (store, &filter, what->order, what->descending, write_rows, &run, error) || !tb_sheet_finish (sheet, error))
    return FALSE;
  *ret_n = run.n;
  return TRUE;
}
