/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-filter.h"
#include "tb-fuzz.h"

/* A rule's patterns, and what they are held against: lines of patterns, a field as dialled, the number it became. */

static gboolean
matches (const TbPattern *pattern, const char *field, const char *normalised, const TbCall *call)
{
  gboolean internal = tb_pattern_matches (pattern, field, normalised, call, TRUE);

  tb_fuzz_check (internal == tb_pattern_matches (pattern, field, normalised, call, TRUE));
  return tb_pattern_matches (pattern, field, normalised, call, FALSE);
}

/* A rule matches when one of its patterns does, and of its two texts either. */
static void
check_alternatives (const char *text, const char *field, const char *normalised, const TbCall *call, gboolean whole)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  gboolean any = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (TbPattern) one = tb_pattern_new (words[i], NULL);

      any = any || (one != NULL && matches (one, field, normalised, call));
    }
  tb_fuzz_check (any == whole);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *parts[3];
  G_GNUC_UNUSED g_autofree char *text = tb_fuzz_lines (data, size, parts, G_N_ELEMENTS (parts));
  g_autoptr (TbPattern) pattern = tb_pattern_new (parts[0], NULL);
  TbCall call;

  if (pattern == NULL)
    return 0;
  tb_call_init (&call);
  call.callee = parts[1];
  for (TbDirection direction = TB_DIRECTION_UNKNOWN; direction <= TB_DIRECTION_LOCAL; direction++)
    {
      call.direction = direction;
      matches (pattern, parts[1], NULL, &call);
      check_alternatives (parts[0], parts[1], parts[2], &call, matches (pattern, parts[1], parts[2], &call));
    }
  return 0;
}
