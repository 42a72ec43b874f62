/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-companion.h"

GtkWidget *
tb_form_companion_new (TbFormView *view, gboolean *ret_beside)
{
  *ret_beside = FALSE;
  return NULL;
}
