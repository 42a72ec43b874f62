/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-text.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-widgets.h"

char *
tb_rate_dup_price (const TbRate *rate)
{
  g_autofree char *first = NULL;

  if (!rate->enabled)
    return g_strdup (_ ("Blocked"));
  if (rate->n_steps == 0)
    return tb_format_rate (rate->rate);
  first = tb_format_rate (rate->steps[0].rate);
  return g_strconcat (first, "…", NULL);
}

char *
tb_rate_dup_increment (const TbRate *rate)
{
  return rate->n_steps > 0 ? g_strdup_printf ("%d…", rate->steps[0].increment) : tb_format_increment (rate->initial, rate->next);
}

/* A day alone when it begins there, which is nearly always. */
char *
tb_rate_dup_moment (gint64 time, TbZone *zone)
{
  g_autoptr (TbZone) utc = tb_zone_new_utc ();

  if (time == TB_TIME_NONE)
    return g_strdup ("");
  if (zone == NULL)
    zone = utc;
  return tb_zone_second_of_day_at (zone, time) == 0 ? tb_format_day (tb_zone_day_at (zone, time)) : tb_format_time (time, zone);
}

static char *
format_band (const TbRateBand *band)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *const days[] = { _ ("Mon"), _ ("Tue"), _ ("Wed"), _ ("Thu"), _ ("Fri"), _ ("Sat"), _ ("Sun") };

  if (band->month != 0)
    g_string_append_printf (text, "%02u-%02u", band->month, band->day);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (band->days & (1u << i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", days[i]);
  if (band->from != 0 || band->to != 0)
    g_string_append_printf (text, "%s%02d:%02d–%02d:%02d", text->len > 0 ? ", " : "", band->from / 3600, band->from / 60 % 60,
                            band->to / 3600, band->to / 60 % 60);
  return g_strdup (text->str);
}

char *
tb_rate_dup_when (const TbRate *rate)
{
  return format_band (&rate->band);
}

/* ---- columns ---- */

static char *
format_prefix (const TbRate *rate, TbZone *zone)
{
  return g_strdup (*rate->prefix != '\0' ? rate->prefix : _ ("All others"));
}

static char *
format_description (const TbRate *rate, TbZone *zone)
{
  return g_strdup (rate->description);
}

static char *
format_price (const TbRate *rate, TbZone *zone)
{
  return tb_rate_dup_price (rate);
}

static char *
format_increment (const TbRate *rate, TbZone *zone)
{
  return tb_rate_dup_increment (rate);
}

static char *
format_fee (const TbRate *rate, TbZone *zone)
{
  return tb_format_rate (rate->connect_fee);
}

static char *
format_from (const TbRate *rate, TbZone *zone)
{
  return tb_rate_dup_moment (rate->effective_from, zone);
}

static char *
format_to (const TbRate *rate, TbZone *zone)
{
  return tb_rate_dup_moment (rate->effective_to, zone);
}

static char *
format_when (const TbRate *rate, TbZone *zone)
{
  return format_band (&rate->band);
}

const TbGridColumn tb_rate_columns[] = {
  { N_ ("Prefix"), 100, FALSE },     { N_ ("Description"), 0, FALSE }, { N_ ("Rate"), 88, TRUE },    { N_ ("Increment"), 84, TRUE },
  { N_ ("Connect Fee"), 100, TRUE }, { N_ ("From"), 104, FALSE },      { N_ ("Until"), 104, FALSE }, { N_ ("When"), 120, FALSE },
};
const guint tb_rate_n_columns = G_N_ELEMENTS (tb_rate_columns);

char *
tb_rate_dup_text (const TbRate *rate, guint column, TbZone *zone)
{
  static char *(*const formats[]) (const TbRate *, TbZone *)
      = { format_prefix, format_description, format_price, format_increment, format_fee, format_from, format_to, format_when };

  return formats[column] (rate, zone);
}

/* ---- one rate ---- */

static void
add_taken (GtkWidget *list, const char *title, char *value)
{
  g_autofree char *taken = value;

  tb_widgets_add_value (list, title, taken);
}

static void
add_steps (GtkWidget *list, const TbRate *rate)
{
  for (guint i = 0; i < rate->n_steps; i++)
    {
      const TbRateStep *step = &rate->steps[i];
      g_autofree char *price = tb_format_rate (step->rate);
      g_autofree char *title = g_strdup_printf (_ ("After %d seconds"), step->after);

      add_taken (list, title, g_strdup_printf (_ ("%s for each %d seconds, in steps of %d"), price, step->per, step->increment));
    }
}

void
tb_rate_add_values (GtkWidget *list, const TbRate *rate, TbZone *zone)
{
  add_taken (list, _ ("Prefix"), format_prefix (rate, NULL));
  tb_widgets_add_value (list, _ ("Description"), rate->description);
  tb_widgets_add_value (list, _ ("Short description"), rate->short_description);
  add_taken (list, _ ("Rate a minute"), tb_rate_dup_price (rate));
  if (rate->n_steps > 0)
    add_steps (list, rate);
  else
    add_taken (list, _ ("Increment"), tb_rate_dup_increment (rate));
  add_taken (list, _ ("Connect fee"), tb_format_rate (rate->connect_fee));
  if (rate->minimum >= 0)
    add_taken (list, _ ("Shortest call billed"), tb_format_seconds (rate->minimum));
  if (rate->grace >= 0)
    add_taken (list, _ ("Free when shorter than"), tb_format_seconds (rate->grace));
  if (rate->included_seconds > 0)
    add_taken (list, _ ("Free at first"), tb_format_seconds (rate->included_seconds));
  add_taken (list, _ ("Least charge"), tb_format_rate (rate->min_charge));
  add_taken (list, _ ("Greatest charge"), tb_format_rate (rate->max_charge));
  add_taken (list, _ ("Second rate"), tb_format_rate (rate->rate2));
  add_taken (list, _ ("Premium rate"), tb_format_rate (rate->premium_rate));
  add_taken (list, _ ("From"), tb_rate_dup_moment (rate->effective_from, zone));
  add_taken (list, _ ("Until"), tb_rate_dup_moment (rate->effective_to, zone));
  add_taken (list, _ ("When"), format_band (&rate->band));
  if (rate->priority != 10)
    add_taken (list, _ ("Priority"), tb_format_number (rate->priority));
  add_taken (list, _ ("Rate before, as the deck said"), tb_format_rate (rate->old_rate));
  tb_widgets_add_value (list, _ ("Change, as the deck said"), rate->changed);
}

/* ---- what changes ---- */

char *
tb_tariff_counts_dup_text (const guint counts[TB_TARIFF_N_CHANGE_KINDS])
{
  static const struct
  {
    TbTariffChangeKind kind;
    const char *word; /* after a number */
  } words[] = {
    { TB_TARIFF_DEARER, N_ ("dearer") },   { TB_TARIFF_CHEAPER, N_ ("cheaper") }, { TB_TARIFF_ADDED, N_ ("added") },
    { TB_TARIFF_REMOVED, N_ ("removed") }, { TB_TARIFF_CHANGED, N_ ("changed") },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      guint n = counts[words[i].kind];
      g_autofree char *number = tb_format_number (n);

      if (n > 0)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", number, g_dngettext (NULL, words[i].word, words[i].word, n));
    }
  return g_string_free (text, FALSE);
}

char *
tb_tariff_starts_dup_text (GArray *starts, TbZone *zone)
{
  g_autoptr (TbZone) utc = tb_zone_new_utc ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; starts != NULL && i < starts->len; i++)
    {
      const TbTariffStart *start = &g_array_index (starts, TbTariffStart, i);
      g_autofree char *day = tb_format_day_long (tb_zone_day_at (zone != NULL ? zone : utc, start->from));
      g_autofree char *counts = tb_tariff_counts_dup_text (start->counts);

      g_string_append (text, text->len > 0 ? "; " : "");
      /* Translators: a day, then "312 dearer, 4 removed" */
      g_string_append_printf (text, _ ("From %s: %s"), day, counts);
    }
  return g_string_free (text, FALSE);
}
