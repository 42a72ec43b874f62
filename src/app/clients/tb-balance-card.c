/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balance-card.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-list-page.h"
#include "tb-newest-lines.h"
#include "tb-widgets.h"

typedef struct
{
  TbBalanceStatement *statement;
  TbZone *zone;
} Shown;

static const struct
{
  const char *word, *title, *css_class;
} states[] = {
  [TB_BALANCE_OK] = { NULL, NULL, "success" },
  [TB_BALANCE_LOW] = { N_ ("low"), N_ ("Low since %s"), "warning" },
  [TB_BALANCE_EMPTY] = { N_ ("empty"), N_ ("Empty since %s"), "error" },
};

char *
tb_balance_card_format (const TbClientBalance *balance)
{
  g_autofree char *amount = NULL;

  if (balance == NULL)
    return g_strdup ("");
  amount = tb_format_amount (balance->balance, balance->currency);
  return states[balance->state].word != NULL ? g_strdup_printf ("%s · %s", amount, _ (states[balance->state].word)) : g_steal_pointer (&amount);
}

/* ---- what is left ---- */

static GtkWidget *
make_button (GCallback book, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Top Up…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", book, data);
  return button;
}

static void
add_left (GtkWidget *list, const TbClientBalance *balance)
{
  g_autofree char *amount = tb_format_amount (balance->balance, balance->currency);
  g_autofree char *used = tb_format_amount (balance->charges, balance->currency);
  g_autofree char *number = balance->low_balance != TB_DECIMAL_NONE
                                ? tb_decimal_format (balance->low_balance, TB_RATE_SCALE, tb_currency_get_minor_units (balance->currency))
                                : NULL;
  g_autofree char *low = number != NULL ? g_strdup_printf ("%s %s", number, tb_currency_to_string (balance->currency)) : NULL;
  GtkWidget *row = tb_widgets_add_row (list, _ ("Left"), NULL);

  tb_widgets_add_suffix (row, amount, states[balance->state].css_class);
  g_object_set_data (G_OBJECT (list), "tb-left", row);
  tb_widgets_add_value (list, _ ("Used and not billed yet"), used);
  tb_widgets_add_value (list, _ ("Low balance"), low);
}

GtkWidget *
tb_balance_card_add (GtkWidget *detail, const TbClientBalance *balance, GCallback book, gpointer data)
{
  GtkWidget *list = tb_detail_add_group (detail, _ ("Balance"));
  GtkWidget *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  GtkWidget *statement = tb_detail_add_group (detail, _ ("Statement"));
  GtkWidget *button = make_button (book, data);

  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
  tb_widgets_name_controls (button);
  add_left (list, balance);
  g_object_set_data (G_OBJECT (statement), "tb-left", g_object_get_data (G_OBJECT (list), "tb-left"));
  return statement;
}

/* ---- the statement ---- */

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  tb_balance_statement_free (shown->statement);
  tb_zone_unref (shown->zone);
  g_free (shown);
}

static char *
describe (const TbBalanceLine *line, TbZone *zone)
{
  g_autofree char *time = line->is_use ? tb_format_day (tb_zone_day_at (zone, line->time)) : tb_format_time (line->time, zone);
  g_autofree char *calls = line->is_use ? tb_format_number (line->calls) : NULL;
  GString *text = g_string_new (time);

  if (line->is_use)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, g_dngettext (NULL, "%s call", "%s calls", (gulong) line->calls), calls);
    }
  if (line->reference != NULL)
    g_string_append_printf (text, " · %s", line->reference);
  if (line->note != NULL)
    g_string_append_printf (text, " · %s", line->note);
  return g_string_free (text, FALSE);
}

static void
add_line (GtkWidget *list, gpointer data, guint i)
{
  const Shown *shown = data;
  const TbBalanceLine *line = shown->statement->lines->pdata[i];
  g_autofree char *subtitle = describe (line, shown->zone);
  g_autofree char *amount = tb_format_amount (line->amount, shown->statement->currency);
  g_autofree char *balance = tb_format_amount (line->balance, shown->statement->currency);
  GtkWidget *row = tb_widgets_add_row (list, line->is_use ? _ ("Calls") : tb_balance_entry_kind_to_display (line->kind), subtitle);

  tb_widgets_add_suffix (row, amount, line->amount > 0 ? "success" : NULL);
  tb_widgets_add_suffix (row, balance, "dim-label");
}

void
tb_balance_card_show (GtkWidget *list, TbBalanceStatement *statement, TbZone *zone)
{
  GtkWidget *left = g_object_get_data (G_OBJECT (list), "tb-left");
  Shown *shown = g_new (Shown, 1);

  *shown = (Shown){ statement, tb_zone_ref (zone) };
  tb_newest_lines_show (list, statement->lines->len, add_line, shown, shown_free);
  if (statement->lines->len == 0)
    tb_widgets_add_row (list, _ ("Nothing paid and nothing used yet"), NULL);
  if (states[statement->state].title != NULL && statement->since != TB_TIME_NONE)
    {
      g_autofree char *time = tb_format_time (statement->since, zone);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *since = g_strdup_printf (_ (states[statement->state].title), time);
#pragma GCC diagnostic pop

      adw_action_row_set_subtitle (ADW_ACTION_ROW (left), since);
    }
}
