/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "tb-call-reader.h"
#include "tb-fuzz.h"

/* A file of call records in any format, as it is guessed. Every call that a reader gives may enter the books. */

static guint
read_all (TbCallReader *reader)
{
  const TbReadReject *reject;
  const TbCall *call;
  TbReadResult result;
  guint n = 0;

  while ((result = tb_call_reader_next (reader, &call, &reject, NULL)) == TB_READ_CALL || result == TB_READ_REJECT)
    {
      n++;
      if (result == TB_READ_CALL)
        tb_fuzz_check (tb_call_validate (call, NULL));
      else
        tb_fuzz_check (reject->reason != NULL && g_utf8_validate (reject->reason, -1, NULL) && reject->line > 0);
    }
  return n;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  const TbCallReaderOptions options = { 0 };
  g_autoptr (TbCallReader) reader = tb_call_reader_new (stream, &options, NULL, NULL);

  if (reader != NULL)
    tb_fuzz_check (read_all (reader) <= size);
  return 0;
}
