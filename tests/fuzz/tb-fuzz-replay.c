/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "tb-fuzz.h"

/* Feeds a fuzz target the files of the folders that are named, and each of them cut short and with a byte changed: what CI runs. */

static void
replay (gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (data, &bytes, &len, NULL));
  LLVMFuzzerTestOneInput ((const uint8_t *) bytes, len);
  for (guint i = 1; i < 8; i++)
    {
      gsize cut = len * i / 8;
      g_autofree char *exact = g_memdup2 (bytes, cut > 0 ? cut : 1); /* so that a sanitizer sees what is read behind its end */
      char kept = cut < len ? bytes[cut] : '\0';

      LLVMFuzzerTestOneInput ((const uint8_t *) exact, cut);
      if (cut < len)
        bytes[cut] ^= (char) (1 << i);
      LLVMFuzzerTestOneInput ((const uint8_t *) bytes, len);
      if (cut < len)
        bytes[cut] = kept;
    }
}

static void
add_folder (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autofree char *base = g_path_get_basename (folder);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      char *path = g_build_filename (folder, name, NULL);
      g_autofree char *test = g_strdup_printf ("/fuzz/%s/%s", base, name);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_test_add_data_func_full (test, path, replay, g_free);
      else
        g_free (path);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (int i = 1; i < argc; i++)
    add_folder (argv[i]);
  return g_test_run ();
}
