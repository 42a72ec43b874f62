/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TbSheet: a table as a file for spreadsheets, CSV or XLSX by the ending of its name, written row by row in constant memory. It takes its place only when
 * it is finished. No text of it is ever run as a formula. An XLSX sheet that is full goes on in another one with the same titles.
 */
typedef struct _TbSheet TbSheet;

/* `titles` NULL-ended, copied. TB_ERROR_STORAGE when it cannot be written. */
TbSheet *tb_sheet_new (const char *path, const char *const *titles, GError **error);
void     tb_sheet_free (TbSheet *self); /* what was not finished is gone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSheet, tb_sheet_free)

/* One cell after the other; NULL is an empty one. Numbers are plain decimals. Times are local ones: year, month, day and seconds since midnight. */
void     tb_sheet_add_text (TbSheet *self, const char *text);
void     tb_sheet_add_number (TbSheet *self, const char *number);
void     tb_sheet_add_time (TbSheet *self, int year, int month, int day, int second_of_day);
gboolean tb_sheet_end_row (TbSheet *self, GError **error);
/* All is on the disk, under its name. */
gboolean tb_sheet_finish (TbSheet *self, GError **error);

G_END_DECLS
