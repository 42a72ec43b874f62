/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-demo.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-balances.h"
#include "tb-billing-run.h"
#include "tb-cdr-import.h"
#include "tb-demo-calls.h"
#include "tb-error.h"
#include "tb-pbx.h"
#include "tb-rating-run.h"
#include "tb-services-resources.h"
#include "tb-setup-file.h"
#include "tb-setup-store.h"
#include "tb-sync-run-store.h"

#define FOLDER "resource:///io/github/tollbook/Tollbook/demo"

/* How the two PBXs hand over their calls. */
static const struct
{
  const char *connection, *format, *source;
  char *(*write) (GArray *calls, TbZone *zone);
} exports[] = {
  { "kitchener", "fusionpbx", "xml_cdr_2026-10.csv", tb_demo_calls_to_fusionpbx },
  { "halifax", "asterisk", "Master.csv", tb_demo_calls_to_asterisk },
};

/* Asking for the resource is what links it into the program. */
static TbSetup *
read_company (GError **error)
{
  G_GNUC_UNUSED GResource *resource = tb_services_get_resource ();
  g_autoptr (GFile) file = g_file_new_for_uri (FOLDER "/company.json");
  g_autofree char *json = NULL;
  gsize len;

  if (g_file_load_contents (file, NULL, &json, &len, NULL, error))
    return tb_setup_file_parse (json, (gssize) len, FOLDER, error);
  tb_error_convert (error, TB_ERROR_FAILED);
  return NULL;
}

/* What a full disk left of the last line of a file. */
#define CUT_OFF "\"4417\",\"19025550142\",\"902555\"\n"

/* The run that collected the month, at its very end: calls of its last days may still come. */
static TbSyncRun *
begin_run (TbStore *store, const TbConnection *connection, TbZone *zone, GError **error)
{
  TbDay next_month = tb_day_add_months (tb_day_from_ymd (TB_DEMO_YEAR, TB_DEMO_MONTH, 1), 1, 1);
  g_autoptr (TbSyncRun) run = tb_sync_run_new (connection->name, tb_zone_to_utc (zone, next_month, 0, FALSE));

  run->from = tb_zone_to_utc (zone, connection->since, 0, FALSE);
  run->to = run->from;
  return tb_sync_run_store_begin (store, run, error) ? g_steal_pointer (&run) : NULL;
}

static gboolean
end_run (TbStore *store, TbSyncRun *run, const TbImportCounts *counts, GError **error)
{
  run->to = run->began;
  run->ended = run->began + 40;
  run->windows = run->pages = 1;
  run->counts = *counts;
  run->outcome = TB_SYNC_DONE;
  return tb_sync_run_store_end (store, run, error);
}

/* The calls go the way of any other file, from bytes on. */
static gboolean
import_calls (TbStore *store, const TbSetup *setup, guint i, TbJob *job, GError **error)
{
  const TbConnection *connection = tb_setup_find_connection (setup, exports[i].connection);
  g_autoptr (TbZone) company_zone = tb_zone_new (setup->company->time_zone, error);
  g_autoptr (TbZone) zone = company_zone != NULL ? tb_zone_new (connection->time_zone, error) : NULL;
  gboolean network = tb_pbx_kind_is_network (connection->kind);
  TbCallReaderOptions options = { .format = exports[i].format, .zone = zone };
  TbCdrSource source = { .name = exports[i].source };
  g_autoptr (TbSyncRun) run = NULL;
  g_autoptr (GArray) calls = NULL;
  g_autofree char *written = NULL, *text = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (TbCallReader) reader = NULL;
  g_autoptr (TbCdrImport) import = NULL;

  if (zone == NULL || (network && (run = begin_run (store, connection, company_zone, error)) == NULL))
    return FALSE;
  source.cursor = network ? run->began : 0;
  calls = tb_demo_calls_new (setup, connection->name, company_zone);
  written = exports[i].write (calls, zone);
  text = g_strconcat (written, network ? NULL : CUT_OFF, NULL);
  stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  reader = tb_call_reader_new (stream, &options, NULL, error);
  if (reader != NULL)
    import = tb_cdr_import_from_reader (store, reader, connection->name, &source, NULL, (goffset) strlen (text), job, error);
  return import != NULL && (!network || end_run (store, run, &import->counts, error));
}

static gboolean
is_empty (TbStore *store, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  if (setup == NULL)
    return FALSE;
  if (setup->company == NULL && setup->clients->len + setup->tariffs->len + setup->connections->len == 0)
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_CONFLICT, _("These books hold a company already. The demo needs books of its own."));
  return FALSE;
}

/* What clients paid in advance: two have enough, one comes to the threshold, one talks on when nothing is left. */
static const struct
{
  const char *client;
  int day, hour; /* of the month, in the company's zone */
  gint64 amount; /* dollars */
  const char *reference, *note;
} payments[] = {
  { "C1006", 1, 9, 50, "ETR-20261001-0417", "Interac e-Transfer" },
  { "C1013", 1, 10, 40, "CHQ-1182", "Cheque" },
  { "C1017", 2, 14, 50, "ETR-20261002-0033", "Interac e-Transfer" },
  { "C1025", 1, 11, 25, "VISA-7F31A", NULL },
  { "C1013", 19, 15, 10, "ETR-20261019-0871", "Interac e-Transfer" },
  { "C1017", 20, 9, 25, "ETR-20261020-0102", "Interac e-Transfer" },
};

static gboolean
book_payments (TbStore *store, const TbSetup *setup, GError **error)
{
  g_autoptr (TbZone) zone = tb_zone_new (setup->company->time_zone, error);

  for (guint i = 0; zone != NULL && i < G_N_ELEMENTS (payments); i++)
    {
      TbDay day = tb_day_from_ymd (TB_DEMO_YEAR, TB_DEMO_MONTH, payments[i].day);
      const TbBalanceOrder order = { TB_ENTRY_TOP_UP, payments[i].amount * TB_AMOUNT_ONE, tb_zone_to_utc (zone, day, payments[i].hour * 3600, FALSE),
                                     payments[i].reference, payments[i].note };
      g_autoptr (TbClientBalance) balance = tb_balances_book (store, payments[i].client, &order, error);

      if (balance == NULL)
        return FALSE;
    }
  return zone != NULL;
}

static gboolean
rate_and_bill (TbStore *store, TbJob *job, GError **error)
{
  TbRatingCounts counts = { 0 };
  g_autoptr (TbBillingRun) run = NULL;

  tb_job_report (job, -1, _("Rating the calls"));
  if (!tb_rating_run (store, 0, 0, FALSE, &counts, job, error))
    return FALSE;
  tb_rating_counts_clear (&counts);
  tb_job_report (job, -1, _("Making the invoices"));
  run = tb_billing_run (store, TB_DEMO_YEAR, TB_DEMO_MONTH, NULL, 0, job, error);
  return run != NULL;
}

gboolean
tb_demo_fill (TbStore *store, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = NULL;

  if (!is_empty (store, error))
    return FALSE;
  tb_job_report (job, -1, _("Setting up the company"));
  setup = read_company (error);
  if (setup == NULL || !tb_store_set_setting (store, "demo", "1", error) || !tb_setup_store_apply (store, setup, FALSE, NULL, job, error))
    return FALSE;
  tb_job_report (job, -1, _("Collecting the calls"));
  for (guint i = 0; i < G_N_ELEMENTS (exports); i++)
    if (!import_calls (store, setup, i, job, error))
      return FALSE;
  return book_payments (store, setup, error) && rate_and_bill (store, job, error);
}
