/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* VoIP.ms by its REST API; see README.md here. */
extern const TbPbxKind tb_voipms_kind;

G_END_DECLS
