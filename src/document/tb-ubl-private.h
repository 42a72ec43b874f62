/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-ubl.h"
#include "tb-xml.h"

G_BEGIN_DECLS

/* tb-ubl-party.c: AccountingSupplierParty and AccountingCustomerParty. */
void tb_ubl_write_party (TbXml *xml, const TbElectronicParty *party, gboolean seller);

G_END_DECLS
