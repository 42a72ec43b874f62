/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-port.h"

static void
line_free (TbRemoteLine *self)
{
  g_free (self->description);
  g_free (self);
}

TbRemoteInvoice *
tb_remote_invoice_new (void)
{
  TbRemoteInvoice *self = g_new0 (TbRemoteInvoice, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  return self;
}

void
tb_remote_invoice_add_line (TbRemoteInvoice *self, gint64 id, const char *description, TbAmount amount)
{
  TbRemoteLine *line = g_new (TbRemoteLine, 1);

  *line = (TbRemoteLine){ id, g_strdup (description), amount };
  g_ptr_array_add (self->lines, line);
}

void
tb_remote_invoice_free (TbRemoteInvoice *self)
{
  if (self == NULL)
    return;
  g_free (self->status);
  g_free (self->notes);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
tb_remote_client_free (TbRemoteClient *self)
{
  if (self == NULL)
    return;
  g_free (self->status);
  g_free (self);
}
