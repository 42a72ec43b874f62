/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs.h"

G_BEGIN_DECLS

typedef struct
{
  char *version;    /* "8.0.0" */
  guint major, minor;
  char *admin;      /* name; "" where only the version was asked */
  char *permissions; /* of the admin's role, as WHMCS lists them with commas; "" likewise */
} TbWhmcsAbout;

void tb_whmcs_about_free (TbWhmcsAbout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsAbout, tb_whmcs_about_free)

/* The test of a connection: WhmcsDetails, and where that is not there (before 8.0) or not allowed, GetAdminDetails. */
TbWhmcsAbout *tb_whmcs_get_about (TbWhmcs *self, GError **error);
/* GetAdminDetails: with whom we are taken for, and what that one may do. */
TbWhmcsAbout *tb_whmcs_get_admin (TbWhmcs *self, GError **error);

typedef struct
{
  gint64 id;
  char *code, *prefix, *suffix;
  TbCurrency currency; /* NONE where the code is none of ISO 4217 */
  TbDecimal rate;      /* of this currency for 1 of the default one */
} TbWhmcsCurrency;
void tb_whmcs_currency_free (TbWhmcsCurrency *self);

typedef struct { char *module, *name; } TbWhmcsPaymentMethod;
void tb_whmcs_payment_method_free (TbWhmcsPaymentMethod *self);

typedef struct
{
  gint64 id, client;
  char *date; /* as the server writes it */
  char *description, *user;
} TbWhmcsActivity;
void tb_whmcs_activity_free (TbWhmcsActivity *self);

GPtrArray *tb_whmcs_list_currencies (TbWhmcs *self, GError **error);      /* of TbWhmcsCurrency */
GPtrArray *tb_whmcs_list_payment_methods (TbWhmcs *self, GError **error); /* of TbWhmcsPaymentMethod */
/* Entries whose description holds `text` (NULL = any), of that client (0 = anybody). Of TbWhmcsActivity. */
GPtrArray *tb_whmcs_list_activity (TbWhmcs *self, gint64 client, const char *text, GError **error);
/* A value of the general settings, decoded: "DateFormat". */
char      *tb_whmcs_get_setting (TbWhmcs *self, const char *name, GError **error);

/* `client` 0 = nobody's. */
TbWhmcsOutcome tb_whmcs_log_activity (TbWhmcs *self, gint64 client, const char *text, GError **error);
/* One of WHMCS's templates; `id` of what it is about (client, service, invoice). `pairs`: `n` pairs of custom variables, name and value. */
TbWhmcsOutcome tb_whmcs_send_email (TbWhmcs *self, const char *template_name, gint64 id, const char *const *pairs, guint n, GError **error);

G_END_DECLS
