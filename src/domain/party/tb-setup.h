/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-filter.h"
#include "tb-package.h"
#include "tb-party.h"
#include "tb-tariff.h"
#include "tb-tax.h"

G_BEGIN_DECLS

/* WHMCS, mail and reminders of the set-up file; used by later parts, kept and given back by all. */
typedef struct
{
  char *url, *identifier;
  char *user;           /* of a login by name and password instead */
  char *post;           /* "invoices" (as NULL) or "drafts" */
  char *per;            /* one invoice a "client" (as NULL) or a "service" */
  char *prepaid;        /* "invoices" (as NULL): whole, and what was paid in advance from credit; "credit": what was used is taken off the credit alone */
  char *payment_method; /* of the invoices, a module's name; NULL = the client's own */
  /* Ids of custom fields of clients at WHMCS, which does not tell their names; 0 = there is none. As ictVoIP has them: */
  gint64 has_voip_field;       /* "Has VoIP Service": whose services are suspended and resumed; without it nobody's are */
  gint64 manual_suspend_field; /* "Manual VoIP Suspend": those of this client are left alone */
  gint64 suspended_field;      /* "VoIP Suspended": that it was done, for the client's page */
  gint64 low_balance_field;    /* "Low Balance Threshold" */
  TbDay since; /* invoices issued before are not posted; TB_DAY_NONE = all are */
} TbWhmcsSettings;
TbWhmcsSettings *tb_whmcs_settings_new (void);
/* A document of that day is of the time before WHMCS was connected. Without settings none is. */
gboolean         tb_whmcs_settings_is_before (const TbWhmcsSettings *self, TbDay issued);
typedef struct { char *server, *from, *user; } TbMailSettings;
typedef struct { char *stage; gint32 days_after_due; char *subject, *body; } TbReminderStage;

/**
 * TbSetup: a company's whole set-up as values: what the set-up file says and what the books hold.
 *
 * The set-up file reader and the store both make one; the rating compiles one. Names are unique inside each list.
 */
typedef struct
{
  TbCompany *company;     /* or NULL */
  GArray *exchange_rates; /* of TbExchangeRate, by currency, then day */
  GPtrArray *taxes;       /* of TbTax */
  GPtrArray *providers;   /* of TbProvider */
  GPtrArray *connections; /* of TbConnection */
  GPtrArray *tariffs;     /* of TbTariff */
  GPtrArray *packages;    /* of TbPackage */
  GPtrArray *filters;     /* of TbFilter, in order; those of all packages */
  gboolean no_filters;    /* to be applied: the books are to have none of these, which an empty list alone does not say */
  GPtrArray *clients;     /* of TbClient */
  GPtrArray *services;    /* of TbService */
  TbWhmcsSettings *whmcs; /* or NULL */
  TbMailSettings *mail;   /* or NULL */
  GPtrArray *reminders;   /* of TbReminderStage */
} TbSetup;

TbSetup *tb_setup_new (void); /* empty lists that own their items, no company */
void     tb_setup_free (TbSetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSetup, tb_setup_free)

/* Borrowed, or NULL. */
TbTariff     *tb_setup_find_tariff (const TbSetup *self, const char *name);
TbPackage    *tb_setup_find_package (const TbSetup *self, const char *name);
TbConnection *tb_setup_find_connection (const TbSetup *self, const char *name);
TbProvider   *tb_setup_find_provider (const TbSetup *self, const char *name);
TbClient     *tb_setup_find_client (const TbSetup *self, const char *key);
TbService    *tb_setup_find_service (const TbSetup *self, const char *key);
TbTax        *tb_setup_find_tax (const TbSetup *self, const char *name);

/* The company's; NONE when there is no company. */
TbCurrency tb_setup_get_currency (const TbSetup *self);
/* The company's currency for 1 `currency` on that day; TB_DECIMAL_ONE for its own. TB_ERROR_NOT_FOUND when none is in force. */
gboolean   tb_setup_get_exchange_rate (const TbSetup *self, TbCurrency currency, TbDay day, TbDecimal *ret, GError **error);
/* The company's currency for 1 of each, to turn one into the other; one currency is TB_DECIMAL_ONE twice, whatever the company's. */
gboolean   tb_setup_get_exchange_rates (const TbSetup *self, TbCurrency from, TbCurrency to, TbDay day, TbDecimal *ret_from, TbDecimal *ret_to,
                                        GError **error);

/* Duplicate names, unknown references, impossible values: TB_ERROR_INVALID_INPUT whose message begins with the path
 * ("packages[2].tariff: there is no tariff “x”"). */
gboolean tb_setup_validate (const TbSetup *self, GError **error);

G_END_DECLS
