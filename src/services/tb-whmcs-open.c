/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-secret.h"
#include "tb-setup-store.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-report.h"
#include "tb-whmcs.h"

/* ---- the WHMCS of the books ---- */

TbWhmcs *
tb_whmcs_open (TbStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);

  return setup != NULL ? tb_whmcs_open_setup (setup, cancellable, error) : NULL;
}

TbWhmcs *
tb_whmcs_open_setup (const TbSetup *setup, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  TbWhmcs *whmcs = NULL;
  char *secret, *access_key;

  if (setup->whmcs == NULL || setup->whmcs->url == NULL)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_NOT_FOUND,
                           _("These books know no WHMCS; its address belongs into the set-up, under “whmcs”."));
      return NULL;
    }
  secret = tb_secret_lookup ("whmcs", cancellable, &failure);
  access_key = failure == NULL ? tb_secret_lookup ("whmcs access key", cancellable, &failure) : NULL;
  if (failure == NULL)
    {
      const TbWhmcsLogin login = { setup->whmcs->url, setup->whmcs->identifier, setup->whmcs->user, secret, access_key };

      whmcs = tb_whmcs_new (&login, &failure);
    }
  tb_secret_free (secret);
  tb_secret_free (access_key);
  if (whmcs == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return whmcs;
}

TbPushResult *
tb_whmcs_push_books (TbStore *store, const char *client, TbJob *job, GError **error)
{
  g_autoptr (TbWhmcs) whmcs = tb_whmcs_open (store, job != NULL ? tb_job_get_cancellable (job) : NULL, error);
  g_autofree char *holder = g_uuid_string_random ();
  g_autofree TbPushClock *clock = NULL;
  TbPushTerms terms = { .store = store, .client = client, .holder = holder, .host = g_get_host_name () };
  TbPushResult *result;

  if (whmcs == NULL)
    return NULL;
  tb_whmcs_set_job (whmcs, job, 0, 1);
  clock = tb_push_clock_new ();
  terms.clock = clock;
  terms.port = tb_whmcs_port_new (whmcs);
  result = tb_whmcs_push (&terms, job, error);
  tb_whmcs_port_free (terms.port);
  return result;
}

GPtrArray *
tb_whmcs_report_books (TbStore *store, TbJob *job, GError **error)
{
  g_autoptr (TbWhmcs) whmcs = tb_whmcs_open (store, job != NULL ? tb_job_get_cancellable (job) : NULL, error);
  TbWhmcsPort *port;
  GPtrArray *rows;

  if (whmcs == NULL)
    return NULL;
  tb_whmcs_set_job (whmcs, job, 0, 1);
  port = tb_whmcs_port_new (whmcs);
  rows = tb_whmcs_report_new (store, port, error);
  tb_whmcs_port_free (port);
  return rows;
}
