/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-simulator-buyers.h"

#include <glib/gi18n.h>

#include "tb-widgets.h"

#define KEYS "tb-buyer-keys"

/* Keys lie beside the texts of the drop-down: "s" and a service's, or "p" and a package's name. */
static GPtrArray *
keys_of (GtkWidget *drop_down)
{
  return g_object_get_data (G_OBJECT (drop_down), KEYS);
}

static char *
dup_chosen (GtkWidget *drop_down)
{
  GPtrArray *keys = keys_of (drop_down);
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down));

  return keys != NULL && at < keys->len ? g_strdup (keys->pdata[at]) : NULL;
}

static void
choose (GtkWidget *drop_down, const char *key)
{
  GPtrArray *keys = keys_of (drop_down);
  guint at;

  if (key != NULL && keys != NULL && g_ptr_array_find_with_equal_func (keys, key, g_str_equal, &at))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), at);
}

/* One service of a client stands for all that have the same package. */
static void
add_services (const TbSetup *setup, GtkStringList *names, GPtrArray *keys)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = setup->services->pdata[i];
      const TbClient *client = tb_setup_find_client (setup, service->client);

      if (client == NULL || !g_hash_table_add (seen, g_strdup_printf ("%s\n%s", service->client, service->package)))
        continue;
      gtk_string_list_take (names, g_strdup_printf ("%s – %s", client->name != NULL ? client->name : client->key, service->package));
      g_ptr_array_add (keys, g_strconcat ("s", service->key, NULL));
    }
}

void
tb_simulator_buyers_fill (GtkWidget *drop_down, const TbSetup *setup)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = dup_chosen (drop_down);
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < setup->packages->len; i++)
    {
      const char *name = ((TbPackage *) setup->packages->pdata[i])->name;

      /* Translators: %s is a package, priced for nobody in particular */
      gtk_string_list_take (names, g_strdup_printf (_ ("Package %s"), name));
      g_ptr_array_add (keys, g_strconcat ("p", name, NULL));
    }
  add_services (setup, names, keys);
  g_object_set_data_full (G_OBJECT (drop_down), KEYS, keys, (GDestroyNotify) g_ptr_array_unref);
  if (gtk_drop_down_get_expression (GTK_DROP_DOWN (drop_down)) == NULL)
    {
      g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

      gtk_drop_down_set_expression (GTK_DROP_DOWN (drop_down), text);
      gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), TRUE);
    }
  tb_widgets_set_choices (drop_down, G_LIST_MODEL (names));
  choose (drop_down, chosen);
}

gboolean
tb_simulator_buyers_get (GtkWidget *drop_down, TbSimulationOrder *ret)
{
  g_autofree char *key = dup_chosen (drop_down);

  if (key == NULL)
    return FALSE;
  *(*key == 's' ? &ret->service : &ret->package) = g_strdup (key + 1);
  return TRUE;
}

void
tb_simulator_buyers_choose (GtkWidget *drop_down, const char *service, const char *package)
{
  g_autofree char *key = g_strconcat (service != NULL ? "s" : "p", service != NULL ? service : package, NULL);

  choose (drop_down, key);
}
