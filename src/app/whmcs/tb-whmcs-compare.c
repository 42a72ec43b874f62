/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-compare.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-run.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-report.h"
#include "tb-widgets.h"

/* Rows of each kind; whoever has more has another trouble. */
#define ROWS_SHOWN 100

static const struct
{
  TbWhmcsFinding finding;
  const char *title, *description;
} groups[] = {
  { TB_REPORT_NOT_HERE, N_ ("At WHMCS, Not Here"), N_ ("They bear the mark of these books, which know nothing of them: of a backup, perhaps, that was taken back.") },
  { TB_REPORT_NOT_THERE, N_ ("Here, Not at WHMCS"), N_ ("Approved invoices that were not posted yet, or that are gone there.") },
  { TB_REPORT_DIFFERS, N_ ("Not to Be Paid on One Side"), N_ ("Cancelled there and not void here, or void here and not cancelled there.") },
};

/* ---- rows ---- */

static char *
dup_title (const TbWhmcsReportRow *row)
{
  if (row->number == NULL)
    return g_strdup_printf ("#%" G_GINT64_FORMAT, row->remote_id);
  return *row->part != '\0' ? g_strdup_printf ("%s (%s)", row->number, row->part) : g_strdup (row->number);
}

static char *
dup_subtitle (const TbWhmcsReportRow *row)
{
  g_autofree char *amount = row->amount.currency != TB_CURRENCY_NONE ? tb_format_sum (row->amount) : tb_decimal_format (row->amount.amount, TB_AMOUNT_SCALE, 2);
  g_autofree char *there = row->remote_id > 0 && row->number != NULL ? g_strdup_printf ("#%" G_GINT64_FORMAT, row->remote_id) : NULL;
  const char *const parts[] = { row->client, amount, there, row->status };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_row (GtkWidget *group, const TbWhmcsReportRow *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *title = dup_title (row), *subtitle = dup_subtitle (row);
  g_autofree char *safe_title = g_markup_escape_text (title, -1), *safe_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), safe_subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), widget);
}

/* How many there are. */
static guint
add_group (GtkWidget *page, GPtrArray *rows, guint at)
{
  GtkWidget *group = NULL;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const TbWhmcsReportRow *row = rows->pdata[i];

      if (row->finding != groups[at].finding || n++ >= ROWS_SHOWN)
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (groups[at].title));
          adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ (groups[at].description));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
        }
      add_row (group, row);
    }
  return n;
}

/* ---- the window ---- */

static GtkWidget *
make_fine (guint n)
{
  GtkWidget *fine = adw_status_page_new ();
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u invoice is on both sides", "%u invoices are on both sides", n), n);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (fine), "tb-whmcs-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (fine), _ ("Both Sides Agree"));
  adw_status_page_set_description (ADW_STATUS_PAGE (fine), text);
  return fine;
}

static void
show (GtkWidget *widget, GPtrArray *rows)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new (), *page = g_object_ref_sink (adw_preferences_page_new ());
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "title", _ ("Invoices Here and at WHMCS"), "modal", TRUE, "transient-for", gtk_widget_get_root (widget),
                                    "default-width", 620, "default-height", 480, "content", box, NULL);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    n += add_group (page, rows, i);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), adw_window_title_new (_ ("Invoices Here and at WHMCS"), NULL));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), n > 0 ? page : make_fine (rows->len));
  gtk_widget_set_vexpand (gtk_widget_get_last_child (box), TRUE);
  g_object_unref (page);
  tb_dialogs_close_on_escape (window);
  tb_widgets_name_controls (window);
  gtk_window_present (GTK_WINDOW (window));
}

static gpointer
compare_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_whmcs_report_books (store, job, error);
}

static void
compare_done (GtkWidget *widget, gpointer data)
{
  g_autoptr (GPtrArray) rows = data;

  if (gtk_widget_get_root (widget) != NULL) /* else the window was closed meanwhile */
    show (widget, rows);
}

void
tb_whmcs_compare_run (GtkWidget *widget, TbBooks *books)
{
  tb_run (widget, books, _ ("Comparison with WHMCS"), FALSE, compare_func, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, compare_done, NULL);
}
