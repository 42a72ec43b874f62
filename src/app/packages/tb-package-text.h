/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-package.h"

G_BEGIN_DECLS

/* Parts of a package in words. */
const char *tb_package_mode_text (TbPackageMode mode);
char       *tb_package_dup_fee (const TbPackage *package);
char       *tb_package_dup_rounding (const TbPackage *package);
char       *tb_package_dup_allowance (const TbAllowance *allowance);
char       *tb_package_dup_scope (const TbAllowance *allowance);

G_END_DECLS
