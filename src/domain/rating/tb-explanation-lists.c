/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-explanation-private.h"

/* ---- step 6: the lists ---- */

char *
tb_tried_list_describe (const TbTriedList *self)
{
  switch (self->source)
    {
    case TB_RATE_SOURCE_CLIENT:
      return g_strdup_printf (_("Own rates of client %s"), self->owner);
    case TB_RATE_SOURCE_CUSTOM:
      return g_strdup_printf (_("Custom rates of package %s"), self->owner);
    case TB_RATE_SOURCE_FLAT:
      return g_strdup_printf (_("Flat rate of package %s"), self->owner);
    case TB_RATE_SOURCE_INBOUND:
      return g_strdup_printf (_("Inbound rate of package %s"), self->owner);
    case TB_RATE_SOURCE_TARIFF:
    case TB_RATE_SOURCE_NONE:
    default:
      return g_strdup_printf (_("Tariff %s"), self->owner);
    }
}

char *
tb_explanation_list_text (const TbTriedList *list, TbZone *zone)
{
  g_autofree char *name = tb_tried_list_describe (list), *day = NULL;

  if (list->version == 0)
    return g_steal_pointer (&name);
  if (list->version_time == TB_TIME_NONE)
    return g_strdup_printf (_("%s, version %u"), name, list->version);
  day = tb_explanation_day (list->version_time, zone);
  return list->file != NULL ? g_strdup_printf (_("%s, version %u of %s from %s"), name, list->version, day, list->file)
                            : g_strdup_printf (_("%s, version %u of %s"), name, list->version, day);
}

char *
tb_explanation_prefix_text (const TbRate *rate)
{
  const char *where = rate->description;

  if (*rate->prefix == '\0')
    return where != NULL ? g_strdup_printf (_("any number (%s)"), where) : g_strdup (_("any number"));
  return where != NULL ? g_strdup_printf (_("prefix %s (%s)"), rate->prefix, where) : g_strdup_printf (_("prefix %s"), rate->prefix);
}

char *
tb_tried_rate_describe (const TbTriedRate *self, TbZone *zone)
{
  g_autofree char *time = NULL;

  switch (self->verdict)
    {
    case TB_TRIED_CHOSEN:
      return g_strdup (_("the longest in force"));
    case TB_TRIED_BLOCKS:
      return g_strdup (_("disabled, so it blocks"));
    case TB_TRIED_NOT_YET:
      time = tb_explanation_moment (self->rate->effective_from, zone);
      return g_strdup_printf (_("in force only from %s on"), time);
    case TB_TRIED_ENDED:
      time = tb_explanation_moment (self->rate->effective_to, zone);
      return g_strdup_printf (_("ended at %s"), time);
    case TB_TRIED_OUT_OF_BAND:
      return g_strdup (_("its days and hours are others"));
    case TB_TRIED_SUPERSEDED:
      return g_strdup (_("one of a later date took its place"));
    case TB_TRIED_OUTRANKED:
      return g_strdup (_("another one of that prefix goes before it"));
    case TB_TRIED_SHORTER:
      return g_strdup (_("shorter"));
    case TB_TRIED_NOT_WHOLE:
      return g_strdup (_("not the whole number, and the package asks for exact matches"));
    case TB_TRIED_NO_RATE:
    default:
      return g_strdup (_("no rate there"));
    }
}

static const TbTriedRate *
get_tried (const TbTriedList *list, guint i)
{
  return &g_array_index (list->tried, TbTriedRate, i);
}

/* The empty prefix, which stands for any number, has no digits to be named by. */
static void
append_prefix (GString *text, const char *before, const char *number, guint length)
{
  if (length > 0)
    g_string_append_printf (text, "%s%.*s", before, (int) length, number);
  else
    g_string_append_printf (text, "%s%s", *before != '\0' ? ", " : "", _("any number"));
}

/* Prefixes without a rate, as runs from longer to shorter: "14165 … 141, 1". */
static void
write_gaps (TbExplanation *self, const TbExplanationFacts *facts, const TbTriedList *list)
{
  g_autoptr (GString) gaps = g_string_new (NULL);

  for (guint i = 0; i < list->tried->len; i++)
    {
      guint first = i;

      if (get_tried (list, i)->rate != NULL)
        continue;
      while (i + 1 < list->tried->len && get_tried (list, i + 1)->rate == NULL && get_tried (list, i + 1)->length > 0)
        i++;
      append_prefix (gaps, gaps->len > 0 ? ", " : "", facts->rated->number, get_tried (list, first)->length);
      if (i > first)
        append_prefix (gaps, " … ", facts->rated->number, get_tried (list, i)->length);
    }
  if (gaps->len > 0)
    tb_explanation_say (self, _("– no rate there for %s"), gaps->str);
}

static void
write_tried (TbExplanation *self, const TbExplanationFacts *facts, const TbTriedList *list)
{
  for (guint i = 0; i < list->tried->len; i++)
    {
      const TbTriedRate *tried = &g_array_index (list->tried, TbTriedRate, i);
      g_autofree char *why = NULL, *name = NULL, *price = NULL;

      if (tried->rate == NULL)
        continue;
      why = tb_tried_rate_describe (tried, facts->zone);
      name = tb_explanation_prefix_text (tried->rate);
      price = tb_explanation_price_text (tried->rate->n_steps > 0 ? tried->rate->steps[0].rate : tried->rate->rate);
      tb_explanation_say (self, _("– %s at %s: %s"), name, price, why);
    }
  write_gaps (self, facts, list);
}

void
tb_explanation_write_list (TbExplanation *self, const TbExplanationFacts *facts, const TbTriedList *list)
{
  static const char *const outcomes[] = {
    [TB_LIST_WON] = N_("asked, and it has the rate."),
    [TB_LIST_EMPTY] = N_("there are none."),
    [TB_LIST_NO_RATE] = N_("asked, nothing in force for the number."),
    [TB_LIST_TOO_LATE] = N_("not asked, a list before it has the rate."),
    [TB_LIST_SHORTER] = N_("its prefix is shorter than the tariff's, and the package takes the longest."),
    [TB_LIST_CHANGED] = N_("as it is today it has a rate; it was changed after the call was rated."),
  };
  g_autofree char *name = tb_explanation_list_text (list, facts->zone);

  tb_explanation_say (self, "%s: %s", name, _(outcomes[list->outcome]));
  if (list->outcome != TB_LIST_EMPTY && list->outcome != TB_LIST_TOO_LATE)
    write_tried (self, facts, list);
}

void
tb_explanation_write_origin (TbExplanation *self, const TbRate *rate, const TbRateOrigin *origin, TbZone *zone)
{
  g_autofree char *day = origin->time != TB_TIME_NONE ? tb_explanation_day (origin->time, zone) : NULL;

  if (origin->version == 0)
    return;
  if (origin->file != NULL && day != NULL && rate->line > 0)
    tb_explanation_say (self, _("That rate came with version %u of %s, line %u of %s."), origin->version, day, rate->line, origin->file);
  else if (origin->file != NULL && day != NULL)
    tb_explanation_say (self, _("That rate came with version %u of %s, from %s."), origin->version, day, origin->file);
  else if (day != NULL)
    tb_explanation_say (self, _("That rate came with version %u of %s."), origin->version, day);
  else
    tb_explanation_say (self, _("That rate came with version %u of its list."), origin->version);
}
