/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-tariff-revision.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-tariff-store.h"
#include "tb-tariff-version.h"

TbTariffRevision *
tb_tariff_revision_new (TbTariff *before, TbTariff *after, const char *source)
{
  TbTariffRevision *self = g_new0 (TbTariffRevision, 1);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_atomic_ref_count_init (&self->references);
  self->before = before;
  self->after = after;
  self->source = g_strdup (source);
  self->unchanged = g_array_new (FALSE, FALSE, sizeof (TbTariffChange));
  self->changes = tb_tariff_compare_succession (before != NULL ? before->rates : none, after->rates, self->unchanged);
  for (guint i = 0; i < self->changes->len; i++)
    self->counts[g_array_index (self->changes, TbTariffChange, i).kind]++;
  return self;
}

TbTariffRevision *
tb_tariff_revision_ref (TbTariffRevision *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
tb_tariff_revision_unref (TbTariffRevision *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->changes); /* they borrow from the others */
  g_array_unref (self->unchanged);
  tb_tariff_free (self->before);
  tb_tariff_free (self->after);
  g_free (self->source);
  g_free (self);
}

/* ---- versions that are there ---- */

TbTariffRevision *
tb_tariff_revision_new_comparison (TbStore *store, const char *tariff, guint32 from, guint32 to, GError **error)
{
  g_autoptr (TbTariff) before = tb_tariff_version_load (store, tariff, from, error);
  g_autoptr (TbTariff) after = before != NULL ? tb_tariff_version_load (store, tariff, to, error) : NULL;

  return after != NULL ? tb_tariff_revision_new (g_steal_pointer (&before), g_steal_pointer (&after), NULL) : NULL;
}

TbTariffRevision *
tb_tariff_revision_new_rollback (TbStore *store, const char *tariff, guint32 version, GError **error)
{
  g_autoptr (TbTariff) now = tb_tariff_store_load (store, tariff, error);
  g_autoptr (TbTariff) then = NULL;
  TbTariffRevision *self;

  if (now == NULL)
    return NULL;
  if (version == 0 && now->version < 2)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("Tariff “%s” has one version only: there is none to go back to."), tariff);
      return NULL;
    }
  if (version == 0)
    version = now->version - 1;
  then = tb_tariff_version_load (store, tariff, version, error);
  if (then == NULL)
    return NULL;
  self = tb_tariff_revision_new (g_steal_pointer (&now), g_steal_pointer (&then), NULL);
  self->restores = version;
  return self;
}

/* ---- writing ---- */

static gboolean
same_head (const TbTariff *a, const TbTariff *b)
{
  return a->id == b->id && a->version == b->version && a->currency == b->currency && g_strcmp0 (a->time_zone, b->time_zone) == 0 && a->band == b->band
         && a->rounding.mode == b->rounding.mode && a->rounding.decimals == b->rounding.decimals;
}

static gboolean
check_unmoved (const TbTariffRevision *self, TbStore *store, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (TbTariff) head = tb_tariff_store_load_head (store, self->after->name, &failure);

  if (head == NULL && (self->before != NULL || !g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND)))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (head == NULL || (self->before != NULL && same_head (head, self->before)))
    return TRUE;
  g_set_error (
      error, TB_ERROR, TB_ERROR_CONFLICT,
      _("Tariff “%s” was changed meanwhile (it is at version %u now), so this would not do what was shown. Look at the changes again."),
      head->name, head->version);
  return FALSE;
}

static gboolean
write_version (TbTariffRevision *self, TbStore *store, TbJob *job, GError **error)
{
  if (!check_unmoved (self, store, error))
    return FALSE;
  if (self->changes->len == 0)
    return TRUE;
  tb_job_report (job, -1, _("Writing the rates"));
  return tb_tariff_store_save (store, self->after, self->source, job, error)
         && (self->restores == 0 || tb_tariff_version_note_restored (store, self->after->name, self->restores, error));
}

gboolean
tb_tariff_revision_apply (TbTariffRevision *self, TbStore *store, TbJob *job, GError **error)
{
  gboolean own;

  return tb_store_join (store, &own, error) && tb_store_leave (store, own, write_version (self, store, job, error), error);
}
