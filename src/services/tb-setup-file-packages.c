/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-setup-file-private.h"
#include "tb-text.h"

#define UNLIMITED "unlimited"
#define MINUTES_MAX G_GINT64_CONSTANT (1000000000)
#define DECIMALS 9 /* enough for any fraction that is whole seconds, and MINUTES_MAX fits */
#define ONE MINUTES_MAX

/* ---- included minutes ---- */

/* A decimal in quotes, of minutes or seconds. */
static gboolean
parse_seconds (TbSetupContext *context, const char *text, gint64 unit, gint64 *ret, GError **error)
{
  gint64 value;

  if (!tb_decimal_parse (text, -1, DECIMALS, &value, NULL))
    return tb_setup_refuse (context, error, _("“%s” is neither a number nor \"unlimited\""), text);
  if (value < 0 || value / ONE > MINUTES_MAX)
    return tb_setup_refuse (context, error, _("“%s” is not between 0 and %" PRId64), text, MINUTES_MAX);
  if (value % ONE * unit % ONE != 0)
    return tb_setup_refuse (context, error,
                            unit > 1 ? _("“%s” minutes are no whole number of seconds") : _("“%s” is no whole number of seconds"), text);
  *ret = value / ONE * unit + value % ONE * unit / ONE;
  return TRUE;
}

static gboolean
pool_read (TbSetupContext *context, JsonNode *node, gint64 unit, gint64 *ret, GError **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  gint64 value;

  if (*ret != 0)
    return tb_setup_refuse (context, error, _("either minutes or seconds are given, not both"));
  if (type == G_TYPE_STRING && strcmp (json_node_get_string (node), UNLIMITED) == 0)
    {
      *ret = TB_SECONDS_UNLIMITED;
      return TRUE;
    }
  if (type == G_TYPE_STRING)
    return parse_seconds (context, json_node_get_string (node), unit, ret, error);
  if (type != G_TYPE_INT64)
    return tb_setup_refuse_type (context, node, _("a whole number, a decimal number in quotes or \"unlimited\""), error);
  value = json_node_get_int (node);
  if (value < 0 || value > MINUTES_MAX)
    return tb_setup_refuse (context, error, _("%" PRId64 " is not between 0 and %" PRId64), value, MINUTES_MAX);
  *ret = value * unit;
  return TRUE;
}

static gboolean
minutes_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  return pool_read (context, node, 60, place, error);
}

static JsonNode *
minutes_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  gint64 seconds = *(const gint64 *) place;

  if (seconds == TB_SECONDS_UNLIMITED)
    return tb_setup_write_text (UNLIMITED);
  return seconds % 60 == 0 ? tb_setup_write_int (seconds / 60) : NULL;
}

const TbSetupKind tb_setup_minutes = { minutes_read, minutes_write };

static gboolean
seconds_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  return pool_read (context, node, 1, place, error);
}

static JsonNode *
seconds_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  gint64 seconds = *(const gint64 *) place;

  return seconds != TB_SECONDS_UNLIMITED && seconds % 60 != 0 ? tb_setup_write_int (seconds) : NULL;
}

const TbSetupKind tb_setup_seconds = { seconds_read, seconds_write };

/* ---- scope ---- */

static gboolean
is_scope (const char *text)
{
  static const char *const words[] = { "all", "national", "inbound", NULL };

  return g_strv_contains (words, text) || (*text != '\0' && text[strspn (text, "0123456789")] == '\0');
}

/* "+48" means the digits, as in a deck. */
static void
drop_plus (char *text)
{
  if (*text == '+')
    memmove (text, text + 1, strlen (text));
}

/* A list; one word may stand alone. */
static gboolean
scope_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  char *const *scope;

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      g_autofree char *word = NULL;

      if (!tb_setup_text.read (context, key, node, &word, error))
        return FALSE;
      if (word != NULL)
        *(char ***) place = g_strsplit (word, "\n", -1);
    }
  else if (!tb_setup_lines.read (context, key, node, place, error))
    return FALSE;

  scope = *(char ***) place;
  for (guint i = 0; scope != NULL && scope[i] != NULL; i++)
    {
      drop_plus (scope[i]);
      if (is_scope (scope[i]))
        continue;
      tb_setup_enter (context, NULL, i);
      return tb_setup_refuse (context, error, _("“%s” is neither all, national, inbound nor the digits of a prefix"), scope[i]);
    }
  return TRUE;
}

static JsonNode *
scope_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return tb_setup_lines.write (context, key, place);
}

const TbSetupKind tb_setup_scope = { scope_read, scope_write };

/* ---- volume tiers ---- */

static const char *const tier_kinds[] = { "none", "graduated", "volume", NULL };
static const char *const tier_bases[] = { "minutes", "amount", NULL };

static gpointer
tier_new (void)
{
  return g_new0 (TbTier, 1);
}

static const TbSetupKey tier_keys[] = {
  TB_KEY ("from", TbTier, from, decimal, .required = TRUE, .max = G_MAXINT64),
  TB_KEY ("rate", TbTier, rate, decimal, .required = TRUE, .max = G_MAXINT64),
};
static const TbSetupNoun tier_noun = TB_NOUN (tier_keys, tier_new, g_free, NULL);

static gboolean
tier_steps_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  g_autoptr (GPtrArray) tiers = g_ptr_array_new_with_free_func (g_free);

  if (!tb_setup_read_list (context, key->noun, node, tiers, error))
    return FALSE;
  for (guint i = 0; i < tiers->len; i++)
    {
      const TbTier *tier = tiers->pdata[i];

      if (i == 0 ? tier->from != 0 : tier->from <= ((const TbTier *) tiers->pdata[i - 1])->from)
        {
          tb_setup_enter (context, NULL, i);
          tb_setup_enter (context, "from", 0);
          return tb_setup_refuse (context, error, i == 0 ? _("the first tier begins at 0") : _("must be more than that of the step before"));
        }
      g_array_append_vals (*(GArray **) place, tier, 1);
    }
  return TRUE;
}

static JsonNode *
tier_steps_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  GArray *tiers = *(GArray *const *) place;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < tiers->len; i++)
    g_ptr_array_add (items, &g_array_index (tiers, TbTier, i));
  return tb_setup_write_list (context, key->noun, items);
}

static const TbSetupKind tier_steps = { tier_steps_read, tier_steps_write };

static const TbSetupKey tiers_keys[] = {
  TB_KEY ("kind", TbPackage, tier_kind, word, .words = tier_kinds),
  TB_KEY ("by", TbPackage, tier_basis, word, .words = tier_bases),
  { .name = "steps", .kind = &tier_steps, .offset = G_STRUCT_OFFSET (TbPackage, tiers), .noun = &tier_noun },
};
const TbSetupNoun tb_tiers_noun = TB_PART (tiers_keys);

/* Graduated unless said otherwise. */
static gboolean
tiers_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  TbPackage *package = place;

  package->tier_kind = TB_TIERS_GRADUATED;
  return tb_setup_read_object (context, &tb_tiers_noun, node, package, error);
}

static JsonNode *
tiers_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const TbPackage *package = place;
  gboolean none = package->tier_kind == TB_TIERS_NONE && package->tier_basis == TB_TIERS_BY_MINUTES && package->tiers->len == 0;

  return none ? NULL : tb_setup_write_object (context, &tb_tiers_noun, package);
}

const TbSetupKind tb_setup_tiers = { tiers_read, tiers_write };

/* ---- inbound ---- */

/* A copy of the object without one key. */
static JsonNode *
copy_without (JsonObject *object, const char *left_out)
{
  JsonObject *rest = json_object_new ();
  JsonObjectIter members;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&members, object);
  while (json_object_iter_next_ordered (&members, &name, &member))
    if (strcmp (name, left_out) != 0)
      json_object_set_member (rest, name, json_node_copy (member));
  return tb_setup_take_object (rest);
}

static gboolean
read_bill (TbSetupContext *context, JsonNode *node, gboolean *ret, GError **error)
{
  gboolean ok;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  tb_setup_enter (context, "bill", 0);
  ok = tb_setup_bool.read (context, NULL, node, ret, error);
  tb_setup_leave (context);
  return ok;
}

/* "bill" and the keys of a price in one object; without any of those there is no inbound rate. */
static gboolean
inbound_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  TbPackage *package = place;
  g_autoptr (JsonNode) price = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return tb_setup_refuse_type (context, node, _("an object in braces"), error);
  if (!read_bill (context, json_object_get_member (json_node_get_object (node), "bill"), &package->bill_inbound, error))
    return FALSE;
  price = copy_without (json_node_get_object (node), "bill");
  if (json_object_get_size (json_node_get_object (price)) == 0)
    return TRUE;
  package->inbound_rate = tb_rate_new ();
  return tb_setup_read_object (context, &tb_price_noun, price, package->inbound_rate, error);
}

static JsonNode *
inbound_write (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  const TbPackage *package = place;
  JsonNode *node;

  if (package->inbound_rate == NULL && !package->bill_inbound)
    return NULL;
  node = package->inbound_rate != NULL ? tb_setup_write_object (context, &tb_price_noun, package->inbound_rate)
                                       : tb_setup_take_object (json_object_new ());
  json_object_set_boolean_member (json_node_get_object (node), "bill", package->bill_inbound);
  return node;
}

const TbSetupKind tb_setup_inbound = { inbound_read, inbound_write };
