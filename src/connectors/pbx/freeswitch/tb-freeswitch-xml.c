/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-freeswitch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* Names of variables become names of elements, and dialplans make some that XML does not allow (<set >, <nolocal:x>, digits alone). A parser
 * of XML would refuse the call, so what is needed of it is read element by element: those of <variables> and of each <caller_profile> hold
 * text only. */

#define MAX_ELEMENTS 10000

/* ---- text ---- */

static const char *
take_entity (const char *text, GString *out)
{
  static const struct { const char *name; char c; } entities[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
  };
  char *end = NULL;
  guint64 code;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (text, entities[i].name))
      {
        g_string_append_c (out, entities[i].c);
        return text + strlen (entities[i].name);
      }
  if (text[1] != '#')
    return NULL;
  code = text[2] == 'x' ? g_ascii_strtoull (text + 3, &end, 16) : g_ascii_strtoull (text + 2, &end, 10);
  if (end == NULL || *end != ';' || code == 0 || code > 0x10ffff || !g_unichar_validate ((gunichar) code))
    return NULL;
  g_string_append_unichar (out, (gunichar) code);
  return end + 1;
}

static char *
decode (const char *text, const char *end)
{
  GString *out = g_string_sized_new ((gsize) (end - text));

  while (text < end)
    {
      const char *after = *text == '&' ? take_entity (text, out) : NULL;

      if (after == NULL)
        g_string_append_c (out, *text++);
      else
        text = after;
    }
  return g_string_free (out, FALSE);
}

/* ---- elements ---- */

/* <name>text</name> and <name/> between `at` and `end`. A name ends at a blank, as in <set >. */
static JsonNode *
read_elements (const char *at, const char *end)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init (json_node_alloc (), JSON_NODE_OBJECT);

  for (guint i = 0; i < MAX_ELEMENTS && (at = memchr (at, '<', (gsize) (end - at))) != NULL; i++)
    {
      const char *close = memchr (at, '>', (gsize) (end - at));
      const char *next = close != NULL ? memchr (close, '<', (gsize) (end - close)) : NULL;

      if (close == NULL)
        break;
      if (at[1] != '/' && at[1] != '!' && close[-1] != '/' && next != NULL)
        {
          g_autofree char *name = g_strndup (at + 1, strcspn (at + 1, " \t\r\n>"));
          g_autofree char *text = decode (close + 1, next);

          json_object_set_string_member (object, name, text);
        }
      at = close + 1;
    }
  json_node_take_object (node, object);
  return node;
}

/* What is between <name> and </name> from `*at` on; moves behind it. */
static JsonNode *
read_section (const char **at, const char *begin, const char *end)
{
  const char *from = strstr (*at, begin);
  const char *to = from != NULL ? strstr (from, end) : NULL;

  if (to == NULL)
    return NULL;
  *at = to + strlen (end);
  return read_elements (from + strlen (begin), to);
}

static JsonNode *
read_callflow (const char *at)
{
  JsonArray *list = json_array_new ();
  JsonNode *node = json_node_init (json_node_alloc (), JSON_NODE_ARRAY), *profile;

  while (json_array_get_length (list) < MAX_ELEMENTS && (profile = read_section (&at, "<caller_profile>", "</caller_profile>")) != NULL)
    {
      JsonObject *flow = json_object_new ();

      json_object_set_member (flow, "caller_profile", profile);
      json_array_add_object_element (list, flow);
    }
  json_node_take_array (node, list);
  return node;
}

JsonNode *
tb_freeswitch_parse_xml (const char *text, gsize len, GError **error)
{
  g_autofree char *bare = g_strndup (text, len);
  g_autofree char *valid = g_utf8_make_valid (bare, -1);
  const char *at = strstr (valid, "<cdr");
  JsonObject *object;
  JsonNode *root, *variables;

  if (at != NULL && strstr (at, "</cdr>") == NULL)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                           _("The call record of FreeSWITCH is cut: its end </cdr> is missing. It may still be written."));
      return NULL;
    }
  object = json_object_new ();
  root = json_node_init (json_node_alloc (), JSON_NODE_OBJECT);
  variables = at != NULL ? read_section (&at, "<variables>", "</variables>") : NULL;
  if (variables != NULL)
    {
      json_object_set_member (object, "variables", variables);
      json_object_set_member (object, "callflow", read_callflow (at));
    }
  json_node_take_object (root, object);
  return root;
}
