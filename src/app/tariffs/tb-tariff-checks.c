/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-checks.h"

#include <glib/gi18n.h>

#include "tb-clock.h"
#include "tb-destination.h"
#include "tb-format.h"
#include "tb-rate-text.h"
#include "tb-widgets.h"

/* What was found, and how much there is of it. */
typedef struct
{
  GArray *findings; /* of TbTariffFinding */
  guint counts[TB_TARIFF_N_FINDINGS];
} Found;

struct _TbTariffChecks
{
  AdwBin parent_instance;

  TbRateSheet *sheet; /* borrowed: it stands in the same window */
  GCancellable *checking;
  Found *found;
  GArray *shown; /* of guint: places in the findings */

  GtkWidget *kinds, *note, *again;
  GtkStack *stack;
  TbGrid *grid;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (TbTariffChecks, tb_tariff_checks, ADW_TYPE_BIN)

static const char *const kinds[TB_TARIFF_N_FINDINGS] = {
  N_ ("Twice"), N_ ("Overlapping"), N_ ("Interrupted"), N_ ("Ended"), N_ ("No rate"), N_ ("Shorter is dearer"), N_ ("Needless"),
};

static void
found_free (gpointer data)
{
  Found *found = data;

  g_array_unref (found->findings);
  g_free (found);
}

/* ---- in words ---- */

static const TbTariffFinding *
finding_at (TbTariffChecks *self, guint place)
{
  return &g_array_index (self->found->findings, TbTariffFinding, g_array_index (self->shown, guint, place));
}

static const TbRate *
get_rate (TbTariffChecks *self, guint32 row)
{
  return tb_tariff_draft_get_rate (tb_rate_sheet_get_draft (self->sheet), row);
}

static char *
dup_between (TbTariffChecks *self, const TbTariffFinding *finding)
{
  g_autofree char *from = tb_rate_dup_moment (finding->from, tb_rate_sheet_get_zone (self->sheet));
  g_autofree char *until = tb_rate_dup_moment (finding->until, tb_rate_sheet_get_zone (self->sheet));

  /* Translators: two days */
  return g_strdup_printf (_ ("%s to %s"), from, until);
}

static char *
dup_prices (TbTariffChecks *self, const TbTariffFinding *finding)
{
  const TbRate *rate = get_rate (self, finding->row), *other = get_rate (self, finding->other);
  g_autofree char *price = rate != NULL ? tb_rate_dup_price (rate) : g_strdup (""), *above = other != NULL ? tb_rate_dup_price (other) : g_strdup ("");

  /* Translators: a prefix, its price, the price of a longer prefix */
  return g_strdup_printf (_ ("%s costs %s, this one %s"), other != NULL && *other->prefix != '\0' ? other->prefix : _ ("All others"), above, price);
}

static char *
dup_detail (TbTariffChecks *self, const TbTariffFinding *finding)
{
  const TbRate *other;
  const char *name;

  switch (finding->kind)
    {
    case TB_TARIFF_OVERLAP:
    case TB_TARIFF_HOLE:
      return dup_between (self, finding);
    case TB_TARIFF_GAP:
      name = tb_destination_get_name (finding->prefix);
      return g_strdup (name != NULL ? name : "");
    case TB_TARIFF_SHORTER_DEARER:
      return dup_prices (self, finding);
    case TB_TARIFF_NEEDLESS:
      other = get_rate (self, finding->other);
      /* Translators: %s is a prefix */
      return g_strdup_printf (_ ("%s has the same terms"), other != NULL && *other->prefix != '\0' ? other->prefix : _ ("All others"));
    case TB_TARIFF_DUPLICATE:
      return g_strdup (_ ("Same start, hours and priority"));
    default:
      return g_strdup (_ ("No shorter prefix prices these calls"));
    }
}

/* ---- the table ---- */

static const TbGridColumn columns[] = { { N_ ("Finding"), 124, FALSE }, { N_ ("Prefix"), 112, FALSE }, { N_ ("Detail"), 0, FALSE } };

static char *
get_text (guint row, guint column, gpointer data)
{
  const TbTariffFinding *finding = finding_at (data, row);

  if (column == 0)
    return g_strdup (_ (kinds[finding->kind]));
  if (column == 1)
    return g_strdup (*finding->prefix != '\0' ? finding->prefix : _ ("All others"));
  return dup_detail (data, finding);
}

static const TbGridSource source = { .get_text = get_text };

/* What was found leads to its row; a gap to where its rate would be. */
static void
moved_cb (TbTariffChecks *self)
{
  guint place;

  if (self->filling || !tb_grid_get_cursor (self->grid, &place, NULL) || place >= self->shown->len
      || gtk_widget_get_focus_child (GTK_WIDGET (self->grid)) == NULL)
    return;
  if (finding_at (self, place)->row != G_MAXUINT32)
    tb_rate_sheet_show_row (self->sheet, finding_at (self, place)->row);
}

static void
fill_grid (TbTariffChecks *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kinds));

  self->filling = TRUE;
  g_array_set_size (self->shown, 0);
  for (guint i = 0; i < self->found->findings->len; i++)
    if (chosen == 0 || g_array_index (self->found->findings, TbTariffFinding, i).kind == chosen - 1)
      g_array_append_val (self->shown, i);
  tb_grid_set_n_rows (self->grid, self->shown->len);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->shown->len > 0 ? "list" : "none");
}

static void
kind_cb (TbTariffChecks *self)
{
  if (!self->filling && self->found != NULL)
    fill_grid (self);
}

static void
fill_kinds (TbTariffChecks *self)
{
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);
  guint all = 0;

  for (guint kind = 0; kind < TB_TARIFF_N_FINDINGS; kind++)
    all += self->found->counts[kind];
  for (int kind = -1; kind < TB_TARIFF_N_FINDINGS; kind++)
    {
      g_autofree char *number = tb_format_number (kind < 0 ? all : self->found->counts[kind]);

      gtk_string_list_take (texts, g_strdup_printf ("%s · %s", kind < 0 ? _ ("All findings") : _ (kinds[kind]), number));
    }
  self->filling = TRUE;
  tb_widgets_set_choices (self->kinds, G_LIST_MODEL (texts));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kinds), 0);
  self->filling = FALSE;
}

/* ---- the work ---- */

static gpointer
check (const TbDraftView *view, GArray *rows, gpointer data, GCancellable *cancellable)
{
  Found *found = g_new0 (Found, 1);

  found->findings = tb_tariff_check (view, rows, tb_clock_now (), found->counts, cancellable);
  if (found->findings != NULL)
    return found;
  g_free (found);
  return NULL;
}

static void
checked_cb (GObject *unused, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbTariffChecks) self = data;
  Found *found = tb_rate_sheet_run_finish (result, NULL);

  if (g_task_get_cancellable (G_TASK (result)) != self->checking || found == NULL)
    {
      g_clear_pointer (&found, found_free);
      return;
    }
  g_clear_object (&self->checking);
  g_clear_pointer (&self->found, found_free);
  self->found = found;
  gtk_widget_set_visible (self->note, FALSE);
  fill_kinds (self);
  fill_grid (self);
}

static void
stop (TbTariffChecks *self)
{
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
}

void
tb_tariff_checks_start (TbTariffChecks *self, TbRateSheet *sheet)
{
  stop (self);
  self->sheet = sheet;
  self->checking = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->stack, "work");
  tb_rate_sheet_run_async (sheet, self->checking, check, NULL, NULL, found_free, checked_cb, g_object_ref (self));
}

static void
again_cb (TbTariffChecks *self)
{
  if (self->sheet != NULL)
    tb_tariff_checks_start (self, self->sheet);
}

void
tb_tariff_checks_outdate (TbTariffChecks *self)
{
  if (self->found != NULL)
    gtk_widget_set_visible (self->note, TRUE);
}

/* ---- class ---- */

static void
tb_tariff_checks_dispose (GObject *object)
{
  TbTariffChecks *self = TB_TARIFF_CHECKS (object);

  stop (self);
  self->filling = TRUE;
  if (self->grid != NULL)
    tb_grid_set_n_rows (self->grid, 0);
  self->grid = NULL;
  g_clear_pointer (&self->found, found_free);

  G_OBJECT_CLASS (tb_tariff_checks_parent_class)->dispose (object);
}

static void
tb_tariff_checks_finalize (GObject *object)
{
  g_array_unref (TB_TARIFF_CHECKS (object)->shown);

  G_OBJECT_CLASS (tb_tariff_checks_parent_class)->finalize (object);
}

static void
tb_tariff_checks_class_init (TbTariffChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_tariff_checks_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_tariff_checks_finalize;
}

static GtkWidget *
new_none (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Found"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("Each prefix has one rate at a time, and no number between them is left out"));
  gtk_widget_add_css_class (page, "compact");
  return page;
}

static GtkWidget *
new_head (TbTariffChecks *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->kinds = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_hexpand (self->kinds, TRUE);
  tb_widgets_set_label (self->kinds, _ ("Kind of finding"));
  self->again = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  gtk_widget_set_tooltip_text (self->again, _ ("Look again"));
  tb_widgets_set_label (self->again, _ ("Look again"));
  gtk_widget_add_css_class (box, "toolbar");
  gtk_box_append (GTK_BOX (box), self->kinds);
  gtk_box_append (GTK_BOX (box), self->again);
  return box;
}

static void
tb_tariff_checks_init (TbTariffChecks *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *window = gtk_scrolled_window_new (), *spinner = gtk_spinner_new ();

  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE); /* its drop-down would */
  gtk_box_append (GTK_BOX (box), new_head (self));
  self->note = gtk_label_new (_ ("The rates were changed since; press Look Again."));
  gtk_widget_add_css_class (self->note, "many");
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_box_append (GTK_BOX (box), self->note);
  self->grid = tb_grid_new (_ ("Findings"), columns, G_N_ELEMENTS (columns), &source, self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->grid));
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, spinner, "work");
  gtk_stack_add_named (self->stack, window, "list");
  gtk_stack_add_named (self->stack, new_none (), "none");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->grid, "cursor-moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->kinds, "notify::selected", G_CALLBACK (kind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
}

gboolean
tb_tariff_checks_is_idle (TbTariffChecks *self)
{
  return self->checking == NULL;
}

guint
tb_tariff_checks_get_count (TbTariffChecks *self, TbTariffFindingKind kind)
{
  return self->found != NULL ? self->found->counts[kind] : 0;
}

TbGrid *
tb_tariff_checks_get_grid (TbTariffChecks *self)
{
  return self->grid;
}
