/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-repair.h"

#include <glib/gi18n-lib.h>

static const char *const kind_names[] = { "rate", "number-plan", "assign", "filter", "rate-calls" };

TbRepair *
tb_repair_new (TbRepairKind kind)
{
  TbRepair *self = g_new0 (TbRepair, 1);

  self->kind = kind;
  self->starts = TB_DAY_NONE;
  return self;
}

TbRepair *
tb_repair_copy (const TbRepair *self)
{
  TbRepair *copy = g_memdup2 (self, sizeof *self);

  copy->tariff = g_strdup (self->tariff);
  copy->package = g_strdup (self->package);
  copy->client = g_strdup (self->client);
  copy->rate = self->rate != NULL ? tb_rate_copy (self->rate) : NULL;
  tb_number_plan_copy (&self->plan, &copy->plan);
  copy->service = g_strdup (self->service);
  copy->connection = g_strdup (self->connection);
  copy->tenant = g_strdup (self->tenant);
  copy->extensions = g_strdupv (self->extensions);
  copy->dids = g_strdupv (self->dids);
  copy->pattern = g_strdup (self->pattern);
  return copy;
}

void
tb_repair_free (TbRepair *self)
{
  if (self == NULL)
    return;
  g_free (self->tariff);
  g_free (self->package);
  g_free (self->client);
  tb_rate_free (self->rate);
  tb_number_plan_clear (&self->plan);
  g_free (self->service);
  g_free (self->connection);
  g_free (self->tenant);
  g_strfreev (self->extensions);
  g_strfreev (self->dids);
  g_free (self->pattern);
  g_free (self);
}

const char *
tb_repair_kind_to_string (TbRepairKind self)
{
  return kind_names[self];
}

gboolean
tb_repair_is_ready (const TbRepair *self)
{
  return (self->kind != TB_REPAIR_RATE || self->rate->rate != TB_DECIMAL_NONE)
         && (self->kind != TB_REPAIR_ASSIGN || (self->client == NULL) == (self->package == NULL));
}

gboolean
tb_repair_makes_service (const TbRepair *self)
{
  return self->kind == TB_REPAIR_ASSIGN && (self->client != NULL || self->package != NULL);
}

/* ---- in words ---- */

static char *
describe_owner (const TbRepair *self)
{
  if (self->tariff != NULL)
    return g_strdup_printf (_("tariff %s"), self->tariff);
  return self->package != NULL ? g_strdup_printf (_("package %s"), self->package) : g_strdup_printf (_("client %s"), self->client);
}

static char *
describe_rate (const TbRepair *self)
{
  g_autofree char *owner = describe_owner (self);
  g_autofree char *price = NULL;

  if (self->rate->rate == TB_DECIMAL_NONE)
    return g_strdup_printf (_("Add a rate for %s to %s; its price must be said"), self->rate->prefix, owner);
  price = tb_decimal_format (self->rate->rate, TB_RATE_SCALE, 2);
  return g_strdup_printf (_("Add %s to %s at %s a minute"), self->rate->prefix, owner, price);
}

static char *
describe_plan (const TbRepair *self)
{
  const TbNumberPlan *plan = &self->plan;
  g_autofree char *exit_codes = plan->exit_codes != NULL ? g_strjoinv (", ", plan->exit_codes) : g_strdup ("");

  return g_strdup_printf (_("Dial package %s with country code %s, exit codes %s, trunk prefix %s, area code %s%s"), self->package,
                          plan->country_code != NULL ? plan->country_code : "–", *exit_codes != '\0' ? exit_codes : "–",
                          plan->trunk_prefix != NULL && *plan->trunk_prefix != '\0' ? plan->trunk_prefix : "–",
                          plan->area_code != NULL && *plan->area_code != '\0' ? plan->area_code : "–",
                          plan->nanp ? _(", a 1 before ten digits") : "");
}

static char *
join (char **texts)
{
  return texts != NULL ? g_strjoinv (", ", texts) : g_strdup ("");
}

static char *
describe_assign (const TbRepair *self)
{
  g_autofree char *extensions = join (self->extensions), *dids = join (self->dids);
  const char *what = *extensions != '\0' ? extensions : dids;

  if (tb_repair_makes_service (self))
    return g_strdup_printf (_("Make a service on %s for client %s with package %s"), self->tenant, self->client != NULL ? self->client : "?",
                            self->package != NULL ? self->package : "?");
  if (*what == '\0')
    return g_strdup_printf (_("Let service %s begin earlier"), self->service);
  return *extensions != '\0' ? g_strdup_printf (_("Give extension %s of %s to service %s"), what, self->tenant, self->service)
                             : g_strdup_printf (_("Give number %s of %s to service %s"), what, self->tenant, self->service);
}

static char *
describe_filter (const TbRepair *self)
{
  const char *whose = self->package != NULL ? self->package : _("all packages");

  return self->action == TB_FILTER_EXCLUDE ? g_strdup_printf (_("Never bill calls to %s (%s)"), self->pattern, whose)
                                           : g_strdup_printf (_("Hide calls to %s (%s)"), self->pattern, whose);
}

char *
tb_repair_describe (const TbRepair *self)
{
  switch (self->kind)
    {
    case TB_REPAIR_RATE:
      return describe_rate (self);
    case TB_REPAIR_NUMBER_PLAN:
      return describe_plan (self);
    case TB_REPAIR_ASSIGN:
      return describe_assign (self);
    case TB_REPAIR_FILTER:
      return describe_filter (self);
    case TB_REPAIR_RATE_CALLS:
    default:
      return g_strdup (_("Rate the calls"));
    }
}

char *
tb_repair_describe_undo (const TbRepair *self)
{
  g_autofree char *owner = NULL;

  switch (self->kind)
    {
    case TB_REPAIR_RATE:
      owner = describe_owner (self);
      return g_strdup_printf (_("To take it back, remove %s from %s and rate the calls again."), self->rate->prefix, owner);
    case TB_REPAIR_NUMBER_PLAN:
      return g_strdup_printf (_("To take it back, give package %s its number plan as it was and rate the calls again."), self->package);
    case TB_REPAIR_ASSIGN:
      return g_strdup_printf (_("To take it back, end service %s or give it its extensions and numbers as they were, and rate the calls again."),
                              self->service);
    case TB_REPAIR_FILTER:
      return g_strdup_printf (_("To take it back, remove the rule %s and rate the calls again."), self->pattern);
    case TB_REPAIR_RATE_CALLS:
    default:
      return g_strdup (_("There is nothing to take back: only the rating was missing."));
    }
}
