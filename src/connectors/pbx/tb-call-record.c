/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"
#include "tb-json.h"
#include "tb-text.h"

/* Before 1971 nobody's call was recorded: a time that early is a system's way to write "never". */
#define FIRST_TIME (365 * 86400)

/* ---- values as text ---- */

const char *
tb_record_part (TbCallRecord *self, const char *text, gsize len)
{
  return len == 0 ? "" : g_string_chunk_insert_len (self->texts, text, (gssize) len);
}

static const char *
text_of (TbCallRecord *self, JsonNode *node)
{
  char buffer[64];

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return "";
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_get_string (node);
    case G_TYPE_BOOLEAN:
      return json_node_get_boolean (node) ? "true" : "false";
    case G_TYPE_INT64:
      g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, json_node_get_int (node));
      return g_string_chunk_insert (self->texts, buffer);
    case G_TYPE_DOUBLE: /* times and lengths with a fraction; json-glib keeps no other form of them */
      return g_string_chunk_insert (self->texts, g_ascii_formatd (buffer, sizeof buffer, "%.3f", json_node_get_double (node)));
    default:
      return "";
    }
}

const char *
tb_record_text (TbCallRecord *self, const char *path)
{
  return text_of (self, tb_json_at (self->node, path));
}

const char *
tb_record_first (TbCallRecord *self, const char *path, ...)
{
  const char *text = "";
  va_list paths;

  va_start (paths, path);
  for (; path != NULL && *text == '\0'; path = va_arg (paths, const char *))
    text = tb_record_text (self, path);
  va_end (paths);
  return text;
}

gboolean
tb_record_has (TbCallRecord *self, const char *path)
{
  return tb_json_at (self->node, path) != NULL;
}

gboolean
tb_record_is_true (TbCallRecord *self, const char *path)
{
  const char *text = tb_record_text (self, path);

  return g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "yes") == 0 || g_str_equal (text, "1");
}

const char *
tb_record_element (TbCallRecord *self, const char *path, guint n)
{
  JsonNode *node = tb_json_at (self->node, path);
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return list != NULL && n < json_array_get_length (list) ? text_of (self, json_array_get_element (list, n)) : "";
}

/* ---- lengths and times ---- */

/* `problem` is a sentence about the value, "is not a time". */
static gboolean
refuse (GError **error, const char *path, const char *text, const char *problem)
{
  g_autofree char *shown = tb_text_for_message (text, -1, 40);

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, "%s “%s” %s.", path, shown, problem);
  return FALSE;
}

static gboolean
read_length (TbCallRecord *self, const char *path, TbCallUnit unit, gint32 *ret, GError **error)
{
  const char *text = tb_record_text (self, path);

  return tb_call_seconds_parse (text, unit, ret) || refuse (error, path, text, _("is not a length of time"));
}

gboolean
tb_record_seconds (TbCallRecord *self, const char *path, gint32 *ret, GError **error)
{
  return read_length (self, path, TB_UNIT_SECONDS, ret, error);
}

gboolean
tb_record_milliseconds (TbCallRecord *self, const char *path, gint32 *ret, GError **error)
{
  return read_length (self, path, TB_UNIT_MILLISECONDS, ret, error);
}

gboolean
tb_record_maybe_time (TbCallRecord *self, const char *path, gint64 *ret)
{
  gint64 time;

  if (!tb_call_time_parse (tb_record_text (self, path), TB_CALL_DATES_UNKNOWN, self->zone, &time, NULL) || time < FIRST_TIME)
    return FALSE;
  *ret = time;
  return TRUE;
}

gboolean
tb_record_time (TbCallRecord *self, const char *path, gint64 *ret, GError **error)
{
  return tb_record_maybe_time (self, path, ret) || refuse (error, path, tb_record_text (self, path), _("is not a time"));
}

gboolean
tb_record_epoch (TbCallRecord *self, const char *path, gint64 *ret_ms)
{
  const char *text = tb_record_text (self, path);
  gsize digits = strspn (text, "0123456789");
  gint64 value = 0;

  if (digits == 0 || digits > 11)
    return FALSE;
  for (gsize i = 0; i < digits; i++)
    value = value * 10 + (text[i] - '0');
  text += digits;
  if (*text == '.')
    text++;
  for (guint i = 0; i < 3; i++) /* ".5" is half a second */
    value = value * 10 + (g_ascii_isdigit (*text) ? *text++ - '0' : 0);
  if (value < (gint64) FIRST_TIME * 1000 || text[strspn (text, "0123456789")] != '\0')
    return FALSE;
  *ret_ms = value;
  return TRUE;
}

/* ---- addresses ---- */

static void
split_uri (TbCallRecord *self, const char *uri, gsize len, const char **ret_user, const char **ret_host)
{
  const char *end = uri + len, *at, *stop;

  for (const char *const *scheme = (const char *const[]) { "sip:", "sips:", "tel:", NULL }; *scheme != NULL; scheme++)
    if (g_ascii_strncasecmp (uri, *scheme, strlen (*scheme)) == 0)
      {
        uri += strlen (*scheme);
        break;
      }
  at = memchr (uri, '@', (gsize) (end - uri));
  if (ret_user != NULL)
    {
      stop = at != NULL ? at : end;
      *ret_user = tb_record_part (self, uri, MIN (strcspn (uri, ";>"), (gsize) (stop - uri)));
    }
  if (ret_host != NULL)
    *ret_host = at != NULL ? tb_record_part (self, at + 1, MIN (strcspn (at + 1, ":;> "), (gsize) (end - at - 1))) : "";
}

void
tb_record_address (TbCallRecord *self, const char *text, const char **ret_name, const char **ret_user, const char **ret_host)
{
  const char *open = strrchr (text, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  gsize len = open != NULL ? (gsize) (open - text) : 0;

  while (len > 0 && text[len - 1] == ' ')
    len--;
  if (len >= 2 && *text == '"' && text[len - 1] == '"')
    text++, len -= 2;
  if (ret_name != NULL)
    *ret_name = tb_record_part (self, text, len);
  if (open == NULL)
    split_uri (self, text, strlen (text), ret_user, ret_host);
  else
    split_uri (self, open + 1, close != NULL ? (gsize) (close - open - 1) : strlen (open + 1), ret_user, ret_host);
}
