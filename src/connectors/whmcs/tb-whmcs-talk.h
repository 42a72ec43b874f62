/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs.h"

G_BEGIN_DECLS

/* Between the files of a talk. */

/* To the job, if there is one: so many of `total` `what`. */
void tb_whmcs_report (TbWhmcs *self, guint64 done, guint64 total, const char *what);

/* A row's custom fields, and those that are told (of TbWhmcsCustomField; NULL or empty = none). */
GPtrArray *tb_whmcs_read_custom_fields (TbWhmcsFields *row);
void       tb_whmcs_form_add_custom_fields (TbWhmcsForm *form, const GPtrArray *fields);

G_END_DECLS
