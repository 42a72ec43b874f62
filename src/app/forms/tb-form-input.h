/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-form.h"

G_BEGIN_DECLS

/* What a field is filled in with: an entry, a text of several lines, a switch or a list to choose from, at the end of a row that says what it is.
 * A field of records is none of these. */

GtkWidget *tb_form_input_new (const TbFormTable *table, const TbFormField *field, TbBooks *books);
/* Calls `changed (data)` whenever a person, or tb_form_input_set, changes it. */
void       tb_form_input_connect (GtkWidget *input, GCallback changed, gpointer data);
void       tb_form_input_set (GtkWidget *input, const TbFormField *field, JsonNode *value);
/* As tb_form_value_parse. */
gboolean   tb_form_input_get (GtkWidget *input, const TbFormField *field, JsonNode **ret, GError **error);
void       tb_form_input_mark (GtkWidget *input, gboolean wrong);

G_END_DECLS
