/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-fuzz.h"
#include "tb-setup-file.h"

/* A set-up file. One that is taken is written, and what is written is taken and written the same again. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *json = g_strndup ((const char *) data, size);
  g_autoptr (TbSetup) setup = strstr (json, "file") == NULL ? tb_setup_file_parse (json, -1, NULL, NULL) : NULL; /* decks have a target of their own */
  g_autoptr (TbSetup) again = NULL;
  g_autofree char *first = NULL, *second = NULL;

  if (setup == NULL)
    return 0;
  first = tb_setup_file_write (setup);
  again = tb_setup_file_parse (first, -1, NULL, NULL);
  second = again != NULL ? tb_setup_file_write (again) : NULL;
  tb_fuzz_check_same (first, second);
  return 0;
}
