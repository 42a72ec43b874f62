/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-bank-file.h"
#include "tb-fuzz.h"
#include "tb-payment-match.h"

/* A bank's file. Each entry that has no problem is money of a day in a currency, each has a name that no other of the file has, and whatever is written
 * on it is looked through for a number. */

static void
check_entry (const TbBankEntry *entry, GHashTable *origins)
{
  if (entry->origin == NULL || !g_hash_table_add (origins, entry->origin))
    g_error ("two entries have the name “%s”", entry->origin);
  if (entry->problem == NULL && (entry->day == TB_DAY_NONE || entry->amount.currency == TB_CURRENCY_NONE))
    g_error ("an entry without a day or a currency has no problem");
  tb_payment_names_number (entry->text, "INV-2026-00042");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  TbBankOptions options = { .format = TB_BANK_GUESS };
  g_autoptr (GHashTable) origins = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (TbBankFile) file = NULL;

  tb_currency_parse ("EUR", &options.currency, NULL);
  file = tb_bank_file_parse (data, size, &options, NULL);
  for (guint i = 0; file != NULL && i < file->entries->len; i++)
    check_entry (file->entries->pdata[i], origins);
  return 0;
}
