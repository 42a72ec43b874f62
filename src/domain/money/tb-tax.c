/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tax.h"

TbTax *
tb_tax_new (void)
{
  TbTax *self = g_new0 (TbTax, 1);

  self->category = g_strdup ("S");
  return self;
}

TbTax *
tb_tax_copy (const TbTax *self)
{
  TbTax *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->category = g_strdup (self->category);
  return copy;
}

void
tb_tax_free (TbTax *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->category);
  g_free (self);
}
