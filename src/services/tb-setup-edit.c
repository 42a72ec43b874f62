/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-setup-edit.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-clock.h"
#include "tb-error.h"
#include "tb-setup-change-store.h"
#include "tb-setup-edit-merge.h"
#include "tb-setup-reference.h"
#include "tb-setup-store.h"

TbSetupEdit *
tb_setup_edit_new (const char *noun, const char *name, const char *record, const char *base)
{
  TbSetupEdit *self = g_new (TbSetupEdit, 1);

  *self = (TbSetupEdit){ g_strdup (noun), g_strdup (name), g_strdup (record), g_strdup (base) };
  return self;
}

TbSetupEdit *
tb_setup_edit_copy (const TbSetupEdit *self)
{
  return tb_setup_edit_new (self->noun, self->name, self->record, self->base);
}

void
tb_setup_edit_free (TbSetupEdit *self)
{
  if (self == NULL)
    return;
  g_free (self->noun);
  g_free (self->name);
  g_free (self->record);
  g_free (self->base);
  g_free (self);
}

/* ---- what is in the way ---- */

/* "clients[0].id: " */
static gboolean
refuse_name (const TbSetupEdit *edit, const char *name, GError **error)
{
  g_auto (GStrv) keys = tb_setup_record_list_keys (edit->noun);

  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("%s[0].%s: “%s” is there already"), edit->noun, keys[0], name);
  return FALSE;
}

/* Another record of that name. */
static gboolean
check_free (const TbSetup *stored, const TbSetupEdit *edit, const char *name, GError **error)
{
  g_autofree char *other = name != NULL && g_strcmp0 (name, edit->name) != 0 ? tb_setup_record_write (stored, edit->noun, name) : NULL;

  return other == NULL || refuse_name (edit, name, error);
}

static char *
describe_use (TbSetupUse use, guint64 n)
{
  g_autofree char *count = g_strdup_printf ("%" PRIu64, n);

  switch (use)
    {
    case TB_SETUP_USE_CLIENTS:
      return g_strdup_printf (ngettext ("%s client has it", "%s clients have it", n), count);
    case TB_SETUP_USE_CONNECTIONS:
      return g_strdup_printf (ngettext ("%s connection has it", "%s connections have it", n), count);
    case TB_SETUP_USE_SERVICES:
      return g_strdup_printf (ngettext ("%s service has it", "%s services have it", n), count);
    case TB_SETUP_USE_CALLS:
      return g_strdup (_("calls were rated with it"));
    case TB_SETUP_USE_INVOICES:
      return g_strdup (_("it is on invoices"));
    case TB_SETUP_USE_PAYMENTS:
      return g_strdup (_("payments and entries of a balance are its own"));
    case TB_SETUP_USE_POSTINGS:
    default:
      return g_strdup (_("it was posted to WHMCS"));
    }
}

static gboolean
check_unused (TbStore *store, const TbSetupEdit *edit, GError **error)
{
  guint64 uses[TB_SETUP_N_USES];
  g_autoptr (GString) reasons = g_string_new (NULL);

  if (!tb_setup_reference_count (store, edit->noun, edit->name, uses, error))
    return FALSE;
  for (guint i = 0; i < TB_SETUP_N_USES; i++)
    {
      g_autofree char *reason = uses[i] > 0 ? describe_use (i, uses[i]) : NULL;

      if (reason != NULL)
        g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? ", " : "", reason);
    }
  if (reasons->len == 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("“%s” cannot be removed: %s."), edit->name, reasons->str);
  return FALSE;
}

/* Prices in a currency are worth nothing without its rates. */
static gboolean
check_currency_unused (const TbSetup *stored, const TbSetupEdit *edit, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < stored->tariffs->len; i++)
    n += g_strcmp0 (tb_currency_to_string (((TbTariff *) stored->tariffs->pdata[i])->currency), edit->name) == 0;
  for (guint i = 0; i < stored->clients->len; i++)
    n += g_strcmp0 (tb_currency_to_string (((TbClient *) stored->clients->pdata[i])->currency), edit->name) == 0;
  if (n == 0 || g_strcmp0 (tb_currency_to_string (tb_setup_get_currency (stored)), edit->name) == 0)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT,
               ngettext ("“%s” cannot be removed: %u tariff or client needs its exchange rates.",
                         "“%s” cannot be removed: %u tariffs or clients need its exchange rates.", n),
               edit->name, n);
  return FALSE;
}

/* ---- the change ---- */

/* The record by itself. A currency is nothing in the books but its rates. */
static TbSetup *
read_part (const TbCompany *company, const char *noun, const char *record, GError **error)
{
  g_autoptr (TbSetup) part = tb_setup_record_read (company, noun, record, error);

  if (part == NULL || !g_str_equal (noun, "currencies") || part->exchange_rates->len > 0)
    return g_steal_pointer (&part);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s[0].rates: a currency needs an exchange rate"), noun);
  return NULL;
}

static gboolean
remove_record (TbStore *store, const TbSetup *stored, const TbSetupEdit *edit, GError **error)
{
  TbCurrency currency;

  if (edit->name == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("This is changed, not removed."));
      return FALSE;
    }
  if (g_str_equal (edit->noun, "currencies"))
    return check_currency_unused (stored, edit, error) && tb_currency_parse (edit->name, &currency, error)
           && tb_setup_reference_remove_currency (store, currency, error);
  return check_unused (store, edit, error) && tb_setup_reference_remove (store, edit->noun, edit->name, error);
}

/* Rates of a currency that are not in the new record go; the file only adds to them. */
static gboolean
make_way (TbStore *store, const TbSetupEdit *edit, const char *name, GError **error)
{
  TbCurrency currency;

  if (edit->name == NULL)
    return TRUE;
  if (g_str_equal (edit->noun, "currencies"))
    return tb_currency_parse (edit->name, &currency, error) && tb_setup_reference_remove_currency (store, currency, error);
  return g_strcmp0 (name, edit->name) == 0 || tb_setup_reference_rename (store, edit->noun, edit->name, name, error);
}

static gboolean
save_record (TbStore *store, const TbSetup *stored, const TbSetupEdit *edit, const char *was, char **ret_record, char **ret_name, TbJob *job,
             GError **error)
{
  g_autofree char *merged = tb_setup_edit_merge (stored->company, edit, was, error);
  g_autoptr (TbSetup) part = merged != NULL ? read_part (stored->company, edit->noun, merged, error) : NULL;
  g_autofree char *name = part != NULL ? tb_setup_record_get_name (edit->noun, merged) : NULL;

  if (part == NULL || !check_free (stored, edit, name, error) || !make_way (store, edit, name, error)
      || !tb_setup_store_apply (store, part, FALSE, NULL, job, error))
    return FALSE;
  *ret_record = tb_setup_record_write (part, edit->noun, name);
  *ret_name = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
write_down (TbStore *store, const TbSetupEdit *edit, char *name, char *was, char *record, GError **error)
{
  const char *of = record != NULL ? record : was;
  g_autofree char *client = g_str_equal (edit->noun, "clients") ? g_strdup (name) : tb_setup_edit_get_text (of, "client");
  const TbSetupChange change = { .time = tb_clock_now (),
                                 .who = (char *) g_get_user_name (),
                                 .noun = edit->noun,
                                 .name = name,
                                 .client = g_str_equal (edit->noun, "clients") || g_str_equal (edit->noun, "services") ? client : NULL,
                                 .old_record = was,
                                 .new_record = record };

  return tb_setup_change_store_add (store, &change, error);
}

static TbSetupEdit *
change (TbStore *store, const TbSetupEdit *edit, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) stored = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autofree char *was = stored != NULL ? tb_setup_record_write (stored, edit->noun, edit->name) : NULL;
  g_autofree char *record = NULL, *name = NULL;

  if (stored == NULL)
    return NULL;
  if (edit->name != NULL && was == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("“%s” is not in the books any more."), edit->name);
      return NULL;
    }
  if (edit->record == NULL ? !remove_record (store, stored, edit, error) : !save_record (store, stored, edit, was, &record, &name, job, error))
    return NULL;
  if (!write_down (store, edit, name != NULL ? name : edit->name, was, record, error))
    return NULL;
  return tb_setup_edit_new (edit->noun, name, was, record);
}

TbSetupEdit *
tb_setup_edit_run (TbStore *store, const TbSetupEdit *edit, TbJob *job, GError **error)
{
  g_autoptr (TbSetupEdit) inverse = NULL;
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return NULL;
  inverse = change (store, edit, job, error);
  return tb_store_leave (store, own, inverse != NULL, error) ? g_steal_pointer (&inverse) : NULL;
}

gboolean
tb_setup_edit_check (const TbSetup *setup, const TbSetupEdit *edit, GError **error)
{
  g_autoptr (TbSetup) part = read_part (setup->company, edit->noun, edit->record, error);
  g_autofree char *name = part != NULL ? tb_setup_record_get_name (edit->noun, edit->record) : NULL;

  return part != NULL && check_free (setup, edit, name, error);
}
