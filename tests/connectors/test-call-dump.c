/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-call-dump.h"
#include "tb-error.h"

/* Dumps of databases, as CSV. */

#define MYSQL "-- MySQL dump 10.19\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `cdr`;\n"
#define TABLE "CREATE TABLE `cdr` (\n  `calldate` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',\n  `clid` varchar(80) NOT NULL DEFAULT '',\n" \
              "  `billsec` int(11) NOT NULL,\n  PRIMARY KEY (`calldate`),\n  KEY `by, clid` (`clid`,`billsec`)\n) ENGINE=MyISAM COMMENT='a; b (c)';\n"
#define TITLES "\"calldate\",\"clid\",\"billsec\"\n"

/* `pieces` bytes are read at a time. NULL = `ret_error` says why. */
static char *
read_in (const char *dump, gsize pieces, GError **ret_error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (dump, (gssize) strlen (dump), NULL);
  g_autoptr (GInputStream) rows = tb_call_dump_new (stream, dump);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *buffer = g_malloc (pieces);
  gssize got;

  while ((got = g_input_stream_read (rows, buffer, pieces, NULL, ret_error)) > 0)
    g_string_append_len (text, buffer, got);
  return got == 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
test_rows (void)
{
  static const struct { const char *why, *dump, *rows; } rows[] = {
    { "a row", MYSQL TABLE "INSERT INTO `cdr` VALUES ('2026-02-03 08:02:11','\"Al\" <1001>',125);\n", TITLES "\"2026-02-03 08:02:11\",\"\"\"Al\"\" <1001>\",\"125\"\n" },
    { "many in one statement", TABLE "INSERT INTO `cdr` VALUES ('a','b',1),('c','d',2),\n('e','f',-3);", TITLES "\"a\",\"b\",\"1\"\n\"c\",\"d\",\"2\"\n\"e\",\"f\",\"-3\"\n" },
    { "none yet", MYSQL TABLE, TITLES },
    { "escapes of MySQL", TABLE "INSERT INTO `cdr` VALUES ('it''s','O\\'Brien \\\"B\\\" \\\\ \\n.',1);", TITLES "\"it's\",\"O'Brien \"\"B\"\" \\  .\",\"1\"\n" },
    { "backslashes are letters in PostgreSQL", "-- PostgreSQL database dump\n" TABLE "INSERT INTO public.cdr VALUES ('a\\','b',1);", TITLES "\"a\\\",\"b\",\"1\"\n" },
    { "and in SQLite", "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n" TABLE "INSERT INTO cdr VALUES('a\\','b',1);\nCOMMIT;\n", TITLES "\"a\\\",\"b\",\"1\"\n" },
    { "signs within texts", TABLE "INSERT INTO `cdr` VALUES ('a,b);(','-- no /* remark',1);", TITLES "\"a,b);(\",\"-- no /* remark\",\"1\"\n" },
    { "remarks with quotes", "-- it's\n# it's\n/* it's */" TABLE "INSERT INTO `cdr` VALUES ('a','b',1); -- it's\n", TITLES "\"a\",\"b\",\"1\"\n" },
    { "nothing, and words for it", TABLE "INSERT INTO `cdr` VALUES (NULL,,DEFAULT);", TITLES "\"\",\"\",\"\"\n" },
    { "columns named by INSERT", "INSERT INTO cdr (calldate, clid, billsec) VALUES ('a','b',1);", TITLES "\"a\",\"b\",\"1\"\n" },
    { "in another order than before, one less, one more", "INSERT INTO cdr (calldate, clid, billsec) VALUES ('a','b',1);\nINSERT INTO cdr (more, billsec, calldate) VALUES ('x', 2, 'c');",
      TITLES "\"a\",\"b\",\"1\"\n\"c\",\"\",\"2\"\n" },
    { "other tables are left out", "CREATE TABLE cel (id int, eventtime text);\nINSERT INTO cel VALUES (1,'x');\n" TABLE "INSERT INTO cel VALUES (2,'x');\nINSERT INTO `asteriskcdrdb`.`cdr` VALUES ('a','b',1);",
      TITLES "\"a\",\"b\",\"1\"\n" },
    { "casts and prefixes", "INSERT INTO cdr (calldate, clid, billsec) VALUES ('a'::timestamptz, E'b', 1::numeric);", TITLES "\"a\",\"b\",\"1\"\n" },
    { "words around", "INSERT INTO cdr (calldate, clid, billsec) OVERRIDING SYSTEM VALUE VALUES ('a','b',1) ON CONFLICT (calldate) DO NOTHING;", TITLES "\"a\",\"b\",\"1\"\n" },
    { "small letters, IF NOT EXISTS, REPLACE", "create table if not exists cdr (calldate text, clid text, billsec int);\nreplace into cdr values ('a','b',1);", TITLES "\"a\",\"b\",\"1\"\n" },
    { "line ends in a text", TABLE "INSERT INTO `cdr` VALUES ('a','b\nc',1);", TITLES "\"a\",\"b c\",\"1\"\n" },
    { "a row that is cut has fewer columns, and is so noticed", TABLE "INSERT INTO `cdr` VALUES ('a','b',1),('c','d',2", TITLES "\"a\",\"b\",\"1\"\n\"c\",\"d\"\n" },
    { "cut where a row begins", TABLE "INSERT INTO `cdr` VALUES ('a','b',1),(", TITLES "\"a\",\"b\",\"1\"\n\"\"\n" },
    { "cut in the first value", TABLE "INSERT INTO `cdr` VALUES ('a','b',1),('c", TITLES "\"a\",\"b\",\"1\"\n\"\"\n" },
    { "cut in a text", TABLE "INSERT INTO `cdr` VALUES ('a','b',1),('c','d", TITLES "\"a\",\"b\",\"1\"\n\"c\"\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].why);
      g_assert_true (tb_call_dump_is (rows[i].dump));
      for (gsize pieces = 1; pieces <= 4096; pieces *= 8)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *text = read_in (rows[i].dump, pieces, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (text, ==, rows[i].rows);
        }
    }
}

static void
test_refused (void)
{
  g_autofree char *long_text = g_strnfill (1100000, 'x');
  g_autofree char *endless = g_strconcat (TABLE "INSERT INTO `cdr` VALUES ('", long_text, NULL);
  const struct { const char *why, *dump, *says; } rows[] = {
    { "no table of calls", "CREATE TABLE users (id int);\nINSERT INTO users VALUES (1);\n", "billsec" },
    { "columns without names", "INSERT INTO cdr VALUES ('a','b',1);\n", "billsec" },
    { "a table as COPY has it", "-- PostgreSQL database dump\nCREATE TABLE x (a int);\nCOPY public.v_xml_cdr (billsec) FROM stdin;\n1\n\\.\n", "billsec" },
    { "a text without end", endless, "longer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_in (rows[i].dump, 4096, &error);

      g_test_message ("%s", rows[i].why);
      g_assert_null (text);
      g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
      g_assert_nonnull (strstr (error->message, rows[i].says));
    }
}

static void
test_is (void)
{
  static const struct { const char *text; gboolean is; } rows[] = {
    { "INSERT INTO cdr VALUES (1);", TRUE },
    { "\xef\xbb\xbf\n  -- x\nCREATE TABLE `x` (a int);", TRUE },
    { "insert into cdr values (1);", TRUE },
    { "-- no more than a remark\n", FALSE },
    { "start,to,billsec\n1,2,3\n", FALSE },
    { "\"note\"\n\"INSERT INTO cdr VALUES (1);\"\n", FALSE },
    { "# start,to\n1,2\n", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (tb_call_dump_is (rows[i].text), ==, rows[i].is);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-dump/rows", test_rows);
  g_test_add_func ("/call-dump/refused", test_refused);
  g_test_add_func ("/call-dump/is", test_is);
  return g_test_run ();
}
