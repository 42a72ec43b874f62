/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "tb-call-fields.h"
#include "tb-cdr-import.h"
#include "tb-error.h"

typedef struct
{
  TbRun *run;
  FILE *rejects;
  GPtrArray *imports; /* of TbCdrImport */
  TbImportCounts sum;
} Import;

static void
add_counts (TbImportCounts *sum, const TbImportCounts *counts)
{
  sum->read += counts->read;
  sum->added += counts->added;
  sum->duplicate += counts->duplicate;
  sum->changed += counts->changed;
  sum->conflict += counts->conflict;
  sum->rejected += counts->rejected;
}

/* A file that fails does not keep the others from being read; what the user stopped is stopped. */
static gboolean
import_files (Import *import, GError **error)
{
  TbRun *run = import->run;

  for (char **path = run->arguments; *path != NULL; path++)
    {
      g_autoptr (GError) failure = NULL;
      TbCdrImport *one = tb_cdr_import_run (run->store, *path, tb_run_get (run, "connection"), tb_run_get (run, "format"),
                                            tb_run_get (run, "map"), import->rejects, run->job, &failure);

      if (one != NULL)
        {
          g_ptr_array_add (import->imports, one);
          add_counts (&import->sum, &one->counts);
          continue;
        }
      if (path == run->arguments && path[1] == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      tb_run_fail (run, g_steal_pointer (&failure));
      if (tb_job_is_cancelled (run->job, NULL))
        break;
    }
  return import->imports->len > 0;
}

static void
say_rejects (TbOutput *out, const TbCdrImport *import)
{
  for (guint i = 0; i < import->rejects->len; i++)
    {
      const TbReject *reject = import->rejects->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "file", _("File"), import->source);
      tb_output_int (out, "line", _("Line"), (gint64) reject->line);
      tb_output_text (out, "reason", _("Reason"), reject->reason);
      tb_output_text (out, "raw", _("Row"), reject->raw);
      tb_output_end (out);
    }
}

static void
say_imports (TbRun *run, const Import *import)
{
  TbOutput *out = run->out;

  tb_import_counts_say (out, &import->sum);
  tb_output_list (out, "rejects", _("Rejected rows"));
  for (guint i = 0; i < import->imports->len; i++)
    say_rejects (out, import->imports->pdata[i]);
  tb_output_end (out);
  if (!run->json && import->imports->len == 1)
    return;
  tb_output_list (out, "files", _("Files"));
  for (guint i = 0; i < import->imports->len; i++)
    {
      const TbCdrImport *one = import->imports->pdata[i];

      tb_output_row (out);
      tb_output_text (out, "file", _("File"), one->source);
      tb_output_text (out, "format", _("Format"), one->format);
      tb_import_counts_say (out, &one->counts);
      tb_output_end (out);
    }
  tb_output_end (out);
}

/* The same file, whatever name it goes by. */
static gboolean
is_same_file (const char *path, const char *other)
{
  GStatBuf a, b;

  return g_stat (path, &a) == 0 && g_stat (other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static gboolean
open_rejects (Import *import, const char *path, GError **error)
{
  if (path == NULL)
    return TRUE;
  for (char **calls = import->run->arguments; *calls != NULL; calls++)
    if (is_same_file (path, *calls))
      {
        g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” holds the calls to read: name another file for the rejected lines."), path);
        return FALSE;
      }
  import->rejects = fopen (path, "we");
  if (import->rejects != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be written: %s."), path, g_strerror (errno));
  return FALSE;
}

/* What is rejected must be on the disk before the import counts as done. */
static gboolean
close_rejects (Import *import, const char *path, GError **error)
{
  if (import->rejects == NULL || fclose (import->rejects) == 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("“%s” cannot be written: %s."), path, g_strerror (errno));
  return FALSE;
}

static gboolean
import_calls (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) imports = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_cdr_import_free);
  const char *rejects = tb_run_get (run, "rejects");
  Import import = { run, NULL, imports };
  gboolean ok;

  if (tb_run_get (run, "connection") == NULL)
    return tb_run_misuse (error, _("“%s” needs --connection."), run->command->name);
  if (!open_rejects (&import, rejects, error))
    return FALSE;
  ok = import_files (&import, error);
  if (!close_rejects (&import, rejects, ok ? error : NULL) || !ok)
    return FALSE;
  say_imports (run, &import);
  return TRUE;
}

static const TbOption import_options[] = {
  { "connection", 0, N_("NAME"), N_("whose calls they are (needed)") },
  { "format", 0, N_("FORMAT"), N_("fusionpbx, asterisk, vodia, csv … as the manual lists them; else by the content") },
  { "map", 0, N_("FIELD=COLUMN,…"), N_("which column of a csv is what; else by the titles") },
  { "rejects", 0, N_("FILE"), N_("keep the rejected lines in FILE") },
  { NULL },
};

const TbCommand tb_commands_cdr[] = {
  { "cdr import", N_("FILE…"), 1, G_MAXUINT, TB_BOOKS_OPEN, import_options, import_calls, N_("reads call records; - is standard input") },
  { NULL },
};
