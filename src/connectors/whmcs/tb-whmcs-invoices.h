/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs-payments.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *type;        /* "" "Hosting" … */
  gint64 related;
  char *description; /* decoded */
  TbAmount amount;
  gboolean taxed;
} TbWhmcsLine;

TbWhmcsLine *tb_whmcs_line_new (const char *description, TbAmount amount, gboolean taxed);
void         tb_whmcs_line_free (TbWhmcsLine *self);

typedef struct
{
  gint64 id, client;
  char *number;               /* "" unless WHMCS numbers in sequence */
  char *status;               /* "Draft" "Unpaid" "Paid" "Cancelled" "Refunded" "Collections" "Payment Pending" "Overdue" */
  char *payment_method;
  char *notes;                /* decoded */
  TbDay date, due, paid;
  TbAmount subtotal, credit, tax, tax2, total;
  TbAmount balance;           /* of GetInvoice; 0 in a list, which does not say */
  TbDecimal tax_rate, tax_rate2; /* percent, 10^-12 */
  char *currency_code;        /* of a list; "" from GetInvoice */
  char *updated;              /* of a list, in the server's zone: only to see that something changed; "" where it is not said */
  GPtrArray *lines;           /* of TbWhmcsLine; NULL in a list */
  GPtrArray *transactions;    /* of TbWhmcsTransaction; NULL in a list */
} TbWhmcsInvoice;

void tb_whmcs_invoice_free (TbWhmcsInvoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsInvoice, tb_whmcs_invoice_free)

typedef struct
{
  gint64 client;      /* 0 = all */
  const char *status; /* NULL = all */
  gint64 above;       /* only ids above this, newest first; 0 = all, oldest first */
} TbWhmcsInvoiceQuery;

/* Of TbWhmcsInvoice without lines; drafts and cancelled ones too. */
GPtrArray      *tb_whmcs_list_invoices (TbWhmcs *self, const TbWhmcsInvoiceQuery *query, GError **error);
/* Whole. TB_ERROR_NOT_FOUND. */
TbWhmcsInvoice *tb_whmcs_get_invoice (TbWhmcs *self, gint64 id, GError **error);

typedef struct
{
  gint64 client;
  TbDay date, due;
  const char *notes, *payment_method; /* NULL = none, the client's own */
  TbDecimal tax_rate, tax_rate2;      /* percent in place of WHMCS's own; TB_DECIMAL_NONE = its own */
  gboolean draft, send;               /* not both */
  GPtrArray *lines;                   /* of TbWhmcsLine, at most TB_WHMCS_MAX_LINES */
} TbWhmcsNewInvoice;

#define TB_WHMCS_NEW_INVOICE \
  ((TbWhmcsNewInvoice){ .date = TB_DAY_NONE, .due = TB_DAY_NONE, .tax_rate = TB_DECIMAL_NONE, .tax_rate2 = TB_DECIMAL_NONE })

/* No credit is applied by itself. Too many lines are NOT_SENT with TB_ERROR_INVALID_INPUT. Repeating it makes another invoice. */
TbWhmcsOutcome tb_whmcs_create_invoice (TbWhmcs *self, const TbWhmcsNewInvoice *invoice, gint64 *ret_id, GError **error);

typedef enum { TB_WHMCS_STAYS, TB_WHMCS_PUBLISH, TB_WHMCS_PUBLISH_AND_SEND } TbWhmcsPublish;

typedef struct
{
  const char *status, *notes, *payment_method; /* NULL = as it is */
  TbDay date, due;
  TbDecimal tax_rate, tax_rate2;
  GPtrArray *changed;   /* of TbWhmcsLine by id, or NULL */
  GPtrArray *added;     /* of TbWhmcsLine, or NULL: not harmless to repeat */
  GArray *removed;      /* of gint64, or NULL */
  TbWhmcsPublish publish; /* of a draft that is one no longer: TB_ERROR_CONFLICT */
} TbWhmcsInvoiceChange;

#define TB_WHMCS_INVOICE_CHANGE \
  ((TbWhmcsInvoiceChange){ .date = TB_DAY_NONE, .due = TB_DAY_NONE, .tax_rate = TB_DECIMAL_NONE, .tax_rate2 = TB_DECIMAL_NONE })

/* WHMCS 9 takes no change but the status once an invoice is no draft: TB_ERROR_CONFLICT. */
TbWhmcsOutcome tb_whmcs_change_invoice (TbWhmcs *self, gint64 id, const TbWhmcsInvoiceChange *change, GError **error);

G_END_DECLS
