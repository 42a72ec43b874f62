/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* What TbCallReceiver took: README.md. */
extern const TbPbxKind tb_push_kind;

/* Where calls are received. NULL with TB_ERROR_INVALID_INPUT for an address that cannot be listened at. */
GUri *tb_push_parse_address (const char *url, GError **error);
/* The folder that belongs to it. */
char *tb_push_dup_folder (GUri *address);

G_END_DECLS
