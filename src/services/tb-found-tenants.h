/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-repair.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* Something on a PBX that no service claims: a whole tenant, or one extension or number of a tenant of which others are claimed. */
typedef struct
{
  char *connection, *tenant;
  char *title;      /* of the tenant, for people; NULL = its name */
  char *extension;  /* NULL = the whole tenant, or a number */
  char *did;        /* NULL = the whole tenant, or an extension */
  guint64 calls;    /* stored ones that nobody pays for */
  char *client;     /* suggested: key; NULL = nobody is like it */
} TbFound;
void tb_found_free (TbFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbFound, tb_found_free)

/* In order of tenant, extension, number. From the stored calls that have no price, and from `told` (of TbPbxTenant, NULL = the PBX did not tell),
 * which also has what was never used. */
GPtrArray *tb_found_list (TbStore *store, const char *connection, GPtrArray *told, TbJob *job, GError **error);

/* Of `told`, tenants that services claim, one for each client that has a part of it, in the same order; `calls` are not counted. */
GPtrArray *tb_found_list_claimed (const TbSetup *setup, const char *connection, GPtrArray *told);

/* What gives these (of TbFound) to `client`, or where that is NULL to whom is suggested: repairs, each a new service with `package`, or more for a
 * service that the client has on that tenant. Those without a client are left out. */
GPtrArray *tb_found_assign (const TbSetup *setup, GPtrArray *found, const char *client, const char *package);

G_END_DECLS
