/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-http.h"
#include "tb-secret.h"
#include "tb-whmcs-http.h"
#include "tb-whmcs-talk.h"

#define READ_TIMEOUT 60
#define CHANGE_TIMEOUT 120 /* mails, hooks and modules run before the answer */
#define ATTEMPTS 4
#define WAIT_MAX 120       /* seconds a server may ask to wait within a call, in all */

struct _TbWhmcs
{
  char *host;
  char *secrets[4]; /* never in a message: as given, as sent, the access key; "" = none */
  TbWhmcsForm *credentials;
  TbWhmcsTransport *transport;
  GError *stopped;
  TbJob *job;
  double from, to;
};

/* ---- who asks ---- */

/* The old way sends the MD5 of the password, in lower case. */
static TbWhmcsForm *
make_credentials (TbWhmcs *self, const TbWhmcsLogin *login)
{
  TbWhmcsForm *form = tb_whmcs_form_new ("");
  gboolean is_new = login->identifier != NULL && *login->identifier != '\0';

  self->secrets[0] = g_strdup (login->secret != NULL ? login->secret : "");
  self->secrets[1] = is_new ? g_strdup ("") : g_compute_checksum_for_string (G_CHECKSUM_MD5, self->secrets[0], -1);
  self->secrets[2] = g_strdup (login->access_key != NULL ? login->access_key : "");
  tb_whmcs_form_add_text (form, is_new ? "identifier" : "username", is_new ? login->identifier : login->user);
  tb_whmcs_form_add_text (form, is_new ? "secret" : "password", self->secrets[is_new ? 0 : 1]);
  if (*self->secrets[2] != '\0')
    tb_whmcs_form_add_text (form, "accesskey", self->secrets[2]);
  return form;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* ---- one call ---- */

static GCancellable *
get_cancellable (TbWhmcs *self)
{
  return self->job != NULL ? tb_job_get_cancellable (self->job) : NULL;
}

static TbWhmcsReply *
send_once (TbWhmcs *self, const TbWhmcsForm *form, gboolean changes)
{
  const TbWhmcsReplyContext context = { .host = self->host,
                                        .action = tb_whmcs_form_get_action (form),
                                        .secrets = (const char *const *) self->secrets,
                                        .has_access_key = *self->secrets[2] != '\0' };
  g_autoptr (GBytes) body = tb_whmcs_form_to_bytes (form, self->credentials);
  g_autoptr (TbHttpAnswer) answer
    = self->transport->post (self->transport, body, changes, changes ? CHANGE_TIMEOUT : READ_TIMEOUT, get_cancellable (self));
  TbWhmcsReply *reply = tb_whmcs_reply_new (answer, &context);

  if (reply->stops)
    self->stopped = g_error_copy (reply->error);
  return reply;
}

/* NULL = it may be sent. */
static TbWhmcsReply *
find_obstacle (TbWhmcs *self)
{
  GError *error = NULL;

  if (self->stopped != NULL)
    return tb_whmcs_reply_new_error (TB_WHMCS_NOT_SENT, g_error_copy (self->stopped));
  if (tb_error_if_cancelled (get_cancellable (self), &error))
    return tb_whmcs_reply_new_error (TB_WHMCS_NOT_SENT, error);
  return NULL;
}

/* A second, two, four, or what the server asks for, as long as that is bearable. */
static gboolean
wait_for_next (TbWhmcs *self, const TbWhmcsReply *reply, guint attempt, guint *waited, GError **error)
{
  guint wait = reply->retry_after >= 0 ? (guint) MIN (reply->retry_after, WAIT_MAX + 1) : 1u << attempt;

  *waited += wait;
  return *waited <= WAIT_MAX && self->transport->wait (self->transport, wait, get_cancellable (self), error);
}

static TbWhmcsReply *
send_until_answered (TbWhmcs *self, const TbWhmcsForm *form)
{
  guint waited = 0;

  for (guint attempt = 0;; attempt++)
    {
      TbWhmcsReply *reply = send_once (self, form, FALSE);
      GError *error = NULL;

      if (reply->outcome == TB_WHMCS_DONE || !reply->passes || attempt + 1 == ATTEMPTS)
        return reply;
      if (wait_for_next (self, reply, attempt, &waited, &error))
        {
          tb_whmcs_reply_free (reply);
          continue;
        }
      if (error == NULL)
        return reply;
      tb_whmcs_reply_free (reply);
      return tb_whmcs_reply_new_error (TB_WHMCS_NOT_SENT, error);
    }
}

TbWhmcsReply *
tb_whmcs_call (TbWhmcs *self, TbWhmcsForm *form, gboolean changes)
{
  g_autoptr (TbWhmcsForm) owned = form;
  TbWhmcsReply *obstacle = find_obstacle (self);

  if (obstacle != NULL)
    return obstacle;
  return changes ? send_once (self, form, TRUE) : send_until_answered (self, form);
}

TbWhmcsReply *
tb_whmcs_ask (TbWhmcs *self, TbWhmcsForm *form, GError **error)
{
  g_autoptr (TbWhmcsReply) reply = tb_whmcs_call (self, form, FALSE);

  if (reply->outcome == TB_WHMCS_DONE)
    return g_steal_pointer (&reply);
  g_propagate_error (error, g_steal_pointer (&reply->error));
  return NULL;
}

TbWhmcsOutcome
tb_whmcs_do (TbWhmcs *self, TbWhmcsForm *form, GError **error)
{
  g_autoptr (TbWhmcsReply) reply = tb_whmcs_call (self, form, TRUE);

  if (reply->outcome != TB_WHMCS_DONE)
    g_propagate_error (error, g_steal_pointer (&reply->error));
  return reply->outcome;
}

TbWhmcsOutcome
tb_whmcs_do_for_id (TbWhmcs *self, TbWhmcsForm *form, const char *member, gint64 *ret_id, GError **error)
{
  g_autofree char *action = g_strdup (tb_whmcs_form_get_action (form));
  g_autoptr (TbWhmcsReply) reply = tb_whmcs_call (self, form, TRUE);
  gint64 id = reply->outcome == TB_WHMCS_DONE ? tb_json_get_int (reply->root, member, 0) : 0;

  if (reply->outcome != TB_WHMCS_DONE)
    {
      g_propagate_error (error, g_steal_pointer (&reply->error));
      return reply->outcome;
    }
  if (id <= 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s says that %s was done, but not what it made: “%s” is missing."),
                   self->host, action, member);
      return TB_WHMCS_UNKNOWN;
    }
  *ret_id = id;
  return TB_WHMCS_DONE;
}

void
tb_whmcs_report (TbWhmcs *self, guint64 done, guint64 total, const char *what)
{
  g_autofree char *message = NULL;

  if (self->job == NULL)
    return;
  message = g_strdup_printf (_("%s: %" PRIu64 " of %" PRIu64), what, done, total);
  tb_job_report (self->job, self->from + (self->to - self->from) * (double) MIN (done, total) / (double) MAX (total, 1), message);
}

/* ---- the talk ---- */

TbWhmcs *
tb_whmcs_new_with_transport (const TbWhmcsLogin *login, TbWhmcsTransport *transport)
{
  TbWhmcs *self = g_new0 (TbWhmcs, 1);
  g_autoptr (GUri) url = g_uri_parse (login->url, SOUP_HTTP_URI_FLAGS, NULL);

  self->host = g_strdup (url != NULL ? g_uri_get_host (url) : "WHMCS");
  self->credentials = make_credentials (self, login);
  self->transport = transport;
  self->to = 1;
  return self;
}

TbWhmcs *
tb_whmcs_new (const TbWhmcsLogin *login, GError **error)
{
  g_autoptr (GUri) url = tb_http_parse_url (login->url, error);

  if (url == NULL)
    return NULL;
  if (is_empty (login->identifier) && is_empty (login->user))
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("There is no identifier (or user) to log in to %s with."), g_uri_get_host (url));
  else if (is_empty (login->secret))
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("There is no secret to log in to %s with."), g_uri_get_host (url));
  else
    return tb_whmcs_new_with_transport (login, tb_whmcs_http_new (url));
  return NULL;
}

void
tb_whmcs_free (TbWhmcs *self)
{
  if (self == NULL)
    return;
  self->transport->free (self->transport);
  tb_whmcs_form_free (self->credentials);
  for (guint i = 0; i < G_N_ELEMENTS (self->secrets); i++)
    tb_secret_free (self->secrets[i]);
  g_clear_object (&self->job);
  g_clear_error (&self->stopped);
  g_free (self->host);
  g_free (self);
}

const char *
tb_whmcs_get_host (const TbWhmcs *self)
{
  return self->host;
}

void
tb_whmcs_set_job (TbWhmcs *self, TbJob *job, double from, double to)
{
  g_set_object (&self->job, job);
  self->from = from;
  self->to = to;
}

gboolean
tb_whmcs_is_stopped (const TbWhmcs *self)
{
  return self->stopped != NULL;
}
