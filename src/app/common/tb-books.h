/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-reader.h"
#include "tb-session.h"
#include "tb-setup.h"
#include "tb-undo.h"

G_BEGIN_DECLS

/**
 * TbBooks: the books a window shows: the session that changes them, a reader for what takes time, a read-only store on the main
 * thread for single rows, and the set-up as it was last read.
 *
 * "changed" comes after the books changed and the set-up was read again: time for pages to read too.
 */
#define TB_TYPE_BOOKS (tb_books_get_type ())
G_DECLARE_FINAL_TYPE (TbBooks, tb_books, TB, BOOKS, GObject)

TbBooks       *tb_books_open (const char *path, gboolean create, GError **error);
const char    *tb_books_get_path (TbBooks *self);
TbSession     *tb_books_get_session (TbBooks *self);
TbReader      *tb_books_get_reader (TbBooks *self);
TbStore       *tb_books_get_store (TbBooks *self);  /* main thread, one row at a time */
const TbSetup *tb_books_get_setup (TbBooks *self);  /* heads; never NULL; until the next "changed" */
TbZone        *tb_books_get_zone (TbBooks *self);   /* the company's */
const char    *tb_books_get_client_name (TbBooks *self, const char *key);
TbUndo        *tb_books_get_undo (TbBooks *self);   /* changes of the set-up; of all windows that show these books */
gboolean       tb_books_is_demo (TbBooks *self);
void           tb_books_refresh (TbBooks *self);    /* reads again; emits "changed" */
gboolean       tb_books_is_fresh (TbBooks *self);   /* nothing is being read again; for tests */

/* A month of the company's zone as [from, to) in UTC. */
void tb_books_get_month (TbBooks *self, int year, int month, gint64 *ret_from, gint64 *ret_to);
void tb_books_get_current_month (TbBooks *self, int *ret_year, int *ret_month);

G_END_DECLS
