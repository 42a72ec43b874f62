/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Every test program works in a folder of its own, gone at the end. */
static char *test_folder;

static inline char *
test_path (const char *name)
{
  if (test_folder == NULL)
    test_folder = g_dir_make_tmp ("tollbook-XXXXXX", NULL);
  return g_build_filename (test_folder, name, NULL);
}

static inline int
test_run_in_folder (void)
{
  int result = g_test_run ();
  GDir *dir = test_folder == NULL ? NULL : g_dir_open (test_folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = test_path (name);

      g_unlink (path);
    }
  if (dir != NULL)
    {
      g_dir_close (dir);
      g_rmdir (test_folder);
    }
  g_clear_pointer (&test_folder, g_free);
  return result;
}
