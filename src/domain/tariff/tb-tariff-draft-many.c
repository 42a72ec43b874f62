/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-tariff-draft.h"
#include "tb-tariff-succession.h"

/* What walks through all rates of a draft: searches and changes of many. */

#define ROWS_BETWEEN_LOOKS 4096

/* ---- search ---- */

/* What was typed, made ready once: digits of a prefix, or a word in small letters. */
typedef struct
{
  char *digits; /* or NULL */
  char *word;   /* folded */
  gboolean ascii;
} Search;

static gboolean
is_ascii (const char *text)
{
  return g_str_is_ascii (text);
}

static void
search_init (Search *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gsize n = 0;

  self->word = g_utf8_casefold (stripped, -1);
  self->ascii = is_ascii (self->word);
  for (const char *at = stripped; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      n++;
    else if (strchr ("+ -", *at) == NULL)
      return;
  if (n == 0)
    return;
  self->digits = g_malloc0 (n + 1);
  n = 0;
  for (const char *at = stripped; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      self->digits[n++] = *at;
}

static void
search_clear (Search *self)
{
  g_free (self->digits);
  g_free (self->word);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Folding each of 250,000 descriptions costs a quarter of a second; of plain ones only letters differ. */
static gboolean
holds_ascii (const char *text, const char *word)
{
  gsize n = strlen (word);
  char upper = g_ascii_toupper (*word), lower = *word;

  for (; *text != '\0'; text++)
    if ((*text == lower || *text == upper) && g_ascii_strncasecmp (text, word, n) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
describes (const TbRate *rate, const Search *search)
{
  g_autofree char *folded = NULL;

  if (rate->description == NULL)
    return FALSE;
  if (search->ascii && holds_ascii (rate->description, search->word))
    return TRUE;
  if (search->ascii && is_ascii (rate->description))
    return FALSE;
  folded = g_utf8_casefold (rate->description, -1);
  return strstr (folded, search->word) != NULL;
}

static gboolean
matches (const TbRate *rate, const Search *search)
{
  return search->digits != NULL ? g_str_has_prefix (rate->prefix, search->digits) : describes (rate, search);
}

gboolean
tb_rate_matches (const TbRate *rate, const char *text)
{
  g_auto (Search) search = { NULL };

  if (text == NULL || *text == '\0')
    return TRUE;
  search_init (&search, text);
  return *search.word == '\0' || matches (rate, &search);
}

static gboolean
would_price (const TbRate *rate, const Search *search)
{
  return search->digits != NULL && g_str_has_prefix (search->digits, rate->prefix);
}

static GArray *
collect (const TbDraftView *self, GArray *rows, const Search *search, gboolean (*fits) (const TbRate *, const Search *), GCancellable *cancellable)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (fits (self->rates[row], search))
        g_array_append_val (found, row);
    }
  return g_steal_pointer (&found);
}

GArray *
tb_draft_view_search (const TbDraftView *self, GArray *rows, const char *text, GCancellable *cancellable)
{
  g_auto (Search) search = { NULL };
  GArray *found;

  if (text != NULL)
    search_init (&search, text);
  if (search.word == NULL || *search.word == '\0')
    return g_array_copy (rows);
  found = collect (self, rows, &search, matches, cancellable);
  if (found == NULL || found->len > 0 || search.digits == NULL)
    return found;
  g_array_unref (found);
  return collect (self, rows, &search, would_price, cancellable);
}

/* ---- changes ---- */

static void
change_clear (gpointer data)
{
  TbDraftChange *change = data;

  tb_rate_free (change->after);
  g_free (change->fault);
}

/* The rates that are in force at a time, as a set. */
static GHashTable *
collect_at (const TbDraftView *self, gint64 time)
{
  g_autoptr (GPtrArray) all = g_ptr_array_sized_new (self->n_rows), held = NULL;
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->n_rows; i++)
    if (self->rates[i] != NULL)
      g_ptr_array_add (all, (gpointer) self->rates[i]);
  held = tb_tariff_list_at (all, time);
  for (guint i = 0; i < held->len; i++)
    g_hash_table_add (set, held->pdata[i]);
  return set;
}

GArray *
tb_draft_view_change (const TbDraftView *self, GArray *rows, const TbRateChange *change, GCancellable *cancellable)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TbDraftChange));
  g_autoptr (GHashTable) held = change->start == TB_RATE_START_FOLLOW ? collect_at (self, change->from) : NULL;

  g_array_set_clear_func (changes, change_clear);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GError) error = NULL;
      TbDraftChange one = { .row = g_array_index (rows, guint32, i) };
      const TbRate *rate = self->rates[one.row];

      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (rate == NULL || (held != NULL && !g_hash_table_contains (held, rate)))
        continue;
      if (!tb_rate_change_apply (change, rate, &one.after, &error))
        one.fault = g_strdup (error->message);
      if (one.after != NULL || one.fault != NULL)
        g_array_append_val (changes, one);
    }
  return g_steal_pointer (&changes);
}
