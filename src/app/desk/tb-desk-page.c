/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-desk-page-private.h"

#include <glib/gi18n.h>

#include "tb-desk-findings.h"
#include "tb-desk-rows.h"
#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-widgets.h"

#define N_MONTHS 24

struct _TbDeskPage
{
  TbPage parent_instance;

  int year, month;   /* that is billed; 0 = not known yet */
  int now_year, now_month; /* newest of `months` */
  TbDeskStep step;   /* that is shown */
  gboolean follow;   /* to the step that the run stands at, when it is next read */
  gboolean filling, busy;
  TbDeskRun *run;
  TbDeskView *view;
  GCancellable *finding, *looking;
  GSimpleActionGroup *actions;

  TbDeskFindings *findings;
  GtkWidget *months, *buttons, *spinner, *go_on;
  GtkListBox *steps;
  GtkLabel *title, *summary, *left_out, *why;
};

G_DEFINE_FINAL_TYPE (TbDeskPage, tb_desk_page, TB_TYPE_PAGE)

TbDeskOrder *
tb_desk_page_new_order (TbDeskPage *self)
{
  return tb_desk_order_new (self->year, self->month, self->step);
}

/* ---- what may be done ---- */

/* Buttons of each step, beside Back and Go On. */
static const struct { TbDeskStep step; const char *label, *action; } step_buttons[] = {
  { TB_DESK_UNRATED, N_ ("_Rate Calls"), "desk.rate" },
  { TB_DESK_DRAFTS, N_ ("_Make Drafts"), "desk.make-drafts" },
  { TB_DESK_DRAFTS, N_ ("Bill Held _Clients Too…"), "desk.bill-anyway" },
  { TB_DESK_APPROVE, N_ ("Approve _Chosen…"), "desk.approve-chosen" },
  { TB_DESK_APPROVE, N_ ("Approve _All…"), "desk.approve-all" },
  { TB_DESK_PAPER, N_ ("_Print…"), "desk.print" },
  { TB_DESK_PAPER, N_ ("_Save as PDF…"), "desk.save" },
  { TB_DESK_POST, N_ ("_Push…"), "desk.push" },
};

static void
update_actions (TbDeskPage *self)
{
  const TbDeskView *view = self->busy ? NULL : self->view;
  gboolean todo = view != NULL && view->todo > 0;
  const struct { const char *name; gboolean enabled; } flags[] = {
    { "back", view != NULL && self->step > 0 },
    { "go-on", view != NULL },
    { "rate", todo && self->step == TB_DESK_UNRATED },
    { "make-drafts", todo && self->step == TB_DESK_DRAFTS },
    { "bill-anyway", view != NULL && self->step == TB_DESK_DRAFTS && view->n_serious > 0 },
    { "approve-chosen", todo && self->step == TB_DESK_APPROVE && tb_desk_findings_has_chosen (self->findings) },
    { "approve-all", todo && self->step == TB_DESK_APPROVE },
    { "print", todo && self->step == TB_DESK_PAPER },
    { "save", todo && self->step == TB_DESK_PAPER },
    { "push", todo && self->step == TB_DESK_POST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), flags[i].name)), flags[i].enabled);
}

static void
show_buttons (TbDeskPage *self)
{
  GtkWidget *child;

  tb_widgets_let_go_of_focus (self->buttons);
  while ((child = gtk_widget_get_first_child (self->buttons)) != NULL)
    gtk_box_remove (GTK_BOX (self->buttons), child);
  for (guint i = 0; i < G_N_ELEMENTS (step_buttons); i++)
    if (step_buttons[i].step == self->step)
      {
        GtkWidget *button = gtk_button_new_with_mnemonic (_ (step_buttons[i].label));

        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), step_buttons[i].action);
        gtk_box_append (GTK_BOX (self->buttons), button);
      }
  tb_widgets_name_controls (self->buttons);
  gtk_button_set_label (GTK_BUTTON (self->go_on), self->step == TB_DESK_N_STEPS - 1 ? _ ("_Finish") : _ ("_Go On"));
}

void
tb_desk_page_set_busy (TbDeskPage *self, gboolean busy)
{
  self->busy = busy;
  update_actions (self);
}

/* ---- what is shown ---- */

static void
show_view (TbDeskPage *self)
{
  const TbDeskView *view = self->view;
  g_autofree char *more = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean nowhere;

  gtk_label_set_label (self->title, tb_desk_step_to_display (self->step));
  gtk_label_set_label (self->summary, view != NULL ? view->summary : _ ("Looking at the books…"));
  gtk_label_set_label (self->why, view != NULL ? view->why : "");
  tb_desk_findings_show (self->findings, view, self->step == TB_DESK_APPROVE);
  if (view != NULL && view->left_out > 0)
    more = g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", view->left_out), view->left_out);
  gtk_label_set_label (self->left_out, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), more != NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), view == NULL);
  if (view != NULL && view->n_serious == 0 && (view->todo == 0 || self->step == TB_DESK_PAPER))
    gtk_widget_add_css_class (self->go_on, "suggested-action");
  else
    gtk_widget_remove_css_class (self->go_on, "suggested-action");
  update_actions (self);
  /* A row or button that had the focus is gone: whoever works by keyboard goes on from here. */
  nowhere = root != NULL && gtk_root_get_focus (root) == NULL && gtk_widget_get_mapped (GTK_WIDGET (self));
  if (view != NULL && nowhere)
    gtk_widget_grab_focus (self->go_on);
}

static void
set_view (TbDeskPage *self, TbDeskView *view)
{
  g_clear_pointer (&self->view, tb_desk_view_free);
  self->view = view;
  show_view (self);
}

static void
looked_cb (TbPage *page, gpointer result)
{
  set_view (TB_DESK_PAGE (page), result);
}

static void
look (TbDeskPage *self)
{
  tb_page_read (TB_PAGE (self), &self->looking, tb_desk_work_look, tb_desk_page_new_order (self), tb_desk_order_free, (GDestroyNotify) tb_desk_view_free, looked_cb);
}

static void
show_step (TbDeskPage *self, TbDeskStep step)
{
  gboolean other = step != self->step;

  self->step = step;
  if (other)
    set_view (self, NULL);
  show_buttons (self);
  look (self);
}

static void choose_month (TbDeskPage *self);

static void
found_cb (TbPage *page, gpointer result)
{
  TbDeskPage *self = TB_DESK_PAGE (page);

  g_clear_pointer (&self->run, tb_desk_run_free);
  self->run = result;
  self->year = self->run->year;
  self->month = self->run->month;
  choose_month (self);
  if (self->follow)
    self->step = self->run->step;
  self->follow = FALSE;
  self->filling = TRUE;
  tb_desk_rows_fill_steps (self->steps, self->run, self->step, tb_books_get_zone (tb_page_get_books (page)));
  self->filling = FALSE;
  show_step (self, self->step);
}

/* ---- which month ---- */

static void
choose_month (TbDeskPage *self)
{
  int back = self->now_year * 12 + self->now_month - (self->year * 12 + self->month);

  self->filling = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->months), (guint) CLAMP (back, 0, N_MONTHS - 1));
  self->filling = FALSE;
}

static void
fill_months (TbDeskPage *self)
{
  g_autoptr (GListModel) months = NULL;
  int year, month;

  tb_books_get_current_month (tb_page_get_books (TB_PAGE (self)), &year, &month);
  if (year == self->now_year && month == self->now_month)
    return;
  self->now_year = year;
  self->now_month = month;
  months = tb_widgets_new_months (NULL, year, month, N_MONTHS);
  self->filling = TRUE;
  tb_widgets_set_choices (self->months, months);
  self->filling = FALSE;
}

/* At first the run that is open; without one the month before the current one, for what is over is billed. */
static void
find_run (TbDeskPage *self)
{
  TbDeskOrder *order = tb_desk_page_new_order (self);
  int last = self->now_year * 12 + self->now_month - 2;

  order->open = self->year == 0;
  if (order->open)
    order->year = last / 12, order->month = last % 12 + 1;
  tb_page_read (TB_PAGE (self), &self->finding, tb_desk_work_find, order, tb_desk_order_free, (GDestroyNotify) tb_desk_run_free, found_cb);
}

static void
set_month (TbDeskPage *self, int year, int month)
{
  self->year = year;
  self->month = month;
  self->follow = TRUE;
  set_view (self, NULL);
  find_run (self);
}

static void
month_cb (TbDeskPage *self)
{
  int index = self->now_year * 12 + self->now_month - 1 - (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->months));

  if (!self->filling && tb_page_get_books (TB_PAGE (self)) != NULL)
    set_month (self, index / 12, index % 12 + 1);
}

static void
tb_desk_page_load (TbPage *page)
{
  TbDeskPage *self = TB_DESK_PAGE (page);

  self->follow |= self->year == 0;
  fill_months (self);
  find_run (self);
}

static void
tb_desk_page_show_item (TbPage *page, const char *item)
{
  TbDeskPage *self = TB_DESK_PAGE (page);
  g_auto (GStrv) parts = g_strsplit (item, "/", 2);
  int year, month;

  if (parts[0] == NULL || !tb_month_parse (parts[0], &year, &month, NULL))
    return;
  self->year = year;
  self->month = month;
  self->follow = parts[1] == NULL;
  for (guint i = 0; parts[1] != NULL && i < TB_DESK_N_STEPS; i++)
    if (g_str_equal (parts[1], tb_desk_step_to_string (i)))
      self->step = i;
  tb_page_load (page);
}

/* ---- from step to step ---- */

static void
step_selected_cb (TbDeskPage *self, GtkListBoxRow *row)
{
  if (!self->filling && row != NULL && gtk_list_box_row_get_index (row) != (int) self->step)
    show_step (self, (TbDeskStep) gtk_list_box_row_get_index (row));
}

static void
work_failed (GtkWidget *widget)
{
  tb_desk_page_set_busy (TB_DESK_PAGE (widget), FALSE);
  tb_page_load (TB_PAGE (widget));
}

static void
moved (GtkWidget *widget, gpointer result)
{
  TB_DESK_PAGE (widget)->follow = TRUE;
  tb_desk_page_set_busy (TB_DESK_PAGE (widget), FALSE);
  tb_page_load (TB_PAGE (widget));
}

static void
passed (GtkWidget *widget, gpointer result)
{
  TbDeskPage *self = TB_DESK_PAGE (widget);

  if (self->step == TB_DESK_N_STEPS - 1)
    {
      g_autofree char *month = tb_format_month (self->year, self->month);
      /* Translators: %s is a month */
      g_autofree char *text = g_strdup_printf (_ ("The billing of %s is finished"), month);

      tb_dialogs_toast (widget, text);
    }
  moved (widget, result);
}

void
tb_desk_page_work (TbDeskPage *self, const char *title, gboolean changes, TbSessionFunc func, TbDeskOrder *order, GDestroyNotify free_result, TbRunDone done)
{
  tb_desk_page_set_busy (self, TRUE);
  tb_run (GTK_WIDGET (self), tb_page_get_books (TB_PAGE (self)), title, changes, func, order, tb_desk_order_free, free_result, done, work_failed);
}

static void
go_on_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbDeskPage *self = data;
  TbDeskOrder *order = tb_desk_page_new_order (self);

  /* What was open is kept: nobody has to remember why one went on. */
  if (self->view->n_serious > 0 || (self->view->todo > 0 && self->step <= TB_DESK_APPROVE))
    order->remark = g_strdup (self->view->summary);
  tb_desk_page_work (self, _ ("Billing run"), FALSE, tb_desk_work_pass, order, NULL, passed);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TbDeskPage *self = data;
  TbDeskOrder *order = tb_desk_page_new_order (self);

  order->step--;
  tb_desk_page_work (self, _ ("Billing run"), FALSE, tb_desk_work_go, order, NULL, moved);
}

static void
tb_desk_page_print (TbPage *page)
{
  g_action_group_activate_action (G_ACTION_GROUP (TB_DESK_PAGE (page)->actions), "print", NULL);
}

static void
tb_desk_page_save (TbPage *page)
{
  g_action_group_activate_action (G_ACTION_GROUP (TB_DESK_PAGE (page)->actions), "save", NULL);
}

/* ---- class ---- */

static const GActionEntry entries[] = { { "go-on", go_on_cb }, { "back", back_cb } };

static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
  { GDK_KEY_Return, GDK_CONTROL_MASK, "go-on" }, { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "go-on" }, { GDK_KEY_Page_Up, GDK_CONTROL_MASK, "back" },
};

static void
tb_desk_page_dispose (GObject *object)
{
  TbDeskPage *self = TB_DESK_PAGE (object);

  g_clear_object (&self->finding);
  g_clear_object (&self->looking);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->run, tb_desk_run_free);
  g_clear_pointer (&self->view, tb_desk_view_free);

  G_OBJECT_CLASS (tb_desk_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TbDeskPage, name)

static void
tb_desk_page_class_init (TbDeskPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_desk_page_dispose;
  TB_PAGE_CLASS (klass)->load = tb_desk_page_load;
  TB_PAGE_CLASS (klass)->show_item = tb_desk_page_show_item;
  TB_PAGE_CLASS (klass)->print = tb_desk_page_print;
  TB_PAGE_CLASS (klass)->save = tb_desk_page_save;

  g_type_ensure (TB_TYPE_DESK_FINDINGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/desk/tb-desk-page.ui");
  BIND (months), BIND (steps), BIND (title), BIND (summary), BIND (findings), BIND (left_out), BIND (why), BIND (buttons), BIND (spinner), BIND (go_on);
  gtk_widget_class_bind_template_callback (widget_class, step_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
}

/* From anywhere in the window as long as the page is seen: after the page's own key the focus is in the sidebar still. */
static gboolean
key_cb (GtkWidget *widget, GVariant *action, gpointer data)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  g_action_group_activate_action (G_ACTION_GROUP (TB_DESK_PAGE (widget)->actions), g_variant_get_string (action, NULL), NULL);
  return TRUE;
}

static void
add_keys (TbDeskPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers), gtk_callback_action_new (key_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].action));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
tb_desk_page_init (TbDeskPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  tb_desk_page_install_work (self, G_ACTION_MAP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "desk", G_ACTION_GROUP (self->actions));
  g_signal_connect_object (self->months, "notify::selected", G_CALLBACK (month_cb), self, G_CONNECT_SWAPPED);
  add_keys (self);
  show_buttons (self);
  show_view (self);
}

GArray *
tb_desk_page_list_chosen (TbDeskPage *self)
{
  return tb_desk_findings_list_chosen (self->findings);
}

const TbDeskView *
tb_desk_page_get_view (TbDeskPage *self)
{
  return self->view;
}
