/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-fake-whmcs-private.h"

/* What json_encode () of PHP makes, and what it makes of arrays that are not quite lists. */

static void
put_escaped (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '"' || c == '\\' || c == '/')
        g_string_append_printf (out, "\\%c", (char) c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c >= ' ' && c < 127)
        g_string_append_c (out, (char) c);
      else if (c < 0x10000)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_printf (out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
    }
}

static void
put_name (GString *out, const char *name)
{
  g_string_append_printf (out, "%s\"%s\":", out->len > 0 ? "," : "", name);
}

/* htmlspecialchars (…, ENT_QUOTES) */
static char *
encode (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    switch (*text)
      {
      case '&': g_string_append (out, "&amp;"); break;
      case '<': g_string_append (out, "&lt;"); break;
      case '>': g_string_append (out, "&gt;"); break;
      case '"': g_string_append (out, "&quot;"); break;
      case '\'': g_string_append (out, "&#039;"); break;
      default: g_string_append_c (out, *text);
      }
  return g_string_free (out, FALSE);
}

void
fake_put_text (FakeCall *call, GString *out, const char *name, const char *value)
{
  g_autofree char *encoded = (call->fake->quirks & TB_FAKE_QUIRK_ENTITIES) != 0 ? encode (value) : NULL;

  put_name (out, name);
  g_string_append_c (out, '"');
  put_escaped (out, encoded != NULL ? encoded : value);
  g_string_append_c (out, '"');
}

void
fake_put_id (FakeCall *call, GString *out, const char *name, gint64 value)
{
  const char *quote = (call->fake->quirks & TB_FAKE_QUIRK_TEXT_IDS) != 0 ? "\"" : "";

  put_name (out, name);
  g_string_append_printf (out, "%s%" G_GINT64_FORMAT "%s", quote, value, quote);
}

void
fake_put_money (FakeCall *call, GString *out, const char *name, gint64 cents)
{
  const char *quote = (call->fake->quirks & TB_FAKE_QUIRK_NUMBER_MONEY) != 0 ? "" : "\"";
  g_autofree char *text = fake_money (cents);

  put_name (out, name);
  g_string_append_printf (out, "%s%s%s", quote, text, quote);
}

static void
row_free (gpointer data)
{
  g_string_free (data, TRUE);
}

GPtrArray *
fake_rows_new (void)
{
  return g_ptr_array_new_with_free_func (row_free);
}

GString *
fake_rows_add (GPtrArray *rows)
{
  g_ptr_array_add (rows, g_string_new (NULL));
  return rows->pdata[rows->len - 1];
}

void
fake_put_list (FakeCall *call, GString *out, const char *plural, const char *singular, GPtrArray *rows)
{
  guint quirks = call->fake->quirks;
  gboolean lone = rows->len == 1 && (quirks & TB_FAKE_QUIRK_LONE_ROWS) != 0;
  gboolean object = (quirks & TB_FAKE_QUIRK_OBJECT_LISTS) != 0;
  gboolean flat = singular == NULL || (quirks & TB_FAKE_QUIRK_FLAT_LISTS) != 0;

  put_name (out, plural);
  if (rows->len == 0)
    g_string_append (out, (quirks & TB_FAKE_QUIRK_EMPTY_TEXTS) != 0 ? "\"\"" : "[]");
  else
    {
      if (!flat)
        g_string_append_printf (out, "{\"%s\":", singular);
      g_string_append (out, lone ? "" : object ? "{" : "[");
      for (guint i = 0; i < rows->len; i++)
        {
          g_string_append (out, i > 0 ? "," : "");
          if (object && !lone)
            g_string_append_printf (out, "\"%u\":", i);
          g_string_append_printf (out, "{%s}", ((GString *) rows->pdata[i])->str);
        }
      g_string_append (out, lone ? "" : object ? "}" : "]");
      g_string_append (out, flat ? "" : "}");
    }
  g_ptr_array_unref (rows);
}

void
fake_put_customs (FakeCall *call, GString *out, GHashTable *customs, gboolean flat)
{
  GPtrArray *rows = fake_rows_new ();
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (customs), (GCompareFunc) strcmp);

  for (GList *at = ids; at != NULL; at = at->next)
    {
      GString *row = fake_rows_add (rows);

      fake_put_id (call, row, "id", g_ascii_strtoll (at->data, NULL, 10));
      fake_put_text (call, row, "value", g_hash_table_lookup (customs, at->data));
    }
  fake_put_list (call, out, "customfields", flat ? NULL : "customfield", rows);
}

guint *
fake_order (FakeCall *call, guint n)
{
  guint *order = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint i = 0; (call->fake->quirks & TB_FAKE_QUIRK_ANY_ORDER) != 0 && i < n; i++)
    {
      guint other = (i * 7919 + 13) % n, kept = order[i];

      order[i] = order[other];
      order[other] = kept;
    }
  return order;
}

void
fake_put_page (FakeCall *call, guint n, guint *ret_from, guint *ret_to)
{
  guint from = (guint) CLAMP (fake_arg_id (call, "limitstart"), 0, (gint64) n);
  gint64 asked = g_hash_table_contains (call->args, "limitnum") ? fake_arg_id (call, "limitnum") : 25;
  guint most = (call->fake->quirks & TB_FAKE_QUIRK_SMALL_PAGES) != 0 ? 7 : 100000;

  *ret_from = from;
  *ret_to = from + (guint) MIN (MIN ((gint64) (n - from), asked), most);
  fake_put_id (call, call->out, "totalresults", n);
  fake_put_id (call, call->out, "startnumber", from);
  fake_put_id (call, call->out, "numreturned", *ret_to - from);
}
