/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form-view.h"

G_BEGIN_DECLS

/**
 * TbFormList: a field that holds records: a list of them, a line each, and buttons to add, change, copy, move and remove them. Thousands of
 * rates are no more work than ten. Signal "changed".
 */
#define TB_TYPE_FORM_LIST (tb_form_list_get_type ())
G_DECLARE_FINAL_TYPE (TbFormList, tb_form_list, TB, FORM_LIST, GtkBox)

TbFormList *tb_form_list_new (const TbFormField *field, TbBooks *books);
/* Asked with the whole list. */
void        tb_form_list_set_check (TbFormList *self, TbFormCheck check, gpointer data);
void        tb_form_list_set (TbFormList *self, JsonNode *records); /* an array or NULL */
JsonNode   *tb_form_list_get (TbFormList *self);                    /* a new node; NULL = there is none */
void        tb_form_list_show_problem (TbFormList *self, const char *reason); /* NULL = there is none */

G_END_DECLS
