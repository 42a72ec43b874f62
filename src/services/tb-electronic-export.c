/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-electronic-export.h"

#include <glib/gi18n-lib.h>

#include "tb-call-list.h"
#include "tb-error.h"
#include "tb-invoice-store.h"
#include "tb-printed-invoice.h"
#include "tb-ubl.h"

static void
refuse (const TbInvoice *invoice, const char *name, GPtrArray *problems, GError **error)
{
  g_autofree char *all = NULL;

  g_ptr_array_add (problems, NULL);
  all = g_strjoinv ("; ", (char **) problems->pdata);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Invoice %s is no electronic invoice yet: %s."), invoice->number != NULL ? invoice->number : name, all);
}

static gboolean
write_text (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &failure))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be written: %s. Choose another folder or make room."), path, failure->message);
  return FALSE;
}

gboolean
tb_electronic_export_ubl (TbStore *store, const char *name, TbElectronicProfile profile, const char *path, gboolean *ret_peppol, GError **error)
{
  g_autoptr (TbInvoice) invoice = tb_invoice_store_get (store, name, error);
  g_autoptr (GPtrArray) calls = invoice != NULL ? tb_invoice_store_list_calls (store, invoice->id, error) : NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (TbElectronicInvoice) electronic = NULL;
  g_autoptr (GBytes) list = NULL;
  g_autofree char *text = NULL;

  if (calls == NULL)
    return FALSE;
  electronic = tb_electronic_invoice_new (invoice, profile, &problems);
  if (electronic == NULL)
    {
      refuse (invoice, name, problems, error);
      return FALSE;
    }
  list = tb_call_list_to_csv (invoice, calls, tb_printed_invoice_style (store, invoice).mask);
  text = tb_ubl_to_text (electronic, list);
  if (!write_text (path, text, error))
    return FALSE;
  if (ret_peppol != NULL)
    *ret_peppol = electronic->peppol;
  return TRUE;
}
