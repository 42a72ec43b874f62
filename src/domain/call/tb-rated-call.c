/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rated-call.h"

#include <glib/gi18n-lib.h>

/* The contract's word, then what people read. Index = TbCallStatus. */
static const struct { const char *word, *display; } statuses[] = {
  { "unrated", N_("Not rated") },       { "rated", N_("Rated") },
  { "included", N_("Included") },       { "grace", N_("Grace") },
  { "unanswered", N_("Unanswered") },   { "inbound-free", N_("Inbound, free") },
  { "internal", N_("Internal") },       { "excluded", N_("Excluded") },
  { "suppressed", N_("Suppressed") },   { "no-service", N_("No service") },
  { "ambiguous", N_("Ambiguous") },     { "bad-number", N_("Bad number") },
  { "blocked", N_("Blocked") },         { "no-rate", N_("No rate") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (statuses) == TB_CALL_N_STATUS);

static const char *const source_names[] = { "", "client", "custom", "flat", "tariff", "inbound" };

const char *
tb_call_status_to_string (TbCallStatus self)
{
  return statuses[self].word;
}

gboolean
tb_call_status_parse (const char *text, TbCallStatus *ret)
{
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    if (g_strcmp0 (text, statuses[i].word) == 0)
      {
        *ret = i;
        return TRUE;
      }
  return FALSE;
}

const char *
tb_call_status_to_display (TbCallStatus self)
{
  return _(statuses[self].display);
}

gboolean
tb_call_status_is_unrated (TbCallStatus self)
{
  return self == TB_CALL_UNRATED || self == TB_CALL_NO_SERVICE || self == TB_CALL_AMBIGUOUS || self == TB_CALL_BAD_NUMBER
         || self == TB_CALL_NO_RATE;
}

const char *
tb_rate_source_to_string (TbRateSource self)
{
  return source_names[self];
}

gboolean
tb_rated_call_lacks_exchange (const TbRatedCall *self)
{
  return self->status == TB_CALL_NO_RATE && self->rate_id != 0;
}
