/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx.h"

G_BEGIN_DECLS

/* A FusionPBX and its built-in export of calls; see README.md. */
#define TB_TYPE_FUSIONPBX (tb_fusionpbx_get_type ())
G_DECLARE_FINAL_TYPE (TbFusionPbx, tb_fusionpbx, TB, FUSIONPBX, GObject)

/* With connection->user the secret is that user's password, without it an API key. */
TbPbx *tb_fusionpbx_new (const TbConnection *connection, const char *secret, GError **error);

G_END_DECLS
