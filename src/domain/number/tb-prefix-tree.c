/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-prefix-tree.h"

#include <string.h>

#define NONE G_MAXUINT32

/* Nodes lie in one array and point to each other by index; 0 is the root and, as a child, "no child". */
typedef struct
{
  guint32 children[10];
  guint32 value;
} Node;

struct _TbPrefixTree
{
  GArray *nodes;
};

static guint32
add_node (TbPrefixTree *self)
{
  Node node = { .value = NONE };

  g_array_append_val (self->nodes, node);
  return self->nodes->len - 1;
}

TbPrefixTree *
tb_prefix_tree_new (void)
{
  TbPrefixTree *self = g_new (TbPrefixTree, 1);

  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  add_node (self);
  return self;
}

void
tb_prefix_tree_free (TbPrefixTree *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->nodes);
  g_free (self);
}

static gboolean
is_prefix (const char *prefix)
{
  gsize len = strspn (prefix, "0123456789");

  return prefix[len] == '\0' && len <= TB_PREFIX_MAX;
}

gboolean
tb_prefix_tree_insert (TbPrefixTree *self, const char *prefix, guint32 value, guint32 *ret_old)
{
  guint32 at = 0;
  Node *node;

  g_return_val_if_fail (value != NONE, FALSE);

  if (!is_prefix (prefix))
    return FALSE;

  for (const char *digit = prefix; *digit != '\0'; digit++)
    {
      guint32 child = g_array_index (self->nodes, Node, at).children[*digit - '0'];

      if (child == 0)
        {
          child = add_node (self);
          g_array_index (self->nodes, Node, at).children[*digit - '0'] = child;
        }
      at = child;
    }

  node = &g_array_index (self->nodes, Node, at);
  if (ret_old != NULL)
    *ret_old = node->value;
  node->value = value;
  return TRUE;
}

guint
tb_prefix_tree_match (const TbPrefixTree *self, const char *digits, guint32 ret_values[TB_PREFIX_MAX + 1])
{
  const Node *nodes = (const Node *) (gconstpointer) self->nodes->data;
  const Node *node = nodes;
  guint n = 0;

  for (;; digits++)
    {
      guint digit = (guint) (*digits - '0');
      guint32 child;

      if (node->value != NONE)
        ret_values[n++] = node->value;
      child = digit <= 9 ? node->children[digit] : 0;
      if (child == 0)
        return n;
      node = nodes + child;
    }
}
