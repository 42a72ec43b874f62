/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-whmcs-push-private.h"

/* ---- outcomes ---- */

gboolean
tb_push_say (TbPushOutcome *out, TbPostingEventKind kind, char *text)
{
  out->event = (TbPostingEvent){ .kind = kind };
  out->text = text;
  return TRUE;
}

gboolean
tb_push_need (TbPushOutcome *out, TbPostingStep step, gint64 at, char *text)
{
  out->event = (TbPostingEvent){ TB_EVENT_NEEDS, step, at };
  out->text = text;
  return TRUE;
}

gboolean
tb_push_complain (TbPushOutcome *out, TbPostingEventKind kind, char *text)
{
  out->message = g_strdup (text);
  return tb_push_say (out, kind, text);
}

gboolean
tb_push_tell_reply (TbPush *self, TbPushOutcome *out, TbReply reply, gboolean sent, GError *failure)
{
  static const TbPostingEventKind kinds[] = { [TB_REPLY_DONE] = TB_EVENT_ACCEPTED,
                                              [TB_REPLY_REFUSED] = TB_EVENT_REFUSED,
                                              [TB_REPLY_NOT_SENT] = TB_EVENT_NOT_SENT,
                                              [TB_REPLY_LOST] = TB_EVENT_LOST,
                                              [TB_REPLY_STOP] = TB_EVENT_NOT_SENT };

  tb_push_complain (out, sent ? kinds[reply] : TB_EVENT_UNREAD, g_strdup (failure->message));
  if (reply == TB_REPLY_STOP && self->stop == NULL)
    self->stop = failure;
  else
    g_error_free (failure);
  return TRUE;
}

/* ---- clients ---- */

const TbClient *
tb_push_get_client (const TbPush *self, const TbPosting *posting)
{
  return tb_setup_index_get_client (self->index, posting->client);
}

static char *
find_fault (const TbRemoteClient *client, TbCurrency currency)
{
  if (g_strcmp0 (client->status, "Closed") == 0)
    return g_strdup (_("The client is closed at WHMCS."));
  if (client->currency != TB_CURRENCY_NONE && client->currency != currency)
    return g_strdup_printf (_("The client’s currency at WHMCS is %s, and this is in %s."), tb_currency_to_string (client->currency),
                            tb_currency_to_string (currency));
  return NULL;
}

gboolean
tb_push_check_client (TbPush *self, TbPushQueue *queue, const TbPosting *posting, TbPushOutcome *out)
{
  const TbClient *client = tb_push_get_client (self, posting);
  g_autoptr (TbRemoteClient) remote = NULL;
  GError *failure = NULL;
  TbReply reply;
  char *fault;

  out->hold = client == NULL || client->whmcs_id == 0;
  if (out->hold)
    return FALSE;
  if (queue->checked)
    return TRUE;
  reply = self->port->get_client (self->port, client->whmcs_id, &remote, &failure);
  if (reply == TB_REPLY_REFUSED && posting->place.state == TB_POSTING_READY)
    {
      tb_push_complain (
          out, TB_EVENT_BLOCKED,
          g_strdup_printf (_("WHMCS does not know the client with the id %" PRId64 ": %s"), client->whmcs_id, failure->message));
      g_error_free (failure);
      return FALSE;
    }
  if (reply != TB_REPLY_DONE)
    {
      tb_push_tell_reply (self, out, reply, FALSE, failure);
      return FALSE;
    }
  fault = find_fault (remote, posting->amount.currency);
  if (fault != NULL && posting->place.state == TB_POSTING_READY)
    {
      tb_push_complain (out, TB_EVENT_BLOCKED, fault);
      return FALSE;
    }
  queue->checked = fault == NULL;
  g_free (fault);
  return TRUE;
}
