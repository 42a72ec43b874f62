/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-text.h"

void
tb_carrier_cut_address (TbPbx *pbx, const char *path)
{
  char *begin = strstr (pbx->base, "://") + 3;

  for (char *at = strstr (begin, path); at != NULL; at = strstr (at + 1, path))
    if (at[strlen (path)] == '\0' || at[strlen (path)] == '/')
      {
        *at = '\0';
        return;
      }
}

char *
tb_carrier_day (gint64 time)
{
  return tb_pbx_time (time, "%Y-%m-%d", NULL);
}

gboolean
tb_carrier_is_own (TbPbx *pbx, GUri *uri)
{
  g_autoptr (GUri) base = g_uri_parse (pbx->base, SOUP_HTTP_URI_FLAGS, NULL);

  return g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (base)) && g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (base)) == 0
         && g_uri_get_port (uri) == g_uri_get_port (base);
}

gboolean
tb_carrier_hear_page (TbPbxTalk *talk, const TbHttpAnswer *answer, const char *list, const char *next, GError **error)
{
  g_autoptr (JsonNode) root = tb_pbx_read_json (talk, answer, error);
  const char *uri;

  if (root == NULL || tb_pbx_need_list (talk, root, list, error) == NULL)
    return FALSE;
  uri = tb_json_get_text (root, next);
  talk->over = uri == NULL || *uri == '\0';
  if (!talk->over && !tb_pbx_talk_moves_on (talk, uri, error))
    return FALSE;
  tb_pbx_talk_set_cursor (talk, uri);
  return tb_pbx_give (talk, answer->body, NULL, error);
}

SoupMessage *
tb_carrier_next_page (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  g_autoptr (GUri) base = g_uri_parse (pbx->base, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) next = g_uri_parse_relative (base, talk->cursor, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *shown = NULL;

  if (next != NULL && g_uri_get_host (next) != NULL && g_uri_get_userinfo (next) == NULL && tb_carrier_is_own (pbx, next))
    return soup_message_new_from_uri ("GET", next);
  shown = tb_text_for_message (next != NULL && g_uri_get_host (next) != NULL ? g_uri_get_host (next) : "?", -1, 100);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s says that its list goes on at another server, %s. The login is not sent there."), pbx->host, shown);
  return NULL;
}
