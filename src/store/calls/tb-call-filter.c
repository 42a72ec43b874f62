/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-filter.h"

#include <string.h>

#include "tb-served-store.h"

void
tb_call_filter_clear (TbCallFilter *self)
{
  g_clear_pointer (&self->connection, g_free);
  g_clear_pointer (&self->tenant, g_free);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->tenants, g_hash_table_unref);
  g_clear_pointer (&self->rates, g_hash_table_unref);
  g_clear_pointer (&self->cost_rates, g_hash_table_unref);
}

static gboolean
find_client (TbStore *store, const char *key, guint32 *ret, GError **error)
{
  g_autoptr (TbStatement) statement = tb_db_prepare (tb_store_get_db (store), "SELECT id FROM client WHERE key = $1", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  tb_statement_bind_text (statement, 1, key);
  if (!tb_statement_step (statement, &has_row, error))
    return FALSE;
  *ret = has_row ? (guint32) tb_statement_int (statement, 0) : 0;
  return TRUE;
}

/* "123" finds it anywhere; with * or ? it is a pattern of the whole number. */
static GPatternSpec *
number_pattern (const char *text)
{
  g_autofree char *anywhere = g_strdup_printf ("*%s*", text);

  return g_pattern_spec_new (strpbrk (text, "*?") != NULL ? text : anywhere);
}

gboolean
tb_call_matcher_init (TbCallMatcher *self, TbStore *store, const TbCallFilter *filter, GError **error)
{
  memset (self, 0, sizeof *self);
  self->filter = filter;
  self->from = filter->from;
  self->to = filter->to > 0 ? filter->to : G_MAXINT64;
  if (filter->client != NULL)
    {
      if (!find_client (store, filter->client, &self->client_id, error))
        return FALSE;
      self->nothing = self->client_id == 0;
      self->served = tb_served_store_list_by_client (store, self->client_id, error);
      if (self->served == NULL)
        return FALSE;
    }
  if (filter->number != NULL && *filter->number != '\0')
    self->number = number_pattern (filter->number);
  if (filter->uid != NULL)
    self->uid_len = tb_uid_encode (filter->uid, self->uid);
  return TRUE;
}

void
tb_call_matcher_clear (TbCallMatcher *self)
{
  g_clear_pointer (&self->number, g_pattern_spec_free);
  g_clear_pointer (&self->served, g_hash_table_unref);
}

static gboolean
has_tenant (GHashTable *tenants, const TbTenant *tenant)
{
  return tenants == NULL || g_hash_table_contains (tenants, GUINT_TO_POINTER (tenant->id));
}

gboolean
tb_call_matcher_wants_tenant (const TbCallMatcher *self, const TbTenant *tenant)
{
  return !self->nothing && has_tenant (self->served, tenant) && has_tenant (self->filter->tenants, tenant)
         && (self->filter->connection == NULL || strcmp (self->filter->connection, tenant->connection) == 0)
         && (self->filter->tenant == NULL || strcmp (self->filter->tenant, tenant->name) == 0);
}

gboolean
tb_call_matcher_matches_rate (const TbCallMatcher *self, guint32 rate, guint32 cost_rate)
{
  return (self->filter->rates == NULL || g_hash_table_contains (self->filter->rates, GUINT_TO_POINTER (rate)))
         && (self->filter->cost_rates == NULL || g_hash_table_contains (self->filter->cost_rates, GUINT_TO_POINTER (cost_rate)));
}

gboolean
tb_call_matcher_matches_number (const TbCallMatcher *self, const char *caller, const char *callee)
{
  return self->number == NULL || g_pattern_spec_match_string (self->number, callee) || g_pattern_spec_match_string (self->number, caller);
}

gboolean
tb_call_matcher_matches_prefix (const TbCallMatcher *self, const char *number, const char *callee)
{
  const char *prefix = self->filter->prefix;

  return prefix == NULL || g_str_has_prefix (number, prefix) || g_str_has_prefix (callee, prefix);
}
