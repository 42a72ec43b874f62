/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-currency.h"
#include "tb-decimal.h"
#include "tb-time.h"

G_BEGIN_DECLS

/**
 * What WHMCS had when it was last read, as plain values. Texts are UTF-8 with entities decoded, owned, and NULL where WHMCS has nothing; ids are 0 and
 * days TB_DAY_NONE for none. Times of WHMCS have no zone, so only their days are kept.
 *
 * A noun is a table of its members; what is freed, compared and stored all follows from the same rows.
 */

/* A custom field of a client or service, or the price of a product ("CAD monthly" → "29.95"). */
typedef struct
{
  gint64 id;
  char *name; /* NULL where WHMCS says the id alone */
  char *value;
} TbMirrorPair;
TbMirrorPair *tb_mirror_pair_new (gint64 id, const char *name, const char *value);
void         tb_mirror_pair_free (TbMirrorPair *self);

typedef struct
{
  gint64 id;
  char *code;
  TbCurrency currency; /* NONE when the code is none of ISO 4217 */
  char *prefix, *suffix;
  TbDecimal rate; /* of this currency for 1 of the default one */
} TbMirrorCurrency;

typedef struct
{
  gint64 id; /* its place in the list, from 1 */
  char *module;
  char *name;
} TbMirrorMethod;

typedef struct
{
  gint64 id, group_id;
  char *name, *type, *module; /* module: "fusionpbx" "vodia" … */
  char *pay_type;             /* "recurring" "onetime" "free" */
  GPtrArray *prices;          /* of TbMirrorPair, without cycles that are off */
} TbMirrorProduct;

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
  GPtrArray *fields; /* of TbMirrorPair */
} TbMirrorClient;

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
  GPtrArray *fields; /* of TbMirrorPair */
} TbMirrorService;

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
} TbMirrorInvoice;

/* A row of GetTransactions. */
typedef struct
{
  gint64 id, client, invoice;
  gint64 refund_of; /* the payment that this one gives back */
  char *gateway, *reference, *description;
  TbDay date;
  TbAmount amount_in, amount_out, fees;
} TbMirrorPayment;

/* A row of GetCredits. */
typedef struct
{
  gint64 id, client, related;
  TbDay date;
  char *description;
  TbAmount amount; /* below zero: taken out */
} TbMirrorCredit;

/* ---- nouns ---- */

typedef enum
{
  TB_MIRROR_TEXT,     /* char * */
  TB_MIRROR_LONG,     /* gint64: an id, an amount, a decimal */
  TB_MIRROR_DAY,      /* TbDay */
  TB_MIRROR_CURRENCY, /* TbCurrency */
  TB_MIRROR_FLAG,     /* gboolean */
  TB_MIRROR_PAIRS,    /* GPtrArray * of TbMirrorPair */
} TbMirrorMemberKind;

typedef struct
{
  const char *name;
  TbMirrorMemberKind kind;
  gsize offset;
} TbMirrorMember;

typedef struct
{
  const char *name; /* "client" */
  gsize size;
  const TbMirrorMember *members; /* the id first */
  guint n_members;
  guint n_listed; /* so many of them, from the first, are in the list; 0 = all */
  GDestroyNotify free;
} TbMirrorNoun;

extern const TbMirrorNoun tb_mirror_currency_noun, tb_mirror_method_noun, tb_mirror_product_noun, tb_mirror_client_noun, tb_mirror_service_noun,
    tb_mirror_invoice_noun, tb_mirror_payment_noun, tb_mirror_credit_noun;

gpointer tb_mirror_value_new (const TbMirrorNoun *noun); /* zeros, no days, empty lists */
gpointer tb_mirror_value_copy (const TbMirrorNoun *noun, gconstpointer self);
void     tb_mirror_value_free (const TbMirrorNoun *noun, gpointer self);
GPtrArray *tb_mirror_values_new (const TbMirrorNoun *noun); /* a list that owns its values */
/* The first `n` members alike; 0 = all. */
gboolean tb_mirror_value_equal (const TbMirrorNoun *noun, guint n, gconstpointer a, gconstpointer b);
gint64   tb_mirror_value_get_id (gconstpointer self);

TbMirrorCurrency *tb_mirror_currency_new (void);
void             tb_mirror_currency_free (TbMirrorCurrency *self);
TbMirrorMethod   *tb_mirror_method_new (void);
void             tb_mirror_method_free (TbMirrorMethod *self);
TbMirrorProduct  *tb_mirror_product_new (void);
void             tb_mirror_product_free (TbMirrorProduct *self);
TbMirrorClient   *tb_mirror_client_new (void);
void             tb_mirror_client_free (TbMirrorClient *self);
TbMirrorService  *tb_mirror_service_new (void);
void             tb_mirror_service_free (TbMirrorService *self);
TbMirrorInvoice  *tb_mirror_invoice_new (void);
void             tb_mirror_invoice_free (TbMirrorInvoice *self);
TbMirrorPayment  *tb_mirror_payment_new (void);
void             tb_mirror_payment_free (TbMirrorPayment *self);
TbMirrorCredit   *tb_mirror_credit_new (void);
void             tb_mirror_credit_free (TbMirrorCredit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorCurrency, tb_mirror_currency_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorMethod, tb_mirror_method_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorProduct, tb_mirror_product_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorClient, tb_mirror_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorService, tb_mirror_service_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorInvoice, tb_mirror_invoice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorPayment, tb_mirror_payment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbMirrorCredit, tb_mirror_credit_free)

/* What 1 `of` is in `base` by the rates of WHMCS (`currencies` of TbMirrorCurrency), half-up to 10^-12. TB_ERROR_NOT_FOUND when it lacks one of the two. */
gboolean tb_mirror_get_exchange_rate (GPtrArray *currencies, TbCurrency base, TbCurrency of, TbDecimal *ret, GError **error);

G_END_DECLS
