/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-revision-view.h"

#include <glib/gi18n.h>

#include "tb-deck-order.h"
#include "tb-format.h"
#include "tb-problem-list.h"
#include "tb-widgets.h"

#define PROBLEMS_SHOWN 1000

/* Chips beyond the kinds of change. */
enum { DUPLICATES = TB_TARIFF_UNCHANGED + 1, REMARKS, EFFECT };

static const struct
{
  const char *title;
  guint what; /* TbTariffChangeKind, or one of the above */
} chips[] = {
  { N_ ("Dearer"), TB_TARIFF_DEARER },   { N_ ("Cheaper"), TB_TARIFF_CHEAPER },     { N_ ("Added"), TB_TARIFF_ADDED },
  { N_ ("Removed"), TB_TARIFF_REMOVED }, { N_ ("Changed"), TB_TARIFF_CHANGED },     { N_ ("Unchanged"), TB_TARIFF_UNCHANGED },
  { N_ ("Duplicates"), DUPLICATES },     { N_ ("Rejected"), REMARKS },              { N_ ("What It Costs"), EFFECT },
};

struct _TbRevisionView
{
  AdwBin parent_instance;

  TbTariffRevision *revision;
  const TbDeck *deck;
  TbZone *zone;
  GArray *shown; /* of TbTariffChange, of the revision */
  GArray *places; /* of guint: those of them that are listed */

  GtkWidget *buttons[G_N_ELEMENTS (chips)];
  GtkStack *stack;
  TbGrid *grid;
  TbProblemList *problems;
  TbEffectView *effect;
};

G_DEFINE_FINAL_TYPE (TbRevisionView, tb_revision_view, ADW_TYPE_BIN)

/* ---- counts ---- */

/* Rows that are not taken, duplicates apart; a blocked one is taken. */
static guint
count_remarks (const TbDeck *deck)
{
  guint n = 0;

  for (guint i = 0; i < deck->problems->len; i++)
    n += !((const TbDeckProblem *) deck->problems->pdata[i])->duplicate;
  return n;
}

static guint
count (TbRevisionView *self, guint what)
{
  if (self->revision == NULL)
    return 0;
  switch (what)
    {
    case TB_TARIFF_UNCHANGED:
      return self->revision->unchanged->len;
    case DUPLICATES:
      return self->deck != NULL ? self->deck->duplicates : 0;
    case REMARKS:
      return self->deck != NULL ? count_remarks (self->deck) : 0;
    case EFFECT:
      return 1;
    default:
      return self->revision->counts[what];
    }
}

/* ---- lists ---- */

static char *
get_text (guint row, guint column, gpointer data)
{
  TbRevisionView *self = data;

  return tb_deck_change_dup_text (&g_array_index (self->shown, TbTariffChange, g_array_index (self->places, guint, row)), column, self->zone);
}

static const TbGridSource source = { .get_text = get_text };

static void
show_changes (TbRevisionView *self, TbTariffChangeKind kind)
{
  tb_grid_set_n_rows (self->grid, 0);
  g_array_set_size (self->places, 0);
  self->shown = kind == TB_TARIFF_UNCHANGED ? self->revision->unchanged : self->revision->changes;
  for (guint i = 0; i < self->shown->len; i++)
    if (g_array_index (self->shown, TbTariffChange, i).kind == kind)
      g_array_append_val (self->places, i);
  gtk_stack_set_visible_child_name (self->stack, self->places->len > 0 ? "changes" : "none");
  tb_grid_set_n_rows (self->grid, self->places->len);
}

static void
show_problems (TbRevisionView *self, gboolean duplicates)
{
  g_autoptr (GPtrArray) problems = tb_deck_new_problems (self->deck, PROBLEMS_SHOWN, duplicates ? TB_DECK_ONLY_DUPLICATES : TB_DECK_NO_DUPLICATES);

  tb_problem_list_take (self->problems, problems, count (self, duplicates ? DUPLICATES : REMARKS));
  gtk_stack_set_visible_child_name (self->stack, "problems");
}

static void
toggled_cb (TbRevisionView *self, GtkToggleButton *button)
{
  guint what = 0;

  if (self->revision == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      what = chips[i].what;
  if (what <= TB_TARIFF_UNCHANGED)
    show_changes (self, what);
  else if (what != EFFECT)
    show_problems (self, what == DUPLICATES);
  else
    {
      gtk_stack_set_visible_child_name (self->stack, "effect");
      tb_effect_view_start (self->effect);
    }
}

/* ---- class ---- */

static void
clear (TbRevisionView *self)
{
  tb_grid_set_n_rows (self->grid, 0);
  self->shown = NULL;
  self->deck = NULL;
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_clear_pointer (&self->revision, tb_tariff_revision_unref);
}

static void
tb_revision_view_dispose (GObject *object)
{
  TbRevisionView *self = TB_REVISION_VIEW (object);

  if (self->grid != NULL)
    clear (self);
  self->grid = NULL;

  G_OBJECT_CLASS (tb_revision_view_parent_class)->dispose (object);
}

static void
tb_revision_view_finalize (GObject *object)
{
  g_array_unref (TB_REVISION_VIEW (object)->places);

  G_OBJECT_CLASS (tb_revision_view_parent_class)->finalize (object);
}

static void
tb_revision_view_class_init (TbRevisionViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_revision_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_revision_view_finalize;
}

static GtkWidget *
new_chips (TbRevisionView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *window = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    {
      self->buttons[i] = gtk_toggle_button_new_with_label (_ (chips[i].title));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]), i > 0 ? GTK_TOGGLE_BUTTON (self->buttons[0]) : NULL);
      gtk_widget_add_css_class (self->buttons[i], "chip");
      g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (chips[i].what != EFFECT ? box : row), self->buttons[i]);
    }
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_widget_set_hexpand (window, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), box);
  gtk_box_prepend (GTK_BOX (row), window);
  return row;
}

static GtkWidget *
new_table (TbRevisionView *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();

  self->grid = tb_grid_new (_ ("Changes"), tb_deck_change_columns, tb_deck_n_change_columns, &source, self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->grid));
  return window;
}

static GtkWidget *
new_problems (TbRevisionView *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();

  self->problems = g_object_new (TB_TYPE_PROBLEM_LIST, "margin-start", 18, "margin-end", 18, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->problems));
  return window;
}

static GtkWidget *
new_none (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Changes"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("The tariff holds these rates already"));
  gtk_widget_add_css_class (page, "compact");
  return page;
}

static void
tb_revision_view_init (TbRevisionView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
  self->effect = g_object_new (TB_TYPE_EFFECT_VIEW, NULL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, new_table (self), "changes");
  gtk_stack_add_named (self->stack, new_none (), "none");
  gtk_stack_add_named (self->stack, new_problems (self), "problems");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->effect), "effect");
  gtk_box_append (GTK_BOX (box), new_chips (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

/* ---- public ---- */

static void
fill_chips (TbRevisionView *self)
{
  guint chosen = G_N_ELEMENTS (chips);

  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    {
      guint n = count (self, chips[i].what);
      g_autofree char *number = tb_format_number (n);
      g_autofree char *label = chips[i].what == EFFECT ? g_strdup (_ (chips[i].title)) : g_strdup_printf ("%s %s", _ (chips[i].title), number);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      gtk_widget_set_sensitive (self->buttons[i], n > 0);
      gtk_widget_set_visible (self->buttons[i], self->deck != NULL || (chips[i].what != DUPLICATES && chips[i].what != REMARKS));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), FALSE);
      if (n > 0 && chosen == G_N_ELEMENTS (chips) && chips[i].what < TB_TARIFF_UNCHANGED)
        chosen = i;
    }
  gtk_stack_set_visible_child_name (self->stack, "none");
  if (chosen < G_N_ELEMENTS (chips))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[chosen]), TRUE);
}

void
tb_revision_view_show (TbRevisionView *self, TbBooks *books, TbTariffRevision *revision, const TbDeck *deck)
{
  clear (self);
  tb_effect_view_show (self->effect, books, revision);
  if (revision == NULL)
    return;
  self->revision = tb_tariff_revision_ref (revision);
  self->deck = deck;
  self->zone = revision->after->time_zone != NULL ? tb_zone_new (revision->after->time_zone, NULL) : NULL;
  fill_chips (self);
}

TbGrid *
tb_revision_view_get_grid (TbRevisionView *self)
{
  return self->grid;
}

TbEffectView *
tb_revision_view_get_effect (TbRevisionView *self)
{
  return self->effect;
}
