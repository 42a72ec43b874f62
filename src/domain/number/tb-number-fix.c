/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-number-fix.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "X" as often as the body is long, or how the body begins: forms with a field for a length or a prefix know no more. */
static gboolean
is_length (const char *body)
{
  return body[strspn (body, "X")] == '\0';
}

/* ---- FreeSWITCH: an entry of a dial plan, as FusionPBX's editor of XML takes it ---- */

static char *
fix_freeswitch (const TbNumberCheck *check)
{
  g_autofree char *action = check->mends ? g_strdup_printf ("application=\"transfer\" data=\"%s XML ${context}\"", check->replacement)
                                         : g_strdup ("application=\"hangup\" data=\"INVALID_NUMBER_FORMAT\"");

  return g_strdup_printf ("<!-- %s -->\n"
                          "<extension name=\"number-%s%s\">\n"
                          "  <condition field=\"destination_number\" expression=\"%s\">\n"
                          "    <action %s/>\n"
                          "  </condition>\n"
                          "</extension>\n",
                          check->reason, *check->lead == '+' ? check->lead + 1 : check->lead, check->body, check->pattern, action);
}

/* ---- Asterisk's patterns: what is dropped stands apart, X and [01] mean the same ---- */

static char *
fix_freepbx (const TbNumberCheck *check)
{
  if (check->mends)
    return g_strdup_printf (_("Outbound Routes → Dial Patterns:\nprepend: %s\nprefix: %s\nmatch pattern: %s\n"), check->prepend,
                            check->lead, check->body);
  return g_strdup_printf (
      _("Outbound Routes: a route above the others, without trunks, with the dial pattern\nprefix: %s\nmatch pattern: %s\n"), check->lead,
      check->body);
}

static char *
fix_asterisk_rule (const TbNumberCheck *check)
{
  if (check->mends)
    return g_strdup_printf (_("Outbound route → pattern:\npattern: _%s%s\nstrip: %u\nprepend: %s\n"), check->lead, check->body,
                            (guint) strlen (check->lead), check->prepend);
  return g_strdup_printf (_("Outbound route → pattern of numbers that are blocked:\npattern: _%s%s\n"), check->lead, check->body);
}

/* ---- a rule with fields for prefix, length, digits to strip and to prepend ---- */

static char *
fix_fields (const TbNumberCheck *check)
{
  g_autoptr (GString) text = g_string_new (_("Outbound rule:\n"));
  gsize begin = strcspn (check->body, "X[");

  if (*check->lead != '\0' || begin > 0)
    g_string_append_printf (text, _("calls to numbers starting with: %s%.*s\n"), check->lead, (int) begin, check->body);
  if (is_length (check->body))
    g_string_append_printf (text, _("calls to numbers with a length of: %u\n"), (guint) (strlen (check->lead) + strlen (check->body)));
  if (check->mends)
    g_string_append_printf (text, _("strip digits: %u\nprepend: %s\n"), (guint) strlen (check->lead), check->prepend);
  else
    g_string_append_printf (text, _("block what matches %s\n"), check->pattern);
  return g_strdup (text->str);
}

static char *
fix_in_words (const TbNumberCheck *check)
{
  if (!check->mends)
    return g_strdup_printf (_("Match %s and refuse the call: no such number exists.\n"), check->pattern);
  if (*check->lead == '\0')
    return g_strdup_printf (_("Match %s and send %s: put %s before the number.\n"), check->pattern, check->replacement, check->prepend);
  if (*check->prepend == '\0')
    return g_strdup_printf (_("Match %s and send %s: drop %s.\n"), check->pattern, check->replacement, check->lead);
  return g_strdup_printf (_("Match %s and send %s: put %s in place of %s.\n"), check->pattern, check->replacement, check->prepend, check->lead);
}

static const struct { const char *kind; char *(*fix) (const TbNumberCheck *check); } kinds[] = {
  { "fusionpbx", fix_freeswitch },
  { "fusionpbx-rest", fix_freeswitch },
  { "fspbx", fix_freeswitch },
  { "fusionpbx-ictvoip", fix_freeswitch },
  { "fusionpbx-postgres", fix_freeswitch },
  { "freepbx", fix_freepbx },
  { "yeastar", fix_asterisk_rule },
  { "grandstream", fix_asterisk_rule },
  { "3cx", fix_fields },
};

char *
tb_number_fix_new (const TbNumberCheck *check, const char *connection_kind)
{
  if (*check->pattern == '\0')
    return NULL;
  for (guint i = 0; connection_kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (connection_kind, kinds[i].kind) == 0)
      return kinds[i].fix (check);
  return fix_in_words (check);
}
