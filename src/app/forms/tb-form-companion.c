/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-form-companion.h"

#include "tb-filter-trial-view.h"
#include "tb-form-tables.h"
#include "tb-package-example-view.h"

GtkWidget *
tb_form_companion_new (TbFormView *view, gboolean *ret_beside)
{
  const TbFormTable *table = tb_form_view_get_table (view);

  *ret_beside = table == &tb_form_package_table;
  if (table == &tb_form_package_table)
    return tb_package_example_view_new (view);
  return table == &tb_form_filter_table ? tb_filter_trial_view_new (view) : NULL;
}
