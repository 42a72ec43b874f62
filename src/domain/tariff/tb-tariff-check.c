/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-check.h"

#include <string.h>

#include "tb-destination.h"

#define NO_ROW G_MAXUINT32
/* Rows of one prefix that are looked back on for one of the same hours; more never were in one window. */
#define LOOK_BACK 64
#define PREFIXES_BETWEEN_LOOKS 4096
#define CODE_DIGITS 4 /* of a country code, in North America with its area code */

typedef struct
{
  const TbRate **rates;
  GArray *rows;   /* all, in order */
  GArray *held;   /* of guint32: those in force now, one a prefix: what most calls get */
  gint64 now;
  GArray *found[TB_TARIFF_N_FINDINGS];
  guint *counts;
  GCancellable *cancellable;
} Check;

static const TbRate *
rate_at (const Check *self, GArray *rows, guint i)
{
  return self->rates[g_array_index (rows, guint32, i)];
}

static void
add (Check *self, TbTariffFindingKind kind, const char *prefix, guint32 row, guint32 other, gint64 from, gint64 until)
{
  TbTariffFinding finding = { .kind = kind, .row = row, .other = other, .from = from, .until = until };

  if (self->counts[kind]++ >= TB_TARIFF_FINDINGS_MAX)
    return;
  g_strlcpy (finding.prefix, prefix, sizeof finding.prefix);
  g_array_append_val (self->found[kind], finding);
}

/* ---- rows of one prefix ---- */

static gboolean
is_over (const TbRate *rate, gint64 time)
{
  return rate->effective_to != TB_TIME_NONE && rate->effective_to <= time;
}

static void
check_pair (Check *self, guint32 row, guint32 next)
{
  const TbRate *a = self->rates[row], *b = self->rates[next];

  if (a->effective_from == b->effective_from)
    add (self, TB_TARIFF_DUPLICATE, a->prefix, next, row, 0, 0);
  else if (a->effective_to != TB_TIME_NONE && a->effective_to > b->effective_from)
    add (self, TB_TARIFF_OVERLAP, a->prefix, row, next, b->effective_from, a->effective_to);
  else if (a->effective_to != TB_TIME_NONE && a->effective_to < b->effective_from)
    add (self, TB_TARIFF_HOLE, a->prefix, row, next, a->effective_to, b->effective_from);
}

/* Beside the last row before it that has its hours and its priority. */
static void
check_row (Check *self, guint first, guint i)
{
  guint32 row = g_array_index (self->rows, guint32, i);
  TbRate probe = *self->rates[row];

  for (guint k = i; k > first && i - k < LOOK_BACK; k--)
    {
      guint32 before = g_array_index (self->rows, guint32, k - 1);

      probe.effective_from = self->rates[before]->effective_from;
      if (!tb_rate_same_key (&probe, self->rates[before]))
        continue;
      check_pair (self, before, row);
      return;
    }
}

/* Of several rows in force the one that began last is what most calls get. */
static guint32
find_held (Check *self, guint first, guint end)
{
  for (guint i = end; i > first; i--)
    {
      const TbRate *rate = rate_at (self, self->rows, i - 1);

      if (rate->effective_from <= self->now && !is_over (rate, self->now))
        return g_array_index (self->rows, guint32, i - 1);
    }
  return NO_ROW;
}

static gboolean
all_over (Check *self, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (!is_over (rate_at (self, self->rows, i), self->now))
      return FALSE;
  return TRUE;
}

static void
check_prefix (Check *self, guint first, guint end, GArray *over)
{
  guint32 held = find_held (self, first, end);
  guint32 last = g_array_index (self->rows, guint32, end - 1);

  for (guint i = first + 1; i < end; i++)
    check_row (self, first, i);
  if (held != NO_ROW)
    g_array_append_val (self->held, held);
  else if (all_over (self, first, end))
    g_array_append_val (over, last);
}

static gboolean
check_prefixes (Check *self, GArray *over)
{
  for (guint first = 0, end, n = 0; first < self->rows->len; first = end, n++)
    {
      const char *prefix = rate_at (self, self->rows, first)->prefix;

      for (end = first + 1; end < self->rows->len && strcmp (rate_at (self, self->rows, end)->prefix, prefix) == 0; end++)
        ;
      check_prefix (self, first, end, over);
      if (n % PREFIXES_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
    }
  return TRUE;
}

/* ---- shorter prefixes ---- */

static gboolean
is_plain (const TbRate *rate)
{
  return rate->enabled && rate->n_steps == 0 && rate->band.days == 0 && rate->band.month == 0 && rate->band.from == 0 && rate->band.to == 0;
}

/* Would calls cost the same without `rate`, for as long as it is there? */
static gboolean
is_needless (const TbRate *rate, const TbRate *shorter)
{
  TbRate probe = *rate;

  if (shorter->effective_from > rate->effective_from || (shorter->effective_to != TB_TIME_NONE
      && (rate->effective_to == TB_TIME_NONE || shorter->effective_to < rate->effective_to)))
    return FALSE;
  probe.prefix = shorter->prefix;
  probe.description = shorter->description;
  probe.short_description = shorter->short_description;
  probe.changed = shorter->changed;
  probe.old_rate = shorter->old_rate;
  probe.effective_from = shorter->effective_from;
  probe.effective_to = shorter->effective_to;
  return tb_rate_equal (&probe, shorter);
}

static void
check_shorter (Check *self, guint32 row, guint32 shorter)
{
  const TbRate *rate = self->rates[row], *above = self->rates[shorter];

  if (is_plain (rate) && is_plain (above) && above->rate > rate->rate)
    add (self, TB_TARIFF_SHORTER_DEARER, rate->prefix, row, shorter, 0, 0);
  else if (is_needless (rate, above))
    add (self, TB_TARIFF_NEEDLESS, rate->prefix, row, shorter, 0, 0);
}

/* In order of prefix those that begin one are the last that were not left behind. */
static void
check_held (Check *self)
{
  guint32 above[TB_PREFIX_MAX + 2];
  guint depth = 0;

  for (guint i = 0; i < self->held->len; i++)
    {
      guint32 row = g_array_index (self->held, guint32, i);

      while (depth > 0 && !g_str_has_prefix (self->rates[row]->prefix, self->rates[above[depth - 1]]->prefix))
        depth--;
      if (depth > 0)
        check_shorter (self, row, above[depth - 1]);
      if (depth < G_N_ELEMENTS (above))
        above[depth++] = row;
    }
}

/* ---- gaps ---- */

/* Country codes have three digits at most: what is shorter and no code may begin several. */
static gboolean
may_begin_codes (const char *prefix)
{
  return strlen (prefix) < 3 && tb_destination_get_name (prefix) == NULL;
}

/* Those in force that begin with the first `depth` digits of `prefix` are [low, high), and none of them is these digits alone. A gap is named as
 * far as it takes to say which country it is; `in_use`: somebody has numbers that begin so. */
static void
find_gaps (Check *self, guint low, guint high, char prefix[TB_PREFIX_MAX + 2], guint depth, gboolean in_use)
{
  guint at = low;

  if (depth >= TB_PREFIX_MAX)
    return;
  for (char digit = depth == 0 ? '1' : '0'; digit <= '9'; digit++)
    {
      guint first;

      while (at < high && rate_at (self, self->held, at)->prefix[depth] < digit)
        at++;
      first = at;
      while (at < high && rate_at (self, self->held, at)->prefix[depth] == digit)
        at++;
      prefix[depth] = digit;
      prefix[depth + 1] = '\0';
      if (first == at ? may_begin_codes (prefix) : rate_at (self, self->held, first)->prefix[depth + 1] != '\0')
        find_gaps (self, first, at, prefix, depth + 1, in_use || (depth + 1 >= CODE_DIGITS && tb_destination_get_length (prefix) > 0));
      else if (first == at && (in_use || tb_destination_get_length (prefix) > 0))
        add (self, TB_TARIFF_GAP, prefix, NO_ROW, NO_ROW, 0, 0);
    }
  prefix[depth] = '\0';
}

static gboolean
is_covered (const Check *self, const char *prefix)
{
  for (gsize n = strlen (prefix) + 1; n > 0; n--)
    {
      guint low = 0, high = self->held->len;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;
          int order = strncmp (rate_at (self, self->held, middle)->prefix, prefix, n - 1);

          if (order == 0 && rate_at (self, self->held, middle)->prefix[n - 1] == '\0')
            return TRUE;
          if (order < 0)
            low = middle + 1;
          else
            high = middle;
        }
    }
  return FALSE;
}

/* ---- the whole ---- */

static void
check_all (Check *self, GArray *over)
{
  char prefix[TB_PREFIX_MAX + 2] = "";

  for (guint i = 0; i < over->len; i++)
    if (!is_covered (self, rate_at (self, over, i)->prefix))
      add (self, TB_TARIFF_OVER, rate_at (self, over, i)->prefix, g_array_index (over, guint32, i), NO_ROW, 0, 0);
  check_held (self);
  if (self->held->len > 0 && *rate_at (self, self->held, 0)->prefix != '\0')
    find_gaps (self, 0, self->held->len, prefix, 0, FALSE);
}

gboolean
tb_tariff_find_duplicate (const TbDraftView *view, GArray *rows, guint32 *ret_row)
{
  for (guint i = 1; i < rows->len; i++)
    if (tb_rate_same_key (view->rates[g_array_index (rows, guint32, i - 1)], view->rates[g_array_index (rows, guint32, i)]))
      {
        *ret_row = g_array_index (rows, guint32, i);
        return TRUE;
      }
  return FALSE;
}

GArray *
tb_tariff_check (const TbDraftView *view, GArray *rows, gint64 now, guint counts[TB_TARIFF_N_FINDINGS], GCancellable *cancellable)
{
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (guint32)), over = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (TbTariffFinding));
  Check self = { .rates = view->rates, .rows = rows, .held = held, .now = now, .counts = counts, .cancellable = cancellable };
  gboolean finished;

  memset (counts, 0, TB_TARIFF_N_FINDINGS * sizeof *counts);
  for (guint kind = 0; kind < TB_TARIFF_N_FINDINGS; kind++)
    self.found[kind] = g_array_new (FALSE, FALSE, sizeof (TbTariffFinding));
  finished = check_prefixes (&self, over);
  if (finished)
    check_all (&self, over);
  for (guint kind = 0; kind < TB_TARIFF_N_FINDINGS; kind++)
    {
      g_array_append_vals (all, self.found[kind]->data, self.found[kind]->len);
      g_array_unref (self.found[kind]);
    }
  return finished ? g_steal_pointer (&all) : NULL;
}
