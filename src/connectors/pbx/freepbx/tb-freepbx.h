/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* FreePBX by its GraphQL API; see README.md here. */
extern const TbPbxKind tb_freepbx_kind;

G_END_DECLS
