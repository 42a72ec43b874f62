/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* A folder of this computer, or one that is mounted: README.md. */
extern const TbPbxKind tb_folder_kind;

/* By what a file is known as collected; another as soon as it is written to. */
char *tb_folder_dup_version (const struct stat *info);

G_END_DECLS
