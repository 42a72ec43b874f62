/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-repair.h"

G_BEGIN_DECLS

/* A value of a repair as a text that can be edited. */
typedef struct
{
  const char *title; /* marked with N_ */
  char *(*read) (const TbRepair *repair);
  gboolean (*write) (TbRepair *repair, const char *text, GError **error);
} TbRepairField;

/* Those of this repair; NULL when it has none. */
const TbRepairField *tb_repair_fields (const TbRepair *repair, guint *ret_n);

G_END_DECLS
