/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup-edit.h"

G_BEGIN_DECLS

/* What is to be in the books: the record of `edit`, with what `was` there by now in the keys that the person did not touch. `was` NULL = nothing.
 * A new string in the form that tb_setup_record_write gives. TB_ERROR_CONFLICT for a key that both changed. */
char *tb_setup_edit_merge (const TbCompany *company, const TbSetupEdit *edit, const char *was, GError **error);

/* The text in a key of a record; a new string, NULL when there is none. */
char *tb_setup_edit_get_text (const char *record, const char *key);

G_END_DECLS
