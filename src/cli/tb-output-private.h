/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-output.h"

G_BEGIN_DECLS

/* Private to TbOutput: the tree between what is said (tb-output.c) and how it is printed (tb-output-print.c). */

typedef enum { TB_NODE_NONE, TB_NODE_TEXT, TB_NODE_FIGURE, TB_NODE_LITERAL, TB_NODE_OBJECT, TB_NODE_LIST } NodeKind;

/* A figure is text that people want to the right; a literal is a JSON number or word. */
typedef struct
{
  NodeKind kind;
  char *key, *title;
  char *text;
  GPtrArray *children; /* of TbNode, of objects and lists */
} TbNode;

struct _TbOutput
{
  TbNode *root;
  GPtrArray *open; /* of TbNode, from the root to where fields go */
  TbZone *zone;
  char *verbatim;
  FILE *spool;
};

G_END_DECLS
