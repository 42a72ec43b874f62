/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* FusionPBX by its database: README.md. */
extern const TbPbxKind tb_fusionpbx_postgres_kind;

G_END_DECLS
