/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* Bandwidth by its Insights API; see README.md here. */
extern const TbPbxKind tb_bandwidth_kind;

G_END_DECLS
