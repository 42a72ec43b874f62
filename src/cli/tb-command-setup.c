/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-error.h"
#include "tb-setup-file.h"
#include "tb-setup-store.h"

static gboolean
apply (TbRun *run, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  gboolean dry_run = tb_run_has (run, "dry-run");
  g_autoptr (GError) failure = NULL;

  if (!tb_setup_file_apply (run->store, run->arguments[0], dry_run, &changes, run->job, &failure))
    {
      if (g_error_matches (failure, TB_ERROR, TB_ERROR_INVALID_INPUT)) /* says where in the file, but not in which */
        g_prefix_error (&failure, "%s: ", run->arguments[0]);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  tb_output_bool (run->out, "dry_run", _("Dry run"), dry_run);
  tb_output_int (run->out, "differences", _("Differences"), changes->len);
  tb_output_strv (run->out, "changes", dry_run ? _("Would change") : _("Changed"), changes);
  return TRUE;
}

static gboolean
export_setup (TbRun *run, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (run->store, TB_SETUP_WITH_RATES, error);

  return setup != NULL && tb_run_give_text (run, tb_setup_file_write (setup), error);
}

static const TbOption apply_options[] = { TB_OPTION_DRY_RUN, { NULL } };
static const TbOption export_options[] = { TB_OPTION_OUTPUT, { NULL } };

const TbCommand tb_commands_setup[] = {
  { "apply", N_("FILE"), 1, 1, TB_BOOKS_OPEN, apply_options, apply, N_("applies a set-up file, all or nothing") },
  { "export setup", NULL, 0, 0, TB_BOOKS_OPEN, export_options, export_setup, N_("writes the set-up file that makes these books' set-up") },
  { NULL },
};
