/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-decimal.h"
#include "tb-fuzz.h"
#include "tb-time.h"

/* Texts of amounts, days and times: what is read is written, and read from that it is the same. */

static void
check_decimal (const char *text, gsize len, guint scale)
{
  char written[40];
  gint64 value, again;

  if (!tb_decimal_parse (text, (gssize) len, scale, &value, NULL))
    return;
  tb_fuzz_check (tb_decimal_format_to (value, scale, 0, written) == strlen (written));
  tb_fuzz_check (tb_decimal_parse (written, -1, scale, &again, NULL) && again == value);
}

static void
check_time (const char *text, gsize len, TbZone *zone)
{
  gint64 time, again;
  char written[32];

  if (!tb_time_parse (text, (gssize) len, zone, &time, NULL))
    return;
  tb_time_format_to (time, zone, written);
  tb_fuzz_check (tb_time_parse (written, -1, zone, &again, NULL) && again == time);
}

static void
check_day (const char *text)
{
  g_autofree char *written = NULL;
  TbDay day, again;

  if (!tb_day_parse (text, &day, NULL))
    return;
  written = tb_day_format (day);
  tb_fuzz_check (strcmp (written, text) == 0 && tb_day_parse (written, &again, NULL) && again == day);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static TbZone *zone;
  g_autofree char *text = g_strndup ((const char *) data, size);

  if (zone == NULL)
    zone = tb_zone_new ("America/Toronto", NULL);
  check_decimal ((const char *) data, size, TB_AMOUNT_SCALE);
  check_decimal (text, strlen (text), TB_RATE_SCALE);
  check_time ((const char *) data, size, zone);
  check_time (text, strlen (text), NULL);
  check_day (text);
  return 0;
}
