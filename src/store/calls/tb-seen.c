/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-seen.h"

#include <string.h>

#define MAX_RUNS 12
#define HASHES_IN_A_PART 131072 /* 1 MiB a row */

typedef struct
{
  gint64 id;
  guint64 *hashes;
  gsize n;
} Run;

struct _TbSeen
{
  TbStore *store;
  GArray *runs; /* of Run */
  gint64 next_run;
  guint64 key[2];
};

static void
run_clear (gpointer data)
{
  g_free (((Run *) data)->hashes);
}

/* ---- the key: foreign uids must not be able to aim at each other's hashes ---- */

static gboolean
load_key (TbSeen *self, GError **error)
{
  g_autofree char *text = tb_store_get_setting (self->store, "seen-key");
  char *end = NULL;

  if (text == NULL)
    {
      text = g_strdup_printf ("%08x%08x:%08x%08x", g_random_int (), g_random_int (), g_random_int (), g_random_int ());
      if (!tb_store_set_setting (self->store, "seen-key", text, error))
        return FALSE;
    }
  self->key[0] = g_ascii_strtoull (text, &end, 16);
  self->key[1] = *end == ':' ? g_ascii_strtoull (end + 1, NULL, 16) : 0;
  return TRUE;
}

static guint64
mix (guint64 value)
{
  value ^= value >> 32;
  value *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  value ^= value >> 32;
  value *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return value ^ value >> 32;
}

guint64
tb_seen_hash (const TbSeen *self, guint32 connection, const guint8 *uid, gsize len)
{
  guint64 hash = mix (self->key[0] ^ connection);

  for (; len >= 8; uid += 8, len -= 8)
    {
      guint64 word;

      memcpy (&word, uid, sizeof word);
      hash = mix (hash ^ GUINT64_FROM_LE (word)) + self->key[1];
    }
  for (; len > 0; uid++, len--)
    hash = mix (hash ^ *uid ^ (guint64) len << 8) + self->key[1];
  return mix (hash);
}

/* ---- reading ---- */

static gboolean
load_runs (TbSeen *self, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (self->store), "SELECT run, hashes FROM seen ORDER BY run, part", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (tb_statement_step (statement, &has_row, error))
    {
      gint64 id;
      gsize len;
      const guint8 *data;
      Run *run;

      if (!has_row)
        return TRUE;
      id = tb_statement_int (statement, 0);
      data = tb_statement_blob (statement, 1, &len);
      if (self->runs->len == 0 || g_array_index (self->runs, Run, self->runs->len - 1).id != id)
        {
          Run fresh = { id, NULL, 0 };

          g_array_append_val (self->runs, fresh);
        }
      run = &g_array_index (self->runs, Run, self->runs->len - 1);
      run->hashes = g_renew (guint64, run->hashes, run->n + len / 8);
      memcpy (run->hashes + run->n, data, len / 8 * 8);
      run->n += len / 8;
      self->next_run = id + 1;
    }
  return FALSE;
}

TbSeen *
tb_seen_load (TbStore *store, GError **error)
{
  g_autoptr (TbSeen) self = g_new0 (TbSeen, 1);

  self->store = store;
  self->next_run = 1;
  self->runs = g_array_new (FALSE, TRUE, sizeof (Run));
  g_array_set_clear_func (self->runs, run_clear);
  return load_key (self, error) && load_runs (self, error) ? g_steal_pointer (&self) : NULL;
}

void
tb_seen_free (TbSeen *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->runs);
  g_free (self);
}

/* Where the hash would lie if all were spread evenly, then the few steps to where it lies. */
static gboolean
run_contains (const Run *run, guint64 hash)
{
  gsize at = (gsize) ((unsigned __int128) hash * run->n >> 64), low = at, high, step = 8;

  while (low > 0 && run->hashes[low] >= hash)
    {
      low = low > step ? low - step : 0;
      step *= 2;
    }
  high = at;
  step = 8;
  while (high < run->n && run->hashes[high] < hash)
    {
      high += step;
      step *= 2;
    }
  high = MIN (high, run->n);
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (run->hashes[middle] < hash)
        low = middle + 1;
      else
        high = middle;
    }
  return low < run->n && run->hashes[low] == hash;
}

gboolean
tb_seen_contains (const TbSeen *self, guint64 hash)
{
  for (guint i = 0; i < self->runs->len; i++)
    if (run_contains (&g_array_index (self->runs, Run, i), hash))
      return TRUE;
  return FALSE;
}

/* ---- writing ---- */

static gboolean
write_run (TbSeen *self, const Run *run, GError **error)
{
  g_autoptr (TbStatement) insert
      = tb_db_prepare (tb_store_get_db (self->store), "INSERT INTO seen (run, part, hashes) VALUES ($1, $2, $3)", error);

  for (gsize at = 0, part = 0; insert != NULL && at < run->n; at += HASHES_IN_A_PART, part++)
    {
      tb_statement_bind_int (insert, 1, run->id);
      tb_statement_bind_int (insert, 2, (gint64) part);
      tb_statement_bind_blob (insert, 3, run->hashes + at, MIN (run->n - at, HASHES_IN_A_PART) * 8);
      if (!tb_statement_run (insert, error))
        return FALSE;
    }
  return insert != NULL;
}

static gboolean
delete_run (TbSeen *self, gint64 id, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (self->store), "DELETE FROM seen WHERE run = $1", error);

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_int (statement, 1, id);
  return tb_statement_run (statement, error);
}

static Run
merge (const Run *a, const Run *b)
{
  Run all = { 0, g_new (guint64, a->n + b->n), 0 };
  gsize i = 0, j = 0;

  while (i < a->n || j < b->n)
    all.hashes[all.n++] = j == b->n || (i < a->n && a->hashes[i] <= b->hashes[j]) ? a->hashes[i++] : b->hashes[j++];
  return all;
}

/* The newest runs are merged while an older one is no more than twice their size, so each hash is written a few times only. */
static gboolean
merge_runs (TbSeen *self, GError **error)
{
  while (self->runs->len > MAX_RUNS)
    {
      guint last = self->runs->len - 1;
      gsize size = g_array_index (self->runs, Run, last).n;
      guint first = last;
      Run all;

      while (first > 0 && (first == last || g_array_index (self->runs, Run, first - 1).n <= 2 * size))
        size += g_array_index (self->runs, Run, --first).n;
      all = g_array_index (self->runs, Run, last);
      all.hashes = g_memdup2 (all.hashes, all.n * 8);
      for (guint i = last; i-- > first;)
        {
          Run both = merge (&g_array_index (self->runs, Run, i), &all);

          g_free (all.hashes);
          all = both;
        }
      all.id = self->next_run++;
      for (guint i = first; i <= last; i++)
        if (!delete_run (self, g_array_index (self->runs, Run, i).id, error))
          {
            g_free (all.hashes);
            return FALSE;
          }
      g_array_set_size (self->runs, first);
      g_array_append_val (self->runs, all);
      if (!write_run (self, &all, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_seen_add (TbSeen *self, guint64 *hashes, gsize n, GError **error)
{
  Run run = { self->next_run, hashes, n };

  if (n == 0)
    {
      g_free (hashes);
      return TRUE;
    }
  self->next_run++;
  g_array_append_val (self->runs, run);
  return write_run (self, &run, error) && merge_runs (self, error);
}
