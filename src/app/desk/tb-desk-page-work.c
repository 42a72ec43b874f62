/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-desk-page-private.h"

#include <glib/gi18n.h>

#include "tb-billing-run.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-invoice-approval.h"
#include "tb-invoice-output.h"
#include "tb-rating-run.h"
#include "tb-whmcs-send.h"

/* ---- the work of the steps ---- */

static void
counts_free (gpointer counts)
{
  tb_rating_counts_clear (counts);
  g_free (counts);
}

static void
rated (GtkWidget *widget, gpointer result)
{
  const TbRatingCounts *counts = result;
  g_autofree char *number = tb_format_number ((gint64) counts->rated), *sums = tb_format_sums (counts->charges);
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%s call rated, %s", "%s calls rated, %s", (gulong) counts->rated), number, sums);

  tb_dialogs_toast (widget, text);
  tb_desk_page_set_busy (TB_DESK_PAGE (widget), FALSE);
  counts_free (result);
}

static void
rate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_desk_page_work (data, _ ("Rate calls"), TRUE, tb_desk_work_rate, tb_desk_page_new_order (data), counts_free, rated);
}

static void
drafted (GtkWidget *widget, gpointer result)
{
  g_autoptr (TbBillingRun) run = result;
  g_autofree char *text = g_strdup_printf (_ ("Drafts: %u new, %u made again, %u unchanged; %u approved before"), run->created, run->replaced,
                                           run->unchanged, run->approved_before);

  tb_dialogs_toast (widget, text);
  tb_desk_page_set_busy (TB_DESK_PAGE (widget), FALSE);
}

static void
draft (TbDeskPage *self, gboolean anyway)
{
  TbDeskOrder *order = tb_desk_page_new_order (self);

  order->anyway = anyway;
  tb_desk_page_work (self, _ ("Make drafts"), TRUE, tb_desk_work_draft, order, (GDestroyNotify) tb_billing_run_free, drafted);
}

static void
make_drafts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  draft (data, FALSE);
}

static void
anyway_confirmed (gpointer data)
{
  draft (data, TRUE);
}

static void
bill_anyway_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_dialogs_confirm (data, _ ("Bill Held Clients Too?"), _ ("Their bills lack the calls without a price. What they come to is on a later bill, once they have one."),
                      _ ("_Bill"), FALSE, anyway_confirmed, g_object_ref (data), g_object_unref);
}

/* ---- approval ---- */

static void
approving_cb (GtkWidget *widget, gboolean approving)
{
  tb_desk_page_set_busy (TB_DESK_PAGE (widget), approving);
}

static void
approve (TbDeskPage *self, GArray *ids, guint n)
{
  TbDeskOrder *order = tb_desk_page_new_order (self);

  tb_invoice_approval_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), order->year, order->month, ids, n, approving_cb);
  tb_desk_order_free (order);
}

static void
approve_all_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  approve (data, NULL, (guint) tb_desk_page_get_view (data)->todo);
}

static void
approve_chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GArray) chosen = tb_desk_page_list_chosen (data);

  approve (data, chosen, chosen->len);
}

/* ---- paper and WHMCS ---- */

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_invoice_output_print (data, tb_page_get_books (data), tb_desk_page_get_view (data)->documents);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_invoice_output_save (data, tb_page_get_books (data), tb_desk_page_get_view (data)->documents);
}

static void
sending_cb (GtkWidget *widget, gboolean sending)
{
  tb_desk_page_set_busy (TB_DESK_PAGE (widget), sending);
}

static void
push_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbDeskPage *self = data;

  tb_whmcs_send_run (data, tb_page_get_books (data), tb_desk_page_get_view (self)->summary, sending_cb);
}

static const GActionEntry entries[] = {
  { "rate", rate_cb }, { "make-drafts", make_drafts_cb }, { "bill-anyway", bill_anyway_cb }, { "approve-all", approve_all_cb },
  { "approve-chosen", approve_chosen_cb }, { "print", print_cb }, { "save", save_cb }, { "push", push_cb },
};

void
tb_desk_page_install_work (TbDeskPage *self, GActionMap *actions)
{
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
}
