/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-where.h"
#include "tb-fuzz.h"

/* A filter of calls as it is typed: what is accepted is written so that it is read back the same, and can be told to people. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (TbCallWhere) where = tb_call_where_parse (text, NULL);
  g_autoptr (TbCallWhere) again = NULL;
  g_autoptr (TbCallWhere) copy = NULL;
  g_autofree char *written = NULL, *rewritten = NULL, *copied = NULL, *display = NULL;

  if (where == NULL)
    return 0;
  tb_fuzz_check (where->kind == TB_WHERE_ALL);
  written = tb_call_where_to_string (where);
  copy = tb_call_where_copy (where);
  copied = tb_call_where_to_string (copy);
  tb_fuzz_check_same (written, copied);
  display = tb_call_where_to_display (where);
  tb_fuzz_check (*display != '\0');
  if (strlen (written) > TB_WHERE_MAX_TEXT)
    return 0;
  again = tb_call_where_parse (written, NULL);
  tb_fuzz_check (again != NULL);
  rewritten = tb_call_where_to_string (again);
  tb_fuzz_check_same (written, rewritten);
  return 0;
}
