/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-party.h"

#include "tb-rate.h"

#define DUE_DAYS_DEFAULT 14
#define SERIES_DEFAULT "INV-{year}-{number:5}"

TbCompany *
tb_company_new (void)
{
  TbCompany *self = g_new0 (TbCompany, 1);

  self->time_zone = g_strdup ("UTC");
  self->invoice_series = g_strdup (SERIES_DEFAULT);
  self->due_days = DUE_DAYS_DEFAULT;
  return self;
}

TbCompany *
tb_company_copy (const TbCompany *self)
{
  TbCompany *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->country = g_strdup (self->country);
  copy->time_zone = g_strdup (self->time_zone);
  copy->address = g_strdupv (self->address);
  copy->tax_id = g_strdup (self->tax_id);
  copy->email = g_strdup (self->email);
  copy->contact = g_strdup (self->contact);
  copy->phone = g_strdup (self->phone);
  copy->registration = g_strdup (self->registration);
  copy->language = g_strdup (self->language);
  copy->endpoint = g_strdup (self->endpoint);
  copy->iban = g_strdup (self->iban);
  copy->invoice_series = g_strdup (self->invoice_series);
  return copy;
}

void
tb_company_free (TbCompany *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->country);
  g_free (self->time_zone);
  g_strfreev (self->address);
  g_free (self->tax_id);
  g_free (self->email);
  g_free (self->contact);
  g_free (self->phone);
  g_free (self->registration);
  g_free (self->language);
  g_free (self->endpoint);
  g_free (self->iban);
  g_free (self->invoice_series);
  g_free (self);
}

TbProvider *
tb_provider_new (void)
{
  return g_new0 (TbProvider, 1);
}

TbProvider *
tb_provider_copy (const TbProvider *self)
{
  TbProvider *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->tariff = g_strdup (self->tariff);
  return copy;
}

void
tb_provider_free (TbProvider *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->tariff);
  g_free (self);
}

TbConnection *
tb_connection_new (void)
{
  TbConnection *self = g_new0 (TbConnection, 1);

  self->kind = g_strdup ("csv");
  self->time_zone = g_strdup ("UTC");
  self->since = TB_DAY_NONE;
  return self;
}

TbConnection *
tb_connection_copy (const TbConnection *self)
{
  TbConnection *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->kind = g_strdup (self->kind);
  copy->url = g_strdup (self->url);
  copy->time_zone = g_strdup (self->time_zone);
  copy->provider = g_strdup (self->provider);
  copy->user = g_strdup (self->user);
  copy->format = g_strdup (self->format);
  copy->columns = g_strdup (self->columns);
  copy->certificate = g_strdup (self->certificate);
  return copy;
}

void
tb_connection_free (TbConnection *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->kind);
  g_free (self->url);
  g_free (self->time_zone);
  g_free (self->provider);
  g_free (self->user);
  g_free (self->format);
  g_free (self->columns);
  g_free (self->certificate);
  g_free (self);
}

TbClient *
tb_client_new (void)
{
  TbClient *self = g_new0 (TbClient, 1);

  self->low_balance = TB_DECIMAL_NONE;
  self->custom_rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  return self;
}

TbClient *
tb_client_copy (const TbClient *self)
{
  TbClient *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->name = g_strdup (self->name);
  copy->email = g_strdup (self->email);
  copy->country = g_strdup (self->country);
  copy->address = g_strdupv (self->address);
  copy->tax_id = g_strdup (self->tax_id);
  copy->registration = g_strdup (self->registration);
  copy->language = g_strdup (self->language);
  copy->endpoint = g_strdup (self->endpoint);
  copy->reference = g_strdup (self->reference);
  copy->tax = g_strdup (self->tax);
  copy->custom_rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  for (guint i = 0; i < self->custom_rates->len; i++)
    g_ptr_array_add (copy->custom_rates, tb_rate_copy (self->custom_rates->pdata[i]));
  return copy;
}

void
tb_client_free (TbClient *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self->email);
  g_free (self->country);
  g_strfreev (self->address);
  g_free (self->tax_id);
  g_free (self->registration);
  g_free (self->language);
  g_free (self->endpoint);
  g_free (self->reference);
  g_free (self->tax);
  g_ptr_array_unref (self->custom_rates);
  g_free (self);
}

TbService *
tb_service_new (void)
{
  TbService *self = g_new0 (TbService, 1);

  self->starts = TB_DAY_NONE;
  self->ends = TB_DAY_NONE;
  self->next_due = TB_DAY_NONE;
  return self;
}

TbService *
tb_service_copy (const TbService *self)
{
  TbService *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->client = g_strdup (self->client);
  copy->package = g_strdup (self->package);
  copy->connection = g_strdup (self->connection);
  copy->tenant = g_strdup (self->tenant);
  copy->dids = g_strdupv (self->dids);
  copy->extensions = g_strdupv (self->extensions);
  return copy;
}

void
tb_service_free (TbService *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->client);
  g_free (self->package);
  g_free (self->connection);
  g_free (self->tenant);
  g_strfreev (self->dids);
  g_strfreev (self->extensions);
  g_free (self);
}
