/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-change-form.h"

#include <glib/gi18n.h>

#include "tb-error.h"
#include "tb-format.h"
#include "tb-rate-field.h"
#include "tb-widgets.h"

/* What the first box of the prices says. */
typedef enum { PRICES_KEEP, PRICES_PERCENT, PRICES_AMOUNT, PRICES_SET } Prices;
typedef enum { END_KEEP, END_OPEN, END_ON } End;

struct _TbRateChangeForm
{
  AdwBin parent_instance;

  TbZone *zone; /* of the tariff's days */
  TbRateScope scopes[3];
  GtkWidget *scope, *prices, *value, *decimals, *rounding, *fees, *increment, *start, *from, *end, *until, *state;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TbRateChangeForm, tb_rate_change_form, ADW_TYPE_BIN)

static guint
get_choice (GtkWidget *row)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (row));
}

/* ---- reading ---- */

static gboolean
read_signed (const char *text, TbDecimal *ret, GError **error)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');

  return tb_decimal_parse (plain, -1, TB_RATE_SCALE, ret, error);
}

static gboolean
read_percent (const char *text, TbDecimal *ret, GError **error)
{
  if (!read_signed (text, ret, error))
    return FALSE;
  if (*ret >= -100 * TB_DECIMAL_ONE && *ret <= TB_RATE_PERCENT_MAX)
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _ ("A percentage is from -100 to 1,000,000."));
  return FALSE;
}

static gboolean
read_prices (TbRateChangeForm *self, TbRateChange *change, GError **error)
{
  g_autofree char *text = tb_widgets_dup_text (self->value);

  switch ((Prices) get_choice (self->prices))
    {
    case PRICES_PERCENT:
      return read_percent (text, &change->percent, error);
    case PRICES_AMOUNT:
      return read_signed (text, &change->amount, error);
    case PRICES_SET:
      return tb_rate_parse_price (text, &change->price, error);
    case PRICES_KEEP:
    default:
      return TRUE;
    }
}

static gboolean
read_increment (TbRateChangeForm *self, TbRateChange *change, GError **error)
{
  g_autofree char *text = tb_widgets_dup_text (self->increment);

  return *text == '\0' || tb_rate_parse_increment (text, &change->initial, &change->next, error);
}

static gboolean
read_from (TbRateChangeForm *self, TbRateChange *change, GError **error)
{
  g_autofree char *text = tb_widgets_dup_text (self->from);

  change->start = (TbRateStart) get_choice (self->start);
  if (change->start == TB_RATE_START_KEEP)
    return TRUE;
  if (!tb_rate_parse_moment (text, self->zone, &change->from, error))
    return FALSE;
  if (change->start != TB_RATE_START_FOLLOW || change->from != TB_TIME_NONE)
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _ ("Write the day from which the new rates hold, as 2026-12-31."));
  return FALSE;
}

static gboolean
read_until (TbRateChangeForm *self, TbRateChange *change, GError **error)
{
  g_autofree char *text = tb_widgets_dup_text (self->until);

  change->ends = get_choice (self->end) != END_KEEP;
  if (get_choice (self->end) != END_ON)
    return TRUE;
  if (!tb_rate_parse_moment (text, self->zone, &change->until, error))
    return FALSE;
  if (change->until != TB_TIME_NONE)
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _ ("Write the day on which the rates end, as 2026-12-31."));
  return FALSE;
}

gboolean
tb_rate_change_form_read (TbRateChangeForm *self, TbRateChange *ret, char **ret_fault)
{
  TbRateChange change = TB_RATE_CHANGE_NONE;
  const struct
  {
    GtkWidget *entry;
    gboolean (*read) (TbRateChangeForm *, TbRateChange *, GError **);
  } parts[] = { { self->value, read_prices }, { self->increment, read_increment }, { self->from, read_from }, { self->until, read_until } };
  gboolean ok = TRUE;

  *ret_fault = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean fine = parts[i].read (self, &change, &error), empty = *gtk_editable_get_text (GTK_EDITABLE (parts[i].entry)) == '\0';

      tb_widgets_mark (parts[i].entry, !fine && !empty);
      if (!fine && *ret_fault == NULL && !empty)
        *ret_fault = g_strdup (error->message);
      ok = ok && fine;
    }
  change.rounding = (TbRounding){ (TbRoundingMode) get_choice (self->rounding), (guint8) get_choice (self->decimals) };
  change.fees = gtk_switch_get_active (GTK_SWITCH (self->fees));
  change.enabled = (int) get_choice (self->state) - 1;
  *ret = change;
  return ok && tb_rate_change_is_any (&change);
}

TbRateScope
tb_rate_change_form_get_scope (TbRateChangeForm *self)
{
  return self->scopes[get_choice (self->scope)];
}

/* ---- fields ---- */

static void
update (TbRateChangeForm *self)
{
  Prices prices = (Prices) get_choice (self->prices);
  const char *const titles[] = { _ ("Percent more"), _ ("Percent more, as 5 or -2.5"), _ ("Amount more a minute, as 0.002 or -0.001"), _ ("Rate a minute") };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->value), titles[prices]);
  tb_widgets_set_label (self->value, titles[prices]);
  gtk_widget_set_visible (self->value, prices != PRICES_KEEP);
  gtk_widget_set_visible (self->decimals, prices == PRICES_PERCENT || prices == PRICES_AMOUNT);
  gtk_widget_set_visible (self->rounding, prices == PRICES_PERCENT || prices == PRICES_AMOUNT);
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->fees, ADW_TYPE_ACTION_ROW), prices == PRICES_PERCENT);
  gtk_widget_set_visible (self->from, get_choice (self->start) != TB_RATE_START_KEEP);
  gtk_widget_set_visible (self->until, get_choice (self->end) == END_ON);
}

static void
changed_cb (TbRateChangeForm *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
add_group (GtkWidget *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (box), group);
  return group;
}

static GtkWidget *
add_choice (TbRateChangeForm *self, GtkWidget *group, const char *title, const char *const *texts, guint chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (texts);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  tb_widgets_set_label (row, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
add_entry (TbRateChangeForm *self, GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  tb_widgets_set_label (row, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
add_switch (TbRateChangeForm *self, GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_action_row_new (), *box = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), box);
  tb_widgets_set_label (box, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (box, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static void
add_prices (TbRateChangeForm *self, GtkWidget *box)
{
  GtkWidget *group = add_group (box, _ ("Prices"));
  const char *const how[] = { _ ("As they are"), _ ("By a percentage"), _ ("By an amount"), _ ("Set to"), NULL };
  const char *const decimals[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", NULL };
  const char *const modes[] = { _ ("Half up"), _ ("Half to even"), _ ("Up"), _ ("Down"), NULL };

  self->prices = add_choice (self, group, _ ("Prices"), how, PRICES_PERCENT);
  self->value = add_entry (self, group, _ ("Percent more"));
  self->decimals = add_choice (self, group, _ ("Decimals"), decimals, 4);
  self->rounding = add_choice (self, group, _ ("Rounding"), modes, TB_ROUND_HALF_UP);
  self->fees = add_switch (self, group, _ ("Connect fees too"));
}

static void
add_terms (TbRateChangeForm *self, GtkWidget *box)
{
  GtkWidget *group = add_group (box, _ ("Terms"));
  const char *const starts[] = { _ ("As they are"), _ ("The rates begin on"), _ ("New rates follow from"), NULL };
  const char *const ends[] = { _ ("As they are"), _ ("Open end"), _ ("The rates end on"), NULL };
  const char *const states[] = { _ ("As they are"), _ ("Blocked"), _ ("Sold"), NULL };

  self->increment = add_entry (self, group, _ ("Increment, as 60/6 (empty: as it is)"));
  self->start = add_choice (self, group, _ ("Start"), starts, TB_RATE_START_KEEP);
  self->from = add_entry (self, group, _ ("Day, as 2026-12-31 (00:00)"));
  self->end = add_choice (self, group, _ ("End"), ends, END_KEEP);
  self->until = add_entry (self, group, _ ("Day, as 2026-12-31 (exclusive)"));
  self->state = add_choice (self, group, _ ("State"), states, 0);
}

static void
tb_rate_change_form_finalize (GObject *object)
{
  g_clear_pointer (&TB_RATE_CHANGE_FORM (object)->zone, tb_zone_unref);

  G_OBJECT_CLASS (tb_rate_change_form_parent_class)->finalize (object);
}

static void
tb_rate_change_form_class_init (TbRateChangeFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tb_rate_change_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", TB_TYPE_RATE_CHANGE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tb_rate_change_form_init (TbRateChangeForm *self)
{
}

/* ---- public ---- */

/* Of scopes that are the same rates, the larger one is said. */
static void
add_scopes (TbRateChangeForm *self, GtkWidget *box, const guint n[3])
{
  GtkWidget *group = add_group (box, _ ("Which Rates"));
  const char *const formats[] = { _ ("The %s chosen"), _ ("All %s that the search found"), _ ("All %s") };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint k = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *number = tb_format_number (n[i]);

      if (i < 2 && n[i] == n[i + 1])
        continue;
      self->scopes[k++] = (TbRateScope) i;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_ptr_array_add (texts, g_strdup_printf (formats[i], number));
#pragma GCC diagnostic pop
    }
  g_ptr_array_add (texts, NULL);
  /* One row is chosen always: who chose no more means all that are shown. */
  self->scope = add_choice (self, group, _ ("Rates"), (const char *const *) texts->pdata, k > 1 && self->scopes[0] == TB_RATE_SCOPE_CHOSEN && n[0] == 1 ? 1 : 0);
}

TbRateChangeForm *
tb_rate_change_form_new (TbZone *zone, guint n_chosen, guint n_shown, guint n_all)
{
  TbRateChangeForm *self = g_object_new (TB_TYPE_RATE_CHANGE_FORM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->zone = zone != NULL ? tb_zone_ref (zone) : NULL;
  add_scopes (self, box, (const guint[3]){ n_chosen, n_shown, n_all });
  add_prices (self, box);
  add_terms (self, box);
  adw_bin_set_child (ADW_BIN (self), box);
  update (self);
  return self;
}
