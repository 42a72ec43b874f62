/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tb-call-reader.h"
#include "tb-error.h"
#include "tb-pbx.h"
#include "tb-text.h"
#include "tb-url.h"
#include "tb-widgets.h"

#define NAME_MAX_CHARS 100

enum { NAME, URL, USER, SECRET, COLUMNS, ZONE, SINCE, N_FIELDS };

struct _TbConnectionForm
{
  AdwBin parent_instance;

  TbConnection *connection; /* as it was */
  GPtrArray *taken;         /* of char *: names of others */
  const TbPbxForm *form;    /* NULL = files by hand */
  gboolean is_new;
  GtkWidget *rows[N_FIELDS]; /* NULL = the kind has no such field */
  GtkWidget *format, *provider;
};

G_DEFINE_FINAL_TYPE (TbConnectionForm, tb_connection_form, ADW_TYPE_BIN)

enum { CHANGED, ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- checks: of a text that is not empty ---- */

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, text);
  return FALSE;
}

static gboolean
check_name (TbConnectionForm *self, const char *text, GError **error)
{
  if (g_utf8_strlen (text, -1) > NAME_MAX_CHARS)
    return refuse (error, _ ("The name is too long."));
  if (!self->is_new || !g_ptr_array_find_with_equal_func (self->taken, text, g_str_equal, NULL))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _ ("There is a connection “%s” already."), text);
  return FALSE;
}

/* Folders and servers of files have addresses of their own, which their kind looks at. */
static gboolean
check_url (TbConnectionForm *self, const char *text, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (!g_str_has_prefix (self->form->url, "http"))
    return TRUE;
  uri = tb_http_parse_url (text, error);
  return uri != NULL;
}

static gboolean
check_zone (TbConnectionForm *self, const char *text, GError **error)
{
  g_autoptr (TbZone) zone = tb_zone_new (text, error);

  return zone != NULL;
}

static gboolean
check_day (TbConnectionForm *self, const char *text, GError **error)
{
  TbDay day;

  return tb_day_parse (text, &day, error);
}

/* ---- the fields ---- */

typedef struct
{
  const char *title;   /* marked with N_; NULL = the kind's own */
  const char *missing; /* said when it is needed and empty; NULL = it is not needed */
  goffset offset;      /* of a char * in TbConnection; -1 = none */
  gboolean (*check) (TbConnectionForm *self, const char *text, GError **error);
} Field;

static const Field fields[N_FIELDS] = {
  [NAME] = { N_ ("Name"), N_ ("Give the connection a name."), G_STRUCT_OFFSET (TbConnection, name), check_name },
  [URL] = { N_ ("Address"), N_ ("The address is missing."), G_STRUCT_OFFSET (TbConnection, url), check_url },
  [USER] = { NULL, N_ ("The user is missing."), G_STRUCT_OFFSET (TbConnection, user), NULL },
  [SECRET] = { NULL, NULL, -1, NULL },
  [COLUMNS] = { N_ ("Columns"), NULL, G_STRUCT_OFFSET (TbConnection, columns), NULL },
  [ZONE] = { N_ ("Time zone"), N_ ("The time zone is missing: it is that of times without an offset."), G_STRUCT_OFFSET (TbConnection, time_zone), check_zone },
  [SINCE] = { N_ ("Calls from (year-month-day)"), NULL, -1, check_day },
};

static gboolean
has_field (const TbConnectionForm *self, guint field)
{
  switch (field)
    {
    case URL:
      return self->form != NULL && self->form->url != NULL;
    case USER:
      return self->form != NULL && self->form->user != NULL;
    case SECRET:
      return self->form != NULL && self->form->secret != NULL;
    case SINCE:
      return self->form != NULL;
    case COLUMNS:
      return tb_pbx_kind_has_formats (self->connection->kind);
    default:
      return TRUE;
    }
}

static const char *
get_title (const TbConnectionForm *self, guint field)
{
  if (fields[field].title != NULL)
    return _ (fields[field].title);
  return field == USER ? _ (self->form->user) : _ (self->form->secret);
}

static gboolean
is_needed (const TbConnectionForm *self, guint field)
{
  return fields[field].missing != NULL && (field != USER || !self->form->may_lack_user);
}

/* An empty field is not wrong before it was filled, but nothing is saved without what is needed. */
static gboolean
check_field (TbConnectionForm *self, guint field, GError **error)
{
  g_autofree char *text = tb_widgets_dup_text (self->rows[field]);
  gboolean good = *text == '\0' || fields[field].check == NULL || fields[field].check (self, text, error);

  tb_widgets_mark (self->rows[field], !good);
  if (!good || *text != '\0' || !is_needed (self, field))
    return good;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _ (fields[field].missing));
  return FALSE;
}

/* ---- making them ---- */

static void
changed_cb (TbConnectionForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (TbConnectionForm *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static char *
read_value (const TbConnectionForm *self, guint field)
{
  if (field == SINCE)
    return self->connection->since != TB_DAY_NONE ? tb_day_format (self->connection->since) : g_strdup ("");
  return fields[field].offset >= 0 ? g_strdup (G_STRUCT_MEMBER (char *, self->connection, fields[field].offset)) : NULL;
}

static void
add_field (TbConnectionForm *self, GtkWidget *group, guint field)
{
  g_autofree char *value = read_value (self, field);
  GtkWidget *row;

  if (!has_field (self, field))
    return;
  row = field == SECRET ? adw_password_entry_row_new () : adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_title (self, field));
  gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value : "");
  gtk_widget_set_sensitive (row, field != NAME || self->is_new);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (activate_cb), self);
  self->rows[field] = row;
}

/* A row that chooses among `first`, which stands for none, and the others; `chosen` may be NULL. */
static GtkWidget *
add_choice (TbConnectionForm *self, GtkWidget *group, const char *title, const char *first, const char *const *others, const char *chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  guint at = 0;

  gtk_string_list_append (names, first);
  for (guint i = 0; others[i] != NULL; i++)
    {
      gtk_string_list_append (names, others[i]);
      if (g_strcmp0 (others[i], chosen) == 0)
        at = i + 1;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), at);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (changed_cb), self);
  return row;
}

/* NULL = the first, which stands for none. */
static char *
dup_choice (GtkWidget *row)
{
  GtkStringObject *chosen = row != NULL && adw_combo_row_get_selected (ADW_COMBO_ROW (row)) > 0 ? adw_combo_row_get_selected_item (ADW_COMBO_ROW (row)) : NULL;

  return chosen != NULL ? g_strdup (gtk_string_object_get_string (chosen)) : NULL;
}

static GtkWidget *
add_group (GtkWidget *box, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *markup = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), markup);
  gtk_box_append (GTK_BOX (box), group);
  return group;
}

static void
add_access (TbConnectionForm *self, GtkWidget *box)
{
  g_autoptr (GString) text = g_string_new (self->form->hint != NULL ? _ (self->form->hint) : NULL);
  GtkWidget *group;

  if (self->form->url != NULL)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      /* Translators: %s is an example of an address */
      g_string_append_printf (text, _ ("The address is like %s."), self->form->url);
    }
  group = add_group (box, text->str);
  add_field (self, group, URL);
  add_field (self, group, USER);
  add_field (self, group, SECRET);
}

static void
add_records (TbConnectionForm *self, GtkWidget *box, const TbSetup *setup)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();
  GtkWidget *group = add_group (box, NULL);

  for (guint i = 0; i < setup->providers->len; i++)
    g_ptr_array_add (providers, ((TbProvider *) setup->providers->pdata[i])->name);
  g_ptr_array_add (providers, NULL);
  if (has_field (self, COLUMNS))
    self->format = add_choice (self, group, _ ("Format"), _ ("Told from the content"), tb_call_format_list (), self->connection->format);
  add_field (self, group, COLUMNS);
  add_field (self, group, ZONE);
  add_field (self, group, SINCE);
  self->provider = add_choice (self, group, _ ("Provider"), _ ("None"), (const char *const *) providers->pdata, self->connection->provider);
}

/* ---- class ---- */

static void
tb_connection_form_finalize (GObject *object)
{
  TbConnectionForm *self = TB_CONNECTION_FORM (object);

  tb_connection_free (self->connection);
  g_ptr_array_unref (self->taken);

  G_OBJECT_CLASS (tb_connection_form_parent_class)->finalize (object);
}

static gboolean
tb_connection_form_grab_focus (GtkWidget *widget)
{
  TbConnectionForm *self = TB_CONNECTION_FORM (widget);

  return gtk_widget_grab_focus (self->rows[self->is_new ? NAME : self->rows[URL] != NULL ? URL : ZONE]);
}

static void
tb_connection_form_class_init (TbConnectionFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_connection_form_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = tb_connection_form_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_connection_form_init (TbConnectionForm *self)
{
  self->taken = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
tb_connection_form_new (const TbSetup *setup, const TbConnection *connection)
{
  TbConnectionForm *self = g_object_new (TB_TYPE_CONNECTION_FORM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->connection = tb_connection_copy (connection);
  self->form = tb_pbx_find_form (connection->kind);
  self->is_new = connection->name == NULL || *connection->name == '\0';
  for (guint i = 0; i < setup->connections->len; i++)
    g_ptr_array_add (self->taken, g_strdup (((TbConnection *) setup->connections->pdata[i])->name));
  add_field (self, add_group (box, NULL), NAME);
  if (self->form != NULL)
    add_access (self, box);
  add_records (self, box, setup);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

TbConnection *
tb_connection_form_read (TbConnectionForm *self, GError **error)
{
  g_autoptr (TbConnection) read = tb_connection_copy (self->connection);
  g_autoptr (GError) wrong = NULL, missing = NULL;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autoptr (GError) bad = NULL;
      g_autofree char *text = self->rows[i] != NULL ? tb_widgets_dup_text (self->rows[i]) : NULL;

      if (text == NULL)
        continue;
      if (!check_field (self, i, &bad))
        {
          GError **place = g_error_matches (bad, TB_ERROR, TB_ERROR_NOT_FOUND) ? &missing : &wrong;

          if (*place == NULL)
            *place = g_steal_pointer (&bad);
        }
      else if (fields[i].offset >= 0)
        tb_set_str (&G_STRUCT_MEMBER (char *, read, fields[i].offset), *text != '\0' ? text : NULL);
      else if (i == SINCE && (*text == '\0' || !tb_day_parse (text, &read->since, NULL)))
        read->since = TB_DAY_NONE;
    }
  if (wrong != NULL || missing != NULL)
    {
      g_propagate_error (error, wrong != NULL ? g_steal_pointer (&wrong) : g_steal_pointer (&missing));
      return NULL;
    }
  g_free (read->provider);
  read->provider = dup_choice (self->provider);
  if (self->format != NULL)
    {
      g_free (read->format);
      read->format = dup_choice (self->format);
    }
  return g_steal_pointer (&read);
}

char *
tb_connection_form_dup_secret (TbConnectionForm *self)
{
  const char *text = self->rows[SECRET] != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->rows[SECRET])) : "";

  return *text != '\0' ? g_strdup (text) : NULL;
}

void
tb_connection_form_wipe (TbConnectionForm *self)
{
  tb_widgets_let_go_of_focus (GTK_WIDGET (self)); /* a password row of libadwaita 1.2 that goes away with it looks at itself when it is gone */
  if (self->rows[SECRET] != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->rows[SECRET]), "");
}
