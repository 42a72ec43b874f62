/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"

G_BEGIN_DECLS

/**
 * TbElectronicInvoice: an approved invoice in the terms of EN 16931, from which each syntax (UBL, CII) is written. BT-… and BG-… are the terms
 * of that standard.
 *
 * Nothing is computed anew: what stands on the paper stands here, in the signs of the document's type. What the standard, Peppol or the seller's
 * country asks for and the invoice lacks is a problem that is told, each with its place; the official validators do not see wrong taxes, so the
 * totals are proved here too.
 */
typedef enum
{
  TB_ELECTRONIC_AUTO,    /* Peppol where both sides have an address on that network, else the core */
  TB_ELECTRONIC_CORE,    /* EN 16931 and no more */
  TB_ELECTRONIC_PEPPOL,  /* Peppol BIS Billing 3.0 */
} TbElectronicProfile;

typedef struct
{
  const TbInvoiceParty *party;
  char *vat_id;     /* BT-31, BT-48; NULL where the document must not have it */
  char *tax_number; /* BT-32: of the seller, when it is no VAT number */
  char *registration, *registration_scheme;
  char *scheme, *endpoint;
  char *street, *more_street, *other_lines, *city, *subdivision, *post_code; /* out of the address's lines; NULL = none */
} TbElectronicParty;

typedef struct
{
  const TbInvoiceLine *line;
  int quantity;    /* 1; −1 of what is given back: prices are never negative */
  TbAmount price;  /* ≥ 0 */
  TbAmount amount;
  const char *category; /* UNTDID 5305 */
  TbDecimal percent;
} TbElectronicLine;

typedef struct
{
  const char *category;
  TbDecimal percent;
  TbAmount base, amount;
  const char *reason_code; /* VATEX, or NULL */
  char *reason;            /* why there is no tax, or NULL */
} TbElectronicTax;

typedef struct
{
  const TbInvoice *invoice;
  gboolean peppol;
  char *buyer_reference; /* BT-10 */
  TbPeriod period;       /* from the first day of any line to the last: fees in advance too (PEPPOL-EN16931-R110, R111) */
  TbElectronicParty seller, buyer;
  GArray *lines; /* of TbElectronicLine */
  GArray *taxes; /* of TbElectronicTax, one a category and percent */
  TbAmount net, tax, total, paid, payable;
} TbElectronicInvoice;

/* Borrows `invoice`, which must outlive it. NULL when there are problems: *ret_problems (of char *, sentences that begin with their place) then
 * has at least one. */
TbElectronicInvoice *tb_electronic_invoice_new (const TbInvoice *invoice, TbElectronicProfile profile, GPtrArray **ret_problems);
void                 tb_electronic_invoice_free (TbElectronicInvoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbElectronicInvoice, tb_electronic_invoice_free)

gboolean tb_electronic_invoice_is_credit (const TbElectronicInvoice *self);

/* "auto", "en16931" or "peppol". */
gboolean    tb_electronic_profile_parse (const char *text, TbElectronicProfile *ret);

G_END_DECLS
