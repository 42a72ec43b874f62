/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-unrated-badge.h"

#include <glib/gi18n.h>

#include "tb-call-store.h"
#include "tb-format.h"
#include "tb-widgets.h"

typedef struct
{
  TbBooks *books;
  GtkWidget *badge; /* weak: the window may be gone before the answer */
} Asking;

static gpointer
count_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  guint64 counts[TB_CALL_N_STATUS], *sum;

  if (!tb_call_store_count_statuses (store, 0, 0, NULL, counts, error))
    return NULL;
  sum = g_new0 (guint64, 1);
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    *sum += tb_call_status_is_unrated ((TbCallStatus) i) ? counts[i] : 0;
  return sum;
}

static void
show_count (GtkWidget *badge, guint64 count)
{
  g_autofree char *number = tb_format_number ((gint64) count);
  g_autofree char *name = g_strdup_printf (g_dngettext (NULL, "%s call without a price", "%s calls without a price", count), number);

  gtk_label_set_label (GTK_LABEL (badge), number);
  gtk_widget_set_tooltip_text (badge, name);
  tb_widgets_set_label (badge, name);
  gtk_widget_set_visible (badge, count > 0);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autofree guint64 *count = tb_reader_run_finish (tb_books_get_reader (asking->books), result, NULL);

  if (asking->badge != NULL)
    {
      if (count != NULL && g_object_get_data (G_OBJECT (asking->badge), "tb-books") == asking->books)
        show_count (asking->badge, *count);
      g_object_remove_weak_pointer (G_OBJECT (asking->badge), (gpointer *) &asking->badge);
    }
  g_object_unref (asking->books);
  g_free (asking);
}

static void
changed_cb (TbBooks *books, GtkWidget *badge)
{
  Asking *asking = g_new (Asking, 1);

  *asking = (Asking){ g_object_ref (books), badge };
  g_object_add_weak_pointer (G_OBJECT (badge), (gpointer *) &asking->badge);
  tb_reader_run_async (tb_books_get_reader (books), NULL, count_func, NULL, NULL, g_free, counted_cb, asking);
}

GtkWidget *
tb_unrated_badge_new (void)
{
  GtkWidget *badge = gtk_label_new ("");

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_hexpand (badge, TRUE);
  gtk_widget_set_halign (badge, GTK_ALIGN_END);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  return badge;
}

void
tb_unrated_badge_set_books (GtkWidget *badge, TbBooks *books)
{
  TbBooks *old = g_object_get_data (G_OBJECT (badge), "tb-books");

  if (old != NULL)
    g_signal_handlers_disconnect_by_data (old, badge);
  gtk_widget_set_visible (badge, FALSE);
  g_object_set_data_full (G_OBJECT (badge), "tb-books", books != NULL ? g_object_ref (books) : NULL, books != NULL ? g_object_unref : NULL);
  if (books == NULL)
    return;
  g_signal_connect_object (books, "changed", G_CALLBACK (changed_cb), badge, 0);
  changed_cb (books, badge);
}
