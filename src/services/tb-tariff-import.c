/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-import.h"

#include <glib/gi18n-lib.h>

#include "tb-deck-habit-store.h"
#include "tb-error.h"
#include "tb-setup-store.h"
#include "tb-tariff-store.h"
#include "tb-text.h"

/* One import on its way. */
typedef struct
{
  TbStore *store;
  const char *path;
  const char *name;
  TbCurrency currency; /* as asked for; NONE = not said */
  TbDeckOptions options;
  TbJob *job;
} Order;

void
tb_tariff_import_free (TbTariffImport *self)
{
  if (self == NULL)
    return;
  tb_deck_free (self->deck);
  tb_tariff_revision_unref (self->revision);
  g_free (self);
}

/* ---- the deck ---- */

static TbDeck *
read_deck (const Order *order, GError **error)
{
  GCancellable *cancellable = order->job != NULL ? tb_job_get_cancellable (order->job) : NULL;
  g_autofree char *data = NULL, *source = g_filename_display_name (order->path);
  TbDeck *deck = NULL;
  gsize len = 0;
  TbDeckOptions options = order->options;

  options.job = order->job;
  tb_job_report (order->job, -1, _("Reading the deck"));
  if (g_file_get_contents (order->path, &data, &len, error))
    {
      deck = tb_deck_read ((const guint8 *) data, len, &options, cancellable, error);
      if (deck == NULL)
        g_prefix_error (error, "%s: ", source);
    }
  else
    tb_error_convert (error, TB_ERROR_STORAGE);
  return deck;
}

/* ---- the tariff it goes into ---- */

/* *ret = NULL when the books have no such tariff. */
static gboolean
load_before (const Order *order, TbTariff **ret, GError **error)
{
  g_autoptr (GError) local = NULL;

  *ret = tb_tariff_store_load (order->store, order->name, &local);
  if (*ret != NULL || g_error_matches (local, TB_ERROR, TB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
company_currency (TbStore *store, TbCurrency *ret, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  if (setup == NULL)
    return FALSE;
  *ret = setup->company != NULL ? setup->company->currency : TB_CURRENCY_NONE;
  return TRUE;
}

/* A tariff that is there keeps its currency: its rated calls were charged in it. A new one has the currency asked for, else what the deck
 * says, else the company's, as in the set-up file. */
static gboolean
decide_currency (const Order *order, const TbTariff *before, TbCurrency deck, TbCurrency *ret, GError **error)
{
  TbCurrency said = order->currency != TB_CURRENCY_NONE ? order->currency : deck;

  if (before != NULL && said != TB_CURRENCY_NONE && said != before->currency)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                   order->currency != TB_CURRENCY_NONE
                       ? _("Tariff “%s” is in %s, not in %s. Give another name for a tariff in that currency.")
                       : _("Tariff “%s” is in %s, but the deck is in %s. Give another name, or the currency if the deck is wrong."),
                   order->name, tb_currency_to_string (before->currency), tb_currency_to_string (said));
      return FALSE;
    }
  *ret = before != NULL ? before->currency : said;
  if (*ret == TB_CURRENCY_NONE && !company_currency (order->store, ret, error))
    return FALSE;
  if (*ret != TB_CURRENCY_NONE)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The deck does not say its currency. Give the currency of tariff “%s”."), order->name);
  return FALSE;
}

/* As what is there, or a new tariff; its rates come later. */
static TbTariff *
make_head (const Order *order, const TbTariff *before)
{
  TbTariff *head = before != NULL ? tb_tariff_copy_head (before) : tb_tariff_new ();

  g_clear_pointer (&head->rates, g_ptr_array_unref);
  tb_set_str (&head->name, order->name);
  if (before == NULL && order->options.zone != NULL)
    tb_set_str (&head->time_zone, tb_zone_get_id (order->options.zone));
  return head;
}

/* ---- the whole ---- */

/* The dates of a deck begin in the zone of its tariff. */
static gboolean
take_zone (Order *order, const TbTariff *before, TbZone **ret, GError **error)
{
  if (before == NULL)
    return TRUE;
  *ret = tb_zone_new (before->time_zone != NULL ? before->time_zone : "UTC", error);
  order->options.zone = *ret;
  return *ret != NULL;
}

static TbTariffImport *
prepare (Order *order, GError **error)
{
  g_autoptr (TbTariffImport) self = g_new0 (TbTariffImport, 1);
  g_autoptr (TbTariff) before = NULL, after = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *source = g_filename_display_basename (order->path);
  g_autoptr (TbZone) zone = NULL;
  GPtrArray *rates;
  TbCurrency currency;

  if (!load_before (order, &before, error) || !take_zone (order, before, &zone, error))
    return NULL;
  self->deck = read_deck (order, error);
  if (self->deck == NULL || !decide_currency (order, before, self->deck->currency, &currency, error))
    return NULL;
  tb_job_report (order->job, -1, _("Comparing the rates"));
  rates = before != NULL ? before->rates : none;
  after = make_head (order, before);
  after->currency = currency;
  /* A deck of which no row could be taken says nothing about the rates. */
  after->rates = tb_tariff_succeed (rates, self->deck->rates->len > 0 ? self->deck->rates : rates);
  after->n_rates = after->rates->len;
  self->revision = tb_tariff_revision_new (g_steal_pointer (&before), g_steal_pointer (&after), source);
  return g_steal_pointer (&self);
}

TbTariffImport *
tb_tariff_import_prepare (TbStore *store, const char *path, const char *name, const char *currency, const TbDeckOptions *options, TbJob *job,
                          GError **error)
{
  Order order = { .store = store, .path = path, .name = name, .options = *options, .job = job };

  return currency == NULL || tb_currency_parse (currency, &order.currency, error) ? prepare (&order, error) : NULL;
}

TbTariffImport *
tb_tariff_import_run (TbStore *store, const char *path, const char *name, const char *currency, const TbDeckOptions *options, TbJob *job,
                      GError **error)
{
  g_autoptr (TbTariffImport) import = tb_tariff_import_prepare (store, path, name, currency, options, job, error);

  return import != NULL && tb_tariff_revision_apply (import->revision, store, job, error) ? g_steal_pointer (&import) : NULL;
}

/* ---- how the next deck is read ---- */

gboolean
tb_tariff_import_recall (TbStore *store, const char *name, TbDeckOptions *ret, char **ret_columns, gboolean *ret_found, GError **error)
{
  g_auto (TbDeckHabit) habit = { NULL };

  if (!tb_deck_habit_store_get (store, name, &habit, ret_found, error))
    return FALSE;
  if (!*ret_found)
    return TRUE;
  ret->encoding = habit.encoding;
  ret->separator = habit.separator;
  ret->decimal_comma = habit.decimal_comma;
  ret->dates = (TbDateOrder) habit.dates;
  ret->header_line = habit.header_line;
  ret->columns = *ret_columns = g_steal_pointer (&habit.columns);
  return TRUE;
}

static gboolean
is_said (const TbDeckOptions *options)
{
  return options->columns != NULL || options->encoding >= 0 || options->separator != '\0' || options->decimal_comma >= 0
         || options->dates != TB_DATES_UNKNOWN || options->header_line != 0;
}

static gboolean
apply (TbTariffImport *self, const TbDeckOptions *options, TbStore *store, TbJob *job, GError **error)
{
  const TbDeckHabit habit = { (char *) options->columns, options->encoding, options->separator, options->decimal_comma, (int) options->dates,
                              options->header_line };

  return tb_tariff_revision_apply (self->revision, store, job, error)
         && tb_deck_habit_store_set (store, self->revision->after->name, is_said (options) ? &habit : NULL, error);
}

gboolean
tb_tariff_import_apply (TbTariffImport *self, const TbDeckOptions *options, TbStore *store, TbJob *job, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, apply (self, options, store, job, error), error);
}
