/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* Twilio by its list of calls; see README.md here. */
extern const TbPbxKind tb_twilio_kind;

G_END_DECLS
