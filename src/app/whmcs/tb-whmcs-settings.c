/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-connection-access.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-secret.h"
#include "tb-setup-store.h"
#include "tb-url.h"
#include "tb-widgets.h"

/* Names of the secrets in the keyring. */
#define SECRET "whmcs"
#define ACCESS_KEY "whmcs access key"

#define FORM_DATA "tb-form"

/* Ids of clients' custom fields at WHMCS, which does not tell their names. */
static const struct
{
  const char *title;
  gsize offset;
} fields[] = {
  { N_ ("“Has VoIP Service”"), G_STRUCT_OFFSET (TbWhmcsSettings, has_voip_field) },
  { N_ ("“Manual VoIP Suspend”"), G_STRUCT_OFFSET (TbWhmcsSettings, manual_suspend_field) },
  { N_ ("“VoIP Suspended”"), G_STRUCT_OFFSET (TbWhmcsSettings, suspended_field) },
  { N_ ("“Low Balance Threshold”"), G_STRUCT_OFFSET (TbWhmcsSettings, low_balance_field) },
};
#define N_FIELDS G_N_ELEMENTS (fields)

typedef struct
{
  GtkWidget *widget; /* where the dialog was asked for: toasts go there */
  TbBooks *books;
  GtkWidget *window; /* borrowed: it owns this */
  GtkWidget *save;
  GtkWidget *url, *identifier, *user, *secret, *access_key;
  GtkWidget *post, *per, *prepaid, *payment_method, *since;
  GtkWidget *fields[N_FIELDS];
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->widget);
  g_object_unref (form->books);
  g_free (form);
}

/* ---- choices: what the books say, and what people read ---- */

typedef struct
{
  const char *word, *title;
} Choice;

static const Choice posts[] = { { "invoices", N_ ("Published and mailed") }, { "drafts", N_ ("Left as drafts") } };
static const Choice pers[] = { { "client", N_ ("One for each client") }, { "service", N_ ("One for each service") } };
static const Choice prepaids[] = { { "invoices", N_ ("Invoiced, paid from credit") }, { "credit", N_ ("Taken off the credit") } };

static GtkWidget *
add_choice (GtkWidget *group, const char *title, const char *subtitle, const Choice *choices, const char *chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < 2; i++)
    gtk_string_list_append (titles, _ (choices[i].title));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), g_strcmp0 (chosen, choices[1].word) == 0);
  tb_widgets_set_label (row, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static char *
dup_choice (GtkWidget *row, const Choice *choices)
{
  return g_strdup (choices[adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == 1].word);
}

/* ---- what was typed ---- */

static char *
dup_given (GtkWidget *entry)
{
  char *text = tb_widgets_dup_text (entry);

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/* Empty is no day. */
static gboolean
read_day (GtkWidget *entry, TbDay *ret)
{
  g_autofree char *text = tb_widgets_dup_text (entry);

  *ret = TB_DAY_NONE;
  return *text == '\0' || tb_day_parse (text, ret, NULL);
}

/* Empty is no field. */
static gboolean
read_id (GtkWidget *entry, gint64 *ret)
{
  g_autofree char *text = tb_widgets_dup_text (entry);
  guint64 value = 0;

  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT32, &value, NULL))
    return FALSE;
  *ret = (gint64) value;
  return TRUE;
}

static TbSetup *
read_form (Form *form)
{
  TbSetup *part = tb_setup_new ();
  TbWhmcsSettings *settings = part->whmcs = tb_whmcs_settings_new ();

  settings->url = tb_widgets_dup_text (form->url);
  settings->identifier = dup_given (form->identifier);
  settings->user = dup_given (form->user);
  settings->post = dup_choice (form->post, posts);
  settings->per = dup_choice (form->per, pers);
  settings->prepaid = dup_choice (form->prepaid, prepaids);
  settings->payment_method = dup_given (form->payment_method);
  read_day (form->since, &settings->since);
  for (guint i = 0; i < N_FIELDS; i++)
    read_id (form->fields[i], &G_STRUCT_MEMBER (gint64, settings, fields[i].offset));
  return part;
}

/* What is wrong is said by the entry; what is only missing yet, by the button that cannot be pressed. */
static void
update (Form *form)
{
  g_autofree char *url = tb_widgets_dup_text (form->url), *identifier = tb_widgets_dup_text (form->identifier), *user = tb_widgets_dup_text (form->user);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = *url != '\0' ? tb_http_parse_url (url, &error) : NULL;
  TbDay since;
  gboolean others_ok = read_day (form->since, &since);

  tb_widgets_mark (form->since, !others_ok);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gint64 id;
      gboolean ok = read_id (form->fields[i], &id);

      tb_widgets_mark (form->fields[i], !ok);
      others_ok = others_ok && ok;
    }
  tb_widgets_mark (form->url, error != NULL);
  gtk_widget_set_tooltip_text (form->url, error != NULL ? error->message : NULL);
  gtk_widget_set_sensitive (form->save, uri != NULL && others_ok && (*identifier != '\0' || *user != '\0'));
}

/* ---- saving ---- */

static gpointer
save_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_setup_store_apply (store, data, FALSE, NULL, NULL, error) ? TB_RUN_OK : NULL;
}

static void
save_done (GtkWidget *widget, gpointer result)
{
  tb_dialogs_toast (widget, _ ("WHMCS is set up"));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!tb_connection_keep_secret_finish (result, &error))
    tb_dialogs_show_error (GTK_WIDGET (source), _ ("The Secret Could Not Be Kept"), error);
}

/* An empty entry leaves what is kept as it is. */
static void
keep_secret (Form *form, GtkWidget *entry, const char *name)
{
  char *secret = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));

  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  if (*secret != '\0')
    tb_connection_keep_secret_async (form->widget, name, secret, kept_cb, NULL);
  tb_secret_free (secret);
}

static void
save_cb (Form *form)
{
  gtk_window_set_focus (GTK_WINDOW (form->window), NULL);
  keep_secret (form, form->secret, SECRET);
  keep_secret (form, form->access_key, ACCESS_KEY);
  tb_run (form->widget, form->books, _ ("Set up WHMCS"), TRUE, save_func, read_form (form), (GDestroyNotify) tb_setup_free, NULL, save_done, NULL);
  gtk_window_close (GTK_WINDOW (form->window));
}

/* ---- the window ---- */

static GtkWidget *
add_entry (Form *form, GtkWidget *group, GtkWidget *entry, const char *title, const char *text)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  tb_widgets_set_label (entry, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), form);
  return entry;
}

static GtkWidget *
add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
add_rows (Form *form, GtkWidget *page, const TbWhmcsSettings *settings)
{
  GtkWidget *where = add_group (page, _ ("Where It Is"), _ ("The address of WHMCS itself, without “includes/api.php”."));
  GtkWidget *sign_in = add_group (page, _ ("Signing In"),
                                  _ ("API credentials of WHMCS: their secret and the access key are kept in your keyring; left empty, what is kept there stays."));
  GtkWidget *invoices = add_group (page, _ ("Invoices"), NULL);
  GtkWidget *custom = add_group (page, _ ("Custom Fields of Clients"),
                                 _ ("Their numbers at WHMCS. With the first, services of clients who pay in advance are suspended when nothing is left."));
  g_autofree char *since = tb_format_day (settings->since);

  form->url = add_entry (form, where, adw_entry_row_new (), _ ("Address"), settings->url);
  form->identifier = add_entry (form, sign_in, adw_entry_row_new (), _ ("Identifier"), settings->identifier);
  form->user = add_entry (form, sign_in, adw_entry_row_new (), _ ("Or an administrator’s name"), settings->user);
  form->secret = add_entry (form, sign_in, adw_password_entry_row_new (), _ ("Secret or password"), NULL);
  form->access_key = add_entry (form, sign_in, adw_password_entry_row_new (), _ ("API access key, if the address is not on its list"), NULL);
  form->post = add_choice (invoices, _ ("At WHMCS they are"), NULL, posts, settings->post);
  form->per = add_choice (invoices, _ ("How many"), NULL, pers, settings->per);
  form->prepaid = add_choice (invoices, _ ("Use that was paid in advance is"), NULL, prepaids, settings->prepaid);
  form->payment_method = add_entry (form, invoices, adw_entry_row_new (), _ ("Payment method (a module’s name; empty = the client’s own)"),
                                    settings->payment_method);
  form->since = add_entry (form, invoices, adw_entry_row_new (), _ ("Only those issued since (year-month-day; empty = all)"), since);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gint64 id = G_STRUCT_MEMBER (gint64, settings, fields[i].offset);
      g_autofree char *text = id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;

      form->fields[i] = add_entry (form, custom, adw_entry_row_new (), _ (fields[i].title), text);
    }
}

static GtkWidget *
make_bar (Form *form)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  form->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (form->save, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), form->window);
  g_signal_connect_swapped (form->save, "clicked", G_CALLBACK (save_cb), form);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), adw_window_title_new (_ ("Set Up WHMCS"), NULL));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), form->save);
  return bar;
}

void
tb_whmcs_settings_run (GtkWidget *widget, TbBooks *books)
{
  const TbWhmcsSettings none = { .since = TB_DAY_NONE }, *settings = tb_books_get_setup (books)->whmcs;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *page = adw_preferences_page_new ();
  Form *form = g_new0 (Form, 1);

  form->widget = g_object_ref (widget);
  form->books = g_object_ref (books);
  form->window = g_object_new (ADW_TYPE_WINDOW, "title", _ ("Set Up WHMCS"), "modal", TRUE, "transient-for", gtk_widget_get_root (widget),
                               "default-width", 560, "default-height", 620, "content", box, NULL);
  g_object_set_data_full (G_OBJECT (form->window), FORM_DATA, form, form_free);
  gtk_box_append (GTK_BOX (box), make_bar (form));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), page);
  add_rows (form, page, settings != NULL ? settings : &none);
  update (form);
  tb_dialogs_close_on_escape (form->window);
  tb_widgets_name_controls (form->window);
  gtk_window_set_default_widget (GTK_WINDOW (form->window), form->save);
  gtk_window_present (GTK_WINDOW (form->window));
  gtk_widget_grab_focus (form->url);
}
