/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-trace.h"

#include <string.h>

#include "tb-rate-book.h"

static const char *const verdict_names[]
    = { "no-rate", "chosen", "blocks", "not-yet", "ended", "out-of-band", "superseded", "outranked", "shorter", "not-whole" };
static const char *const outcome_names[] = { "won", "empty", "no-rate", "not-asked", "shorter", "changed" };

/* The answers themselves come from books, as in rating: one of all rates says which is chosen, one of a rate alone whether its band holds. */
typedef struct
{
  TbZone *zone;
  const char *digits;
  gint64 when;
  gboolean exact;
  const TbRate *chosen;
} Trace;

static const TbRate *
ask (const Trace *self, GPtrArray *rates, gboolean exact)
{
  g_autoptr (TbRateBook) book = tb_rate_book_new (rates, self->zone);

  return tb_rate_book_find (book, self->digits, self->when, exact);
}

static gboolean
band_holds (const Trace *self, const TbRate *rate)
{
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();

  g_ptr_array_add (alone, (gpointer) rate);
  return ask (self, alone, FALSE) != NULL;
}

static TbTriedVerdict
judge (const Trace *self, const TbRate *rate)
{
  gsize length = strlen (rate->prefix);

  if (rate == self->chosen)
    return rate->enabled ? TB_TRIED_CHOSEN : TB_TRIED_BLOCKS;
  if (rate->effective_from != TB_TIME_NONE && rate->effective_from > self->when)
    return TB_TRIED_NOT_YET;
  if (rate->effective_to != TB_TIME_NONE && rate->effective_to <= self->when)
    return TB_TRIED_ENDED;
  if (!band_holds (self, rate))
    return TB_TRIED_OUT_OF_BAND;
  if (self->exact && length < strlen (self->digits))
    return TB_TRIED_NOT_WHOLE;
  if (self->chosen != NULL && length < strlen (self->chosen->prefix))
    return TB_TRIED_SHORTER;
  /* Nothing of a longer prefix is left but what a later date took the place of, itself out of its band. */
  if (self->chosen == NULL || length > strlen (self->chosen->prefix) || rate->effective_from < self->chosen->effective_from)
    return TB_TRIED_SUPERSEDED;
  return TB_TRIED_OUTRANKED;
}

static gboolean
is_prefix (const TbRate *rate, const char *digits, guint length)
{
  return strlen (rate->prefix) == length && strncmp (rate->prefix, digits, length) == 0;
}

static void
add_prefix (const Trace *self, GPtrArray *rates, guint length, GArray *tried)
{
  guint before = tried->len;

  for (guint i = 0; i < rates->len; i++)
    if (is_prefix (rates->pdata[i], self->digits, length))
      {
        TbTriedRate one = { length, rates->pdata[i], judge (self, rates->pdata[i]) };

        g_array_append_val (tried, one);
      }
  if (tried->len == before)
    {
      TbTriedRate none = { length, NULL, TB_TRIED_NO_RATE };

      g_array_append_val (tried, none);
    }
}

GArray *
tb_rate_trace (GPtrArray *rates, TbZone *zone, const char *digits, gint64 when, gboolean exact)
{
  GArray *tried = g_array_new (FALSE, FALSE, sizeof (TbTriedRate));
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
  Trace trace = { zone, digits, when, exact, NULL };

  for (guint i = 0; i < rates->len; i++)
    if (g_str_has_prefix (digits, ((TbRate *) rates->pdata[i])->prefix))
      g_ptr_array_add (fitting, rates->pdata[i]);
  trace.chosen = ask (&trace, fitting, exact);
  for (guint length = (guint) strlen (digits) + 1; length-- > 0;)
    add_prefix (&trace, fitting, length, tried);
  return tried;
}

const TbRate *
tb_rate_trace_get_chosen (const GArray *tried)
{
  for (guint i = 0; i < tried->len; i++)
    {
      const TbTriedRate *one = &g_array_index (tried, TbTriedRate, i);

      if (one->verdict == TB_TRIED_CHOSEN || one->verdict == TB_TRIED_BLOCKS)
        return one->rate;
    }
  return NULL;
}

void
tb_tried_list_free (TbTriedList *self)
{
  if (self == NULL)
    return;
  g_free (self->owner);
  g_free (self->file);
  g_clear_pointer (&self->rates, g_ptr_array_unref);
  g_clear_pointer (&self->tried, g_array_unref);
  g_free (self);
}

const char *
tb_tried_verdict_to_string (TbTriedVerdict self)
{
  return verdict_names[self];
}

const char *
tb_list_outcome_to_string (TbListOutcome self)
{
  return outcome_names[self];
}
