/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-usual-plan.h"

/* ITU-T E.164 and the dialling procedures of the Operational Bulletin. Those of the North American plan share code 1, 011 and ten digits. */
static const struct { const char *country, *code, *exit, *trunk; } table[] = {
  { "AE", "971", "00", "0" }, { "AR", "54", "00", "0" },  { "AT", "43", "00", "0" },   { "AU", "61", "0011", "0" }, { "BE", "32", "00", "0" },
  { "BG", "359", "00", "0" }, { "CA", "1", "011", "1" },  { "CH", "41", "00", "0" },   { "CN", "86", "00", "0" },   { "CY", "357", "00", NULL },
  { "CZ", "420", "00", NULL }, { "DE", "49", "00", "0" }, { "DK", "45", "00", NULL },  { "EE", "372", "00", NULL }, { "EG", "20", "00", "0" },
  { "ES", "34", "00", NULL }, { "FI", "358", "00", "0" }, { "FR", "33", "00", "0" },   { "GB", "44", "00", "0" },   { "GR", "30", "00", NULL },
  { "HR", "385", "00", "0" }, { "HU", "36", "00", "06" }, { "IE", "353", "00", "0" },  { "IL", "972", "00", "0" },  { "IN", "91", "00", "0" },
  { "IS", "354", "00", NULL }, { "IT", "39", "00", NULL }, { "JP", "81", "010", "0" }, { "LT", "370", "00", "0" },  { "LU", "352", "00", NULL },
  { "LV", "371", "00", NULL }, { "MT", "356", "00", NULL }, { "MX", "52", "00", NULL }, { "NL", "31", "00", "0" },  { "NO", "47", "00", NULL },
  { "NZ", "64", "00", "0" },  { "PL", "48", "00", NULL }, { "PT", "351", "00", NULL }, { "RO", "40", "00", "0" },   { "RS", "381", "00", "0" },
  { "SA", "966", "00", "0" }, { "SE", "46", "00", "0" },  { "SI", "386", "00", "0" },  { "SK", "421", "00", "0" },  { "TR", "90", "00", "0" },
  { "UA", "380", "00", "0" }, { "US", "1", "011", "1" },  { "ZA", "27", "00", "0" },
};

gboolean
tb_usual_plan_find (const char *country, TbNumberPlan *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].country, country) == 0)
      {
        *ret = (TbNumberPlan){ .country = g_strdup (country),
                               .country_code = g_strdup (table[i].code),
                               .exit_codes = g_strsplit (table[i].exit, ",", -1),
                               .trunk_prefix = g_strdup (table[i].trunk),
                               .nanp = g_str_equal (table[i].code, "1") };
        return TRUE;
      }
  return FALSE;
}
