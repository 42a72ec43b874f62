/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* Files that are fetched from a server: README.md. */
extern const TbPbxKind tb_sftp_kind;
extern const TbPbxKind tb_ftps_kind;
extern const TbPbxKind tb_https_kind;

G_END_DECLS
