/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-review-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-whmcs-review.h"
#include "tb-whmcs-services.h"
#include "tb-widgets.h"

/* Rows of each kind; the rest comes as these are decided. */
#define ROWS_SHOWN 100
#define DATA "tb-review"

typedef struct
{
  TbBooks *books;
  GtkWidget *window; /* borrowed: it owns this */
  GtkWidget *stack, *page, *all;
  GPtrArray *groups; /* of AdwPreferencesGroup: what stands on the page; borrowed */
  GCancellable *reading;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_cancellable_cancel (self->reading);
  g_object_unref (self->reading);
  g_object_unref (self->books);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

/* What was read, for one showing. */
typedef struct
{
  TbWhmcsReview *review;
  TbTheirServices *services;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  tb_whmcs_review_free (self->review);
  tb_their_services_free (self->services);
  g_free (self);
}

static gpointer
read_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->review = tb_whmcs_review_new (store, error);
  reading->services = reading->review != NULL ? tb_their_services_new (store, error) : NULL;
  if (reading->services != NULL)
    return reading;
  reading_free (reading);
  return NULL;
}

/* ---- a decision ---- */

typedef enum { TAKE_THEIRS, KEEP_OURS, LINK, CREATE, IGNORE, ASSIGN } Verb;

typedef struct
{
  Verb verb;
  char *client;  /* key, or NULL = all */
  guint fields;
  gint64 remote;
  char *package; /* of ASSIGN */
} Order;

static Order *
order_new (Verb verb, const char *client, guint fields, gint64 remote)
{
  Order *self = g_new0 (Order, 1);

  *self = (Order){ verb, g_strdup (client), fields, remote };
  return self;
}

static Order *
order_copy (const Order *order)
{
  Order *self = order_new (order->verb, order->client, order->fields, order->remote);

  self->package = g_strdup (order->package);
  return self;
}

static void
order_free (gpointer data)
{
  g_free (((Order *) data)->client);
  g_free (((Order *) data)->package);
  g_free (data);
}

static gboolean
decide (TbStore *store, const Order *order, GPtrArray *changes, GError **error)
{
  switch (order->verb)
    {
    case TAKE_THEIRS:
      return tb_whmcs_accept_theirs (store, order->client, order->fields, changes, error);
    case KEEP_OURS:
      return tb_whmcs_accept_ours (store, order->client, order->fields, changes, error);
    case LINK:
      return tb_whmcs_link_client (store, order->client, order->remote, changes, error);
    case CREATE:
      return tb_whmcs_create_client (store, order->remote, NULL, changes, error);
    case IGNORE:
      return tb_whmcs_ignore_client (store, order->remote, TRUE, changes, error);
    case ASSIGN:
    default:
      return tb_whmcs_assign_service (store, order->remote, order->package, NULL, changes, error);
    }
}

static gpointer
decide_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (g_free);

  if (decide (store, data, changes, error))
    return changes;
  g_ptr_array_unref (changes);
  return NULL;
}

static void read_again (Dialog *self);

static void
decided (GtkWidget *window, gpointer result)
{
  g_ptr_array_unref (result);
  read_again (g_object_get_data (G_OBJECT (window), DATA));
}

static void
run_order (Dialog *self, Order *order)
{
  tb_run (self->window, self->books, _ ("Review of WHMCS"), TRUE, decide_func, order, order_free, (GDestroyNotify) g_ptr_array_unref, decided, NULL);
}

static void
order_cb (GtkButton *button, Dialog *self)
{
  Order *order = order_copy (g_object_get_data (G_OBJECT (button), "tb-order"));
  GtkWidget *packages = g_object_get_data (G_OBJECT (button), "tb-packages");

  if (packages != NULL)
    {
      GtkStringObject *chosen = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (packages));

      order->package = g_strdup (chosen != NULL ? gtk_string_object_get_string (chosen) : NULL);
    }
  run_order (self, order);
}

/* Takes the order. `about` tells who hears only the button what it is for. */
static GtkWidget *
add_button (Dialog *self, GtkWidget *row, const char *text, const char *about, Order *order)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  g_autofree char *label = g_strdup_printf ("%s: %s", text, about);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  tb_widgets_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "tb-order", order, order_free);
  g_signal_connect (button, "clicked", G_CALLBACK (order_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/* ---- rows ---- */

static GtkWidget *
add_group (Dialog *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *safe = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), safe);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);
  return group;
}

static GtkWidget *
add_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1), *safe_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static const char *
or_none (const char *text)
{
  return text != NULL ? text : _ ("nothing");
}

static void
add_difference (Dialog *self, GtkWidget *group, const TbReviewDifference *row)
{
  const TbClientDifference *difference = row->difference;
  const char *field = tb_client_field_to_display (difference->field);
  /* Translators: which side's value is newer */
  g_autofree char *newer = g_strdup_printf (_ ("Newer: %s"), tb_newer_to_display (difference->newer));
  /* Translators: what a client's field is in these books, what it is at WHMCS, and who changed it */
  g_autofree char *text = g_strdup_printf (_ ("Here: %s\nAt WHMCS: %s\n%s"), or_none (difference->ours), or_none (difference->theirs),
                                           row->chosen ? _ ("Ours goes to WHMCS with the next push") : newer);
  g_autofree char *about = g_strdup_printf ("%s, %s", row->ours->name != NULL ? row->ours->name : row->ours->key, field);
  GtkWidget *widget = add_row (group, field, text);

  if (!row->chosen)
    add_button (self, widget, _ ("Keep Ours"), about, order_new (KEEP_OURS, row->ours->key, 1u << difference->field, 0));
  add_button (self, widget, _ ("Take Theirs"), about, order_new (TAKE_THEIRS, row->ours->key, 1u << difference->field, 0));
}

/* Differences come by client. */
static guint
add_differences (Dialog *self, const TbWhmcsReview *review)
{
  const TbClient *client = NULL;
  GtkWidget *group = NULL;
  guint n = MIN (review->differences->len, ROWS_SHOWN);

  for (guint i = 0; i < n; i++)
    {
      const TbReviewDifference *row = review->differences->pdata[i];

      if (row->ours != client)
        {
          client = row->ours;
          group = add_group (self, client->name != NULL ? client->name : client->key, NULL);
        }
      add_difference (self, group, row);
    }
  return review->differences->len;
}

static void
add_unsure (Dialog *self, GtkWidget *group, const TbClientMatch *match)
{
  const TbClient *alike = match->alike->pdata[0];
  g_autofree char *name = tb_mirror_client_dup_name (match->theirs);
  const char *title = name != NULL && *name != '\0' ? name : or_none (match->theirs->email);
  /* Translators: a client at WHMCS may be this client of ours: key and name */
  g_autofree char *text = g_strdup_printf (_ ("May be %s, %s"), alike->key, or_none (alike->name));
  GtkWidget *row = add_row (group, title, text);

  add_button (self, row, _ ("Link"), title, order_new (LINK, alike->key, 0, match->theirs->id));
  add_button (self, row, _ ("Make New"), title, order_new (CREATE, NULL, 0, match->theirs->id));
  add_button (self, row, _ ("Ignore"), title, order_new (IGNORE, NULL, 0, match->theirs->id));
}

static guint
add_all_unsure (Dialog *self, const TbWhmcsReview *review)
{
  GtkWidget *group = NULL;
  guint n = 0;

  for (guint i = 0; i < review->matches->len; i++)
    {
      const TbClientMatch *match = review->matches->pdata[i];

      if (match->kind != TB_MATCH_MAYBE || match->alike->len == 0 || tb_whmcs_review_is_ignored (review, match->theirs->id) || n++ >= ROWS_SHOWN)
        continue;
      if (group == NULL)
        group = add_group (self, _ ("Clients That May Be Ours"), _ ("WHMCS has them, and somebody here is like them."));
      add_unsure (self, group, match);
    }
  return n;
}

static GtkWidget *
make_packages (const TbSetup *setup)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  for (guint i = 0; i < setup->packages->len; i++)
    gtk_string_list_append (names, ((TbPackage *) setup->packages->pdata[i])->name);
  tb_widgets_set_choices (choice, G_LIST_MODEL (names));
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  return choice;
}

static void
add_service (Dialog *self, GtkWidget *group, const TbSetup *setup, const TbTheirService *item)
{
  g_autofree char *numbers = item->voip->dids != NULL ? g_strjoinv (", ", item->voip->dids) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s · %s", item->client->name != NULL ? item->client->name : item->client->key, numbers);
  GtkWidget *row = add_row (group, item->voip->tenant, text), *packages = make_packages (setup), *button;
  g_autofree char *label = g_strdup_printf (_ ("Package of %s"), item->voip->tenant);

  tb_widgets_set_label (packages, label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), packages);
  button = add_button (self, row, _ ("Add"), item->voip->tenant, order_new (ASSIGN, NULL, 0, item->theirs->id));
  g_object_set_data (G_OBJECT (button), "tb-packages", packages);
}

static guint
add_services (Dialog *self, const TbTheirServices *services)
{
  GtkWidget *group = NULL;
  guint n = 0;

  for (guint i = 0; i < services->items->len; i++)
    {
      const TbTheirService *item = services->items->pdata[i];

      if (item->state != TB_THEIR_SERVICE_PROPOSED || n++ >= ROWS_SHOWN)
        continue;
      if (group == NULL)
        group = add_group (self, _ ("Services That Are Not Here"), _ ("Products of WHMCS on a PBX; the package says by what they are sold."));
      add_service (self, group, services->setup, item);
    }
  return n;
}

/* ---- reading and showing ---- */

static void
clear (Dialog *self)
{
  tb_widgets_let_go_of_focus (self->page);
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
}

static void
show (Dialog *self, const Reading *reading)
{
  guint differences, others;

  clear (self);
  differences = add_differences (self, reading->review);
  others = add_all_unsure (self, reading->review) + add_services (self, reading->services);
  gtk_widget_set_sensitive (self->all, differences > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), differences + others > 0 ? "rows" : "empty");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer window)
{
  g_autoptr (GtkWidget) held = window;
  g_autoptr (GError) error = NULL;
  Reading *reading = tb_reader_run_finish (TB_READER (source), result, &error);

  if (reading != NULL)
    show (g_object_get_data (G_OBJECT (held), DATA), reading);
  else if (!g_error_matches (error, TB_ERROR, TB_ERROR_CANCELLED))
    tb_dialogs_show_error (held, _ ("The Books Could Not Be Read"), error);
  g_clear_pointer (&reading, reading_free);
}

static void
read_again (Dialog *self)
{
  tb_reader_run_async (tb_books_get_reader (self->books), self->reading, read_func, NULL, NULL, reading_free, read_cb, g_object_ref (self->window));
}

/* ---- the window ---- */

static void
take_all (gpointer window)
{
  run_order (g_object_get_data (G_OBJECT (window), DATA), order_new (TAKE_THEIRS, NULL, 0, 0));
}

static void
all_cb (Dialog *self)
{
  tb_dialogs_confirm (self->window, _ ("Take All of Theirs?"), _ ("Every field that WHMCS says differently becomes what WHMCS says, but for those of which ours was kept."),
                      _ ("_Take"), TRUE, take_all, self->window, NULL);
}

static GtkWidget *
make_bar (Dialog *self)
{
  GtkWidget *bar = adw_header_bar_new ();

  self->all = gtk_button_new_with_mnemonic (_ ("Take _All Theirs…"));
  gtk_widget_set_sensitive (self->all, FALSE);
  g_signal_connect_swapped (self->all, "clicked", G_CALLBACK (all_cb), self);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), adw_window_title_new (_ ("Review of WHMCS"), NULL));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->all);
  return bar;
}

static GtkWidget *
make_stack (Dialog *self)
{
  GtkWidget *empty = adw_status_page_new ();

  self->stack = gtk_stack_new ();
  self->page = adw_preferences_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "tb-whmcs-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing to Decide"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty), _ ("Both sides say the same, as far as the last pull knows"));
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->page, "rows");
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

void
tb_whmcs_review_run (GtkWidget *widget, TbBooks *books)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Dialog *self = g_new0 (Dialog, 1);

  self->books = g_object_ref (books);
  self->groups = g_ptr_array_new ();
  self->reading = g_cancellable_new ();
  self->window = g_object_new (ADW_TYPE_WINDOW, "title", _ ("Review of WHMCS"), "modal", TRUE, "transient-for", gtk_widget_get_root (widget),
                               "default-width", 720, "default-height", 540, "content", box, NULL);
  g_object_set_data_full (G_OBJECT (self->window), DATA, self, dialog_free);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_box_append (GTK_BOX (box), make_stack (self));
  tb_dialogs_close_on_escape (self->window);
  tb_widgets_name_controls (self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  read_again (self);
}
