/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define PRIORITY_DEFAULT 10

void
tb_rate_init (TbRate *self)
{
  *self = (TbRate){ .connect_fee = TB_DECIMAL_NONE,
                    .minimum = -1,
                    .grace = -1,
                    .min_charge = TB_DECIMAL_NONE,
                    .max_charge = TB_DECIMAL_NONE,
                    .effective_from = TB_TIME_NONE,
                    .effective_to = TB_TIME_NONE,
                    .enabled = TRUE,
                    .priority = PRIORITY_DEFAULT,
                    .rate2 = TB_DECIMAL_NONE,
                    .premium_rate = TB_DECIMAL_NONE,
                    .old_rate = TB_DECIMAL_NONE };
}

TbRate *
tb_rate_new (void)
{
  return tb_rate_new_for ("");
}

TbRate *
tb_rate_new_for (const char *prefix)
{
  TbRate *self = g_new (TbRate, 1);

  tb_rate_init (self);
  self->prefix = g_strdup (prefix);
  return self;
}

TbRate *
tb_rate_copy (const TbRate *self)
{
  TbRate *copy = g_memdup2 (self, sizeof *self);

  copy->prefix = g_strdup (self->prefix);
  copy->description = g_strdup (self->description);
  copy->short_description = g_strdup (self->short_description);
  copy->changed = g_strdup (self->changed);
  copy->steps = g_memdup2 (self->steps, self->n_steps * sizeof *self->steps);
  return copy;
}

void
tb_rate_free (TbRate *self)
{
  if (self == NULL)
    return;
  g_free (self->prefix);
  g_free (self->description);
  g_free (self->short_description);
  g_free (self->changed);
  g_free (self->steps);
  g_free (self);
}

static gboolean
same_band (const TbRateBand *a, const TbRateBand *b)
{
  return a->days == b->days && a->month == b->month && a->day == b->day && a->from == b->from && a->to == b->to;
}

static gboolean
same_steps (const TbRate *a, const TbRate *b)
{
  if (a->n_steps != b->n_steps)
    return FALSE;
  for (guint i = 0; i < a->n_steps; i++)
    if (a->steps[i].after != b->steps[i].after || a->steps[i].per != b->steps[i].per
        || a->steps[i].increment != b->steps[i].increment || a->steps[i].rate != b->steps[i].rate)
      return FALSE;
  return TRUE;
}

gboolean
tb_rate_same_key (const TbRate *a, const TbRate *b)
{
  return strcmp (a->prefix, b->prefix) == 0 && a->effective_from == b->effective_from && a->priority == b->priority
         && same_band (&a->band, &b->band);
}

int
tb_rate_compare_keys (const TbRate *a, const TbRate *b)
{
  int order = strcmp (a->prefix, b->prefix);

  if (order == 0)
    order = a->effective_from < b->effective_from ? -1 : a->effective_from > b->effective_from;
  if (order == 0)
    order = a->priority < b->priority ? -1 : a->priority > b->priority;
  if (order == 0)
    order = (int) a->band.days - (int) b->band.days;
  if (order == 0)
    order = ((int) a->band.month * 32 + a->band.day) - ((int) b->band.month * 32 + b->band.day);
  if (order == 0)
    order = a->band.from < b->band.from ? -1 : a->band.from > b->band.from;
  if (order == 0)
    order = a->band.to < b->band.to ? -1 : a->band.to > b->band.to;
  return order;
}

/* An empty text and none are the same to a reader. */
static gboolean
same_text (const char *a, const char *b)
{
  return strcmp (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

gboolean
tb_rate_equal (const TbRate *a, const TbRate *b)
{
  return tb_rate_same_key (a, b) && a->rate == b->rate && a->initial == b->initial && a->next == b->next
         && a->increment_style == b->increment_style && same_steps (a, b) && a->connect_fee == b->connect_fee
         && a->minimum == b->minimum && a->grace == b->grace && a->included_seconds == b->included_seconds
         && a->min_charge == b->min_charge && a->max_charge == b->max_charge && a->effective_to == b->effective_to
         && a->enabled == b->enabled && a->rate2 == b->rate2 && a->premium_rate == b->premium_rate
         && a->old_rate == b->old_rate && same_text (a->changed, b->changed) && same_text (a->description, b->description)
         && same_text (a->short_description, b->short_description);
}

static const char *
skip_blanks (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;
  return text;
}

static gboolean
parse_seconds (const char **text, gint32 *ret)
{
  const char *at = skip_blanks (*text);
  gint64 value = 0;

  if (!g_ascii_isdigit (*at))
    return FALSE;
  for (; g_ascii_isdigit (*at) && value <= TB_INCREMENT_MAX; at++)
    value = value * 10 + (*at - '0');
  if (value < 1 || value > TB_INCREMENT_MAX)
    return FALSE;

  *ret = (gint32) value;
  *text = skip_blanks (at);
  return TRUE;
}

gboolean
tb_rate_parse_increment (const char *text, gint32 *ret_initial, gint32 *ret_next, GError **error)
{
  const char *at = text;
  gint32 initial, next;

  if (parse_seconds (&at, &initial))
    {
      next = initial;
      if (*at == '\0' || ((*at == '/' || *at == '-') && (at++, parse_seconds (&at, &next)) && *at == '\0'))
        {
          *ret_initial = initial;
          *ret_next = next;
          return TRUE;
        }
    }

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not an increment like 30/6 or 60, in seconds from 1 on."), text);
  return FALSE;
}
