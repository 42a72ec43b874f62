/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-party.h"
#include "tb-posting-bill.h"

G_BEGIN_DECLS

/**
 * TbWhmcsPort: all that posting asks of WHMCS, as plain calls that block, so that the push can be put before a simulation without a network.
 *
 * What a call reads is lost when it is not DONE. After NOT_SENT not a byte has left that WHMCS could act on; after LOST it may have acted or not;
 * REFUSED is its own word that it has not. STOP is an authentication failure, which is never tried again, or that somebody cancelled.
 */
typedef enum { TB_REPLY_DONE, TB_REPLY_REFUSED, TB_REPLY_NOT_SENT, TB_REPLY_LOST, TB_REPLY_STOP } TbReply;

typedef struct
{
  gint64 id;
  gboolean draft, cancelled;
} TbRemoteMark;

typedef struct
{
  gint64 id;
  char *description; /* as written, entities decoded */
  TbAmount amount;
} TbRemoteLine;

typedef struct
{
  gint64 id, client;
  char *status; /* "Draft" "Unpaid" "Paid" "Cancelled" … */
  char *notes;
  TbAmount subtotal, tax, total, credit; /* tax: both of them */
  GPtrArray *lines; /* of TbRemoteLine */
} TbRemoteInvoice;

typedef struct
{
  gint64 id;
  char *status; /* "Active" "Inactive" "Closed" */
  TbCurrency currency;
} TbRemoteClient;

/* What CreateInvoice is told; always a draft. */
typedef struct
{
  gint64 client;
  TbDay date, due;
  const char *notes;
  const char *payment_method; /* or NULL */
  const TbPostingBill *bill;
  guint n_lines;              /* of the bill's, from the first */
} TbRemoteDraft;

/* Money that came in, or (below zero) went out. */
typedef struct
{
  gint64 client;
  gint64 invoice;                    /* 0 = into the client's credit */
  TbMoney amount;
  TbDay day;
  const char *marker;                /* the reference of its transaction */
  const char *method, *usual_method; /* as it is called here, and what WHMCS is to call one that it does not know; or NULL */
  const char *description;
} TbRemoteMoney;

#define TB_REMOTE_ALL ((gint64) -1)

typedef struct _TbWhmcsPort TbWhmcsPort;
struct _TbWhmcsPort
{
  /* Reading. */
  /* Invoices of the client with an id above `above` whose notes hold the marker, or, where the notes hold none of anybody's, whose lines do: a GArray of
   * TbRemoteMark, lowest id first; and the highest id of all. TB_REMOTE_ALL: of all of them, by their notes alone. */
  TbReply (*find_invoices) (TbWhmcsPort *self, gint64 client, const char *marker, gint64 above, GArray *found, gint64 *ret_highest, GError **error);
  TbReply (*get_invoice) (TbWhmcsPort *self, gint64 id, TbRemoteInvoice **ret, GError **error);
  /* All of them, of TbRemoteInvoice without lines, for reports. */
  TbReply (*list_invoices) (TbWhmcsPort *self, GPtrArray *invoices, GError **error);
  TbReply (*count_credits) (TbWhmcsPort *self, gint64 client, const char *marker, guint *ret, GError **error);
  TbReply (*get_client) (TbWhmcsPort *self, gint64 id, TbRemoteClient **ret, GError **error);
  TbReply (*find_client) (TbWhmcsPort *self, const char *email, gint64 *ret_id /* 0 = none */, GError **error);
  /* Changing. */
  TbReply (*create_invoice) (TbWhmcsPort *self, const TbRemoteDraft *draft, gint64 *ret_id, GError **error);
  TbReply (*add_lines) (TbWhmcsPort *self, gint64 id, GPtrArray *lines /* of TbPostingLine */, TbCurrency currency, GError **error);
  TbReply (*remove_lines) (TbWhmcsPort *self, gint64 id, GArray *line_ids /* of gint64 */, GError **error);
  TbReply (*publish) (TbWhmcsPort *self, gint64 id, GError **error);
  TbReply (*cancel) (TbWhmcsPort *self, gint64 id, GError **error);
  TbReply (*apply_credit) (TbWhmcsPort *self, gint64 id, TbMoney amount, GError **error);
  TbReply (*add_credit) (TbWhmcsPort *self, gint64 client, TbMoney amount /* signed */, const char *description, GError **error);
  /* The currency is given; so is the country, when the company's is known. */
  TbReply (*add_client) (TbWhmcsPort *self, const TbClient *client, const char *note, gint64 *ret_id, GError **error);
  /* `fields`: names of TbClientField with commas. */
  TbReply (*change_client) (TbWhmcsPort *self, const TbClient *client, const char *fields, GError **error);
  TbReply (*log) (TbWhmcsPort *self, gint64 client, const char *text, GError **error);
  /* What follows from balances. */
  TbReply (*get_service_status) (TbWhmcsPort *self, gint64 service, char **ret, GError **error); /* "Active" "Suspended" … */
  TbReply (*suspend) (TbWhmcsPort *self, gint64 service, const char *reason, GError **error);
  TbReply (*resume) (TbWhmcsPort *self, gint64 service, GError **error);
  TbReply (*get_field) (TbWhmcsPort *self, gint64 client, gint64 field, char **ret, GError **error); /* "" = empty, or not there */
  TbReply (*set_field) (TbWhmcsPort *self, gint64 client, gint64 field, const char *value, GError **error);
  TbReply (*mail) (TbWhmcsPort *self, gint64 client, const char *template_name, GError **error);
  /* Payments: how many transactions of the client have just this reference, and the id of one of them. */
  TbReply (*find_payments) (TbWhmcsPort *self, gint64 client, const char *marker, guint *ret, gint64 *ret_id, GError **error);
  TbReply (*add_payment) (TbWhmcsPort *self, const TbRemoteMoney *money, GError **error);
};

TbRemoteInvoice *tb_remote_invoice_new (void);
void             tb_remote_invoice_add_line (TbRemoteInvoice *self, gint64 id, const char *description, TbAmount amount);
void             tb_remote_invoice_free (TbRemoteInvoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRemoteInvoice, tb_remote_invoice_free)
void             tb_remote_client_free (TbRemoteClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRemoteClient, tb_remote_client_free)

G_END_DECLS
