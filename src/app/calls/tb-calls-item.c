/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-calls-item.h"

#include <stdlib.h>
#include <string.h>

#include "tb-rated-call.h"

/* What is meant as it is written: no wildcards. */
static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (strchr ("*?\\", *text) != NULL)
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *text);
    }
  return g_string_free (escaped, FALSE);
}

static TbCallWhere *
is_text (TbWhereField field, const char *text)
{
  g_autofree char *escaped = escape (text);

  return tb_call_where_new_test (field, TB_WHERE_IS, escaped);
}

static TbCallWhere *
begins_with (TbWhereField field, const char *digits)
{
  g_autofree char *pattern = g_strdup_printf ("%s*", digits);

  return tb_call_where_new_test (field, TB_WHERE_IS, pattern);
}

/* "17,23 Poland": ids, then what they are called. */
static TbCallWhere *
ids_of (TbWhereField field, const char *text, GHashTable *titles)
{
  g_auto (GStrv) halves = g_strsplit (text, " ", 2);
  g_auto (GStrv) ids = g_strsplit (halves[0] != NULL ? halves[0] : "", ",", -1);
  TbCallWhere *test = tb_call_where_new (TB_WHERE_TEST);

  test->field = field;
  for (char **id = ids; *id != NULL; id++)
    tb_call_where_add_value (test, TB_WHERE_IS, *id, NULL);
  if (halves[0] != NULL && halves[1] != NULL)
    g_hash_table_insert (titles, tb_call_where_to_string (test), g_strdup (halves[1]));
  return test;
}

/* "12 INV-2026-00001": drafts have no number, and any may be meant by its id. */
static TbCallWhere *
invoice_of (const char *text, GHashTable *titles)
{
  g_auto (GStrv) halves = g_strsplit (text, " ", 2);
  g_autofree char *id = g_strdup_printf ("#%s", halves[0] != NULL ? halves[0] : "");
  TbCallWhere *test = tb_call_where_new_test (TB_WHERE_FIELD_INVOICE, TB_WHERE_IS, id);

  if (halves[0] != NULL && halves[1] != NULL)
    g_hash_table_insert (titles, tb_call_where_to_string (test), g_strdup (halves[1]));
  return test;
}

/* As rated, or as dialled. */
static TbCallWhere *
prefix_of (const char *digits)
{
  TbCallWhere *any = tb_call_where_new (TB_WHERE_ANY);

  tb_call_where_add (any, begins_with (TB_WHERE_FIELD_TO, digits));
  tb_call_where_add (any, begins_with (TB_WHERE_FIELD_RATED_NUMBER, digits));
  return any;
}

static void
add_part (TbCallWhere *all, const char *name, const char *value, GHashTable *titles)
{
  guint status = (guint) atoi (value);

  if (strcmp (name, "status") == 0 && status < TB_CALL_N_STATUS)
    tb_call_where_add (all, tb_call_where_new_test (TB_WHERE_FIELD_STATUS, TB_WHERE_IS, tb_call_status_to_string (status)));
  else if (strcmp (name, "client") == 0)
    tb_call_where_add (all, is_text (TB_WHERE_FIELD_CLIENT, value));
  else if (strcmp (name, "month") == 0)
    tb_call_where_add (all, tb_call_where_new_test (TB_WHERE_FIELD_START, TB_WHERE_IS, value));
  else if (strcmp (name, "uid") == 0)
    tb_call_where_add (all, is_text (TB_WHERE_FIELD_RECORD, value));
  else if (strcmp (name, "prefix") == 0)
    tb_call_where_add (all, prefix_of (value));
  else if (strcmp (name, "invoice") == 0)
    tb_call_where_add (all, invoice_of (value, titles));
  else if (strcmp (name, "rates") == 0)
    tb_call_where_add (all, ids_of (TB_WHERE_FIELD_RATE, value, titles));
  else if (strcmp (name, "cost-rates") == 0)
    tb_call_where_add (all, ids_of (TB_WHERE_FIELD_COST_RATE, value, titles));
}

/* "2026-11-03 pbx-berlin" */
static void
add_day (TbCallWhere *all, const char *text)
{
  g_auto (GStrv) halves = g_strsplit (text, " ", 2);

  if (halves[0] == NULL)
    return;
  tb_call_where_add (all, tb_call_where_new_test (TB_WHERE_FIELD_START, TB_WHERE_IS, halves[0]));
  if (halves[1] != NULL)
    tb_call_where_add (all, is_text (TB_WHERE_FIELD_CONNECTION, halves[1]));
}

gboolean
tb_calls_item_get_order (const char *item, guint *ret_order, gboolean *ret_descending)
{
  char *end;

  if (!g_str_has_prefix (item, "order="))
    return FALSE;
  *ret_order = (guint) g_ascii_strtoull (item + strlen ("order="), &end, 10);
  *ret_descending = *end == '-';
  return TRUE;
}

TbCallWhere *
tb_calls_item_to_where (const char *item, GHashTable *titles)
{
  g_auto (GStrv) parts = g_strsplit (item, ";", -1);
  const char *typed = g_str_has_prefix (item, "where=") ? item : g_str_has_prefix (item, "order=") ? strstr (item, "where=") : NULL;
  TbCallWhere *all;

  /* What is typed may have any mark in it: it goes to the end. */
  if (typed != NULL)
    {
      all = tb_call_where_parse (typed + strlen ("where="), NULL);
      return all != NULL ? all : tb_call_where_new (TB_WHERE_ALL);
    }
  all = tb_call_where_new (TB_WHERE_ALL);
  for (char **part = parts; *part != NULL; part++)
    {
      g_auto (GStrv) halves = g_strsplit (*part, "=", 2);

      if (halves[0] != NULL && halves[1] != NULL && strcmp (halves[0], "day") == 0)
        add_day (all, halves[1]);
      else if (halves[0] != NULL && halves[1] != NULL)
        add_part (all, halves[0], halves[1], titles);
    }
  return all;
}
