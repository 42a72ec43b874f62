/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <string.h>

/* The field's name and what providers call it, best first; in titles blanks, signs, brackets, currencies and "per minute" do not count.
 * Fields without such names are the product's own and are looked for in its own decks only. */
static const struct
{
  const char *name;
  gboolean money;
  const char *synonyms;
} fields[TB_DECK_N_FIELDS] = {
  [TB_DECK_PREFIX] = { "prefix", FALSE, "prefix prefixlist dialprefix dialcode dialcodes dialingcode diallingcode dialedprefix dialledprefix destinationprefix prefixes code codes "
                       "destinationcode destinationcodes numberprefix fullcode areacode areacodes citycode citycodes breakout breakouts npanxx npanxxx npa "
                       "dnis destcode ddicode iddcode digits numberrange numberranges vorwahl rufnummer prefixe prefijo prefisso indicatif pattern" },
  [TB_DECK_DESCRIPTION] = { "description", FALSE, "description destination destinationname destname dest desc name prefixname ratename codename zone zonename region area carrierdestination "
                            "ziel zielland beschreibung libelle libellé destino destinazione descripcion country countryname land pays pais país paese" },
  [TB_DECK_SHORT_DESCRIPTION] = { "short_description", FALSE, "shortdescription shortdesc shortname country countryname" },
  [TB_DECK_RATE] = { "rate", TRUE, "newrate newprice rate ratevalue ratecost price cost sellrate sellingrate sellprice buyrate buyprice initialrate pricefirst ratefirst firstprice "
                     "firstrate interrate interstate interstaterate inter interraterate callrate voicerate tariff peakrate rateinitial charge currentrate "
                     "currentprice permin peak peakprice value pence cents uscents ppm preis minutenpreis tarif tarifa prix precio prezzo" },
  [TB_DECK_RATE2] = { "rate2", TRUE, "rate2 intrarate intrastate intrastaterate intra" },
  [TB_DECK_INCREMENT] = { "increment", FALSE, "increment increments inc incr billinginc billincr billingincrement billingincrements billincrement billing billingincr billingterms rateincrement interval "
                          "intervals billinginterval rounding pulse chargeperiod incrementsec billingcycle billingunit takt taktung abrechnung minimumincrement" },
  [TB_DECK_INITIAL] = { "initial", FALSE, "initial initialincrement initialinc initinc firstinc firstincrement initialinterval intervalfirst firstinterval initialperiod duration initialduration rateminimum "
                        "initblock initialblock minincrement firstblock initialseconds interval1 increment1" },
  [TB_DECK_NEXT] = { "next", FALSE, "next nextincrement nextinc subsequentinc additionalinc subsequentincrement secondincrement nextinterval intervalnext subsequent subsequentinterval additionalincrement "
                     "billingblock nextblock subsequentblock intervaln interval2 increment2" },
  [TB_DECK_CONNECT_FEE] = { "connect_fee", TRUE, "connectfee connectionfee connectioncost connectioncharge connectcharge connectcost setupfee setup ratesurcharge surcharge callsetup "
                            "callfee percall flagfall rateconnect" },
  [TB_DECK_MINIMUM] = { "minimum", FALSE, "minimum min minbilling minimumbilling minimumduration minduration mintime minimaltime minimumtime minimumseconds minimaltimecharge minimaltimebuy mincharge minimumcharge" },
  [TB_DECK_GRACE] = { "grace", FALSE, "grace gracetime graceperiod ratenochargetime nochargetime freeseconds" },
  [TB_DECK_EFFECTIVE_FROM] = { "effective_from", FALSE, "effectivefrom effectivedate effective effdate validfrom startdate start dateeffective activationdate fromdate begin "
                               "begindate ratedate effectif gultigab gueltigab gültigab vigencia from date" },
  [TB_DECK_EFFECTIVE_TO] = { "effective_to", FALSE, "effectiveto effectivetill effectiveuntil validto validuntil validtill enddate end stopdate expirydate expirationdate expiry "
                             "expires expiration todate gültigbis gueltigbis till until to" },
  [TB_DECK_ENABLED] = { "enabled", FALSE, "enabled active status routestatus ratestatus" },
  [TB_DECK_OLD_RATE] = { "old_rate", TRUE, "oldrate oldprice previousrate previousprice formerrate currentrate currentprice" },
  [TB_DECK_PREMIUM_RATE] = { "premium_rate", TRUE, "premiumrate ratepremium premiumprice premium" },
  [TB_DECK_CHANGED] = { "changed", FALSE, "changed change ratechange changetype changestatus lastratechangedate oldratechange lastchange changedate" },
  [TB_DECK_COUNTRY_CODE] = { "country_code", FALSE, "countrycode countryprefix countrydialcode countrydialingcode cc landesvorwahl" },
  [TB_DECK_NEXT_RATE] = { "next_rate", TRUE, "nextrate pricenext ratenext nextprice subsequentrate" },
  [TB_DECK_CURRENCY] = { "currency", FALSE, "currency currencycode curr ccy wahrung währung devise moneda" },
  [TB_DECK_BARRED] = { "blocked", FALSE, "blocked barred block" },
  [TB_DECK_DIRECTION] = { "direction", FALSE, "direction" },
  [TB_DECK_ORIGIN] = { "origin", FALSE, "origin originationprefix originationprefixes origination originzone origingroup originset" },
  [TB_DECK_COMMENT] = { "comment", FALSE, "comment comments note notes remark remarks bemerkung" },
  [TB_DECK_PRIORITY] = { "priority", FALSE, NULL },
  [TB_DECK_INCLUDED_SECONDS] = { "included_seconds", FALSE, NULL },
  [TB_DECK_MIN_CHARGE] = { "min_charge", TRUE, NULL },
  [TB_DECK_MAX_CHARGE] = { "max_charge", TRUE, NULL },
  [TB_DECK_INCREMENT_STYLE] = { "increment_style", FALSE, NULL },
  [TB_DECK_WHEN] = { "when", FALSE, NULL },
  [TB_DECK_STEPS] = { "steps", FALSE, NULL },
};

/* A title that is none of the names, but holds one of their words: "Wholesale Rate", "Destination Dial Code". In order of trial. */
static const struct
{
  TbDeckField field;
  const char *parts, *never;
} parts[] = {
  { TB_DECK_CONNECT_FEE, "connect setup surcharge", "disconnect" },
  { TB_DECK_EFFECTIVE_TO, "expir until till", "" },
  { TB_DECK_EFFECTIVE_FROM, "effective validfrom", "until till expir" },
  { TB_DECK_INITIAL, "initialincrement firstincrement initialinterval firstinterval initialperiod firstperiod", "" },
  { TB_DECK_NEXT, "subsequent additional nextincrement nextinterval nextperiod", "rate price cost" },
  { TB_DECK_INCREMENT, "increment interval billing facturation", "date rate price cost" },
  { TB_DECK_RATE, "rate price cost preis prix precio prezzo",
    "old previous change date intra premium id name type plan status connect setup surcharge increment minimum interval deck version indeterminate "
    "currency code offpeak weekend evening night next subsequent" },
  { TB_DECK_PREFIX, "prefix dial code", "country name type status tech currency iso rate origin" },
  { TB_DECK_DESCRIPTION, "description destination country name", "code prefix iso origin" },
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

/* ---- titles as keys ---- */

/* Codes that are words as well. */
gboolean
tb_deck_is_currency (const char *word)
{
  static const char *const words[] = { "ALL", "TOP", "TRY", "MOP", NULL };
  TbCurrency currency;

  return strlen (word) == 3 && g_ascii_isupper (word[0]) && !g_strv_contains (words, word) && tb_currency_parse (word, &currency, NULL);
}

static gboolean
is_unit (const char *word)
{
  static const char *const units[] = { "min", "mins", "minute", "minutes", "sec", "secs", "second", "seconds", "s", NULL };

  return g_strv_contains (units, word);
}

/* Adds a word of a title to its key, unless it is a unit, a currency or "per" and "in" before one. */
static void
add_word (GString *key, const char *word, gboolean after_per)
{
  static const char *const fillers[] = { "per", "in", NULL };
  g_autofree char *lower = g_utf8_strdown (word, -1);
  gboolean unit = is_unit (lower) && (after_per || (key->len > 0 && strlen (lower) > 1));

  if (!unit && !g_strv_contains (fillers, lower) && !tb_deck_is_currency (word))
    g_string_append (key, lower);
}

/* "USD", "€/min" and "Per minute" are titles of prices. */
static gboolean
is_bare_price (const char *key, const char *title)
{
  g_auto (GStrv) words = g_strsplit_set (title, " ./()", -1);

  if (*key != '\0')
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (tb_deck_is_currency (words[i]) || g_ascii_strcasecmp (words[i], "per") == 0 || strcmp (words[i], "€") == 0 || strcmp (words[i], "$") == 0
        || strcmp (words[i], "£") == 0)
      return TRUE;
  return FALSE;
}

char *
tb_deck_title_key (const char *title)
{
  g_autoptr (GString) word = g_string_new (NULL);
  GString *key = g_string_new (NULL);
  int brackets = 0;
  gboolean per = FALSE;

  for (const char *at = title;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      brackets += c == '(' || c == '[';
      if (g_unichar_isalnum (c) && brackets == 0)
        {
          g_string_append_unichar (word, c);
          continue;
        }
      if (word->len > 0)
        {
          add_word (key, word->str, per);
          per = g_ascii_strcasecmp (word->str, "per") == 0;
          g_string_truncate (word, 0);
        }
      per = per || c == '/';
      brackets -= brackets > 0 && (c == ')' || c == ']');
      if (c == 0)
        break;
    }
  if (is_bare_price (key->str, title))
    g_string_assign (key, "price");
  return g_string_free (key, FALSE);
}

/* ---- columns by title ---- */

/* Whether `word` is one of the blank-separated words of `list`, and which. */
gboolean
tb_deck_has_word (const char *list, const char *word, guint *ret_rank)
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

/* Each field's names with their ranks from 1: titles are looked for in every field, under every separator and in every row that may be the
 * header. */
static GHashTable *const *
synonyms (void)
{
  static GHashTable *ranks[TB_DECK_N_FIELDS];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
        {
          g_auto (GStrv) words = g_strsplit (fields[f].synonyms != NULL ? fields[f].synonyms : "", " ", -1);

          ranks[f] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          for (guint rank = g_strv_length (words); rank > 0; rank--) /* of a word twice the better rank */
            g_hash_table_insert (ranks[f], g_strdup (words[rank - 1]), GUINT_TO_POINTER (rank));
        }
      g_once_init_leave (&once, 1);
    }
  return ranks;
}

/* The column with the field's best name that no other field has. */
static void
map_by_synonym (TbDeckLayout *self, char **keys, guint n, TbDeckField field)
{
  GHashTable *ranks = synonyms ()[field];
  guint best = G_MAXUINT;

  if (self->column[field] != TB_DECK_COLUMN_NONE)
    return;
  for (guint i = 0; i < n; i++)
    {
      guint rank = *keys[i] != '\0' ? GPOINTER_TO_UINT (g_hash_table_lookup (ranks, keys[i])) : 0;

      if (rank > 0 && rank < best && !column_taken (self, (int) i))
        {
          best = rank;
          self->column[field] = (int) i;
        }
    }
}

static gboolean
holds_any (const char *key, char **words)
{
  for (; *words != NULL; words++)
    if (**words != '\0' && strstr (key, *words) != NULL)
      return TRUE;
  return FALSE;
}

typedef struct
{
  GStrv wanted, never;
} Parts;

static const Parts *
split_parts (void)
{
  static Parts split[G_N_ELEMENTS (parts)];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        split[i] = (Parts){ g_strsplit (parts[i].parts, " ", -1), g_strsplit (parts[i].never, " ", -1) };
      g_once_init_leave (&once, 1);
    }
  return split;
}

static void
map_by_part (TbDeckLayout *self, char **keys, guint n, guint rule)
{
  char **wanted = split_parts ()[rule].wanted, **never = split_parts ()[rule].never;
  int *column = &self->column[parts[rule].field];

  for (guint w = 0; wanted[w] != NULL && *column == TB_DECK_COLUMN_NONE; w++)
    for (guint i = 0; i < n && *column == TB_DECK_COLUMN_NONE; i++)
      if (strstr (keys[i], wanted[w]) != NULL && !holds_any (keys[i], never) && !column_taken (self, (int) i))
        *column = (int) i;
}

/* The product's own columns have names that mean something else elsewhere (priority orders routes), so the whole header must be its own. */
static gboolean
map_own (TbDeckLayout *self)
{
  static const TbDeckField telling[] = { TB_DECK_PREFIX, TB_DECK_SHORT_DESCRIPTION, TB_DECK_RATE, TB_DECK_RATE2, TB_DECK_INCREMENT, TB_DECK_EFFECTIVE_FROM,
                                         TB_DECK_INCREMENT_STYLE, TB_DECK_WHEN, TB_DECK_STEPS };

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    if (!g_strv_contains ((const char *const *) self->header, fields[telling[i]].name))
      return FALSE;
  for (guint i = 0; self->header[i] != NULL; i++)
    for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
      if (self->column[f] == TB_DECK_COLUMN_NONE && strcmp (self->header[i], fields[f].name) == 0)
        self->column[f] = (int) i;
  return TRUE;
}

/* North American area code and exchange in columns of their own: the one leads the other as a country code does. */
static void
map_npa_nxx (TbDeckLayout *self, char **keys, guint n)
{
  int npa = TB_DECK_COLUMN_NONE, nxx = TB_DECK_COLUMN_NONE;

  for (guint i = 0; i < n; i++)
    {
      npa = strcmp (keys[i], "npa") == 0 ? (int) i : npa;
      nxx = strcmp (keys[i], "nxx") == 0 ? (int) i : nxx;
    }
  if (npa < 0 || nxx < 0 || self->column[TB_DECK_PREFIX] != TB_DECK_COLUMN_NONE || self->column[TB_DECK_COUNTRY_CODE] != TB_DECK_COLUMN_NONE)
    return;
  self->column[TB_DECK_COUNTRY_CODE] = npa;
  self->column[TB_DECK_PREFIX] = nxx;
}

/* "Min. charge (sec)" is a duration, "Min. charge" may be an amount. */
static void
drop_minimum_amount (TbDeckLayout *self, char **keys, guint n)
{
  int column = self->column[TB_DECK_MINIMUM];
  g_autofree char *title = column >= 0 && (guint) column < n ? g_utf8_strdown (self->header[column], -1) : NULL;

  if (title != NULL && g_str_has_suffix (keys[column], "charge") && strstr (title, "sec") == NULL)
    self->column[TB_DECK_MINIMUM] = TB_DECK_COLUMN_NONE;
}

void
tb_deck_map_titles (TbDeckLayout *self, char **keys, guint n)
{
  static const TbDeckField first[] = { TB_DECK_PREFIX, TB_DECK_COUNTRY_CODE, TB_DECK_RATE, TB_DECK_DESCRIPTION };

  self->own = map_own (self);
  if (self->own)
    return;
  map_npa_nxx (self, keys, n);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    map_by_synonym (self, keys, n, first[i]);
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    map_by_synonym (self, keys, n, f);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    map_by_part (self, keys, n, i);
  drop_minimum_amount (self, keys, n);
  if (self->column[TB_DECK_PREFIX] == TB_DECK_COLUMN_NONE && self->column[TB_DECK_COUNTRY_CODE] >= 0)
    {
      self->column[TB_DECK_PREFIX] = self->column[TB_DECK_COUNTRY_CODE];
      self->column[TB_DECK_COUNTRY_CODE] = TB_DECK_COLUMN_NONE;
    }
  /* "duration, increment" and "initial increment, increment": beside a first block the increment is what follows; and beside
   * what follows, it is the first block. */
  if (self->column[TB_DECK_INITIAL] >= 0 && self->column[TB_DECK_NEXT] < 0)
    self->column[TB_DECK_NEXT] = self->column[TB_DECK_INCREMENT];
  else if (self->column[TB_DECK_NEXT] >= 0 && self->column[TB_DECK_INITIAL] < 0)
    self->column[TB_DECK_INITIAL] = self->column[TB_DECK_INCREMENT];
  else
    return;
  self->column[TB_DECK_INCREMENT] = TB_DECK_COLUMN_NONE;
}
