/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* SignalWire by its voice logs; see README.md here. */
extern const TbPbxKind tb_signalwire_kind;

G_END_DECLS
