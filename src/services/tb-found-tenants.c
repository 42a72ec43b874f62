/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-found-tenants.h"

#include <string.h>

#include "tb-call-codec.h"
#include "tb-pbx.h"
#include "tb-rating-pass.h"
#include "tb-setup-store.h"
#include "tb-triage-private.h"

/* What is shorter says nothing: half of all names hold an "a". */
#define WORD_MIN 3

void
tb_found_free (TbFound *self)
{
  if (self == NULL)
    return;
  g_free (self->connection);
  g_free (self->tenant);
  g_free (self->title);
  g_free (self->extension);
  g_free (self->did);
  g_free (self->client);
  g_free (self);
}

typedef struct
{
  const TbSetup *setup;
  const char *connection;
  GHashTable *tenants;  /* ids of tenants of the connection */
  GHashTable *by_key;   /* "tenant\textension\tdid" → TbFound, borrowed */
  GPtrArray *found;
} Search;

/* ---- whom it may belong to ---- */

/* "Acme Dental Ltd" → "acmedentalltd": names, domains and addresses are written in many ways. */
static char *
squeeze (const char *text, gssize len)
{
  g_autofree char *folded = g_utf8_casefold (text, len);
  GString *letters = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));
  return g_string_free (letters, FALSE);
}

static gboolean
are_alike (const char *a, const char *b)
{
  return g_utf8_strlen (a, -1) >= WORD_MIN && g_utf8_strlen (b, -1) >= WORD_MIN && (g_str_has_prefix (a, b) || g_str_has_prefix (b, a));
}

static gboolean
is_like (const TbClient *client, const char *word)
{
  const char *at = client->email != NULL ? strchr (client->email, '@') : NULL;
  g_autofree char *name = squeeze (client->name != NULL ? client->name : "", -1);
  g_autofree char *key = squeeze (client->key, -1);
  g_autofree char *domain = squeeze (at != NULL ? at + 1 : "", at != NULL ? (gssize) strcspn (at + 1, ".") : 0);

  return are_alike (name, word) || g_str_equal (key, word) || are_alike (domain, word);
}

/* The only client that is like it: of two nobody can tell. */
static const char *
find_like (const TbSetup *setup, const char *text)
{
  g_autofree char *label = squeeze (text, (gssize) strcspn (text, "."));
  const char *found = NULL;

  for (guint i = 0; i < setup->clients->len; i++)
    {
      const TbClient *client = setup->clients->pdata[i];

      if (!is_like (client, label))
        continue;
      if (found != NULL)
        return NULL;
      found = client->key;
    }
  return found;
}

/* Who has the rest of the tenant, else whose name is like the tenant's. */
static const char *
suggest (const TbSetup *setup, const TbFound *self, GPtrArray *services)
{
  const char *client = services->len > 0 ? ((TbService *) services->pdata[0])->client : NULL;

  for (guint i = 1; i < services->len; i++)
    if (g_strcmp0 (((TbService *) services->pdata[i])->client, client) != 0)
      return NULL;
  if (client == NULL)
    client = find_like (setup, self->tenant);
  return client == NULL && self->title != NULL ? find_like (setup, self->title) : client;
}

/* ---- finding ---- */

static TbFound *
note (Search *self, const char *tenant, const char *title, const char *extension, const char *did)
{
  g_autoptr (GPtrArray) services = tb_triage_list_services (self->setup, self->connection, tenant);
  gboolean whole = services->len == 0;
  const char *of_extension = whole || *extension == '\0' ? NULL : extension;
  const char *of_did = whole || of_extension != NULL || *did == '\0' ? NULL : did;
  g_autofree char *key = g_strjoin ("\t", tenant, of_extension != NULL ? of_extension : "", of_did != NULL ? of_did : "", NULL);
  TbFound *found = g_hash_table_lookup (self->by_key, key);

  if (found != NULL)
    return found;
  found = g_new0 (TbFound, 1);
  *found = (TbFound){ g_strdup (self->connection), g_strdup (tenant), g_strdup (title), g_strdup (of_extension), g_strdup (of_did), 0, NULL };
  found->client = g_strdup (suggest (self->setup, found, services));
  g_ptr_array_add (self->found, found);
  g_hash_table_insert (self->by_key, g_steal_pointer (&key), found);
  return found;
}

static gboolean
visit (const TbRatingVisit *visit, gpointer data, GError **error)
{
  Search *self = data;
  const TbCall *call = visit->call;

  if (visit->after->status == TB_CALL_NO_SERVICE && g_hash_table_contains (self->tenants, GUINT_TO_POINTER (tb_call_id_tenant (call->id))))
    note (self, call->tenant, NULL, call->extension, call->did)->calls++;
  return TRUE;
}

static gboolean
lists (char **texts, const char *text)
{
  return texts != NULL && g_strv_contains ((const char *const *) texts, text);
}

/* A service that lists nothing claims all that others do not. */
static gboolean
is_claimed (GPtrArray *services, const char *extension, const char *did)
{
  for (guint i = 0; i < services->len; i++)
    {
      const TbService *service = services->pdata[i];
      gboolean lists_nothing = (service->extensions == NULL || *service->extensions == NULL) && (service->dids == NULL || *service->dids == NULL);

      if (lists_nothing || (extension != NULL && lists (service->extensions, extension)) || (did != NULL && lists (service->dids, did)))
        return TRUE;
    }
  return FALSE;
}

static void
note_told (Search *self, const TbPbxTenant *tenant)
{
  g_autoptr (GPtrArray) services = tb_triage_list_services (self->setup, self->connection, tenant->name);

  if (services->len == 0)
    {
      TbFound *found = note (self, tenant->name, tenant->title, "", "");

      if (found->title == NULL)
        found->title = g_strdup (tenant->title);
      return;
    }
  for (char **extension = tenant->extensions; extension != NULL && *extension != NULL; extension++)
    if (!is_claimed (services, *extension, NULL))
      note (self, tenant->name, tenant->title, *extension, "");
  for (char **did = tenant->dids; did != NULL && *did != NULL; did++)
    if (!is_claimed (services, NULL, *did))
      note (self, tenant->name, tenant->title, "", *did);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const TbFound *x = *(TbFound *const *) a, *y = *(TbFound *const *) b;
  int order = g_strcmp0 (x->tenant, y->tenant);

  order = order != 0 ? order : g_strcmp0 (x->extension, y->extension);
  return order != 0 ? order : g_strcmp0 (x->did, y->did);
}

static gboolean
search (Search *self, TbStore *store, GPtrArray *told, TbJob *job, GError **error)
{
  const TbRatingScope scope = { .missing = TRUE };
  const TbRatingVisitor visitor = { .visit = visit, .data = self };
  g_autoptr (GPtrArray) tenants = tb_tenant_store_list (store, error);
  g_autoptr (TbRating) rating = tenants != NULL ? tb_rating_new ((TbSetup *) self->setup, error) : NULL;

  if (rating == NULL)
    return FALSE;
  for (guint i = 0; i < tenants->len; i++)
    if (g_strcmp0 (((TbTenant *) tenants->pdata[i])->connection, self->connection) == 0)
      g_hash_table_add (self->tenants, GUINT_TO_POINTER (((TbTenant *) tenants->pdata[i])->id));
  for (guint i = 0; told != NULL && i < told->len; i++)
    note_told (self, told->pdata[i]);
  return tb_rating_pass_run (store, self->setup, rating, &scope, NULL, &visitor, job, error);
}

GPtrArray *
tb_found_list (TbStore *store, const char *connection, GPtrArray *told, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_WITH_RATES, error);
  g_autoptr (GHashTable) tenants = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_found_free);
  Search self = { setup, connection, tenants, by_key, found };

  if (setup == NULL || !search (&self, store, told, job, error))
    return NULL;
  g_ptr_array_sort (found, compare);
  return g_steal_pointer (&found);
}

/* ---- what is claimed ---- */

static gboolean
has (GPtrArray *found, const char *tenant, const char *client)
{
  for (guint i = 0; i < found->len; i++)
    {
      const TbFound *one = found->pdata[i];

      if (g_strcmp0 (one->tenant, tenant) == 0 && g_strcmp0 (one->client, client) == 0)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
tb_found_list_claimed (const TbSetup *setup, const char *connection, GPtrArray *told)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_found_free);

  for (guint i = 0; i < told->len; i++)
    {
      const TbPbxTenant *tenant = told->pdata[i];
      g_autoptr (GPtrArray) services = tb_triage_list_services (setup, connection, tenant->name);

      for (guint n = 0; n < services->len; n++)
        {
          const TbService *service = services->pdata[n];
          TbFound *one;

          if (has (found, tenant->name, service->client))
            continue;
          one = g_new0 (TbFound, 1);
          *one = (TbFound){ g_strdup (connection), g_strdup (tenant->name), g_strdup (tenant->title), .client = g_strdup (service->client) };
          g_ptr_array_add (found, one);
        }
    }
  g_ptr_array_sort (found, compare);
  return found;
}

/* ---- assigning ---- */

static void
append (char ***texts, const char *text)
{
  guint n = *texts != NULL ? g_strv_length (*texts) : 0;

  *texts = g_renew (char *, *texts, n + 2);
  (*texts)[n] = g_strdup (text);
  (*texts)[n + 1] = NULL;
}

static const TbService *
find_service (const TbSetup *setup, const TbFound *found, const char *client)
{
  g_autoptr (GPtrArray) services = tb_triage_list_services (setup, found->connection, found->tenant);

  for (guint i = 0; i < services->len; i++)
    if (g_strcmp0 (((TbService *) services->pdata[i])->client, client) == 0)
      return services->pdata[i];
  return NULL;
}

/* `n` moves on, because the services before are not in the set-up yet. */
static char *
next_key (const TbSetup *setup, guint *n)
{
  for (;;)
    {
      char *key = g_strdup_printf ("S%u", ++*n);

      if (tb_setup_find_service (setup, key) == NULL)
        return key;
      g_free (key);
    }
}

static TbRepair *
repair_for (const TbSetup *setup, GPtrArray *repairs, const TbFound *found, const char *client, const char *package, guint *n)
{
  const TbService *service = find_service (setup, found, client);
  TbRepair *repair;

  for (guint i = 0; i < repairs->len; i++)
    {
      repair = repairs->pdata[i];
      if (g_strcmp0 (repair->tenant, found->tenant) == 0
          && (service != NULL ? g_strcmp0 (repair->service, service->key) == 0 : g_strcmp0 (repair->client, client) == 0))
        return repair;
    }
  repair = tb_repair_new (TB_REPAIR_ASSIGN);
  repair->connection = g_strdup (found->connection);
  repair->tenant = g_strdup (found->tenant);
  repair->service = service != NULL ? g_strdup (service->key) : next_key (setup, n);
  repair->client = service == NULL ? g_strdup (client) : NULL;
  repair->package = service == NULL ? g_strdup (package) : NULL;
  g_ptr_array_add (repairs, repair);
  return repair;
}

GPtrArray *
tb_found_assign (const TbSetup *setup, GPtrArray *found, const char *client, const char *package)
{
  GPtrArray *repairs = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_repair_free);
  guint n = setup->services->len;

  for (guint i = 0; i < found->len; i++)
    {
      const TbFound *one = found->pdata[i];
      const char *receiver = client != NULL ? client : one->client;
      TbRepair *repair = receiver != NULL ? repair_for (setup, repairs, one, receiver, package, &n) : NULL;

      if (repair != NULL && one->extension != NULL)
        append (&repair->extensions, one->extension);
      else if (repair != NULL && one->did != NULL)
        append (&repair->dids, one->did);
    }
  return repairs;
}
