/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-bank-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

#define FILE_MAX (64 * 1024 * 1024)
/* So much of a digest is enough for all entries that a bank ever made. */
#define DIGEST 24

static const char *const formats[] = { [TB_BANK_CAMT053] = "camt053", [TB_BANK_CSV] = "csv", [TB_BANK_GUESS] = "" };

gboolean
tb_bank_format_parse (const char *text, TbBankFormat *ret, GError **error)
{
  for (guint i = 0; i < TB_BANK_GUESS; i++)
    if (g_ascii_strcasecmp (text, formats[i]) == 0)
      {
        *ret = (TbBankFormat) i;
        return TRUE;
      }
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is no format of bank files; there are camt053 and csv."), text);
  return FALSE;
}

const char *
tb_bank_format_to_string (TbBankFormat self)
{
  return formats[self];
}

/* ---- entries ---- */

static void
entry_free (gpointer data)
{
  TbBankEntry *self = data;

  g_free (self->name);
  g_free (self->iban);
  g_free (self->reference);
  g_free (self->text);
  g_free (self->origin);
  g_free (self->problem);
  g_free (self);
}

TbBankEntry *
tb_bank_entry_new (TbBankFile *file)
{
  TbBankEntry *self = g_new0 (TbBankEntry, 1);

  self->number = file->entries->len + 1;
  self->day = TB_DAY_NONE;
  g_ptr_array_add (file->entries, self);
  return self;
}

static char *
digest_of (const TbBankFile *file, const TbBankEntry *entry)
{
  g_autofree char *content = g_strdup_printf ("%s|%d|%" G_GINT64_FORMAT "|%u|%s|%s|%s|%s", file->account != NULL ? file->account : "", entry->day,
                                              entry->amount.amount, entry->amount.currency, entry->name != NULL ? entry->name : "",
                                              entry->iban != NULL ? entry->iban : "", entry->reference != NULL ? entry->reference : "",
                                              entry->text != NULL ? entry->text : "");
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);

  digest[DIGEST] = '\0';
  return digest;
}

void
tb_bank_file_name_entries (TbBankFile *self, GPtrArray *ids)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      TbBankEntry *entry = self->entries->pdata[i];
      const char *id = ids != NULL && i < ids->len ? ids->pdata[i] : NULL;
      char *base = id != NULL ? g_strdup_printf ("bank %s %s", self->account != NULL ? self->account : "", id) : digest_of (self, entry);
      guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (seen, base)) + 1;

      entry->origin = nth == 1 ? g_strdup (base) : g_strdup_printf ("%s #%u", base, nth);
      g_hash_table_replace (seen, base, GUINT_TO_POINTER (nth));
    }
}

/* ---- files ---- */

void
tb_bank_file_free (TbBankFile *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static TbBankFormat
guess (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '<' ? TB_BANK_CAMT053 : TB_BANK_CSV;
}

TbBankFile *
tb_bank_file_parse (const guint8 *data, gsize len, const TbBankOptions *options, GError **error)
{
  g_autoptr (TbBankFile) file = g_new0 (TbBankFile, 1);
  g_autofree char *text = NULL;
  gsize text_len = 0;

  file->entries = g_ptr_array_new_with_free_func (entry_free);
  if (len == 0 || len > FILE_MAX)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, len == 0 ? _("The file is empty.") : _("The file is larger than 64 MiB."));
      return NULL;
    }
  text = tb_text_to_utf8 (data, len, tb_encoding_detect (data, len), &text_len, error);
  if (text == NULL)
    return NULL;
  file->format = options->format == TB_BANK_GUESS ? guess (text) : options->format;
  return (file->format == TB_BANK_CAMT053 ? tb_bank_camt_read (file, text, text_len, error) : tb_bank_csv_read (file, text, text_len, options, error))
             ? g_steal_pointer (&file)
             : NULL;
}

TbBankFile *
tb_bank_file_read (const char *path, const TbBankOptions *options, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (source, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, error);
  g_autofree char *data = NULL;
  TbBankFile *file;
  gsize len;

  if (info != NULL && g_file_info_get_size (info) > FILE_MAX)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s: The file is larger than 64 MiB."), path);
      return NULL;
    }
  if (info == NULL || !g_file_load_contents (source, NULL, &data, &len, NULL, error))
    {
      tb_error_convert (error, TB_ERROR_STORAGE);
      return NULL;
    }
  file = tb_bank_file_parse ((const guint8 *) data, len, options, error);
  if (file == NULL)
    g_prefix_error (error, "%s: ", path);
  return file;
}
