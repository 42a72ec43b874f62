/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* DIDWW by exports of calls in and out; see README.md here. */
extern const TbPbxKind tb_didww_kind;

G_END_DECLS
