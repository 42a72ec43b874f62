/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name;  /* "" where WHMCS does not say (GetClientsDetails) */
  char *value; /* "" in products */
} TbWhmcsCustomField;

GPtrArray  *tb_whmcs_custom_fields_new (void); /* of TbWhmcsCustomField */
void        tb_whmcs_custom_fields_add (GPtrArray *self, gint64 id, const char *name, const char *value);
const char *tb_whmcs_custom_fields_get (const GPtrArray *self, gint64 id); /* NULL = not there */

/* A client (account) of WHMCS; its "users" are logins and nothing to us. Texts are decoded and, from WHMCS, never NULL. */
typedef struct
{
  gint64 id;
  char *first_name, *last_name, *company, *email;
  char *status;    /* "Active" "Inactive" "Closed" */
  TbDay created;
  gint64 group;    /* 0 = none */
  gboolean full;   /* what follows is there: of GetClientsDetails, not of GetClients */
  char *address1, *address2, *city, *state, *postcode;
  char *country;   /* ISO 3166, two letters */
  char *phone, *tax_id, *notes, *language;
  char *payment_method;    /* a module's name; "" = the default one */
  gint64 currency_id;
  char *currency_code;     /* "USD" */
  TbCurrency currency;     /* NONE where the code is none of ISO 4217 */
  TbAmount credit;
  gboolean tax_exempt, separate_invoices;
  GPtrArray *custom_fields; /* of TbWhmcsCustomField */
} TbWhmcsClient;

/* Texts NULL: not to be sent. */
TbWhmcsClient *tb_whmcs_client_new (void);
void           tb_whmcs_client_free (TbWhmcsClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsClient, tb_whmcs_client_free)

/* All of them, by id, without what only GetClientsDetails has. Of TbWhmcsClient. */
GPtrArray     *tb_whmcs_list_clients (TbWhmcs *self, GError **error);
/* TB_ERROR_NOT_FOUND when there is none. */
TbWhmcsClient *tb_whmcs_get_client (TbWhmcs *self, gint64 id, GError **error);
TbWhmcsClient *tb_whmcs_find_client (TbWhmcs *self, const char *email, GError **error);

/* No welcome mail, and a password that nobody knows: the client sets one by mail. An e-mail address that a client has already is
 * TB_ERROR_CONFLICT, so that this can be sent again after an unknown outcome. The id, status and credit are not sent; `currency_id` 0 = the
 * default currency. */
TbWhmcsOutcome tb_whmcs_add_client (TbWhmcs *self, const TbWhmcsClient *client, gint64 *ret_id, GError **error);
/* Only texts that are not NULL, and those custom fields that are there; `status`, "Active" or "Inactive". Repeating it does no harm. */
TbWhmcsOutcome tb_whmcs_change_client (TbWhmcs *self, gint64 id, const TbWhmcsClient *changes, GError **error);

G_END_DECLS
