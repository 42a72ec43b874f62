/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* 3CX version 20 by its XAPI; see README.md here. */
extern const TbPbxKind tb_3cx_kind;

G_END_DECLS
