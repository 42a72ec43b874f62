/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* A folder of this computer, or one that is mounted: README.md. */
extern const TbPbxKind tb_folder_kind;

G_END_DECLS
