/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-balance.h"
#include "tb-whmcs-push-private.h"

/* Mails by templates that ictVoIP's guide has staff make at WHMCS. */
#define LOW_TEMPLATE "Low Balance Alert"
#define EMPTY_TEMPLATE "VoIP Zero Balance"

/* ---- a service: what it is says whether it has to be done ---- */

static gboolean
look_service (TbPush *self, TbPosting *posting, TbPushOutcome *out)
{
  const char *wanted = posting->kind == TB_POSTING_SUSPEND ? "Suspended" : "Active";
  const char *other = posting->kind == TB_POSTING_SUSPEND ? "Active" : "Suspended";
  g_autofree char *status = NULL;
  GError *failure = NULL;
  TbReply reply = self->port->get_service_status (self->port, posting->remote_id, &status, &failure);

  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (g_strcmp0 (status, wanted) == 0)
    return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("The service #%" PRId64 " is as it should be (%s)."), posting->remote_id, status));
  if (g_strcmp0 (status, other) == 0)
    return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("The service #%" PRId64 " is %s."), posting->remote_id, status));
  return tb_push_complain (out, TB_EVENT_DIFFERS,
                           g_strdup_printf (_("The service #%" PRId64 " is %s at WHMCS, and is left alone."), posting->remote_id, status));
}

/* ---- a field: "12=on" ---- */

static gint64
split_field (const TbPosting *posting, const char **ret_value)
{
  char *end;
  gint64 id = g_ascii_strtoll (posting->part, &end, 10);

  *ret_value = *end == '=' ? end + 1 : end;
  return id;
}

static gboolean
look_field (TbPush *self, const TbPosting *posting, gint64 client, TbPushOutcome *out)
{
  g_autofree char *there = NULL;
  const char *value;
  gint64 field = split_field (posting, &value);
  GError *failure = NULL;
  TbReply reply = self->port->get_field (self->port, client, field, &there, &failure);

  if (reply != TB_REPLY_DONE)
    return tb_push_tell_reply (self, out, reply, FALSE, failure);
  if (g_strcmp0 (there, value) == 0)
    return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup_printf (_("The field %" PRId64 " is “%s”."), field, value));
  return tb_push_need (out, TB_STEP_SEND, 0, g_strdup_printf (_("The field %" PRId64 " is “%s”."), field, there != NULL ? there : ""));
}

/* ---- a mail: nothing at WHMCS tells whether it went out, so it is never sent a second time ---- */

static gboolean
look_alert (const TbPosting *posting, TbPushOutcome *out)
{
  if (posting->place.sends == 0 || posting->place.refused)
    return tb_push_need (out, TB_STEP_SEND, 0, g_strdup (_("It has not been mailed.")));
  return tb_push_say (out, TB_EVENT_COMPLETE, g_strdup (_("It may have been mailed or not; it is not mailed twice.")));
}

/* ---- by kind ---- */

gboolean
tb_push_look_prepaid (TbPush *self, TbPosting *posting, TbPushOutcome *out)
{
  const TbClient *client = tb_push_get_client (self, posting);

  out->hold = client == NULL || client->whmcs_id == 0;
  if (out->hold)
    return TRUE;
  if (posting->kind == TB_POSTING_ALERT)
    return look_alert (posting, out);
  return posting->kind == TB_POSTING_FIELD ? look_field (self, posting, client->whmcs_id, out) : look_service (self, posting, out);
}

TbReply
tb_push_send_prepaid (TbPush *self, const TbPosting *posting, GError **error)
{
  gint64 client = tb_push_get_client (self, posting)->whmcs_id, field;
  const char *value;

  switch (posting->kind)
    {
    case TB_POSTING_SUSPEND:
      return self->port->suspend (self->port, posting->remote_id, _("Nothing is left of what was paid in advance"), error);
    case TB_POSTING_RESUME:
      return self->port->resume (self->port, posting->remote_id, error);
    case TB_POSTING_FIELD:
      field = split_field (posting, &value);
      return self->port->set_field (self->port, client, field, value, error);
    case TB_POSTING_ALERT:
    default:
      value = g_str_equal (posting->part, tb_balance_state_to_string (TB_BALANCE_EMPTY)) ? EMPTY_TEMPLATE : LOW_TEMPLATE;
      return self->port->mail (self->port, client, value, error);
    }
}
