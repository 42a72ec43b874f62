/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-seen.h"

#include <string.h>

#define MAX_RUNS 12
#define HASHES_IN_A_PART 131072 /* 1 MiB a row */
#define RECENT_SHARE 32 /* what is added is merged into the list when it is more than one in so many of it: a small page moves no long list */

typedef struct
{
  guint64 *at; /* ascending */
  gsize n;
} Hashes;

/* As it lies in the books. */
typedef struct
{
  gint64 id;
  gsize n;
} Run;

struct _TbSeen
{
  TbStore *store;
  Hashes all;    /* of all runs, however many there are, … */
  Hashes recent; /* … but for these */
  GArray *runs; /* of Run */
  gint64 next_run;
  guint64 key[2];
};

/* From the back, within the list's own memory. */
static void
hashes_merge (Hashes *self, const guint64 *fresh, gsize n)
{
  gsize i = self->n, to = self->n + n;

  self->at = g_renew (guint64, self->at, to);
  self->n = to;
  while (n > 0)
    self->at[--to] = i > 0 && self->at[i - 1] > fresh[n - 1] ? self->at[--i] : fresh[--n];
}

/* The list's end, from `n` on, is another run that was appended. */
static void
hashes_merge_end (Hashes *self, gsize n)
{
  g_autofree guint64 *end = NULL;
  gsize len = self->n - n;

  if (n == 0 || len == 0)
    return;
  end = g_memdup2 (self->at + n, len * sizeof *end);
  self->n = n;
  hashes_merge (self, end, len);
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

/* All runs from `first` on as one list; those met are noted in `runs`, which may be NULL. */
static gboolean
read_runs (TbSeen *self, gint64 first, Hashes *ret, GArray *runs, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (self->store), "SELECT run, hashes FROM seen WHERE run >= $1 ORDER BY run, part", error);
  Run run = { 0, 0 };
  gsize begin = 0;
  gboolean has_row = row != NULL;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, first);
  while (has_row)
    {
      const guint8 *data;
      gsize len;

      if (!tb_statement_step (row, &has_row, error))
        return FALSE;
      if (run.n > 0 && (!has_row || tb_statement_int (row, 0) != run.id))
        {
          hashes_merge_end (ret, begin);
          if (runs != NULL)
            g_array_append_val (runs, run);
          begin = ret->n;
          run.n = 0;
        }
      if (!has_row)
        break;
      data = tb_statement_blob (row, 1, &len);
      run.id = tb_statement_int (row, 0);
      run.n += len / 8;
      ret->at = g_renew (guint64, ret->at, ret->n + len / 8);
      memcpy (ret->at + ret->n, data, len / 8 * 8);
      ret->n += len / 8;
    }
  return TRUE;
}

/* Numbers of runs are never given again, and a run never changes: the same numbers and sizes are the same runs. */
static gboolean
is_current (const TbSeen *self)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (self->store), "SELECT run, sum(length(hashes)) FROM seen GROUP BY run ORDER BY run", NULL);
  gboolean has_row = row != NULL;

  for (guint i = 0; has_row && tb_statement_step (row, &has_row, NULL); i++)
    {
      const Run *run = i < self->runs->len ? &g_array_index (self->runs, Run, i) : NULL;

      if (!has_row)
        return i == self->runs->len;
      if (run == NULL || run->id != tb_statement_int (row, 0) || (gint64) run->n * 8 != tb_statement_int (row, 1))
        return FALSE;
    }
  return FALSE;
}

TbSeen *
tb_seen_load (TbStore *store, GError **error)
{
  g_autoptr (TbSeen) kept = tb_store_take (store);
  g_autoptr (TbSeen) self = NULL;

  if (kept != NULL && is_current (kept))
    return g_steal_pointer (&kept);
  g_clear_pointer (&kept, tb_seen_free); /* before as much is read again */
  self = g_new0 (TbSeen, 1);
  self->store = store;
  self->runs = g_array_new (FALSE, TRUE, sizeof (Run));
  if (!load_key (self, error) || !read_runs (self, 0, &self->all, self->runs, error))
    return NULL;
  self->next_run = self->runs->len > 0 ? g_array_index (self->runs, Run, self->runs->len - 1).id + 1 : 1;
  return g_steal_pointer (&self);
}

void
tb_seen_free (TbSeen *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->runs);
  g_free (self->all.at);
  g_free (self->recent.at);
  g_free (self);
}

void
tb_seen_keep (TbSeen *self)
{
  tb_store_keep (self->store, self, (GDestroyNotify) tb_seen_free);
}

/* Where the hash would lie if all were spread evenly, then the few steps to where it lies. */
static gboolean
hashes_contain (const Hashes *all, guint64 hash)
{
  gsize at = (gsize) ((unsigned __int128) hash * all->n >> 64), low = at, high, step = 8;

  while (low > 0 && all->at[low] >= hash)
    {
      low = low > step ? low - step : 0;
      step *= 2;
    }
  high = at;
  step = 8;
  while (high < all->n && all->at[high] < hash)
    {
      high += step;
      step *= 2;
    }
  high = MIN (high, all->n);
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (all->at[middle] < hash)
        low = middle + 1;
      else
        high = middle;
    }
  return low < all->n && all->at[low] == hash;
}

gboolean
tb_seen_contains (const TbSeen *self, guint64 hash)
{
  return hashes_contain (&self->all, hash) || (self->recent.n > 0 && hashes_contain (&self->recent, hash));
}

/* ---- writing ---- */

static gboolean
write_run (TbSeen *self, const Hashes *hashes, GError **error)
{
  g_autoptr (TbStatement) insert
      = tb_db_prepare (tb_store_get_db (self->store), "INSERT INTO seen (run, part, hashes) VALUES ($1, $2, $3)", error);
  Run run = { self->next_run++, hashes->n };

  for (gsize at = 0, part = 0; insert != NULL && at < hashes->n; at += HASHES_IN_A_PART, part++)
    {
      tb_statement_bind_int (insert, 1, run.id);
      tb_statement_bind_int (insert, 2, (gint64) part);
      tb_statement_bind_blob (insert, 3, hashes->at + at, MIN (hashes->n - at, HASHES_IN_A_PART) * 8);
      if (!tb_statement_run (insert, error))
        return FALSE;
    }
  g_array_append_val (self->runs, run);
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

static void
merge_recent (TbSeen *self)
{
  hashes_merge (&self->all, self->recent.at, self->recent.n);
  self->recent.n = 0;
}

/* The runs from `first` on become one. All of them are at hand; a part is read again. */
static gboolean
unite (TbSeen *self, guint first, GError **error)
{
  Hashes some = { NULL, 0 };
  gboolean ok = first == 0 || read_runs (self, g_array_index (self->runs, Run, first).id, &some, NULL, error);

  if (first == 0)
    merge_recent (self);
  for (guint i = first; ok && i < self->runs->len; i++)
    ok = delete_run (self, g_array_index (self->runs, Run, i).id, error);
  g_array_set_size (self->runs, first);
  ok = ok && write_run (self, first == 0 ? &self->all : &some, error);
  g_free (some.at);
  return ok;
}

/* The newest runs are united while an older one is no more than twice their size, so each hash is written a few times only. */
static gboolean
unite_runs (TbSeen *self, GError **error)
{
  while (self->runs->len > MAX_RUNS)
    {
      guint last = self->runs->len - 1, first = last;
      gsize size = g_array_index (self->runs, Run, last).n;

      while (first > 0 && (first == last || g_array_index (self->runs, Run, first - 1).n <= 2 * size))
        size += g_array_index (self->runs, Run, --first).n;
      if (!unite (self, first, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tb_seen_add (TbSeen *self, const guint64 *hashes, gsize n, GError **error)
{
  const Hashes fresh = { (guint64 *) hashes, n };

  if (n == 0)
    return TRUE;
  if (!write_run (self, &fresh, error))
    return FALSE;
  hashes_merge (&self->recent, hashes, n);
  if (self->recent.n > self->all.n / RECENT_SHARE)
    merge_recent (self);
  return unite_runs (self, error);
}
