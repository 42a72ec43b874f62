/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-demo.h"
#include "tb-error.h"

static void
say_books (TbRun *run)
{
  tb_output_text (run->out, "books", _("Books"), run->books);
}

static gboolean
init (TbRun *run, GError **error)
{
  if (!tb_run_open (run, TRUE, error))
    return FALSE;
  say_books (run);
  return TRUE;
}

/* Makes the books when they are not there yet, so that one command is enough for a first look. */
static gboolean
demo (TbRun *run, GError **error)
{
  gboolean create = !g_file_test (run->books, G_FILE_TEST_EXISTS);
  const TbSetup *setup;

  if (!tb_run_open (run, create, error) || !tb_demo_fill (run->store, run->job, error))
    return FALSE;
  g_clear_pointer (&run->setup, tb_setup_free);
  setup = tb_run_get_setup (run, error);
  if (setup == NULL)
    return FALSE;
  say_books (run);
  tb_output_int (run->out, "connections", _("Connections"), setup->connections->len);
  tb_output_int (run->out, "tariffs", _("Tariffs"), setup->tariffs->len);
  tb_output_int (run->out, "clients", _("Clients"), setup->clients->len);
  return TRUE;
}

static gboolean
backup (TbRun *run, GError **error)
{
  if (!tb_store_backup (run->store, run->arguments[0], run->job, error))
    return FALSE;
  say_books (run);
  tb_output_text (run->out, "backup", _("Copy"), run->arguments[0]);
  return TRUE;
}

static gboolean
restore (TbRun *run, GError **error)
{
  g_autofree char *aside = g_strconcat (run->books, ".before-restore", NULL);
  gboolean replaced = g_file_test (run->books, G_FILE_TEST_EXISTS);

  if (!tb_store_restore (run->arguments[0], run->books, run->job, error) || !tb_run_open (run, FALSE, error))
    return FALSE;
  say_books (run);
  tb_output_text (run->out, "restored_from", _("Restored from"), run->arguments[0]);
  tb_output_text (run->out, "kept", _("Replaced books kept in"), replaced ? aside : NULL);
  return TRUE;
}

/* Every finding is a failure of its own; the document is there all the same. */
static gboolean
check (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (!tb_store_check (run->store, &findings, run->job, error))
    return FALSE;
  say_books (run);
  tb_output_bool (run->out, "sound", _("Sound"), findings->len == 0);
  if (run->json || findings->len == 0)
    tb_output_strv (run->out, "findings", _("Findings"), findings);
  for (guint i = 0; i < findings->len; i++)
    tb_run_fail (run, g_error_new_literal (TB_ERROR, TB_ERROR_STORAGE, findings->pdata[i]));
  return TRUE;
}

const TbCommand tb_commands_books[] = {
  { "init", NULL, 0, 0, TB_BOOKS_NONE, NULL, init, N_("makes new books") },
  { "backup", N_("FILE"), 1, 1, TB_BOOKS_OPEN, NULL, backup, N_("copies the books as they are now, also while they are in use") },
  { "restore", N_("FILE"), 1, 1, TB_BOOKS_NONE, NULL, restore, N_("puts a copy in the place of the books, which are kept beside it") },
  { "check", NULL, 0, 0, TB_BOOKS_OPEN, NULL, check, N_("checks integrity and arithmetic of the books") },
  { "demo", NULL, 0, 0, TB_BOOKS_NONE, NULL, demo, N_("fills empty books with a believable company and a month of calls") },
  { NULL },
};
