/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-period.h"
#include "tb-money.h"
#include "tb-party.h"

G_BEGIN_DECLS

/* The numbers are stored in books: append only. */
typedef enum { TB_INVOICE_DRAFT = 0, TB_INVOICE_APPROVED = 1, TB_INVOICE_VOID = 2 } TbInvoiceState;
typedef enum { TB_LINE_FEE = 0, TB_LINE_USAGE = 1, TB_LINE_INCLUDED = 2, TB_LINE_INBOUND = 3, TB_LINE_CORRECTION = 4, TB_LINE_CREDIT = 5 } TbInvoiceLineKind;
typedef enum { TB_INVOICE_BILL = 0, TB_INVOICE_CREDIT_NOTE = 1 } TbInvoiceKind;

/* Seller or buyer as frozen on the document. */
typedef struct
{
  char *name;
  char **address;
  char *country;
  char *tax_id;
  char *email;
  char *registration;    /* these three as TbCompany and TbClient have them */
  char *endpoint;
  char *reference;       /* the buyer's */
  char *contact, *phone; /* the seller's */
  char *iban;            /* likewise */
  char *language;        /* the buyer's: that of the document (tb_words_for); NULL = as the program speaks */
} TbInvoiceParty;

typedef struct
{
  TbInvoiceLineKind kind;
  char *service;     /* its key, or NULL */
  char *description;
  TbPeriod period;
  gint64 calls;      /* usage: number of calls */
  gint64 seconds;    /* usage: billed seconds */
  gint64 free;       /* usage: seconds out of them that were included */
  TbAmount amount;   /* sum of rounded calls, rounded half-up to minor units */
  char *tax;         /* name of the tax, or NULL */
  TbDecimal tax_percent;
  char *tax_category;
  gboolean prepaid;  /* usage that the client's balance pays */
} TbInvoiceLine;

typedef struct
{
  char *tax;
  char *category;
  TbDecimal percent;
  TbAmount base;
  TbAmount amount;
} TbInvoiceTax;

/* One call of the itemised list. */
typedef struct
{
  gint64 start;
  char *service;
  char *caller;
  char *number;      /* unmasked; the document masks */
  char *description;
  gint64 seconds, billed, free;
  TbAmount charge;
  gboolean inbound;
  gboolean late;     /* belongs to a period that was invoiced before */
} TbInvoiceCall;

/**
 * TbInvoice: a bill of one client. A draft is made again as often as wanted; approval gives it the gapless number and
 * freezes seller, buyer, lines, taxes and totals: from then on nothing in the books changes it.
 */
typedef struct
{
  guint32 id;
  char *number; /* NULL while a draft */
  TbInvoiceState state;
  TbInvoiceKind kind;
  guint32 corrects_id;  /* of a credit note that is a document of its own: the invoice that it refers to; else 0 */
  char *corrects;       /* that invoice's number */
  char *reason;         /* of a credit note, as it stands on the document; or NULL */
  guint32 client_id;
  char *client; /* key */
  TbCurrency currency;
  TbPeriod period;  /* outermost of its lines */
  int year, month;  /* the bill run */
  TbDay issued;     /* TB_DAY_NONE while a draft */
  TbDay due;
  gint32 due_days;
  char *time_zone;  /* of the company, for the call list */
  TbInvoiceParty *seller, *buyer;
  GPtrArray *lines; /* of TbInvoiceLine */
  GPtrArray *taxes; /* of TbInvoiceTax */
  TbAmount net, tax, total;
  TbAmount paid;    /* out of the total, from the client's balance: the prepaid lines and their tax */
} TbInvoice;

TbInvoice     *tb_invoice_new (void);
void           tb_invoice_free (TbInvoice *self);
TbInvoiceLine *tb_invoice_line_new (void);
void           tb_invoice_line_free (TbInvoiceLine *self);
TbInvoiceTax  *tb_invoice_tax_new (void);
void           tb_invoice_tax_free (TbInvoiceTax *self);
TbInvoiceCall *tb_invoice_call_new (void);
void           tb_invoice_call_free (TbInvoiceCall *self);
TbInvoiceParty *tb_invoice_party_new (void);
TbInvoiceParty *tb_invoice_party_copy (const TbInvoiceParty *self);
gboolean        tb_invoice_party_equal (const TbInvoiceParty *a, const TbInvoiceParty *b); /* NULL is equal to NULL only */
void            tb_invoice_party_free (TbInvoiceParty *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbInvoice, tb_invoice_free)

/* days / whole of a recurring fee, rounded half-up to the currency's minor units. */
gboolean tb_invoice_prorate (TbDecimal fee, gint32 days, gint32 whole, TbCurrency currency, TbAmount *ret, GError **error);
/* What is still to be paid: total less paid. */
TbAmount tb_invoice_get_payable (const TbInvoice *self);
/* Fills taxes, net, tax, total and paid from the lines: tax once per (category, percent) on the sum of lines, rounded half-up
 * to minor units; total by addition only (EN 16931 BR-CO-10 to 17). */
gboolean tb_invoice_compute_totals (TbInvoice *self, GError **error);
/* The law that `check` tests: the same sums, recomputed. */
gboolean tb_invoice_verify_totals (const TbInvoice *self, GError **error);

/* Credit notes are numbered in a series of their own. */
char *tb_numbering_credit_series (const char *series);
/* "INV-{year}-{number:5}" with 2026 and 42 → "INV-2026-00042". Without {number} it is refused. */
char *tb_numbering_format (const char *series, int year, guint number, GError **error);

/* A called number for paper: "1204555****". `hide` last digits replaced by *; -1 keeps the first three only. */
char *tb_number_mask (const char *number, int hide);
/* The call's caller or number as clients may see it, wherever they do: the other party masked, that of a free call wholly. `outside` says that
 * it is the other party. NULL gives NULL. */
char *tb_invoice_call_mask (const TbInvoiceCall *call, const char *number, gboolean outside, int hide);

G_END_DECLS
