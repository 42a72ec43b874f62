/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-services-page.h"

#include <glib/gi18n.h>

#include "tb-record-actions.h"
#include "tb-record-detail.h"
#include "tb-record-history.h"
#include "tb-widgets.h"

struct _TbServicesPage
{
  TbListPage parent_instance;

  GtkWidget *detail;
};

G_DEFINE_FINAL_TYPE (TbServicesPage, tb_services_page, TB_TYPE_LIST_PAGE)

typedef struct
{
  TbService *service;
  char *client; /* its name */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  tb_service_free (row->service);
  g_free (row->client);
  g_free (row);
}

/* ---- the list ---- */

static char *
format_key (gconstpointer value, gpointer page)
{
  return g_strdup (((const Row *) value)->service->key);
}

static char *
format_client (gconstpointer value, gpointer page)
{
  return g_strdup (((const Row *) value)->client);
}

static char *
format_package (gconstpointer value, gpointer page)
{
  return g_strdup (((const Row *) value)->service->package);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const Row *) a)->service->key, ((const Row *) b)->service->key);
}

static int
compare_clients (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (((const Row *) a)->client, ((const Row *) b)->client);
}

static int
compare_packages (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (((const Row *) a)->service->package, ((const Row *) b)->service->package);
}

static const TbColumn columns[] = {
  { N_ ("Service"), 80, FALSE, format_key, compare_keys },
  { N_ ("Client"), 0, FALSE, format_client, compare_clients },
  { N_ ("Package"), 140, FALSE, format_package, compare_packages },
};

static const char *
get_key (gconstpointer value)
{
  return ((const Row *) value)->service->key;
}

static gboolean
any_matches (char **texts, const char *folded)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    if (tb_list_page_text_matches (texts[i], folded))
      return TRUE;
  return FALSE;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const Row *row = value;
  const TbService *service = row->service;

  return tb_list_page_text_matches (service->key, folded) || tb_list_page_text_matches (row->client, folded)
         || tb_list_page_text_matches (service->package, folded) || tb_list_page_text_matches (service->tenant, folded)
         || any_matches (service->dids, folded) || any_matches (service->extensions, folded);
}

/* ---- the chosen one ---- */

static gboolean
get_chosen (TbListPage *page, const char **ret_noun, const char **ret_name)
{
  const Row *row = tb_list_page_get_selected (page);

  *ret_noun = "services";
  if (row == NULL)
    return FALSE;
  *ret_name = row->service->key;
  return TRUE;
}

static void
activate (TbListPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "record.edit", NULL);
}

static void
follow_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (list), "win.show-page", "(ss)", g_object_get_data (G_OBJECT (row), "tb-page"),
                              g_object_get_data (G_OBJECT (row), "tb-item"));
}

static void
add_link (GtkWidget *list, const char *title, const char *text, const char *page, const char *item)
{
  GtkWidget *row = tb_widgets_add_row (list, title, text);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "tb-page", (gpointer) page);
  g_object_set_data_full (G_OBJECT (row), "tb-item", g_strdup (item), g_free);
}

static void
add_links (TbServicesPage *self, const Row *row)
{
  GtkWidget *list = tb_detail_add_group (self->detail, _ ("Its Own"));

  add_link (list, _ ("Client"), row->client, "clients", row->service->client);
  add_link (list, _ ("Package"), row->service->package, "packages", row->service->package);
  g_signal_connect (list, "row-activated", G_CALLBACK (follow_cb), NULL);
}

static void
show (TbListPage *page, gpointer value)
{
  TbServicesPage *self = TB_SERVICES_PAGE (page);
  const Row *row = value;

  tb_detail_clear (self->detail);
  tb_record_actions_update (page);
  if (row == NULL)
    return;
  tb_detail_add_title (self->detail, row->service->key, row->client);
  tb_record_actions_add_buttons (self->detail);
  add_links (self, row);
  tb_record_detail_add (self->detail, tb_page_get_books (TB_PAGE (page)), "services", row->service->key);
  tb_record_history_add (self->detail, tb_page_get_books (TB_PAGE (page)), "services", row->service->key);
}

/* ---- loading ---- */

static void
load (TbPage *page)
{
  const TbSetup *setup = tb_books_get_setup (tb_page_get_books (page));
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < setup->clients->len; i++)
    g_hash_table_insert (names, ((TbClient *) setup->clients->pdata[i])->key, ((TbClient *) setup->clients->pdata[i])->name);
  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];
      const char *name = g_hash_table_lookup (names, service->client);
      Row *row = g_new (Row, 1);

      *row = (Row){ tb_service_copy (service), g_strdup (name != NULL ? name : service->client) };
      g_ptr_array_add (rows, row);
    }
  tb_list_page_take (TB_LIST_PAGE (page), rows, row_free);
}

static void
tb_services_page_class_init (TbServicesPageClass *klass)
{
  TB_PAGE_CLASS (klass)->load = load;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->show = show;
  TB_LIST_PAGE_CLASS (klass)->activate = activate;
}

static void
tb_services_page_init (TbServicesPage *self)
{
  GtkWidget *scroller = tb_detail_new (&self->detail);

  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Services"), columns, G_N_ELEMENTS (columns), scroller, 440, "tb-services-symbolic", _ ("No Services"),
                       _ ("A service says which calls are whose, and by which package they are priced"));
  tb_record_actions_install (TB_LIST_PAGE (self), "services", get_chosen);
}
