/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-review.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-error.h"
#include "tb-remote-review-store.h"
#include "tb-remote-store.h"
#include "tb-setup-file-private.h"
#include "tb-setup-store.h"

/* ---- the review ---- */

static void
difference_free (TbReviewDifference *self)
{
  tb_client_difference_free (self->difference);
  g_free (self);
}

void
tb_whmcs_review_free (TbWhmcsReview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  g_clear_pointer (&self->matches, g_ptr_array_unref);
  g_clear_pointer (&self->reads, g_hash_table_unref);
  g_clear_pointer (&self->ignored, g_hash_table_unref);
  g_clear_pointer (&self->theirs, g_ptr_array_unref);
  tb_setup_free (self->setup);
  g_free (self);
}

gboolean
tb_whmcs_review_is_ignored (const TbWhmcsReview *self, gint64 whmcs_id)
{
  return g_hash_table_contains (self->ignored, &whmcs_id);
}

const char *
tb_whmcs_review_get_state (const TbWhmcsReview *self, const TbClientMatch *match)
{
  if (match->kind == TB_MATCH_LINKED)
    return "linked";
  if (tb_whmcs_review_is_ignored (self, match->theirs->id))
    return "ignored";
  if (tb_mirror_client_is_closed (match->theirs))
    return "closed";
  return match->kind == TB_MATCH_NONE ? "new" : tb_match_kind_to_string (match->kind);
}

guint
tb_whmcs_review_count_waiting (const TbWhmcsReview *self)
{
  guint n = 0;

  for (guint i = 0; i < self->differences->len; i++)
    n += !((TbReviewDifference *) self->differences->pdata[i])->chosen;
  return n;
}

/* Chosen as both stand now. */
static gboolean
is_chosen (GPtrArray *choices, guint32 client_id, const TbClientDifference *difference)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const TbRemoteChoice *choice = choices->pdata[i];

      if (choice->client_id == client_id && choice->field == difference->field)
        return g_strcmp0 (choice->ours, difference->ours) == 0 && g_strcmp0 (choice->theirs, difference->theirs) == 0;
    }
  return FALSE;
}

static void
add_differences (TbWhmcsReview *self, const TbClientMatch *match, GHashTable *agreed, GPtrArray *choices)
{
  static const TbAgreed nothing[TB_CLIENT_FIELDS];
  const TbAgreed *known = g_hash_table_lookup (agreed, GUINT_TO_POINTER (match->ours->id));
  g_autoptr (GPtrArray) found
      = tb_client_compare (match->ours, tb_setup_get_currency (self->setup), match->theirs, known != NULL ? known : nothing);

  for (; found->len > 0;)
    {
      TbReviewDifference *difference = g_new (TbReviewDifference, 1);

      *difference = (TbReviewDifference){ match->ours, match->theirs, g_ptr_array_steal_index (found, 0), FALSE };
      difference->chosen = is_chosen (choices, match->ours->id, difference->difference);
      g_ptr_array_add (self->differences, difference);
    }
}

static int
by_client (gconstpointer a, gconstpointer b)
{
  const TbReviewDifference *x = *(TbReviewDifference *const *) a, *y = *(TbReviewDifference *const *) b;

  if (x->ours != y->ours)
    return x->ours->id < y->ours->id ? -1 : 1;
  return (int) x->difference->field - (int) y->difference->field;
}

static void
look (TbWhmcsReview *self, GHashTable *agreed, GPtrArray *choices)
{
  for (guint i = 0; i < self->matches->len; i++)
    {
      const TbClientMatch *match = self->matches->pdata[i];
      const TbRemoteRead *read = tb_remote_reads_get (self->reads, match->theirs->id);

      if (match->kind == TB_MATCH_LINKED && read != NULL && read->detailed_at != 0)
        add_differences (self, match, agreed, choices);
      self->n_unsure += match->kind == TB_MATCH_MAYBE && g_strcmp0 (tb_whmcs_review_get_state (self, match), "maybe") == 0;
    }
  g_ptr_array_sort (self->differences, by_client);
}

static gboolean
load (TbWhmcsReview *self, TbStore *store, GError **error)
{
  return (self->setup = tb_setup_store_load (store, TB_SETUP_HEADS, error)) != NULL
         && (self->theirs = tb_remote_store_list (store, &tb_mirror_client_noun, 0, error)) != NULL
         && (self->reads = tb_remote_store_list_reads (store, &tb_mirror_client_noun, error)) != NULL
         && (self->ignored = tb_remote_review_list_ignored (store, TB_REMOTE_CLIENT, error)) != NULL;
}

TbWhmcsReview *
tb_whmcs_review_new (TbStore *store, GError **error)
{
  g_autoptr (TbWhmcsReview) self = g_new0 (TbWhmcsReview, 1);
  g_autoptr (GHashTable) agreed = load (self, store, error) ? tb_remote_review_list_agreed (store, error) : NULL;
  g_autoptr (GPtrArray) choices = agreed != NULL ? tb_remote_review_list_choices (store, error) : NULL;

  if (choices == NULL)
    return NULL;
  self->differences = g_ptr_array_new_with_free_func ((GDestroyNotify) difference_free);
  self->matches = tb_client_match_all (self->theirs, self->setup->clients);
  self->lost = tb_client_match_list_lost (self->theirs, self->setup->clients);
  look (self, agreed, choices);
  return g_steal_pointer (&self);
}

/* ---- clients out of theirs ---- */

char *
tb_whmcs_make_key (GHashTable *keys, gint64 whmcs_id)
{
  char *key = g_strdup_printf ("W%" G_GINT64_FORMAT, whmcs_id);

  for (guint n = 2; g_hash_table_contains (keys, key); n++)
    {
      g_free (key);
      key = g_strdup_printf ("W%" G_GINT64_FORMAT "-%u", whmcs_id, n);
    }
  return key;
}

/* Whether it would do in a set-up file. */
static gboolean
check_field (TbClientField field, const char *value, GError **error)
{
  if (value == NULL)
    return TRUE;
  return field == TB_CLIENT_EMAIL ? tb_check_email (value, error) : field != TB_CLIENT_COUNTRY || tb_check_country (value, error);
}

static gboolean
take (TbClient *client, TbClientField field, const TbMirrorClient *theirs, GError **error)
{
  g_autofree char *value = tb_client_field_dup_theirs (field, theirs);

  return check_field (field, value, error) && tb_client_take_theirs (client, field, theirs, error);
}

TbClient *
tb_whmcs_client_from (const TbMirrorClient *theirs, const TbSetup *setup, const char *key, GPtrArray *notes)
{
  TbClient *client = tb_client_new ();

  client->key = g_strdup (key);
  client->whmcs_id = theirs->id;
  for (guint i = 0; i < TB_CLIENT_FIELDS; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (!take (client, (TbClientField) i, theirs, &failure))
        g_ptr_array_add (notes, g_strdup_printf (_("client %s: %s is left out: %s"), key, tb_client_field_to_display ((TbClientField) i),
                                                 failure->message));
    }
  if (client->name == NULL)
    client->name = client->email != NULL ? g_strdup (client->email) : g_strdup (key);
  if (client->currency == TB_CURRENCY_NONE)
    client->currency = tb_setup_get_currency (setup);
  return client;
}

/* ---- decisions ---- */

static gboolean
apply_clients (TbStore *store, GPtrArray *clients /* taken */, GPtrArray *changes, GError **error)
{
  g_autoptr (TbSetup) part = tb_setup_new ();
  g_autoptr (GPtrArray) lines = NULL;

  g_ptr_array_unref (part->clients);
  part->clients = clients;
  if (!tb_setup_store_apply (store, part, FALSE, &lines, NULL, error))
    return FALSE;
  g_ptr_array_extend (changes, lines, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  return TRUE;
}

static TbClient *
find_client (TbWhmcsReview *review, const char *key, GError **error)
{
  TbClient *client = tb_setup_find_client (review->setup, key);

  if (client == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no client “%s”."), key);
  return client;
}

static gboolean
is_meant (const TbReviewDifference *difference, const char *client, guint fields)
{
  return (client == NULL || g_strcmp0 (difference->ours->key, client) == 0)
         && (fields == 0 || (fields & (1u << difference->difference->field)) != 0);
}

static gboolean
refuse_nothing (const char *client, GError **error)
{
  if (client != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("At the last pull there was no such difference of client “%s”."), client);
  else
    g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("At the last pull there was no such difference."));
  return FALSE;
}

static gboolean
take_difference (TbStore *store, TbClient *client, const TbReviewDifference *difference, GError **error)
{
  TbClientField field = difference->difference->field;

  if (!take (client, field, difference->theirs, error))
    {
      g_prefix_error (error, _("client %s: "), client->key);
      return FALSE;
    }
  return tb_remote_review_agree (store, client->id, field, difference->difference->theirs, error)
         && tb_remote_review_drop_choice (store, client->id, field, error);
}

/* Of all clients, one whose value will not do is told and keeps the others from nothing. */
static gboolean
can_go_on (const char *key, GError **failure, GPtrArray *changes, GError **error)
{
  if (key == NULL && g_error_matches (*failure, TB_ERROR, TB_ERROR_INVALID_INPUT))
    {
      g_ptr_array_add (changes, g_strdup_printf (_("%s; it stays as it is"), (*failure)->message));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (failure));
  return FALSE;
}

/* Differences of a client follow one another. */
static gboolean
accept_theirs (TbStore *store, const char *key, guint fields, GPtrArray *changes, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (store, error);
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_free);

  if (review == NULL || (key != NULL && find_client (review, key, error) == NULL))
    return FALSE;
  for (guint i = 0; i < review->differences->len; i++)
    {
      const TbReviewDifference *difference = review->differences->pdata[i];
      g_autoptr (GError) failure = NULL;
      TbClient *last = clients->len > 0 ? clients->pdata[clients->len - 1] : NULL;

      if (!is_meant (difference, key, fields))
        continue;
      if (last == NULL || last->id != difference->ours->id)
        {
          last = tb_client_copy (difference->ours);
          g_ptr_array_add (clients, last);
        }
      if (!take_difference (store, last, difference, &failure) && !can_go_on (key, &failure, changes, error))
        return FALSE;
    }
  return clients->len == 0 ? refuse_nothing (key, error) : apply_clients (store, g_steal_pointer (&clients), changes, error);
}

static gboolean
choose (TbStore *store, const TbReviewDifference *difference, GError **error)
{
  const TbRemoteChoice choice = { difference->ours->id, difference->difference->field, difference->difference->ours,
                                  difference->difference->theirs, tb_clock_now () };

  return tb_remote_review_choose_ours (store, &choice, error);
}

static gboolean
accept_ours (TbStore *store, const char *key, guint fields, GPtrArray *changes, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (store, error);
  guint n = 0;

  if (review == NULL || (key != NULL && find_client (review, key, error) == NULL))
    return FALSE;
  for (guint i = 0; i < review->differences->len; i++)
    {
      const TbReviewDifference *difference = review->differences->pdata[i];
      g_autofree char *text = NULL;

      if (!is_meant (difference, key, fields))
        continue;
      if (!choose (store, difference, error))
        return FALSE;
      text = tb_client_difference_describe (difference->difference, TRUE);
      g_ptr_array_add (changes, g_strdup_printf (_("client %s: %s"), difference->ours->key, text));
      n++;
    }
  return n > 0 || refuse_nothing (key, error);
}

static const TbClientMatch *
find_match (const TbWhmcsReview *review, gint64 whmcs_id, GError **error)
{
  for (guint i = 0; i < review->matches->len; i++)
    if (((TbClientMatch *) review->matches->pdata[i])->theirs->id == whmcs_id)
      return review->matches->pdata[i];
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("At the last pull WHMCS had no client with the id %" PRId64 "."), whmcs_id);
  return NULL;
}

static gboolean
check_free (const TbClientMatch *match, const TbClient *but, GError **error)
{
  if (match->kind != TB_MATCH_LINKED || match->ours == but)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("The client at WHMCS with the id %" PRId64 " is our client “%s” already."),
               match->theirs->id, match->ours->key);
  return FALSE;
}

static gboolean
link_client (TbStore *store, const char *key, gint64 whmcs_id, GPtrArray *changes, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (store, error);
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_free);
  const TbClient *client = review != NULL ? find_client (review, key, error) : NULL;
  const TbClientMatch *match = client != NULL && whmcs_id != 0 ? find_match (review, whmcs_id, error) : NULL;
  TbClient *changed;

  if (client == NULL || (whmcs_id != 0 && (match == NULL || !check_free (match, client, error))))
    return FALSE;
  if (client->whmcs_id != 0 && whmcs_id != 0 && client->whmcs_id != whmcs_id)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                   _("“%s” is the client with the id %" PRId64 " at WHMCS; take that link away first (“whmcs link %s 0”)."), key,
                   client->whmcs_id, key);
      return FALSE;
    }
  changed = tb_client_copy (client);
  changed->whmcs_id = whmcs_id;
  g_ptr_array_add (clients, changed);
  return tb_remote_review_ignore (store, TB_REMOTE_CLIENT, whmcs_id, FALSE, error)
         && apply_clients (store, g_steal_pointer (&clients), changes, error);
}

static gboolean
create_client (TbStore *store, gint64 whmcs_id, const char *key, GPtrArray *changes, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (store, error);
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_free);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  const TbClientMatch *match = review != NULL ? find_match (review, whmcs_id, error) : NULL;
  const TbRemoteRead *read = match != NULL ? tb_remote_reads_get (review->reads, whmcs_id) : NULL;
  g_autofree char *made = NULL;

  if (match == NULL || !check_free (match, NULL, error))
    return FALSE;
  if (read == NULL || read->detailed_at == 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                   _("Of the client with the id %" PRId64 " only the name is known yet; pull with --full first."), whmcs_id);
      return FALSE;
    }
  for (guint i = 0; i < review->setup->clients->len; i++)
    g_hash_table_add (keys, ((TbClient *) review->setup->clients->pdata[i])->key);
  if (key != NULL && g_hash_table_contains (keys, key))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("There is a client “%s” already."), key);
      return FALSE;
    }
  made = key != NULL ? g_strdup (key) : tb_whmcs_make_key (keys, whmcs_id);
  g_ptr_array_add (clients, tb_whmcs_client_from (match->theirs, review->setup, made, changes));
  return tb_remote_review_ignore (store, TB_REMOTE_CLIENT, whmcs_id, FALSE, error)
         && apply_clients (store, g_steal_pointer (&clients), changes, error);
}

static gboolean
ignore_client (TbStore *store, gint64 whmcs_id, gboolean ignore, GPtrArray *changes, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (store, error);
  const TbClientMatch *match = review != NULL ? find_match (review, whmcs_id, error) : NULL;
  g_autofree char *name = match != NULL ? tb_mirror_client_dup_name (match->theirs) : NULL;

  if (match == NULL || (ignore && !check_free (match, NULL, error))
      || !tb_remote_review_ignore (store, TB_REMOTE_CLIENT, whmcs_id, ignore, error))
    return FALSE;
  g_ptr_array_add (changes, g_strdup_printf (ignore ? _("client %" PRId64 " of WHMCS (%s): ignored")
                                                    : _("client %" PRId64 " of WHMCS (%s): not ignored any more"),
                                             whmcs_id, name));
  return TRUE;
}

/* ---- each in one transaction ---- */

gboolean
tb_whmcs_accept_theirs (TbStore *store, const char *client, guint fields, GPtrArray *changes, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, accept_theirs (store, client, fields, changes, error), error);
}

gboolean
tb_whmcs_accept_ours (TbStore *store, const char *client, guint fields, GPtrArray *changes, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, accept_ours (store, client, fields, changes, error), error);
}

gboolean
tb_whmcs_link_client (TbStore *store, const char *client, gint64 whmcs_id, GPtrArray *changes, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, link_client (store, client, whmcs_id, changes, error), error);
}

gboolean
tb_whmcs_create_client (TbStore *store, gint64 whmcs_id, const char *key, GPtrArray *changes, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, create_client (store, whmcs_id, key, changes, error), error);
}

gboolean
tb_whmcs_ignore_client (TbStore *store, gint64 whmcs_id, gboolean ignore, GPtrArray *changes, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, ignore_client (store, whmcs_id, ignore, changes, error), error);
}
