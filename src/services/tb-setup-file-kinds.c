/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-setup-file-private.h"
#include "tb-text.h"

#define TEXT_MAX 1000

/* ---- texts ---- */

static gboolean
read_text (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, const char **ret, GError **error)
{
  const char *text;
  gint64 max = key->max > 0 ? key->max : TEXT_MAX;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return tb_setup_refuse_type (context, node, _("a text in quotes"), error);
  text = json_node_get_string (node);
  if (!g_utf8_validate (text, -1, NULL))
    return tb_setup_refuse (context, error, _("holds characters that do not exist"));
  if (strlen (text) > (gsize) max)
    return tb_setup_refuse (context, error, _("is longer than %d bytes"), (int) max);
  for (const char *at = text; *at != '\0'; at++)
    if (((guchar) *at < ' ' && (max <= TEXT_MAX || strchr ("\n\t", *at) == NULL)) || *at == 0x7f)
      return tb_setup_refuse (context, error, _("holds control characters"));
  if (key->required && *text == '\0')
    return tb_setup_refuse (context, error, _("must not be empty"));
  if (key->check != NULL && *text != '\0' && !key->check (text, error))
    return tb_setup_refuse_prefixed (context, error);
  *ret = text;
  return TRUE;
}

static gboolean
text_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text;

  if (!read_text (context, key, node, &text, error))
    return FALSE;
  tb_set_str (place, *text != '\0' ? text : NULL);
  return TRUE;
}

static JsonNode *
text_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const char *text = *(char *const *) place;

  return text != NULL && *text != '\0' ? tb_setup_write_text (text) : NULL;
}

const TbSetupKind tb_setup_text = { text_read, text_write };

/* As numbers are written for people: "+48". */
static gboolean
digits_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text;

  if (!read_text (context, key, node, &text, error))
    return FALSE;
  if (*text == '+')
    text++;
  if (!tb_check_digits (text, error))
    return tb_setup_refuse_prefixed (context, error);
  tb_set_str (place, *text != '\0' ? text : NULL);
  return TRUE;
}

const TbSetupKind tb_setup_digits = { digits_read, text_write };

static gboolean
lines_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return tb_setup_refuse_type (context, node, _("a list of texts in brackets"), error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text;

      tb_setup_enter (context, NULL, i);
      if (!read_text (context, key, json_array_get_element (array, i), &text, error))
        return FALSE;
      if (*text == '\0')
        return tb_setup_refuse (context, error, _("must not be empty"));
      g_ptr_array_add (lines, g_strdup (text));
      tb_setup_leave (context);
    }
  if (lines->len == 0)
    return TRUE;
  g_ptr_array_add (lines, NULL);
  *(char ***) place = (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
  return TRUE;
}

static JsonNode *
lines_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  char **lines = *(char **const *) place;
  JsonArray *array;

  if (lines == NULL || *lines == NULL)
    return NULL;
  array = json_array_new ();
  for (; *lines != NULL; lines++)
    json_array_add_string_element (array, *lines);
  return tb_setup_take_array (array);
}

const TbSetupKind tb_setup_lines = { lines_read, lines_write };

/* ---- words ---- */

gboolean
tb_setup_find_word (const char *const *words, const char *text, guint *ret, GError **error)
{
  g_autofree char *known = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      {
        *ret = i;
        return TRUE;
      }
  known = g_strjoinv (", ", (char **) words);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not one of %s"), text, known);
  return FALSE;
}

static gboolean
read_word (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, const char **ret_text, guint *ret, GError **error)
{
  if (!read_text (context, key, node, ret_text, error))
    return FALSE;
  return tb_setup_find_word (key->words, *ret_text, ret, error) || tb_setup_refuse_prefixed (context, error);
}

static gboolean
word_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text;

  return read_word (context, key, node, &text, place, error);
}

static JsonNode *
word_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_text (key->words[*(const guint *) place]);
}

const TbSetupKind tb_setup_word = { word_read, word_write };

static gboolean
choice_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text;
  guint n;

  if (!read_word (context, key, node, &text, &n, error))
    return FALSE;
  tb_set_str (place, text);
  return TRUE;
}

const TbSetupKind tb_setup_choice = { choice_read, text_write };

/* ---- numbers ---- */

static gboolean
read_int (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gint64 *ret, GError **error)
{
  gint64 value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return tb_setup_refuse_type (context, node, _("a whole number without quotes"), error);
  value = json_node_get_int (node);
  if (value < key->min || value > key->max)
    return tb_setup_refuse (context, error, _("%" PRId64 " is not between %" PRId64 " and %" PRId64), value,
                            key->min, key->max);
  *ret = value;
  return TRUE;
}

static gboolean
int_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  gint64 value;

  if (!read_int (context, key, node, &value, error))
    return FALSE;
  *(gint32 *) place = (gint32) value;
  return TRUE;
}

static JsonNode *
int_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_int (*(const gint32 *) place);
}

const TbSetupKind tb_setup_int = { int_read, int_write };

static JsonNode *
count_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return *(const gint32 *) place < 0 ? NULL : int_write (context, key, place);
}

const TbSetupKind tb_setup_count = { int_read, count_write };

static gboolean
byte_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  gint64 value;

  if (!read_int (context, key, node, &value, error))
    return FALSE;
  *(guint8 *) place = (guint8) value;
  return TRUE;
}

static JsonNode *
byte_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_int (*(const guint8 *) place);
}

const TbSetupKind tb_setup_byte = { byte_read, byte_write };

static gboolean
long_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  return read_int (context, key, node, place, error);
}

static JsonNode *
long_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_int (*(const gint64 *) place);
}

const TbSetupKind tb_setup_long = { long_read, long_write };

static gboolean
bool_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return tb_setup_refuse_type (context, node, _("true or false"), error);
  *(gboolean *) place = json_node_get_boolean (node);
  return TRUE;
}

static JsonNode *
bool_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return json_node_init_boolean (json_node_alloc (), *(const gboolean *) place);
}

const TbSetupKind tb_setup_bool = { bool_read, bool_write };

/* ---- decimals, days, currencies ---- */

/* A whole number is exact and welcome; one with a point has been through binary and is not. */
static gboolean
decimal_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  g_autofree char *text = type == G_TYPE_INT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node)) : json_node_dup_string (node);
  TbDecimal value;

  if (type != G_TYPE_INT64 && type != G_TYPE_STRING)
    return tb_setup_refuse_type (context, node, _("a decimal number in quotes, such as \"0.0125\""), error);
  if (!tb_decimal_parse (text, -1, TB_RATE_SCALE, &value, error))
    return tb_setup_refuse_prefixed (context, error);
  if (value < key->min || value > key->max)
    {
      char min[40], max[40];

      tb_decimal_format_to (key->min, TB_RATE_SCALE, 0, min);
      tb_decimal_format_to (key->max, TB_RATE_SCALE, 0, max);
      return tb_setup_refuse (context, error, _("%s is not between %s and %s"), text, min, max);
    }
  *(TbDecimal *) place = value;
  return TRUE;
}

static JsonNode *
decimal_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  TbDecimal value = *(const TbDecimal *) place;
  char text[40];

  if (value == TB_DECIMAL_NONE)
    return NULL;
  tb_decimal_format_to (value, TB_RATE_SCALE, 0, text);
  return tb_setup_write_text (text);
}

const TbSetupKind tb_setup_decimal = { decimal_read, decimal_write };

static gboolean
day_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text;

  if (!read_text (context, key, node, &text, error))
    return FALSE;
  return tb_day_parse (text, place, error) || tb_setup_refuse_prefixed (context, error);
}

static JsonNode *
day_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  g_autofree char *text = *(const TbDay *) place == TB_DAY_NONE ? NULL : tb_day_format (*(const TbDay *) place);

  return text != NULL ? tb_setup_write_text (text) : NULL;
}

const TbSetupKind tb_setup_day = { day_read, day_write };

static gboolean
currency_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  const char *text;

  if (!read_text (context, key, node, &text, error))
    return FALSE;
  return tb_currency_parse (text, place, error) || tb_setup_refuse_prefixed (context, error);
}

static JsonNode *
currency_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  TbCurrency currency = *(const TbCurrency *) place;

  return currency == TB_CURRENCY_NONE ? NULL : tb_setup_write_text (tb_currency_to_string (currency));
}

const TbSetupKind tb_setup_currency = { currency_read, currency_write };

/* ---- structs and lists of them ---- */

static gboolean
part_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  return tb_setup_read_object (context, key->noun, node, place, error);
}

static JsonNode *
part_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_object (context, key->noun, place);
}

const TbSetupKind tb_setup_part = { part_read, part_write };

static gboolean
object_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  if (*(gpointer *) place == NULL)
    *(gpointer *) place = key->noun->create ();
  return tb_setup_read_object (context, key->noun, node, *(gpointer *) place, error);
}

static JsonNode *
object_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  gconstpointer item = *(gconstpointer *) place;

  return item != NULL ? tb_setup_write_object (context, key->noun, item) : NULL;
}

const TbSetupKind tb_setup_object = { object_read, object_write };

static gboolean
list_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  return tb_setup_read_list (context, key->noun, node, *(GPtrArray **) place, error);
}

static JsonNode *
list_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_write_list (context, key->noun, *(GPtrArray *const *) place);
}

const TbSetupKind tb_setup_list = { list_read, list_write };
