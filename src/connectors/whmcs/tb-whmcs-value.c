/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-text.h"
#include "tb-whmcs-reply.h"

/* Values of an answer (facts: README.md, "What an answer looks like"). */

/* ---- entities ---- */

/* htmlspecialchars () makes the first five; htmlentities () of older modules also those of ISO 8859-1, by code from 160 on. */
static const struct { const char *name; gunichar c; } entities[] = {
  { "amp", '&' },      { "lt", '<' },       { "gt", '>' },        { "quot", '"' },     { "apos", '\'' },    { "euro", 0x20ac },
  { "ndash", 0x2013 }, { "mdash", 0x2014 }, { "lsquo", 0x2018 },  { "rsquo", 0x2019 }, { "sbquo", 0x201a }, { "ldquo", 0x201c },
  { "rdquo", 0x201d }, { "bdquo", 0x201e }, { "hellip", 0x2026 }, { "trade", 0x2122 }, { "bull", 0x2022 },  { "OElig", 0x152 },
  { "oelig", 0x153 },  { "Scaron", 0x160 }, { "scaron", 0x161 },  { "Yuml", 0x178 },
};

static const char *const latin1[] = {
  "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",
  "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest",
  "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",
  "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",
  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
  "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

static gboolean
is_named (const char *text, gsize len, const char *name)
{
  return strlen (name) == len && strncmp (text, name, len) == 0;
}

static gunichar
find_named (const char *text, gsize len)
{
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (is_named (text, len, entities[i].name))
      return entities[i].c;
  for (guint i = 0; i < G_N_ELEMENTS (latin1); i++)
    if (is_named (text, len, latin1[i]))
      return 160 + i;
  return 0;
}

/* What stands between "&" and ";", `len` bytes; 0 = no character. */
static gunichar
find_entity (const char *text, gsize len)
{
  gboolean hex = len > 2 && text[0] == '#' && (text[1] == 'x' || text[1] == 'X');
  g_autofree char *digits = NULL;
  guint64 c;

  if (len == 0 || *text != '#')
    return find_named (text, len);
  digits = g_strndup (text + 1 + hex, len - 1 - hex);
  if (!g_ascii_string_to_unsigned (digits, hex ? 16 : 10, 1, 0x10ffff, &c, NULL) || !g_unichar_validate ((gunichar) c))
    return 0;
  return c < ' ' && c != '\n' && c != '\t' && c != '\r' ? 0 : (gunichar) c;
}

char *
tb_whmcs_decode (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      gsize len = *text == '&' ? strcspn (text + 1, ";& ") : 0;
      gunichar c = *text == '&' && text[1 + len] == ';' && len < 12 ? find_entity (text + 1, len) : 0;

      if (c == 0)
        {
          g_string_append_c (out, *text++);
          continue;
        }
      g_string_append_unichar (out, c);
      text += len + 2;
    }
  return g_string_free (out, FALSE);
}

/* ---- lists ---- */

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
refuse_list (const char *name, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Its “%s” is no list."), name);
  return FALSE;
}

static gboolean
add_row (GPtrArray *rows, JsonNode *node, const char *name, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_list (name, error);
  g_ptr_array_add (rows, node);
  return TRUE;
}

static gboolean
add_elements (GPtrArray *rows, JsonArray *list, const char *name, GError **error)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!add_row (rows, json_array_get_element (list, i), name, error))
      return FALSE;
  return TRUE;
}

/* An object is a list when its members are numbered, else a row. */
static gboolean
add_members (GPtrArray *rows, JsonNode *node, const char *name, GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;
  gboolean numbered = TRUE;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    numbered = numbered && is_digits (key);
  if (!numbered)
    return add_row (rows, node, name, error);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!add_row (rows, value, name, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_empty_text (JsonNode *node)
{
  const char *text = tb_json_get_text (node, "");

  return text != NULL && *text == '\0';
}

GPtrArray *
tb_whmcs_find_rows (JsonNode *root, const char *plural, const char *singular, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  JsonNode *node = tb_json_at (root, plural);
  JsonNode *inner = node != NULL && singular != NULL ? tb_json_at (node, singular) : NULL;
  gboolean ok = TRUE;

  if (inner != NULL)
    node = inner;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || is_empty_text (node))
    return g_steal_pointer (&rows);
  if (JSON_NODE_HOLDS_ARRAY (node))
    ok = add_elements (rows, json_node_get_array (node), plural, error);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    ok = add_members (rows, node, plural, error);
  else
    ok = refuse_list (plural, error);
  return ok ? g_steal_pointer (&rows) : NULL;
}

/* ---- members ---- */

/* NULL: missing, null, or (after saying so) neither a text nor a number nor true nor false. */
static const char *
look (TbWhmcsFields *self, const char *name)
{
  JsonNode *node = tb_json_at (self->node, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? "1" : "0";
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  if (self->error == NULL && !(JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0))
    g_set_error (&self->error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is no plain value."), name);
  return NULL;
}

static void
complain (TbWhmcsFields *self, const char *name, const char *text)
{
  g_autofree char *shown = tb_text_for_message (text, -1, 40);

  if (self->error == NULL)
    g_set_error (&self->error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is “%s”, which cannot be read."), name, shown);
}

gint64
tb_whmcs_fields_get_int (TbWhmcsFields *self, const char *name)
{
  const char *text = look (self, name);
  gint64 value;

  if (text == NULL || *text == '\0')
    return 0;
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return value;
  complain (self, name, text);
  return 0;
}

gboolean
tb_whmcs_fields_get_flag (TbWhmcsFields *self, const char *name)
{
  static const char *const yes[] = { "1", "true", "on", "yes" };
  const char *text = look (self, name);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (yes); i++)
    if (g_ascii_strcasecmp (text, yes[i]) == 0)
      return TRUE;
  return FALSE;
}

/* PHP before 7.1 writes 15.949999999999999 for 15.95: beyond what we keep, digits are rounded half-up. */
static gint64
get_decimal (TbWhmcsFields *self, const char *name, guint scale)
{
  const char *text = look (self, name);
  const char *point = text != NULL ? strchr (text, '.') : NULL;
  gsize len = point != NULL ? MIN (strlen (text), (gsize) (point - text) + 1 + scale) : text != NULL ? strlen (text) : 0;
  gboolean up = len > 0 && text[len] >= '5' && text[len] <= '9';
  gint64 value;

  if (len == 0)
    return 0;
  if (text[len + strspn (text + len, "0123456789")] != '\0' || !tb_decimal_parse (text, (gssize) len, scale, &value, NULL)
      || (up && ABS (value) >= G_MAXINT64 - 1))
    {
      complain (self, name, text);
      return 0;
    }
  return value + (up ? (*text == '-' ? -1 : 1) : 0);
}

TbAmount
tb_whmcs_fields_get_amount (TbWhmcsFields *self, const char *name)
{
  return get_decimal (self, name, TB_AMOUNT_SCALE);
}

TbDecimal
tb_whmcs_fields_get_decimal (TbWhmcsFields *self, const char *name)
{
  return get_decimal (self, name, TB_RATE_SCALE);
}

TbDay
tb_whmcs_fields_get_day (TbWhmcsFields *self, const char *name)
{
  const char *text = look (self, name);
  g_autofree char *date = text != NULL ? g_strndup (text, 10) : NULL;
  TbDay day;

  /* what a zero date becomes when PHP reckons with it is the day before the year 0 began */
  if (text == NULL || *text == '\0' || g_str_has_prefix (text, "0000-00-00") || g_str_has_prefix (text, "-0001-11-30"))
    return TB_DAY_NONE;
  if ((text[MIN (strlen (text), 10)] == '\0' || strchr (" T", text[10]) != NULL) && tb_day_parse (date, &day, NULL))
    return day;
  complain (self, name, text);
  return TB_DAY_NONE;
}

char *
tb_whmcs_fields_dup_text (TbWhmcsFields *self, const char *name)
{
  const char *text = look (self, name);

  return text != NULL ? tb_whmcs_decode (text) : g_strdup ("");
}

gboolean
tb_whmcs_fields_has (TbWhmcsFields *self, const char *name)
{
  JsonNode *node = tb_json_at (self->node, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

gboolean
tb_whmcs_fields_check (TbWhmcsFields *self, const char *what, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&self->error), "%s: ", what);
  return FALSE;
}
