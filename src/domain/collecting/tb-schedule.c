/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-schedule.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"

static const struct { char letter; gint64 seconds; } units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };

gint64
tb_schedule_next (gint64 every, guint failures, gint64 began, guint32 random)
{
  gint64 pause = every, longest = MAX (every, TB_SCHEDULE_MAX_PAUSE);

  if (every == 0)
    return 0;
  for (guint i = 0; i < failures && pause < longest; i++)
    pause = MIN (2 * pause, longest);
  return began + pause + (failures > 0 ? random % (pause / 10 + 1) : 0);
}

/* Units from the largest down, each once. */
static gboolean
parse_units (const char *text, gint64 *ret)
{
  gint64 sum = 0;
  guint next = 0;

  while (*text != '\0')
    {
      char *end;
      guint64 n = g_ascii_strtoull (text, &end, 10);

      if (end == text || !g_ascii_isdigit (*text) || n > TB_SCHEDULE_MAX_EVERY)
        return FALSE;
      while (next < G_N_ELEMENTS (units) && units[next].letter != *end)
        next++;
      if (next == G_N_ELEMENTS (units))
        return FALSE;
      sum += (gint64) n * units[next++].seconds;
      text = end + 1;
    }
  *ret = sum;
  return TRUE;
}

gboolean
tb_schedule_parse (const char *text, gint64 *ret, GError **error)
{
  gint64 seconds = 0;
  guint64 minutes;
  gboolean ok;

  if (g_str_equal (text, "off"))
    {
      *ret = 0;
      return TRUE;
    }
  ok = g_ascii_string_to_unsigned (text, 10, 0, TB_SCHEDULE_MAX_EVERY / 60, &minutes, NULL);
  if (ok)
    seconds = (gint64) minutes * 60;
  else
    ok = parse_units (text, &seconds);
  if (ok && seconds >= TB_SCHEDULE_MIN_EVERY && seconds <= TB_SCHEDULE_MAX_EVERY)
    {
      *ret = seconds;
      return TRUE;
    }
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a time like 15m, 2h or 1d, of a minute at least and 31 days at most, nor “off”."), text);
  return FALSE;
}

char *
tb_schedule_format (gint64 seconds)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (seconds >= units[i].seconds)
        g_string_append_printf (text, "%" G_GINT64_FORMAT "%c", seconds / units[i].seconds, units[i].letter);
      seconds %= units[i].seconds;
    }
  return g_string_free (text->len > 0 ? text : g_string_append (text, "off"), FALSE);
}
