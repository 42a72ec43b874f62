/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* 2600Hz Kazoo by Crossbar, its REST API; see README.md here. */
extern const TbPbxKind tb_kazoo_kind;

G_END_DECLS
