/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-page.h"

#include <glib/gi18n.h>

#include "tb-record-actions.h"
#include "tb-record-detail.h"
#include "tb-record-edit.h"
#include "tb-record-history.h"
#include "tb-setup-steps.h"
#include "tb-widgets.h"

struct _TbSetupPage
{
  TbListPage parent_instance;

  GtkWidget *detail;
};

G_DEFINE_FINAL_TYPE (TbSetupPage, tb_setup_page, TB_TYPE_LIST_PAGE)

typedef struct
{
  const char *noun;
  char *name; /* NULL for the company and the filters */
  char *key;  /* "taxes/HST" */
  char *text; /* in the list */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->key);
  g_free (row->text);
  g_free (row);
}

/* ---- the list ---- */

static char *
format_kind (gconstpointer value, gpointer page)
{
  return g_strdup (_ (tb_form_table_find (((const Row *) value)->noun)->title));
}

static char *
format_text (gconstpointer value, gpointer page)
{
  return g_strdup (((const Row *) value)->text);
}

static int
compare_kinds (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = format_kind (a, NULL), *y = format_kind (b, NULL);

  return g_utf8_collate (x, y);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (((const Row *) a)->text, ((const Row *) b)->text);
}

static const TbColumn columns[] = {
  { N_ ("Kind"), 104, FALSE, format_kind, compare_kinds },
  { N_ ("Name"), 0, FALSE, format_text, compare_texts },
};

static const char *
get_key (gconstpointer value)
{
  return ((const Row *) value)->key;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  g_autofree char *kind = format_kind (value, NULL);

  return tb_list_page_text_matches (((const Row *) value)->text, folded) || tb_list_page_text_matches (kind, folded);
}

/* ---- the chosen one ---- */

static gboolean
get_chosen (TbListPage *page, const char **ret_noun, const char **ret_name)
{
  const Row *row = tb_list_page_get_selected (page);

  if (row == NULL)
    return FALSE;
  *ret_noun = row->noun;
  *ret_name = row->name;
  return TRUE;
}

static void
activate (TbListPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "record.edit", NULL);
}

static void
show (TbListPage *page, gpointer value)
{
  TbSetupPage *self = TB_SETUP_PAGE (page);
  TbBooks *books = tb_page_get_books (TB_PAGE (page));
  const Row *row = value;

  tb_detail_clear (self->detail);
  tb_record_actions_update (page);
  if (row == NULL)
    return;
  if (g_str_equal (row->noun, "company"))
    tb_setup_steps_add (self->detail, tb_books_get_setup (books));
  tb_detail_add_title (self->detail, row->text, row->name != NULL ? _ (tb_form_table_find (row->noun)->title) : NULL);
  tb_record_actions_add_buttons (self->detail);
  tb_record_detail_add (self->detail, books, row->noun, row->name);
  tb_record_history_add (self->detail, books, row->noun, row->name);
}

/* ---- loading ---- */

static void
add_row (GPtrArray *rows, const char *noun, const char *name, const char *text)
{
  Row *row = g_new (Row, 1);

  *row = (Row){ noun, g_strdup (name), g_strconcat (noun, "/", name, NULL), g_strdup (text) };
  g_ptr_array_add (rows, row);
}

static void
add_currencies (GPtrArray *rows, const TbSetup *setup)
{
  TbCurrency last = TB_CURRENCY_NONE;

  for (guint i = 0; i < setup->exchange_rates->len; i++)
    {
      TbCurrency currency = g_array_index (setup->exchange_rates, TbExchangeRate, i).currency;

      if (currency != last)
        add_row (rows, "currencies", tb_currency_to_string (currency), tb_currency_to_string (currency));
      last = currency;
    }
}

static void
load (TbPage *page)
{
  const TbSetup *setup = tb_books_get_setup (tb_page_get_books (page));
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  add_row (rows, "company", NULL, setup->company != NULL ? setup->company->name : _ ("Your company"));
  add_currencies (rows, setup);
  for (guint i = 0; i < setup->taxes->len; i++)
    add_row (rows, "taxes", ((TbTax *) setup->taxes->pdata[i])->name, ((TbTax *) setup->taxes->pdata[i])->name);
  for (guint i = 0; i < setup->providers->len; i++)
    add_row (rows, "providers", ((TbProvider *) setup->providers->pdata[i])->name, ((TbProvider *) setup->providers->pdata[i])->name);
  add_row (rows, "filters", NULL, _ ("Filters of all packages"));
  tb_list_page_take (TB_LIST_PAGE (page), rows, row_free);
}

/* ---- adding ---- */

static void
add_noun_cb (GtkWidget *widget, const char *action, GVariant *noun)
{
  tb_record_add (widget, tb_page_get_books (TB_PAGE (widget)), g_variant_get_string (noun, NULL), NULL);
}

static void
add_adding (TbSetupPage *self)
{
  static const char *const nouns[] = { "taxes", "currencies", "providers" };
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      g_autofree char *action = g_strdup_printf ("setup.add('%s')", nouns[i]);

      g_menu_append (menu, _ (tb_form_table_find (nouns[i])->title), action);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Add"));
  tb_list_page_add_tool (TB_LIST_PAGE (self), button);
}

static void
tb_setup_page_class_init (TbSetupPageClass *klass)
{
  TB_PAGE_CLASS (klass)->load = load;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->show = show;
  TB_LIST_PAGE_CLASS (klass)->activate = activate;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup.add", "s", add_noun_cb);
}

static void
tb_setup_page_init (TbSetupPage *self)
{
  GtkWidget *scroller = tb_detail_new (&self->detail);

  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Set-up"), columns, G_N_ELEMENTS (columns), scroller, 340, "tb-setup-symbolic", _ ("Nothing Set Up"),
                       _ ("Begin with the company"));
  add_adding (self);
  tb_record_actions_install_chosen (TB_LIST_PAGE (self), get_chosen);
}
