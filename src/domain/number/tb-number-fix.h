/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-number-check.h"

G_BEGIN_DECLS

/* The dial-plan rule for the pattern of a check, to be pasted or typed into the PBX of a connection of that kind (as in set-up files; NULL and
 * others: in words), a few lines with their line ends. NULL where there is nothing to do: valid numbers, extensions, what is no number. */
char *tb_number_fix_new (const TbNumberCheck *check, const char *connection_kind);

G_END_DECLS
