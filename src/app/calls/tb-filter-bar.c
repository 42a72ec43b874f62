/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-filter-bar.h"

#include <glib/gi18n.h>

#include "tb-filter-editor.h"
#include "tb-page.h"
#include "tb-widgets.h"

/* So that a chip with fifty values does not push the others out of sight. */
#define CHIP_CHARS 36

struct _TbFilterBar
{
  GtkBox parent_instance;

  TbCallWhere *where; /* ALL; each part is a chip */
  GHashTable *titles; /* text of a part → what it is called */
  guint filling; /* source: a chip that is being pressed is not taken away under the finger */
  char *typed; /* what of the entry was last told, as text; "" = nothing */

  GtkWidget *entry, *add, *clear, *scroll, *chips;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbFilterBar, tb_filter_bar, GTK_TYPE_BOX)

static void fill_chips (TbFilterBar *self);

static gboolean
fill_cb (gpointer data)
{
  TB_FILTER_BAR (data)->filling = 0;
  fill_chips (data);
  return G_SOURCE_REMOVE;
}

static void
changed (TbFilterBar *self)
{
  if (self->filling == 0)
    self->filling = g_idle_add (fill_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the parts ---- */

static guint
position_of (GtkWidget *widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "tb-position"));
}

/* The parts of `where` in the place of one part. Takes it. */
static void
replace_part (TbFilterBar *self, guint position, TbCallWhere *where)
{
  TbCallWhere *all = tb_call_where_new (TB_WHERE_ALL);

  for (guint i = 0; i < self->where->parts->len; i++)
    if (i != position)
      tb_call_where_add (all, tb_call_where_copy (self->where->parts->pdata[i]));
    else
      for (guint k = 0; where != NULL && k < where->parts->len; k++)
        tb_call_where_add (all, tb_call_where_copy (where->parts->pdata[k]));
  tb_call_where_free (where);
  tb_call_where_free (self->where);
  self->where = all;
  changed (self);
}

static void
remove_part (TbFilterBar *self, guint position)
{
  if (position >= self->where->parts->len)
    return;
  replace_part (self, position, NULL);
  gtk_widget_grab_focus (self->entry);
}

/* The part and the next one: one of them is enough. */
static void
join_parts (TbFilterBar *self, guint position)
{
  TbCallWhere *all = tb_call_where_new (TB_WHERE_ALL), *any = tb_call_where_new (TB_WHERE_ANY);

  for (guint i = position; i <= position + 1; i++)
    {
      const TbCallWhere *part = self->where->parts->pdata[i];

      if (part->kind != TB_WHERE_ANY)
        tb_call_where_add (any, tb_call_where_copy (part));
      for (guint k = 0; part->kind == TB_WHERE_ANY && k < part->parts->len; k++)
        tb_call_where_add (any, tb_call_where_copy (part->parts->pdata[k]));
    }
  tb_call_where_add (all, any);
  g_ptr_array_remove_index (self->where->parts, position + 1);
  replace_part (self, position, all);
}

/* ---- a chip ---- */

static void
apply_cb (GtkWidget *editor, TbFilterBar *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (editor, GTK_TYPE_POPOVER);
  guint position = position_of (editor);
  TbCallWhere *where = tb_filter_editor_dup_where (TB_FILTER_EDITOR (editor));

  gtk_popover_popdown (GTK_POPOVER (popover));
  if (where == NULL)
    return;
  if (position < self->where->parts->len)
    {
      replace_part (self, position, where);
      return;
    }
  for (guint i = 0; i < where->parts->len; i++)
    tb_call_where_add (self->where, tb_call_where_copy (where->parts->pdata[i]));
  tb_call_where_free (where);
  changed (self);
}

static void
split_cb (GtkWidget *button, TbFilterBar *self)
{
  guint position = position_of (button);

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  if (position < self->where->parts->len)
    replace_part (self, position, tb_call_where_copy (self->where->parts->pdata[position]));
}

static const TbSetup *
get_setup (gpointer data)
{
  TbPage *page = tb_page_get_around (data);
  TbBooks *books = page != NULL ? tb_page_get_books (page) : NULL;

  return books != NULL ? tb_books_get_setup (books) : NULL;
}

static GtkWidget *
popover_new (TbFilterBar *self, guint position, const TbCallWhere *part)
{
  GtkWidget *popover = gtk_popover_new (), *editor = tb_filter_editor_new (part, get_setup, self);

  g_object_set_data (G_OBJECT (editor), "tb-position", GUINT_TO_POINTER (position));
  g_signal_connect_object (editor, "apply", G_CALLBACK (apply_cb), self, 0);
  if (part != NULL && part->kind == TB_WHERE_ANY)
    {
      GtkWidget *split = gtk_button_new_with_label (_ ("All of Them"));

      gtk_widget_set_tooltip_text (split, _ ("A chip for each, all of which must hold"));
      gtk_widget_set_halign (split, GTK_ALIGN_START);
      g_object_set_data (G_OBJECT (split), "tb-position", GUINT_TO_POINTER (position));
      g_signal_connect_object (split, "clicked", G_CALLBACK (split_cb), self, 0);
      gtk_box_append (GTK_BOX (editor), split);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), editor);
  return popover;
}

/* Popovers are made when they are opened: a chip that is only looked at has none. */
static void
popup_cb (GtkMenuButton *button, gpointer data)
{
  TbFilterBar *self = data;
  guint position = position_of (GTK_WIDGET (button));
  const TbCallWhere *part = position < self->where->parts->len ? self->where->parts->pdata[position] : NULL;

  gtk_menu_button_set_popover (button, popover_new (self, position, part));
}

static void
remove_cb (GtkWidget *button, TbFilterBar *self)
{
  remove_part (self, position_of (button));
}

static void
join_cb (GtkWidget *button, TbFilterBar *self)
{
  join_parts (self, position_of (button));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TbFilterBar *self)
{
  if (key != GDK_KEY_Delete && key != GDK_KEY_BackSpace && key != GDK_KEY_KP_Delete)
    return GDK_EVENT_PROPAGATE;
  remove_part (self, position_of (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller))));
  return GDK_EVENT_STOP;
}

static char *
title_of (TbFilterBar *self, const TbCallWhere *part)
{
  g_autofree char *text = tb_call_where_to_string (part);
  const char *title = self->titles != NULL ? g_hash_table_lookup (self->titles, text) : NULL;

  return title != NULL ? g_strdup (title) : tb_call_where_to_display (part);
}

static GtkWidget *
chip_new (TbFilterBar *self, guint position)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *edit = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (NULL), *cross = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *title = title_of (self, self->where->parts->pdata[position]);
  g_autofree char *removes = g_strdup_printf (_ ("Remove “%s”"), title);

  gtk_label_set_label (GTK_LABEL (label), title);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHIP_CHARS);
  /* The row scrolls rather than that its chips become dots. */
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (title, -1), CHIP_CHARS));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (edit), label);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (edit), popup_cb, self, NULL);
  gtk_widget_set_tooltip_text (edit, title);
  tb_widgets_set_label (edit, title);
  gtk_widget_set_tooltip_text (cross, removes);
  tb_widgets_set_label (cross, removes);
  for (guint i = 0; i < 2; i++)
    g_object_set_data (G_OBJECT (i == 0 ? edit : cross), "tb-position", GUINT_TO_POINTER (position));
  g_signal_connect_object (cross, "clicked", G_CALLBACK (remove_cb), self, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (edit, keys);
  gtk_widget_add_css_class (chip, "linked");
  gtk_widget_add_css_class (chip, "filter-chip");
  gtk_box_append (GTK_BOX (chip), edit);
  gtk_box_append (GTK_BOX (chip), cross);
  return chip;
}

static GtkWidget *
joiner_new (TbFilterBar *self, guint position)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("and"));

  gtk_widget_set_tooltip_text (button, _ ("Both must hold. Press to let either be enough"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "joiner");
  g_object_set_data (G_OBJECT (button), "tb-position", GUINT_TO_POINTER (position));
  g_signal_connect_object (button, "clicked", G_CALLBACK (join_cb), self, 0);
  return button;
}

static void
fill_chips (TbFilterBar *self)
{
  GtkWidget *child;
  guint n = self->where->parts->len;

  g_clear_handle_id (&self->filling, g_source_remove);
  tb_widgets_let_go_of_focus (self->chips);
  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        gtk_box_append (GTK_BOX (self->chips), joiner_new (self, i - 1));
      gtk_box_append (GTK_BOX (self->chips), chip_new (self, i));
    }
  gtk_widget_set_visible (self->scroll, n > 0);
  gtk_widget_set_visible (self->clear, n > 0);
}

/* ---- the entry ---- */

static TbCallWhere *
read_entry (TbFilterBar *self, GError **error)
{
  g_autofree char *text = tb_widgets_dup_text (self->entry);

  return tb_call_where_parse (text, error);
}

/* Half a filter filters nothing: the list stays as it was until it can be read. */
static void
typed_cb (TbFilterBar *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallWhere) where = read_entry (self, &error);
  g_autofree char *typed = where != NULL ? tb_call_where_to_string (where) : NULL;

  tb_widgets_mark (self->entry, where == NULL);
  gtk_widget_set_tooltip_text (self->entry,
                               error != NULL ? error->message : _ ("Digits of either number, or a filter such as client:C1 seconds>60 not to:49*; Enter keeps it"));
  if (where == NULL || g_str_equal (typed, self->typed))
    return;
  g_free (self->typed);
  self->typed = g_steal_pointer (&typed);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
empty_entry (TbFilterBar *self)
{
  g_free (self->typed);
  self->typed = g_strdup ("");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  tb_widgets_mark (self->entry, FALSE);
}

static void
keep_cb (TbFilterBar *self)
{
  g_autoptr (TbCallWhere) where = read_entry (self, NULL);

  if (tb_call_where_is_empty (where))
    return;
  for (guint i = 0; i < where->parts->len; i++)
    tb_call_where_add (self->where, tb_call_where_copy (where->parts->pdata[i]));
  empty_entry (self);
  changed (self);
}

/* ---- keys ---- */

static void
add_filter_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (TB_FILTER_BAR (widget)->add));
}

static void
tb_filter_bar_finalize (GObject *object)
{
  TbFilterBar *self = TB_FILTER_BAR (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  tb_call_where_free (self->where);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_free (self->typed);

  G_OBJECT_CLASS (tb_filter_bar_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbFilterBar, name)

static void
tb_filter_bar_class_init (TbFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tb_filter_bar_finalize;
  signals[CHANGED] = g_signal_new ("changed", TB_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "filter.add", NULL, add_filter_cb);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/calls/tb-filter-bar.ui");
  BIND (entry), BIND (add), BIND (clear), BIND (scroll), BIND (chips);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, tb_filter_bar_clear);
}

static void
tb_filter_bar_init (TbFilterBar *self)
{
  self->where = tb_call_where_new (TB_WHERE_ALL);
  self->typed = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set_data (G_OBJECT (self->add), "tb-position", GUINT_TO_POINTER (G_MAXUINT));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->add), popup_cb, self, NULL);
}

void
tb_filter_bar_set_where (TbFilterBar *self, TbCallWhere *where, GHashTable *titles)
{
  tb_call_where_free (self->where);
  self->where = where;
  g_clear_pointer (&self->titles, g_hash_table_unref);
  self->titles = titles != NULL ? g_hash_table_ref (titles) : NULL;
  empty_entry (self);
  fill_chips (self);
}

TbCallWhere *
tb_filter_bar_dup_where (TbFilterBar *self)
{
  TbCallWhere *all = tb_call_where_copy (self->where);
  g_autoptr (TbCallWhere) typed = tb_call_where_parse (self->typed, NULL);

  for (guint i = 0; typed != NULL && i < typed->parts->len; i++)
    tb_call_where_add (all, tb_call_where_copy (typed->parts->pdata[i]));
  return all;
}

void
tb_filter_bar_clear (TbFilterBar *self)
{
  tb_filter_bar_set_where (self, tb_call_where_new (TB_WHERE_ALL), NULL);
  g_signal_emit (self, signals[CHANGED], 0);
  gtk_widget_grab_focus (self->entry);
}

void
tb_filter_bar_focus (TbFilterBar *self)
{
  gtk_widget_grab_focus (self->entry);
}

void
tb_filter_bar_add_part (TbFilterBar *self, TbCallWhere *part)
{
  tb_call_where_add (self->where, part);
  changed (self);
}

void
tb_filter_bar_add_tool (TbFilterBar *self, GtkWidget *tool)
{
  g_object_ref (tool);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (tool)), tool);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->entry)), tool);
  g_object_unref (tool);
}

guint
tb_filter_bar_count_chips (TbFilterBar *self)
{
  return self->where->parts->len;
}
