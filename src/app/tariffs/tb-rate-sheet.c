/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-sheet.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-rate-field.h"
#include "tb-rate-text.h"
#include "tb-text.h"
#include "tb-widgets.h"
#include "tb-worker.h"

/* Steps of so many rows that come or go are shown one by one; of more, all rows are listed anew. */
#define FEW 24

struct _TbRateSheet
{
  AdwBin parent_instance;

  TbTariffDraft *draft;
  TbZone *zone;
  TbUndo *undo;
  TbGrid *grid;
  GArray *all, *shown; /* of guint32; the same when nothing is searched */
  char *search;
  GCancellable *listing;
  gint64 wanted;       /* the row to go to when they are listed; -1 = none */
};

enum { LISTED, SEARCH_DROPPED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbRateSheet, tb_rate_sheet, ADW_TYPE_BIN)

/* ---- columns ---- */

#define BEFORE TB_RATE_N_FIELDS

static const TbGridColumn columns[] = {
  { N_ ("Prefix"), 112, FALSE },         { N_ ("Destination"), 0, FALSE },      { N_ ("Rate"), 96, TRUE },          { N_ ("Before"), 88, TRUE },
  { N_ ("Increment"), 88, TRUE },        { N_ ("Connect Fee"), 104, TRUE },     { N_ ("From"), 108, FALSE },        { N_ ("Until"), 108, FALSE },
  { N_ ("When"), 112, FALSE },           { N_ ("Shortest"), 84, TRUE },         { N_ ("Free Below"), 92, TRUE },    { N_ ("Free at First"), 104, TRUE },
  { N_ ("Least Charge"), 108, TRUE },    { N_ ("Greatest Charge"), 128, TRUE }, { N_ ("Priority"), 80, TRUE },      { N_ ("Second Rate"), 104, TRUE },
  { N_ ("Premium Rate"), 108, TRUE },    { N_ ("Steps"), 200, FALSE },
};
static const guint fields[G_N_ELEMENTS (columns)] = {
  TB_RATE_PREFIX,  TB_RATE_DESCRIPTION, TB_RATE_PRICE,    BEFORE,
  TB_RATE_INCREMENT, TB_RATE_CONNECT_FEE, TB_RATE_FROM,   TB_RATE_UNTIL,
  TB_RATE_WHEN,    TB_RATE_MINIMUM,     TB_RATE_GRACE,    TB_RATE_INCLUDED,
  TB_RATE_MIN_CHARGE, TB_RATE_MAX_CHARGE, TB_RATE_PRIORITY, TB_RATE_SECOND_PRICE,
  TB_RATE_PREMIUM_PRICE, TB_RATE_STEPS,
};

static char *
dup_text (const TbRate *rate, guint column, TbZone *zone)
{
  switch (fields[column])
    {
    case TB_RATE_PREFIX:
      return g_strdup (*rate->prefix != '\0' ? rate->prefix : _ ("All others"));
    case TB_RATE_DESCRIPTION:
      return g_strdup (rate->description);
    case TB_RATE_PRICE:
      return tb_rate_dup_price (rate);
    case TB_RATE_INCREMENT:
      return tb_rate_dup_increment (rate);
    case TB_RATE_FROM:
      return tb_rate_dup_moment (rate->effective_from, zone);
    case TB_RATE_UNTIL:
      return tb_rate_dup_moment (rate->effective_to, zone);
    case TB_RATE_CONNECT_FEE:
      return tb_format_rate (rate->connect_fee);
    case TB_RATE_WHEN:
      return tb_rate_dup_when (rate);
    case BEFORE:
      return NULL;
    default:
      return tb_rate_field_to_text (rate, (TbRateField) fields[column], zone);
    }
}

static guint
row_at (TbRateSheet *self, guint place)
{
  return g_array_index (self->shown, guint32, place);
}

static char *
get_text (guint place, guint column, gpointer data)
{
  TbRateSheet *self = data;
  guint row = row_at (self, place);
  const TbRate *rate = tb_tariff_draft_get_rate (self->draft, row);
  TbDecimal before = tb_tariff_draft_get_price_before (self->draft, row);

  if (rate == NULL)
    return NULL;
  if (fields[column] == BEFORE)
    return before != rate->rate ? tb_format_rate (before) : NULL;
  return dup_text (rate, column, self->zone);
}

static const char *
get_style (guint place, guint column, gpointer data)
{
  TbRateSheet *self = data;
  guint row = row_at (self, place);
  const TbRate *rate = tb_tariff_draft_get_rate (self->draft, row);

  if (fields[column] == BEFORE)
    return "dim-label";
  return fields[column] == TB_RATE_PRICE && rate != NULL && tb_tariff_draft_get_price_before (self->draft, row) != rate->rate ? "changed" : NULL;
}

static char *
get_edit_text (guint place, guint column, gpointer data)
{
  TbRateSheet *self = data;
  const TbRate *rate = tb_tariff_draft_get_rate (self->draft, row_at (self, place));

  return rate != NULL && fields[column] < TB_RATE_N_FIELDS ? tb_rate_field_to_text (rate, (TbRateField) fields[column], self->zone) : NULL;
}

/* ---- editing ---- */

static gboolean
check_key (TbRateSheet *self, const TbRate *rate, guint row, char **ret_fault)
{
  if (!tb_rate_sheet_has_key (self, rate, row))
    return TRUE;
  if (ret_fault != NULL)
    /* Translators: %s is a prefix */
    *ret_fault = g_strdup_printf (_ ("There is a rate for %s with this start already."), *rate->prefix != '\0' ? rate->prefix : _ ("All others"));
  return FALSE;
}

static gboolean
set_text (guint place, guint column, const char *text, gboolean apply, char **ret_fault, gpointer data)
{
  TbRateSheet *self = data;
  guint row = row_at (self, place);
  const TbRate *rate = tb_tariff_draft_get_rate (self->draft, row);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbRate) after = NULL;
  g_autofree char *label = NULL, *prefix = NULL;
  gboolean reorders;
  TbDraftStep *step;

  if (rate == NULL)
    return TRUE;
  after = tb_rate_with_field (rate, (TbRateField) fields[column], text, self->zone, &error);
  if (after == NULL)
    {
      if (ret_fault != NULL)
        *ret_fault = g_strdup (error->message);
      return FALSE;
    }
  reorders = !tb_rate_same_key (rate, after);
  if (reorders && !check_key (self, after, row, ret_fault))
    return FALSE;
  if (!apply || tb_rate_equal (rate, after))
    return TRUE;
  step = tb_draft_step_new (self->draft);
  prefix = dup_text (rate, 0, NULL);
  /* Translators: what was done, and can be undone: a column, a prefix */
  label = g_strdup_printf (_ ("Change %s of %s"), _ (columns[column].title), prefix);
  tb_draft_step_set (step, row, g_steal_pointer (&after));
  tb_rate_sheet_do (self, step, reorders, label);
  return TRUE;
}

static const TbGridSource source = { get_text, get_style, get_edit_text, set_text };

/* ---- listing ---- */

typedef struct
{
  TbDraftView *view;
  char *search;
  GArray *rows; /* in order; NULL = to be put in order */
  GArray *all, *shown;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *self = data;

  tb_draft_view_free (self->view);
  g_free (self->search);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->all, g_array_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_free (self);
}

static void
list_thread (GTask *task, gpointer unused, gpointer data, GCancellable *cancellable)
{
  Listing *self = data;

  self->all = self->rows != NULL ? g_array_ref (self->rows) : tb_draft_view_sort (self->view);
  self->shown = self->search != NULL ? tb_draft_view_search (self->view, self->all, self->search, cancellable) : g_array_ref (self->all);
  g_task_return_boolean (task, self->shown != NULL);
}

static void
set_rows (TbRateSheet *self, GArray *all, GArray *shown)
{
  gint64 wanted = self->wanted;
  guint place;

  g_clear_pointer (&self->all, g_array_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  self->all = g_array_ref (all);
  self->shown = g_array_ref (shown);
  tb_grid_set_n_rows (self->grid, self->shown->len);
  self->wanted = -1;
  if (wanted >= 0 && tb_tariff_draft_get_rate (self->draft, (guint) wanted) != NULL)
    {
      guint column = 0, row;

      tb_grid_get_cursor (self->grid, &row, &column);
      if (tb_tariff_draft_find (self->draft, self->shown, tb_tariff_draft_get_rate (self->draft, (guint) wanted), (guint) wanted, &place))
        tb_grid_set_cursor (self->grid, place, column);
    }
  g_signal_emit (self, signals[LISTED], 0);
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TbRateSheet) self = data;
  Listing *listing = g_task_get_task_data (G_TASK (result));

  if (g_task_get_cancellable (G_TASK (result)) != self->listing)
    return; /* another one is on its way */
  g_clear_object (&self->listing);
  gtk_widget_set_sensitive (GTK_WIDGET (self->grid), TRUE);
  if (g_task_propagate_boolean (G_TASK (result), NULL))
    set_rows (self, listing->all, listing->shown);
}

static void
stop_listing (TbRateSheet *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
}

/* `in_order`: the order of all rows is known. */
static void
list (TbRateSheet *self, gboolean in_order)
{
  g_autoptr (GTask) task = NULL;
  Listing *listing = g_new0 (Listing, 1);

  /* An order that is being made for an older state is of no use. */
  in_order = in_order && self->listing == NULL;
  stop_listing (self);
  self->listing = g_cancellable_new ();
  *listing = (Listing){ tb_tariff_draft_lend (self->draft), g_strdup (self->search), in_order ? g_array_ref (self->all) : NULL, NULL, NULL };
  task = g_task_new (NULL, self->listing, listed_cb, g_object_ref (self)); /* not as its source: the thread may let go of that last */
  g_task_set_source_tag (task, list);
  g_task_set_task_data (task, listing, listing_free);
  g_task_run_in_thread (task, list_thread);
}

/* ---- steps ---- */

typedef struct
{
  TbRateSheet *sheet; /* has the undo that has this */
  TbDraftStep *step;
  gboolean reorders;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  tb_draft_step_free (edit->step);
  g_free (edit);
}

/* Arrays are shared with threads that list. */
static void
own_rows (TbRateSheet *self)
{
  gboolean same = self->all == self->shown;
  GArray *all = g_array_copy (self->all), *shown = same ? g_array_ref (all) : g_array_copy (self->shown);

  g_array_unref (self->all);
  g_array_unref (self->shown);
  self->all = all;
  self->shown = shown;
}

static void
take_out (TbRateSheet *self, guint row)
{
  const TbRate *rate = tb_tariff_draft_get_rate (self->draft, row);
  guint place;

  if (rate == NULL)
    return;
  if (self->all != self->shown && tb_tariff_draft_find (self->draft, self->all, rate, row, &place))
    g_array_remove_index (self->all, place);
  if (!tb_tariff_draft_find (self->draft, self->shown, rate, row, &place))
    return;
  g_array_remove_index (self->shown, place);
  tb_grid_splice (self->grid, place, 1, 0);
}

/* What was just edited is shown even where the search would not find it. */
static void
put_in (TbRateSheet *self, guint row)
{
  const TbRate *rate = tb_tariff_draft_get_rate (self->draft, row);
  guint32 number = row;
  guint place, column = 0, unused;

  if (rate == NULL)
    return;
  tb_grid_get_cursor (self->grid, &unused, &column);
  if (self->all != self->shown)
    {
      tb_tariff_draft_find (self->draft, self->all, rate, row, &place);
      g_array_insert_val (self->all, place, number);
    }
  tb_tariff_draft_find (self->draft, self->shown, rate, row, &place);
  g_array_insert_val (self->shown, place, number);
  tb_grid_splice (self->grid, place, 0, 1);
  tb_grid_set_cursor (self->grid, place, column);
}

static void
swap_few (TbRateSheet *self, TbDraftStep *step)
{
  guint n = tb_draft_step_get_length (step);

  own_rows (self);
  for (guint i = 0; i < n; i++)
    take_out (self, tb_draft_step_get_row (step, i));
  tb_draft_step_swap (step);
  for (guint i = 0; i < n; i++)
    put_in (self, tb_draft_step_get_row (step, i));
}

static void
swap_cb (gpointer data)
{
  Edit *edit = data;
  TbRateSheet *self = edit->sheet;
  guint n = tb_draft_step_get_length (edit->step);

  tb_grid_finish_edit (self->grid);
  if (edit->reorders && n <= FEW && self->listing == NULL)
    swap_few (self, edit->step);
  else
    {
      guint row;

      self->wanted = tb_rate_sheet_get_row (self, &row) ? (gint64) row : -1;
      tb_draft_step_swap (edit->step);
      tb_grid_refresh (self->grid);
      if (edit->reorders || self->listing != NULL)
        {
          gtk_widget_set_sensitive (GTK_WIDGET (self->grid), FALSE); /* its order is not that of the rates now */
          list (self, FALSE);
        }
      else if (n == 1)
        tb_rate_sheet_show_row (self, tb_draft_step_get_row (edit->step, 0));
    }
  g_signal_emit (self, signals[LISTED], 0);
}

void
tb_rate_sheet_do (TbRateSheet *self, TbDraftStep *step, gboolean reorders, const char *label)
{
  Edit *edit = g_new (Edit, 1);

  *edit = (Edit){ self, step, reorders };
  tb_undo_do (self->undo, label, swap_cb, swap_cb, edit, edit_free);
}

/* ---- class ---- */

/* A quarter of a million rates take a tenth of a second to be freed. */
static void
drop_draft (TbRateSheet *self)
{
  if (self->draft == NULL)
    return;
  tb_undo_clear (self->undo);
  tb_worker_free_elsewhere (g_steal_pointer (&self->draft), (GDestroyNotify) tb_tariff_draft_unref);
}

static void
tb_rate_sheet_dispose (GObject *object)
{
  TbRateSheet *self = TB_RATE_SHEET (object);

  stop_listing (self);
  if (self->grid != NULL && self->draft != NULL)
    tb_grid_set_n_rows (self->grid, 0);
  drop_draft (self);
  self->grid = NULL;

  G_OBJECT_CLASS (tb_rate_sheet_parent_class)->dispose (object);
}

static void
tb_rate_sheet_finalize (GObject *object)
{
  TbRateSheet *self = TB_RATE_SHEET (object);

  g_object_unref (self->undo);
  g_array_unref (self->all);
  g_array_unref (self->shown);
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_free (self->search);

  G_OBJECT_CLASS (tb_rate_sheet_parent_class)->finalize (object);
}

static void
tb_rate_sheet_class_init (TbRateSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_rate_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = tb_rate_sheet_finalize;
  signals[SEARCH_DROPPED] = g_signal_new ("search-dropped", TB_TYPE_RATE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LISTED] = g_signal_new ("listed", TB_TYPE_RATE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_rate_sheet_init (TbRateSheet *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();

  self->wanted = -1;
  self->undo = tb_undo_new ();
  self->all = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->shown = g_array_ref (self->all);
  self->grid = tb_grid_new (_ ("Rates"), columns, G_N_ELEMENTS (columns), &source, self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->grid));
  adw_bin_set_child (ADW_BIN (self), window);
}

/* ---- public ---- */

TbRateSheetData *
tb_rate_sheet_data_new (TbTariff *tariff)
{
  TbRateSheetData *self = g_new0 (TbRateSheetData, 1);
  g_autoptr (TbDraftView) view = NULL;

  self->draft = tb_tariff_draft_new (tariff);
  view = tb_tariff_draft_lend (self->draft);
  self->rows = tb_draft_view_sort (view);
  return self;
}

void
tb_rate_sheet_data_free (TbRateSheetData *self)
{
  if (self == NULL)
    return;
  tb_tariff_draft_unref (self->draft);
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self);
}

void
tb_rate_sheet_take (TbRateSheet *self, TbRateSheetData *data)
{
  const TbTariff *head = tb_tariff_draft_get_head (data->draft);

  stop_listing (self);
  tb_grid_set_n_rows (self->grid, 0);
  drop_draft (self);
  g_clear_pointer (&self->zone, tb_zone_unref);
  self->zone = head->time_zone != NULL ? tb_zone_new (head->time_zone, NULL) : NULL;
  self->draft = g_steal_pointer (&data->draft);
  set_rows (self, data->rows, data->rows);
  tb_rate_sheet_data_free (data);
  if (self->search != NULL)
    list (self, TRUE);
}

TbTariffDraft *
tb_rate_sheet_get_draft (TbRateSheet *self)
{
  return self->draft;
}

TbUndo *
tb_rate_sheet_get_undo (TbRateSheet *self)
{
  return self->undo;
}

TbGrid *
tb_rate_sheet_get_grid (TbRateSheet *self)
{
  return self->grid;
}

TbZone *
tb_rate_sheet_get_zone (TbRateSheet *self)
{
  return self->zone;
}

void
tb_rate_sheet_search (TbRateSheet *self, const char *search)
{
  if (!tb_set_str (&self->search, search != NULL && *search != '\0' ? search : NULL) || self->draft == NULL)
    return;
  list (self, TRUE);
}

GArray *
tb_rate_sheet_get_all (TbRateSheet *self)
{
  return self->all;
}

GArray *
tb_rate_sheet_get_shown (TbRateSheet *self)
{
  return self->shown;
}

GArray *
tb_rate_sheet_list_selected (TbRateSheet *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  GtkBitsetIter iter;
  guint place;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, tb_grid_get_selection (self->grid), &place); more; more = gtk_bitset_iter_next (&iter, &place))
    if (place < self->shown->len)
      g_array_append_val (rows, g_array_index (self->shown, guint32, place));
  return rows;
}

gboolean
tb_rate_sheet_get_row (TbRateSheet *self, guint *ret_row)
{
  guint place;

  if (!tb_grid_get_cursor (self->grid, &place, NULL) || place >= self->shown->len)
    return FALSE;
  *ret_row = row_at (self, place);
  return TRUE;
}

void
tb_rate_sheet_show_row (TbRateSheet *self, guint row)
{
  const TbRate *rate = tb_tariff_draft_get_rate (self->draft, row);
  guint place, column = 0, unused;

  if (rate == NULL)
    return;
  tb_grid_get_cursor (self->grid, &unused, &column);
  if (self->listing == NULL && tb_tariff_draft_find (self->draft, self->shown, rate, row, &place))
    {
      tb_grid_set_cursor (self->grid, place, column);
      return;
    }
  self->wanted = row;
  g_clear_pointer (&self->search, g_free);
  g_signal_emit (self, signals[SEARCH_DROPPED], 0);
  list (self, self->listing == NULL);
}

gboolean
tb_rate_sheet_has_key (TbRateSheet *self, const TbRate *rate, guint row)
{
  guint other;

  /* While rows are put in order nothing can be looked up; saving looks at all of them. */
  return self->listing == NULL && tb_tariff_draft_find_same_key (self->draft, self->all, rate, row, &other);
}

gboolean
tb_rate_sheet_is_idle (TbRateSheet *self)
{
  return self->listing == NULL;
}

/* ---- work on a thread ---- */

typedef struct
{
  TbDraftView *view;
  GArray *rows;
  TbRateSheetFunc func;
  gpointer data;
  GDestroyNotify free_data, free_result;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->free_data != NULL)
    work->free_data (work->data);
  tb_draft_view_free (work->view);
  g_clear_pointer (&work->rows, g_array_unref);
  g_free (work);
}

static void
work_thread (GTask *task, gpointer unused, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  gpointer result;

  if (work->rows == NULL)
    work->rows = tb_draft_view_sort (work->view);
  result = work->func (work->view, work->rows, work->data, cancellable);

  g_task_return_pointer (task, result, work->free_result);
}

void
tb_rate_sheet_run_async (TbRateSheet *self, GCancellable *cancellable, TbRateSheetFunc func, gpointer data, GDestroyNotify free_data,
                         GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer callback_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  Work *work = g_new (Work, 1);

  *work = (Work){ tb_tariff_draft_lend (self->draft), self->listing == NULL ? g_array_ref (self->all) : NULL, func, data, free_data, free_result };
  g_task_set_source_tag (task, tb_rate_sheet_run_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_thread);
}

gpointer
tb_rate_sheet_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
