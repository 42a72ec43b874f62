/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-form-tables.h"

/* The tables of the forms against those of the set-up file, without a display. */

/* ---- every key of the file has a field ---- */

static void
check_table (const TbFormTable *table, const char *path)
{
  g_auto (GStrv) keys = tb_setup_record_list_keys (path);

  g_test_message ("%s", path);
  g_assert_nonnull (keys);
  g_assert_cmpuint (g_strv_length (keys), ==, table->n_fields);
  for (guint i = 0; keys[i] != NULL; i++)
    if (tb_form_table_find_field (table, keys[i]) == NULL)
      g_error ("%s.%s has no field", path, keys[i]);
  if (table->path != NULL)
    {
      g_auto (GStrv) own = tb_setup_record_list_keys (table->path);

      g_assert_true (g_strv_equal ((const char *const *) own, (const char *const *) keys));
    }
  for (guint i = 0; i < table->n_fields; i++)
    {
      const TbFormField *field = &table->fields[i];
      g_autofree char *deeper = g_strconcat (path, ".", field->key, NULL);
      g_auto (GStrv) inner = tb_setup_record_list_keys (deeper);

      g_assert_cmpint (inner != NULL, ==, field->table != NULL);
      if (field->table != NULL)
        check_table (field->table, deeper);
    }
}

static const char *const nouns[] = { "company", "currencies", "taxes", "providers", "packages", "clients", "services" };

static void
test_complete (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    check_table (tb_form_table_find (nouns[i]), nouns[i]);
  check_table (&tb_form_filter_table, "filters");
  g_assert_null (tb_form_table_find ("tariffs"));
}

/* ---- words, and what a list shows ---- */

static void
check_words (const TbFormTable *table)
{
  g_auto (GStrv) shown = g_strsplit (table->summary != NULL ? table->summary : "", ",", -1);

  for (guint i = 0; shown[i] != NULL; i++)
    g_assert_nonnull (tb_form_table_find_field (table, shown[i]));
  g_assert_true (table->toggle == NULL || tb_form_table_find_field (table, table->toggle) != NULL);
  for (guint i = 0; i < table->n_fields; i++)
    {
      const TbFormField *field = &table->fields[i];
      g_autofree char *path = g_strconcat (table->path != NULL ? table->path : "", ".", field->key, NULL);
      const char *const *words = tb_setup_record_get_words (path);

      g_assert_true (field->label != NULL && *field->label != '\0');
      g_assert_cmpint (field->kind == TB_FORM_CHOICE, ==, words != NULL);
      if (words != NULL)
        g_assert_cmpuint (g_strv_length ((char **) words), ==, g_strv_length ((char **) field->labels));
      g_assert_cmpint (field->kind == TB_FORM_REFERENCE, ==, field->noun != NULL);
      if (field->table != NULL)
        check_words (field->table);
    }
}

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    check_words (tb_form_table_find (nouns[i]));
  check_words (&tb_form_filters_table);
}

/* ---- what is typed ---- */

static const struct
{
  const char *reason;
  TbFormKind kind;
  const char *typed, *json, *shown; /* json NULL = refused, "" = nothing; shown NULL = as typed */
} rows[] = {
  { "a text", TB_FORM_TEXT, "Acme", "\"Acme\"", NULL },
  { "spaces around it", TB_FORM_TEXT, "  Acme ", "\"Acme\"", "Acme" },
  { "nothing", TB_FORM_TEXT, "   ", "", "" },
  { "a decimal", TB_FORM_DECIMAL, "0.0125", "\"0.0125\"", NULL },
  { "a comma for a point", TB_FORM_DECIMAL, "29,95", "\"29.95\"", "29.95" },
  { "two commas are no number: the reader says so", TB_FORM_DECIMAL, "1,000,000", "\"1,000,000\"", NULL },
  { "both are left as they are", TB_FORM_DECIMAL, "1,000.5", "\"1,000.5\"", NULL },
  { "a whole number", TB_FORM_INT, "14", "14", NULL },
  { "a negative one", TB_FORM_INT, "-3", "-3", NULL },
  { "none", TB_FORM_INT, "ten", NULL, NULL },
  { "a fraction", TB_FORM_INT, "1.5", NULL, NULL },
  { "minutes", TB_FORM_NUMBER, "1000", "1000", NULL },
  { "without end", TB_FORM_NUMBER, "unlimited", "\"unlimited\"", NULL },
  { "half minutes", TB_FORM_NUMBER, "0.5", "\"0.5\"", NULL },
  { "lines", TB_FORM_LINES, "1 Main St\n\n Waterloo ", "[\"1 Main St\",\"Waterloo\"]", "1 Main St\nWaterloo" },
  { "words", TB_FORM_WORDS, "1, 44;48", "[\"1\",\"44\",\"48\"]", "1, 44, 48" },
  { "a day", TB_FORM_DAY, "2026-10-01", "\"2026-10-01\"", NULL },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbFormField field = { "key", "Label", rows[i].kind };
      g_autoptr (JsonNode) value = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *json = NULL, *shown = NULL;
      gboolean ok = tb_form_value_parse (&field, rows[i].typed, &value, &error);

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (ok, ==, rows[i].json != NULL);
      if (!ok)
        continue;
      json = value != NULL ? tb_form_json_to_text (value) : g_strdup ("");
      shown = tb_form_value_to_text (&field, value);
      g_assert_cmpstr (json, ==, rows[i].json);
      g_assert_cmpstr (shown, ==, rows[i].shown != NULL ? rows[i].shown : rows[i].typed);
    }
}

/* ---- records in words ---- */

static const struct { const char *reason; const TbFormTable *table; const char *json, *line; } lines[] = {
  { "a rate", &tb_form_rate_table, "{\"prefix\": \"48\", \"description\": \"Poland\", \"rate\": \"0.05\"}", "48 · Poland · 0.05" },
  { "a word of the file is one of the person's", &tb_form_filter_table, "{\"pattern\": \"911\", \"match\": \"source\", \"action\": \"exclude\"}",
    "911 · The caller · Shown, never billed" },
  { "nothing", &tb_form_rate_table, "{}", "" },
  { "rates of a currency", &tb_form_currency_table, "{\"code\": \"USD\", \"rates\": [{\"from\": \"2026-10-01\", \"rate\": \"1.3\"}]}",
    "USD · 2026-10-01 · 1.3" },
};

static const struct { const char *path, *words; } paths[] = {
  { "name", "Name" },
  { "included[1].minutes", "Included minutes 2, Minutes" },
  { "number_plan.country_code", "How Numbers Are Dialled, Country code" },
  { "custom_rates[0].steps[2].after", "Own rates 1, Steps 3, After seconds" },
  { "unheard.of", "unheard" },
};

static void
test_lines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (JsonNode) record = tb_form_json_parse (lines[i].json);
      g_autofree char *line = tb_form_summarise (lines[i].table, record);

      g_test_message ("%s", lines[i].reason);
      g_assert_cmpstr (line, ==, lines[i].line);
    }
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *words = tb_form_describe_path (&tb_form_package_table, paths[i].path);

      g_assert_cmpstr (words, ==, paths[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/complete", test_complete);
  g_test_add_func ("/forms/words", test_words);
  g_test_add_func ("/forms/values", test_values);
  g_test_add_func ("/forms/lines", test_lines);
  return g_test_run ();
}
