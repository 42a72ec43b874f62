/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rerating-text.h"

#include <glib/gi18n.h>

#include "tb-format.h"

char *
tb_rerating_dup_summary (const TbRatingComparison *comparison)
{
  g_autofree char *calls = tb_format_number ((gint64) comparison->calls), *changed = tb_format_number ((gint64) comparison->changed);

  if (comparison->changed == 0)
    return g_strdup_printf (g_dngettext (NULL, "%s call is looked at, and it would cost the same.",
                                         "%s calls are looked at, and none would cost anything else.", comparison->calls),
                            calls);
  /* Translators: of the calls looked at, the number that would change */
  return g_strdup_printf (g_dngettext (NULL, "%s of %s call would change.", "%s of %s calls would change.", comparison->calls), changed, calls);
}

char *
tb_rerating_dup_settlement (const TbRerating *preview, TbInvoicedOutcome outcome)
{
  static const char *const becomes[] = {
    [TB_INVOICED_KEEP] = N_ ("Calls on approved invoices stay as they are; their difference is only shown."),
    [TB_INVOICED_LINE] = N_ ("Calls on approved invoices stay as they are; their difference becomes a line on the client’s next bill."),
    [TB_INVOICED_CREDIT] = N_ ("Calls on approved invoices stay as they are; what was charged too much becomes a credit note, what was charged too "
                               "little a line on the client’s next bill."),
  };
  g_autofree char *unsettled = tb_format_number ((gint64) preview->unsettled), *more = NULL;

  if (preview->unsettled > 0)
    more = g_strdup_printf (g_dngettext (NULL, "%s invoiced call is left out, because it would lack a price or belong to another client or currency.",
                                         "%s invoiced calls are left out, because they would lack a price or belong to another client or currency.",
                                         preview->unsettled),
                            unsettled);
  if (preview->corrections->len == 0)
    return more != NULL ? g_steal_pointer (&more) : g_strdup (_ ("No call on an approved invoice would cost anything else."));
  return more != NULL ? g_strdup_printf ("%s %s", _ (becomes[outcome]), more) : g_strdup (_ (becomes[outcome]));
}

char *
tb_rerating_dup_outcome (const TbRerating *done)
{
  g_autofree char *changed = tb_format_number ((gint64) done->counts.changed);
  g_autofree char *calls = g_strdup_printf (g_dngettext (NULL, "%s call changed", "%s calls changed", done->counts.changed), changed);
  g_autofree char *settled = NULL;
  guint booked = 0;

  for (guint i = 0; i < done->corrections->len; i++)
    booked += ((const TbCorrection *) g_ptr_array_index (done->corrections, i))->id != 0;
  if (booked == 0)
    return g_steal_pointer (&calls);
  settled = g_strdup_printf (g_dngettext (NULL, "%u difference of an invoice booked", "%u differences of invoices booked", booked), booked);
  return g_strdup_printf ("%s; %s", calls, settled);
}
