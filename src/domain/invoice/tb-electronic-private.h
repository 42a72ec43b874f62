/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-electronic-invoice.h"

G_BEGIN_DECLS

static inline gboolean
tb_is_filled (const char *text)
{
  return text != NULL && *text != '\0';
}

/* tb-electronic-party.c */
void tb_electronic_party_init (TbElectronicParty *self, const TbInvoiceParty *party, gboolean seller);
void tb_electronic_party_clear (TbElectronicParty *self);
/* Where nothing better is known, and no network is asked for. */
void tb_electronic_party_use_mail (TbElectronicParty *self);

/* tb-electronic-check.c: what is missing or cannot be said, added to `problems`. */
void tb_electronic_check (const TbElectronicInvoice *self, GPtrArray *problems);

G_END_DECLS
