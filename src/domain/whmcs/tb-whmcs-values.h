/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-currency.h"
#include "tb-decimal.h"
#include "tb-time.h"

G_BEGIN_DECLS

/**
 * What WHMCS has, as plain values: the connector reads them, the books keep what was read last. Texts are UTF-8 with entities decoded, owned, and
 * NULL where WHMCS has nothing; ids are 0 and days TB_DAY_NONE for none. Times of WHMCS have no zone, so only their days are kept.
 *
 * A noun is a table of its members; what is freed, compared and stored all follows from the same rows.
 */

/* A custom field of a client or service, or the price of a product ("CAD monthly" → "29.95"). */
typedef struct
{
  gint64 id;
  char *name; /* NULL where WHMCS says the id alone */
  char *value;
} TbWhmcsPair;
TbWhmcsPair *tb_whmcs_pair_new (gint64 id, const char *name, const char *value);
void         tb_whmcs_pair_free (TbWhmcsPair *self);

typedef struct
{
  gint64 id;
  char *code;
  TbCurrency currency; /* NONE when the code is none of ISO 4217 */
  char *prefix, *suffix;
  TbDecimal rate; /* of this currency for 1 of the default one */
} TbWhmcsCurrency;

typedef struct
{
  gint64 id; /* its place in the list, from 1 */
  char *module;
  char *name;
} TbWhmcsMethod;

typedef struct
{
  gint64 id, group_id;
  char *name, *type, *module; /* module: "fusionpbx" "vodia" … */
  char *pay_type;             /* "recurring" "onetime" "free" */
  GPtrArray *prices;          /* of TbWhmcsPair, without cycles that are off */
} TbWhmcsProduct;

/* The first members are what the list of clients says; the others cost a request a client. */
typedef struct
{
  gint64 id, group_id;
  char *first_name, *last_name, *company, *email;
  char *status; /* "Active" "Inactive" "Closed" */
  TbDay created;
  gint64 currency_id;
  char *currency; /* code */
  char *address1, *address2, *city, *state, *postcode;
  char *country; /* ISO 3166 alpha-2 */
  char *phone, *tax_id;
  gboolean tax_exempt;
  TbAmount credit;
  GPtrArray *fields; /* of TbWhmcsPair */
} TbWhmcsClient;

/* A client's product. Its password is never read. */
typedef struct
{
  gint64 id, client, product;
  char *name, *domain, *username, *server;
  char *status; /* "Active" "Pending" "Suspended" "Terminated" "Cancelled" "Fraud" "Completed" */
  char *cycle;  /* "Monthly" … */
  TbDay registered, next_due;
  TbAmount recurring;
  char *payment_method;
  GPtrArray *fields; /* of TbWhmcsPair */
} TbWhmcsService;

typedef struct
{
  gint64 id, client;
  char *number; /* NULL = the id is its number */
  char *status; /* "Draft" "Unpaid" "Paid" "Cancelled" "Refunded" "Collections" "Payment Pending" */
  TbDay date, due, paid, refunded, cancelled;
  TbAmount subtotal, tax, tax2, credit, total;
  char *currency; /* code */
  char *payment_method, *notes;
  char *updated; /* as WHMCS writes it, to see that it changed; NULL before 8.0 */
} TbWhmcsInvoice;

/* A row of GetTransactions. */
typedef struct
{
  gint64 id, client, invoice;
  gint64 refund_of; /* the payment that this one gives back */
  char *gateway, *reference, *description;
  TbDay date;
  TbAmount amount_in, amount_out, fees;
} TbWhmcsPayment;

/* A row of GetCredits. */
typedef struct
{
  gint64 id, client, related;
  TbDay date;
  char *description;
  TbAmount amount; /* below zero: taken out */
} TbWhmcsCredit;

/* ---- nouns ---- */

typedef enum
{
  TB_WHMCS_TEXT,     /* char * */
  TB_WHMCS_LONG,     /* gint64: an id, an amount, a decimal */
  TB_WHMCS_DAY,      /* TbDay */
  TB_WHMCS_CURRENCY, /* TbCurrency */
  TB_WHMCS_FLAG,     /* gboolean */
  TB_WHMCS_PAIRS,    /* GPtrArray * of TbWhmcsPair */
} TbWhmcsMemberKind;

typedef struct
{
  const char *name;
  TbWhmcsMemberKind kind;
  gsize offset;
} TbWhmcsMember;

typedef struct
{
  const char *name; /* "client" */
  gsize size;
  const TbWhmcsMember *members; /* the id first */
  guint n_members;
  guint n_listed; /* so many of them, from the first, are in the list; 0 = all */
} TbWhmcsNoun;

extern const TbWhmcsNoun tb_whmcs_currency_noun, tb_whmcs_method_noun, tb_whmcs_product_noun, tb_whmcs_client_noun, tb_whmcs_service_noun,
    tb_whmcs_invoice_noun, tb_whmcs_payment_noun, tb_whmcs_credit_noun;

gpointer tb_whmcs_value_new (const TbWhmcsNoun *noun); /* zeros, no days, empty lists */
gpointer tb_whmcs_value_copy (const TbWhmcsNoun *noun, gconstpointer self);
void     tb_whmcs_value_free (const TbWhmcsNoun *noun, gpointer self);
/* The first `n` members alike; 0 = all. */
gboolean tb_whmcs_value_equal (const TbWhmcsNoun *noun, guint n, gconstpointer a, gconstpointer b);
gint64   tb_whmcs_value_get_id (gconstpointer self);
/* The listed members of `from` over those of `self`. */
void     tb_whmcs_value_take_listed (const TbWhmcsNoun *noun, gpointer self, gconstpointer from);

TbWhmcsCurrency *tb_whmcs_currency_new (void);
void             tb_whmcs_currency_free (TbWhmcsCurrency *self);
TbWhmcsMethod   *tb_whmcs_method_new (void);
void             tb_whmcs_method_free (TbWhmcsMethod *self);
TbWhmcsProduct  *tb_whmcs_product_new (void);
void             tb_whmcs_product_free (TbWhmcsProduct *self);
TbWhmcsClient   *tb_whmcs_client_new (void);
void             tb_whmcs_client_free (TbWhmcsClient *self);
TbWhmcsService  *tb_whmcs_service_new (void);
void             tb_whmcs_service_free (TbWhmcsService *self);
TbWhmcsInvoice  *tb_whmcs_invoice_new (void);
void             tb_whmcs_invoice_free (TbWhmcsInvoice *self);
TbWhmcsPayment  *tb_whmcs_payment_new (void);
void             tb_whmcs_payment_free (TbWhmcsPayment *self);
TbWhmcsCredit   *tb_whmcs_credit_new (void);
void             tb_whmcs_credit_free (TbWhmcsCredit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsCurrency, tb_whmcs_currency_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsMethod, tb_whmcs_method_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsProduct, tb_whmcs_product_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsClient, tb_whmcs_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsService, tb_whmcs_service_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsInvoice, tb_whmcs_invoice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsPayment, tb_whmcs_payment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsCredit, tb_whmcs_credit_free)

G_END_DECLS
