/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-window-private.h"

#include <glib/gi18n.h>

#include "tb-calls-page.h"
#include "tb-clients-page.h"
#include "tb-connections-page.h"
#include "tb-desk-page.h"
#include "tb-dialogs.h"
#include "tb-first-run.h"
#include "tb-invoices-page.h"
#include "tb-jobs-button.h"
#include "tb-looks.h"
#include "tb-margin-page.h"
#include "tb-numbers-page.h"
#include "tb-overview-page.h"
#include "tb-packages-page.h"
#include "tb-services-page.h"
#include "tb-setup-page.h"
#include "tb-simulator-page.h"
#include "tb-tariffs-page.h"
#include "tb-triage-page.h"
#include "tb-collector.h"
#include "tb-unrated-badge.h"
#include "tb-views-list.h"
#include "tb-whmcs-page.h"
#include "tb-widgets.h"

struct _TbWindow
{
  AdwApplicationWindow parent_instance;

  TbBooks *books;
  GSettings *settings; /* borrowed, or NULL */

  AdwToastOverlay *toasts;
  GtkStack *main_stack;
  AdwLeaflet *leaflet;
  AdwWindowTitle *books_title;
  GtkListBox *sidebar;
  TbViewsList *views;
  AdwWindowTitle *page_title;
  GtkStack *pages;
  GtkStack *tools;
  TbJobsButton *jobs;
  GtkMenuButton *menu_button;
  GMenu *recent_menu;
  TbCollector *collector; /* of the open books */
  GtkWidget *badge; /* of the page of calls without a price */
};

G_DEFINE_FINAL_TYPE (TbWindow, tb_window, ADW_TYPE_APPLICATION_WINDOW)

/* In the order of the sidebar, which is that of a month's work. A page with a heading begins a section. */
static const struct { const char *heading, *id, *title, *icon; GType (*get_type) (void); } page_table[] = {
  { NULL, "overview", N_ ("Overview"), "tb-overview-symbolic", tb_overview_page_get_type },
  { N_ ("Billing"), "calls", N_ ("Calls"), "tb-calls-symbolic", tb_calls_page_get_type },
  { NULL, "triage", N_ ("Unrated"), "tb-triage-symbolic", tb_triage_page_get_type },
  { NULL, "clients", N_ ("Clients"), "tb-clients-symbolic", tb_clients_page_get_type },
  { NULL, "desk", N_ ("Billing Run"), "tb-desk-symbolic", tb_desk_page_get_type },
  { NULL, "invoices", N_ ("Invoices"), "tb-invoices-symbolic", tb_invoices_page_get_type },
  { NULL, "whmcs", N_ ("WHMCS"), "tb-whmcs-symbolic", tb_whmcs_page_get_type },
  { N_ ("Prices"), "tariffs", N_ ("Tariffs"), "tb-tariffs-symbolic", tb_tariffs_page_get_type },
  { NULL, "packages", N_ ("Packages"), "tb-packages-symbolic", tb_packages_page_get_type },
  { NULL, "simulator", N_ ("Simulator"), "tb-simulator-symbolic", tb_simulator_page_get_type },
  { N_ ("Control"), "connections", N_ ("Connections"), "tb-connections-symbolic", tb_connections_page_get_type },
  { NULL, "margin", N_ ("Margin"), "tb-margin-symbolic", tb_margin_page_get_type },
  { NULL, "numbers", N_ ("Numbers"), "tb-numbers-symbolic", tb_numbers_page_get_type },
  { N_ ("Company"), "services", N_ ("Services"), "tb-services-symbolic", tb_services_page_get_type },
  { NULL, "setup", N_ ("Set-up"), "tb-setup-symbolic", tb_setup_page_get_type },
};

static void
add_pages (TbWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_table); i++)
    {
      GtkWidget *page = g_object_new (page_table[i].get_type (), NULL);
      GtkWidget *tools = tb_page_get_tools (TB_PAGE (page));
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (page_table[i].icon));
      gtk_box_append (GTK_BOX (box), gtk_label_new (_ (page_table[i].title)));
      if (page_table[i].get_type == tb_triage_page_get_type)
        gtk_box_append (GTK_BOX (box), self->badge = tb_unrated_badge_new ());
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      tb_widgets_set_label (row, _ (page_table[i].title));
      gtk_list_box_append (self->sidebar, row);

      gtk_stack_add_titled (self->pages, page, page_table[i].id, _ (page_table[i].title));
      gtk_stack_add_named (self->tools, tools != NULL ? tools : gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), page_table[i].id);
    }
}

static void
update_heading (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *heading = page_table[gtk_list_box_row_get_index (row)].heading;
  GtkWidget *label;

  if (heading == NULL || gtk_list_box_row_get_header (row) != NULL)
    return;
  label = gtk_label_new (_ (heading));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
show_index (TbWindow *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, index);

  if (row != NULL)
    gtk_list_box_select_row (self->sidebar, row);
}

static int
find_page (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_table); i++)
    if (g_str_equal (page_table[i].id, id))
      return i;
  return 0;
}

static void
row_selected_cb (GtkListBox *sidebar, GtkListBoxRow *row, TbWindow *self)
{
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (index < 0)
    return;
  tb_widgets_let_go_of_focus (GTK_WIDGET (self->pages));
  gtk_stack_set_visible_child_name (self->pages, page_table[index].id);
  gtk_stack_set_visible_child_name (self->tools, page_table[index].id);
  adw_window_title_set_title (self->page_title, _ (page_table[index].title));
}

static void
row_activated_cb (GtkListBox *sidebar, GtkListBoxRow *row, TbWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
show_page_number_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_index (TB_WINDOW (widget), g_variant_get_int32 (parameter) - 1);
}

static void
show_page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *id, *item;

  g_variant_get (parameter, "(&s&s)", &id, &item);
  tb_window_show_page (TB_WINDOW (widget), id, *item != '\0' ? item : NULL);
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_leaflet_navigate (TB_WINDOW (widget)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
menu_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (TB_WINDOW (widget)->menu_button);
}

static void
books_ready_cb (TbFirstRun *first_run, TbBooks *books, TbWindow *self)
{
  tb_window_set_books (self, books);
}

static gboolean
tb_window_close_request (GtkWindow *window)
{
  TbWindow *self = TB_WINDOW (window);

  if (self->settings != NULL)
    {
      int width, height;

      gtk_window_get_default_size (window, &width, &height);
      g_settings_set (self->settings, "window-size", "(ii)", width, height);
      g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
      g_settings_set_string (self->settings, "page", gtk_stack_get_visible_child_name (self->pages));
    }
  return GTK_WINDOW_CLASS (tb_window_parent_class)->close_request (window);
}

static void
stop_collecting (TbWindow *self)
{
  g_clear_pointer (&self->collector, tb_collector_release);
}

static void
tb_window_dispose (GObject *object)
{
  TbWindow *self = TB_WINDOW (object);

  stop_collecting (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TB_TYPE_WINDOW);
  g_clear_object (&self->books);

  G_OBJECT_CLASS (tb_window_parent_class)->dispose (object);
}

static void
tb_window_class_init (TbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tb_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tb_window_close_request;

  g_type_ensure (TB_TYPE_FIRST_RUN);
  g_type_ensure (TB_TYPE_JOBS_BUTTON);
  g_type_ensure (TB_TYPE_VIEWS_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/shell/tb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, main_stack);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, books_title);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, views);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, jobs);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TbWindow, recent_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, books_ready_cb);

  gtk_widget_class_install_action (widget_class, "win.show-page-number", "i", show_page_number_cb);
  gtk_widget_class_install_action (widget_class, "win.show-page", "(ss)", show_page_cb);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, menu_cb);
}

/* Other books than those that are shown; nothing where there are none. */
static void
fill_recent (TbWindow *self)
{
  g_autoptr (GPtrArray) paths = tb_looks_list_recent ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *name = g_filename_display_basename (paths->pdata[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      if (self->books != NULL && g_strcmp0 (tb_books_get_path (self->books), paths->pdata[i]) == 0)
        continue;
      g_menu_item_set_action_and_target (item, "win.open-recent", "s", (const char *) paths->pdata[i]);
      g_menu_append_item (menu, item);
    }
  g_menu_remove_all (self->recent_menu);
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
    g_menu_append_submenu (self->recent_menu, _ ("Open Re_cent"), G_MENU_MODEL (menu));
}

static void
tb_window_init (TbWindow *self)
{
  g_autofree char *page = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = tb_looks_get ();
  if (self->settings != NULL)
    {
      int width, height;

      page = g_settings_get_string (self->settings, "page");
      g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
      gtk_window_set_default_size (GTK_WINDOW (self), width, height);
      if (g_settings_get_boolean (self->settings, "window-maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
    }

  gtk_list_box_set_header_func (self->sidebar, update_heading, NULL, NULL);
  add_pages (self);
  tb_window_install_actions (self);
  fill_recent (self);
  tb_window_update_actions (self);
  tb_widgets_name_controls (GTK_WIDGET (self));
  show_index (self, page != NULL ? find_page (page) : 0);
}

TbWindow *
tb_window_new (GtkApplication *application)
{
  return g_object_new (TB_TYPE_WINDOW, "application", application, NULL);
}

/* Those that another window shows are shared: one session, one worker. */
static TbBooks *
find_books (TbWindow *self, const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL; l = l->next)
    if (l->data != self && TB_IS_WINDOW (l->data) && TB_WINDOW (l->data)->books != NULL)
      {
        g_autoptr (GFile) other = g_file_new_for_path (tb_books_get_path (TB_WINDOW (l->data)->books));

        if (g_file_equal (file, other))
          return g_object_ref (TB_WINDOW (l->data)->books);
      }
  return NULL;
}

gboolean
tb_window_open_books (TbWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbBooks) books = find_books (self, path);

  if (books == NULL)
    books = tb_books_open (path, FALSE, &error);

  if (books == NULL)
    {
      tb_dialogs_show_error (GTK_WIDGET (self), _ ("These Books Could Not Be Opened"), error);
      return FALSE;
    }
  tb_window_set_books (self, books);
  return TRUE;
}

void
tb_window_set_books (TbWindow *self, TbBooks *books)
{
  g_autofree char *name = g_path_get_basename (tb_books_get_path (books));
  const TbSetup *setup = tb_books_get_setup (books);

  g_set_object (&self->books, books);
  tb_looks_note_recent (tb_books_get_path (books));
  fill_recent (self);
  adw_window_title_set_title (self->books_title, setup->company != NULL ? setup->company->name : _ ("Tollbook"));
  adw_window_title_set_subtitle (self->books_title, tb_books_is_demo (books) ? _ ("Demo books") : name);
  tb_jobs_button_set_jobs (self->jobs, tb_session_get_jobs (tb_books_get_session (books)));

  gtk_stack_set_visible_child_name (self->main_stack, "books");
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page; page = gtk_widget_get_next_sibling (page))
    tb_page_set_books (TB_PAGE (page), books);
  tb_unrated_badge_set_books (self->badge, books);
  tb_views_list_set_books (self->views, books);
  stop_collecting (self);
  self->collector = tb_collector_hold (books);
  tb_window_update_actions (self);
}

void
tb_window_close_books (TbWindow *self)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page; page = gtk_widget_get_next_sibling (page))
    tb_page_set_books (TB_PAGE (page), NULL);
  tb_unrated_badge_set_books (self->badge, NULL);
  tb_views_list_set_books (self->views, NULL);
  stop_collecting (self);
  tb_jobs_button_set_jobs (self->jobs, NULL);
  g_clear_object (&self->books);
  gtk_stack_set_visible_child_name (self->main_stack, "first-run");
  tb_window_update_actions (self);
}

TbBooks *
tb_window_get_books (TbWindow *self)
{
  return self->books;
}

TbPage *
tb_window_get_page (TbWindow *self)
{
  return self->books != NULL ? TB_PAGE (gtk_stack_get_visible_child (self->pages)) : NULL;
}

GtkStack *
tb_window_get_pages (TbWindow *self)
{
  return self->pages;
}

void
tb_window_show_page (TbWindow *self, const char *id, const char *item)
{
  show_index (self, find_page (id));
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  if (item != NULL && tb_window_get_page (self) != NULL)
    tb_page_show_item (tb_window_get_page (self), item);
}

void
tb_window_add_toast (TbWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, markup);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
