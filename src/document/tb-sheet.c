/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-sheet.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "tb-csv-writer.h"
#include "tb-error.h"

/* Rows of an XLSX sheet, its titles among them (ECMA-376, limits of Excel). */
#define MAX_ROWS 1048576

struct _TbSheet
{
  char *path, *part; /* written under the second name until it is whole */
  GStrv titles;
  /* CSV */
  FILE *file;
  GString *line;
  /* XLSX */
  lxw_workbook *workbook;
  lxw_worksheet *worksheet;
  lxw_format *time_format, *bold;
  guint n_sheets;
  lxw_row_t row;
  lxw_col_t column;
  lxw_error problem; /* the first one, told at the end of its row */
};

static gboolean
fail (TbSheet *self, const char *reason, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be written: %s."), self->path, reason);
  return FALSE;
}

/* ---- XLSX ---- */

static void
note (TbSheet *self, lxw_error problem)
{
  if (problem != LXW_NO_ERROR && self->problem == LXW_NO_ERROR)
    self->problem = problem;
}

static void
begin_worksheet (TbSheet *self)
{
  self->worksheet = workbook_add_worksheet (self->workbook, NULL);
  self->n_sheets++;
  self->row = 0;
  for (lxw_col_t i = 0; self->titles[i] != NULL; i++)
    note (self, worksheet_write_string (self->worksheet, 0, i, self->titles[i], self->bold));
  worksheet_set_column (self->worksheet, 0, LXW_COL_MAX - 1, 16, NULL);
  worksheet_freeze_panes (self->worksheet, 1, 0);
  self->row = 1;
}

static gboolean
open_workbook (TbSheet *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder };

  self->workbook = workbook_new_opt (self->part, &options);
  if (self->workbook == NULL)
    return fail (self, g_strerror (ENOMEM), error);
  self->bold = workbook_add_format (self->workbook);
  format_set_bold (self->bold);
  self->time_format = workbook_add_format (self->workbook);
  format_set_num_format (self->time_format, "yyyy-mm-dd hh:mm:ss");
  begin_worksheet (self);
  return TRUE;
}

/* ---- CSV ---- */

static gboolean
flush_line (TbSheet *self, GError **error)
{
  gboolean ok = fwrite (self->line->str, 1, self->line->len, self->file) == self->line->len;

  g_string_truncate (self->line, 0);
  return ok || fail (self, g_strerror (errno), error);
}

static gboolean
open_file (TbSheet *self, GError **error)
{
  self->file = fopen (self->part, "wbe");
  if (self->file == NULL)
    return fail (self, g_strerror (errno), error);
  self->line = g_string_new (NULL);
  for (char **title = self->titles; *title != NULL; title++)
    tb_csv_append_text (self->line, *title);
  tb_csv_end_line (self->line);
  return flush_line (self, error);
}

/* ---- both ---- */

TbSheet *
tb_sheet_new (const char *path, const char *const *titles, GError **error)
{
  g_autoptr (TbSheet) self = g_new0 (TbSheet, 1);
  g_autofree char *lower = g_ascii_strdown (path, -1);

  self->path = g_strdup (path);
  self->part = g_strdup_printf ("%s.part", path);
  self->titles = g_strdupv ((char **) titles);
  if (!(g_str_has_suffix (lower, ".xlsx") ? open_workbook (self, error) : open_file (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

void
tb_sheet_free (TbSheet *self)
{
  gboolean unfinished;

  if (self == NULL)
    return;
  unfinished = self->file != NULL || self->workbook != NULL;
  if (self->file != NULL)
    fclose (self->file);
  if (self->workbook != NULL)
    lxw_workbook_free (self->workbook);
  if (unfinished)
    g_unlink (self->part);
  if (self->line != NULL)
    g_string_free (self->line, TRUE);
  g_strfreev (self->titles);
  g_free (self->path);
  g_free (self->part);
  g_free (self);
}

void
tb_sheet_add_text (TbSheet *self, const char *text)
{
  if (self->line != NULL)
    tb_csv_append_text (self->line, text != NULL ? text : "");
  else if (text != NULL && *text != '\0')
    note (self, worksheet_write_string (self->worksheet, self->row, self->column, text, NULL)); /* a string whatever it begins with */
  self->column++;
}

void
tb_sheet_add_number (TbSheet *self, const char *number)
{
  if (self->line != NULL)
    tb_csv_append_number (self->line, number != NULL ? number : "");
  else if (number != NULL && *number != '\0')
    note (self, worksheet_write_number (self->worksheet, self->row, self->column, g_ascii_strtod (number, NULL), NULL));
  self->column++;
}

void
tb_sheet_add_time (TbSheet *self, int year, int month, int day, int second_of_day)
{
  lxw_datetime time = { year, month, day, second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60 };
  char text[40];

  if (self->line != NULL)
    {
      g_snprintf (text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day, second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
      tb_csv_append_text (self->line, text);
    }
  else
    note (self, worksheet_write_datetime (self->worksheet, self->row, self->column, &time, self->time_format));
  self->column++;
}

gboolean
tb_sheet_end_row (TbSheet *self, GError **error)
{
  self->column = 0;
  if (self->line != NULL)
    {
      tb_csv_end_line (self->line);
      return flush_line (self, error);
    }
  if (++self->row == MAX_ROWS)
    begin_worksheet (self);
  return self->problem == LXW_NO_ERROR || fail (self, lxw_strerror (self->problem), error);
}

static gboolean
close_file (TbSheet *self, GError **error)
{
  gboolean ok = fflush (self->file) == 0 && fsync (fileno (self->file)) == 0;

  ok = fclose (g_steal_pointer (&self->file)) == 0 && ok;
  return ok || fail (self, g_strerror (errno), error);
}

static gboolean
close_workbook (TbSheet *self, GError **error)
{
  lxw_error problem = workbook_close (g_steal_pointer (&self->workbook));

  return problem == LXW_NO_ERROR || fail (self, lxw_strerror (problem), error);
}

gboolean
tb_sheet_finish (TbSheet *self, GError **error)
{
  gboolean ok = self->workbook != NULL ? close_workbook (self, error) : close_file (self, error);

  if (ok && g_rename (self->part, self->path) != 0)
    ok = fail (self, g_strerror (errno), error);
  if (!ok)
    g_unlink (self->part);
  return ok;
}
