/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-currency.h"
#include "tb-decimal.h"
#include "tb-time.h"

G_BEGIN_DECLS

/* The parties of a provider's books and what ties them together: who sells, from where calls come, who buys what. Each
 * refers to others by name (client: by its id), as the set-up file does. Strings are owned; NULL = not given. */

typedef struct
{
  char *name;
  char *country; /* ISO 3166 alpha-2 */
  char *time_zone;
  TbCurrency currency;
  char **address;
  char *tax_id;
  char *email;
  char *contact; /* who answers questions about bills */
  char *phone;
  char *registration; /* in the register of companies, as "[scheme:]number" */
  char *language;     /* of its documents where the client has none, a tag as "de", "fr-CA"; NULL = as the program speaks */
  char *endpoint;     /* electronic address "scheme:id", scheme from the EAS list: "0208:0123456749" */
  char *iban;         /* where bills are paid to */
  char *invoice_series; /* "INV-{year}-{number:5}" */
  gint32 due_days;
} TbCompany;

typedef struct
{
  guint32 id;
  char *name;
  char *tariff; /* buy tariff */
} TbProvider;

typedef struct
{
  guint32 id;
  char *name;
  char *kind; /* "fusionpbx", "csv", … */
  char *url;
  char *time_zone;
  char *provider;
  char *user;
  char *format;  /* CDR format of file kinds */
  TbDay since;   /* TB_DAY_NONE = all */
  char *columns; /* "uid=id,caller=src", or NULL */
  char *certificate; /* "sha256:…", the only one that is accepted; NULL = those the system trusts */
} TbConnection;

typedef struct
{
  guint32 id;
  char *key; /* the set-up file's "id": "C1001" */
  char *name;
  char *email;
  TbCurrency currency; /* NONE = the company's */
  char *country;
  char **address;
  char *tax_id;
  char *registration; /* as the company's */
  char *language;     /* of its documents; NULL = the company's */
  char *endpoint;
  char *reference; /* what has to stand on bills: an order, a cost centre, a Leitweg-ID */
  char *tax; /* name of a TbTax, or NULL */
  gint64 whmcs_id; /* 0 = none */
  TbDecimal low_balance; /* TB_DECIMAL_NONE = none */
  GPtrArray *custom_rates; /* of TbRate */
} TbClient;

typedef struct
{
  guint32 id;
  char *key; /* "S1" */
  char *client; /* TbClient.key */
  char *package;
  char *connection;
  char *tenant;
  char **dids;
  char **extensions;
  TbDay starts;   /* TB_DAY_NONE = always */
  TbDay ends;     /* exclusive; TB_DAY_NONE = open */
  TbDay next_due; /* anchor of the cycle; TB_DAY_NONE = from `starts`, else the 1st */
} TbService;

TbCompany    *tb_company_new (void);
TbCompany    *tb_company_copy (const TbCompany *self);
void          tb_company_free (TbCompany *self);
TbProvider   *tb_provider_new (void);
TbProvider   *tb_provider_copy (const TbProvider *self);
void          tb_provider_free (TbProvider *self);
TbConnection *tb_connection_new (void);
TbConnection *tb_connection_copy (const TbConnection *self);
void          tb_connection_free (TbConnection *self);
TbClient     *tb_client_new (void);
TbClient     *tb_client_copy (const TbClient *self);
void          tb_client_free (TbClient *self);
TbService    *tb_service_new (void);
TbService    *tb_service_copy (const TbService *self);
void          tb_service_free (TbService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCompany, tb_company_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbProvider, tb_provider_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbConnection, tb_connection_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbClient, tb_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbService, tb_service_free)

G_END_DECLS
