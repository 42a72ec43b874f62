/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connections-page.h"

#include <glib/gi18n.h>

#include "tb-call-import.h"
#include "tb-connection-card.h"
#include "tb-connection-changes.h"
#include "tb-connection-dialog.h"
#include "tb-connection-works.h"
#include "tb-dialogs.h"
#include "tb-filter-dialog.h"
#include "tb-format.h"
#include "tb-found-dialog.h"
#include "tb-kind-chooser.h"
#include "tb-pbx.h"
#include "tb-preview-dialog.h"
#include "tb-secret-dialog.h"
#include "tb-set-aside-dialog.h"
#include "tb-widgets.h"

struct _TbConnectionsPage
{
  TbListPage parent_instance;

  GCancellable *listing, *loading, *proving, *showing;
  TbConnectionWorks *works;
  TbConnectionProofOrder *proven; /* what is shown, or read; NULL = nothing yet */
  TbConnectionFacts *facts;
  GSimpleActionGroup *actions;
  TbConnectionCard *card;
};

G_DEFINE_FINAL_TYPE (TbConnectionsPage, tb_connections_page, TB_TYPE_LIST_PAGE)

/* ---- the list ---- */

static const char *
get_key (gconstpointer value)
{
  return ((const TbConnectionItem *) value)->connection->name;
}

static char *
format_name (gconstpointer value, gpointer page)
{
  return g_strdup (get_key (value));
}

static char *
format_kind (gconstpointer value, gpointer page)
{
  return g_strdup (tb_kind_get_title (((const TbConnectionItem *) value)->connection->kind));
}

static char *
format_last (gconstpointer value, gpointer page)
{
  const TbConnectionItem *item = value;
  g_autofree char *time = item->state != NULL ? tb_format_time (item->state->last_run, tb_books_get_zone (tb_page_get_books (page))) : NULL;

  if (time == NULL || *time == '\0')
    return g_strdup ("–");
  if (item->state->last_error != NULL)
    return g_strdup (_ ("Failed"));
  return g_strndup (time, 16);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (get_key (a), get_key (b));
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const TbConnectionItem *x = a, *y = b;
  gint64 t = x->state != NULL ? x->state->last_run : 0, u = y->state != NULL ? y->state->last_run : 0;

  return (t > u) - (t < u);
}

static char *
describe (gconstpointer value)
{
  return tb_connection_item_describe (value);
}

static const TbColumn columns[] = {
  { N_ ("Connection"), 0, FALSE, format_name, compare_names },
  { N_ ("Kind"), 96, FALSE, format_kind },
  { N_ ("Last Sync"), 136, FALSE, format_last, compare_runs },
};

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbConnection *connection = ((const TbConnectionItem *) value)->connection;

  return tb_list_page_text_matches (connection->name, folded) || tb_list_page_text_matches (connection->kind, folded)
         || tb_list_page_text_matches (connection->url, folded) || tb_list_page_text_matches (connection->provider, folded);
}

static void
show_list (TbPage *page, gpointer result)
{
  g_autoptr (GPtrArray) items = result;

  tb_list_page_take (TB_LIST_PAGE (page), items, tb_connection_item_free);
}

static void
load (TbPage *page)
{
  tb_page_read (page, &TB_CONNECTIONS_PAGE (page)->listing, tb_connection_items_read, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                show_list);
}

/* ---- the chosen one ---- */

static const TbConnection *
get_connection (TbConnectionsPage *self)
{
  const TbConnectionItem *item = tb_list_page_get_selected (TB_LIST_PAGE (self));

  return item != NULL ? item->connection : NULL;
}

static void
update (TbConnectionsPage *self)
{
  const TbConnection *connection = get_connection (self);
  const TbConnectionWork *work = connection != NULL ? tb_connection_works_get (self->works, connection->name) : NULL;
  gboolean network = connection != NULL && tb_pbx_kind_is_network (connection->kind);
  gboolean idle = work != NULL && tb_connection_work_is_idle (work);
  const struct { const char *name; gboolean enabled; } flags[] = {
    { "sync", network && idle },      { "test", network && idle },
    { "read-again", network && idle },
    { "cancel", work != NULL && !idle }, { "secret", network },
    { "import", connection != NULL },    { "preview", network },
    { "add-filter", connection != NULL },   { "find-tenants", connection != NULL },
    { "edit", connection != NULL && idle }, { "remove", connection != NULL && idle },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), flags[i].name)),
                                 flags[i].enabled);
  tb_connection_card_set_job (self->card, work != NULL ? work->job : NULL);
  tb_connection_card_set_testing (self->card, work != NULL && work->testing != NULL);
  tb_connection_card_set_said (self->card, work != NULL ? work->said : NULL, work != NULL && work->failed);
}

static void
show_facts (TbPage *page, gpointer result)
{
  TbConnectionsPage *self = TB_CONNECTIONS_PAGE (page);
  const TbConnection *connection = get_connection (self);

  g_clear_pointer (&self->facts, tb_connection_facts_free);
  self->facts = result;
  if (connection != NULL)
    tb_connection_card_show_facts (self->card, connection->name, self->facts, tb_page_get_books (page));
}

static void
show_proof (TbPage *page, gpointer result)
{
  TbConnectionsPage *self = TB_CONNECTIONS_PAGE (page);
  const TbConnection *connection = get_connection (self);

  if (connection != NULL)
    tb_connection_card_show_proof (self->card, connection, result, tb_page_get_books (page));
  tb_connection_proof_free (result);
}

/* The month that was chosen, else the one that it chooses. */
static void
read_proof (TbConnectionsPage *self, const char *name)
{
  if (self->proven == NULL || g_strcmp0 (self->proven->name, name) != 0)
    {
      g_clear_pointer (&self->proven, tb_connection_proof_order_free);
      self->proven = tb_connection_proof_order_new (name, 0, 0);
    }
  tb_page_read (TB_PAGE (self), &self->proving, tb_connection_proof_read, tb_connection_proof_order_new (name, self->proven->year, self->proven->month),
                tb_connection_proof_order_free, tb_connection_proof_free, show_proof);
}

static void
show (TbListPage *page, gpointer value)
{
  TbConnectionsPage *self = TB_CONNECTIONS_PAGE (page);

  tb_connection_card_show (self->card, value, tb_page_get_books (TB_PAGE (page)));
  update (self);
  if (value == NULL)
    return;
  tb_page_read (TB_PAGE (self), &self->loading, tb_connection_facts_read, g_strdup (get_key (value)), g_free, tb_connection_facts_free, show_facts);
  read_proof (self, get_key (value));
}

static void
show_month_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;

  if (get_connection (self) == NULL || self->proven == NULL)
    return;
  g_variant_get (parameter, "(ii)", &self->proven->year, &self->proven->month);
  read_proof (self, get_connection (self)->name);
}

static void
show_aside_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;
  const TbConnection *connection = get_connection (self);

  if (connection != NULL)
    tb_set_aside_dialog_run (data, G_ACTION_GROUP (self->actions), tb_page_get_books (data), connection->name, tb_pbx_kind_is_network (connection->kind),
                             g_variant_get_uint32 (parameter));
}

/* ---- testing and collecting ---- */

static void
test_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;

  tb_connection_works_test (self->works, tb_page_get_books (data), get_connection (self)->name);
}

static void
sync_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;

  tb_connection_works_sync (self->works, tb_page_get_books (data), get_connection (self)->name, 0);
}

/* What it takes to bring all records that could not be read once more. */
static gpointer
read_since (TbStore *store, TbJob *job, gpointer name, GError **error)
{
  g_autofree gint64 *since = g_new (gint64, 1);

  return tb_quarantine_store_get_since (store, name, since, error) ? g_steal_pointer (&since) : NULL;
}

static void
read_again_from (TbPage *page, gpointer result)
{
  TbConnectionsPage *self = TB_CONNECTIONS_PAGE (page);
  g_autofree gint64 *since = result;
  const TbConnection *connection = get_connection (self);

  if (connection != NULL && tb_connection_work_is_idle (tb_connection_works_get (self->works, connection->name)))
    tb_connection_works_sync (self->works, tb_page_get_books (page), connection->name, *since);
}

static void
read_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;

  tb_page_read (data, &self->showing, read_since, g_strdup (get_connection (self)->name), g_free, g_free, read_again_from);
}

static void
sync_all_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;

  tb_connection_works_sync_all (self->works, tb_page_get_books (data));
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;

  tb_connection_works_cancel (self->works, get_connection (self)->name);
}

/* ---- adding, editing, removing ---- */

static void
saved_cb (const char *name, gpointer data)
{
  tb_page_show_item (data, name);
}

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_connection_dialog_run (data, tb_page_get_books (data), NULL, saved_cb, data);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_connection_dialog_run (data, tb_page_get_books (data), get_connection (data), NULL, NULL);
}

static void
preview_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_preview_dialog_run (data, tb_page_get_books (data), get_connection (data));
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_connection_changes_ask_remove (data, tb_page_get_books (data), get_connection (data)->name);
}

static void
set_schedule_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gint64 every, alarm;

  g_variant_get (parameter, "(xx)", &every, &alarm);
  tb_connection_changes_schedule (data, tb_page_get_books (data), get_connection (data)->name, every, alarm);
}

/* ---- filters and tenants ---- */

static void
add_filter_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_filter_dialog_run (data, tb_page_get_books (data), get_connection (data)->name);
}

static void
remove_filter_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbBooks *books = tb_page_get_books (data);
  GPtrArray *filters = tb_books_get_setup (books)->filters;
  guint i = g_variant_get_uint32 (parameter);

  if (i < filters->len)
    tb_connection_changes_remove_filter (data, books, filters->pdata[i]);
}

static void
find_tenants_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_found_dialog_run (data, tb_page_get_books (data), get_connection (data));
}

/* ---- secret, files, history ---- */

static void
secret_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_secret_dialog_run (data, get_connection (data)->name);
}

static void
import_path_cb (const char *path, gpointer data)
{
  const TbConnection *connection = get_connection (data);

  tb_call_import_file (data, tb_page_get_books (data), connection != NULL ? connection->name : NULL, path);
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_call_import_choose (data, import_path_cb, data);
}

static void
dropped_cb (GtkWidget *widget, const char *path)
{
  if (tb_page_get_books (TB_PAGE (widget)) != NULL)
    import_path_cb (path, widget);
}

static void
show_import_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbConnectionsPage *self = data;
  guint i = g_variant_get_uint32 (parameter);

  if (self->facts != NULL && i < self->facts->imports->len)
    tb_call_import_show (data, &self->showing, g_ptr_array_index (self->facts->imports, i));
}

static const GActionEntry entries[] = {
  { "test", test_cb },     { "sync", sync_cb },     { "cancel", cancel_cb },
  { "secret", secret_cb }, { "import", import_cb }, { "show-import", show_import_cb, "u" },
  { "add", add_cb },       { "edit", edit_cb },     { "remove", remove_cb },
  { "preview", preview_cb }, { "sync-all", sync_all_cb }, { "add-filter", add_filter_cb },
  { "show-month", show_month_cb, "(ii)" }, { "show-aside", show_aside_cb, "u" }, { "read-again", read_again_cb },
  { "set-schedule", set_schedule_cb, "(xx)" }, { "remove-filter", remove_filter_cb, "u" }, { "find-tenants", find_tenants_cb },
};

/* ---- class ---- */

static void
tb_connections_page_dispose (GObject *object)
{
  TbConnectionsPage *self = TB_CONNECTIONS_PAGE (object);

  g_clear_object (&self->listing);
  g_clear_object (&self->loading);
  g_clear_object (&self->proving);
  g_clear_object (&self->showing);
  g_clear_object (&self->actions);
  if (self->works != NULL)
    tb_connection_works_stop (self->works);
  g_clear_object (&self->works);
  g_clear_pointer (&self->facts, tb_connection_facts_free);
  g_clear_pointer (&self->proven, tb_connection_proof_order_free);

  G_OBJECT_CLASS (tb_connections_page_parent_class)->dispose (object);
}

static void
tb_connections_page_class_init (TbConnectionsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_connections_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_LIST_PAGE_CLASS (klass)->describe = describe;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->show = show;
}

static GtkWidget *
add_tool (GtkWidget *box, GtkWidget *button, const char *action, const char *tooltip)
{
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* They stand in the header bar, outside the page, so they get its actions themselves. */
static void
add_tools (TbConnectionsPage *self)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));

  gtk_widget_insert_action_group (box, "connection", G_ACTION_GROUP (self->actions));
  add_tool (box, gtk_button_new_with_mnemonic (_ ("_Add…")), "connection.add", _ ("Add a connection"));
  add_tool (box, gtk_button_new_with_mnemonic (_ ("Sync A_ll")), "connection.sync-all", _ ("Collect the calls of all connections"));
  tb_widgets_name_controls (box);
  g_object_set (self, "tools", box, NULL);
}

static void
tb_connections_page_init (TbConnectionsPage *self)
{
  self->works = tb_connection_works_new ();
  g_signal_connect_object (self->works, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "connection", G_ACTION_GROUP (self->actions));

  self->card = g_object_new (TB_TYPE_CONNECTION_CARD, NULL);
  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Connections"), columns, G_N_ELEMENTS (columns), GTK_WIDGET (self->card), 360,
                       "tb-connections-symbolic", _ ("No Connections"),
                       _ ("Add a PBX or a carrier with the button above, or apply a set-up file: main menu, Apply Set-up File"));
  add_tools (self);
  tb_widgets_accept_files (GTK_WIDGET (self), dropped_cb);
  update (self);
}
