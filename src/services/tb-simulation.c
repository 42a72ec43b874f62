/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-simulation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-csv-writer.h"
#include "tb-error.h"
#include "tb-rate-history.h"
#include "tb-setup-store.h"
#include "tb-simulation-private.h"
#include "tb-text.h"

#define CHECK_EVERY 256

void
tb_simulation_order_clear (TbSimulationOrder *self)
{
  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->package, g_free);
}

/* ---- what is typed ---- */

gboolean
tb_simulation_parse_seconds (const char *text, gint32 *ret)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 4);
  guint n = g_strv_length (parts);
  gint64 whole = 0, exact = 0;

  if (n < 1 || n > 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!tb_decimal_parse (g_strstrip (parts[i]), -1, TB_AMOUNT_SCALE, &exact, NULL) || exact < 0 || exact > TB_AMOUNT_ONE * TB_CALL_MAX_SECONDS
          || (i + 1 < n && exact % TB_AMOUNT_ONE != 0))
        return FALSE;
      whole = whole * 60 + exact / TB_AMOUNT_ONE;
    }
  whole += exact % TB_AMOUNT_ONE > 0;
  if (whole > TB_CALL_MAX_SECONDS)
    return FALSE;
  *ret = (gint32) whole;
  return TRUE;
}

static void
call_init (TbCall *call, const TbSimulationOrder *order, const char *number, gint32 seconds)
{
  tb_call_init (call);
  call->start = order->at;
  call->callee = number;
  call->ring = 0;
  call->seconds = call->duration = seconds;
  call->direction = TB_DIRECTION_OUTBOUND;
}

static gboolean
check_call (const TbCall *call, GError **error)
{
  TbCall named = *call;

  named.uid = "price";
  return tb_call_validate (&named, error);
}

/* ---- whom it is for ---- */

typedef struct
{
  TbSetup *setup;
  const TbService *service;
  const TbPackage *package;
} Buyer;

static gboolean
find_buyer (Buyer *self, const TbSimulationOrder *order, GError **error)
{
  const char *package = order->package;

  if (order->service != NULL && (self->service = tb_setup_find_service (self->setup, order->service)) == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no service “%s”."), order->service);
      return FALSE;
    }
  if (self->service != NULL)
    package = self->service->package;
  self->package = package != NULL ? tb_setup_find_package (self->setup, package) : NULL;
  if (self->package != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no package “%s”."), package != NULL ? package : "");
  return FALSE;
}

/* ---- one number ---- */

/* Its rates alone are read, of tariffs that may have a quarter of a million. */
static TbSetup *
load_for (TbStore *store, const TbSimulationOrder *order, const char *dialled, Buyer *buyer, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  char number[TB_E164_BUFFER] = "";
  TbNumberRule rule;

  buyer->setup = setup;
  if (setup == NULL || !find_buyer (buyer, order, error))
    return NULL;
  tb_number_plan_normalise (&buyer->package->number_plan, dialled, -1, number, &rule);
  for (guint i = 0; i < setup->tariffs->len; i++)
    {
      TbTariff *tariff = setup->tariffs->pdata[i];

      if (tariff->rates == NULL)
        tariff->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
      if (*number != '\0' && !tb_rate_list_add_current (store, tariff->name, number, tariff->rates, error))
        return NULL;
    }
  return g_steal_pointer (&setup);
}

TbCallExplanation *
tb_simulate_call (TbStore *store, const TbSimulationOrder *order, const char *number, gint32 seconds, GError **error)
{
  Buyer buyer = { NULL };
  g_autoptr (TbSetup) setup = load_for (store, order, number, &buyer, error);
  g_autoptr (TbRating) rating = setup != NULL ? tb_rating_new (setup, error) : NULL;
  g_autoptr (TbRatingState) state = rating != NULL ? tb_rating_state_new (rating) : NULL;
  TbCallExplanation *explanation;
  TbRatedCall rated;
  TbCall call;

  call_init (&call, order, number, seconds);
  if (rating == NULL || !check_call (&call, error)
      || !tb_rating_price (rating, state, buyer.package, buyer.service, &call, &rated, error))
    return NULL;
  explanation = tb_explain_price (store, setup, rating, NULL, buyer.package, buyer.service, &call, &rated, error);
  if (explanation != NULL)
    {
      explanation->rating = g_steal_pointer (&rating);
      explanation->setup = g_steal_pointer (&setup);
    }
  return explanation;
}

/* ---- a list ---- */

static void
line_free (gpointer data)
{
  TbSimulatedLine *line = data;

  g_free (line->text);
  g_free (line->problem);
  tb_call_row_free (line->row);
  g_free (line);
}

void
tb_simulated_list_free (TbSimulatedList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_array_unref (self->charges);
  g_free (self);
}

typedef struct
{
  const TbSimulationOrder *order;
  gint32 seconds; /* of lines without their own */
  TbStore *store;
  TbRating *rating;
  TbRatingState *state;
  Buyer buyer;
  GCancellable *cancellable;
} Pricing;

static void
line_fail (TbSimulatedLine *line, GError *error)
{
  line->problem = g_strdup (error->message);
  g_error_free (error);
}

/* "NUMBER" or "NUMBER,SECONDS"; the separator may be what a spreadsheet copies. */
static gboolean
line_parse (const Pricing *self, TbSimulatedLine *line, char **ret_number, gint32 *ret_seconds)
{
  gsize length = strcspn (line->text, ",;\t");
  const char *rest = line->text[length] != '\0' ? line->text + length + 1 : NULL;
  g_autofree char *seconds = rest != NULL ? g_strstrip (g_strdup (rest)) : NULL;

  *ret_number = g_strstrip (g_strndup (line->text, length));
  *ret_seconds = self->seconds;
  if (seconds != NULL && *seconds != '\0' && !tb_simulation_parse_seconds (seconds, ret_seconds))
    {
      g_autofree char *shown = tb_text_for_message (seconds, -1, 40);

      line->problem = g_strdup_printf (_("“%s” is no length of a call: write seconds behind the number."), shown);
    }
  else if (**ret_number == '\0')
    line->problem = g_strdup (_("There is no number in this line."));
  return line->problem == NULL;
}

/* With `keep` the price becomes the line's; without, it is only measured for tiers that depend on all. */
static gboolean
line_price (Pricing *self, TbSimulatedLine *line, gboolean keep, GError **error)
{
  g_autofree char *number = NULL;
  GError *wrong = NULL;
  TbRatedCall rated;
  gint32 seconds;
  TbCall call;

  if (line->problem != NULL || !line_parse (self, line, &number, &seconds))
    return TRUE;
  call_init (&call, self->order, number, seconds);
  if (!check_call (&call, &wrong) || !tb_rating_price (self->rating, self->state, self->buyer.package, self->buyer.service, &call, &rated, &wrong))
    {
      line_fail (line, wrong);
      return TRUE;
    }
  if (keep)
    line->row = tb_explain_price_row (self->store, self->rating, self->buyer.package, self->buyer.service, &call, &rated, error);
  return !keep || line->row != NULL;
}

static gboolean
add_charge (TbSimulatedList *list, const TbRatedCall *rated, GError **error)
{
  TbMoney charge = { rated->charge, rated->currency };

  if (rated->currency == TB_CURRENCY_NONE)
    return TRUE;
  return tb_money_add_to (list->charges, charge, error);
}

static gboolean
add_up (TbSimulatedList *list, GError **error)
{
  for (guint i = 0; i < list->lines->len; i++)
    {
      const TbSimulatedLine *line = list->lines->pdata[i];

      if (line->row == NULL)
        {
          list->bad++;
          continue;
        }
      list->seconds += line->row->call.seconds;
      list->billed += line->row->rated.billed;
      list->missing += tb_call_status_is_unrated (line->row->rated.status);
      if (!add_charge (list, &line->row->rated, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
price_lines (Pricing *self, TbSimulatedList *list, gboolean keep, GError **error)
{
  for (guint i = 0; i < list->lines->len; i++)
    if ((i % CHECK_EVERY == 0 && tb_error_if_cancelled (self->cancellable, error)) || !line_price (self, list->lines->pdata[i], keep, error))
      return FALSE;
  return TRUE;
}

static TbSimulatedList *
split_lines (const char *text, GError **error)
{
  g_autoptr (TbSimulatedList) list = g_new0 (TbSimulatedList, 1);
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);

  list->lines = g_ptr_array_new_with_free_func (line_free);
  list->charges = g_array_new (FALSE, FALSE, sizeof (TbMoney));
  for (guint i = 0; all[i] != NULL; i++)
    {
      TbSimulatedLine *line;

      if (*g_strstrip (all[i]) == '\0')
        continue;
      if (list->lines->len == TB_SIMULATION_MAX_LINES)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The list has more than %d lines: price it in parts."), TB_SIMULATION_MAX_LINES);
          return NULL;
        }
      line = g_new0 (TbSimulatedLine, 1);
      line->line = i + 1;
      line->text = g_strdup (all[i]);
      g_ptr_array_add (list->lines, line);
    }
  return g_steal_pointer (&list);
}

TbSimulatedList *
tb_simulate_list_with (TbStore *store, TbSetup *setup, const TbSimulationOrder *order, const char *text, gint32 seconds, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (TbSimulatedList) list = split_lines (text, error);
  g_autoptr (TbRating) rating = NULL;
  g_autoptr (TbRatingState) state = NULL;
  Pricing self = { order, seconds, store, NULL, NULL, { setup }, cancellable };

  if (list == NULL || !find_buyer (&self.buyer, order, error))
    return NULL;
  self.rating = rating = tb_rating_new (setup, error);
  if (rating == NULL)
    return NULL;
  self.state = state = tb_rating_state_new (rating);
  if (!price_lines (&self, list, FALSE, error))
    return NULL;
  tb_rating_state_set_measured (state);
  return price_lines (&self, list, TRUE, error) && add_up (list, error) ? g_steal_pointer (&list) : NULL;
}

TbSimulatedList *
tb_simulate_list (TbStore *store, const TbSimulationOrder *order, const char *text, gint32 seconds, GCancellable *cancellable, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);

  return setup != NULL ? tb_simulate_list_with (store, setup, order, text, seconds, cancellable, error) : NULL;
}

/* ---- as a table ---- */

static void
append_int (GString *csv, gint64 value)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  tb_csv_append_number (csv, text);
}

static void
append_decimal (GString *csv, gint64 value, guint scale, guint decimals)
{
  char text[40];

  tb_decimal_format_to (value, scale, decimals, text);
  tb_csv_append_number (csv, text);
}

static void
append_line (GString *csv, const TbSimulatedLine *line)
{
  const TbCallRow *row = line->row;
  gboolean priced = row != NULL && row->rated.currency != TB_CURRENCY_NONE;

  append_int (csv, line->line);
  tb_csv_append_text (csv, row != NULL ? row->call.callee : line->text);
  tb_csv_append_text (csv, row != NULL ? row->rated.number : "");
  tb_csv_append_text (csv, row != NULL && row->description != NULL ? row->description : "");
  tb_csv_append_text (csv, row != NULL && row->prefix != NULL ? row->prefix : "");
  tb_csv_append_text (csv, row != NULL ? tb_call_status_to_string (row->rated.status) : line->problem);
  if (row != NULL)
    {
      append_int (csv, row->call.seconds);
      append_int (csv, row->rated.billed);
      append_int (csv, row->rated.free);
    }
  if (row != NULL && row->rate != TB_DECIMAL_NONE)
    append_decimal (csv, row->rate, TB_RATE_SCALE, 0);
  else if (row != NULL)
    tb_csv_append_text (csv, "");
  if (priced)
    {
      append_decimal (csv, row->rated.charge, TB_AMOUNT_SCALE, tb_currency_get_minor_units (row->rated.currency));
      tb_csv_append_text (csv, tb_currency_to_string (row->rated.currency));
    }
  for (guint i = row == NULL ? 6 : priced ? 12 : 10; i < 12; i++)
    tb_csv_append_text (csv, "");
  tb_csv_end_line (csv);
}

char *
tb_simulated_list_to_csv (const TbSimulatedList *self)
{
  GString *csv = g_string_new ("line,dialled,number,destination,prefix,status,seconds,billed,free,rate,charge,currency\n");

  for (guint i = 0; i < self->lines->len; i++)
    append_line (csv, self->lines->pdata[i]);
  return g_string_free (csv, FALSE);
}
