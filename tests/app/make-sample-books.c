/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-books.h"

/* Writes the display tests' books to a file, to look at with the workstation. */
int
main (int argc, char *argv[])
{
  if (argc != 2)
    {
      g_printerr ("usage: %s FILE\n", argv[0]);
      return 2;
    }
  sample_books_make (argv[1]);
  return 0;
}
