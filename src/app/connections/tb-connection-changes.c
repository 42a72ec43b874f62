/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-connection-changes.h"

#include <glib/gi18n.h>

#include "tb-connection-access.h"
#include "tb-connection-edit.h"
#include "tb-connection-store.h"
#include "tb-dialogs.h"
#include "tb-page.h"
#include "tb-run.h"

/* ---- removing ---- */

static gpointer
remove_func (TbStore *store, TbJob *job, gpointer name, GError **error)
{
  return tb_connection_edit_remove (store, name, error) ? g_strdup (name) : NULL;
}

/* A secret that stays behind in a keyring that is locked harms nobody, and the next connection of that name replaces it. */
static void
removed (GtkWidget *page, gpointer result)
{
  g_autofree char *name = result;

  tb_connection_keep_secret_async (page, name, NULL, NULL, NULL);
  tb_dialogs_toast (page, _ ("Connection removed"));
}

typedef struct
{
  GtkWidget *page;
  TbBooks *books;
  char *name;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->page);
  g_object_unref (removal->books);
  g_free (removal->name);
  g_free (removal);
}

static void
remove_confirmed_cb (gpointer data)
{
  const Removal *removal = data;

  if (tb_page_get_books (TB_PAGE (removal->page)) == removal->books)
    tb_run (removal->page, removal->books, _ ("Remove connection"), TRUE, remove_func, g_strdup (removal->name), g_free, g_free, removed, NULL);
}

void
tb_connection_changes_ask_remove (GtkWidget *page, TbBooks *books, const char *name)
{
  g_autofree char *title = g_strdup_printf (_ ("Remove “%s”?"), name);
  Removal *removal = g_new (Removal, 1);

  *removal = (Removal){ g_object_ref (page), g_object_ref (books), g_strdup (name) };
  tb_dialogs_confirm (page, title, _ ("Its filters, its history and its secret go with it. A connection that has calls or services cannot be removed."),
                      _ ("_Remove"), TRUE, remove_confirmed_cb, removal, removal_free);
}

/* ---- schedule ---- */

typedef struct
{
  char *name;
  gint64 every, alarm;
} Schedule;

static void
schedule_free (gpointer data)
{
  g_free (((Schedule *) data)->name);
  g_free (data);
}

static gpointer
set_schedule_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  const Schedule *schedule = data;

  return tb_connection_store_set_schedule (store, schedule->name, schedule->every, schedule->alarm, error) ? TB_RUN_OK : NULL;
}

static void
schedule_set (GtkWidget *page, gpointer result)
{
}

void
tb_connection_changes_schedule (GtkWidget *page, TbBooks *books, const char *name, gint64 every, gint64 alarm)
{
  Schedule *schedule = g_new (Schedule, 1);

  *schedule = (Schedule){ g_strdup (name), every, alarm };
  tb_run (page, books, _ ("Set schedule"), TRUE, set_schedule_func, schedule, schedule_free, NULL, schedule_set, NULL);
}

/* ---- filters ---- */

static gpointer
remove_filter_func (TbStore *store, TbJob *job, gpointer filter, GError **error)
{
  return tb_connection_edit_remove_filter (store, filter, error) ? TB_RUN_OK : NULL;
}

static void
filter_removed (GtkWidget *page, gpointer result)
{
  tb_dialogs_toast (page, _ ("Filter removed; rate the calls again where they shall be billed"));
}

void
tb_connection_changes_remove_filter (GtkWidget *page, TbBooks *books, const TbFilter *filter)
{
  tb_run (page, books, _ ("Remove filter"), TRUE, remove_filter_func, tb_filter_copy (filter), (GDestroyNotify) tb_filter_free, NULL, filter_removed, NULL);
}
