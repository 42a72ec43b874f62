/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Many invoices as PDF files in one folder. */

#define TB_INVOICE_FILE_PATTERN "{number}"

/* The name of an invoice's file: "{number}", "{client}" (its key), "{name}", "{month}" (2026-10), "{year}" and "{total}" stand for what the invoice has; a draft's
 * number is "draft-2026-10-" and the client's key. What a file system does not take becomes "-", names are cut where they are too long, and ".pdf" is
 * added. TB_ERROR_INVALID_INPUT says what is wrong with the pattern. */
char *tb_invoice_file_name (const char *pattern, const TbInvoice *invoice, GError **error);

typedef struct
{
  guint written;
  guint renamed;       /* out of them: there was a file of that name, which stays as it is */
  GPtrArray *troubles; /* of char *: a line for each that could not be written */
} TbInvoiceFiles;
void tb_invoice_files_free (TbInvoiceFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbInvoiceFiles, tb_invoice_files_free)

/* Writes those with these ids (of guint32); never over a file that is there: the new one gets " (2)", " (3)" … instead. */
TbInvoiceFiles *tb_invoice_files_write (TbStore *store, GArray *ids, const char *folder, const char *pattern, TbJob *job, GError **error);

G_END_DECLS
