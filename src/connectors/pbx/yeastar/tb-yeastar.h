/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* Yeastar P-Series by its OpenAPI; see README.md here. */
extern const TbPbxKind tb_yeastar_kind;

G_END_DECLS
