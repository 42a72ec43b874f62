/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-list-page.h"

G_BEGIN_DECLS

/* Appends to a detail (tb_detail_new) all that a record says, in the groups and words of its form. */
void tb_record_detail_add (GtkWidget *detail, TbBooks *books, const char *noun, const char *name);

G_END_DECLS
