/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-mirror.h"

G_BEGIN_DECLS

/**
 * What a service of WHMCS is on the PBX, as ictVoIP's modules store it: FusionPBX "tenant.host | main number" with the extensions "2112 | 2113" as its
 * username, Vodia "tenant | number | number | extension" with a number or extension, Les.net "peer | number".
 */
typedef struct
{
  char *tenant;
  char **dids;       /* digits */
  char **extensions;
} TbVoipService;

/* Whether services of products with that module are on a PBX at all. */
gboolean       tb_voip_service_is_module (const char *module);
/* NULL where the domain names no tenant. */
TbVoipService *tb_voip_service_new (const char *domain, const char *username);
void           tb_voip_service_free (TbVoipService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbVoipService, tb_voip_service_free)

G_END_DECLS
