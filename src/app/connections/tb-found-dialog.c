/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-found-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-connection-access.h"
#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-found-tenants.h"
#include "tb-run.h"
#include "tb-triage.h"
#include "tb-widgets.h"

typedef struct
{
  TbBooks *books;
  TbConnection *connection;
  GtkWidget *widget;
  GtkWidget *window; /* borrowed: it owns this */
  GtkWidget *pages, *list, *said, *client, *package, *preview, *assign, *note;
  GPtrArray *found;  /* of TbFound, in the order of the rows; NULL = not known yet */
  GPtrArray *checks; /* of GtkCheckButton, borrowed */
  GPtrArray *told;   /* of TbPbxTenant; or NULL */
  GCancellable *cancellable;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->books);
  g_object_unref (self->widget);
  g_object_unref (self->cancellable);
  tb_connection_free (self->connection);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_ptr_array_unref (self->checks);
  g_free (self);
}

/* ---- what is chosen ---- */

/* Borrowed items. */
static GPtrArray *
list_chosen (const Dialog *self)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_ptr_array_add (chosen, self->found->pdata[i]);
  return chosen;
}

/* The first choice stands for what is suggested. */
static const char *
get_client (const Dialog *self)
{
  guint i = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->client));
  GPtrArray *clients = tb_books_get_setup (self->books)->clients;

  return i > 0 && i <= clients->len ? ((TbClient *) clients->pdata[i - 1])->key : NULL;
}

static const char *
get_package (const Dialog *self)
{
  guint i = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->package));
  GPtrArray *packages = tb_books_get_setup (self->books)->packages;

  return i < packages->len ? ((TbPackage *) packages->pdata[i])->name : NULL;
}

static GPtrArray *
list_repairs (const Dialog *self)
{
  g_autoptr (GPtrArray) chosen = list_chosen (self);
  const char *package = get_package (self);

  return package != NULL ? tb_found_assign (tb_books_get_setup (self->books), chosen, get_client (self), package) : g_ptr_array_new ();
}

static void
changed_cb (Dialog *self)
{
  g_autoptr (GPtrArray) chosen = list_chosen (self);
  g_autoptr (GPtrArray) repairs = list_repairs (self);
  g_autofree char *n = tb_format_number (chosen->len);
  g_autofree char *text = g_strdup_printf (ngettext ("%s chosen", "%s chosen", chosen->len), n);

  gtk_label_set_label (GTK_LABEL (self->said), chosen->len > 0 && repairs->len == 0 ? _ ("Choose a client: for these nobody is suggested.") : text);
  gtk_widget_set_sensitive (self->preview, repairs->len > 0);
  gtk_widget_set_sensitive (self->assign, repairs->len > 0);
}

/* ---- preview and assignment ---- */

static gpointer
preview_func (TbStore *store, TbJob *job, gpointer repairs, GError **error)
{
  return tb_repairs_preview (store, repairs, 0, 0, job, error);
}

static gpointer
assign_func (TbStore *store, TbJob *job, gpointer repairs, GError **error)
{
  return tb_repairs_apply (store, repairs, 0, 0, job, error);
}

static char *
describe (const TbRepairResult *result)
{
  g_autofree char *calls = tb_format_number ((gint64) result->calls);
  g_autofree char *sums = tb_format_sums (result->money);

  return result->money->len > 0 ? g_strdup_printf (ngettext ("%s call gets a price: %s", "%s calls get a price: %s", result->calls), calls, sums)
                                : g_strdup_printf (ngettext ("%s call gets a price", "%s calls get a price", result->calls), calls);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbRepairResult) foretold = tb_reader_run_finish (TB_READER (source), result, &error);
  g_autofree char *text = foretold != NULL ? describe (foretold) : NULL;

  if (!g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) && gtk_widget_get_mapped (self->window))
    gtk_label_set_label (GTK_LABEL (self->said), foretold != NULL ? text : error->message);
  g_object_unref (self->window);
}

static void
preview_cb (Dialog *self)
{
  g_object_ref (self->window);
  gtk_label_set_label (GTK_LABEL (self->said), _ ("Looking at the calls…"));
  tb_reader_run_async (tb_books_get_reader (self->books), self->cancellable, preview_func, list_repairs (self), (GDestroyNotify) g_ptr_array_unref,
                       (GDestroyNotify) tb_repair_result_free, previewed_cb, self);
}

static void
assigned (GtkWidget *window, gpointer data)
{
  Dialog *self = g_object_get_data (G_OBJECT (window), "tb-found");
  g_autoptr (TbRepairResult) result = data;
  g_autofree char *said = describe (result);
  /* Translators: %s is like "12 calls get a price" */
  g_autofree char *text = g_strdup_printf (_ ("Assigned: %s"), said);

  tb_dialogs_toast (self->widget, text);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assign_failed (GtkWidget *window)
{
  gtk_widget_set_sensitive (window, TRUE);
}

static void
assign_cb (Dialog *self)
{
  tb_widgets_let_go_of_focus (self->window);
  gtk_widget_set_sensitive (self->window, FALSE);
  tb_run (self->window, self->books, _ ("Assign to services"), TRUE, assign_func, list_repairs (self), (GDestroyNotify) g_ptr_array_unref,
          (GDestroyNotify) tb_repair_result_free, assigned, assign_failed);
}

/* ---- what was found ---- */

static char *
dup_title (const TbFound *found)
{
  const char *tenant = *found->tenant != '\0' ? found->tenant : _ ("No tenant");

  if (found->extension != NULL)
    return g_strdup_printf (_ ("Extension %s of %s"), found->extension, tenant);
  return found->did != NULL ? g_strdup_printf (_ ("Number %s of %s"), found->did, tenant) : g_strdup (tenant);
}

static char *
dup_subtitle (const Dialog *self, const TbFound *found)
{
  const char *client = found->client != NULL ? tb_books_get_client_name (self->books, found->client) : NULL;
  g_autofree char *number = tb_format_number ((gint64) found->calls);
  g_autofree char *calls = found->calls > 0 ? g_strdup_printf (ngettext ("%s call without a price", "%s calls without a price", found->calls), number)
                                            : g_strdup (_ ("No calls yet"));

  /* Translators: what is known of a tenant, then the client it may belong to */
  return client != NULL ? g_strdup_printf (_ ("%s · like %s"), calls, client) : g_steal_pointer (&calls);
}

static void
add_found (Dialog *self, const TbFound *found)
{
  g_autofree char *title = dup_title (found);
  g_autofree char *subtitle = dup_subtitle (self, found);
  GtkWidget *row = tb_widgets_add_row (self->list, title, subtitle);
  GtkWidget *check = gtk_check_button_new ();

  tb_widgets_set_label (check, title);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (changed_cb), self);
  g_ptr_array_add (self->checks, check);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *found = tb_reader_run_finish (TB_READER (source), result, &error);

  if (found != NULL && gtk_widget_get_mapped (self->window))
    {
      self->found = g_steal_pointer (&found);
      for (guint i = 0; i < self->found->len; i++)
        add_found (self, self->found->pdata[i]);
      gtk_stack_set_visible_child_name (GTK_STACK (self->pages), self->found->len > 0 ? "found" : "nothing");
      changed_cb (self);
    }
  else if (error != NULL && !g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED) && gtk_widget_get_mapped (self->window))
    tb_dialogs_show_error (self->window, _ ("The Books Could Not Be Read"), error);
  g_clear_pointer (&found, g_ptr_array_unref);
  g_object_unref (self->window);
}

typedef struct
{
  char *connection;
  GPtrArray *told;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->connection);
  g_clear_pointer (&order->told, g_ptr_array_unref);
  g_free (order);
}

static gpointer
find_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Order *order = data;

  return tb_found_list (store, order->connection, order->told, job, error);
}

/* What the PBX does not tell is no failure: its calls tell who there is. */
static void
look_into_books (Dialog *self, const GError *untold)
{
  Order *order = g_new (Order, 1);

  *order = (Order){ g_strdup (self->connection->name), self->told != NULL ? g_ptr_array_ref (self->told) : NULL };
  if (untold != NULL && !g_error_matches (untold, TB_ERROR, TB_ERROR_UNSUPPORTED))
    gtk_label_set_label (GTK_LABEL (self->note), untold->message);
  gtk_widget_set_visible (self->note, *gtk_label_get_text (GTK_LABEL (self->note)) != '\0');
  tb_reader_run_async (tb_books_get_reader (self->books), self->cancellable, find_func, order, order_free, (GDestroyNotify) g_ptr_array_unref, found_cb,
                       self);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;

  self->told = tb_pbx_list_tenants_finish (TB_PBX (source), result, &error);
  look_into_books (self, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbPbx) pbx = tb_connection_open_finish (result, &error);

  if (pbx != NULL)
    tb_pbx_list_tenants_async (pbx, self->cancellable, told_cb, self);
  else
    look_into_books (self, error);
}

static void
unmap_cb (GtkWidget *window, Dialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* ---- making it ---- */

static GtkWidget *
add_choice (GtkWidget *box, const char *title, GListModel *names, Dialog *self)
{
  GtkWidget *choice = gtk_drop_down_new (names, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));

  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (choice), TRUE);
  gtk_widget_set_tooltip_text (choice, title);
  tb_widgets_set_label (choice, title);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (changed_cb), self);
  gtk_box_append (GTK_BOX (box), choice);
  return choice;
}

static GtkWidget *
add_button (GtkWidget *box, const char *text, GCallback clicked, Dialog *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);

  gtk_widget_set_sensitive (button, FALSE);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_bar (Dialog *self)
{
  const TbSetup *setup = tb_books_get_setup (self->books);
  GtkStringList *clients = gtk_string_list_new ((const char *const[]){ _ ("As suggested"), NULL });
  GtkStringList *packages = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < setup->clients->len; i++)
    gtk_string_list_append (clients, tb_books_get_client_name (self->books, ((TbClient *) setup->clients->pdata[i])->key));
  for (guint i = 0; i < setup->packages->len; i++)
    gtk_string_list_append (packages, ((TbPackage *) setup->packages->pdata[i])->name);
  self->said = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->said), 0);
  gtk_label_set_wrap (GTK_LABEL (self->said), TRUE);
  gtk_widget_set_hexpand (self->said, TRUE);
  self->preview = add_button (box, _ ("_Preview"), G_CALLBACK (preview_cb), self);
  self->assign = add_button (box, _ ("_Assign"), G_CALLBACK (assign_cb), self);
  gtk_widget_add_css_class (self->assign, "suggested-action");
  self->client = add_choice (box, _ ("Client"), G_LIST_MODEL (clients), self);
  self->package = add_choice (box, _ ("Package"), G_LIST_MODEL (packages), self);
  gtk_box_reorder_child_after (GTK_BOX (box), self->client, NULL);
  gtk_box_reorder_child_after (GTK_BOX (box), self->package, self->client);
  gtk_box_insert_child_after (GTK_BOX (box), self->said, self->package);
  gtk_widget_add_css_class (box, "toolbar");
  return box;
}

static GtkWidget *
make_found (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (self->list, "detail");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  tb_widgets_set_label (self->list, _ ("Without a service"));
  adw_clamp_set_child (ADW_CLAMP (clamp), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  return box;
}

static GtkWidget *
make_status (const char *icon, const char *title, const char *description)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (status), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (status), description);
  return status;
}

static GtkWidget *
make_content (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_ ("Without a Service"), self->connection->name));
  self->note = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_add_css_class (self->note, "said");
  self->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->pages), make_status ("system-search-symbolic", _ ("Looking…"), _ ("The PBX is asked, and its calls are looked at.")),
                       "looking");
  gtk_stack_add_named (GTK_STACK (self->pages),
                       make_status ("emblem-ok-symbolic", _ ("All Have a Service"), _ ("Every tenant, extension and number with calls belongs to a client.")),
                       "nothing");
  gtk_stack_add_named (GTK_STACK (self->pages), make_found (self), "found");
  gtk_widget_set_vexpand (self->pages, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), self->pages);
  return box;
}

void
tb_found_dialog_run (GtkWidget *widget, TbBooks *books, const TbConnection *connection)
{
  GtkWidget *window = adw_window_new ();
  Dialog *self = g_new0 (Dialog, 1);

  *self = (Dialog){ .books = g_object_ref (books), .widget = g_object_ref (widget), .connection = tb_connection_copy (connection), .window = window,
                    .checks = g_ptr_array_new (), .cancellable = g_cancellable_new () };
  g_object_set_data_full (G_OBJECT (window), "tb-found", self, dialog_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Without a Service"));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 760, 600);
  adw_window_set_content (ADW_WINDOW (window), make_content (self));
  tb_dialogs_close_on_escape (window);
  tb_widgets_name_controls (window);
  g_signal_connect (window, "unmap", G_CALLBACK (unmap_cb), self);
  gtk_window_present (GTK_WINDOW (window));
  g_object_ref (window);
  if (tb_pbx_kind_is_network (connection->kind))
    tb_connection_open_async (window, connection, NULL, self->cancellable, opened_cb, self);
  else
    look_into_books (self, NULL);
}
