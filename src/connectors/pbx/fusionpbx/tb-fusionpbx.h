/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* FusionPBX by its built-in CSV export; see README.md here. */
extern const TbPbxKind tb_fusionpbx_kind;

G_END_DECLS
