/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-client-services.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-list-page.h"
#include "tb-record-edit.h"
#include "tb-widgets.h"

static char *
describe_service (const TbService *service)
{
  GString *text = g_string_new (service->connection != NULL ? service->connection : "");

  if (service->tenant != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", service->tenant);
  if (service->extensions != NULL && service->extensions[0] != NULL)
    g_string_append_printf (text, _ (" · extensions from %s"), service->extensions[0]);
  if (service->dids != NULL && service->dids[0] != NULL)
    g_string_append_printf (text, g_dngettext (NULL, " · %u number", " · %u numbers", g_strv_length (service->dids)),
                            g_strv_length (service->dids));
  if (service->ends != TB_DAY_NONE)
    {
      g_autofree char *day = tb_format_day (service->ends);

      g_string_append_printf (text, _ (" · until %s"), day);
    }
  return g_string_free (text, FALSE);
}

static void
open_cb (GtkListBoxRow *row, TbPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.show-page", "(ss)", "services", g_object_get_data (G_OBJECT (row), "tb-item"));
}

static void
add_cb (GtkListBoxRow *row, TbPage *page)
{
  g_autoptr (JsonNode) preset = tb_form_json_new ();

  tb_form_json_set (preset, "client", json_node_init_string (json_node_alloc (), g_object_get_data (G_OBJECT (row), "tb-item")));
  tb_record_add (GTK_WIDGET (page), tb_page_get_books (page), "services", preset);
}

static void
make_active (GtkWidget *row, const char *icon, GCallback activated, TbPage *page, const char *item)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  g_object_set_data_full (G_OBJECT (row), "tb-item", g_strdup (item), g_free);
  g_signal_connect_object (row, "activated", activated, page, 0);
}

void
tb_client_services_add (GtkWidget *detail, TbPage *page, const TbClient *client)
{
  const TbSetup *setup = tb_books_get_setup (tb_page_get_books (page));
  GtkWidget *list = tb_detail_add_group (detail, _ ("Services"));
  gboolean some = FALSE;

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = g_ptr_array_index (setup->services, i);
      g_autofree char *subtitle = NULL;
      GtkWidget *row;

      if (g_strcmp0 (service->client, client->key) != 0)
        continue;
      subtitle = describe_service (service);
      row = tb_widgets_add_row (list, service->package, subtitle);
      tb_widgets_add_suffix (row, service->key, "dim-label");
      make_active (row, "go-next-symbolic", G_CALLBACK (open_cb), page, service->key);
      some = TRUE;
    }
  if (!some)
    tb_widgets_add_row (list, _ ("No services"), _ ("Calls of this client get no price"));
  make_active (tb_widgets_add_row (list, _ ("Add a Service"), NULL), "list-add-symbolic", G_CALLBACK (add_cb), page, client->key);
}
