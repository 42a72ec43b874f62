/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-lists.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "tb-format.h"
#include "tb-kept-rows.h"
#include "tb-widgets.h"

/* More than these would take longer to lay out than a window may stand still. */
#define TENANTS_SHOWN 60

/* ---- tenants ---- */

/* Clients by tenant: services name the tenants that are billed. */
static GHashTable *
list_buyers (const TbSetup *setup, const char *connection, TbBooks *books)
{
  GHashTable *buyers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = g_ptr_array_index (setup->services, i);
      const char *client = tb_books_get_client_name (books, service->client);
      GPtrArray *names;

      if (g_strcmp0 (service->connection, connection) != 0 || service->tenant == NULL)
        continue;
      names = g_hash_table_lookup (buyers, service->tenant);
      if (names == NULL)
        g_hash_table_insert (buyers, service->tenant, names = g_ptr_array_new ());
      if (client != NULL && !g_ptr_array_find_with_equal_func (names, client, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) client);
    }
  return buyers;
}

static void
show_tenant (GtkWidget *list, guint at, const char *tenant, GPtrArray *buyers, gboolean silent)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *key = NULL;
  GtkWidget *row;

  for (guint i = 0; buyers != NULL && i < buyers->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", (const char *) buyers->pdata[i]);
  key = g_strdup_printf ("%s\n%s\n%d", tenant != NULL ? tenant : "", names->str, silent);
  if (tb_kept_rows_has (list, at, key))
    return;
  row = tb_widgets_add_row (list, tenant != NULL && *tenant != '\0' ? tenant : _ ("No tenant"),
                            names->len > 0 ? names->str : _ ("No service: its calls get no price"));
  if (silent)
    tb_widgets_add_suffix (row, _ ("No calls yet"), "dim-label");
  tb_kept_rows_put (list, at, row, key);
}

static void
show_text (GtkWidget *list, guint at, const char *text)
{
  if (!tb_kept_rows_has (list, at, text))
    tb_kept_rows_put (list, at, tb_widgets_add_row (list, text, NULL), text);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Those whose calls came, then those that are billed and had none yet. */
static GPtrArray *
list_names (GPtrArray *tenants, GHashTable *buyers, guint *ret_with_calls)
{
  GPtrArray *names = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) silent = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < tenants->len; i++)
    {
      g_ptr_array_add (names, ((TbTenant *) g_ptr_array_index (tenants, i))->name);
      if (names->pdata[i] != NULL)
        g_hash_table_add (known, names->pdata[i]);
    }
  for (g_hash_table_iter_init (&iter, buyers); g_hash_table_iter_next (&iter, &name, NULL);)
    if (!g_hash_table_contains (known, name))
      g_ptr_array_add (silent, name);
  g_ptr_array_sort (silent, compare_texts);
  *ret_with_calls = names->len;
  g_ptr_array_extend (names, silent, NULL, NULL);
  return names;
}

void
tb_connection_lists_show_tenants (GtkWidget *list, const char *connection, GPtrArray *tenants, TbBooks *books)
{
  g_autoptr (GHashTable) buyers = list_buyers (tb_books_get_setup (books), connection, books);
  guint with_calls, n = 0;
  g_autoptr (GPtrArray) names = list_names (tenants, buyers, &with_calls);

  for (; n < MIN (names->len, TENANTS_SHOWN); n++)
    show_tenant (list, n, names->pdata[n], names->pdata[n] != NULL ? g_hash_table_lookup (buyers, names->pdata[n]) : NULL, n >= with_calls);
  if (names->len > n)
    {
      guint more = names->len - n;
      g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "And %u more", "And %u more", more), more);

      show_text (list, n++, text);
    }
  else if (n == 0)
    show_text (list, n++, _ ("No tenants yet"));
  tb_kept_rows_end (list, n);
}

/* ---- imports ---- */

static char *
dup_counts (const TbImportCounts *import)
{
  g_autofree char *read = tb_format_number ((gint64) import->read);
  g_autofree char *added = tb_format_number ((gint64) import->added);
  const struct { guint64 n; const char *word; } parts[] = {
    { import->duplicate, N_ ("duplicate") },
    { import->changed, N_ ("changed") },
    { import->conflict, N_ ("kept aside") },
    { import->rejected, N_ ("rejected") },
  };
  GString *text = g_string_new (NULL);

  /* Translators: counts of an import, as in "1,200 read · 1,180 new · 20 duplicate" */
  g_string_append_printf (text, _ ("%s read · %s new"), read, added);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].n > 0)
      {
        g_autofree char *number = tb_format_number ((gint64) parts[i].n);

        /* Translators: one more of those counts, as in " · 20 duplicate" */
        g_string_append_printf (text, _ (" · %s %s"), number, _ (parts[i].word));
      }
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_import (GtkWidget *list, const TbImport *import, const char *counts, const char *time)
{
  GtkWidget *row = tb_widgets_add_row (list, import->source, counts);

  tb_widgets_add_suffix (row, time, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

/* What was above a kept row may have gone, so its target is set in any case. */
void
tb_connection_lists_show_imports (GtkWidget *list, GPtrArray *imports, TbZone *zone)
{
  for (guint i = 0; i < imports->len; i++)
    {
      const TbImport *import = g_ptr_array_index (imports, i);
      const TbImportCounts n = { .read = import->read, .added = import->added, .duplicate = import->duplicate, .changed = import->changed,
                                 .conflict = import->conflict, .rejected = import->rejected };
      g_autofree char *counts = dup_counts (&n), *time = tb_format_time (import->time, zone);
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "\n%s\n%s\n%s", (gint64) import->id, import->source, counts, time);
      GtkWidget *row;

      if (!tb_kept_rows_has (list, i, key))
        tb_kept_rows_put (list, i, make_import (list, import, counts, time), key);
      row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) i));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "u", i);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "connection.show-import");
    }
  if (imports->len == 0)
    show_text (list, 0, _ ("Nothing was imported yet"));
  tb_kept_rows_end (list, MAX (imports->len, 1));
}

/* ---- runs ---- */

static const char *
outcome_text (TbSyncOutcome outcome)
{
  static const char *const texts[] = { N_ ("Running"), N_ ("Collected"), N_ ("Failed"), N_ ("Cancelled"), N_ ("Broken off") };

  return _ (texts[outcome]);
}

static GtkWidget *
make_run (GtkWidget *list, const TbSyncRun *run, const char *said, const char *time)
{
  GtkWidget *row = tb_widgets_add_row (list, outcome_text (run->outcome), said);

  tb_widgets_add_suffix (row, time, "dim-label");
  if (run->outcome == TB_SYNC_FAILED)
    gtk_widget_add_css_class (row, "error");
  else if (run->error != NULL || run->warning != NULL)
    gtk_widget_add_css_class (row, "warning");
  return row;
}

void
tb_connection_lists_show_runs (GtkWidget *list, GPtrArray *runs, TbZone *zone)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const TbSyncRun *run = g_ptr_array_index (runs, i);
      g_autofree char *counts = dup_counts (&run->counts), *time = tb_format_time (run->began, zone);
      const char *said = run->error != NULL ? run->error : run->warning != NULL ? run->warning : counts;
      g_autofree char *key = g_strdup_printf ("%d\n%s\n%s", run->outcome, said, time);

      if (!tb_kept_rows_has (list, i, key))
        tb_kept_rows_put (list, i, make_run (list, run, said, time), key);
    }
  if (runs->len == 0)
    show_text (list, 0, _ ("Never collected"));
  tb_kept_rows_end (list, MAX (runs->len, 1));
}
