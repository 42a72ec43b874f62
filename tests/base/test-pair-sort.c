/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "tb-pair-sort.h"

/* More runs than stay in memory, and none at all; keys that repeat keep the order in which they came. */
static const struct
{
  const char *reason;
  guint n, n_keys;
} table[] = {
  { "nothing", 0, 1 },
  { "one", 1, 1 },
  { "one run that is not full", 1000, 17 },
  { "one that is", TB_PAIR_SORT_RUN, 1000 },
  { "runs in memory", 2 * TB_PAIR_SORT_RUN + 5, 1 << 30 },
  { "all alike", 2 * TB_PAIR_SORT_RUN + 5, 1 },
  { "runs in a file", (TB_PAIR_SORT_IN_MEMORY + 3) * TB_PAIR_SORT_RUN + 7, 5000 },
};

static gint64
key_of (guint n_keys, gint64 value)
{
  /* Of both signs, and spread over all bytes. */
  gint64 key = value * 2654435761 % n_keys - n_keys / 2;

  return n_keys > 1000000 ? key * 1234567891 : key;
}

static void
check (guint n, guint n_keys, gboolean descending)
{
  g_autoptr (TbPairSort) sort = tb_pair_sort_new ();
  gint64 block[1000], last_key = 0, last = 0;
  guint got = 0;
  gsize n_block;

  for (guint i = 0; i < n; i++)
    g_assert_true (tb_pair_sort_add (sort, key_of (n_keys, i), i, NULL));
  g_assert_true (tb_pair_sort_finish (sort, descending, NULL));
  do
    {
      g_assert_true (tb_pair_sort_next (sort, block, G_N_ELEMENTS (block), &n_block, NULL));
      for (gsize i = 0; i < n_block; i++)
        {
          gint64 key = key_of (n_keys, block[i]);

          if (got++ > 0)
            g_assert_true (descending ? key < last_key || (key == last_key && block[i] < last) : key > last_key || (key == last_key && block[i] > last));
          last_key = key;
          last = block[i];
        }
    }
  while (n_block > 0);
  g_assert_cmpuint (got, ==, n);
}

static void
test_sort (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].reason);
      check (table[i].n, table[i].n_keys, FALSE);
      check (table[i].n, table[i].n_keys, TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pair-sort/sort", test_sort);

  return g_test_run ();
}
