/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-where-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-currency.h"
#include "tb-decimal.h"
#include "tb-error.h"
#include "tb-rated-call.h"

static const struct
{
  const char *name, *title;
  TbWhereFieldKind kind;
} fields[] = {
  [TB_WHERE_FIELD_START] = { "start", N_("Start"), TB_WHERE_OF_TIME },
  [TB_WHERE_FIELD_CONNECTION] = { "connection", N_("Connection"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_TENANT] = { "tenant", N_("Tenant"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_CLIENT] = { "client", N_("Client"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_SERVICE] = { "service", N_("Service"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_PACKAGE] = { "package", N_("Package"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_TARIFF] = { "tariff", N_("Tariff"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_DIRECTION] = { "direction", N_("Direction"), TB_WHERE_OF_WORD },
  [TB_WHERE_FIELD_FROM] = { "from", N_("From"), TB_WHERE_OF_NUMBER },
  [TB_WHERE_FIELD_TO] = { "to", N_("To"), TB_WHERE_OF_NUMBER },
  [TB_WHERE_FIELD_NUMBER] = { "number", N_("Number"), TB_WHERE_OF_NUMBER },
  [TB_WHERE_FIELD_RATED_NUMBER] = { "rated-number", N_("Rated number"), TB_WHERE_OF_NUMBER },
  [TB_WHERE_FIELD_DID] = { "did", N_("DID"), TB_WHERE_OF_NUMBER },
  [TB_WHERE_FIELD_COUNTRY] = { "country", N_("Country"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_DESTINATION] = { "destination", N_("Destination"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_PREFIX] = { "prefix", N_("Prefix"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_EXTENSION] = { "extension", N_("Extension"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_ACCOUNT] = { "account", N_("Account code"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_CALLER_NAME] = { "caller-name", N_("Caller’s name"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_CAUSE] = { "cause", N_("Hang-up cause"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_RECORD] = { "record", N_("Record"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_RING] = { "ring", N_("Ringing"), TB_WHERE_OF_SECONDS },
  [TB_WHERE_FIELD_SECONDS] = { "seconds", N_("Duration"), TB_WHERE_OF_SECONDS },
  [TB_WHERE_FIELD_BILLED] = { "billed", N_("Billed"), TB_WHERE_OF_SECONDS },
  [TB_WHERE_FIELD_INCLUDED] = { "included", N_("Included"), TB_WHERE_OF_SECONDS },
  [TB_WHERE_FIELD_CHARGE] = { "charge", N_("Charge"), TB_WHERE_OF_AMOUNT },
  [TB_WHERE_FIELD_COST] = { "cost", N_("Cost"), TB_WHERE_OF_AMOUNT },
  [TB_WHERE_FIELD_MARGIN] = { "margin", N_("Margin"), TB_WHERE_OF_AMOUNT },
  [TB_WHERE_FIELD_CURRENCY] = { "currency", N_("Currency"), TB_WHERE_OF_WORD },
  [TB_WHERE_FIELD_STATUS] = { "status", N_("Status"), TB_WHERE_OF_WORD },
  [TB_WHERE_FIELD_PRICED] = { "priced", N_("Priced"), TB_WHERE_OF_WORD },
  [TB_WHERE_FIELD_INVOICE] = { "invoice", N_("Invoice"), TB_WHERE_OF_TEXT },
  [TB_WHERE_FIELD_SOURCE] = { "source", N_("Rate of"), TB_WHERE_OF_WORD },
  [TB_WHERE_FIELD_IMPORT] = { "import", N_("Import"), TB_WHERE_OF_COUNT },
  [TB_WHERE_FIELD_RATE] = { "rate", N_("Rate"), TB_WHERE_OF_COUNT },
  [TB_WHERE_FIELD_COST_RATE] = { "cost-rate", N_("Cost rate"), TB_WHERE_OF_COUNT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == TB_WHERE_N_FIELDS);

const char *
tb_where_field_get_name (TbWhereField self)
{
  return fields[self].name;
}

const char *
tb_where_field_get_title (TbWhereField self)
{
  return _(fields[self].title);
}

TbWhereFieldKind
tb_where_field_get_kind (TbWhereField self)
{
  return fields[self].kind;
}

gboolean
tb_where_field_find (const char *name, gsize len, TbWhereField *ret)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strlen (fields[i].name) == len && g_ascii_strncasecmp (fields[i].name, name, len) == 0)
      {
        *ret = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
tb_where_field_has_order (TbWhereField self)
{
  return fields[self].kind == TB_WHERE_OF_TIME || fields[self].kind == TB_WHERE_OF_SECONDS || fields[self].kind == TB_WHERE_OF_AMOUNT
         || fields[self].kind == TB_WHERE_OF_COUNT;
}

/* ---- words ---- */

/* Index = the value in the books. */
static const char *const directions[] = { "unknown", "outbound", "inbound", "local", NULL };
static const char *const direction_titles[] = { N_("Unknown"), N_("Outbound"), N_("Inbound"), N_("Local") };
static const char *const sources[] = { "none", "client", "custom", "flat", "tariff", "inbound", NULL };
static const char *const source_titles[] = { N_("Nobody"), N_("The client"), N_("The package, custom"), N_("The package, flat"), N_("The tariff"), N_("The package, inbound") };
static const char *const answers[] = { "no", "yes", NULL };
static const char *const answer_titles[] = { N_("No"), N_("Yes") };

static const char **
list_statuses (void)
{
  static const char *words[TB_CALL_N_STATUS + 1];

  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    words[i] = tb_call_status_to_string (i);
  return words;
}

const char **
tb_where_field_list_words (TbWhereField self)
{
  switch ((int) self)
    {
    case TB_WHERE_FIELD_DIRECTION: return (const char **) directions;
    case TB_WHERE_FIELD_SOURCE: return (const char **) sources;
    case TB_WHERE_FIELD_PRICED: return (const char **) answers;
    case TB_WHERE_FIELD_STATUS: return list_statuses ();
    default: return NULL;
    }
}

static int
find_word (TbWhereField self, const char *word)
{
  const char **words = tb_where_field_list_words (self);

  for (int i = 0; words != NULL && words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], word) == 0)
      return i;
  return -1;
}

char *
tb_where_field_word_to_display (TbWhereField self, const char *word)
{
  int at = find_word (self, word);

  if (at < 0)
    return g_strdup (word);
  switch ((int) self)
    {
    case TB_WHERE_FIELD_DIRECTION: return g_strdup (_(direction_titles[at]));
    case TB_WHERE_FIELD_SOURCE: return g_strdup (_(source_titles[at]));
    case TB_WHERE_FIELD_PRICED: return g_strdup (_(answer_titles[at]));
    default: return g_strdup (tb_call_status_to_display (at));
    }
}

static gboolean
read_word (TbWhereField self, const char *value, gint64 *ret, GError **error)
{
  TbCurrency currency;
  int at = find_word (self, value);
  g_autofree char *words = NULL;

  if (self == TB_WHERE_FIELD_CURRENCY)
    {
      g_autofree char *code = g_ascii_strup (value, -1);

      if (!tb_currency_parse (code, &currency, error))
        return FALSE;
      *ret = currency;
      return TRUE;
    }
  if (at >= 0)
    {
      *ret = at;
      return TRUE;
    }
  words = g_strjoinv (", ", (char **) tb_where_field_list_words (self));
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is none of: %s."), value, words);
  return FALSE;
}

/* ---- numbers ---- */

/* Seconds, or minutes and hours before them: 90, 1:30, 1:00:00. */
static gboolean
read_seconds (const char *value, gint64 *ret, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value, ":", 4);
  gint64 total = 0;
  guint64 part;

  for (guint i = 0; parts[i] != NULL; i++)
    if (i > 2 || !g_ascii_string_to_unsigned (parts[i], 10, 0, i == 0 ? G_MAXINT32 : 59, &part, NULL))
      {
        g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is no duration, such as 90, 1:30 or 1:00:00."), value);
        return FALSE;
      }
    else
      total = total * 60 + (gint64) part;
  *ret = total;
  return TRUE;
}

static gboolean
read_count (const char *value, gint64 *ret, GError **error)
{
  if (g_ascii_string_to_signed (value, 10, 0, G_MAXUINT32, ret, NULL))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is no whole number."), value);
  return FALSE;
}

gboolean
tb_where_field_read (TbWhereField self, const char *value, gint64 now, TbZone *zone, gint64 *ret_low, gint64 *ret_high, GError **error)
{
  gint64 from, to, number = 0;
  gboolean ok;

  if (fields[self].kind == TB_WHERE_OF_TIME)
    {
      if (!tb_where_time_read (value, now, zone, &from, &to, error))
        return FALSE;
      *ret_low = from;
      *ret_high = to - 1;
      return TRUE;
    }
  switch ((int) fields[self].kind)
    {
    case TB_WHERE_OF_SECONDS: ok = read_seconds (value, &number, error); break;
    case TB_WHERE_OF_AMOUNT: ok = tb_decimal_parse (value, -1, TB_AMOUNT_SCALE, &number, error); break;
    case TB_WHERE_OF_COUNT: ok = read_count (value, &number, error); break;
    default: ok = read_word (self, value, &number, error); break;
    }
  if (ok)
    *ret_low = *ret_high = number;
  return ok;
}
