/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-payment-part.h"

#include <string.h>

#define BEGINNING "payment "

char *
tb_payment_part_new (guint32 payment, guint nth, const char *service)
{
  g_autofree char *times = nth > 1 ? g_strdup_printf ("/%u", nth) : g_strdup ("");

  return g_strdup_printf (BEGINNING "%u%s%s%s", payment, times, *service != '\0' ? " " : "", service);
}

guint32
tb_payment_part_get_id (const char *part)
{
  return g_str_has_prefix (part, BEGINNING) ? (guint32) g_ascii_strtoull (part + strlen (BEGINNING), NULL, 10) : 0;
}

const char *
tb_payment_part_get_service (const char *part)
{
  const char *blank = g_str_has_prefix (part, BEGINNING) ? strchr (part + strlen (BEGINNING), ' ') : NULL;

  return blank != NULL ? blank + 1 : "";
}
