/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-rating-private.h"

/* Of more number plans than that among one tenant's services, DIDs are known as written only. */
#define PLANS_MAX 64

/* ---- who may claim the calls of a tenant ---- */

static void
claim_clear (TbClaim *self)
{
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_clear_pointer (&self->general, g_ptr_array_unref);
}

static void
claim_free (gpointer data)
{
  claim_clear (data);
  g_free (data);
}

static void
claim_add (TbClaim *self, TbCandidate *candidate, gboolean own)
{
  GPtrArray **list = own ? &self->own : &self->general;

  if (*list == NULL)
    *list = g_ptr_array_new ();
  if (!g_ptr_array_find (*list, candidate, NULL))
    g_ptr_array_add (*list, candidate);
}

static void
claim_key (GHashTable **table, const char *key, TbCandidate *candidate, gboolean own)
{
  TbClaim *claim;

  if (*table == NULL)
    *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, claim_free);
  claim = g_hash_table_lookup (*table, key);
  if (claim == NULL)
    {
      claim = g_new0 (TbClaim, 1);
      g_hash_table_insert (*table, g_strdup (key), claim);
    }
  claim_add (claim, candidate, own);
}

/* Only the digits; FALSE when there are none or too many. */
static gboolean
digits_of (const char *text, char ret[TB_E164_BUFFER])
{
  guint n = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      {
        if (n == TB_E164_BUFFER - 1)
          return FALSE;
        ret[n++] = *text;
      }
  ret[n] = '\0';
  return n > 0;
}

static gboolean
same_plan (const TbNumberPlan *a, const TbNumberPlan *b)
{
  if (a->nanp != b->nanp || g_strcmp0 (a->country_code, b->country_code) != 0 || g_strcmp0 (a->trunk_prefix, b->trunk_prefix) != 0
      || g_strcmp0 (a->area_code, b->area_code) != 0 || (a->exit_codes == NULL) != (b->exit_codes == NULL))
    return FALSE;
  return a->exit_codes == NULL || g_strv_equal ((const char *const *) a->exit_codes, (const char *const *) b->exit_codes);
}

static guint
plan_index (TbRatingTenant *tenant, const TbNumberPlan *plan)
{
  for (guint i = 0; i < tenant->plans->len; i++)
    if (same_plan (tenant->plans->pdata[i], plan))
      return i;
  if (tenant->plans->len == PLANS_MAX)
    return PLANS_MAX;
  g_ptr_array_add (tenant->plans, (gpointer) plan);
  return tenant->plans->len - 1;
}

/* A number in the number plan of a tenant's service, as a key: plans read one number differently. */
static gboolean
plan_key (TbRatingTenant *tenant, guint plan, const char *number, char ret[TB_E164_BUFFER + 1])
{
  TbNumberRule rule;

  ret[0] = (char) ('A' + plan);
  return tb_number_plan_normalise (tenant->plans->pdata[plan], number, -1, ret + 1, &rule);
}

/* A DID is known as it is written and as E.164 digits in the service's own plan, because PBXs deliver either. */
static void
claim_did (TbRatingTenant *tenant, const char *did, TbCandidate *candidate, gboolean own)
{
  guint plan = plan_index (tenant, &candidate->plan->package->number_plan);
  char digits[TB_E164_BUFFER], key[TB_E164_BUFFER + 1];

  if (digits_of (did, digits))
    claim_key (&tenant->by_did, digits, candidate, own);
  if (plan < PLANS_MAX && plan_key (tenant, plan, did, key))
    claim_key (&tenant->by_did, key, candidate, own);
}

void
tb_rating_tenant_add (TbRatingTenant *tenant, TbCandidate *candidate)
{
  const TbService *service = candidate->service;
  gboolean own = service->tenant != NULL && *service->tenant != '\0';
  gboolean lists = (service->extensions != NULL && *service->extensions != NULL) || (service->dids != NULL && *service->dids != NULL);

  g_ptr_array_add (tenant->candidates, candidate);
  for (char **extension = service->extensions; extension != NULL && *extension != NULL; extension++)
    claim_key (&tenant->by_extension, *extension, candidate, own);
  for (char **did = service->dids; did != NULL && *did != NULL; did++)
    claim_did (tenant, *did, candidate, own);
  if (!lists)
    claim_add (&tenant->plain, candidate, own);
  tenant->sole = !lists && tenant->candidates->len == 1 ? candidate : NULL;
}

void
tb_rating_tenant_free (TbRatingTenant *tenant)
{
  if (tenant == NULL)
    return;
  g_clear_pointer (&tenant->by_extension, g_hash_table_unref);
  g_clear_pointer (&tenant->by_did, g_hash_table_unref);
  claim_clear (&tenant->plain);
  g_ptr_array_unref (tenant->candidates);
  g_ptr_array_unref (tenant->plans);
  g_free (tenant->name);
  g_free (tenant);
}

/* ---- step 2 ---- */

typedef enum { FOUND_NONE, FOUND_ONE, FOUND_MANY } Found;

static inline gboolean
is_active (const TbService *service, TbDay day)
{
  return (service->starts == TB_DAY_NONE || day >= service->starts) && (service->ends == TB_DAY_NONE || day < service->ends);
}

/* Adds one more list of claimants, of which those count that are subscribed on that day. */
static Found
add_active (Found found, GPtrArray *list, TbDay day, TbCandidate **ret)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      TbCandidate *candidate = list->pdata[i];

      if (!is_active (candidate->service, day) || (found != FOUND_NONE && candidate == *ret))
        continue;
      if (found != FOUND_NONE)
        return FOUND_MANY;
      found = FOUND_ONE;
      *ret = candidate;
    }
  return found;
}

/* A service that names the tenant beats one of the whole connection. */
static Found
ask_claims (const TbClaim *const *claims, guint n, TbDay day, TbCandidate **ret)
{
  Found found = FOUND_NONE;

  for (guint i = 0; i < n && found != FOUND_MANY; i++)
    found = add_active (found, claims[i]->own, day, ret);
  if (found != FOUND_NONE)
    return found;
  for (guint i = 0; i < n && found != FOUND_MANY; i++)
    found = add_active (found, claims[i]->general, day, ret);
  return found;
}

static Found
ask_claim (const TbClaim *claim, TbDay day, TbCandidate **ret)
{
  return claim != NULL ? ask_claims (&claim, 1, day, ret) : FOUND_NONE;
}

static const TbClaim *
lookup_extension (TbRatingTenant *tenant, const char *text)
{
  return tenant->by_extension != NULL && *text != '\0' ? g_hash_table_lookup (tenant->by_extension, text) : NULL;
}

static Found
ask_extension (TbRatingTenant *tenant, const TbCall *call, TbDay day, TbCandidate **ret)
{
  const char *inside = call->direction == TB_DIRECTION_INBOUND ? call->callee : call->caller;

  if (*call->extension != '\0')
    return ask_claim (lookup_extension (tenant, call->extension), day, ret);
  return ask_claim (lookup_extension (tenant, inside), day, ret);
}

/* As it is written and in each plan: two services that list one number differently still claim the same. */
static Found
ask_did (TbRatingTenant *tenant, const char *number, TbDay day, TbCandidate **ret)
{
  const TbClaim *claims[1 + PLANS_MAX];
  char key[TB_E164_BUFFER + 1];
  guint n = 0;

  if (*number == '\0')
    return FOUND_NONE;
  if (digits_of (number, key) && (claims[n] = g_hash_table_lookup (tenant->by_did, key)) != NULL)
    n++;
  for (guint i = 0; i < tenant->plans->len; i++)
    if (plan_key (tenant, i, number, key) && (claims[n] = g_hash_table_lookup (tenant->by_did, key)) != NULL)
      n++;
  return ask_claims (claims, n, day, ret);
}

static Found
ask_dids (TbRatingTenant *tenant, const TbCall *call, TbDay day, TbCandidate **ret)
{
  Found found = FOUND_NONE;

  if (tenant->by_did == NULL)
    return FOUND_NONE;
  if (call->direction != TB_DIRECTION_INBOUND)
    return ask_did (tenant, call->caller, day, ret);

  found = ask_did (tenant, call->did, day, ret);
  return found != FOUND_NONE ? found : ask_did (tenant, call->callee, day, ret);
}

static TbCandidate *
choose (TbRatingTenant *tenant, const TbCall *call, TbDay day, TbCallStatus *ret_status)
{
  TbCandidate *candidate = NULL;
  Found found = ask_extension (tenant, call, day, &candidate);

  if (found == FOUND_NONE)
    found = ask_dids (tenant, call, day, &candidate);
  if (found == FOUND_NONE)
    found = ask_claim (&tenant->plain, day, &candidate);
  if (found == FOUND_ONE)
    return candidate;
  *ret_status = found == FOUND_MANY ? TB_CALL_AMBIGUOUS : TB_CALL_NO_SERVICE;
  return NULL;
}

TbCandidate *
tb_rating_find_service (TbRatingTenant *tenant, const TbCall *call, TbDay day, TbCallStatus *ret_status)
{
  return tenant->sole != NULL && is_active (tenant->sole->service, day) ? tenant->sole : choose (tenant, call, day, ret_status);
}

TbClaimKind
tb_rating_claim_kind (TbRatingTenant *tenant, const TbCall *call, TbDay day)
{
  TbCandidate *candidate = NULL;

  if (ask_extension (tenant, call, day, &candidate) != FOUND_NONE)
    return TB_CLAIM_BY_EXTENSION;
  if (ask_dids (tenant, call, day, &candidate) != FOUND_NONE)
    return TB_CLAIM_BY_DID;
  return ask_claim (&tenant->plain, day, &candidate) != FOUND_NONE ? TB_CLAIM_BY_TENANT : TB_CLAIM_NOTHING;
}

/* Said by the record's direction, or by a callee that a service of the tenant lists as an extension; never by a length. */
gboolean
tb_rating_is_internal (TbRatingTenant *tenant, const TbCall *call)
{
  if (call->direction == TB_DIRECTION_LOCAL)
    return TRUE;
  return tenant != NULL && call->direction != TB_DIRECTION_INBOUND && lookup_extension (tenant, call->callee) != NULL;
}
