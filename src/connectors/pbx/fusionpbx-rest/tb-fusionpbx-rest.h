/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* FusionPBX by the REST API of CakeDC; see README.md here. */
extern const TbPbxKind tb_fusionpbx_rest_kind;

G_END_DECLS
