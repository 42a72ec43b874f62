/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-remote-store.h"
#include "tb-whmcs-review.h"
#include "tb-whmcs-services.h"

/* What the last pull read of clients and services, beside what is here, and what was decided of it. */

/* ---- helpers ---- */

static gboolean
get_id (const char *text, gint64 *ret, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return tb_run_misuse (error, _("“%s” is not an id of WHMCS."), text);
  *ret = (gint64) value;
  return TRUE;
}

static void
say_strv (TbOutput *out, const char *key, const char *title, char **texts)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_ptr_array_add (list, texts[i]);
  tb_output_strv (out, key, title, list);
}

static void
say_figure (TbOutput *out, const char *key, const char *title, gint64 id)
{
  g_autofree char *text = id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;

  tb_output_figure (out, key, title, text, TRUE);
}

static void
say_changes (TbRun *run, GPtrArray *changes)
{
  tb_output_strv (run->out, "changes", _("Changes"), changes);
}

/* ---- differences ---- */

static void
say_difference (TbOutput *out, const TbWhmcsReview *review, const TbReviewDifference *row)
{
  const TbClientDifference *difference = row->difference;
  const TbRemoteRead *read = tb_remote_reads_get (review->reads, row->theirs->id);

  tb_output_row (out);
  tb_output_text (out, "client", _("Client"), row->ours->key);
  tb_output_text (out, "name", _("Name"), row->ours->name);
  tb_output_int (out, "whmcs_id", _("WHMCS id"), row->theirs->id);
  tb_output_text (out, "field", _("Field"), tb_client_field_to_string (difference->field));
  tb_output_text (out, "ours", _("Here"), difference->ours);
  tb_output_text (out, "theirs", _("At WHMCS"), difference->theirs);
  tb_output_text (out, "newer", _("Newer"), tb_newer_to_string (difference->newer));
  tb_output_text (out, "state", _("State"), row->chosen ? "ours" : "waiting");
  tb_output_time (out, "read", _("Read"), read != NULL ? read->detailed_at : TB_TIME_NONE);
  tb_output_end (out);
}

static gboolean
differences (TbRun *run, GError **error)
{
  const char *client = tb_run_get (run, "client");
  g_autoptr (TbWhmcsReview) review = tb_run_check_client (run, client, error) ? tb_whmcs_review_new (run->store, error) : NULL;

  if (review == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < review->differences->len; i++)
    {
      const TbReviewDifference *row = review->differences->pdata[i];

      if (client == NULL || g_strcmp0 (row->ours->key, client) == 0)
        say_difference (run->out, review, row);
    }
  return TRUE;
}

/* ---- decisions ---- */

/* CLIENT [FIELD…], or --all. */
static gboolean
accept (TbRun *run, gboolean (*func) (TbStore *store, const char *client, guint fields, GPtrArray *changes, GError **error), GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  const char *client = run->arguments[0];
  guint fields = 0;

  if ((client == NULL) != tb_run_has (run, "all"))
    return tb_run_misuse (error, _("Name a client, or say --all."));
  for (char **name = client != NULL ? run->arguments + 1 : run->arguments; *name != NULL; name++)
    {
      g_autoptr (GError) wrong = NULL;
      TbClientField field;

      if (!tb_client_field_parse (*name, &field, &wrong))
        return tb_run_misuse (error, "%s", wrong->message);
      fields |= 1u << field;
    }
  if (!func (run->store, client, fields, changes, error))
    return FALSE;
  say_changes (run, changes);
  return TRUE;
}

static gboolean
accept_theirs (TbRun *run, GError **error)
{
  return accept (run, tb_whmcs_accept_theirs, error);
}

static gboolean
accept_ours (TbRun *run, GError **error)
{
  return accept (run, tb_whmcs_accept_ours, error);
}

static gboolean
link_client (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  gint64 id;

  if (!get_id (run->arguments[1], &id, error) || !tb_whmcs_link_client (run->store, run->arguments[0], id, changes, error))
    return FALSE;
  say_changes (run, changes);
  return TRUE;
}

/* All that are named, or none. */
static gboolean
for_each_id (TbRun *run, gboolean (*func) (TbRun *run, gint64 id, GPtrArray *changes, GError **error), GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  gboolean ok = TRUE;

  if (!tb_store_begin (run->store, error))
    return FALSE;
  for (char **text = run->arguments; ok && *text != NULL; text++)
    {
      gint64 id;

      ok = get_id (*text, &id, error) && func (run, id, changes, error);
    }
  if (!tb_store_leave (run->store, TRUE, ok, error))
    return FALSE;
  say_changes (run, changes);
  return TRUE;
}

static gboolean
create_one (TbRun *run, gint64 id, GPtrArray *changes, GError **error)
{
  return tb_whmcs_create_client (run->store, id, NULL, changes, error);
}

static gboolean
create (TbRun *run, GError **error)
{
  return for_each_id (run, create_one, error);
}

static gboolean
ignore_one (TbRun *run, gint64 id, GPtrArray *changes, GError **error)
{
  return tb_run_has (run, "service") ? tb_whmcs_ignore_service (run->store, id, !tb_run_has (run, "undo"), error)
                                     : tb_whmcs_ignore_client (run->store, id, !tb_run_has (run, "undo"), changes, error);
}

static gboolean
ignore (TbRun *run, GError **error)
{
  return for_each_id (run, ignore_one, error);
}

static gboolean
assign_one (TbRun *run, gint64 id, GPtrArray *changes, GError **error)
{
  return tb_whmcs_assign_service (run->store, id, tb_run_get (run, "package"), tb_run_get (run, "connection"), changes, error);
}

static gboolean
assign (TbRun *run, GError **error)
{
  if (tb_run_get (run, "package") == NULL)
    return tb_run_misuse (error, _("“%s” needs --package."), run->command->name);
  return for_each_id (run, assign_one, error);
}

/* ---- lists ---- */

static void
say_client (TbOutput *out, const TbWhmcsReview *review, const TbClientMatch *match)
{
  const TbMirrorClient *theirs = match->theirs;
  const TbRemoteRead *read = tb_remote_reads_get (review->reads, theirs->id);
  g_autofree char *name = tb_mirror_client_dup_name (theirs), *credit = tb_decimal_format (theirs->credit, TB_AMOUNT_SCALE, 2);
  g_autoptr (GPtrArray) alike = g_ptr_array_new ();
  gboolean detailed = read != NULL && read->detailed_at != 0;

  for (guint i = 0; i < match->alike->len; i++)
    g_ptr_array_add (alike, ((TbClient *) match->alike->pdata[i])->key);
  tb_output_row (out);
  tb_output_int (out, "whmcs_id", _("WHMCS id"), theirs->id);
  tb_output_text (out, "name", _("Name"), name);
  tb_output_text (out, "email", _("Mail"), theirs->email);
  tb_output_text (out, "status", _("Status"), theirs->status);
  tb_output_text (out, "currency", _("Currency"), theirs->currency);
  tb_output_text (out, "country", _("Country"), theirs->country);
  tb_output_figure (out, "credit", _("Credit"), detailed ? credit : NULL, FALSE);
  tb_output_text (out, "state", _("State"), tb_whmcs_review_get_state (review, match));
  tb_output_text (out, "client", _("Client"), match->ours != NULL ? match->ours->key : NULL);
  tb_output_strv (out, "alike", _("May be"), alike);
  tb_output_time (out, "read", _("Read"), read != NULL ? read->read_at : TB_TIME_NONE);
  tb_output_end (out);
}

static gboolean
clients (TbRun *run, GError **error)
{
  const char *state = tb_run_get (run, "state");
  g_autoptr (TbWhmcsReview) review = tb_whmcs_review_new (run->store, error);

  if (review == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < review->matches->len; i++)
    if (state == NULL || g_strcmp0 (state, tb_whmcs_review_get_state (review, review->matches->pdata[i])) == 0)
      say_client (run->out, review, review->matches->pdata[i]);
  return TRUE;
}

static void
say_service (TbOutput *out, const TbTheirService *item)
{
  const TbMirrorService *theirs = item->theirs;

  tb_output_row (out);
  tb_output_int (out, "whmcs_id", _("WHMCS id"), theirs->id);
  say_figure (out, "whmcs_client", _("Client there"), theirs->client);
  tb_output_text (out, "client", _("Client"), item->client != NULL ? item->client->key : NULL);
  tb_output_text (out, "product", _("Product"), item->product != NULL ? item->product->name : theirs->name);
  tb_output_text (out, "module", _("Module"), item->product != NULL ? item->product->module : NULL);
  tb_output_text (out, "status", _("Status"), theirs->status);
  tb_output_text (out, "domain", _("Domain"), theirs->domain);
  tb_output_text (out, "tenant", _("Tenant"), item->voip != NULL ? item->voip->tenant : NULL);
  say_strv (out, "dids", _("Numbers"), item->voip != NULL ? item->voip->dids : NULL);
  say_strv (out, "extensions", _("Extensions"), item->voip != NULL ? item->voip->extensions : NULL);
  tb_output_text (out, "connection", _("Connection"), item->connection);
  tb_output_day (out, "next_due", _("Next due"), theirs->next_due);
  tb_output_text (out, "state", _("State"), tb_their_service_state_to_string (item->state));
  tb_output_text (out, "service", _("Service"), item->service != NULL ? item->service->key : NULL);
  tb_output_end (out);
}

static gboolean
services (TbRun *run, GError **error)
{
  g_autoptr (TbTheirServices) all = tb_their_services_new (run->store, error);

  if (all == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < all->items->len; i++)
    if (tb_run_has (run, "all") || ((TbTheirService *) all->items->pdata[i])->state != TB_THEIR_SERVICE_OTHER)
      say_service (run->out, all->items->pdata[i]);
  return TRUE;
}

static const TbOption differences_options[] = { TB_OPTION_CLIENT, { NULL } };
static const TbOption accept_options[] = { { "all", 0, NULL, N_("of all clients") }, { NULL } };
static const TbOption ignore_options[] = {
  { "service", 0, NULL, N_("the ids are of services, not of clients") },
  { "undo", 0, NULL, N_("do not ignore them any more") },
  { NULL },
};
static const TbOption clients_options[]
    = { { "state", 0, N_("STATE"), N_("only those that are linked, sure, maybe, new, closed or ignored") }, { NULL } };
static const TbOption services_options[] = { { "all", 0, NULL, N_("also those that are on no PBX") }, { NULL } };
static const TbOption assign_options[] = {
  { "package", 0, N_("NAME"), N_("what the new services are sold by") },
  { "connection", 0, N_("NAME"), N_("where their tenants are; else as far as it is known") },
  { NULL },
};

const TbCommand tb_commands_whmcs_review[] = {
  { "whmcs differences", NULL, 0, 0, TB_BOOKS_OPEN, differences_options, differences,
    N_("lists what WHMCS and these books say differently of a client") },
  { "whmcs accept theirs", N_("[CLIENT [FIELD…]]"), 0, G_MAXUINT, TB_BOOKS_OPEN, accept_options, accept_theirs,
    N_("takes over what WHMCS says of a client") },
  { "whmcs accept ours", N_("[CLIENT [FIELD…]]"), 0, G_MAXUINT, TB_BOOKS_OPEN, accept_options, accept_ours,
    N_("lets stand what these books say of a client") },
  { "whmcs link", N_("CLIENT WHMCS_ID"), 2, 2, TB_BOOKS_OPEN, NULL, link_client,
    N_("says which client of WHMCS a client here is; 0 = none") },
  { "whmcs create", N_("WHMCS_ID…"), 1, G_MAXUINT, TB_BOOKS_OPEN, NULL, create, N_("makes clients here of clients of WHMCS") },
  { "whmcs ignore", N_("WHMCS_ID…"), 1, G_MAXUINT, TB_BOOKS_OPEN, ignore_options, ignore,
    N_("says that clients of WHMCS are no business of these books") },
  { "whmcs assign", N_("WHMCS_ID…"), 1, G_MAXUINT, TB_BOOKS_OPEN, assign_options, assign,
    N_("makes services here of services of WHMCS") },
  { "whmcs clients", NULL, 0, 0, TB_BOOKS_OPEN, clients_options, clients, N_("lists clients of WHMCS and who they are here") },
  { "whmcs services", NULL, 0, 0, TB_BOOKS_OPEN, services_options, services,
    N_("lists services of WHMCS that are on a PBX, and what they are here") },
  { NULL },
};
