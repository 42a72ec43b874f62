/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-deck.h"
#include "tb-fuzz.h"

/* A rate deck; its first line may say how to read it: "#columns prefix=1,rate=2". What was read is written and read again without loss. */

#define COLUMNS "#columns "

static void
check_sums (const TbDeck *deck)
{
  guint found[4] = { 0 };

  for (guint i = 0; i < deck->problems->len; i++)
    {
      const TbDeckProblem *problem = deck->problems->pdata[i];

      tb_fuzz_check (problem->kind <= TB_DECK_SKIPPED && problem->reason != NULL && g_utf8_validate (problem->reason, -1, NULL));
      tb_fuzz_check (problem->raw == NULL || g_utf8_validate (problem->raw, -1, NULL));
      found[problem->kind]++;
    }
  tb_fuzz_check (found[TB_DECK_REJECTED] == deck->rejected && found[TB_DECK_NEEDS_CONFIRMATION] == deck->needs_confirmation);
  tb_fuzz_check (deck->rates->len == deck->accepted + deck->blocked);
}

static TbDeck *
read_deck (const char *data, gsize len, const char *columns)
{
  TbDeckOptions options = tb_deck_options_default ();

  options.columns = columns;
  return tb_deck_read ((const guint8 *) data, len, &options, NULL, NULL);
}

static void
check_written (const TbDeck *deck)
{
  g_autofree char *text = tb_deck_write (deck->rates, NULL);
  g_autoptr (TbDeck) again = read_deck (text, strlen (text), NULL);
  g_autofree char *second = again != NULL ? tb_deck_write (again->rates, NULL) : NULL;

  tb_fuzz_check_same (text, second);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *bytes = (const char *) data, *end = size > strlen (COLUMNS) && memcmp (data, COLUMNS, strlen (COLUMNS)) == 0 ? memchr (data, '\n', size) : NULL;
  g_autofree char *columns = end != NULL ? g_strndup (bytes + strlen (COLUMNS), (gsize) (end - bytes) - strlen (COLUMNS)) : NULL;
  gsize skip = end != NULL ? (gsize) (end - bytes) + 1 : 0;
  g_autoptr (TbDeck) deck = read_deck (bytes + skip, size - skip, columns);

  if (deck == NULL)
    return 0;
  check_sums (deck);
  if (deck->rates->len > 0)
    check_written (deck);
  return 0;
}
