/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-client-match.h"
#include "tb-error.h"
#include "tb-text.h"
#include "tb-whmcs-clients.h"
#include "tb-whmcs-port-private.h"
#include "tb-whmcs-products.h"
#include "tb-whmcs-system.h"

/* ---- reading ---- */

static TbReply
get_client (TbWhmcsPort *port, gint64 id, TbRemoteClient **ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsClient) client = tb_whmcs_get_client (tb_talk_port_get_whmcs (port), id, &failure);

  if (client != NULL)
    {
      *ret = g_new0 (TbRemoteClient, 1);
      (*ret)->id = client->id;
      (*ret)->status = g_strdup (client->status);
      (*ret)->currency = client->currency;
    }
  return tb_talk_port_end_read (port, failure, error);
}

static TbReply
find_client (TbWhmcsPort *port, const char *email, gint64 *ret_id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsClient) client = tb_whmcs_find_client (tb_talk_port_get_whmcs (port), email, &failure);

  *ret_id = client != NULL ? client->id : 0;
  if (g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND))
    g_clear_error (&failure);
  return tb_talk_port_end_read (port, failure, error);
}

/* ---- new clients ---- */

static TbReply
find_currency (TbWhmcsPort *port, TbCurrency currency, gint64 *ret_id, GError **error)
{
  TbTalkPort *self = (TbTalkPort *) port;
  GError *failure = NULL;

  if (self->currencies == NULL)
    self->currencies = tb_whmcs_list_currencies (self->whmcs, &failure);
  if (self->currencies == NULL)
    return tb_talk_port_end_question (port, failure, error);
  for (guint i = 0; i < self->currencies->len; i++)
    {
      const TbWhmcsCurrency *known = self->currencies->pdata[i];

      if (known->currency == currency)
        {
          *ret_id = known->id;
          return TB_REPLY_DONE;
        }
    }
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("WHMCS has no currency %s."), tb_currency_to_string (currency));
  return TB_REPLY_REFUSED;
}

/* WHMCS wants a person's two names: the first word, and what follows it. */
static void
set_names (TbWhmcsClient *remote, const char *name)
{
  const char *blank = name != NULL ? strchr (name, ' ') : NULL;

  tb_set_str (&remote->company, name);
  g_free (remote->first_name);
  remote->first_name = blank != NULL ? g_strndup (name, (gsize) (blank - name)) : g_strdup (name != NULL ? name : "-");
  tb_set_str (&remote->last_name, blank != NULL ? blank + 1 : "-");
}

/* What WHMCS insists on and we do not have; none of these counts for anything where addresses are compared (tb-client-difference.c). */
#define NONE "-"
#define NO_PHONE "0"

/* Where state and postcode stand at the end of a line as the post of the country wants it. Others stay one text, so that nothing is torn apart that belongs
 * together. */
static const struct
{
  const char *country;
  const char *pattern; /* town, state, postcode */
} places[] = {
  { "CA", "^(.*[^,\\s])[,\\s]+([A-Z]{2})[,\\s]+([A-Z]\\d[A-Z]\\s?\\d[A-Z]\\d)$" },
  { "US", "^(.*[^,\\s])[,\\s]+([A-Z]{2})[,\\s]+(\\d{5}(?:-\\d{4})?)$" },
  { "AU", "^(.*[^,\\s])[,\\s]+([A-Z]{2,3})[,\\s]+(\\d{4})$" },
};

static void
set_place (TbWhmcsClient *remote, const char *line, const char *country)
{
  tb_set_str (&remote->city, line);
  tb_set_str (&remote->state, NONE);
  tb_set_str (&remote->postcode, NONE);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GRegex) regex = g_strcmp0 (country, places[i].country) == 0 ? g_regex_new (places[i].pattern, 0, 0, NULL) : NULL;
      g_autoptr (GMatchInfo) match = NULL;

      if (regex == NULL || !g_regex_match (regex, line, 0, &match))
        continue;
      g_free (remote->city);
      remote->city = g_match_info_fetch (match, 1);
      g_free (remote->state);
      remote->state = g_match_info_fetch (match, 2);
      g_free (remote->postcode);
      remote->postcode = g_match_info_fetch (match, 3);
    }
}

/* The first line is the street, the last one the place, what lies between goes with the street. */
static void
set_address (TbWhmcsClient *remote, char **lines, const char *country)
{
  guint n = lines != NULL ? g_strv_length (lines) : 0;
  g_autofree char *last = n > 1 ? g_strdup (lines[n - 1]) : NULL;
  g_auto (GStrv) between = n > 2 ? g_strdupv (lines + 1) : NULL;

  tb_set_str (&remote->address1, n > 0 ? lines[0] : NONE);
  set_place (remote, last != NULL ? g_strstrip (last) : NONE, country);
  if (between != NULL)
    g_clear_pointer (&between[n - 2], g_free);
  g_free (remote->address2);
  remote->address2 = between != NULL ? g_strjoinv (", ", between) : g_strdup ("");
}

static TbReply
add_client (TbWhmcsPort *port, const TbClient *client, const char *note, gint64 *ret_id, GError **error)
{
  g_autoptr (TbWhmcsClient) remote = tb_whmcs_client_new ();
  TbReply reply = find_currency (port, client->currency, &remote->currency_id, error);

  if (reply != TB_REPLY_DONE)
    return reply;
  set_names (remote, client->name);
  set_address (remote, client->address, client->country);
  tb_set_str (&remote->phone, NO_PHONE);
  tb_set_str (&remote->email, client->email);
  tb_set_str (&remote->country, client->country);
  tb_set_str (&remote->tax_id, client->tax_id);
  tb_set_str (&remote->notes, note);
  return tb_talk_port_judge (port, tb_whmcs_add_client (tb_talk_port_get_whmcs (port), remote, ret_id, error));
}

static TbReply
set_field (TbWhmcsPort *port, TbWhmcsClient *changes, TbClientField field, const TbClient *client, GError **error)
{
  switch (field)
    {
    case TB_CLIENT_NAME:
      tb_set_str (&changes->company, client->name);
      break;
    case TB_CLIENT_EMAIL:
      tb_set_str (&changes->email, client->email);
      break;
    case TB_CLIENT_CURRENCY:
      return find_currency (port, client->currency, &changes->currency_id, error);
    case TB_CLIENT_COUNTRY:
      tb_set_str (&changes->country, client->country);
      break;
    case TB_CLIENT_ADDRESS:
      set_address (changes, client->address, client->country);
      break;
    case TB_CLIENT_TAX_ID:
      tb_set_str (&changes->tax_id, client->tax_id != NULL ? client->tax_id : "");
      break;
    }
  return TB_REPLY_DONE;
}

static TbReply
change_client (TbWhmcsPort *port, const TbClient *client, const char *fields, GError **error)
{
  g_autoptr (TbWhmcsClient) changes = tb_whmcs_client_new ();
  g_auto (GStrv) names = g_strsplit (fields, ",", -1);
  TbReply reply = TB_REPLY_DONE;

  for (guint i = 0; reply == TB_REPLY_DONE && names[i] != NULL; i++)
    {
      TbClientField field;

      reply = tb_client_field_parse (names[i], &field, error) ? set_field (port, changes, field, client, error) : TB_REPLY_REFUSED;
    }
  return reply == TB_REPLY_DONE ? tb_talk_port_judge (port, tb_whmcs_change_client (tb_talk_port_get_whmcs (port), client->whmcs_id, changes, error)) : reply;
}

/* ---- what follows from balances ---- */

static TbReply
get_service_status (TbWhmcsPort *port, gint64 service, char **ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsService) there = tb_whmcs_get_service (tb_talk_port_get_whmcs (port), service, &failure);

  if (there != NULL)
    *ret = g_strdup (there->status);
  return tb_talk_port_end_read (port, failure, error);
}

static TbReply
suspend (TbWhmcsPort *port, gint64 service, const char *reason, GError **error)
{
  return tb_talk_port_judge (port, tb_whmcs_suspend (tb_talk_port_get_whmcs (port), service, reason, error));
}

static TbReply
resume (TbWhmcsPort *port, gint64 service, GError **error)
{
  return tb_talk_port_judge (port, tb_whmcs_unsuspend (tb_talk_port_get_whmcs (port), service, error));
}

static TbReply
get_custom_field (TbWhmcsPort *port, gint64 client, gint64 field, char **ret, GError **error)
{
  GError *failure = NULL;
  g_autoptr (TbWhmcsClient) there = tb_whmcs_get_client (tb_talk_port_get_whmcs (port), client, &failure);
  const char *value = there != NULL ? tb_whmcs_custom_fields_get (there->custom_fields, field) : NULL;

  if (there != NULL)
    *ret = g_strdup (value != NULL ? value : "");
  return tb_talk_port_end_read (port, failure, error);
}

static TbReply
set_custom_field (TbWhmcsPort *port, gint64 client, gint64 field, const char *value, GError **error)
{
  g_autoptr (TbWhmcsClient) changes = tb_whmcs_client_new ();

  tb_whmcs_custom_fields_add (changes->custom_fields, field, "", value);
  return tb_talk_port_judge (port, tb_whmcs_change_client (tb_talk_port_get_whmcs (port), client, changes, error));
}

static TbReply
mail (TbWhmcsPort *port, gint64 client, const char *template_name, GError **error)
{
  return tb_talk_port_judge (port, tb_whmcs_send_email (tb_talk_port_get_whmcs (port), template_name, client, NULL, 0, error));
}

void
tb_talk_port_add_clients (TbWhmcsPort *port)
{
  port->get_client = get_client;
  port->find_client = find_client;
  port->add_client = add_client;
  port->change_client = change_client;
  port->get_service_status = get_service_status;
  port->suspend = suspend;
  port->resume = resume;
  port->get_field = get_custom_field;
  port->set_field = set_custom_field;
  port->mail = mail;
}
