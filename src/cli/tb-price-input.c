/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-price-input.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "tb-decimal.h"
#include "tb-error.h"
#include "tb-text.h"

#define INPUT_MAX (64 * 1024 * 1024)
#define DEPTH_MAX 4

void
tb_price_input_free (TbPriceInput *self)
{
  if (self == NULL)
    return;
  g_free (self->uid);
  g_free (self->number);
  g_free (self->caller);
  g_free (self->service);
  g_free (self);
}

/* ---- values ---- */

gboolean
tb_price_seconds_parse (const char *text, gint32 *ret, GError **error)
{
  gint64 exact, whole;

  if (!tb_decimal_parse (text, -1, TB_AMOUNT_SCALE, &exact, error))
    return FALSE;
  whole = exact / TB_AMOUNT_ONE + (exact % TB_AMOUNT_ONE > 0);
  if (exact < 0 || whole > TB_CALL_MAX_SECONDS)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” seconds is no length of a call."), text);
      return FALSE;
    }
  *ret = (gint32) whole;
  return TRUE;
}

static gboolean
check (TbPriceInput *self, GError **error)
{
  self->call.callee = self->number;
  self->call.caller = self->caller != NULL ? self->caller : "";
  self->call.uid = self->uid != NULL ? self->uid : "price";
  if (!tb_call_validate (&self->call, error))
    return FALSE;
  self->call.uid = self->uid != NULL ? self->uid : "";
  return TRUE;
}

static TbPriceInput *
input_new (gint64 start)
{
  TbPriceInput *self = g_new0 (TbPriceInput, 1);

  tb_call_init (&self->call);
  self->call.start = start;
  self->call.ring = 0;
  self->call.direction = TB_DIRECTION_OUTBOUND;
  return self;
}

TbPriceInput *
tb_price_input_new (const char *number, const char *seconds, gint64 start, GError **error)
{
  g_autoptr (TbPriceInput) self = input_new (start);

  self->number = g_strdup (number);
  if (!tb_price_seconds_parse (seconds, &self->call.seconds, error))
    return NULL;
  self->call.duration = self->call.seconds;
  return check (self, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- JSON ---- */

/* Names that mean the same, the first one given wins. */
static const char *const number_names[] = { "number", "callee", NULL };
static const char *const seconds_names[] = { "seconds", "billsec", "duration", NULL };
static const char *const at_names[] = { "at", "start", NULL };
static const char *const direction_names[] = { "direction", NULL };
static const char *const caller_names[] = { "caller", NULL };
static const char *const uid_names[] = { "uid", NULL };
static const char *const service_names[] = { "service", NULL };
/* A call record may be given as it is; these say nothing about a price. */
static const char *const other_names[] = { "id", "answer", "end", "tenant", "extension", "caller_name", "did", "cause", "account_code", "connection", NULL };

static const char *const *const all_names[]
    = { number_names, seconds_names, at_names, direction_names, caller_names, uid_names, service_names, other_names };

static gboolean
fail_at (GError **error, guint position, const char *name, const char *reason)
{
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, "[%u].%s: %s", position, name, reason);
  return FALSE;
}

static gboolean
check_names (JsonObject *object, guint position, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      gboolean known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (all_names) && !known; i++)
        known = g_strv_contains (all_names[i], name);
      if (!known)
        {
          g_autofree char *shown = tb_text_for_message (name, -1, 40);

          return fail_at (error, position, shown, _("unknown key"));
        }
    }
  return TRUE;
}

/* Text of a string or number; *ret stays NULL when it is not there or null. */
static gboolean
get_text (JsonObject *object, const char *const *names, guint position, char **ret, GError **error)
{
  for (; *names != NULL; names++)
    {
      JsonNode *node = json_object_get_member (object, *names);
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        continue;
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        return fail_at (error, position, *names, _("must be text or a number"));
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        *ret = g_strdup (json_node_get_string (node));
      else if (json_node_get_value_type (node) == G_TYPE_INT64)
        *ret = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      else
        *ret = g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.9f", json_node_get_double (node)));
      return TRUE;
    }
  return TRUE;
}

static gboolean
read_seconds (TbPriceInput *self, JsonObject *object, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;

  if (!get_text (object, seconds_names, self->position, &text, error))
    return FALSE;
  if (text == NULL)
    return fail_at (error, self->position, "seconds", _("is missing"));
  if (!tb_price_seconds_parse (text, &self->call.seconds, &failure))
    return fail_at (error, self->position, "seconds", failure->message);
  self->call.duration = self->call.seconds;
  return TRUE;
}

static gboolean
read_at (TbPriceInput *self, JsonObject *object, TbZone *zone, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;

  if (!get_text (object, at_names, self->position, &text, error))
    return FALSE;
  if (text == NULL || tb_time_parse (text, -1, zone, &self->call.start, &failure))
    return TRUE;
  return fail_at (error, self->position, "at", failure->message);
}

static gboolean
read_direction (TbPriceInput *self, JsonObject *object, GError **error)
{
  g_autofree char *text = NULL;

  if (!get_text (object, direction_names, self->position, &text, error))
    return FALSE;
  if (text == NULL || *text == '\0' || tb_direction_parse (text, -1, &self->call.direction))
    return TRUE;
  return fail_at (error, self->position, "direction", _("is none of outbound, inbound, local"));
}

static TbPriceInput *
read_item (JsonNode *node, guint position, gint64 start, TbZone *zone, GError **error)
{
  g_autoptr (TbPriceInput) self = input_new (start);
  JsonObject *object;

  self->position = position;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("[%u]: must be an object with number and seconds"), position);
      return NULL;
    }
  object = json_node_get_object (node);
  if (!check_names (object, position, error) || !get_text (object, number_names, position, &self->number, error)
      || !get_text (object, caller_names, position, &self->caller, error) || !get_text (object, uid_names, position, &self->uid, error)
      || !get_text (object, service_names, position, &self->service, error) || !read_seconds (self, object, error)
      || !read_at (self, object, zone, error) || !read_direction (self, object, error))
    return NULL;
  if (self->number == NULL)
    {
      fail_at (error, position, "number", _("is missing"));
      return NULL;
    }
  if (check (self, error))
    return g_steal_pointer (&self);
  g_prefix_error (error, "[%u]: ", position);
  return NULL;
}

/* json-glib descends by recursion; nothing here is deeper than objects in an array. */
static gboolean
check_depth (const char *text, GError **error)
{
  gboolean quoted = FALSE;
  guint depth = 0;

  for (; *text != '\0'; text++)
    {
      if (quoted && *text == '\\' && text[1] != '\0')
        text++;
      else if (*text == '"')
        quoted = !quoted;
      else if (!quoted && (*text == '[' || *text == '{') && ++depth > DEPTH_MAX)
        {
          g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Standard input is no array of calls: it is nested too deeply."));
          return FALSE;
        }
      else if (!quoted && (*text == ']' || *text == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

static char *
read_text (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 block[65536];
  gssize n;
  gsize len;

  while ((n = g_input_stream_read (stream, block, sizeof block, cancellable, error)) > 0 && bytes->len <= INPUT_MAX)
    g_byte_array_append (bytes, block, (guint) n);
  if (n < 0)
    {
      tb_error_convert (error, TB_ERROR_STORAGE);
      return NULL;
    }
  if (bytes->len > INPUT_MAX)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Standard input is larger than any array of calls."));
      return NULL;
    }
  return tb_text_to_utf8 (bytes->data, bytes->len, tb_encoding_detect (bytes->data, bytes->len), &len, error);
}

static JsonParser *
parse (const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) failure = NULL;
  JsonNode *root;

  if (!check_depth (text, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, -1, &failure))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Standard input is not JSON: %s"), failure->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    return g_steal_pointer (&parser);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Standard input must be a JSON array of calls."));
  return NULL;
}

GPtrArray *
tb_price_input_read (GInputStream *stream, gint64 start, TbZone *zone, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_price_input_free);
  g_autofree char *text = read_text (stream, cancellable, error);
  g_autoptr (JsonParser) parser = text != NULL ? parse (text, error) : NULL;
  JsonArray *array;

  if (parser == NULL)
    return NULL;
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      TbPriceInput *input = read_item (json_array_get_element (array, i), i, start, zone, error);

      if (input == NULL)
        return NULL;
      g_ptr_array_add (inputs, input);
    }
  return g_steal_pointer (&inputs);
}
