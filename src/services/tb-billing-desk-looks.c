/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-billing-desk-private.h"
#include "tb-billing-run.h"
#include "tb-clock.h"
#include "tb-completeness.h"
#include "tb-connection-store.h"
#include "tb-invoice-store.h"
#include "tb-margin-report.h"
#include "tb-pbx.h"
#include "tb-set-aside-store.h"
#include "tb-triage.h"
#include "tb-whmcs-plan.h"

static char *
dup_month (const TbDeskLook *look)
{
  return g_strdup_printf ("%04d-%02d", look->year, look->month);
}

/* A figure to look at: to the smallest coin. */
static char *
say_money (TbMoney money)
{
  TbMoney rounded = money;

  return tb_money_to_display (tb_money_round (money, TB_ROUND_HALF_UP, &rounded, NULL) ? rounded : money);
}

/* ---- completeness ---- */

static void
add_days (TbDeskLook *look, const char *name, GPtrArray *days)
{
  guint counts[TB_DAY_UNREAD + 1] = { 0 };
  g_autoptr (GString) detail = g_string_new (NULL);

  for (guint i = 0; i < days->len; i++)
    counts[((TbDayProof *) days->pdata[i])->verdict]++;
  if (counts[TB_DAY_UNREAD] > 0)
    g_string_append_printf (detail, ngettext ("%u day was not read. ", "%u days were not read. ", counts[TB_DAY_UNREAD]), counts[TB_DAY_UNREAD]);
  if (counts[TB_DAY_SUSPECT] > 0)
    g_string_append_printf (detail, ngettext ("On %u day calls seem to be missing. ", "On %u days calls seem to be missing. ", counts[TB_DAY_SUSPECT]),
                            counts[TB_DAY_SUSPECT]);
  if (counts[TB_DAY_OPEN] > 0)
    g_string_append_printf (detail, ngettext ("Late calls may still come for %u day.", "Late calls may still come for %u days.", counts[TB_DAY_OPEN]),
                            counts[TB_DAY_OPEN]);
  if (detail->len > 0)
    tb_desk_add (look, counts[TB_DAY_UNREAD] + counts[TB_DAY_SUSPECT] > 0, g_strdup (name), g_strdup (g_strchomp (detail->str)), NULL, "connections",
                 g_strdup (name));
}

static gboolean
look_at_connection (TbDeskLook *look, const TbConnection *connection, GError **error)
{
  TbSetAsideCounts aside;
  g_autoptr (GPtrArray) days = NULL;

  if (!tb_set_aside_store_count (look->store, connection->name, &aside, error))
    return FALSE;
  if (tb_pbx_kind_is_network (connection->kind))
    {
      days = tb_completeness_list (look->store, connection->name, look->first, look->end, look->job, error);
      if (days == NULL)
        return FALSE;
      add_days (look, connection->name, days);
    }
  else
    tb_desk_add (look, FALSE, g_strdup (connection->name), g_strdup (_("Its calls come from files: whether all were imported cannot be proved here")),
                 NULL, "connections", g_strdup (connection->name));
  if (aside.records + aside.calls > 0)
    tb_desk_add (look, TRUE, g_strdup (connection->name), g_strdup (_("Set aside: records that could not be read, or invoiced calls that came again otherwise")),
                 tb_desk_count (aside.records + aside.calls), "connections", g_strdup (connection->name));
  return TRUE;
}

static int
serious_first (gconstpointer a, gconstpointer b)
{
  return (*(TbDeskFinding *const *) b)->serious - (*(TbDeskFinding *const *) a)->serious;
}

gboolean
tb_desk_look_calls (TbDeskLook *look, GError **error)
{
  guint64 counts[TB_CALL_N_STATUS], calls = 0;
  g_autofree char *number = NULL;

  if (!tb_call_store_count_statuses (look->store, look->from, look->to, NULL, counts, error))
    return FALSE;
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    calls += counts[i];
  number = tb_desk_count (calls);
  if (tb_clock_now () < look->to)
    tb_desk_add (look, TRUE, g_strdup (_("The month is not over")), g_strdup (_("More calls will come, and services run on")), NULL, NULL, NULL);
  if (calls == 0)
    tb_desk_add (look, TRUE, g_strdup (_("There are no calls of this month")), g_strdup (_("Collect them, or import a file")), NULL, "connections", NULL);
  for (guint i = 0; i < look->setup->connections->len; i++)
    if (!look_at_connection (look, look->setup->connections->pdata[i], error))
      return FALSE;
  g_ptr_array_sort (look->view->findings, serious_first);
  look->view->summary = look->view->n_serious == 0
                            ? g_strdup_printf (ngettext ("%s call, and nothing seems to be missing", "%s calls, and nothing seems to be missing", calls), number)
                            : g_strdup_printf (ngettext ("%s call, and perhaps not all of them", "%s calls, and perhaps not all of them", calls), number);
  return TRUE;
}

/* ---- without a price ---- */

static char *
format_sums (GArray *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *money = say_money (g_array_index (sums, TbMoney, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", money);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
add_group (TbDeskLook *look, const TbTriageGroup *group)
{
  g_autofree char *calls = tb_desk_count (group->calls);
  const char *cause = tb_triage_cause_to_display (group->cause);
  char *title = *group->prefix != '\0' ? g_strdup_printf ("%s: %s", group->prefix, cause) : g_strdup (cause);

  tb_desk_add (look, TRUE, title, g_strdup_printf (ngettext ("%s call", "%s calls", group->calls), calls), format_sums (group->money), "triage", NULL);
}

static void
add_held (TbDeskLook *look, const TbHeldClient *held)
{
  const TbClient *client = tb_setup_find_client (look->setup, held->client);
  g_autofree char *calls = tb_desk_count (held->calls);

  /* Translators: a client */
  tb_desk_add (look, TRUE, g_strdup_printf (_("%s is held back"), client != NULL && client->name != NULL ? client->name : held->client),
               g_strdup_printf (ngettext ("%s call has no price", "%s calls have no price", held->calls), calls), format_sums (held->money), "triage", NULL);
}

gboolean
tb_desk_look_unrated (TbDeskLook *look, GError **error)
{
  g_autoptr (TbTriage) triage = tb_triage_new (look->store, look->from, look->to, look->job, error);
  g_autofree char *calls = NULL;

  if (triage == NULL)
    return FALSE;
  calls = tb_desk_count (triage->calls);
  for (guint i = 0; i < triage->clients->len; i++)
    add_held (look, triage->clients->pdata[i]);
  for (guint i = 0; i < triage->groups->len; i++)
    {
      const TbTriageGroup *group = triage->groups->pdata[i];

      look->view->todo += group->cause == TB_CALL_UNRATED ? group->calls : 0;
      if (group->cause != TB_CALL_BLOCKED)
        add_group (look, group);
    }
  look->view->summary = triage->calls == 0 ? g_strdup (_("Every call of the month has its price, or needs none"))
                                           : g_strdup_printf (ngettext ("%s call has no price", "%s calls have no price", triage->calls), calls);
  return TRUE;
}

/* ---- margin ---- */

static void
add_margin (TbDeskLook *look, const TbMarginRow *row)
{
  g_autofree char *lost = say_money (row->lost), *losses = tb_desk_count ((guint64) row->losses);
  gboolean below = tb_margin_sum_get_sign (&row->sum) < 0;
  const char *name = row->name != NULL && *row->name != '\0' ? row->name : row->key;

  if (!below && row->breach == TB_MARGIN_BREACH_NONE && row->losses == 0)
    return;
  tb_desk_add (look, below || row->breach != TB_MARGIN_BREACH_NONE, g_strdup (name),
               row->losses > 0 ? g_strdup_printf (ngettext ("%s call sold below cost, %s lost", "%s calls sold below cost, %s lost", (gulong) row->losses), losses, lost)
                               : g_strdup (_("Not within its limits")),
               say_money (row->money.margin), "margin", dup_month (look));
}

gboolean
tb_desk_look_margin (TbDeskLook *look, GError **error)
{
  const TbMarginQuery query = { .from = look->from, .to = look->to, .by = TB_MARGIN_BY_CLIENT };
  g_autoptr (GError) problem = NULL;
  g_autoptr (TbMarginReport) report = tb_margin_report_new (look->store, &query, look->job, &problem);
  g_autofree char *margin = NULL;

  if (report == NULL)
    {
      if (tb_job_is_cancelled (look->job, error))
        return FALSE;
      /* An exchange rate that is missing is a finding, and no reason to stop here. */
      tb_desk_add (look, TRUE, g_strdup (_("The margin cannot be told")), g_strdup (problem->message), NULL, "margin", dup_month (look));
      look->view->summary = g_strdup (_("The margin cannot be told"));
      return TRUE;
    }
  margin = say_money (report->total->money.margin);
  for (guint i = 0; i < report->rows->len; i++)
    add_margin (look, report->rows->pdata[i]);
  g_ptr_array_sort (look->view->findings, serious_first);
  look->view->summary = look->view->n_serious == 0 ? g_strdup_printf (_("A margin of %s, and no client below its limits"), margin)
                                                   : g_strdup_printf (_("A margin of %s, but not with every client"), margin);
  return TRUE;
}

/* ---- drafts ---- */

static void
add_bill (TbDeskLook *look, const TbBillRow *row)
{
  g_autofree char *now = say_money ((TbMoney){ row->now, row->currency }), *before = say_money ((TbMoney){ row->before, row->currency });
  TbDeskFinding *finding;
  char *detail;

  if (row->is_new)
    detail = g_strdup_printf (_("New: %s, nothing last month"), now);
  else if (row->is_gone)
    detail = g_strdup_printf (_("Gone: %s last month, nothing now"), before);
  else
    detail = g_strdup_printf (_("%s, last month %s"), now, before);
  finding = tb_desk_add (look, FALSE, g_strdup (row->name != NULL ? row->name : row->client), detail,
                         say_money ((TbMoney){ row->difference, row->currency }), row->draft != 0 ? "invoices" : "clients",
                         row->draft != 0 ? g_strdup_printf ("%u", row->draft) : g_strdup (row->client));
  finding->draft = row->draft;
  finding->outlier = row->outlier;
}

/* What the run would do now: drafts that are not there, or not as they would be. */
static gboolean
check_drafts (TbDeskLook *look, GError **error)
{
  g_autoptr (TbBillingRun) run = tb_billing_run (look->store, look->year, look->month, NULL, TB_BILLING_DRY_RUN, look->job, error);

  if (run == NULL)
    return FALSE;
  look->view->todo = run->created + run->replaced;
  if (run->created > 0)
    tb_desk_add (look, TRUE, g_strdup (_("Drafts are not made yet")), NULL, tb_desk_count (run->created), NULL, NULL);
  if (run->replaced > 0)
    tb_desk_add (look, TRUE, g_strdup (_("Drafts are not as they would be now")), g_strdup (_("Calls, prices or services changed since they were made")),
                 tb_desk_count (run->replaced), NULL, NULL);
  for (guint i = 0; i < run->held->len; i++)
    {
      const TbBillingHold *hold = run->held->pdata[i];
      const TbClient *client = tb_setup_find_client (look->setup, hold->client);

      tb_desk_add (look, TRUE, g_strdup_printf (_("%s is held back"), client != NULL && client->name != NULL ? client->name : hold->client),
                   tb_billing_hold_describe (hold), hold->estimate.currency != TB_CURRENCY_NONE ? say_money (hold->estimate) : NULL, "triage", NULL);
    }
  return TRUE;
}

gboolean
tb_desk_look_drafts (TbDeskLook *look, GError **error)
{
  g_autoptr (GPtrArray) bills = tb_desk_compare (look->store, look->year, look->month, error);
  guint outliers = 0, before = 0;

  if (bills == NULL || !check_drafts (look, error))
    return FALSE;
  for (guint i = 0; i < bills->len; i++)
    {
      add_bill (look, bills->pdata[i]);
      outliers += ((TbBillRow *) bills->pdata[i])->outlier;
      before += ((TbBillRow *) bills->pdata[i])->bills_before;
    }
  if (look->view->todo > 0)
    look->view->summary = g_strdup (_("Drafts are to be made"));
  else if (before == 0)
    look->view->summary = g_strdup (_("There are no bills of last month to compare with"));
  else
    look->view->summary = outliers == 0 ? g_strdup (_("Every bill is much like last month’s"))
                                        : g_strdup_printf (ngettext ("%u bill is unlike last month’s", "%u bills are unlike last month’s", outliers), outliers);
  return TRUE;
}

gboolean
tb_desk_look_approve (TbDeskLook *look, GError **error)
{
  g_autoptr (GPtrArray) bills = tb_desk_compare (look->store, look->year, look->month, error);

  for (guint i = 0; bills != NULL && i < bills->len; i++)
    {
      const TbBillRow *row = bills->pdata[i];

      look->view->todo += row->drafts;
      if (row->drafts > 0)
        add_bill (look, row);
    }
  look->view->summary = look->view->todo == 0 ? g_strdup (_("No draft of this month waits"))
                                              : g_strdup_printf (ngettext ("%u draft waits to be approved", "%u drafts wait to be approved", look->view->todo),
                                                                 (guint) look->view->todo);
  return bills != NULL;
}

/* ---- out of the house ---- */

static void
add_document (TbDeskLook *look, const TbInvoice *invoice)
{
  const TbClient *client = tb_setup_find_client (look->setup, invoice->client);
  const char *name = invoice->buyer != NULL && invoice->buyer->name != NULL ? invoice->buyer->name : client != NULL ? client->name : NULL;

  tb_desk_add (look, FALSE, g_strdup (invoice->number), g_strdup (name != NULL ? name : invoice->client),
               say_money ((TbMoney){ invoice->total, invoice->currency }), "invoices", g_strdup (invoice->number));
}

gboolean
tb_desk_look_paper (TbDeskLook *look, GError **error)
{
  g_autoptr (GPtrArray) all = tb_invoice_store_list (look->store, NULL, error);

  look->view->documents = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const TbInvoice *invoice = all->pdata[i];

      if (invoice->year != look->year || invoice->month != look->month || invoice->state != TB_INVOICE_APPROVED)
        continue;
      g_array_append_val (look->view->documents, invoice->id);
      add_document (look, invoice);
    }
  look->view->todo = look->view->documents->len;
  look->view->summary = g_strdup_printf (ngettext ("%u approved document", "%u approved documents", look->view->todo), (guint) look->view->todo);
  return all != NULL;
}

static void
add_posting (TbDeskLook *look, const TbWhmcsPlanItem *item)
{
  g_autofree char *what = tb_posting_describe (item->posting);

  tb_desk_add (look, item->blocked != NULL, g_strdup (what), g_strdup (item->blocked != NULL ? item->blocked : item->name),
               item->posting->amount.currency != TB_CURRENCY_NONE ? say_money (item->posting->amount) : NULL, "whmcs",
               g_strdup (item->blocked != NULL ? "trouble" : "to-go"));
}

gboolean
tb_desk_look_post (TbDeskLook *look, GError **error)
{
  g_autoptr (TbWhmcsPlan) plan = NULL;

  look->view->active = look->setup->whmcs != NULL && look->setup->whmcs->url != NULL;
  if (!look->view->active)
    {
      look->view->summary = g_strdup (_("These books do not post to WHMCS"));
      look->view->why = "";
      return TRUE;
    }
  plan = tb_whmcs_plan_new (look->store, NULL, error);
  if (plan == NULL)
    return FALSE;
  for (guint i = 0; i < plan->items->len; i++)
    add_posting (look, plan->items->pdata[i]);
  look->view->todo = plan->items->len - plan->n_blocked;
  g_ptr_array_sort (look->view->findings, serious_first);
  look->view->summary = look->view->todo == 0 ? g_strdup (_("Nothing waits for the next push"))
                                              : g_strdup_printf (ngettext ("%u posting goes with the next push", "%u postings go with the next push",
                                                                           look->view->todo), (guint) look->view->todo);
  return TRUE;
}
