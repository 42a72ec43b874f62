/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* Grandstream UCM by its HTTPS API, or by the older one of records only; see README.md here. */
extern const TbPbxKind tb_grandstream_kind;

G_END_DECLS
