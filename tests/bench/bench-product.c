/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "bench-clock.h"
#include "bench-data.h"
#include "tb-billing-run.h"
#include "tb-cdr-import.h"
#include "tb-rating-run.h"
#include "tb-setup-store.h"

/* bench-product setup BOOKS [PREFIXES] | import BOOKS FILE | rate BOOKS | again BOOKS | totals BOOKS [CLIENT] | bill BOOKS: one step of a
 * month's work through the services that tollbookctl and the workstation use. One process a step, so that its memory is its own. */

typedef gboolean (*Step) (TbStore *store, const char *argument, guint64 *ret_n, GError **error);

static gboolean
set_up (TbStore *store, const char *argument, guint64 *ret_n, GError **error)
{
  g_autoptr (GArray) deck = bench_deck_new (argument != NULL ? (guint) atoi (argument) : 50000);
  g_autoptr (TbSetup) setup = bench_setup_new (deck);

  *ret_n = deck->len;
  return tb_setup_store_apply (store, setup, FALSE, NULL, NULL, error);
}

/* What came in new; a file that was imported before gives 0. */
static gboolean
import_file (TbStore *store, const char *argument, guint64 *ret_n, GError **error)
{
  g_autoptr (TbCdrImport) import = tb_cdr_import_run (store, argument, BENCH_CONNECTION, NULL, NULL, NULL, NULL, error);

  if (import == NULL)
    return FALSE;
  if (import->counts.rejected > 0 || import->counts.changed > 0)
    {
      const TbReject *first = import->rejects->len > 0 ? import->rejects->pdata[0] : NULL;

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%" G_GUINT64_FORMAT " rejected, %" G_GUINT64_FORMAT " changed: %s", import->counts.rejected,
                   import->counts.changed, first != NULL ? first->reason : "");
      return FALSE;
    }
  *ret_n = import->counts.added;
  return TRUE;
}

static gboolean
rate (TbStore *store, gboolean again, guint64 *ret_n, GError **error)
{
  TbRatingCounts counts;

  if (!tb_rating_run (store, 0, 0, again, &counts, NULL, error))
    return FALSE;
  *ret_n = counts.statuses[TB_CALL_RATED] + counts.statuses[TB_CALL_INCLUDED];
  tb_rating_counts_clear (&counts);
  return TRUE;
}

static gboolean
rate_new (TbStore *store, const char *argument, guint64 *ret_n, GError **error)
{
  return rate (store, FALSE, ret_n, error);
}

static gboolean
rate_again (TbStore *store, const char *argument, guint64 *ret_n, GError **error)
{
  return rate (store, TRUE, ret_n, error);
}

static gboolean
bill_with (TbStore *store, const char *client, TbBillingFlags flags, guint64 *ret_n, GError **error)
{
  g_autoptr (TbBillingRun) run = tb_billing_run (store, BENCH_YEAR, BENCH_MONTH, client, flags, NULL, error);

  if (run == NULL)
    return FALSE;
  *ret_n = run->invoices->len;
  return TRUE;
}

static gboolean
bill (TbStore *store, const char *argument, guint64 *ret_n, GError **error)
{
  return bill_with (store, NULL, TB_BILLING_INCOMPLETE, ret_n, error);
}

/* All that a bill run finds out, and nothing written: of every client, or of the one that is named. */
static gboolean
add_up (TbStore *store, const char *argument, guint64 *ret_n, GError **error)
{
  return bill_with (store, argument, TB_BILLING_DRY_RUN, ret_n, error);
}

static const struct { const char *name; Step step; } steps[] = {
  { "setup", set_up }, { "import", import_file }, { "rate", rate_new }, { "again", rate_again }, { "bill", bill },
  { "totals", add_up },
};

static gboolean
run_step (Step step, const char *path, const char *argument, guint64 *ret_n, GError **error)
{
  g_autoptr (TbStore) store = step == set_up ? tb_store_create (path, error) : tb_store_open (path, TB_DB_READ_WRITE | TB_DB_BULK, error);

  return store != NULL && step (store, argument, ret_n, error);
}

int
main (int argc, char **argv)
{
  double since = bench_wall ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; argc >= 3 && i < G_N_ELEMENTS (steps); i++)
    if (strcmp (argv[1], steps[i].name) == 0)
      {
        guint64 n = 0;

        if (!run_step (steps[i].step, argv[2], argv[3], &n, &error))
          {
            fprintf (stderr, "%s: %s\n", argv[1], error->message);
            return 1;
          }
        bench_report (argv[1], since, n);
        return 0;
      }
  fprintf (stderr, "usage: %s setup|import|rate|again|bill|totals BOOKS [ARGUMENT]\n", argv[0]);
  return 2;
}
