/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-test.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-system.h"

static const char *const answers[] = { "allowed", "forbidden", "unknown", "not-asked" };

const char *
tb_action_answer_to_string (TbActionAnswer self)
{
  return answers[self];
}

/* Asked as cheaply as may be; an id of 0 is nobody's. */
static const struct
{
  const char *action, *use;
  gboolean changes;
  const char *fields[4]; /* names and values */
} actions[] = {
  { "GetCurrencies", N_ ("currencies and rates"), FALSE, { NULL } },
  { "GetPaymentMethods", N_ ("payment methods"), FALSE, { NULL } },
  { "GetProducts", N_ ("products"), FALSE, { "pid", "0" } },
  { "GetClients", N_ ("clients"), FALSE, { "limitnum", "1" } },
  { "GetClientsDetails", N_ ("clients’ addresses, currencies and credit"), FALSE, { "clientid", "0" } },
  { "GetClientsProducts", N_ ("services"), FALSE, { "limitnum", "1" } },
  { "GetInvoices", N_ ("invoices"), FALSE, { "limitnum", "1" } },
  { "GetInvoice", N_ ("what was posted, and what was paid"), FALSE, { "invoiceid", "0" } },
  { "GetTransactions", N_ ("payments"), FALSE, { "invoiceid", "0", "transid", "-" } },
  { "GetCredits", N_ ("credit"), FALSE, { "clientid", "0" } },
  { "CreateInvoice", N_ ("posting invoices"), TRUE, { "userid", "0", "draft", "1" } },
  { "UpdateInvoice", N_ ("posting invoices"), TRUE, { "invoiceid", "0" } },
  { "AddCredit", N_ ("posting credit"), TRUE, { "clientid", "0", "amount", "0.00" } },
  { "ApplyCredit", N_ ("paying from credit"), TRUE, { "invoiceid", "0", "amount", "0.00" } },
  { "UpdateClient", N_ ("changed clients"), TRUE, { "clientid", "0" } },
  { "AddClient", N_ ("new clients"), TRUE, { NULL } },
  { "LogActivity", N_ ("a line for the staff"), TRUE, { NULL } },
};

/* Without a field that it needs, an action that is allowed says so; these two would do something without any. */
static gboolean
can_be_tried (guint i, gboolean changes)
{
  return !actions[i].changes || (changes && actions[i].fields[0] != NULL);
}

static void
action_free (TbActionTest *self)
{
  g_free (self->message);
  g_free (self);
}

void
tb_whmcs_test_free (TbWhmcsTest *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_free (self->admin);
  g_free (self->permissions);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_free (self);
}

static TbActionAnswer
judge (const GError *failure)
{
  if (g_error_matches (failure, TB_ERROR, TB_ERROR_AUTH))
    return TB_ACTION_FORBIDDEN;
  return g_error_matches (failure, TB_ERROR, TB_ERROR_UNSUPPORTED) ? TB_ACTION_UNKNOWN : TB_ACTION_ALLOWED;
}

/* A refusal for any other reason than permission means that the action looked at what it was told. */
static gboolean
is_answer (const GError *failure)
{
  return !g_error_matches (failure, TB_ERROR, TB_ERROR_NETWORK) && !g_error_matches (failure, TB_ERROR, TB_ERROR_TIMEOUT)
         && !g_error_matches (failure, TB_ERROR, TB_ERROR_CANCELLED);
}

static gboolean
try_action (TbWhmcs *whmcs, guint i, TbActionTest *test, GError **error)
{
  TbWhmcsForm *form = tb_whmcs_form_new (actions[i].action);
  g_autoptr (TbWhmcsReply) reply = NULL;
  g_autoptr (GError) failure = NULL;

  for (guint j = 0; j + 1 < G_N_ELEMENTS (actions[i].fields) && actions[i].fields[j] != NULL; j += 2)
    tb_whmcs_form_add_text (form, actions[i].fields[j], actions[i].fields[j + 1]);
  reply = tb_whmcs_ask (whmcs, form, &failure);
  if (reply == NULL && (tb_whmcs_is_stopped (whmcs) || !is_answer (failure)))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  test->answer = reply != NULL ? TB_ACTION_ALLOWED : judge (failure);
  if (test->answer != TB_ACTION_ALLOWED)
    test->message = g_strdup (failure->message);
  return TRUE;
}

static gboolean
try_actions (TbWhmcs *whmcs, gboolean changes, TbWhmcsTest *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      TbActionTest *test = g_new (TbActionTest, 1);

      *test = (TbActionTest){ actions[i].action, _(actions[i].use), actions[i].changes, TB_ACTION_NOT_ASKED, NULL };
      g_ptr_array_add (self->actions, test);
      if (can_be_tried (i, changes) && !try_action (whmcs, i, test, error))
        return FALSE;
      self->n_missing += test->answer == TB_ACTION_FORBIDDEN || test->answer == TB_ACTION_UNKNOWN;
    }
  return TRUE;
}

static char *
filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

TbWhmcsTest *
tb_whmcs_test (TbWhmcs *whmcs, gboolean changes, GError **error)
{
  g_autoptr (TbWhmcsAbout) about = tb_whmcs_get_about (whmcs, error);
  g_autoptr (TbWhmcsAbout) admin = about != NULL && *about->permissions == '\0' ? tb_whmcs_get_admin (whmcs, NULL) : NULL;
  g_autoptr (TbWhmcsTest) self = NULL;

  if (about == NULL)
    return NULL;
  self = g_new0 (TbWhmcsTest, 1);
  self->version = filled (about->version);
  self->admin = filled (admin != NULL ? admin->admin : about->admin);
  self->permissions = filled (admin != NULL ? admin->permissions : about->permissions);
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) action_free);
  return try_actions (whmcs, changes, self, error) ? g_steal_pointer (&self) : NULL;
}

TbWhmcsTest *
tb_whmcs_test_books (TbStore *store, TbJob *job, GError **error)
{
  g_autoptr (TbWhmcs) whmcs = tb_whmcs_open (store, job != NULL ? tb_job_get_cancellable (job) : NULL, error);

  if (whmcs == NULL)
    return NULL;
  tb_whmcs_set_job (whmcs, job, 0, 1);
  return tb_whmcs_test (whmcs, FALSE, error);
}
