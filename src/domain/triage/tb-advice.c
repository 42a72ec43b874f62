/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-advice.h"

#include <stdlib.h>
#include <string.h>

#include "tb-destination.h"
#include "tb-number-check.h"
#include "tb-rounding.h"
#include "tb-text.h"

/* ---- a deck's prefixes ---- */

struct _TbDeckIndex
{
  GPtrArray *rates; /* of TbRate, borrowed, by prefix */
};

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TbRate *const *) a)->prefix, (*(TbRate *const *) b)->prefix);
}

TbDeckIndex *
tb_deck_index_new (GPtrArray *rates)
{
  TbDeckIndex *self = g_new (TbDeckIndex, 1);

  self->rates = g_ptr_array_new ();
  for (guint i = 0; rates != NULL && i < rates->len; i++)
    g_ptr_array_add (self->rates, rates->pdata[i]);
  g_ptr_array_sort (self->rates, compare_rates);
  return self;
}

void
tb_deck_index_free (TbDeckIndex *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rates);
  g_free (self);
}

/* The first rate whose prefix is not less. */
static guint
lower_bound (const TbDeckIndex *self, const char *prefix)
{
  guint low = 0, high = self->rates->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (((TbRate *) self->rates->pdata[middle])->prefix, prefix) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Rates beyond it, unless there is one for it too: that one has only ended, or not begun. */
static gboolean
is_divided (const TbDeckIndex *self, const char *prefix)
{
  guint at = lower_bound (self, prefix);
  const TbRate *rate = at < self->rates->len ? self->rates->pdata[at] : NULL;

  return rate != NULL && strcmp (rate->prefix, prefix) != 0 && g_str_has_prefix (rate->prefix, prefix);
}

void
tb_deck_index_cut (const TbDeckIndex *self, const char *number, char ret[TB_E164_BUFFER])
{
  gsize all = MIN (strlen (number), TB_E164_BUFFER - 1), length = MIN (MAX (tb_destination_get_length (number), 1), all);

  for (;; length++)
    {
      memcpy (ret, number, length);
      ret[length] = '\0';
      if (length >= all || !is_divided (self, ret))
        return;
    }
}

const TbRate *
tb_deck_index_find_like (const TbDeckIndex *self, const char *prefix)
{
  guint unit = tb_destination_get_length (prefix);
  gboolean networks = g_str_has_prefix (prefix, "88") && unit > 3;

  for (guint length = (guint) strlen (prefix); length > 0 && length >= unit - networks; length--)
    {
      g_autofree char *beginning = g_strndup (prefix, length);
      const TbRate *best = NULL;

      for (guint i = lower_bound (self, beginning); i < self->rates->len; i++)
        {
          const TbRate *rate = self->rates->pdata[i];

          if (!g_str_has_prefix (rate->prefix, beginning))
            break;
          if (rate->enabled && rate->n_steps == 0 && (best == NULL || rate->rate > best->rate))
            best = rate;
        }
      if (best != NULL)
        return best;
    }
  return NULL;
}

TbRate *
tb_advice_rate_new (const TbRate *like, const char *prefix, TbDecimal price, TbDecimal wanted, gint64 from)
{
  TbRate *rate = tb_rate_new ();

  tb_set_str (&rate->prefix, prefix);
  tb_set_str (&rate->description, tb_destination_get_name (prefix));
  rate->effective_from = from;
  rate->rate = TB_DECIMAL_NONE;
  if (like == NULL)
    return rate;
  rate->initial = like->initial;
  rate->next = like->next;
  rate->increment_style = like->increment_style;
  rate->minimum = like->minimum;
  if (price == wanted)
    rate->connect_fee = like->connect_fee;
  if (!tb_round_divide ((TbWide) like->rate * price, wanted, TB_ROUND_HALF_UP, &rate->rate, NULL))
    rate->rate = TB_DECIMAL_NONE;
  return rate;
}

/* ---- number plans ---- */

#define NUMBERS_MAX 500

static gboolean
all_valid (const TbNumberPlan *plan, char *const *numbers)
{
  TbNumberCheck check;

  for (guint i = 0; numbers[i] != NULL && i < NUMBERS_MAX; i++)
    {
      tb_number_check (plan, numbers[i], &check);
      if (check.verdict != TB_NUMBER_VALID)
        return FALSE;
    }
  return TRUE;
}

static void
add_if_good (GPtrArray *plans, TbNumberPlan *plan, char *const *numbers)
{
  if (all_valid (plan, numbers))
    g_ptr_array_add (plans, g_memdup2 (plan, sizeof *plan));
  else
    tb_number_plan_clear (plan);
}

static void
plan_free (gpointer data)
{
  tb_number_plan_clear (data);
  g_free (data);
}

static void
try_exit_code (GPtrArray *plans, const TbNumberPlan *plan, const char *code, char *const *numbers)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  TbNumberPlan changed;

  tb_number_plan_copy (plan, &changed);
  if (plan->exit_codes != NULL)
    g_strv_builder_addv (codes, (const char **) plan->exit_codes);
  g_strv_builder_add (codes, code);
  g_strfreev (changed.exit_codes);
  changed.exit_codes = g_strv_builder_end (codes);
  add_if_good (plans, &changed, numbers);
}

static void
try_text (GPtrArray *plans, const TbNumberPlan *plan, gsize field, const char *value, char *const *numbers)
{
  TbNumberPlan changed;

  tb_number_plan_copy (plan, &changed);
  tb_set_str ((char **) G_STRUCT_MEMBER_P (&changed, field), value);
  add_if_good (plans, &changed, numbers);
}

static void
try_nanp (GPtrArray *plans, const TbNumberPlan *plan, char *const *numbers)
{
  TbNumberPlan changed;

  tb_number_plan_copy (plan, &changed);
  changed.nanp = TRUE;
  add_if_good (plans, &changed, numbers);
}

/* What the client's own numbers begin with behind the country code: North America's area codes have three digits. */
static void
try_area_codes (GPtrArray *plans, const TbNumberPlan *plan, char *const *numbers, char *const *dids)
{
  g_autoptr (GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; dids != NULL && dids[i] != NULL; i++)
    {
      const char *did = dids[i][0] == '+' ? dids[i] + 1 : dids[i];
      char *area;

      if (did[0] != '1' || strlen (did) != 11)
        continue;
      area = g_strndup (did + 1, 3);
      if (g_hash_table_add (tried, area))
        try_text (plans, plan, G_STRUCT_OFFSET (TbNumberPlan, area_code), area, numbers);
    }
}

GPtrArray *
tb_advice_list_plans (const TbNumberPlan *plan, char *const *numbers, char *const *dids)
{
  static const char *const exit_codes[] = { "00", "011", "0011", "810", "9011", "900" };
  GPtrArray *plans = g_ptr_array_new_with_free_func (plan_free);
  gboolean own = plan->country_code != NULL && *plan->country_code != '\0';

  if (all_valid (plan, numbers))
    return plans;
  for (guint i = 0; i < G_N_ELEMENTS (exit_codes); i++)
    if (plan->exit_codes == NULL || !g_strv_contains ((const char *const *) plan->exit_codes, exit_codes[i]))
      try_exit_code (plans, plan, exit_codes[i], numbers);
  if (!plan->nanp && own && strcmp (plan->country_code, "1") == 0)
    try_nanp (plans, plan, numbers);
  if (own && (plan->trunk_prefix == NULL || strcmp (plan->trunk_prefix, "0") != 0))
    try_text (plans, plan, G_STRUCT_OFFSET (TbNumberPlan, trunk_prefix), "0", numbers);
  if (own && (plan->area_code == NULL || *plan->area_code == '\0'))
    try_area_codes (plans, plan, numbers, dids);
  return plans;
}
