/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-deck-private.h"
#include "tb-error.h"

/* The field's name and what providers call it, best first; in titles blanks, signs, brackets, currencies and "per minute" do not count. */
static const struct
{
  const char *name;
  gboolean money;
  const char *synonyms;
} fields[TB_DECK_N_FIELDS] = {
  [TB_DECK_PREFIX] = { "prefix", FALSE, "prefix dialprefix dialcode dialcodes dialingcode diallingcode dialedprefix dialledprefix destinationprefix prefixes code codes "
                       "destinationcode destinationcodes numberprefix fullcode areacode areacodes citycode citycodes breakout breakouts npanxx npanxxx npa "
                       "dnis vorwahl rufnummer prefixe prefijo prefisso indicatif pattern" },
  [TB_DECK_DESCRIPTION] = { "description", FALSE, "description destination destinationname desc name prefixname ratename codename zone zonename region area carrierdestination "
                            "ziel beschreibung destino destinazione descripcion country countryname" },
  [TB_DECK_SHORT_DESCRIPTION] = { "short_description", FALSE, "shortdescription shortdesc shortname country countryname" },
  [TB_DECK_RATE] = { "rate", TRUE, "newrate newprice rate ratevalue ratecost price cost sellrate sellingrate sellprice buyrate buyprice initialrate pricefirst ratefirst firstprice "
                     "firstrate interrate interstate interstaterate inter interraterate callrate voicerate tariff peakrate rateinitial charge currentrate "
                     "currentprice value preis minutenpreis tarif tarifa prix precio prezzo" },
  [TB_DECK_RATE2] = { "rate2", TRUE, "rate2 intrarate intrastate intrastaterate intra" },
  [TB_DECK_INCREMENT] = { "increment", FALSE, "increment increments billingincrement billingincrements billincrement billing billingincr billingterms rateincrement interval "
                          "intervals billinginterval rounding pulse chargeperiod incrementsec billingcycle billingunit takt taktung abrechnung minimumincrement" },
  [TB_DECK_INITIAL] = { "initial", FALSE, "initial initialincrement firstincrement initialinterval intervalfirst firstinterval initialperiod duration initialduration rateminimum "
                        "initblock initialblock minincrement firstblock initialseconds interval1 increment1" },
  [TB_DECK_NEXT] = { "next", FALSE, "next nextincrement subsequentincrement secondincrement nextinterval intervalnext subsequent subsequentinterval additionalincrement "
                     "billingblock nextblock subsequentblock intervaln interval2 increment2" },
  [TB_DECK_CONNECT_FEE] = { "connect_fee", TRUE, "connectfee connectionfee connectioncost connectioncharge connectcharge connectcost setupfee setup ratesurcharge surcharge callsetup "
                            "callfee percall flagfall rateconnect" },
  [TB_DECK_MINIMUM] = { "minimum", FALSE, "minimum minimumduration minduration mintime minimumtime minimumseconds minimaltimecharge minimaltimebuy minimumcharge" },
  [TB_DECK_GRACE] = { "grace", FALSE, "grace gracetime graceperiod ratenochargetime nochargetime freeseconds" },
  [TB_DECK_EFFECTIVE_FROM] = { "effective_from", FALSE, "effectivefrom effectivedate effective effdate validfrom startdate start dateeffective activationdate fromdate begin "
                               "begindate ratedate effectif gultigab gueltigab gültigab vigencia from date" },
  [TB_DECK_EFFECTIVE_TO] = { "effective_to", FALSE, "effectiveto effectivetill effectiveuntil validto validuntil validtill enddate end stopdate expirydate expirationdate expiry "
                             "expires expiration todate gültigbis gueltigbis till until to" },
  [TB_DECK_ENABLED] = { "enabled", FALSE, "enabled active status state routestatus ratestatus" },
  [TB_DECK_OLD_RATE] = { "old_rate", TRUE, "oldrate oldprice previousrate previousprice formerrate currentrate currentprice" },
  [TB_DECK_PREMIUM_RATE] = { "premium_rate", TRUE, "premiumrate ratepremium premiumprice premium" },
  [TB_DECK_CHANGED] = { "changed", FALSE, "changed change ratechange changetype changestatus lastratechangedate oldratechange lastchange changedate" },
  [TB_DECK_COUNTRY_CODE] = { "country_code", FALSE, "countrycode countryprefix countrydialcode countrydialingcode cc landesvorwahl" },
  [TB_DECK_NEXT_RATE] = { "next_rate", TRUE, "nextrate pricenext ratenext nextprice subsequentrate" },
  [TB_DECK_CURRENCY] = { "currency", FALSE, "currency currencycode curr ccy wahrung währung devise moneda" },
  [TB_DECK_BARRED] = { "blocked", FALSE, "blocked barred block" },
  [TB_DECK_DIRECTION] = { "direction", FALSE, "direction" },
  [TB_DECK_COMMENT] = { "comment", FALSE, "comment comments note notes remark remarks bemerkung" },
  [TB_DECK_PRIORITY] = { "priority", FALSE, NULL }, /* elsewhere that word orders routes, not rates */
  [TB_DECK_INCLUDED_SECONDS] = { "included_seconds", FALSE, "includedseconds" },
  [TB_DECK_MIN_CHARGE] = { "min_charge", TRUE, "mincharge" },
  [TB_DECK_MAX_CHARGE] = { "max_charge", TRUE, "maxcharge" },
  [TB_DECK_INCREMENT_STYLE] = { "increment_style", FALSE, "incrementstyle" },
  [TB_DECK_WHEN] = { "when", FALSE, "when" },
  [TB_DECK_STEPS] = { "steps", FALSE, "steps" },
};

/* Layouts told by titles that only they have together. */
static const struct { const char *name, *titles; } known[] = {
  { "tollbook", "prefix short_description rate rate2 increment effective_from effective_to" },
  { "ictVoIP", "shortdescription ratevalue lastratechangedate" },
  { "Peeredge", "code interrate intrarate ijrate" },
  { "ASTPP", "code destination connectioncost gracetime" },
  { "Kazoo", "prefix ratecost" },
  { "Yeti", "prefix initialrate nextrate" },
  { "PortaOne", "countryprefix areacodes" },
  { "Twilio", "iso price" },
  { "US jurisdictional", "interstaterate intrastaterate" },
  { "US jurisdictional", "interstate intrastate" },
};

const char *
tb_deck_field_name (TbDeckField field)
{
  return fields[field].name;
}

gboolean
tb_deck_field_is_money (TbDeckField field)
{
  return fields[field].money;
}

const char *const *
tb_deck_field_list (void)
{
  static const char *list[TB_DECK_N_CONTRACT + 1];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < TB_DECK_N_CONTRACT; i++)
        list[i] = fields[i].name;
      g_once_init_leave (&once, 1);
    }
  return list;
}

void
tb_deck_layout_free (TbDeckLayout *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->header);
  g_free (self);
}

/* ---- titles ---- */

static gboolean
is_currency (const char *word)
{
  TbCurrency currency;

  return strlen (word) == 3 && g_ascii_isupper (word[0]) && strcmp (word, "ALL") != 0 && strcmp (word, "TOP") != 0 && strcmp (word, "TRY") != 0
         && tb_currency_parse (word, &currency, NULL);
}

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c);
}

/* "Cost / Min (USD)" → "cost", "#Tag" → "tag". What stands in brackets is a unit or a remark. */
static char *
title_key (const char *title)
{
  g_autoptr (GString) word = g_string_new (NULL);
  GString *key = g_string_new (NULL);
  int brackets = 0;
  gboolean per = FALSE;

  for (const char *at = title;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      brackets += c == '(' || c == '[';
      if (c != 0 && is_word (c) && brackets == 0)
        {
          g_string_append_unichar (word, c);
          continue;
        }
      if (word->len > 0)
        {
          g_autofree char *lower = g_utf8_strdown (word->str, -1);
          gboolean unit = key->len > 0 && (strcmp (lower, "min") == 0 || strcmp (lower, "minute") == 0 || strcmp (lower, "sec") == 0
                                           || strcmp (lower, "second") == 0 || (per && strcmp (lower, "s") == 0));

          if (!unit && strcmp (lower, "in") != 0 && (strcmp (lower, "per") != 0 || key->len == 0) && !is_currency (word->str))
            g_string_append (key, lower);
          per = strcmp (lower, "per") == 0;
          g_string_truncate (word, 0);
        }
      per = per || c == '/';
      brackets -= brackets > 0 && (c == ')' || c == ']');
      if (c == 0)
        return g_string_free (key, FALSE);
    }
}

static gboolean
has_word (const char *list, const char *word, guint *ret_rank)
{
  gsize len = strlen (word);
  guint rank = 0;

  for (const char *at = list; at != NULL && len > 0 && *at != '\0'; rank++)
    {
      gsize n = strcspn (at, " ");

      if (n == len && memcmp (at, word, n) == 0)
        {
          *ret_rank = rank;
          return TRUE;
        }
      at += n + (at[n] == ' ');
    }
  return FALSE;
}

static gboolean
column_taken (const TbDeckLayout *self, int column)
{
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    if (self->column[f] == column)
      return TRUE;
  return FALSE;
}

/* The column with the field's best name that no other field has. */
static void
map_by_synonym (TbDeckLayout *self, char **keys, guint n, TbDeckField field)
{
  guint best = G_MAXUINT, rank;
  char *own = NULL;

  if (self->column[field] >= 0)
    return;
  for (guint i = 0; i < n; i++)
    if (!column_taken (self, (int) i) && has_word (fields[field].synonyms, keys[i], &rank) && rank < best)
      {
        best = rank;
        self->column[field] = (int) i;
      }
  g_free (own);
}

/* No known name, but one that holds the word: "Wholesale Rate", "Destination Dial Code". */
static void
map_by_part (TbDeckLayout *self, char **keys, guint n, TbDeckField field, const char *const *parts, const char *const *never)
{
  for (; self->column[field] < 0 && *parts != NULL; parts++)
    for (guint i = 0; i < n; i++)
      {
        gboolean refused = column_taken (self, (int) i);

        for (guint k = 0; never[k] != NULL; k++)
          refused = refused || strstr (keys[i], never[k]) != NULL;
        if (refused || strstr (keys[i], *parts) == NULL)
          continue;
        self->column[field] = (int) i;
        break;
      }
}

static void
map_titles (TbDeckLayout *self, char **keys, guint n)
{
  static const TbDeckField first[] = { TB_DECK_PREFIX, TB_DECK_COUNTRY_CODE, TB_DECK_RATE, TB_DECK_DESCRIPTION };
  static const char *const rate_parts[] = { "rate", "price", "cost", NULL }, *const prefix_parts[] = { "prefix", "dial", NULL };
  static const char *const never_rate[] = { "old", "previous", "change", "date", "intra", "premium", "id", "name", "type", "plan", "status", "connect", "setup",
                                            "surcharge", "increment", "minimum", "interval", "deck", "version", "indeterminate", NULL };
  static const char *const never_prefix[] = { "country", "name", "type", "status", "tech", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    map_by_synonym (self, keys, n, first[i]);
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    map_by_synonym (self, keys, n, f);
  map_by_part (self, keys, n, TB_DECK_RATE, rate_parts, never_rate);
  map_by_part (self, keys, n, TB_DECK_PREFIX, prefix_parts, never_prefix);
  if (self->column[TB_DECK_PREFIX] < 0 && self->column[TB_DECK_COUNTRY_CODE] >= 0)
    {
      self->column[TB_DECK_PREFIX] = self->column[TB_DECK_COUNTRY_CODE];
      self->column[TB_DECK_COUNTRY_CODE] = -1;
    }
  /* "duration, increment" and "initial increment, increment": beside a first block, the increment is what follows. */
  if (self->column[TB_DECK_INITIAL] >= 0 && self->column[TB_DECK_NEXT] < 0)
    {
      self->column[TB_DECK_NEXT] = self->column[TB_DECK_INCREMENT];
      self->column[TB_DECK_INCREMENT] = -1;
    }
}

/* ---- the mapping given ---- */

static int
find_title (char **titles, guint n, const char *wanted)
{
  g_autofree char *key = title_key (wanted);

  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (titles[i], wanted) == 0)
      return (int) i;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *other = title_key (titles[i]);

      if (*key != '\0' && strcmp (key, other) == 0)
        return (int) i;
    }
  return -1;
}

/* A title first, then a number: some decks are titled with numbers. -2 = neither. */
static int
find_column (char **titles, guint n, const char *wanted)
{
  guint64 number;
  int found = titles != NULL ? find_title (titles, n, wanted) : -1;

  if (found >= 0)
    return found;
  return g_ascii_string_to_unsigned (wanted, 10, 1, TB_CSV_MAX_FIELDS, &number, NULL) ? (int) number - 1 : -2;
}

/* "field=column,…"; "field=" takes a detected field away. With `titles` NULL only numbers are found. */
static gboolean
map_given (TbDeckLayout *self, const char *columns, char **titles, guint n, gboolean *ret_none, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (columns != NULL ? columns : "", ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '='), *wanted = equals != NULL ? g_strstrip (equals + 1) : NULL;
      guint f = 0;

      if (equals != NULL)
        *equals = '\0';
      else if (*g_strstrip (pairs[i]) == '\0')
        continue;
      while (f < TB_DECK_N_FIELDS && g_ascii_strcasecmp (g_strstrip (pairs[i]), fields[f].name) != 0)
        f++;
      if (f == TB_DECK_N_FIELDS || wanted == NULL)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Columns: “%s” is not a field of a deck; write field=column, for example prefix=Code,rate=Rate."), pairs[i]);
          return FALSE;
        }
      self->column[f] = *wanted != '\0' ? find_column (titles, n, wanted) : -1;
      if (*wanted == '\0' && ret_none != NULL)
        ret_none[f] = TRUE;
      if (self->column[f] >= -1)
        continue;
      g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("Columns: the file has no column “%s”."), wanted);
      return FALSE;
    }
  return TRUE;
}

/* ---- what the texts around tell: currency, unit ---- */

/* A code in brackets, after "currency" or "in", or anywhere in the title of the rate; a sign that says whose money it is. */
static void
note_currency (TbDeckLayout *self, const char *text, gboolean anywhere)
{
  gboolean said = anywhere;

  if (self->currency != TB_CURRENCY_NONE)
    return;
  for (const char *at = text; *at != '\0';)
    {
      gsize n = 0;
      char word[12];

      while (g_ascii_isalpha (at[n]))
        n++;
      g_strlcpy (word, at, MIN (sizeof word, n + 1));
      if (n == 3 && is_currency (word) && (said || (at > text && (at[-1] == '(' || at[-1] == '['))) && tb_currency_parse (word, &self->currency, NULL))
        return;
      if (n > 0)
        said = anywhere || g_ascii_strcasecmp (word, "currency") == 0 || g_ascii_strcasecmp (word, "in") == 0 || g_ascii_strcasecmp (word, "is") == 0;
      at += MAX (n, 1);
    }
  if (anywhere && (strstr (text, "€") != NULL || strstr (text, "£") != NULL))
    tb_currency_parse (strstr (text, "€") != NULL ? "EUR" : "GBP", &self->currency, NULL);
}

static void
note_unit (TbDeckLayout *self, const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  if (g_regex_match_simple ("(per|/)\\s*s(ec(ond)?)?\\b", lower, 0, 0))
    self->multiply = 60;
  if (g_regex_match_simple ("\\b(us)?(cents?|pence|ppm)\\b|¢|\\b[cp]\\s*/\\s*m(in)?\\b", lower, 0, 0))
    self->divide = 100;
}

/* ---- putting a layout together ---- */

static TbDeckText
cell_of (const TbDeckRow *row, int column)
{
  const char *text = column >= 0 && (guint) column < row->n ? row->cells[column] : "";

  return (TbDeckText){ text, strlen (text) };
}

static gboolean
is_price (TbDeckText text)
{
  TbDecimal value;
  TbCurrency currency;
  TbDeckNumberEvidence evidence = { 0 };

  tb_deck_number_evidence (text, &evidence);
  return tb_deck_number (text, evidence.commas > 0 ? TB_DECK_DECIMAL_COMMA : TB_DECK_DECIMAL_POINT, &value, &currency, NULL) == TB_DECK_CELL_OK;
}

static gboolean
is_code (TbDeckText text, const TbDeckCodeStyle *style)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  guint n;

  return tb_deck_codes (text, (TbDeckText){ "", 0 }, style, codes, &n, NULL) == TB_DECK_CELL_OK;
}

static gboolean
has_digit (TbDeckText text)
{
  for (gsize i = 0; i < text.len; i++)
    if (g_ascii_isdigit (text.at[i]))
      return TRUE;
  return FALSE;
}

/* A title has a letter; numbers in its place make the row a row of data. */
static gboolean
is_title (TbDeckText text)
{
  return text.len > 0 && !is_price (text) && !tb_deck_is_blocking_word (text);
}

static guint
score_rows (const TbDeckLayout *self, GPtrArray *sample)
{
  guint score = 0;

  for (guint i = 0; i < sample->len; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);
      TbDeckText prefix = cell_of (row, self->column[TB_DECK_PREFIX]), rate = cell_of (row, self->column[TB_DECK_RATE]);

      if (row->line < self->data_line || row->n > self->n_columns)
        continue;
      score += is_price (rate) && (is_code (prefix, &self->codes) || self->column[TB_DECK_COUNTRY_CODE] >= 0);
    }
  return score;
}

/* The first row under the header that is not a second row of titles: one with digits where prefix or rate stand. */
static void
find_data (TbDeckLayout *self, GPtrArray *sample)
{
  for (guint i = 0; i < sample->len; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);
      TbDeckText rate = cell_of (row, self->column[TB_DECK_RATE]);
      gboolean any = FALSE;

      for (guint c = 0; c < row->n; c++)
        any = any || *row->cells[c] != '\0';
      if (row->line <= self->header_line || !any)
        continue;
      if (has_digit (cell_of (row, self->column[TB_DECK_PREFIX])) || has_digit (cell_of (row, self->column[TB_DECK_COUNTRY_CODE])) || has_digit (rate)
          || row->line > self->header_line + 3 || self->header_line == 0)
        {
          self->data_line = row->line;
          return;
        }
      note_unit (self, rate.at);
      note_currency (self, rate.at, TRUE);
    }
  self->data_line = self->header_line + 1;
}

/* A column of country codes is left alone when it holds letters (CA, GB), or when the codes beside it are whole already. */
static void
check_country (TbDeckLayout *self, GPtrArray *sample)
{
  guint whole = 0, parts = 0, letters = 0;
  int column = self->column[TB_DECK_COUNTRY_CODE];
  g_autofree char *key = self->header != NULL && self->column[TB_DECK_PREFIX] >= 0 && (guint) self->column[TB_DECK_PREFIX] < self->n_columns
                           ? title_key (self->header[self->column[TB_DECK_PREFIX]]) : g_strdup ("");

  for (guint i = 0; i < sample->len && column >= 0; i++)
    {
      const TbDeckRow *row = g_ptr_array_index (sample, i);
      TbDeckText country = cell_of (row, column), code = cell_of (row, self->column[TB_DECK_PREFIX]);

      if (row->line < self->data_line || country.len == 0)
        continue;
      if (*country.at == '+')
        country.at++, country.len--;
      if (code.len > 0 && *code.at == '+')
        code.at++, code.len--;
      letters += country.len > 0 && !has_digit (country);
      if (code.len > 0)
        *(code.len > country.len && memcmp (code.at, country.at, country.len) == 0 ? &whole : &parts) += 1;
    }
  if (letters > 0)
    self->column[TB_DECK_COUNTRY_CODE] = -1;
  self->codes.whole = whole > 0 && parts == 0 && !g_str_has_prefix (key, "area") && !g_str_has_prefix (key, "city");
}

static void
note_titles (TbDeckLayout *self, char **keys)
{
  g_autofree char *joined = g_strjoinv (" ", keys);
  guint rank;

  for (guint i = 0; i < G_N_ELEMENTS (known) && strcmp (self->name, "generic") == 0; i++)
    {
      g_auto (GStrv) needed = g_strsplit (known[i].titles, " ", -1);
      gboolean all = TRUE;

      for (guint k = 0; needed[k] != NULL; k++)
        all = all && (i == 0 ? g_strv_contains ((const char *const *) self->header, needed[k]) : has_word (joined, needed[k], &rank));
      if (all)
        self->name = known[i].name;
      self->own = all && i == 0;
    }
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    if (self->column[f] >= 0 && (guint) self->column[f] < self->n_columns)
      {
        const char *title = self->header[self->column[f]], *key = keys[self->column[f]];

        if (f == TB_DECK_RATE || f == TB_DECK_CONNECT_FEE)
          note_currency (self, title, TRUE);
        if (f == TB_DECK_RATE)
          note_unit (self, title);
        if (f == TB_DECK_PREFIX)
          self->codes.nanp = g_str_has_prefix (key, "npa");
        if (f == TB_DECK_EFFECTIVE_TO)
          self->to_is_last_day = strcmp (key, "effectiveto") != 0;
      }
}
