/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-mirror.h"
#include "tb-setup.h"
#include "tb-store.h"
#include "tb-voip-service.h"

G_BEGIN_DECLS

/**
 * Services of WHMCS beside those of the books. One on a PBX, of a client here, with a tenant that no service here has, is proposed; a service is never made
 * of it before somebody says by which package it is sold.
 */
typedef enum
{
  TB_THEIR_SERVICE_LINKED,    /* it is a service here */
  TB_THEIR_SERVICE_SAME,      /* a service here of the same client has its tenant */
  TB_THEIR_SERVICE_PROPOSED,
  TB_THEIR_SERVICE_TAKEN,     /* another client's service here has its tenant */
  TB_THEIR_SERVICE_NO_CLIENT, /* its client is none here */
  TB_THEIR_SERVICE_ENDED,     /* terminated, cancelled or fraud */
  TB_THEIR_SERVICE_IGNORED,
  TB_THEIR_SERVICE_OTHER,     /* on no PBX, or it names no tenant */
} TbTheirServiceState;
const char *tb_their_service_state_to_string (TbTheirServiceState self); /* "linked" "same" "proposed" … */

typedef struct
{
  const TbMirrorService *theirs;  /* borrowed, as all but voip and connection */
  const TbMirrorProduct *product; /* or NULL */
  const TbClient *client;         /* here, or NULL */
  const TbService *service;       /* of LINKED, SAME and TAKEN */
  TbVoipService *voip;            /* NULL = OTHER */
  char *connection;               /* on which the tenant is, as far as it is known; or NULL */
  TbTheirServiceState state;
} TbTheirService;

typedef struct
{
  TbSetup *setup;
  GPtrArray *services, *products; /* as they were read */
  GPtrArray *items;               /* of TbTheirService, by id */
} TbTheirServices;

TbTheirServices *tb_their_services_new (TbStore *store, GError **error);
void             tb_their_services_free (TbTheirServices *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTheirServices, tb_their_services_free)

/* Makes a service here of a proposed one, sold by `package`, on `connection` (NULL = the one that is known); one that is there already (SAME) is only linked
 * with it. Adds lines to `changes` (of char *). TB_ERROR_CONFLICT says what is in the way. */
gboolean tb_whmcs_assign_service (TbStore *store, gint64 whmcs_id, const char *package, const char *connection, GPtrArray *changes, GError **error);
gboolean tb_whmcs_ignore_service (TbStore *store, gint64 whmcs_id, gboolean ignore, GError **error);

G_END_DECLS
