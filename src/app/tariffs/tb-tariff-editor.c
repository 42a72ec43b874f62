/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-editor.h"

#include <inttypes.h>

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-error.h"
#include "tb-format.h"
#include "tb-rate-change-dialog.h"
#include "tb-rate-dialogs.h"
#include "tb-run.h"
#include "tb-tariff-checks.h"
#include "tb-tariff-editor-work.h"
#include "tb-tariff-store.h"
#include "tb-widgets.h"
#include "tb-worker.h"

struct _TbTariffEditor
{
  AdwWindow parent_instance;

  TbBooks *books;
  GtkWidget *origin; /* the page: what happens to the books is shown over it */
  char *name;
  GCancellable *reading;
  TbTariffRevision *revision; /* what is reviewed */
  GSimpleActionGroup *actions;
  gboolean closing;

  AdwWindowTitle *title;
  GtkWidget *back, *undo_button, *redo_button, *review_button, *save_button, *search;
  GtkSpinner *spinner;
  GtkStack *steps, *rows;
  GtkLabel *count;
  AdwFlap *flap;
  TbTariffChecks *checks;
  TbRateSheet *sheet;
  TbRevisionView *review;
};

G_DEFINE_FINAL_TYPE (TbTariffEditor, tb_tariff_editor, ADW_TYPE_WINDOW)

static gboolean
is_reviewing (TbTariffEditor *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->steps), "review");
}

static gboolean
is_changed (TbTariffEditor *self)
{
  return tb_undo_get_can_undo (tb_rate_sheet_get_undo (self->sheet));
}

/* ---- what can be done now ---- */

static void
set_enabled (TbTariffEditor *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
say_step (GtkWidget *button, const char *format, const char *label, const char *nothing)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *text = label != NULL ? g_strdup_printf (format, label) : g_strdup (nothing);
#pragma GCC diagnostic pop

  gtk_widget_set_tooltip_text (button, text);
}

static void
update (TbTariffEditor *self)
{
  TbUndo *undo;
  gboolean there, review, rows, idle = self->reading == NULL;

  if (self->closing)
    return;
  undo = tb_rate_sheet_get_undo (self->sheet);
  there = tb_rate_sheet_get_draft (self->sheet) != NULL;
  review = is_reviewing (self);
  rows = there && tb_rate_sheet_get_shown (self->sheet)->len > 0;
  set_enabled (self, "undo", !review && idle && tb_undo_get_can_undo (undo));
  set_enabled (self, "redo", !review && idle && tb_undo_get_can_redo (undo));
  set_enabled (self, "add", there && !review);
  set_enabled (self, "delete", rows && !review);
  set_enabled (self, "split", rows && !review);
  set_enabled (self, "change", rows && !review);
  set_enabled (self, "select-all", rows && !review);
  set_enabled (self, "check", there && !review);
  set_enabled (self, "review", there && !review && idle && is_changed (self));
  set_enabled (self, "save", review && idle && self->revision != NULL && self->revision->changes->len > 0);
  say_step (self->undo_button, _ ("Undo: %s (Ctrl+Z)"), tb_undo_get_undo_label (undo), _ ("Nothing to undo"));
  say_step (self->redo_button, _ ("Redo: %s (Ctrl+Shift+Z)"), tb_undo_get_redo_label (undo), _ ("Nothing to redo"));
  gtk_widget_set_visible (self->back, review);
  gtk_widget_set_visible (self->undo_button, !review);
  gtk_widget_set_visible (self->redo_button, !review);
  gtk_widget_set_visible (self->review_button, !review);
  gtk_widget_set_visible (self->save_button, review);
  gtk_spinner_set_spinning (self->spinner, !idle && there);
}

/* "312 of 250,000 rates · 4 chosen" */
static char *
dup_count (guint all, guint shown, guint64 chosen)
{
  g_autofree char *n_all = tb_format_number (all), *n_shown = tb_format_number (shown), *n_chosen = tb_format_number ((gint64) chosen);
  g_autofree char *rates = shown == all ? g_strdup_printf (g_dngettext (NULL, "%s rate", "%s rates", all), n_all)
                                        /* Translators: numbers: "312 of 250,000 rates" */
                                        : g_strdup_printf (g_dngettext (NULL, "%s of %s rate", "%s of %s rates", all), n_shown, n_all);
  /* Translators: after "312 of 250,000 rates" */
  g_autofree char *more = chosen > 1 ? g_strdup_printf (_ (" · %s chosen"), n_chosen) : g_strdup ("");

  return g_strconcat (rates, more, NULL);
}

static void
say_count (TbTariffEditor *self)
{
  g_autofree char *text = NULL;

  if (self->closing)
    return;
  text = dup_count (tb_rate_sheet_get_all (self->sheet)->len, tb_rate_sheet_get_shown (self->sheet)->len,
                    gtk_bitset_get_size (tb_grid_get_selection (tb_rate_sheet_get_grid (self->sheet))));
  gtk_label_set_label (self->count, text);
}

static void
listed_cb (TbTariffEditor *self)
{
  if (self->closing)
    return;
  gtk_stack_set_visible_child_name (self->rows, tb_rate_sheet_get_shown (self->sheet)->len > 0 ? "sheet" : "empty");
  tb_tariff_checks_outdate (self->checks);
  say_count (self);
  update (self);
}

/* ---- reading ---- */

static void
begin_reading (TbTariffEditor *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
}

/* FALSE: the window is closed, or something else is read by now. */
static gboolean
end_reading (TbTariffEditor *self, GAsyncResult *result)
{
  if (self->steps == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return FALSE;
  g_clear_object (&self->reading);
  return TRUE;
}

static gpointer
read_tariff (TbStore *store, TbJob *job, gpointer name, GError **error)
{
  TbTariff *tariff = tb_tariff_store_load (store, name, error);

  return tariff != NULL ? tb_rate_sheet_data_new (tariff) : NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbTariffEditor) self = data;
  g_autoptr (GError) error = NULL;
  TbRateSheetData *read = tb_reader_run_finish (tb_books_get_reader (self->books), result, &error);

  if (!end_reading (self, result))
    {
      tb_rate_sheet_data_free (read);
      return;
    }
  if (read == NULL)
    {
      tb_dialogs_show_error (self->origin, _ ("The Rates Could Not Be Read"), error);
      self->closing = TRUE;
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  tb_rate_sheet_take (self->sheet, read);
  listed_cb (self);
  gtk_widget_grab_focus (tb_rate_sheet_get_shown (self->sheet)->len > 0 ? GTK_WIDGET (tb_rate_sheet_get_grid (self->sheet)) : self->search);
}

static void
read_rates (TbTariffEditor *self)
{
  begin_reading (self);
  tb_reader_run_async (tb_books_get_reader (self->books), self->reading, read_tariff, g_strdup (self->name), g_free,
                       (GDestroyNotify) tb_rate_sheet_data_free, read_cb, g_object_ref (self));
  update (self);
}

/* ---- search ---- */

static void
search_cb (TbTariffEditor *self)
{
  tb_rate_sheet_search (self->sheet, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_activate_cb (TbTariffEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (tb_rate_sheet_get_grid (self->sheet)));
}

static void
search_stop_cb (TbTariffEditor *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_activate_cb (self);
}

static void
search_dropped_cb (TbTariffEditor *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* ---- review and save ---- */

/* Twice a quarter of a million rates: their end is waited for elsewhere. */
static void
drop_revision (TbTariffEditor *self)
{
  if (self->revision == NULL)
    return;
  tb_revision_view_show (self->review, NULL, NULL, NULL);
  tb_worker_free_elsewhere (g_steal_pointer (&self->revision), (GDestroyNotify) tb_tariff_revision_unref);
}

static void
leave_review (TbTariffEditor *self)
{
  drop_revision (self);
  gtk_stack_set_visible_child_name (self->steps, "rates");
  adw_window_title_set_title (self->title, _ ("Edit Rates"));
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (tb_rate_sheet_get_grid (self->sheet)));
}

static void
reviewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbTariffEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TbTariffRevision) revision = tb_reader_run_finish (tb_books_get_reader (self->books), result, &error);

  if (!end_reading (self, result))
    return;
  if (revision == NULL)
    tb_dialogs_show_error (GTK_WIDGET (self), _ ("These Rates Cannot Be Saved"), error);
  else
    {
      self->revision = g_steal_pointer (&revision);
      tb_revision_view_show (self->review, self->books, self->revision, NULL);
      gtk_stack_set_visible_child_name (self->steps, "review");
      adw_window_title_set_title (self->title, _ ("Review Changes"));
    }
  update (self);
  if (self->revision != NULL)
    gtk_widget_grab_focus (self->save_button);
}

static gpointer
write_revision (TbStore *store, TbJob *job, gpointer revision, GError **error)
{
  return tb_tariff_revision_apply (revision, store, job, error) ? tb_tariff_revision_ref (revision) : NULL;
}

static void
written (GtkWidget *origin, gpointer result)
{
  g_autoptr (TbTariffRevision) revision = result;
  g_autofree char *text = g_strdup_printf (_ ("%s has version %u now"), revision->after->name, revision->after->version);

  tb_dialogs_toast (origin, text);
}

/* ---- actions ---- */

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_undo_undo (tb_rate_sheet_get_undo (((TbTariffEditor *) data)->sheet));
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_undo_redo (tb_rate_sheet_get_undo (((TbTariffEditor *) data)->sheet));
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_grab_focus (((TbTariffEditor *) data)->search);
}

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_rate_dialogs_add (GTK_WINDOW (data), ((TbTariffEditor *) data)->sheet);
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_tariff_editor_delete_selected (((TbTariffEditor *) data)->sheet);
}

static void
split_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_rate_dialogs_split (GTK_WINDOW (data), ((TbTariffEditor *) data)->sheet);
}

static void
change_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (tb_rate_change_dialog_new (GTK_WINDOW (data), ((TbTariffEditor *) data)->sheet)));
}

static void
select_all_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tb_grid_select_all (tb_rate_sheet_get_grid (((TbTariffEditor *) data)->sheet));
}

static void
check_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbTariffEditor *self = data;

  adw_flap_set_reveal_flap (self->flap, TRUE);
  tb_tariff_checks_start (self->checks, self->sheet);
}

static void
review_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbTariffEditor *self = data;

  if (!tb_grid_finish_edit (tb_rate_sheet_get_grid (self->sheet)))
    return;
  begin_reading (self);
  tb_reader_run_async (tb_books_get_reader (self->books), self->reading, tb_tariff_editor_revise,
                       tb_tariff_draft_lend (tb_rate_sheet_get_draft (self->sheet)), (GDestroyNotify) tb_draft_view_free,
                       (GDestroyNotify) tb_tariff_revision_unref, reviewed_cb, g_object_ref (self));
  update (self);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  leave_review (data);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbTariffEditor *self = data;
  g_autofree char *title = g_strdup_printf (_ ("Save rates of %s"), self->name);

  tb_run (self->origin, self->books, title, TRUE, write_revision, tb_tariff_revision_ref (self->revision), (GDestroyNotify) tb_tariff_revision_unref,
          (GDestroyNotify) tb_tariff_revision_unref, written, NULL);
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static const GActionEntry entries[] = {
  { "undo", undo_cb },     { "redo", redo_cb },   { "find", find_cb },     { "add", add_cb },   { "delete", delete_cb }, { "split", split_cb },
  { "change", change_cb }, { "check", check_cb }, { "review", review_cb }, { "back", back_cb }, { "save", save_cb },     { "select-all", select_all_cb },
};

/* ---- class ---- */

static void
discard (gpointer data)
{
  TbTariffEditor *self = data;

  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
tb_tariff_editor_close_request (GtkWindow *window)
{
  TbTariffEditor *self = TB_TARIFF_EDITOR (window);

  if (self->closing || !is_changed (self))
    return GTK_WINDOW_CLASS (tb_tariff_editor_parent_class)->close_request (window);
  tb_dialogs_confirm (GTK_WIDGET (self), _ ("Discard the Changes?"), _ ("The rates that were changed here were not saved."), _ ("_Discard"), TRUE, discard,
                      g_object_ref (self), g_object_unref);
  return TRUE;
}

static void
tb_tariff_editor_dispose (GObject *object)
{
  TbTariffEditor *self = TB_TARIFF_EDITOR (object);

  self->closing = TRUE; /* what goes now still has things to say */
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  drop_revision (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TB_TYPE_TARIFF_EDITOR);
  g_clear_object (&self->actions);
  g_clear_object (&self->origin);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (tb_tariff_editor_parent_class)->dispose (object);
}

static void
tb_tariff_editor_finalize (GObject *object)
{
  g_clear_object (&TB_TARIFF_EDITOR (object)->books); /* a reading that was under way is finished with them */

  G_OBJECT_CLASS (tb_tariff_editor_parent_class)->finalize (object);
}

static const struct { guint key; GdkModifierType state; const char *action; } keys[] = {
  { GDK_KEY_z, GDK_CONTROL_MASK, "editor.undo" },   { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.redo" },
  { GDK_KEY_y, GDK_CONTROL_MASK, "editor.redo" },   { GDK_KEY_f, GDK_CONTROL_MASK, "editor.find" },
  { GDK_KEY_n, GDK_CONTROL_MASK, "editor.add" },    { GDK_KEY_m, GDK_CONTROL_MASK, "editor.change" },
  { GDK_KEY_s, GDK_CONTROL_MASK, "editor.review" }, { GDK_KEY_Delete, 0, "editor.delete" },
  { GDK_KEY_w, GDK_CONTROL_MASK, "window.close" },
};

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbTariffEditor, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
tb_tariff_editor_class_init (TbTariffEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_tariff_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_tariff_editor_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = tb_tariff_editor_close_request;

  g_type_ensure (TB_TYPE_RATE_SHEET);
  g_type_ensure (TB_TYPE_REVISION_VIEW);
  g_type_ensure (TB_TYPE_TARIFF_CHECKS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/tariffs/tb-tariff-editor.ui");
  BIND (title), BIND (back), BIND (undo_button), BIND (redo_button), BIND (review_button), BIND (save_button), BIND (search), BIND (spinner);
  BIND (steps), BIND (rows), BIND (count), BIND (flap), BIND (checks), BIND (sheet), BIND (review);
  CALL (search_cb), CALL (search_activate_cb), CALL (search_stop_cb);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].state, keys[i].action, NULL);
}

static void
tb_tariff_editor_init (TbTariffEditor *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->sheet, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tb_rate_sheet_get_undo (self->sheet), "notify::redo-label", G_CALLBACK (update), self, G_CONNECT_SWAPPED); /* the last of its four */
  g_signal_connect_object (self->sheet, "search-dropped", G_CALLBACK (search_dropped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tb_rate_sheet_get_grid (self->sheet), "selection-changed", G_CALLBACK (say_count), self, G_CONNECT_SWAPPED);
}

/* ---- public ---- */

/* No larger than the window that it came from, which fits the screen. */
static void
fit_size (TbTariffEditor *self, GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (width, MAX (gtk_widget_get_width (GTK_WIDGET (root)), 720)),
                               MIN (height, MAX (gtk_widget_get_height (GTK_WIDGET (root)), 480)));
}

TbTariffEditor *
tb_tariff_editor_new (GtkWidget *parent, TbBooks *books, const char *tariff)
{
  TbTariffEditor *self = g_object_new (TB_TYPE_TARIFF_EDITOR, "transient-for", gtk_widget_get_root (parent), NULL);

  self->books = g_object_ref (books);
  self->origin = g_object_ref (parent);
  self->name = g_strdup (tariff);
  adw_window_title_set_subtitle (self->title, tariff);
  fit_size (self, parent);
  read_rates (self);
  return self;
}

TbRateSheet *
tb_tariff_editor_get_sheet (TbTariffEditor *self)
{
  return self->sheet;
}

TbRevisionView *
tb_tariff_editor_get_review (TbTariffEditor *self)
{
  return self->revision != NULL ? self->review : NULL;
}

gboolean
tb_tariff_editor_is_idle (TbTariffEditor *self)
{
  return self->reading == NULL && tb_rate_sheet_is_idle (self->sheet) && tb_tariff_checks_is_idle (self->checks);
}
