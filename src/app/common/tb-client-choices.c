/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-client-choices.h"

#include <glib/gi18n.h>

#include "tb-widgets.h"

void
tb_client_choices_fill (GtkWidget *drop_down, GPtrArray *keys, const TbSetup *setup)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *key = g_strdup (tb_client_choices_get (drop_down, keys));
  guint now = 0;

  g_ptr_array_set_size (keys, 0);
  gtk_string_list_append (names, _ ("All clients"));
  for (guint i = 0; i < setup->clients->len; i++)
    {
      const TbClient *client = g_ptr_array_index (setup->clients, i);

      gtk_string_list_append (names, client->name != NULL ? client->name : client->key);
      g_ptr_array_add (keys, g_strdup (client->key));
      if (g_strcmp0 (key, client->key) == 0)
        now = i + 1;
    }
  tb_widgets_set_choices (drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), now);
}

const char *
tb_client_choices_get (GtkWidget *drop_down, GPtrArray *keys)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down));

  return chosen > 0 && chosen <= keys->len ? g_ptr_array_index (keys, chosen - 1) : NULL;
}
