/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-collect-files.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
take_text (TbCollected *self, const char *text, gsize len, const char *format, const char *columns)
{
  g_autoptr (TbZone) zone = tb_zone_new ("America/Winnipeg", NULL);
  TbCallReaderOptions options = { .format = format, .columns = columns, .zone = zone };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) len, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TbCallReader) reader = tb_call_reader_new (stream, &options, NULL, &error);

  if (reader == NULL)
    {
      tb_collected_reject (self, error->message);
      return;
    }
  g_free (self->format);
  self->format = g_strdup (tb_call_reader_get_format (reader));
  tb_collected_take (self, reader);
}

static void
take_file (TbCollected *self, const char *path, const char *format, const char *columns)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *name;
  gsize len;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      take_file (self, inside, format, columns);
    }
  if (folder != NULL)
    return;
  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  take_text (self, text, len, format, columns);
}

static char *
sample_path (const char *name)
{
  return g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "cdr", name, NULL);
}

TbCollected *
tb_collect_files (const char *names, const char *format, const char *columns)
{
  TbCollected *self = tb_collected_new ();
  g_auto (GStrv) list = g_strsplit (names, " ", -1);

  for (char **name = list; *name != NULL; name++)
    {
      g_autofree char *path = sample_path (*name);

      take_file (self, path, format, columns);
    }
  return self;
}

TbCollected *
tb_collect_text (const char *text, const char *format, const char *columns)
{
  TbCollected *self = tb_collected_new ();

  take_text (self, text, strlen (text), format, columns);
  return self;
}

void
tb_collected_assert_expected (TbCollected *self, const char *file)
{
  g_autofree char *path = sample_path ("expected.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *expected;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  expected = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), "files");
  expected = json_object_get_object_member (expected, file);
  g_assert_nonnull (expected);
  g_assert_no_error (self->error);
  g_assert_cmpstr (self->reason, ==, NULL);
  g_assert_cmpint (self->calls, ==, json_object_get_int_member (expected, "raw_records"));
  g_assert_cmpint (self->unique, ==, json_object_get_int_member (expected, "unique_records"));
  g_assert_cmpint (self->answered, ==, json_object_get_int_member (expected, "answered_records"));
  g_assert_cmpint (self->seconds, ==, json_object_get_int_member (expected, "answered_seconds"));
}
