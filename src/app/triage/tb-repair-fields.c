/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-repair-fields.h"

#include <glib/gi18n.h>

#include "tb-error.h"
#include "tb-text.h"

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, text);
  return FALSE;
}

static char *
join (char **texts)
{
  return texts != NULL ? g_strjoinv (", ", texts) : g_strdup ("");
}

/* Commas or blanks between. */
static void
split (char ***field, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ", ", -1);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_strv_builder_add (texts, *part);
  g_strfreev (*field);
  *field = g_strv_builder_end (texts);
}

static char *
read_prefix (const TbRepair *repair)
{
  return g_strdup (repair->rate->prefix);
}

static gboolean
write_prefix (TbRepair *repair, const char *text, GError **error)
{
  tb_set_str (&repair->rate->prefix, text);
  return TRUE;
}

static char *
read_price (const TbRepair *repair)
{
  return repair->rate->rate != TB_DECIMAL_NONE ? tb_decimal_format (repair->rate->rate, TB_RATE_SCALE, 2) : g_strdup ("");
}

static gboolean
write_price (TbRepair *repair, const char *text, GError **error)
{
  if (tb_decimal_parse (text, -1, TB_RATE_SCALE, &repair->rate->rate, NULL) && repair->rate->rate >= 0)
    return TRUE;
  return refuse (error, _ ("The price a minute is missing, or is not a number like 0.0125."));
}

static char *
read_increment (const TbRepair *repair)
{
  return repair->rate->initial > 0 ? g_strdup_printf ("%d/%d", repair->rate->initial, repair->rate->next) : g_strdup ("");
}

static gboolean
write_increment (TbRepair *repair, const char *text, GError **error)
{
  if (*text != '\0')
    return tb_rate_parse_increment (text, &repair->rate->initial, &repair->rate->next, error);
  repair->rate->initial = repair->rate->next = 0;
  return TRUE;
}

static char *
read_description (const TbRepair *repair)
{
  return g_strdup (repair->rate->description != NULL ? repair->rate->description : "");
}

static gboolean
write_description (TbRepair *repair, const char *text, GError **error)
{
  tb_set_str (&repair->rate->description, text);
  return TRUE;
}

static char *
read_exit_codes (const TbRepair *repair)
{
  return join (repair->plan.exit_codes);
}

static gboolean
write_exit_codes (TbRepair *repair, const char *text, GError **error)
{
  split (&repair->plan.exit_codes, text);
  return TRUE;
}

static char *
read_trunk_prefix (const TbRepair *repair)
{
  return g_strdup (repair->plan.trunk_prefix != NULL ? repair->plan.trunk_prefix : "");
}

static gboolean
write_trunk_prefix (TbRepair *repair, const char *text, GError **error)
{
  tb_set_str (&repair->plan.trunk_prefix, *text != '\0' ? text : NULL);
  return TRUE;
}

static char *
read_area_code (const TbRepair *repair)
{
  return g_strdup (repair->plan.area_code != NULL ? repair->plan.area_code : "");
}

static gboolean
write_area_code (TbRepair *repair, const char *text, GError **error)
{
  tb_set_str (&repair->plan.area_code, *text != '\0' ? text : NULL);
  return TRUE;
}

static char *
read_extensions (const TbRepair *repair)
{
  return join (repair->extensions);
}

static gboolean
write_extensions (TbRepair *repair, const char *text, GError **error)
{
  split (&repair->extensions, text);
  return TRUE;
}

static char *
read_dids (const TbRepair *repair)
{
  return join (repair->dids);
}

static gboolean
write_dids (TbRepair *repair, const char *text, GError **error)
{
  split (&repair->dids, text);
  return TRUE;
}

static char *
read_client (const TbRepair *repair)
{
  return g_strdup (repair->client != NULL ? repair->client : "");
}

static gboolean
write_client (TbRepair *repair, const char *text, GError **error)
{
  if (*text == '\0')
    return refuse (error, _ ("Say for which client the service is to be."));
  tb_set_str (&repair->client, text);
  return TRUE;
}

static char *
read_package (const TbRepair *repair)
{
  return g_strdup (repair->package != NULL ? repair->package : "");
}

static gboolean
write_package (TbRepair *repair, const char *text, GError **error)
{
  if (*text == '\0')
    return refuse (error, _ ("Say with which package the service is to be."));
  tb_set_str (&repair->package, text);
  return TRUE;
}

/* ---- choices ---- */

static void
choice_free (gpointer data)
{
  TbRepairChoice *choice = data;

  g_free (choice->value);
  g_free (choice->name);
  g_free (choice);
}

static void
add_choice (GPtrArray *choices, const char *value, char *name)
{
  TbRepairChoice *choice = g_new (TbRepairChoice, 1);

  *choice = (TbRepairChoice){ g_strdup (value), name };
  g_ptr_array_add (choices, choice);
}

static GPtrArray *
list_clients (const TbSetup *setup)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (choice_free);

  for (guint i = 0; i < setup->clients->len; i++)
    {
      const TbClient *client = setup->clients->pdata[i];

      add_choice (choices, client->key, client->name != NULL ? g_strdup_printf ("%s (%s)", client->name, client->key) : g_strdup (client->key));
    }
  return choices;
}

static GPtrArray *
list_packages (const TbSetup *setup)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (choice_free);

  for (guint i = 0; i < setup->packages->len; i++)
    add_choice (choices, ((TbPackage *) setup->packages->pdata[i])->name, g_strdup (((TbPackage *) setup->packages->pdata[i])->name));
  return choices;
}

static char *
read_pattern (const TbRepair *repair)
{
  return g_strdup (repair->pattern);
}

static gboolean
write_pattern (TbRepair *repair, const char *text, GError **error)
{
  tb_set_str (&repair->pattern, text);
  return TRUE;
}

static const TbRepairField rate_fields[] = {
  { N_ ("Prefix"), read_prefix, write_prefix },
  { N_ ("Price a minute"), read_price, write_price },
  { N_ ("Increment"), read_increment, write_increment },
  { N_ ("Destination"), read_description, write_description },
};
static const TbRepairField plan_fields[] = {
  { N_ ("International prefixes"), read_exit_codes, write_exit_codes },
  { N_ ("Trunk prefix"), read_trunk_prefix, write_trunk_prefix },
  { N_ ("Area code"), read_area_code, write_area_code },
};
static const TbRepairField assign_fields[] = {
  { N_ ("Extensions"), read_extensions, write_extensions },
  { N_ ("Numbers"), read_dids, write_dids },
};
static const TbRepairField service_fields[] = {
  { N_ ("Client"), read_client, write_client, list_clients },
  { N_ ("Package"), read_package, write_package, list_packages },
  { N_ ("Extensions (none: all of the tenant)"), read_extensions, write_extensions },
};
static const TbRepairField filter_fields[] = { { N_ ("Pattern"), read_pattern, write_pattern } };

#define GIVE(fields) return *ret_n = G_N_ELEMENTS (fields), fields

const TbRepairField *
tb_repair_fields (const TbRepair *repair, guint *ret_n)
{
  switch (repair->kind)
    {
    case TB_REPAIR_RATE:
      GIVE (rate_fields);
    case TB_REPAIR_NUMBER_PLAN:
      GIVE (plan_fields);
    case TB_REPAIR_ASSIGN:
      if (tb_repair_makes_service (repair))
        GIVE (service_fields);
      GIVE (assign_fields);
    case TB_REPAIR_FILTER:
      GIVE (filter_fields);
    case TB_REPAIR_RATE_CALLS:
    default:
      *ret_n = 0;
      return NULL;
    }
}
