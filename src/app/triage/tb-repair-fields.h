/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-repair.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* One of what there is: what is written, and what people call it. */
typedef struct
{
  char *value, *name;
} TbRepairChoice;

/* A value of a repair as a text that can be edited, or chosen. */
typedef struct
{
  const char *title; /* marked with N_ */
  char *(*read) (const TbRepair *repair);
  gboolean (*write) (TbRepair *repair, const char *text, GError **error);
  GPtrArray *(*list) (const TbSetup *setup); /* of TbRepairChoice, which it frees; NULL = any text */
} TbRepairField;

/* Those of this repair; NULL when it has none. */
const TbRepairField *tb_repair_fields (const TbRepair *repair, guint *ret_n);

G_END_DECLS
