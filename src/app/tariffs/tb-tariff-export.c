/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-export.h"

#include <glib/gi18n.h>

#include "tb-deck.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-run.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"

/* What is written where. */
typedef struct
{
  TbBooks *books;
  char *name, *path;
  guint32 version;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->books);
  g_free (order->name);
  g_free (order->path);
  g_free (order);
}

static gpointer
write_deck (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (TbTariff) tariff = order->version > 0 ? tb_tariff_version_load (store, order->name, order->version, error)
                                                   : tb_tariff_store_load (store, order->name, error);
  g_autoptr (TbZone) zone = tariff != NULL ? tb_zone_new (tariff->time_zone != NULL ? tariff->time_zone : "UTC", error) : NULL;
  g_autofree char *text = zone != NULL ? tb_deck_write (tariff->rates, zone) : NULL;

  if (text == NULL)
    return NULL;
  if (g_file_set_contents (order->path, text, -1, error))
    return g_path_get_basename (order->path);
  tb_error_convert (error, TB_ERROR_STORAGE);
  return NULL;
}

static void
written (GtkWidget *widget, gpointer result)
{
  g_autofree char *name = result;
  /* Translators: %s is the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  tb_dialogs_toast (widget, text);
}

/* The order waits at the widget: a question that is not answered frees nothing. */
#define WAITING "tb-tariff-export"

static void
chosen_cb (const char *path, gpointer widget)
{
  Order *order = g_object_steal_data (widget, WAITING);
  g_autoptr (TbBooks) books = NULL;

  if (order == NULL)
    return;
  order->path = g_strdup (path);
  books = g_steal_pointer (&order->books); /* the worker may let go of the order last, and must not close the books */
  tb_run (widget, books, _ ("Export tariff"), FALSE, write_deck, order, order_free, g_free, written, NULL);
}

void
tb_tariff_export (GtkWidget *widget, TbBooks *books, const char *name, guint32 version)
{
  Order *order = g_new0 (Order, 1);
  g_autofree char *file = version > 0 ? g_strdup_printf ("%s-%u.csv", name, version) : g_strconcat (name, ".csv", NULL);

  *order = (Order){ g_object_ref (books), g_strdup (name), NULL, version };
  g_object_set_data_full (G_OBJECT (widget), WAITING, order, order_free);
  tb_dialogs_save_file (widget, _ ("Export Tariff"), g_strdelimit (file, "/\\:", '-'), chosen_cb, widget);
}
