/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-input.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-widgets.h"

#define ENTRY_CHARS 22
#define CHOICE_CHARS 22
#define WIDTH 236
#define LINES_HEIGHT 78
#define VALUES "tb-values" /* of a choice, in the order in which they are offered: what is stored for each, "" for none */

/* ---- several lines ---- */

static GtkWidget *
lines_new (void)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_margin_top (scroller, 6);
  gtk_widget_set_margin_bottom (scroller, 6);
  gtk_widget_add_css_class (scroller, "form-lines");
  return scroller;
}

static GtkTextBuffer *
lines_buffer (GtkWidget *scroller)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))));
}

static char *
lines_dup (GtkWidget *scroller)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (lines_buffer (scroller), &start, &end);
  return gtk_text_buffer_get_text (lines_buffer (scroller), &start, &end, FALSE);
}

/* ---- days ---- */

static void
day_selected_cb (GtkCalendar *calendar, GtkEditable *entry)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER);

  gtk_editable_set_text (entry, text);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

/* The calendar shows the day that is typed, else today. */
static void
day_opened_cb (GtkWidget *popover, GtkEditable *entry)
{
  GtkWidget *calendar = gtk_popover_get_child (GTK_POPOVER (popover));
  g_autofree char *typed = g_strconcat (gtk_editable_get_text (entry), "T00:00:00Z", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (typed, NULL);

  if (date == NULL)
    date = g_date_time_new_from_unix_utc (tb_clock_now ());
  g_signal_handlers_block_by_func (calendar, day_selected_cb, entry);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
  g_signal_handlers_unblock_by_func (calendar, day_selected_cb, entry);
}

static GtkWidget *
day_new (const TbFormField *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  gtk_widget_add_css_class (box, "linked");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("2026-10-01"));
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose a day"));
  g_signal_connect (calendar, "day-selected", G_CALLBACK (day_selected_cb), entry);
  g_signal_connect (popover, "show", G_CALLBACK (day_opened_cb), entry);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* ---- choices ---- */

static void
choice_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), CHOICE_CHARS - 4);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHOICE_CHARS);
  gtk_list_item_set_child (item, label);
}

static void
choice_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
choice_new (void)
{
  GtkWidget *input = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)), NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (choice_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (choice_bind_cb), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (input), factory);
  g_object_set_data_full (G_OBJECT (input), VALUES, g_ptr_array_new_with_free_func (g_free), (GDestroyNotify) g_ptr_array_unref);
  return input;
}

static void
choice_add (GtkWidget *input, const char *value, const char *label)
{
  gtk_string_list_append (GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (input))), label);
  g_ptr_array_add (g_object_get_data (G_OBJECT (input), VALUES), g_strdup (value));
}

static void
choice_add_words (GtkWidget *input, const TbFormTable *table, const TbFormField *field)
{
  g_autofree char *path = g_strconcat (table->path, ".", field->key, NULL);
  const char *const *words = tb_setup_record_get_words (path);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    choice_add (input, words[i], _ (field->labels[i]));
}

static void
choice_add_list (GtkWidget *input, GPtrArray *list, gsize name)
{
  for (guint i = 0; i < list->len; i++)
    choice_add (input, G_STRUCT_MEMBER (char *, list->pdata[i], name), G_STRUCT_MEMBER (char *, list->pdata[i], name));
}

static void
choice_add_clients (GtkWidget *input, const TbSetup *setup)
{
  for (guint i = 0; i < setup->clients->len; i++)
    {
      const TbClient *client = setup->clients->pdata[i];
      g_autofree char *label = client->name != NULL ? g_strdup_printf ("%s (%s)", client->name, client->key) : g_strdup (client->key);

      choice_add (input, client->key, label);
    }
}

static void
choice_add_records (GtkWidget *input, const char *noun, const TbSetup *setup)
{
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  choice_add (input, "", _ ("None"));
  if (g_str_equal (noun, "clients"))
    choice_add_clients (input, setup);
  else if (g_str_equal (noun, "packages"))
    choice_add_list (input, setup->packages, G_STRUCT_OFFSET (TbPackage, name));
  else if (g_str_equal (noun, "connections"))
    choice_add_list (input, setup->connections, G_STRUCT_OFFSET (TbConnection, name));
  else if (g_str_equal (noun, "tariffs"))
    choice_add_list (input, setup->tariffs, G_STRUCT_OFFSET (TbTariff, name));
  else if (g_str_equal (noun, "taxes"))
    choice_add_list (input, setup->taxes, G_STRUCT_OFFSET (TbTax, name));
  gtk_drop_down_set_expression (GTK_DROP_DOWN (input), text);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (input), g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (input))) > 12);
}

/* What is not offered any more is still what the record says. */
static void
choice_set (GtkWidget *input, const char *text)
{
  GPtrArray *values = g_object_get_data (G_OBJECT (input), VALUES);
  guint at;

  if (!g_ptr_array_find_with_equal_func (values, text, g_str_equal, &at))
    {
      at = values->len;
      choice_add (input, text, text);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (input), at);
}

static const char *
choice_get (GtkWidget *input)
{
  GPtrArray *values = g_object_get_data (G_OBJECT (input), VALUES);
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (input));

  return at < values->len ? values->pdata[at] : "";
}

/* ---- all of them ---- */

static GtkWidget *
get_entry (GtkWidget *input)
{
  return GTK_IS_BOX (input) ? gtk_widget_get_first_child (input) : input;
}

GtkWidget *
tb_form_input_new (const TbFormTable *table, const TbFormField *field, TbBooks *books)
{
  GtkWidget *input;

  switch (field->kind)
    {
    case TB_FORM_LINES:
      input = lines_new ();
      tb_widgets_set_label (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (input)), _ (field->label));
      break;
    case TB_FORM_SWITCH:
      input = gtk_switch_new ();
      break;
    case TB_FORM_CHOICE:
      input = choice_new ();
      choice_add_words (input, table, field);
      break;
    case TB_FORM_REFERENCE:
      input = choice_new ();
      choice_add_records (input, field->noun, tb_books_get_setup (books));
      break;
    case TB_FORM_DAY:
      input = day_new (field);
      break;
    default:
      input = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (input), ENTRY_CHARS);
      gtk_entry_set_activates_default (GTK_ENTRY (input), TRUE);
      break;
    }
  gtk_widget_set_valign (input, GTK_ALIGN_CENTER);
  if (field->kind != TB_FORM_SWITCH)
    gtk_widget_set_size_request (input, WIDTH, field->kind == TB_FORM_LINES ? LINES_HEIGHT : -1);
  tb_widgets_set_label (get_entry (input), _ (field->label));
  return input;
}

void
tb_form_input_connect (GtkWidget *input, GCallback changed, gpointer data)
{
  if (GTK_IS_SCROLLED_WINDOW (input))
    g_signal_connect_swapped (lines_buffer (input), "changed", changed, data);
  else if (GTK_IS_SWITCH (input))
    g_signal_connect_swapped (input, "notify::active", changed, data);
  else if (GTK_IS_DROP_DOWN (input))
    g_signal_connect_swapped (input, "notify::selected", changed, data);
  else
    g_signal_connect_swapped (get_entry (input), "changed", changed, data);
}

void
tb_form_input_set (GtkWidget *input, const TbFormField *field, JsonNode *value)
{
  g_autofree char *text = tb_form_value_to_text (field, value);

  if (GTK_IS_SCROLLED_WINDOW (input))
    gtk_text_buffer_set_text (lines_buffer (input), text, -1);
  else if (GTK_IS_SWITCH (input))
    gtk_switch_set_active (GTK_SWITCH (input), *text != '\0');
  else if (GTK_IS_DROP_DOWN (input))
    choice_set (input, text);
  else
    gtk_editable_set_text (GTK_EDITABLE (get_entry (input)), text);
}

gboolean
tb_form_input_get (GtkWidget *input, const TbFormField *field, JsonNode **ret, GError **error)
{
  g_autofree char *text = NULL;

  if (GTK_IS_SWITCH (input))
    {
      *ret = json_node_init_boolean (json_node_alloc (), gtk_switch_get_active (GTK_SWITCH (input)));
      return TRUE;
    }
  if (GTK_IS_SCROLLED_WINDOW (input))
    text = lines_dup (input);
  else
    text = g_strdup (GTK_IS_DROP_DOWN (input) ? choice_get (input) : gtk_editable_get_text (GTK_EDITABLE (get_entry (input))));
  return tb_form_value_parse (field, text, ret, error);
}

void
tb_form_input_mark (GtkWidget *input, gboolean wrong)
{
  tb_widgets_mark (get_entry (input), wrong);
}
