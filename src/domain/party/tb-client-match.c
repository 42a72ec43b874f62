/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-client-match.h"

/* Who is like whom. */

static const char *const kinds[] = { "linked", "sure", "maybe", "none" };

const char *
tb_match_kind_to_string (TbMatchKind self)
{
  return kinds[self];
}

gboolean
tb_mirror_client_is_closed (const TbMirrorClient *self)
{
  return g_strcmp0 (self->status, "Closed") == 0;
}

char *
tb_mirror_client_dup_name (const TbMirrorClient *self)
{
  g_autofree char *full
      = g_strjoin (" ", self->first_name != NULL ? self->first_name : "", self->last_name != NULL ? self->last_name : "", NULL);

  return self->company != NULL ? g_strstrip (g_strdup (self->company)) : g_strdup (g_strstrip (full));
}

/* ---- keys by which two clients are alike ---- */

static char *
key_of_email (const char *email)
{
  g_autofree char *text = email != NULL ? g_utf8_casefold (email, -1) : NULL;

  return text != NULL && *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

/* Letters and digits alone: "ACME, Ltd." is "Acme Ltd". */
static char *
key_of_name (const char *name)
{
  g_autofree char *folded = name != NULL ? g_utf8_casefold (name, -1) : NULL;
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *p = folded; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (key, g_utf8_get_char (p));
  return key->len > 0 ? g_string_free (g_steal_pointer (&key), FALSE) : NULL;
}

static char *
their_email (gconstpointer client)
{
  return key_of_email (((const TbMirrorClient *) client)->email);
}

static char *
their_company (gconstpointer client)
{
  return key_of_name (((const TbMirrorClient *) client)->company);
}

static char *
their_person (gconstpointer client)
{
  const TbMirrorClient *self = client;
  g_autofree char *full
      = g_strjoin (" ", self->first_name != NULL ? self->first_name : "", self->last_name != NULL ? self->last_name : "", NULL);

  return key_of_name (full);
}

static char *
our_email (gconstpointer client)
{
  return key_of_email (((const TbClient *) client)->email);
}

static char *
our_name (gconstpointer client)
{
  return key_of_name (((const TbClient *) client)->name);
}

/* Key → list of those that have it. */
static GHashTable *
index_by (GPtrArray *items, char *(*get_key) (gconstpointer item))
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *key = get_key (items->pdata[i]);
      GPtrArray *list = key != NULL ? g_hash_table_lookup (index, key) : NULL;

      if (key == NULL)
        continue;
      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (index, g_steal_pointer (&key), list);
        }
      g_ptr_array_add (list, items->pdata[i]);
    }
  return index;
}

static GPtrArray *
find (GHashTable *index, char *key /* taken */)
{
  g_autofree char *owned = key;

  return owned != NULL ? g_hash_table_lookup (index, owned) : NULL;
}

/* ---- matching ---- */

static void
match_free (TbClientMatch *self)
{
  g_ptr_array_unref (self->alike);
  g_free (self);
}

static void
add_alike (TbClientMatch *match, GPtrArray *ours)
{
  for (guint i = 0; ours != NULL && i < ours->len; i++)
    if (!g_ptr_array_find (match->alike, ours->pdata[i], NULL))
      g_ptr_array_add (match->alike, ours->pdata[i]);
}

/* Both sides by their ids; what is left of each is matched by other things. */
static GHashTable *
index_ids (GPtrArray *ours, GPtrArray *free_ones)
{
  GHashTable *ids = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ours->len; i++)
    {
      TbClient *client = ours->pdata[i];

      if (client->whmcs_id == 0)
        g_ptr_array_add (free_ones, client);
      else if (!g_hash_table_contains (ids, &client->whmcs_id))
        g_hash_table_insert (ids, &client->whmcs_id, client);
    }
  return ids;
}

static TbClientMatch *
match_one (const TbMirrorClient *theirs, GHashTable *ids, GHashTable *our_emails, GHashTable *our_names, GHashTable *their_emails)
{
  TbClientMatch *match = g_new0 (TbClientMatch, 1);
  GPtrArray *mails = find (our_emails, their_email (theirs)), *twins = find (their_emails, their_email (theirs));

  match->theirs = theirs;
  match->alike = g_ptr_array_new ();
  match->ours = g_hash_table_lookup (ids, &theirs->id);
  if (match->ours != NULL)
    {
      match->kind = TB_MATCH_LINKED;
      return match;
    }
  if (mails != NULL && mails->len == 1 && twins->len == 1 && !tb_mirror_client_is_closed (theirs))
    {
      match->kind = TB_MATCH_SURE;
      match->ours = mails->pdata[0];
      return match;
    }
  add_alike (match, mails);
  add_alike (match, find (our_names, their_company (theirs)));
  add_alike (match, find (our_names, their_person (theirs)));
  match->kind = match->alike->len > 0 ? TB_MATCH_MAYBE : TB_MATCH_NONE;
  return match;
}

GPtrArray *
tb_client_match_all (GPtrArray *theirs, GPtrArray *ours)
{
  g_autoptr (GPtrArray) free_ones = g_ptr_array_new ();
  g_autoptr (GHashTable) ids = index_ids (ours, free_ones);
  g_autoptr (GHashTable) our_emails = index_by (free_ones, our_email), our_names = index_by (free_ones, our_name);
  g_autoptr (GHashTable) their_emails = index_by (theirs, their_email);
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify) match_free);

  for (guint i = 0; i < theirs->len; i++)
    g_ptr_array_add (matches, match_one (theirs->pdata[i], ids, our_emails, our_names, their_emails));
  return matches;
}

GPtrArray *
tb_client_match_list_lost (GPtrArray *theirs, GPtrArray *ours)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *lost = g_ptr_array_new ();

  for (guint i = 0; i < theirs->len; i++)
    g_hash_table_add (ids, &((TbMirrorClient *) theirs->pdata[i])->id);
  for (guint i = 0; i < ours->len; i++)
    {
      TbClient *client = ours->pdata[i];

      if (client->whmcs_id != 0 && !g_hash_table_contains (ids, &client->whmcs_id))
        g_ptr_array_add (lost, client);
    }
  return lost;
}
