/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs-clients.h"

G_BEGIN_DECLS

/* What a product costs in one currency: TB_DECIMAL_NONE for a cycle that is not offered (WHMCS writes −1.00). */
typedef struct
{
  char *currency_code;
  TbAmount setup, monthly, quarterly, semiannually, annually, biennially, triennially; /* setup: that of the month */
} TbWhmcsPrice;

typedef struct
{
  gint64 id, group;
  char *type, *name, *description;
  char *module;             /* "fusionpbx", "vodia" … */
  char *pay_type;           /* "recurring" "onetime" "free" */
  GPtrArray *prices;        /* of TbWhmcsPrice */
  GPtrArray *custom_fields; /* of TbWhmcsCustomField: only those shown on the order form */
} TbWhmcsProduct;

void tb_whmcs_product_free (TbWhmcsProduct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsProduct, tb_whmcs_product_free)

/* A client's product. Its password is not read. */
typedef struct
{
  gint64 id, client, product, order, server;
  gint64 quantity;          /* 1 before 8.12 */
  char *name, *group, *domain, *username, *server_name;
  char *status;             /* "Active" "Pending" "Suspended" "Terminated" "Cancelled" "Fraud" "Completed" */
  char *suspension_reason;
  char *cycle;              /* "Monthly" … */
  TbDay registered, next_due;
  TbAmount first_amount, recurring_amount;
  char *payment_method, *notes;
  GPtrArray *custom_fields; /* of TbWhmcsCustomField */
} TbWhmcsService;

TbWhmcsService *tb_whmcs_service_new (void); /* texts NULL, days none, amounts TB_DECIMAL_NONE: not to be sent */
void            tb_whmcs_service_free (TbWhmcsService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsService, tb_whmcs_service_free)

/* `module` NULL = all products. Of TbWhmcsProduct. */
GPtrArray      *tb_whmcs_list_products (TbWhmcs *self, const char *module, GError **error);
/* `client` 0 = everybody's. Of TbWhmcsService. */
GPtrArray      *tb_whmcs_list_services (TbWhmcs *self, gint64 client, GError **error);
TbWhmcsService *tb_whmcs_get_service (TbWhmcs *self, gint64 id, GError **error);

/* Through the service's module, which talks to the PBX meanwhile; repeating them does no harm. `reason` may be NULL. */
TbWhmcsOutcome tb_whmcs_suspend (TbWhmcs *self, gint64 service, const char *reason, GError **error);
TbWhmcsOutcome tb_whmcs_unsuspend (TbWhmcs *self, gint64 service, GError **error);
/* Domain, username, amounts, cycle, next_due, payment method, notes, custom fields: what is set. A status set here does not run the module. */
TbWhmcsOutcome tb_whmcs_change_service (TbWhmcs *self, gint64 service, const TbWhmcsService *changes, GError **error);

G_END_DECLS
