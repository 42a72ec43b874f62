/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balance.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* An amount is at 10^-9, a threshold at 10^-12. */
#define THRESHOLD_UNIT (TB_DECIMAL_ONE / TB_AMOUNT_ONE)

/* ---- entries ---- */

static const struct
{
  const char *name, *title;
  int sign; /* 0 = either */
} kinds[] = {
  [TB_ENTRY_TOP_UP] = { "top-up", N_ ("Top-up"), 1 },
  [TB_ENTRY_REFUND] = { "refund", N_ ("Refund"), -1 },
  [TB_ENTRY_ADJUSTMENT] = { "adjustment", N_ ("Adjustment"), 0 },
  [TB_ENTRY_SETTLEMENT] = { "settlement", N_ ("Invoice"), 0 },
};

TbBalanceEntry *
tb_balance_entry_new (void)
{
  return g_new0 (TbBalanceEntry, 1);
}

void
tb_balance_entry_free (TbBalanceEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->note);
  g_free (self);
}

const char *
tb_balance_entry_kind_to_string (TbBalanceEntryKind self)
{
  return kinds[self].name;
}

const char *
tb_balance_entry_kind_to_display (TbBalanceEntryKind self)
{
  return _(kinds[self].title);
}

static gboolean
refuse (const TbBalanceEntry *self, const char *reason, GError **error)
{
  g_autofree char *amount = tb_money_to_string (self->amount);

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, "%s %s: %s", amount, tb_currency_to_string (self->amount.currency), reason);
  return FALSE;
}

gboolean
tb_balance_entry_validate (const TbBalanceEntry *self, GError **error)
{
  TbMoney rounded;
  int sign = kinds[self->kind].sign;

  if (!tb_money_round (self->amount, TB_ROUND_HALF_UP, &rounded, error))
    return FALSE;
  if (self->amount.amount == 0)
    return refuse (self, _("an entry of nothing changes no balance."), error);
  if ((sign > 0 && self->amount.amount < 0) || (sign < 0 && self->amount.amount > 0))
    return refuse (self, _("the amount must be above zero."), error);
  if (rounded.amount != self->amount.amount)
    return refuse (self, _("money is paid in the currency's smallest coin, not in parts of it."), error);
  return TRUE;
}

/* ---- the balance ---- */

const char *
tb_balance_state_to_string (TbBalanceState self)
{
  static const char *const names[] = { [TB_BALANCE_OK] = "ok", [TB_BALANCE_LOW] = "low", [TB_BALANCE_EMPTY] = "empty" };

  return names[self];
}

TbBalanceState
tb_balance_get_state (TbAmount balance, TbDecimal low_balance)
{
  if (balance <= 0)
    return TB_BALANCE_EMPTY;
  if (low_balance != TB_DECIMAL_NONE && (TbWide) balance * THRESHOLD_UNIT <= low_balance)
    return TB_BALANCE_LOW;
  return TB_BALANCE_OK;
}

gboolean
tb_balance_compute (TbMoney entries, TbAmount charges, TbDecimal tax_percent, TbAmount *ret, GError **error)
{
  TbMoney use = { charges, entries.currency }, tax, left;

  if (!tb_money_percent (use, tax_percent, TB_ROUND_HALF_UP, &tax, error) || !tb_money_add (use, tax, &use, error)
      || !tb_money_subtract (entries, use, &left, error))
    return FALSE;
  *ret = left.amount;
  return TRUE;
}

/* ---- the statement ---- */

static void
line_free (gpointer data)
{
  TbBalanceLine *line = data;

  g_free (line->reference);
  g_free (line->note);
  g_free (line);
}

void
tb_balance_statement_free (TbBalanceStatement *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* Entries and uses merged, and what they came to so far. */
typedef struct
{
  TbBalanceStatement *statement;
  TbMoney entries;
  TbAmount charges;
  TbDecimal tax_percent, low_balance;
  TbZone *zone;
  TbBalanceLine *day; /* the last line, while calls of the same day are added to it */
} Walk;

/* The tax is that of the whole use so far, so that the lines add up to what an invoice of all of it would say. */
static gboolean
move (Walk *self, TbBalanceLine *line, gint64 time, GError **error)
{
  TbBalanceStatement *statement = self->statement;
  TbAmount before = statement->balance, change;
  TbBalanceState state;

  if (!tb_balance_compute (self->entries, self->charges, self->tax_percent, &statement->balance, error)
      || !tb_amount_subtract (statement->balance, before, &change, error) || !tb_amount_add (line->amount, change, &line->amount, error))
    return FALSE;
  line->balance = statement->balance;
  state = tb_balance_get_state (statement->balance, self->low_balance);
  if (state != statement->state)
    statement->since = time;
  statement->state = state;
  return TRUE;
}

static TbBalanceLine *
add_line (Walk *self, gint64 time)
{
  TbBalanceLine *line = g_new0 (TbBalanceLine, 1);

  line->time = time;
  g_ptr_array_add (self->statement->lines, line);
  return line;
}

static gboolean
add_entry (Walk *self, const TbBalanceEntry *entry, GError **error)
{
  TbBalanceLine *line = add_line (self, entry->time);

  self->day = NULL;
  line->kind = entry->kind;
  line->reference = g_strdup (entry->reference);
  line->note = g_strdup (entry->note);
  return tb_money_add (self->entries, entry->amount, &self->entries, error) && move (self, line, entry->time, error);
}

static gboolean
add_use (Walk *self, const TbBalanceUse *use, GError **error)
{
  if (self->day == NULL || tb_zone_day_at (self->zone, self->day->time) != tb_zone_day_at (self->zone, use->start))
    self->day = add_line (self, use->start);
  self->day->is_use = TRUE;
  self->day->calls++;
  return tb_amount_add (self->charges, use->charge, &self->charges, error) && move (self, self->day, use->start, error);
}

/* A payment of the same second comes before the call it pays for. */
static gboolean
walk (Walk *self, GPtrArray *entries, GArray *uses, GError **error)
{
  guint entry = 0, use = 0;

  while (entry < entries->len || use < uses->len)
    if (entry < entries->len
        && (use == uses->len || ((TbBalanceEntry *) entries->pdata[entry])->time <= g_array_index (uses, TbBalanceUse, use).start))
      {
        if (!add_entry (self, entries->pdata[entry++], error))
          return FALSE;
      }
    else if (!add_use (self, &g_array_index (uses, TbBalanceUse, use++), error))
      return FALSE;
  return TRUE;
}

TbBalanceStatement *
tb_balance_statement_new (TbCurrency currency, GPtrArray *entries, GArray *uses, TbDecimal tax_percent, TbDecimal low_balance, TbZone *zone,
                          GError **error)
{
  g_autoptr (TbBalanceStatement) self = g_new0 (TbBalanceStatement, 1);
  Walk state = { self, { 0, currency }, 0, tax_percent, low_balance, zone, NULL };

  self->currency = currency;
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->state = TB_BALANCE_EMPTY;
  self->since = TB_TIME_NONE;
  return walk (&state, entries, uses, error) ? g_steal_pointer (&self) : NULL;
}
