/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-command.h"
#include "tb-completeness.h"

#define DAYS 14 /* when no time is given */

/* "09:00–12:00 (about 40 calls)" in the company's zone. */
static char *
describe_gap (const TbCallGap *gap, TbZone *zone)
{
  g_autofree char *from = tb_time_format (gap->from, zone), *to = tb_time_format (gap->to, zone);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "no call from %s to %s, where there should be about %u", "no call from %s to %s, where there should be about %u", gap->expected),
                          from, to, gap->expected);
}

static char *
describe_hole (const TbCallHole *hole)
{
  if (hole->first == hole->last)
    return g_strdup_printf (_("number %" PRIu64 " is missing"), hole->first);
  return g_strdup_printf (_("numbers %" PRIu64 " to %" PRIu64 " are missing"), hole->first, hole->last);
}

static void
say_day (TbOutput *out, const TbDayProof *day, TbZone *zone)
{
  g_autoptr (GPtrArray) signs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < day->gaps->len; i++)
    g_ptr_array_add (signs, describe_gap (&g_array_index (day->gaps, TbCallGap, i), zone));
  for (guint i = 0; i < day->holes->len; i++)
    g_ptr_array_add (signs, describe_hole (&g_array_index (day->holes, TbCallHole, i)));
  tb_output_row (out);
  tb_output_day (out, "day", _("Day"), day->day);
  tb_output_text (out, "verdict", _("Verdict"), tb_day_verdict_to_string (day->verdict));
  tb_output_int (out, "calls", _("Calls"), (gint64) day->calls);
  tb_output_int (out, "times", _("Times read"), day->times);
  tb_output_time (out, "last", _("Last read"), day->last > 0 ? day->last : TB_TIME_NONE);
  tb_output_strv (out, "signs", _("Signs of missing calls"), signs);
  tb_output_end (out);
}

static gboolean
completeness (TbRun *run, GError **error)
{
  gint64 from = 0, to = 0;
  g_autoptr (GPtrArray) days = NULL;

  if (!tb_run_get_span (run, FALSE, &from, &to, error))
    return FALSE;
  to = to > 0 ? to : tb_clock_now () + 1;
  from = from > 0 ? from : to - DAYS * 86400;
  days = tb_completeness_list (run->store, run->arguments[0], tb_zone_day_at (run->zone, from), tb_zone_day_at (run->zone, to - 1) + 1, run->job, error);
  if (days == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < days->len; i++)
    say_day (run->out, days->pdata[i], run->zone);
  return TRUE;
}

static const TbOption options[] = { TB_OPTION_FROM, TB_OPTION_TO, TB_OPTION_PERIOD, { NULL } };

const TbCommand tb_commands_completeness[] = {
  { "connection completeness", N_("NAME"), 1, 1, TB_BOOKS_OPEN, options, completeness, N_("tells for each day whether its calls are all there") },
  { NULL },
};
