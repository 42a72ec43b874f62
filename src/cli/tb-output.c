/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-output-private.h"

static void
node_free (gpointer data)
{
  TbNode *node = data;

  g_free (node->key);
  g_free (node->title);
  g_free (node->text);
  g_clear_pointer (&node->children, g_ptr_array_unref);
  g_free (node);
}

static TbNode *
node_new (NodeKind kind, const char *key, const char *title, char *text)
{
  TbNode *node = g_new0 (TbNode, 1);

  node->kind = kind;
  node->key = g_strdup (key);
  node->title = g_strdup (title);
  node->text = text;
  if (kind == TB_NODE_OBJECT || kind == TB_NODE_LIST)
    node->children = g_ptr_array_new_with_free_func (node_free);
  return node;
}

static TbNode *
add (TbOutput *self, NodeKind kind, const char *key, const char *title, char *text)
{
  TbNode *into = self->open->pdata[self->open->len - 1];
  TbNode *node = node_new (kind, key, title, text);

  g_ptr_array_add (into->children, node);
  return node;
}

static void
add_or_none (TbOutput *self, NodeKind kind, const char *key, const char *title, char *text)
{
  add (self, text != NULL ? kind : TB_NODE_NONE, key, title, text);
}

/* ---- fields ---- */

void
tb_output_text (TbOutput *self, const char *key, const char *title, const char *value)
{
  add_or_none (self, TB_NODE_TEXT, key, title, g_strdup (value));
}

void
tb_output_figure (TbOutput *self, const char *key, const char *title, const char *value, gboolean integer)
{
  add_or_none (self, integer ? TB_NODE_LITERAL : TB_NODE_FIGURE, key, title, g_strdup (value));
}

void
tb_output_int (TbOutput *self, const char *key, const char *title, gint64 value)
{
  add (self, TB_NODE_LITERAL, key, title, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
tb_output_bool (TbOutput *self, const char *key, const char *title, gboolean value)
{
  add (self, TB_NODE_LITERAL, key, title, g_strdup (value ? "true" : "false"));
}

void
tb_output_money (TbOutput *self, const char *key, const char *title, TbMoney money)
{
  add_or_none (self, TB_NODE_FIGURE, key, title, money.currency != TB_CURRENCY_NONE ? tb_money_to_string (money) : NULL);
}

void
tb_output_amount (TbOutput *self, const char *key, const char *title, TbMoney money)
{
  tb_output_money (self, key, title, money);
  tb_output_text (self, "currency", _("Currency"), money.currency != TB_CURRENCY_NONE ? tb_currency_to_string (money.currency) : NULL);
}

void
tb_output_decimal (TbOutput *self, const char *key, const char *title, TbDecimal value)
{
  add_or_none (self, TB_NODE_FIGURE, key, title, value != TB_DECIMAL_NONE ? tb_decimal_format (value, TB_RATE_SCALE, 0) : NULL);
}

void
tb_output_time (TbOutput *self, const char *key, const char *title, gint64 time)
{
  add_or_none (self, TB_NODE_TEXT, key, title, time != TB_TIME_NONE ? tb_time_format (time, self->zone) : NULL);
}

void
tb_output_day (TbOutput *self, const char *key, const char *title, TbDay day)
{
  add_or_none (self, TB_NODE_TEXT, key, title, day != TB_DAY_NONE ? tb_day_format (day) : NULL);
}

void
tb_output_strv (TbOutput *self, const char *key, const char *title, GPtrArray *texts)
{
  tb_output_list (self, key, title);
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    add (self, TB_NODE_TEXT, NULL, NULL, g_strdup (texts->pdata[i]));
  tb_output_end (self);
}

void
tb_output_moneys (TbOutput *self, const char *key, const char *title, GArray *moneys)
{
  tb_output_list (self, key, title);
  for (guint i = 0; moneys != NULL && i < moneys->len; i++)
    {
      tb_output_row (self);
      tb_output_amount (self, "amount", _("Amount"), g_array_index (moneys, TbMoney, i));
      tb_output_end (self);
    }
  tb_output_end (self);
}

void
tb_output_object (TbOutput *self, const char *key, const char *title)
{
  g_ptr_array_add (self->open, add (self, TB_NODE_OBJECT, key, title, NULL));
}

void
tb_output_list (TbOutput *self, const char *key, const char *title)
{
  g_ptr_array_add (self->open, add (self, TB_NODE_LIST, key, title, NULL));
}

void
tb_output_row (TbOutput *self)
{
  tb_output_object (self, NULL, NULL);
}

void
tb_output_end (TbOutput *self)
{
  g_assert (self->open->len > 1);
  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
}

void
tb_output_be_list (TbOutput *self)
{
  g_assert (self->root->children->len == 0);
  self->root->kind = TB_NODE_LIST;
}

void
tb_output_verbatim (TbOutput *self, char *text)
{
  g_free (self->verbatim);
  self->verbatim = text;
}

FILE *
tb_output_spool (TbOutput *self, GError **error)
{
  if (self->spool == NULL)
    self->spool = tmpfile ();
  if (self->spool == NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("A temporary file cannot be made: %s."), g_strerror (errno));
  return self->spool;
}

/* ---- life ---- */

TbOutput *
tb_output_new (void)
{
  TbOutput *self = g_new0 (TbOutput, 1);

  self->root = node_new (TB_NODE_OBJECT, NULL, NULL, NULL);
  self->open = g_ptr_array_new ();
  self->zone = tb_zone_new_utc ();
  g_ptr_array_add (self->open, self->root);
  return self;
}

void
tb_output_free (TbOutput *self)
{
  if (self->spool != NULL)
    fclose (self->spool);
  g_ptr_array_unref (self->open);
  node_free (self->root);
  tb_zone_unref (self->zone);
  g_free (self->verbatim);
  g_free (self);
}

void
tb_output_set_zone (TbOutput *self, TbZone *zone)
{
  tb_zone_ref (zone);
  tb_zone_unref (self->zone);
  self->zone = zone;
}
