/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* Flowroute by exports; see README.md here. */
extern const TbPbxKind tb_flowroute_kind;

G_END_DECLS
