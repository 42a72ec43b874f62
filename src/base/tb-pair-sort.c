/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-pair-sort.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "tb-error.h"

#define BLOCK 4096 /* pairs that are read of a run at once */

typedef struct
{
  guint64 key; /* with its sign bit turned, so that bytes compare as the number does */
  gint64 value;
} Pair;

typedef struct
{
  Pair *pairs;      /* in memory: all of them; else a block */
  guint64 offset;   /* in the file, in pairs */
  gsize n;
  gsize taken;      /* from its beginning, or from its end */
  gsize block_first, block_n; /* what of it is in `pairs` */
} Run;

struct _TbPairSort
{
  Pair *pairs, *spare;
  gsize n;
  GArray *runs; /* of Run */
  FILE *file;   /* NULL while all are in memory */
  guint64 written;
  gboolean descending;
  GArray *heap; /* of guint, runs by their next pair */
};

TbPairSort *
tb_pair_sort_new (void)
{
  TbPairSort *self = g_new0 (TbPairSort, 1);

  self->pairs = g_new (Pair, TB_PAIR_SORT_RUN);
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  self->heap = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
tb_pair_sort_free (TbPairSort *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->runs->len; i++)
    g_free (g_array_index (self->runs, Run, i).pairs);
  g_array_unref (self->runs);
  g_array_unref (self->heap);
  if (self->file != NULL)
    fclose (self->file);
  g_free (self->pairs);
  g_free (self->spare);
  g_free (self);
}

/* ---- one run ---- */

/* Byte by byte from the last one, which keeps the order of equals; bytes in which all are alike are passed over. */
static void
sort_pairs (TbPairSort *self)
{
  guint64 differing = 0;

  for (gsize i = 1; i < self->n; i++)
    differing |= self->pairs[i].key ^ self->pairs[0].key;
  if (self->spare == NULL)
    self->spare = g_new (Pair, TB_PAIR_SORT_RUN);
  for (guint shift = 0; shift < 64; shift += 8)
    {
      gsize at[256] = { 0 }, sum = 0;
      Pair *sorted = self->spare;

      if ((differing >> shift & 255) == 0)
        continue;
      for (gsize i = 0; i < self->n; i++)
        at[self->pairs[i].key >> shift & 255]++;
      for (guint i = 0; i < 256; i++)
        {
          gsize count = at[i];

          at[i] = sum;
          sum += count;
        }
      for (gsize i = 0; i < self->n; i++)
        sorted[at[self->pairs[i].key >> shift & 255]++] = self->pairs[i];
      self->spare = self->pairs;
      self->pairs = sorted;
    }
}

static gboolean
fail (GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("What is sorted cannot be kept in a temporary file: %s."), g_strerror (errno));
  return FALSE;
}

static gboolean
write_run (TbPairSort *self, Run *run, const Pair *pairs, GError **error)
{
  run->offset = self->written;
  self->written += run->n;
  return fwrite (pairs, sizeof *pairs, run->n, self->file) == run->n || fail (error);
}

static gboolean
move_to_file (TbPairSort *self, GError **error)
{
  self->file = tmpfile ();
  if (self->file == NULL)
    return fail (error);
  for (guint i = 0; i < self->runs->len; i++)
    {
      Run *run = &g_array_index (self->runs, Run, i);

      if (!write_run (self, run, run->pairs, error))
        return FALSE;
      g_clear_pointer (&run->pairs, g_free);
    }
  return TRUE;
}

static gboolean
end_run (TbPairSort *self, GError **error)
{
  Run run = { .n = self->n };

  sort_pairs (self);
  if (self->file == NULL && self->runs->len >= TB_PAIR_SORT_IN_MEMORY && !move_to_file (self, error))
    return FALSE;
  if (self->file == NULL)
    run.pairs = g_memdup2 (self->pairs, self->n * sizeof (Pair));
  else if (!write_run (self, &run, self->pairs, error))
    return FALSE;
  g_array_append_val (self->runs, run);
  self->n = 0;
  return TRUE;
}

gboolean
tb_pair_sort_add (TbPairSort *self, gint64 key, gint64 value, GError **error)
{
  self->pairs[self->n++] = (Pair){ (guint64) key ^ G_GUINT64_CONSTANT (1) << 63, value };
  return self->n < TB_PAIR_SORT_RUN || end_run (self, error);
}

/* ---- all runs ---- */

static gboolean
read_block (TbPairSort *self, Run *run, GError **error)
{
  gsize left = run->n - run->taken;

  run->block_n = MIN (left, BLOCK);
  run->block_first = self->descending ? left - run->block_n : run->taken;
  if (self->file == NULL || run->block_n == 0)
    {
      run->block_first = 0;
      run->block_n = run->n;
      return TRUE;
    }
  if (run->pairs == NULL)
    run->pairs = g_new (Pair, BLOCK);
  return (fseeko (self->file, (off_t) ((run->offset + run->block_first) * sizeof (Pair)), SEEK_SET) == 0
          && fread (run->pairs, sizeof (Pair), run->block_n, self->file) == run->block_n)
         || fail (error);
}

static inline const Pair *
peek (TbPairSort *self, guint at)
{
  const Run *run = &g_array_index (self->runs, Run, at);
  gsize index = self->descending ? run->n - 1 - run->taken : run->taken;

  return &run->pairs[index - run->block_first];
}

/* Of equals the earlier run comes first, or last. */
static gboolean
comes_before (TbPairSort *self, guint a, guint b)
{
  guint64 x = peek (self, a)->key, y = peek (self, b)->key;

  if (x != y)
    return (x < y) != self->descending;
  return (a < b) != self->descending;
}

static void
sink (TbPairSort *self, guint at)
{
  guint *heap = (guint *) self->heap->data, n = self->heap->len;

  while (2 * at + 1 < n)
    {
      guint child = 2 * at + 1, run;

      if (child + 1 < n && comes_before (self, heap[child + 1], heap[child]))
        child++;
      if (!comes_before (self, heap[child], heap[at]))
        return;
      run = heap[at];
      heap[at] = heap[child];
      heap[child] = run;
      at = child;
    }
}

gboolean
tb_pair_sort_finish (TbPairSort *self, gboolean descending, GError **error)
{
  self->descending = descending;
  if (self->n > 0 && !end_run (self, error))
    return FALSE;
  g_clear_pointer (&self->pairs, g_free);
  g_clear_pointer (&self->spare, g_free);
  for (guint i = 0; i < self->runs->len; i++)
    {
      if (!read_block (self, &g_array_index (self->runs, Run, i), error))
        return FALSE;
      g_array_append_val (self->heap, i);
    }
  for (guint i = self->heap->len / 2; i-- > 0;)
    sink (self, i);
  return TRUE;
}

static gboolean
take (TbPairSort *self, GError **error)
{
  Run *run = &g_array_index (self->runs, Run, g_array_index (self->heap, guint, 0));

  run->taken++;
  if (run->taken == run->n)
    g_array_remove_index_fast (self->heap, 0);
  else if (self->file != NULL)
    {
      gsize index = self->descending ? run->n - 1 - run->taken : run->taken;

      if ((index < run->block_first || index >= run->block_first + run->block_n) && !read_block (self, run, error))
        return FALSE;
    }
  sink (self, 0);
  return TRUE;
}

gboolean
tb_pair_sort_next (TbPairSort *self, gint64 *values, gsize n, gsize *ret_n, GError **error)
{
  *ret_n = 0;
  while (*ret_n < n && self->heap->len > 0)
    {
      values[(*ret_n)++] = peek (self, g_array_index (self->heap, guint, 0))->value;
      if (!take (self, error))
        return FALSE;
    }
  return TRUE;
}
