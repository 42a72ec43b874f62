/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-json.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-text.h"

#define SIZE_MAX_BYTES (128 * 1024 * 1024)
#define VALUES_MAX (8 * 1024 * 1024) /* a value takes some hundred bytes in memory, though only a few in the text */
#define DIGITS_MAX 18

static const guint max_depth[] = { [TB_JSON_OURS] = 32, [TB_JSON_FOREIGN] = 64 };

typedef struct
{
  const char *at;
  guint64 line;
  guint depth;
  guint values;
  gboolean closed; /* the last bracket of the document */
  TbJsonRules rules;
} Scan;

/* ---- looking at the bytes ---- */

static gboolean
refuse (const Scan *self, const char *reason, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Line %" PRIu64 " is not JSON: %s."), self->line, reason);
  return FALSE;
}

static gboolean
skip_text (Scan *self, GError **error)
{
  for (self->at++; *self->at != '"'; self->at++)
    {
      if ((guchar) *self->at < ' ')
        return refuse (self, _("a text is not closed by a quote on its line"), error);
      if (*self->at != '\\')
        continue;
      self->at++;
      if (g_str_has_prefix (self->at, "u0000"))
        return refuse (self, _("a text holds a zero character"), error);
      if ((guchar) *self->at < ' ')
        return refuse (self, _("a text is not closed by a quote on its line"), error);
    }
  self->at++;
  return TRUE;
}

static gboolean
skip_number (Scan *self, GError **error)
{
  const char *begin = self->at;
  gsize digits = strspn (begin, "0123456789");

  if (digits > DIGITS_MAX && self->rules == TB_JSON_OURS)
    return refuse (self, _("a number has too many digits"), error);
  if (digits > 1 && *begin == '0')
    return refuse (self, _("a number begins with a superfluous zero; put it in quotes if it is meant"), error);
  self->at += strspn (begin, "0123456789.eE+-");
  return TRUE;
}

static gboolean
skip_mark (Scan *self, GError **error)
{
  char c = *self->at;

  self->line += c == '\n';
  self->depth += (c == '{' || c == '[');
  if ((c == '}' || c == ']') && self->depth > 0)
    self->closed = --self->depth == 0;
  self->values += c == ',' || c == '{' || c == '[';
  if (self->values > VALUES_MAX)
    return refuse (self, _("it holds too many values"), error);
  if (self->depth > max_depth[self->rules])
    return refuse (self, _("brackets are nested too deeply"), error);
  if (strchr ("{}[]:,-truefalsn \t\r\n", c) == NULL)
    return refuse (self, c == '/' ? _("comments are not allowed") : _("there is a character that does not belong here; texts need double quotes"), error);
  self->at++;
  return TRUE;
}

static gboolean
scan (const char *json, TbJsonRules rules, GError **error)
{
  Scan self = { .at = json, .line = 1, .rules = rules };

  while (*self.at != '\0')
    {
      if (self.closed && !g_ascii_isspace (*self.at))
        return refuse (&self, _("something follows its end"), error);
      if (!(*self.at == '"' ? skip_text (&self, error) : g_ascii_isdigit (*self.at) ? skip_number (&self, error) : skip_mark (&self, error)))
        return FALSE;
    }
  return TRUE;
}

/* ---- doubled keys ---- */

typedef struct
{
  GHashTable *sizes; /* of the objects that are open: members seen so far */
  char *doubled;
  guint line;
} Members;

static void
on_object_member (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  Members *self = data;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->sizes, object)) + 1;

  g_hash_table_insert (self->sizes, object, GUINT_TO_POINTER (n));
  if (n == json_object_get_size (object) || self->doubled != NULL)
    return;
  self->doubled = g_strdup (name);
  self->line = json_parser_get_current_line (parser);
}

static void
on_object_end (JsonParser *parser, JsonObject *object, gpointer data)
{
  Members *self = data;

  g_hash_table_remove (self->sizes, object);
}

static gboolean
load (JsonParser *parser, const char *json, gsize len, TbJsonRules rules, GError **error)
{
  g_autoptr (GHashTable) sizes = g_hash_table_new (NULL, NULL);
  Members members = { .sizes = sizes };
  g_autoptr (GError) reason = NULL;
  g_autofree char *doubled = NULL;
  gboolean ok;

  if (rules == TB_JSON_OURS)
    {
      g_signal_connect (parser, "object-member", G_CALLBACK (on_object_member), &members);
      g_signal_connect (parser, "object-end", G_CALLBACK (on_object_end), &members);
    }
  ok = json_parser_load_from_data (parser, json, (gssize) len, &reason);
  doubled = members.doubled;
  if (!ok)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("This is not JSON: %s"), reason->message);
  else if (doubled != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Line %u: the key “%s” is there twice in one object."), members.line, doubled);
  return ok && doubled == NULL;
}

/* ---- public ---- */

/* UTF-8 that ends in NUL, which what comes in need not. */
static char *
to_text (const char *json, gsize *len, TbJsonRules rules, GError **error)
{
  const char *end;

  if (*len > SIZE_MAX_BYTES)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The JSON is larger than %d MiB."), SIZE_MAX_BYTES / 1024 / 1024);
      return NULL;
    }
  if (*len >= 3 && memcmp (json, "\xef\xbb\xbf", 3) == 0)
    json += 3, *len -= 3;
  if (g_utf8_validate_len (json, *len, &end))
    return g_strndup (json, *len);
  if (rules == TB_JSON_FOREIGN && memchr (json, '\0', *len) == NULL)
    return tb_text_to_utf8 ((const guint8 *) json, *len, TB_ENCODING_WINDOWS_1252, len, error);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The JSON is not UTF-8 text: byte %zu does not belong."),
               (gsize) (end - json) + 1);
  return NULL;
}

JsonNode *
tb_json_parse (const char *json, gssize length, TbJsonRules rules, GError **error)
{
  gsize len = length < 0 ? strlen (json) : (gsize) length;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = to_text (json, &len, rules, error);

  if (text == NULL || !scan (text, rules, error) || !load (parser, text, len, rules, error))
    return NULL;
  if (json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The JSON is empty."));
  return NULL;
}

JsonNode *
tb_json_at (JsonNode *root, const char *path)
{
  while (root != NULL && *path != '\0')
    {
      gsize len = strcspn (path, "/");
      g_autofree char *name = g_strndup (path, len);

      root = JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), name) : NULL;
      path += path[len] == '/' ? len + 1 : len;
    }
  return root;
}

const char *
tb_json_get_text (JsonNode *root, const char *path)
{
  JsonNode *node = tb_json_at (root, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gint64
tb_json_get_int (JsonNode *root, const char *path, gint64 otherwise)
{
  JsonNode *node = tb_json_at (root, path);
  const char *text = tb_json_get_text (root, path);
  gint64 value;

  if (text != NULL)
    return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL) ? value : otherwise;
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : otherwise;
}

static const char *
find_complaint (JsonNode *root)
{
  static const char *const paths[] = { "message", "error_description", "error/message", "errmsg", "detail", "error", "ERROR", "msg", "title", "" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (tb_json_get_text (root, paths[i]) != NULL)
      return tb_json_get_text (root, paths[i]);
  return NULL;
}

/* GraphQL and JSON:API have a list of what is wrong. */
char *
tb_json_dup_complaint (JsonNode *root)
{
  static const char *const lists[] = { "errors", "missing_permissions" };
  const char *complaint = JSON_NODE_HOLDS_OBJECT (root) ? find_complaint (root) : NULL;

  for (guint i = 0; complaint == NULL && i < G_N_ELEMENTS (lists); i++)
    {
      JsonNode *node = tb_json_at (root, lists[i]);

      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
        complaint = find_complaint (json_array_get_element (json_node_get_array (node), 0));
    }
  return complaint != NULL ? tb_text_for_message (complaint, -1, 200) : NULL;
}
