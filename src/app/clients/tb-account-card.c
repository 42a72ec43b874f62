/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-account-card.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-list-page.h"
#include "tb-newest-lines.h"
#include "tb-widgets.h"

/* So many open invoices are named; all of them are on the page Invoices. */
#define ITEMS_SHOWN 12

/* ---- reading ---- */

void
tb_account_facts_free (TbAccountFacts *self)
{
  if (self == NULL)
    return;
  tb_statement_of_account_free (self->statement);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  tb_account_free (self->account);
  g_free (self);
}

TbAccountFacts *
tb_account_facts_read (TbStore *store, const char *client, GError **error)
{
  TbAccountFacts *self = g_new0 (TbAccountFacts, 1);
  TbPaymentFilter its = { .client = client };

  self->account = tb_payments_read_account (store, client, TB_CURRENCY_NONE, error);
  its.currency = self->account != NULL ? self->account->currency : TB_CURRENCY_NONE;
  self->payments = self->account != NULL ? tb_payment_store_list (store, &its, error) : NULL;
  self->statement = self->payments != NULL ? tb_account_make_statement (self->account, self->payments, TB_DAY_NONE, TB_DAY_NONE, error) : NULL;
  if (self->statement == NULL)
    g_clear_pointer (&self, tb_account_facts_free);
  return self;
}

/* ---- what is open ---- */

GtkWidget *
tb_account_card_add (GtkWidget *detail, GCallback record, gpointer data)
{
  GtkWidget *list = tb_detail_add_group (detail, _ ("Account"));
  GtkWidget *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Record Payment…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", record, data);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
  tb_widgets_name_controls (button);
  g_object_set_data (G_OBJECT (list), "tb-statement", tb_detail_add_group (detail, _ ("Statement of Account")));
  return list;
}

static char *
describe_due (const TbOpenItem *item, TbDay today)
{
  g_autofree char *due = tb_format_day (item->due);
  guint days = item->due != TB_DAY_NONE && today > item->due ? (guint) (today - item->due) : 0;

  if (days == 0)
    /* Translators: %s is a day */
    return g_strdup_printf (_ ("Due %s"), due);
  return g_strdup_printf (g_dngettext (NULL, "Due %s · %u day overdue", "Due %s · %u days overdue", days), due, days);
}

static void
add_item (GtkWidget *list, const TbAccount *account, const TbOpenItem *item, TbDay today, void (*link) (GtkWidget *row, guint32 invoice_id))
{
  g_autofree char *open = tb_format_amount (item->open, account->currency);
  g_autofree char *due = describe_due (item, today);
  g_autofree char *subtitle = item->state == TB_PAYMENT_OPEN ? g_strdup (due)
                                                                    : g_strdup_printf ("%s · %s", due, tb_payment_state_to_display (item->state));
  GtkWidget *row = tb_widgets_add_row (list, item->number, subtitle);

  tb_widgets_add_suffix (row, open, tb_open_item_get_age (item, today) > 0 ? "error" : NULL);
  link (row, item->id);
}

static void
add_items (GtkWidget *list, const TbAccount *account, TbDay today, void (*link) (GtkWidget *row, guint32 invoice_id))
{
  g_autofree char *owed = tb_format_amount (account->open, account->currency), *credit = tb_format_amount (account->credit, account->currency);
  guint n = 0;

  tb_widgets_add_value (list, _ ("Open"), owed);
  if (account->credit > 0)
    tb_widgets_add_value (list, _ ("Credit on account"), credit);
  for (guint i = 0; i < account->items->len; i++)
    {
      const TbOpenItem *item = account->items->pdata[i];

      if (item->open > 0 && n++ < ITEMS_SHOWN)
        add_item (list, account, item, today, link);
    }
  if (n > ITEMS_SHOWN)
    {
      guint more = n - ITEMS_SHOWN;
      g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u later one", "%u later ones", more), more);

      tb_widgets_add_row (list, text, NULL);
    }
}

/* ---- the statement ---- */

static const char *
name_line (const TbStatementLine *line)
{
  switch (line->kind)
    {
    case TB_STATEMENT_PAYMENT:
      return tb_payment_kind_to_display (line->payment->kind);
    case TB_STATEMENT_CREDIT:
      return _ ("Credit applied at WHMCS");
    case TB_STATEMENT_WAIVED:
      return _ ("Not asked for any more");
    default:
      return line->number;
    }
}

static char *
describe_line (const TbStatementLine *line)
{
  const TbPayment *payment = line->payment;
  g_autofree char *day = tb_format_day (line->day);
  const char *parts[4] = { day, NULL };
  guint n = 1;

  if (payment == NULL && line->kind >= TB_STATEMENT_CREDIT)
    parts[n++] = line->number;
  if (payment != NULL && payment->method != NULL)
    parts[n++] = payment->method;
  if (payment != NULL && payment->reference != NULL)
    parts[n++] = payment->reference;
  parts[MIN (n, G_N_ELEMENTS (parts) - 1)] = NULL;
  return g_strjoinv (" · ", (char **) parts);
}

static void
add_line (GtkWidget *list, gpointer data, guint i)
{
  const TbStatementOfAccount *statement = ((TbAccountFacts *) data)->statement;
  const TbStatementLine *line = statement->lines->pdata[i];
  g_autofree char *subtitle = describe_line (line), *amount = tb_format_amount (line->amount, statement->currency);
  g_autofree char *balance = tb_format_amount (line->balance, statement->currency);
  GtkWidget *row = tb_widgets_add_row (list, name_line (line), subtitle);

  tb_widgets_add_suffix (row, amount, line->amount < 0 ? "success" : NULL);
  tb_widgets_add_suffix (row, balance, "dim-label");
}

void
tb_account_card_show (GtkWidget *list, TbAccountFacts *facts, TbDay today, void (*link) (GtkWidget *row, guint32 invoice_id))
{
  GtkWidget *statement = g_object_get_data (G_OBJECT (list), "tb-statement");

  tb_widgets_clear (list);
  add_items (list, facts->account, today, link);
  tb_newest_lines_show (statement, facts->statement->lines->len, add_line, facts, (GDestroyNotify) tb_account_facts_free);
  if (facts->statement->lines->len == 0)
    tb_widgets_add_row (statement, _ ("Nothing invoiced and nothing paid yet"), NULL);
}
