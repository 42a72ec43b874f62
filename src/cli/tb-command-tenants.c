/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-found-tenants.h"
#include "tb-pbx.h"
#include "tb-sync.h"
#include "tb-triage.h"
#include "tb-wait.h"

/* ---- what there is ---- */

/* What the PBX tells when --ask is given; NULL without an error when it cannot tell: then its calls do. */
static GPtrArray *
ask (TbRun *run, const char *connection, GError **error)
{
  GError *failure = NULL;
  GPtrArray *told;
  TbWait wait;

  if (!tb_run_has (run, "ask"))
    return NULL;
  tb_wait_begin (&wait);
  tb_sync_list_tenants_async (run->session, connection, tb_job_get_cancellable (run->job), tb_wait_done, &wait);
  told = tb_sync_list_tenants_finish (run->session, tb_wait_run (&wait), &failure);
  tb_wait_end (&wait);
  if (g_error_matches (failure, TB_ERROR, TB_ERROR_UNSUPPORTED))
    g_clear_error (&failure);
  else if (failure != NULL)
    g_propagate_prefixed_error (error, failure, "%s: ", connection);
  return told;
}

/* What the stored calls and the PBX show of one connection, narrowed to the tenants named. */
static GPtrArray *
find (TbRun *run, const char *connection, GPtrArray *told, char **tenants, GError **error)
{
  g_autoptr (TbConnectionState) known = tb_connection_store_get_state (run->store, connection, error);
  g_autoptr (GPtrArray) found = known != NULL ? tb_found_list (run->store, connection, told, run->job, error) : NULL;

  if (found == NULL)
    return NULL;
  for (guint i = found->len; *tenants != NULL && i-- > 0;)
    if (!g_strv_contains ((const char *const *) tenants, ((TbFound *) found->pdata[i])->tenant))
      g_ptr_array_remove_index (found, i);
  return g_steal_pointer (&found);
}

/* ---- list ---- */

static void
say_found (TbRun *run, const TbFound *found, gboolean claimed)
{
  TbOutput *out = run->out;

  tb_output_row (out);
  tb_output_text (out, "connection", _("Connection"), found->connection);
  tb_output_text (out, "tenant", _("Tenant"), found->tenant);
  tb_output_text (out, "extension", _("Extension"), found->extension);
  tb_output_text (out, "did", _("Number"), found->did);
  tb_output_int (out, "calls", _("Calls"), (gint64) found->calls);
  tb_output_text (out, "client", _("Client"), found->client);
  if (tb_run_has (run, "ask"))
    {
      tb_output_text (out, "title", _("Title"), found->title);
      tb_output_bool (out, "assigned", _("Assigned"), claimed);
    }
  tb_output_end (out);
}

/* What nobody has comes first. A PBX that does not answer is told, and what the books know is listed all the same. */
static gboolean
list_of (TbRun *run, const char *connection, GError **error)
{
  char *all[] = { NULL };
  GError *silent = NULL;
  g_autoptr (GPtrArray) told = ask (run, connection, &silent);
  g_autoptr (GPtrArray) found = find (run, connection, told, all, error), claimed = NULL;

  if (found == NULL)
    {
      g_clear_error (&silent);
      return FALSE;
    }
  if (silent != NULL)
    tb_run_fail (run, silent);
  for (guint i = 0; i < found->len; i++)
    say_found (run, found->pdata[i], FALSE);
  claimed = told != NULL ? tb_found_list_claimed (tb_run_get_setup (run, NULL), connection, told) : NULL;
  for (guint i = 0; claimed != NULL && i < claimed->len; i++)
    say_found (run, claimed->pdata[i], TRUE);
  return TRUE;
}

static gboolean
list (TbRun *run, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);

  if (setup == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  if (run->arguments[0] != NULL)
    return list_of (run, run->arguments[0], error);
  for (guint i = 0; i < setup->connections->len; i++)
    if (!list_of (run, ((TbConnection *) setup->connections->pdata[i])->name, error))
      return FALSE;
  return TRUE;
}

/* ---- assign ---- */

static GPtrArray *
list_repairs (TbRun *run, GPtrArray *found, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);
  const char *package = tb_run_get (run, "package"), *client = tb_run_get (run, "client");
  g_autoptr (GPtrArray) repairs = NULL;

  if (setup == NULL || !tb_run_check_client (run, client, error))
    return NULL;
  if (tb_setup_find_package (setup, package) == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no package “%s”."), package);
      return NULL;
    }
  repairs = tb_found_assign (setup, found, client, package);
  if (repairs->len > 0)
    return g_steal_pointer (&repairs);
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is nothing on “%s” to be assigned: it has its services, or no client is like it and --client names none."),
               run->arguments[0]);
  return NULL;
}

static void
say_repairs (TbOutput *out, GPtrArray *repairs)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < repairs->len; i++)
    g_ptr_array_add (texts, tb_repair_describe (repairs->pdata[i]));
  tb_output_strv (out, "services", _("Services"), texts);
}

static gboolean
assign (TbRun *run, GError **error)
{
  gboolean dry_run = tb_run_has (run, "dry-run");
  g_autoptr (GPtrArray) told = NULL, found = NULL, repairs = NULL;
  g_autoptr (TbRepairResult) result = NULL;
  GError *silent = NULL;

  if (tb_run_get (run, "package") == NULL)
    return tb_run_misuse (error, _("“%s” needs --package."), run->command->name);
  told = ask (run, run->arguments[0], &silent);
  if (silent != NULL)
    {
      g_propagate_error (error, silent);
      return FALSE;
    }
  found = find (run, run->arguments[0], told, run->arguments + 1, error);
  repairs = found != NULL ? list_repairs (run, found, error) : NULL;
  if (repairs == NULL)
    return FALSE;
  result = dry_run ? tb_repairs_preview (run->store, repairs, 0, 0, run->job, error) : tb_repairs_apply (run->store, repairs, 0, 0, run->job, error);
  if (result == NULL)
    return FALSE;
  say_repairs (run->out, repairs);
  tb_output_bool (run->out, "dry_run", _("Dry run"), dry_run);
  tb_output_int (run->out, "calls", _("Calls mended"), (gint64) result->calls);
  tb_output_int (run->out, "priced", _("With a price now"), (gint64) result->priced);
  tb_output_moneys (run->out, "charges", _("Charges"), result->money);
  tb_output_int (run->out, "remaining", _("Still without a price"), (gint64) result->remaining);
  tb_output_strv (run->out, "changes", _("Changes"), result->changes);
  return TRUE;
}

#define OPTION_ASK { "ask", 0, NULL, N_("also asks the PBX for its tenants, where its kind can tell them") }

static const TbOption list_options[] = { OPTION_ASK, { NULL } };
static const TbOption assign_options[] = {
  { "package", 0, N_("NAME"), N_("what the new services are sold by") },
  { "client", 0, N_("ID"), N_("who gets them; else whom the name suggests, and none where it suggests nobody") },
  OPTION_ASK,
  TB_OPTION_DRY_RUN,
  { NULL },
};

const TbCommand tb_commands_tenants[] = {
  { "tenants list", N_("[CONNECTION]"), 0, 1, TB_BOOKS_OPEN, list_options, list, N_("lists tenants, extensions and numbers whose calls no service claims") },
  { "tenants assign", N_("CONNECTION [TENANT…]"), 1, G_MAXUINT, TB_BOOKS_OPEN, assign_options, assign,
    N_("gives them to clients, all in one transaction, and rates their calls") },
  { NULL },
};
