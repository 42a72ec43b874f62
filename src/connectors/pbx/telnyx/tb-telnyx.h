/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* Telnyx by its detail records; see README.md here. */
extern const TbPbxKind tb_telnyx_kind;

G_END_DECLS
