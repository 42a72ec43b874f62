/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-command.h"
#include "tb-tariff-fields.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"

/* ---- history ---- */

static void
say_version (TbRun *run, const TbTariffVersion *version, TbZone *zone)
{
  TbOutput *out = run->out;

  tb_output_row (out);
  tb_output_int (out, "version", _("Version"), version->version);
  tb_output_time (out, "time", _("Made at"), version->time);
  tb_output_text (out, "source", _("Source"), version->source);
  tb_output_text (out, "author", _("By"), version->author);
  if (version->restores > 0)
    tb_output_int (out, "restores", _("Back to"), version->restores);
  else
    tb_output_text (out, "restores", _("Back to"), NULL);
  tb_output_int (out, "rates", _("Rates"), version->n_rates);
  tb_tariff_fields_say_counts (out, version->counts);
  tb_tariff_fields_say_starts (out, run->json, "later", _("Later"), version->starts, zone);
  tb_output_end (out);
}

static gboolean
tell_history (TbRun *run, GError **error)
{
  g_autoptr (TbTariff) tariff = tb_tariff_store_load_head (run->store, run->arguments[0], error);
  g_autoptr (TbZone) zone = tariff != NULL ? tb_tariff_fields_new_zone (tariff, error) : NULL;
  g_autoptr (GPtrArray) versions = zone != NULL ? tb_tariff_version_list (run->store, run->arguments[0], error) : NULL;

  if (versions == NULL)
    return FALSE;
  tb_output_be_list (run->out);
  for (guint i = 0; i < versions->len; i++)
    say_version (run, versions->pdata[i], zone);
  return TRUE;
}

/* ---- back ---- */

static gboolean
say_rollback (TbRun *run, const TbTariffRevision *revision, const TbTariffEffect *effect, GError **error)
{
  gboolean dry_run = tb_run_has (run, "dry-run");
  g_autoptr (TbZone) zone = tb_tariff_fields_new_zone (revision->after, error);

  if (zone == NULL)
    return FALSE;
  tb_output_set_zone (run->out, zone);
  tb_output_text (run->out, "tariff", _("Tariff"), revision->after->name);
  tb_output_bool (run->out, "dry_run", _("Dry run"), dry_run);
  tb_output_int (run->out, "to", _("Back to version"), revision->restores);
  tb_output_int (run->out, "version", _("Present version"),
                 dry_run || revision->changes->len == 0 ? revision->before->version : revision->after->version);
  tb_output_int (run->out, "rates", _("Rates"), revision->after->n_rates);
  tb_tariff_fields_say_counts (run->out, revision->counts);
  tb_output_int (run->out, "unchanged", _("Unchanged"), revision->unchanged->len);
  if (run->json || dry_run)
    tb_tariff_fields_say_changes (run->out, revision->changes);
  tb_tariff_fields_say_effect (run->out, effect);
  return TRUE;
}

static gboolean
roll_back (TbRun *run, GError **error)
{
  guint version = 0;
  g_autoptr (TbTariffRevision) revision = NULL;
  g_autoptr (TbTariffEffect) effect = NULL;

  if (!tb_run_get_uint (run, "to", &version, error))
    return FALSE;
  if (tb_run_has (run, "to") && version == 0)
    return tb_run_misuse (error, _("--to: versions count from 1."));
  revision = tb_tariff_revision_new_rollback (run->store, run->arguments[0], version, error);
  return revision != NULL && tb_tariff_fields_foretell (run, revision, &effect, error)
         && (tb_run_has (run, "dry-run") || tb_tariff_revision_apply (revision, run->store, run->job, error))
         && say_rollback (run, revision, effect, error);
}

static const TbOption rollback_options[] = {
  { "to", 0, N_("VERSION"), N_("the version whose rates are to hold again; else the one before the present") },
  TB_OPTION_EFFECT,
  TB_OPTION_DRY_RUN,
  { NULL },
};

const TbCommand tb_commands_tariff_version[] = {
  { "tariff history", N_("NAME"), 1, 1, TB_BOOKS_OPEN, NULL, tell_history,
    N_("lists the versions of a tariff: when, from what, by whom, what changed") },
  { "tariff rollback", N_("NAME"), 1, 1, TB_BOOKS_OPEN, rollback_options, roll_back,
    N_("makes a new version of the rates of an older one") },
  { NULL },
};
