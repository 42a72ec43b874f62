/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-format.h"

G_BEGIN_DECLS

/* Rows of the table v_xml_cdr as JSON, which the APIs that people add to FusionPBX hand on with more or fewer of its columns.
 *
 * `paths` names other members by field; NULL, or NULL in it = those of the table. */
TbRowResult tb_fusionpbx_read_row (TbCallRecord *record, const char *const *paths, TbCall *call, GError **error);

G_END_DECLS
