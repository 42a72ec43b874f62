/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-invoice-files.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-printed-invoice.h"

/* File systems take 255 bytes; a counter and the ending come on top. */
#define NAME_MAX_BYTES 200

/* ---- names ---- */

static char *
dup_number (const TbInvoice *invoice)
{
  return invoice->number != NULL ? g_strdup (invoice->number) : g_strdup_printf ("draft-%04d-%02d-%s", invoice->year, invoice->month, invoice->client);
}

static char *
dup_client (const TbInvoice *invoice)
{
  return g_strdup (invoice->client);
}

static char *
dup_name (const TbInvoice *invoice)
{
  return g_strdup (invoice->buyer != NULL && invoice->buyer->name != NULL ? invoice->buyer->name : invoice->client);
}

static char *
dup_month (const TbInvoice *invoice)
{
  return g_strdup_printf ("%04d-%02d", invoice->year, invoice->month);
}

static char *
dup_year (const TbInvoice *invoice)
{
  return g_strdup_printf ("%04d", invoice->year);
}

static char *
dup_total (const TbInvoice *invoice)
{
  return tb_money_to_string ((TbMoney){ invoice->total, invoice->currency });
}

static const struct { const char *field; char *(*dup) (const TbInvoice *invoice); } fields[] = {
  { "{number}", dup_number }, { "{client}", dup_client }, { "{name}", dup_name }, { "{month}", dup_month }, { "{year}", dup_year }, { "{total}", dup_total },
};

/* What cannot be in a name on any of the file systems that invoices are carried to. */
static void
clean (GString *name)
{
  g_autofree char *valid = g_utf8_make_valid (name->str, (gssize) name->len);
  const char *end = valid;

  for (char *at = valid; *at != '\0'; at++)
    if ((guchar) *at < 0x20 || *at == 0x7f || strchr ("/\\:*?\"<>|", *at) != NULL)
      *at = '-';
  while (*end != '\0' && g_utf8_next_char (end) - valid <= NAME_MAX_BYTES)
    end = g_utf8_next_char (end);
  g_string_truncate (name, 0);
  g_string_append_len (name, valid, end - valid);
  while (name->len > 0 && strchr (". ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  while (name->len > 0 && strchr (". ", name->str[0]) != NULL)
    g_string_erase (name, 0, 1);
}

/* The field that begins there; NULL = none of them. */
static char *
take_field (const char **at, const TbInvoice *invoice)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_has_prefix (*at, fields[i].field))
      {
        *at += strlen (fields[i].field);
        return fields[i].dup (invoice);
      }
  return NULL;
}

char *
tb_invoice_file_name (const char *pattern, const TbInvoice *invoice, GError **error)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *at = pattern; *at != '\0';)
    {
      g_autofree char *value = *at == '{' ? take_field (&at, invoice) : NULL;

      if (value != NULL)
        g_string_append (name, value);
      else if (*at == '{')
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                       _("“%s”: after “{” comes number, client, name, month, year or total, and “}”"), pattern);
          return NULL;
        }
      else
        g_string_append_c (name, *at++);
    }
  clean (name);
  if (name->len > 0)
    return g_strconcat (name->str, ".pdf", NULL);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” makes an empty name"), pattern);
  return NULL;
}

/* ---- files ---- */

void
tb_invoice_files_free (TbInvoiceFiles *self)
{
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

static char *
find_free_path (const char *folder, const char *name, gboolean *ret_renamed)
{
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".pdf"));
  char *path = g_build_filename (folder, name, NULL);

  *ret_renamed = FALSE;
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK); i++)
    {
      g_autofree char *other = g_strdup_printf ("%s (%u).pdf", stem, i);

      g_free (path);
      path = g_build_filename (folder, other, NULL);
      *ret_renamed = TRUE;
    }
  return path;
}

static gboolean
write_one (TbInvoiceFiles *files, TbStore *store, guint32 id, const char *folder, const char *pattern, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%u", id);
  g_autoptr (TbPrintedInvoice) printed = tb_printed_invoice_load (store, key, error);
  g_autofree char *name = printed != NULL ? tb_invoice_file_name (pattern, printed->invoice, error) : NULL;
  g_autofree char *path = NULL;
  gboolean renamed;

  if (name == NULL)
    return FALSE;
  path = find_free_path (folder, name, &renamed);
  if (!tb_invoice_document_write_pdf (printed->document, path, error))
    return FALSE;
  files->written++;
  files->renamed += renamed;
  return TRUE;
}

TbInvoiceFiles *
tb_invoice_files_write (TbStore *store, GArray *ids, const char *folder, const char *pattern, TbJob *job, GError **error)
{
  g_autoptr (TbInvoiceFiles) files = g_new0 (TbInvoiceFiles, 1);

  files->troubles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (tb_job_is_cancelled (job, error))
        return NULL;
      if (!write_one (files, store, g_array_index (ids, guint32, i), folder, pattern, &problem))
        g_ptr_array_add (files->troubles, g_strdup (problem->message));
      tb_job_report (job, (i + 1.0) / ids->len, NULL);
    }
  return g_steal_pointer (&files);
}
