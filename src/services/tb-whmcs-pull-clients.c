/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-remote-review-store.h"
#include "tb-setup-store.h"
#include "tb-whmcs-clients.h"
#include "tb-whmcs-mirror.h"
#include "tb-whmcs-pull-private.h"
#include "tb-whmcs-review.h"

/* So many details are committed together. */
#define BATCH 25
/* Of the pull's progress. */
#define DETAILS_FROM 0.1
#define DETAILS_TO 0.8

/* ---- the list ---- */

static gboolean
read_list (TbPull *self, GError **error)
{
  g_autoptr (GPtrArray) theirs = tb_whmcs_list_clients (self->whmcs, error);
  g_autoptr (GPtrArray) values = theirs != NULL ? tb_mirror_of_list (&tb_mirror_client_noun, theirs, tb_mirror_of_client) : NULL;
  TbRemoteCounts *counts = &self->result->clients;

  return values != NULL && tb_pull_save (self, &tb_mirror_client_noun, TB_REMOTE_LISTED, values, counts, error)
         && tb_remote_store_sweep (self->store, &tb_mirror_client_noun, 0, self->pull->id, tb_pull_now (self), counts, error);
}

/* ---- who is whom ---- */

static gboolean
apply (TbPull *self, GPtrArray *clients /* taken */, GPtrArray *keys, GError **error)
{
  g_autoptr (TbSetup) part = tb_setup_new ();

  g_ptr_array_unref (part->clients);
  part->clients = clients;
  if (clients->len > 0 && !tb_setup_store_apply (self->store, part, FALSE, NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < clients->len; i++)
    g_ptr_array_add (keys, g_strdup (((TbClient *) clients->pdata[i])->key));
  return TRUE;
}

/* Two that have the same e-mail address and no twin on either side are one. */
static gboolean
link_sure (TbPull *self, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (self->store, error);
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_free);

  for (guint i = 0; review != NULL && i < review->matches->len; i++)
    {
      const TbClientMatch *match = review->matches->pdata[i];
      TbClient *client;

      if (match->kind != TB_MATCH_SURE || tb_whmcs_review_is_ignored (review, match->theirs->id))
        continue;
      client = tb_client_copy (match->ours);
      client->whmcs_id = match->theirs->id;
      g_ptr_array_add (clients, client);
    }
  return review != NULL && apply (self, g_steal_pointer (&clients), self->result->linked, error);
}

/* ---- details ---- */

/* What was read in this pull already, before it was cut short, is not read again. */
static gboolean
is_wanted (const TbPull *self, const TbWhmcsReview *review, const TbClientMatch *match)
{
  const TbRemoteRead *read = tb_remote_reads_get (review->reads, match->theirs->id);

  if (read->detailed_at >= self->pull->began)
    return FALSE;
  if (self->pull->whole || match->kind == TB_MATCH_LINKED)
    return TRUE;
  return !tb_mirror_client_is_closed (match->theirs) && (read->detailed_at == 0 || read->changed_at > read->detailed_at);
}

/* Of TbMirrorClient, borrowed, as the list has them. */
static GPtrArray *
list_wanted (const TbPull *self, const TbWhmcsReview *review)
{
  GPtrArray *wanted = g_ptr_array_new ();

  for (guint i = 0; i < review->matches->len; i++)
    {
      const TbClientMatch *match = review->matches->pdata[i];

      if (is_wanted (self, review, match))
        g_ptr_array_add (wanted, (gpointer) match->theirs);
    }
  return wanted;
}

/* When a client was made only the list says. */
static TbMirrorClient *
whole_of (const TbWhmcsClient *theirs, const TbMirrorClient *listed)
{
  TbMirrorClient *client = tb_mirror_of_client (theirs);

  if (client->created == TB_DAY_NONE)
    client->created = listed->created;
  return client;
}

/* One that was deleted since the list was read is no reason to stop. */
static gboolean
read_one (TbPull *self, const TbMirrorClient *listed, GPtrArray *batch, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (TbWhmcsClient) theirs = tb_whmcs_get_client (self->whmcs, listed->id, &failure);

  if (theirs != NULL)
    g_ptr_array_add (batch, whole_of (theirs, listed));
  else if (!g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->result->details += theirs != NULL;
  return TRUE;
}

static void
report (TbPull *self, guint done, guint all)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u of %u client", "%u of %u clients", all), done, all);

  tb_job_report (self->job, DETAILS_FROM + (DETAILS_TO - DETAILS_FROM) * done / MAX (all, 1), text);
}

static gboolean
save_batch (TbPull *self, GPtrArray *batch, GError **error)
{
  TbRemoteCounts counts = { 0 };
  gboolean ok = tb_pull_save (self, &tb_mirror_client_noun, TB_REMOTE_WHOLE, batch, &counts, error);

  g_ptr_array_set_size (batch, 0);
  return ok;
}

/* What came before a failure is kept. */
static gboolean
read_details (TbPull *self, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (self->store, error);
  g_autoptr (GPtrArray) wanted = review != NULL ? list_wanted (self, review) : NULL;
  g_autoptr (GPtrArray) batch = tb_mirror_values_new (&tb_mirror_client_noun);
  gboolean ok = wanted != NULL;

  tb_whmcs_set_job (self->whmcs, self->job, DETAILS_FROM, DETAILS_FROM);
  for (guint i = 0; ok && i < wanted->len; i++)
    {
      ok = read_one (self, wanted->pdata[i], batch, error);
      report (self, i + 1, wanted->len);
      if (ok && batch->len == BATCH)
        ok = save_batch (self, batch, error);
    }
  if (ok)
    return save_batch (self, batch, error);
  if (batch->len > 0)
    {
      tb_db_set_cancellable (tb_store_get_db (self->store), NULL);
      save_batch (self, batch, NULL);
    }
  return FALSE;
}

/* ---- new ones here ---- */

static gboolean
is_new_here (const TbWhmcsReview *review, const TbClientMatch *match)
{
  const TbRemoteRead *read = tb_remote_reads_get (review->reads, match->theirs->id);

  return read->detailed_at != 0 && g_strcmp0 (tb_whmcs_review_get_state (review, match), "new") == 0;
}

static gboolean
create_new (TbPull *self, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (self->store, error);
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_free);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  if (review == NULL)
    return FALSE;
  for (guint i = 0; i < review->setup->clients->len; i++)
    g_hash_table_add (keys, ((TbClient *) review->setup->clients->pdata[i])->key);
  for (guint i = 0; i < review->matches->len; i++)
    {
      const TbClientMatch *match = review->matches->pdata[i];
      g_autofree char *key = is_new_here (review, match) ? tb_whmcs_make_key (keys, match->theirs->id) : NULL;

      if (key == NULL)
        continue;
      g_ptr_array_add (clients, tb_whmcs_client_from (match->theirs, review->setup, key, self->result->notes));
      g_hash_table_add (keys, ((TbClient *) clients->pdata[clients->len - 1])->key);
    }
  return apply (self, g_steal_pointer (&clients), self->result->created, error);
}

gboolean
tb_pull_clients (TbPull *self, GError **error)
{
  return read_list (self, error) && link_sure (self, error) && read_details (self, error) && create_new (self, error);
}

/* ---- what both sides say alike ---- */

static gboolean
agree_field (
    TbPull *self, const TbWhmcsReview *review, const TbClientMatch *match, TbClientField field, const TbAgreed *known, GError **error)
{
  g_autofree char *ours = tb_client_field_dup_ours (field, match->ours, tb_setup_get_currency (review->setup));
  g_autofree char *theirs = tb_client_field_dup_theirs (field, match->theirs);

  if (!tb_client_field_is_same (field, ours, theirs) || (known != NULL && known[field].known && g_strcmp0 (known[field].value, ours) == 0))
    return TRUE;
  return tb_remote_review_agree (self->store, match->ours->id, field, ours, error)
         && tb_remote_review_drop_choice (self->store, match->ours->id, field, error);
}

static gboolean
agree (TbPull *self, GError **error)
{
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (self->store, error);
  g_autoptr (GHashTable) agreed = review != NULL ? tb_remote_review_list_agreed (self->store, error) : NULL;

  for (guint i = 0; agreed != NULL && i < review->matches->len; i++)
    {
      const TbClientMatch *match = review->matches->pdata[i];
      const TbRemoteRead *read = tb_remote_reads_get (review->reads, match->theirs->id);
      const TbAgreed *known = match->ours != NULL ? g_hash_table_lookup (agreed, GUINT_TO_POINTER (match->ours->id)) : NULL;

      for (guint j = 0; match->kind == TB_MATCH_LINKED && read->detailed_at != 0 && j < TB_CLIENT_FIELDS; j++)
        if (!agree_field (self, review, match, (TbClientField) j, known, error))
          return FALSE;
    }
  return agreed != NULL;
}

gboolean
tb_pull_agree (TbPull *self, GError **error)
{
  gboolean own;

  return tb_store_join (self->store, &own, error) && tb_store_leave (self->store, own, agree (self, error), error);
}
