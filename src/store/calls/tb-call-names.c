/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-tariff-store.h"

static const char *const queries[TB_N_NAMES] = {
  [TB_NAME_CLIENT] = "SELECT key, name FROM client WHERE id = $1",
  [TB_NAME_SERVICE] = "SELECT key, NULL FROM service WHERE id = $1",
  [TB_NAME_PACKAGE] = "SELECT NULL, name FROM package WHERE id = $1",
  [TB_NAME_INVOICE] = "SELECT NULL, number FROM invoice WHERE id = $1",
  [TB_NAME_CONNECTION_OF_TENANT] = "SELECT NULL, n.name FROM tenant t JOIN connection n ON n.id = t.connection WHERE t.id = $1",
  [TB_NAME_TENANT] = "SELECT NULL, name FROM tenant WHERE id = $1",
};

typedef struct
{
  TbRate *rate;
  guint32 terms; /* for which `sell` was computed */
  TbDecimal sell;
} KnownRate;

struct _TbCallNames
{
  TbStore *store;
  TbStatement *statements[TB_N_NAMES];
  GHashTable *names[TB_N_NAMES]; /* id → TbName */
  GHashTable *rates;             /* id → KnownRate */
  TbTermsCache *terms;
};

static void
name_free (gpointer data)
{
  TbName *name = data;

  g_free (name->key);
  g_free (name->name);
  g_free (name);
}

static void
known_rate_free (gpointer data)
{
  KnownRate *known = data;

  tb_rate_free (known->rate);
  g_free (known);
}

TbCallNames *
tb_call_names_new (TbStore *store, GError **error)
{
  g_autoptr (TbCallNames) self = g_new0 (TbCallNames, 1);

  self->store = store;
  self->rates = g_hash_table_new_full (NULL, NULL, NULL, known_rate_free);
  self->terms = tb_terms_cache_new (store, error);
  for (guint i = 0; i < TB_N_NAMES; i++)
    {
      self->names[i] = g_hash_table_new_full (NULL, NULL, NULL, name_free);
      self->statements[i] = tb_db_prepare (tb_store_get_db (store), queries[i], error);
      if (self->statements[i] == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
tb_call_names_free (TbCallNames *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < TB_N_NAMES; i++)
    {
      g_clear_pointer (&self->names[i], g_hash_table_unref);
      tb_statement_free (self->statements[i]);
    }
  g_hash_table_unref (self->rates);
  tb_terms_cache_free (self->terms);
  g_free (self);
}

const TbName *
tb_call_names_get (TbCallNames *self, TbNameKind kind, guint32 id)
{
  static const TbName none = { NULL, NULL };
  TbStatement *row = self->statements[kind];
  TbName *name = id == 0 ? NULL : g_hash_table_lookup (self->names[kind], GUINT_TO_POINTER (id));
  gboolean has_row = FALSE;

  if (id == 0)
    return &none;
  if (name != NULL)
    return name;
  name = g_new0 (TbName, 1);
  tb_statement_bind_int (row, 1, id);
  if (tb_statement_step (row, &has_row, NULL) && has_row)
    {
      name->key = tb_statement_dup_text (row, 0);
      name->name = tb_statement_dup_text (row, 1);
      if (kind == TB_NAME_INVOICE && name->name == NULL)
        name->name = g_strdup ("draft");
    }
  tb_statement_reset (row);
  g_hash_table_insert (self->names[kind], GUINT_TO_POINTER (id), name);
  return name;
}

static KnownRate *
get_known (TbCallNames *self, guint32 id)
{
  KnownRate *known = id == 0 ? NULL : g_hash_table_lookup (self->rates, GUINT_TO_POINTER (id));

  if (known == NULL && id != 0)
    {
      known = g_new0 (KnownRate, 1);
      known->rate = tb_rate_store_get (self->store, id, NULL, NULL);
      g_hash_table_insert (self->rates, GUINT_TO_POINTER (id), known);
    }
  return known;
}

const TbRate *
tb_call_names_get_rate (TbCallNames *self, guint32 id)
{
  KnownRate *known = get_known (self, id);

  return known != NULL ? known->rate : NULL;
}

static void
fill_rate (TbCallNames *self, const TbRatedCall *rated, TbCallRow *ret)
{
  KnownRate *known = get_known (self, rated->rate_id);
  const TbRatingTerms *terms = tb_terms_cache_get (self->terms, rated->terms);

  ret->rate = TB_DECIMAL_NONE;
  if (known == NULL || known->rate == NULL)
    return;
  ret->prefix = known->rate->prefix;
  ret->description = known->rate->description;
  if (terms == NULL || rated->currency == TB_CURRENCY_NONE)
    return;
  if (known->terms != rated->terms && !tb_rating_terms_sell_rate (terms, known->rate, &known->sell, NULL))
    return;
  known->terms = rated->terms;
  ret->rate = known->sell;
}

void
tb_call_names_fill (TbCallNames *self, const TbCall *call, const TbRatedCall *rated, guint32 invoice, guint32 import, TbCallRow *ret)
{
  guint32 tenant = tb_call_id_tenant (call->id);
  const TbRatingTerms *terms = tb_terms_cache_get (self->terms, rated->terms);

  memset (ret, 0, sizeof *ret);
  ret->call = *call;
  ret->rated = *rated;
  ret->import_id = import;
  ret->connection = tb_call_names_get (self, TB_NAME_CONNECTION_OF_TENANT, tenant)->name;
  ret->call.tenant = tb_call_names_get (self, TB_NAME_TENANT, tenant)->name;
  ret->client = tb_call_names_get (self, TB_NAME_CLIENT, rated->client_id)->key;
  ret->client_name = tb_call_names_get (self, TB_NAME_CLIENT, rated->client_id)->name;
  ret->service = tb_call_names_get (self, TB_NAME_SERVICE, rated->service_id)->key;
  ret->package = terms != NULL ? tb_call_names_get (self, TB_NAME_PACKAGE, terms->package_id)->name : NULL;
  ret->invoice = tb_call_names_get (self, TB_NAME_INVOICE, invoice)->name;
  fill_rate (self, rated, ret);
}
