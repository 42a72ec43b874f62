/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-steps.h"

#include <glib/gi18n.h>

#include "tb-list-page.h"
#include "tb-widgets.h"

typedef struct
{
  const char *title, *text, *page; /* page NULL = it is done here: by its noun, "company" is edited and others are added */
  const char *noun;
  gboolean (*is_done) (const TbSetup *setup);
} Step;

static gboolean
has_company (const TbSetup *setup)
{
  return setup->company != NULL && setup->company->currency != TB_CURRENCY_NONE;
}

static gboolean
has_tax (const TbSetup *setup)
{
  return setup->taxes->len > 0;
}

static gboolean
has_connection (const TbSetup *setup)
{
  return setup->connections->len > 0;
}

static gboolean
has_tariff (const TbSetup *setup)
{
  return setup->tariffs->len > 0;
}

static gboolean
has_package (const TbSetup *setup)
{
  return setup->packages->len > 0;
}

static gboolean
has_client (const TbSetup *setup)
{
  return setup->clients->len > 0;
}

static gboolean
has_service (const TbSetup *setup)
{
  return setup->services->len > 0;
}

static const Step steps[] = {
  { N_ ("Company"), N_ ("Its name, currency and time zone"), NULL, "company", has_company },
  { N_ ("Tax"), N_ ("What is added to the bills, when anything is"), NULL, "taxes", has_tax },
  { N_ ("Connection"), N_ ("Where calls come from"), "connections", NULL, has_connection },
  { N_ ("Tariff"), N_ ("What calls cost, from a rate deck"), "tariffs", NULL, has_tariff },
  { N_ ("Package"), N_ ("What you sell: a tariff, a markup, a fee"), "packages", NULL, has_package },
  { N_ ("Client"), N_ ("Who buys"), "clients", NULL, has_client },
  { N_ ("Service"), N_ ("Which calls are whose, and by which package they are priced"), "services", NULL, has_service },
};

static void
follow_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  const Step *step = g_object_get_data (G_OBJECT (row), "tb-step");

  if (step->page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (list), "win.show-page", "(ss)", step->page, "");
  else if (g_str_equal (step->noun, "company"))
    gtk_widget_activate_action (GTK_WIDGET (list), "record.edit", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (list), "setup.add", "s", step->noun);
}

static gboolean
is_complete (const TbSetup *setup)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!steps[i].is_done (setup) && steps[i].is_done != has_tax)
      return FALSE;
  return TRUE;
}

void
tb_setup_steps_add (GtkWidget *detail, const TbSetup *setup)
{
  GtkWidget *list;

  if (is_complete (setup))
    return;
  list = tb_detail_add_group (detail, _ ("To the First Invoice"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gboolean done = steps[i].is_done (setup);
      GtkWidget *row = tb_widgets_add_row (list, _ (steps[i].title), done ? _ ("Done") : _ (steps[i].text));

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (done ? "object-select-symbolic" : "radio-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_object_set_data (G_OBJECT (row), "tb-step", (gpointer) &steps[i]);
    }
  g_signal_connect (list, "row-activated", G_CALLBACK (follow_cb), NULL);
}
