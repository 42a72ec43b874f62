/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-words.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* The catalog of a made-up language, xx (words/xx.po), where the program looks. */

static const struct { const char *reason, *tag, *total, *tax, *none, *one, *two, *day, *point, *separator; } rows[] = {
  { "a language", "xx", "Totale", "Taxtotale", "%u colle", "%u colle", "%u colles", "7 Marzal 2026", ".", "," },
  { "with a region that has none of its own", "xx-CA", "Totale", "Taxtotale", "%u colle", "%u colle", "%u colles", "7 Marzal 2026", ".", "," },
  { "without a catalog: as it stands", "yy", "Total", "Total", "%u calls", "%u call", "%u calls", "7 March 2026", ".", "," },
  { "figures of a language without a catalog here", "de", "Total", "Total", "%u calls", "%u call", "%u calls", "7 March 2026", ",", "." },
  { "of a region", "de-CH", "Total", "Total", "%u calls", "%u call", "%u calls", "7 March 2026", ".", "’" },
  { "of another", "fr-CA", "Total", "Total", "%u calls", "%u call", "%u calls", "7 March 2026", ",", "\u00a0" },
  { "a language whose tag begins like another's", "den", "Total", "Total", "%u calls", "%u call", "%u calls", "7 March 2026", ".", "," },
  { "no tag: as the process speaks", NULL, "Total", "Total", "%u calls", "%u call", "%u calls", "7 March 2026", ".", "," },
  { "what is no tag is no path either", "../xx", "Total", "Total", "%u calls", "%u call", "%u calls", "7 March 2026", ".", "," },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbWords *words = tb_words_for (rows[i].tag);
      g_autofree char *day = tb_words_format_day (words, 2026, 3, 7, "%-d %B %Y");

      g_test_message ("%s", rows[i].reason);
      g_assert_true (words == tb_words_for (rows[i].tag)); /* once for all */
      g_assert_cmpstr (tb_words_text (words, "Total"), ==, rows[i].total);
      g_assert_cmpstr (tb_words_text_in (words, "tax", "Total"), ==, rows[i].tax);
      g_assert_cmpstr (tb_words_text (words, "Not in it"), ==, "Not in it");
      g_assert_cmpstr (tb_words_text (words, ""), ==, ""); /* not the catalog's head */
      g_assert_cmpstr (tb_words_plural (words, "%u call", "%u calls", 0), ==, rows[i].none);
      g_assert_cmpstr (tb_words_plural (words, "%u call", "%u calls", 1), ==, rows[i].one);
      g_assert_cmpstr (tb_words_plural (words, "%u call", "%u calls", 2), ==, rows[i].two);
      g_assert_cmpstr (day, ==, rows[i].day);
      g_assert_cmpstr (tb_words_get_point (words), ==, rows[i].point);
      g_assert_cmpstr (tb_words_get_separator (words), ==, rows[i].separator);
    }
}

static void
test_days (void)
{
  static const struct { const char *pattern, *text; } patterns[] = {
    { "%d.%m.%Y", "07.03.2026" }, { "%-d %b %Y", "7 Mz. 2026" }, { "100 %%", "100 %" }, { "%", "%" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autofree char *text = tb_words_format_day (tb_words_for ("xx"), 2026, 3, 7, patterns[i].pattern);

      g_assert_cmpstr (text, ==, patterns[i].text);
    }
}

static const struct { const char *tag; gboolean good; } tags[] = {
  { "de", TRUE },  { "fr-CA", TRUE }, { "zh-Hant-TW", TRUE }, { "gsw", TRUE },  { "", FALSE },      { "d", FALSE },
  { "deut", FALSE }, { "d3", FALSE },   { "de_DE", FALSE },     { "de-", FALSE }, { "de/..", FALSE }, { "de-123456789", FALSE },
};

static void
test_tags (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_test_message ("%s", tags[i].tag);
      g_assert_cmpint (tb_words_is_tag (tags[i].tag), ==, tags[i].good);
    }
}

/* Catalogs that are cut off at every byte, or whose bytes were changed one by one, give the message or some text, and harm nothing. */
static void
test_damage (void)
{
  const char *folder = tb_words_get_folder ();
  g_autofree char *path = g_build_filename (folder, "xx", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL), *data = NULL;
  gsize len;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  for (gsize cut = 0; cut < 2 * len; cut++)
    {
      g_autofree char *tag = g_strdup_printf ("zz-%06u", n++), *copy = g_memdup2 (data, len), *name = g_strdelimit (g_strdup (tag), "-", '_');
      g_autofree char *there = g_build_filename (folder, name, "LC_MESSAGES", NULL), *file = g_build_filename (there, GETTEXT_PACKAGE ".mo", NULL);
      const TbWords *words;

      if (cut >= len)
        copy[cut - len] ^= 0x5f;
      g_assert_cmpint (g_mkdir_with_parents (there, 0755), ==, 0);
      g_assert_true (g_file_set_contents (file, copy, cut < len ? (gssize) cut : (gssize) len, NULL));
      words = tb_words_for (tag);
      g_assert_cmpint (strlen (tb_words_text (words, "Total")), <, len);
      g_assert_cmpint (strlen (tb_words_text_in (words, "tax", "Total")), <, len);
      g_assert_cmpint (strlen (tb_words_plural (words, "%u call", "%u calls", 5)), <, len);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tollbook-words-XXXXXX", &error), *there = g_build_filename (folder, "xx", "LC_MESSAGES", NULL);
  g_autofree char *to = g_build_filename (there, GETTEXT_PACKAGE ".mo", NULL), *data = NULL;
  gsize len;
  int status;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_getenv ("TB_TEST_CATALOG"), &data, &len, NULL));
  g_assert_cmpint (g_mkdir_with_parents (there, 0755), ==, 0);
  g_assert_true (g_file_set_contents (to, data, (gssize) len, NULL));
  g_setenv ("TOLLBOOK_LOCALE_DIR", folder, TRUE);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/words", test_words);
  g_test_add_func ("/words/days", test_days);
  g_test_add_func ("/words/tags", test_tags);
  g_test_add_func ("/words/damage", test_damage);
  status = g_test_run ();
  to = (g_free (to), g_strdup_printf ("rm -rf '%s'", folder));
  g_assert_true (g_spawn_command_line_sync (to, NULL, NULL, NULL, NULL));
  return status;
}
