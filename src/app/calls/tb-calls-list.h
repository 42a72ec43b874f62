/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-item.h"

G_BEGIN_DECLS

/**
 * TbCallsList: ten million calls as a GListModel that grows while they are found: 8 bytes a call, a row is read when it comes into view.
 *
 * Another list takes the place of one that is shown without a single new widget: rows that are looked at keep their items and get the values of their new
 * ids, and only the end of the list changes. (Making two hundred rows of a dozen cells anew takes a tenth of a second; one signal with both counts
 * makes GTK 4.8 fetch every row.) For that the view must stand at its beginning, and nothing may be selected.
 */
#define TB_TYPE_CALLS_LIST (tb_calls_list_get_type ())
G_DECLARE_FINAL_TYPE (TbCallsList, tb_calls_list, TB, CALLS_LIST, GObject)

/* More rows make a view taller than 2^31 pixels, and GTK then shows none. */
#define TB_CALLS_LIST_MAX 50000000

/* The value of a row, or NULL when it is gone; one look-up by key on the main thread. */
typedef gpointer (*TbCallsFetch) (gint64 id, gpointer data);

TbCallsList *tb_calls_list_new (TbCallsFetch fetch, GDestroyNotify free_value, gpointer data);
/* Another list; `rewrite` is called when rows that stay have other values. */
void         tb_calls_list_begin (TbCallsList *self, const gint64 *ids, gsize n, void (*rewrite) (gpointer data));
void         tb_calls_list_append (TbCallsList *self, const gint64 *ids, gsize n);
guint        tb_calls_list_get_length (TbCallsList *self); /* all that came, also what is not shown yet */
gint64       tb_calls_list_get_id (TbCallsList *self, guint position);
/* Shows as much of it as `position` needs; FALSE when there is no such row. */
gboolean     tb_calls_list_reach (TbCallsList *self, guint position);
/* In a list in order of start: the first position whose call began at `time` or beyond it. */
guint        tb_calls_list_find_start (TbCallsList *self, gint64 time, gboolean descending);
guint        tb_calls_list_count_alive (TbCallsList *self); /* for tests: rows that somebody holds */
guint64      tb_calls_list_get_fetched (TbCallsList *self); /* for tests: how many were ever read */

G_END_DECLS
