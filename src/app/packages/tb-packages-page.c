/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-packages-page.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-package-text.h"
#include "tb-record-actions.h"
#include "tb-record-history.h"
#include "tb-widgets.h"

struct _TbPackagesPage
{
  TbListPage parent_instance;

  GtkWidget *detail;
};

G_DEFINE_FINAL_TYPE (TbPackagesPage, tb_packages_page, TB_TYPE_LIST_PAGE)

static char *
format_name (gconstpointer value, gpointer page)
{
  return g_strdup (((const TbPackage *) value)->name);
}

static char *
format_mode (gconstpointer value, gpointer page)
{
  return g_strdup (tb_package_mode_text (((const TbPackage *) value)->mode));
}

static char *
format_fee (gconstpointer value, gpointer page)
{
  return tb_decimal_format (((const TbPackage *) value)->fee, TB_RATE_SCALE, 2);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (((const TbPackage *) a)->name, ((const TbPackage *) b)->name);
}

static int
compare_fees (gconstpointer a, gconstpointer b)
{
  const TbPackage *x = a, *y = b;

  return (x->fee > y->fee) - (x->fee < y->fee);
}

static const TbColumn columns[] = {
  { N_ ("Package"), 0, FALSE, format_name, compare_names },
  { N_ ("Paid"), 96, FALSE, format_mode },
  { N_ ("Fee"), 72, TRUE, format_fee, compare_fees },
};

static const char *
get_key (gconstpointer value)
{
  return ((const TbPackage *) value)->name;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbPackage *package = value;

  return tb_list_page_text_matches (package->name, folded) || tb_list_page_text_matches (package->tariff, folded);
}

static void
add_taken (GtkWidget *list, const char *title, char *value)
{
  g_autofree char *taken = value;

  tb_widgets_add_value (list, title, taken);
}

static void
add_price (TbPackagesPage *self, const TbPackage *package)
{
  GtkWidget *list = tb_detail_add_group (self->detail, _ ("Price"));

  tb_widgets_add_value (list, _ ("Paid"), tb_package_mode_text (package->mode));
  add_taken (list, _ ("Fee"), tb_package_dup_fee (package));
  tb_widgets_add_value (list, _ ("Tariff"), package->tariff);
  add_taken (list, _ ("Markup"), tb_format_percent (package->markup));
  if (package->surcharge > 0)
    add_taken (list, _ ("Surcharge a minute"), tb_format_rate (package->surcharge));
  if (package->flat_rate != NULL)
    add_taken (list, _ ("One rate for all calls"), tb_format_rate (package->flat_rate->rate));
  add_taken (list, _ ("Connection fee"), tb_format_rate (package->connect_fee));
  add_taken (list, _ ("Increment"), tb_format_increment (package->initial, package->next));
  if (package->minimum >= 0)
    add_taken (list, _ ("Shortest call billed"), tb_format_seconds (package->minimum));
  if (package->grace >= 0)
    add_taken (list, _ ("Free when shorter than"), tb_format_seconds (package->grace));
  add_taken (list, _ ("Rounding of each call"), tb_package_dup_rounding (package));
  if (package->bill_inbound)
    tb_widgets_add_value (list, _ ("Inbound calls"), _ ("Billed"));
  if (package->bill_internal)
    tb_widgets_add_value (list, _ ("Internal calls"), _ ("Billed"));
}

static void
add_included (TbPackagesPage *self, const TbPackage *package)
{
  GtkWidget *list;

  if (package->included == NULL || package->included->len == 0)
    return;
  list = tb_detail_add_group (self->detail, _ ("Included"));
  for (guint i = 0; i < package->included->len; i++)
    {
      const TbAllowance *allowance = g_ptr_array_index (package->included, i);
      g_autofree char *minutes = tb_package_dup_allowance (allowance);
      g_autofree char *scope = tb_package_dup_scope (allowance);
      GtkWidget *row = tb_widgets_add_row (list, allowance->name, scope);

      tb_widgets_add_suffix (row, minutes, NULL);
    }
}

static void
add_rates (TbPackagesPage *self, const TbPackage *package)
{
  GtkWidget *list;

  if (package->custom_rates == NULL || package->custom_rates->len == 0)
    return;
  list = tb_detail_add_group (self->detail, _ ("Own Rates"));
  for (guint i = 0; i < package->custom_rates->len && i < 200; i++)
    {
      const TbRate *rate = g_ptr_array_index (package->custom_rates, i);
      g_autofree char *price = tb_format_rate (rate->rate);
      GtkWidget *row = tb_widgets_add_row (list, rate->prefix, rate->description);

      tb_widgets_add_suffix (row, rate->enabled ? price : _ ("Blocked"), NULL);
    }
}

static void
add_tiers (TbPackagesPage *self, const TbPackage *package)
{
  GtkWidget *list;

  if (package->tier_kind == TB_TIERS_NONE || package->tiers == NULL || package->tiers->len == 0)
    return;
  list = tb_detail_add_group (self->detail, package->tier_basis == TB_TIERS_BY_MINUTES ? _ ("Rate by Minutes") : _ ("Rate by Amount"));
  for (guint i = 0; i < package->tiers->len; i++)
    {
      const TbTier *tier = &g_array_index (package->tiers, TbTier, i);
      g_autofree char *number = tb_decimal_format (tier->from, TB_RATE_SCALE, 0);
      g_autofree char *from = g_strdup_printf (_ ("From %s on"), number);

      add_taken (list, from, tb_format_rate (tier->rate));
    }
}

static void
add_plan (TbPackagesPage *self, const TbPackage *package)
{
  const TbNumberPlan *plan = &package->number_plan;
  GtkWidget *list;

  if (plan->country == NULL && plan->country_code == NULL)
    return;
  list = tb_detail_add_group (self->detail, _ ("How Numbers Are Dialled"));
  tb_widgets_add_value (list, _ ("Country"), plan->country);
  tb_widgets_add_value (list, _ ("Country code"), plan->country_code);
  if (plan->exit_codes != NULL)
    add_taken (list, _ ("International prefix"), g_strjoinv (", ", plan->exit_codes));
  tb_widgets_add_value (list, _ ("Trunk prefix"), plan->trunk_prefix);
  tb_widgets_add_value (list, _ ("Area code"), plan->area_code);
  if (plan->nanp)
    tb_widgets_add_value (list, _ ("Ten digits"), _ ("Get a 1 before them"));
}

static void
add_filters (TbPackagesPage *self, const TbPackage *package)
{
  GtkWidget *list;

  if (package->filters == NULL || package->filters->len == 0)
    return;
  list = tb_detail_add_group (self->detail, _ ("Calls Not Billed"));
  for (guint i = 0; i < package->filters->len; i++)
    {
      const TbFilter *filter = g_ptr_array_index (package->filters, i);
      GtkWidget *row = tb_widgets_add_row (list, filter->pattern, filter->connection);

      tb_widgets_add_suffix (row, filter->action == TB_FILTER_SUPPRESS ? _ ("Hidden") : _ ("Shown, not billed"), "dim-label");
    }
}

static void
show (TbListPage *page, gpointer value)
{
  TbPackagesPage *self = TB_PACKAGES_PAGE (page);
  const TbPackage *package = value;
  const TbSetup *setup;
  g_autofree char *subtitle = NULL;
  guint users = 0;

  tb_detail_clear (self->detail);
  tb_record_actions_update (page);
  if (package == NULL)
    return;
  setup = tb_books_get_setup (tb_page_get_books (TB_PAGE (page)));
  for (guint i = 0; i < setup->services->len; i++)
    users += g_strcmp0 (((TbService *) g_ptr_array_index (setup->services, i))->package, package->name) == 0;
  subtitle = g_strdup_printf (g_dngettext (NULL, "%u service uses it", "%u services use it", users), users);

  tb_detail_add_title (self->detail, package->name, subtitle);
  tb_record_actions_add_buttons (self->detail);
  add_price (self, package);
  add_included (self, package);
  add_tiers (self, package);
  add_rates (self, package);
  add_filters (self, package);
  add_plan (self, package);
  tb_record_history_add (self->detail, tb_page_get_books (TB_PAGE (page)), "packages", package->name);
}

static gboolean
get_chosen (TbListPage *page, const char **ret_noun, const char **ret_name)
{
  const TbPackage *package = tb_list_page_get_selected (page);

  *ret_noun = "packages";
  if (package == NULL)
    return FALSE;
  *ret_name = package->name;
  return TRUE;
}

static void
activate (TbListPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "record.edit", NULL);
}

static void
load (TbPage *page)
{
  const TbSetup *setup = tb_books_get_setup (tb_page_get_books (page));
  g_autoptr (GPtrArray) packages = g_ptr_array_new ();

  for (guint i = 0; i < setup->packages->len; i++)
    g_ptr_array_add (packages, tb_package_copy (g_ptr_array_index (setup->packages, i)));
  tb_list_page_take (TB_LIST_PAGE (page), packages, (GDestroyNotify) tb_package_free);
}

static void
tb_packages_page_class_init (TbPackagesPageClass *klass)
{
  TB_PAGE_CLASS (klass)->load = load;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->show = show;
  TB_LIST_PAGE_CLASS (klass)->activate = activate;
}

static void
tb_packages_page_init (TbPackagesPage *self)
{
  GtkWidget *scroller = tb_detail_new (&self->detail);

  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Packages"), columns, G_N_ELEMENTS (columns), scroller, 340, "tb-packages-symbolic",
                       _ ("No Packages"), _ ("Packages come with a set-up file, or one by one"));
  tb_record_actions_install (TB_LIST_PAGE (self), "packages", get_chosen);
}
