/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* NetSapiens by ns-api v2; see README.md here. */
extern const TbPbxKind tb_netsapiens_kind;

G_END_DECLS
