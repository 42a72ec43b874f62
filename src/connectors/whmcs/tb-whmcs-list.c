/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-whmcs-talk.h"

#define PAGE 250
#define ROUNDS 4
#define ROWS_MAX 2000000

/* One walk over all pages. */
typedef struct
{
  TbWhmcs *talk;
  const TbWhmcsList *list;
  GPtrArray *items;
  GHashTable *seen;  /* of ids */
  gint64 at;         /* rows behind us */
  gint64 total;      /* that WHMCS said first; −1 = it did not */
  gboolean paged;
  gboolean moved;    /* the list is not what it was at the first page */
  gboolean ordered;  /* by id, as far as was seen */
  gint64 last;       /* id */
  gboolean over;
} Walk;

static gboolean
refuse_row (Walk *self, GError **error)
{
  g_prefix_error (error, _("%s: row %" PRId64 " of %s. "), tb_whmcs_get_host (self->talk), self->at + 1,
                  tb_whmcs_form_get_action (self->list->form));
  return FALSE;
}

static gboolean
take_item (Walk *self, TbWhmcsFields *row, guint *n_new, GError **error)
{
  gpointer item = self->list->read (row, self->list->data);

  if (!tb_whmcs_fields_check (row, self->list->plural, error))
    {
      self->list->free_item (item);
      return refuse_row (self, error);
    }
  g_ptr_array_add (self->items, item);
  ++*n_new;
  return TRUE;
}

/* What comes in pages has ids, without which nothing tells a row from one that was seen. */
static gboolean
take_row (Walk *self, JsonNode *node, guint *n_new, GError **error)
{
  TbWhmcsFields row = { .node = node };
  gint64 id = tb_whmcs_fields_get_int (&row, tb_whmcs_fields_has (&row, "id") ? "id" : "pid");

  if (!tb_whmcs_fields_check (&row, self->list->plural, error))
    return refuse_row (self, error);
  if (id <= 0 && self->paged)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s: it has no id."), self->list->plural);
      return refuse_row (self, error);
    }
  if (id > 0 && id <= self->list->above)
    {
      if (self->ordered)
        self->over = TRUE;
      else if (g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id))) /* newer ones may follow */
        ++*n_new;
      return TRUE;
    }
  if (self->over || (id > 0 && !g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id))))
    return TRUE;
  return take_item (self, &row, n_new, error);
}

/* Before 7.7, or 8.2 for clients, WHMCS pays no heed to the order that is asked for, and what is not by id must be read to its end. */
static void
check_order (Walk *self, GPtrArray *rows)
{
  gboolean down = self->list->above != G_MININT64;

  for (guint i = 0; self->ordered && i < rows->len; i++)
    {
      gint64 id = tb_json_get_int (rows->pdata[i], "id", 0);

      if (id <= 0 || g_hash_table_contains (self->seen, &id)) /* pushed down from the page before */
        continue;
      self->ordered = self->last == 0 || (down ? id < self->last : id > self->last);
      self->last = id;
    }
}

static gboolean
take_rows (Walk *self, GPtrArray *rows, guint *n_new, GError **error)
{
  for (guint i = 0; i < rows->len && !self->over; i++)
    if (!take_row (self, rows->pdata[i], n_new, error))
      return FALSE;
  return TRUE;
}

/* New rows at the end of an ordered list are simply read; anything else may have pushed a row out of sight. */
static void
compare_total (Walk *self, gint64 total)
{
  if (self->total < 0 || self->at == 0)
    self->total = total;
  else if (total != self->total)
    {
      self->moved = self->moved || !self->ordered || total < self->total;
      self->total = total;
    }
}

/* A page with nothing new where more was promised: the server pays no heed to where we are, or the list moves. */
static gboolean
take_page (Walk *self, TbWhmcsReply *reply, GError **error)
{
  g_autoptr (GPtrArray) rows = tb_whmcs_find_rows (reply->root, self->list->plural, self->list->singular, error);
  gint64 before = self->at;
  guint n_new = 0;

  if (rows == NULL)
    {
      g_prefix_error (error, _("%s did not answer %s like WHMCS. "), tb_whmcs_get_host (self->talk), tb_whmcs_form_get_action (self->list->form));
      return FALSE;
    }
  check_order (self, rows);
  compare_total (self, tb_json_get_int (reply->root, "totalresults", -1));
  if (!take_rows (self, rows, &n_new, error))
    return FALSE;
  self->at += rows->len;
  tb_whmcs_report (self->talk, self->items->len, (guint64) MAX (self->total, (gint64) self->items->len), self->list->what);
  if (self->over)
    return TRUE;
  self->moved = self->moved || (n_new == 0 && before < self->total);
  self->over = n_new == 0 || (self->total >= 0 ? self->at >= self->total : rows->len < PAGE) || self->at > ROWS_MAX;
  return TRUE;
}

static TbWhmcsForm *
make_form (Walk *self)
{
  TbWhmcsForm *form = tb_whmcs_form_copy (self->list->form);

  tb_whmcs_form_add_int (form, "limitstart", self->at);
  tb_whmcs_form_add_int (form, "limitnum", PAGE);
  return form;
}

static gboolean
walk (Walk *self, GError **error)
{
  while (!self->over)
    {
      g_autoptr (TbWhmcsReply) reply = tb_whmcs_ask (self->talk, make_form (self), error);

      if (reply == NULL || !take_page (self, reply, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
tb_whmcs_list (TbWhmcs *talk, const TbWhmcsList *list, GError **error)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (list->free_item);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      Walk self = { .talk = talk, .list = list, .items = items, .seen = seen, .total = -1, .paged = TRUE, .ordered = list->ordered };

      if (!walk (&self, error))
        return NULL;
      if (!self.moved)
        return g_steal_pointer (&items);
    }
  g_set_error (error, TB_ERROR, TB_ERROR_NETWORK, _("The list of %s at %s changes while it is read. Try again."), list->what,
               tb_whmcs_get_host (talk));
  return NULL;
}

GPtrArray *
tb_whmcs_list_whole (TbWhmcs *talk, const TbWhmcsList *list, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (list->free_item);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Walk self = { .talk = talk, .list = list, .items = items, .seen = seen, .total = -1 };
  g_autoptr (TbWhmcsReply) reply = tb_whmcs_ask (talk, tb_whmcs_form_copy (list->form), error);
  g_autoptr (GPtrArray) rows = reply != NULL ? tb_whmcs_find_rows (reply->root, list->plural, list->singular, error) : NULL;
  guint n_new = 0;

  if (rows == NULL || !take_rows (&self, rows, &n_new, error))
    return NULL;
  tb_whmcs_report (talk, items->len, items->len, list->what);
  return g_steal_pointer (&items);
}
