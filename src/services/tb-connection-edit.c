/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-edit.h"

#include <glib/gi18n-lib.h>

#include "tb-connection-removal.h"
#include "tb-error.h"
#include "tb-package-lists.h"
#include "tb-setup-store.h"

/* ---- the connection itself ---- */

static gboolean
save (TbStore *store, const TbConnection *connection, gboolean is_new, GError **error)
{
  g_autoptr (TbSetup) stored = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbSetup) part = tb_setup_new ();
  gboolean is_there;

  if (stored == NULL)
    return FALSE;
  is_there = tb_setup_find_connection (stored, connection->name) != NULL;
  if (is_there == is_new)
    {
      g_set_error (error, TB_ERROR, is_new ? TB_ERROR_CONFLICT : TB_ERROR_NOT_FOUND,
                   is_new ? _("There is a connection “%s” already.") : _("There is no connection “%s” in the books."), connection->name);
      return FALSE;
    }
  g_ptr_array_add (part->connections, tb_connection_copy (connection));
  return tb_setup_store_apply (store, part, FALSE, NULL, NULL, error);
}

gboolean
tb_connection_edit_save (TbStore *store, const TbConnection *connection, gboolean is_new, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, save (store, connection, is_new, error), error);
}

static gboolean
remove_it (TbStore *store, const char *name, GError **error)
{
  TbConnectionUse use;
  g_autofree char *services = NULL, *calls = NULL;

  if (!tb_connection_store_get_use (store, name, &use, error))
    return FALSE;
  if (use.services == 0 && use.calls == 0)
    return tb_connection_store_remove (store, name, error);
  services = g_strdup_printf ("%" G_GUINT64_FORMAT, use.services);
  calls = g_strdup_printf ("%" G_GUINT64_FORMAT, use.calls);
  if (use.services > 0)
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                 ngettext ("“%s” cannot be removed: %s service is on it. Give the service another connection first.",
                           "“%s” cannot be removed: %s services are on it. Give the services another connection first.", use.services),
                 name, services);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
                 ngettext ("“%s” cannot be removed: %s call in the books came from it.", "“%s” cannot be removed: %s calls in the books came from it.",
                           use.calls),
                 name, calls);
  return FALSE;
}

gboolean
tb_connection_edit_remove (TbStore *store, const char *name, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, remove_it (store, name, error), error);
}

/* ---- filters ---- */

static gboolean
same_filter (const TbFilter *a, const TbFilter *b)
{
  return g_strcmp0 (a->connection, b->connection) == 0 && a->match == b->match && a->action == b->action && g_strcmp0 (a->pattern, b->pattern) == 0;
}

static gboolean
find_filter (GPtrArray *filters, const TbFilter *like, guint *ret)
{
  for (guint i = 0; i < filters->len; i++)
    if (same_filter (filters->pdata[i], like))
      {
        *ret = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
change_filters (TbStore *store, const TbFilter *filter, gboolean add, GError **error)
{
  g_autoptr (GPtrArray) filters = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_filter_free);
  guint at;

  if (!tb_filter_list_load (store, TB_FILTERS_OF_ALL, filters, error))
    return FALSE;
  if (find_filter (filters, filter, &at) == add)
    {
      g_set_error (error, TB_ERROR, add ? TB_ERROR_CONFLICT : TB_ERROR_NOT_FOUND,
                   add ? _("There is a filter “%s” that does the same already.") : _("There is no filter “%s” any more."), filter->pattern);
      return FALSE;
    }
  if (add)
    g_ptr_array_add (filters, tb_filter_copy (filter));
  else
    g_ptr_array_remove_index (filters, at);
  return tb_filter_list_save (store, TB_FILTERS_OF_ALL, filters, error);
}

static gboolean
change_filters_alone (TbStore *store, const TbFilter *filter, gboolean add, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, change_filters (store, filter, add, error), error);
}

gboolean
tb_connection_edit_add_filter (TbStore *store, const TbFilter *filter, GError **error)
{
  g_autoptr (TbPattern) pattern = tb_pattern_new (filter->pattern, error);

  return pattern != NULL && change_filters_alone (store, filter, TRUE, error);
}

gboolean
tb_connection_edit_remove_filter (TbStore *store, const TbFilter *filter, GError **error)
{
  return change_filters_alone (store, filter, FALSE, error);
}
