/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-deck.h"
#include "tb-error.h"

static TbDeck *
read_deck (const char *data, gsize len, const TbDeckOptions *options)
{
  TbDeckOptions defaults = tb_deck_options_default ();
  g_autoptr (GError) error = NULL;
  TbDeck *deck = tb_deck_read ((const guint8 *) data, len, options != NULL ? options : &defaults, NULL, &error);

  g_assert_no_error (error);
  return deck;
}

static void
append_price (GString *text, const char *label, TbDecimal value)
{
  char number[40];

  if (value == TB_DECIMAL_NONE)
    return;
  tb_decimal_format_to (value, TB_RATE_SCALE, 0, number);
  g_string_append_printf (text, "%s%s", label, number);
}

static void
append_day (GString *text, const char *label, gint64 time)
{
  g_autofree char *written = time != TB_TIME_NONE ? tb_time_format (time, NULL) : NULL;

  if (written != NULL)
    g_string_append_printf (text, "%s%.*s", label, g_str_has_suffix (written, "T00:00:00Z") ? 10 : 20, written);
}

/* "1204 0.0052 6/6 fee 0.01 from 2026-02-01 to 2026-03-01 off", and what else is not the default. */
static char *
rate_to_text (const TbRate *rate)
{
  GString *text = g_string_new (rate->prefix);

  append_price (text, " ", rate->rate);
  if (rate->initial > 0)
    g_string_append_printf (text, " %d/%d", rate->initial, rate->next);
  for (guint i = 0; i < rate->n_steps; i++)
    {
      g_string_append_printf (text, " step %d:", rate->steps[i].after);
      append_price (text, "", rate->steps[i].rate);
      g_string_append_printf (text, "/%d/%d", rate->steps[i].per, rate->steps[i].increment);
    }
  append_price (text, " second ", rate->rate2);
  append_price (text, " fee ", rate->connect_fee);
  if (rate->minimum >= 0)
    g_string_append_printf (text, " minimum %d", rate->minimum);
  if (rate->grace >= 0)
    g_string_append_printf (text, " grace %d", rate->grace);
  append_day (text, " from ", rate->effective_from);
  append_day (text, " to ", rate->effective_to);
  g_string_append (text, rate->enabled ? "" : " off");
  return g_string_free (text, FALSE);
}

static char *
rates_to_text (const TbDeck *deck)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < deck->rates->len; i++)
    {
      g_autofree char *rate = rate_to_text (g_ptr_array_index (deck->rates, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", rate);
    }
  return g_string_free (text, FALSE);
}

/* Lines by kind: "!4 ?3 x6 -9": refused, to be confirmed, blocked, skipped. */
static char *
problems_to_text (const TbDeck *deck)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < deck->problems->len; i++)
    {
      const TbDeckProblem *problem = g_ptr_array_index (deck->problems, i);

      g_assert_nonnull (problem->reason);
      g_assert_nonnull (problem->raw);
      g_string_append_printf (text, "%s%c%" G_GUINT64_FORMAT, i > 0 ? " " : "", "!?x-"[problem->kind], problem->line);
    }
  return g_string_free (text, FALSE);
}

/* ---- the decks of providers ---- */

static const struct
{
  const char *file, *why, *layout;
  guint accepted, blocked;
  const char *problems;
  TbEncoding encoding;
  char separator;
  gboolean decimal_comma;
  TbDateOrder dates;
  guint header_line, data_line;
  const char *currency;
  const char *rates; /* the first of them, or all */
} files[] = {
  { "voipms_ictvoip.csv", "a fee that only the description tells stays there", "ictVoIP", 14, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 1, 2, "",
    "101 0 1/1; 112 0 1/1; 118001 2.025 1/1; 1514 0.0052 6/6; 1204 0.0052 6/6;" },
  { "az_dialcodes_quoted.csv", "country code and codes, BOM, semicolons, decimal comma, points in dates", "generic", 14, 0, "", TB_ENCODING_UTF8_BOM, ';', TRUE,
    TB_DATES_DMY, 1, 2, "EUR",
    "1204 0.0052 6/6 from 2026-02-01; 1431 0.0052 6/6 from 2026-02-01; 4474 0.0312 1/1 from 2026-02-01; 4475 0.0312 1/1 from 2026-02-01; "
    "4477 0.0312 1/1 from 2026-02-01; 4478 0.0312 1/1 from 2026-02-01; 4479 0.0312 1/1 from 2026-02-01; 22501 0.41 60/60 from 2026-02-15; "
    "22505 0.41 60/60 from 2026-02-15; 22507 0.41 60/60 from 2026-02-15; 4915 0.0199 30/6 from 2026-02-01; 4916 0.0199 30/6 from 2026-02-01; "
    "4917 0.0199 30/6 from 2026-02-01; 53 1234.5 60/60 from 2026-02-01" },
  { "az_dialcodes_semicolon.csv", "eight values under seven titles are never shifted", "generic", 0, 0, "!2", TB_ENCODING_UTF8_BOM, ';', FALSE, TB_DATES_UNKNOWN, 1, 2, "", "" },
  { "az_comma_list.csv", "lists, a range of ten, a route without a price is blocked, not free", "generic", 34, 1, "x6", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD, 1, 2,
    "", "1204 0.0052 6/6 from 2026-02-01; 1431 0.0052 6/6 from 2026-02-01; 44 0.0104 60/1 from 2026-02-01; 447400 0.0312 60/1 from 2026-02-01 to 2026-03-01;" },
  { "az_two_line_header.csv", "a title above, units below, notes at the end", "generic", 4, 0, "-9", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 2, 4, "USD",
    "1204 0.0052 6/6 from 2026-02-01; 1431 0.0052 6/6 from 2026-02-01; 44 0.0104 60/60 from 2026-02-01; 447 0.0312 1/1 from 2026-02-01" },
  { "az_excel_damage.csv", "lost digits are refused, dates for increments asked about, the rest cleaned", "generic", 2, 0, "!2 ?3 ?4", TB_ENCODING_UTF8, ',', FALSE,
    TB_DATES_UNKNOWN, 1, 2, "", "336 0.049 6/6; 4930 0.0139 1/1" },
  { "az_duplicates.csv", "two dates are history, the same date twice a conflict", "generic", 3, 0, "!4 !6 !7 !8 !9 !10 !11", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD,
    1, 2, "", "1204 0.0052 6/6 from 2026-01-01; 1204 0.0049 6/6 from 2026-02-01; 44 0.0104 60/60" },
  { "az_latin1_tab.txt", "Windows-1252, tabs, decimal comma", "generic", 2, 0, "", TB_ENCODING_WINDOWS_1252, '\t', TRUE, TB_DATES_UNKNOWN, 1, 2, "",
    "225 0.31 60/60; 262 0.072 1/1" },
  { "az_utf16le.csv", "UTF-16", "generic", 1, 0, "", TB_ENCODING_UTF16LE, ',', FALSE, TB_DATES_UNKNOWN, 1, 2, "", "1204 0.0052 6/6" },
  { "us_jurisdiction_peeredge.csv", "month first, told by the 15th; two prices by jurisdiction", "Peeredge", 5, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_MDY, 1, 2, "",
    "1204555 0.007 6/6 second 0.007 from 2026-02-01; 1312555 0.0012 6/6 second 0.0031 from 2026-02-01; 13125550 0.0009 6/6 second 0.0028 from 2026-02-15; "
    "1416555 0.005 60/6 second 0.005 from 2026-02-01;" },
  { "freeside.csv", "country code, blank, list of area codes", "generic", 4, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 0, 1, "",
    "1204 0.0052; 1431 0.0052; 6138 0.021; 6139 0.021" },
  { "ivozprovider.csv", "no header: connection charge and charge period at the end", "IvozProvider", 3, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 0, 1, "",
    "34 0.012 1/1 fee 0; 346 0.03 60/60 fee 0.01; 44 0.0104 60/60 fee 0" },
  { "yeti_pricelist.csv", "a second price becomes steps", "Yeti", 3, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD, 1, 2, "",
    "1204 0.0052 6/6 fee 0 from 2026-02-01; 44 0.0104 60/60 fee 0 from 2026-02-01; "
    "447 0.0312 60/1 step 0:0.0312/60/60 step 60:0.03/60/1 fee 0.01 from 2026-03-01" },
  { "astpp_origination.csv", "the currency is in a title", "ASTPP", 4, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 1, 2, "USD",
    "1204 0.0052 6/6 fee 0 grace 0; 44 0.0104 60/60 fee 0 grace 0; 447 0.0312 30/6 fee 0.005 grace 0; 33 0.013 1/1 fee 0.01 grace 3" },
  { "astpp_termination_export_BOM.csv", "an inactive route with a price is accepted and sells nothing", "ASTPP", 2, 0, "x3", TB_ENCODING_UTF8_BOM, ',', FALSE,
    TB_DATES_UNKNOWN, 1, 2, "USD", "44 0.0104 60/60 fee 0 grace 0; 447 0.0312 1/1 fee 0 grace 0 off" },
  { "kazoo_rates.csv", "minimum is the first block; prices of inbound calls are left out", "Kazoo", 2, 0, "-4", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 1, 2, "",
    "1204 0.0052 6/6 fee 0 grace 0; 44 0.0104 60/60 fee 0.01 grace 3" },
  { "flowroute_style_increments.csv", "increments in two columns", "generic", 3, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 1, 2, "",
    "1 0.0098 6/6 fee 0; 1204 0.0052 6/6 fee 0; 521 0.013 60/60 fee 0" },
  { "a2billing_simple_noheader.csv", "one row lacks its date: nothing after the rate is trusted", "generic", 3, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 0, 1,
    "", "1204 0.009; 44 0.02; 447 0.05" },
  { "a2billing_complex_noheader.csv", "adjoining validity, zero for no date", "generic", 3, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD, 0, 1, "",
    "33 0.013 1/1; 44 0.0104 60/60 from 2026-01-01 to 2026-03-01; 44 0.011 60/1 from 2026-03-01" },
  { "magnusbilling_provider_noheader.csv", "two whole numbers after the rate are its increments", "generic", 3, 0, "", TB_ENCODING_UTF8, ';', FALSE, TB_DATES_UNKNOWN, 0,
    1, "", "1204 0.0052 6/6; 44 0.0104 60/60; 447 0.0312 1/1" },
  { "syncswitch_noheader.csv", "the rate first", "generic", 2, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 0, 1, "", "1204 0.0052; 44 0.0104" },
  { "portaone_style.LAYOUT_ASSUMED.csv", "country prefix and area codes with ranges", "PortaOne", 8, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD, 1, 2, "",
    "1204 0.0052 6/6 from 2026-02-01; 1431 0.0052 6/6 from 2026-02-01; 4474 0.0312 60/1 from 2026-02-01;" },
  { "telnyx_domestic.HEADER_ASSUMED.csv", "interstate and intrastate", "US jurisdictional", 3, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD, 1, 2, "",
    "1204555 0.005 6/6 second 0.005 from 2026-01-01;" },
  { "telnyx_international.HEADER_ASSUMED.csv", "60/1 for Gambia", "generic", 8, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD, 1, 2, "USD",
    "44 0.0041 1/1 from 2026-01-01; 447 0.0199 1/1 from 2026-01-01; 52 0.0065 60/60 from 2026-01-01; 220 0.65 60/1 from 2026-01-01;" },
  { "twilio_voice.HEADER_ASSUMED.csv", "lists of prefixes", "Twilio", 9, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_UNKNOWN, 1, 2, "",
    "1204 0.014; 1431 0.014; 1514 0.014; 1604 0.014; 447 0.026;" },
  { "bandwidth_NPANXX_style.HEADER_ASSUMED.csv", "NPANXX gets its 1", "US jurisdictional", 2, 0, "", TB_ENCODING_UTF8, ',', FALSE, TB_DATES_YMD, 1, 2, "",
    "1204555 0.0052 6/6 second 0.0052 from 2026-02-01; 1312555 0.0012 6/6 second 0.0031 from 2026-02-01" },
};

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("TOLLBOOK_TEST_DATA"), "ratedecks", files[i].file, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *data = NULL, *rates = NULL, *problems = NULL;
      g_autoptr (TbDeck) deck = NULL;
      gsize len;

      g_test_message ("%s: %s", files[i].file, files[i].why);
      g_file_get_contents (path, &data, &len, &error);
      g_assert_no_error (error);
      deck = read_deck (data, len, NULL);
      rates = rates_to_text (deck);
      problems = problems_to_text (deck);
      if (!g_str_has_suffix (files[i].rates, ";"))
        g_assert_cmpstr (rates, ==, files[i].rates);
      else
        g_assert_true (g_str_has_prefix (rates, files[i].rates));
      g_assert_cmpstr (problems, ==, files[i].problems);
      g_assert_cmpuint (deck->accepted, ==, files[i].accepted);
      g_assert_cmpuint (deck->blocked, ==, files[i].blocked);
      g_assert_cmpstr (deck->layout, ==, files[i].layout);
      g_assert_cmpint (deck->encoding, ==, files[i].encoding);
      g_assert_cmpint (deck->separator, ==, files[i].separator);
      g_assert_cmpint (deck->decimal_comma, ==, files[i].decimal_comma);
      g_assert_cmpint (deck->dates, ==, files[i].dates);
      g_assert_cmpuint (deck->header_line, ==, files[i].header_line);
      g_assert_cmpuint (deck->data_line, ==, files[i].data_line);
      g_assert_cmpstr (tb_currency_to_string (deck->currency), ==, files[i].currency);
    }
}

/* ---- one question each ---- */

#define OWN_HEADER                                                                                                                                               \
  "prefix,description,short_description,rate,rate2,increment,initial,next,connect_fee,minimum,grace,effective_from,effective_to,enabled,old_rate,premium_rate,"  \
  "changed,priority,included_seconds,min_charge,max_charge,increment_style,when,steps\n"

static const struct
{
  const char *why, *deck, *columns, *rates, *problems;
} cases[] = {
  /* codes */
  { "a list in one cell under a title in capitals", "DIAL CODES,RATE\n\"1204,1431\",0.01\n", NULL, "1204 0.01; 1431 0.01", "" },
  { "a code repeated in its own list is one", "Code,Rate\n\"44,44\",0.01\n", NULL, "44 0.01", "" },
  { "codes that already begin with the country code beside them", "Country Code,Dial Code,Rate\n44,4420,0.01\n44,447,0.02\n", NULL, "4420 0.01; 447 0.02", "" },
  { "no codes: the country code alone", "Country Code,Area Codes,Rate\n53,,0.9\n1,\"204, 431\",0.01\n", NULL, "53 0.9; 1204 0.01; 1431 0.01", "" },
  { "a column of country names' letters is no country code", "CC,Prefix,Rate\nGB,44,0.01\nCA,1204,0.02\n", NULL, "44 0.01; 1204 0.02", "" },
  { "a range goes up", "Code,Rate\n4479-4477,0.01\n44,0.02\n", NULL, "44 0.02", "!2" },
  { "a range of more than ten thousand is a slip", "Code,Rate\n4400000-4499999,0.01\n44,0.02\n", NULL, "44 0.02", "!2" },
  { "two country codes with a dash: one code or a range of countries?", "Code,Rate\n44-77,0.01\n44,0.02\n", NULL, "44 0.02", "?2" },
  { "a dash inside one code", "Code,Rate\n1-204,0.01\n", NULL, "1204 0.01", "" },
  { "a shortened range", "Country Code,Dial Codes,Rate\n44,77-9,0.01\n44,20,0.02\n", NULL, "4420 0.02", "?2" },
  { "a code with a leading zero has lost its country", "Code,Rate\n0930,0.01\n44,0.02\n", NULL, "44 0.02", "?2" },
  { "a number that a spreadsheet made of a code", "Code,Rate\n44.0,0.01\n", NULL, "44 0.01", "" },
  { "the product's own deck: codes as they are, also six digits and a 0", OWN_HEADER "204555,,,0.01,,,,,,,,,,true,,,,10,,,,,,\n0256,,,0.02,,,,,,,,,,true,,,,10,,,,,,\n", NULL,
    "204555 0.01; 0256 0.02", "" },
  { "a star is every destination", "Code,Rate\n*,0.01\n44,0.02\n", NULL, " 0.01; 44 0.02", "" },
  { "sixteen digits are no prefix", "Code,Rate\n1234567890123456,0.01\n44,0.02\n", NULL, "44 0.02", "!2" },
  { "area code and exchange in two columns", "NPA,NXX,Rate\n204,555,0.01\n312,204,0.02\n", NULL, "1204555 0.01; 1312204 0.02", "" },
  /* prices */
  { "signs and codes of money", "Code,Rate\n44,$0.01\n45,€ 0.02\n", NULL, "44 0.01; 45 0.02", "" },
  { "two currencies in one deck", "Code,Rate,Currency\n44,0.01,USD\n45,0.02,EUR\n", NULL, "44 0.01", "!3" },
  { "decimal comma with thousands", "Code;Rate\n44;0,0123\n45;1.234,5\n", NULL, "44 0.0123; 45 1234.5", "" },
  { "a comma that may be thousands, and nothing tells", "Code\tRate\n44\t1,234\n", NULL, "", "?2" },
  { "the same between semicolons is a decimal", "Code;Rate\n44;1,234\n", NULL, "44 1.234", "" },
  { "eight decimals stay", "Code,Rate\n44,0.01234567\n", NULL, "44 0.01234567", "" },
  { "cents", "Code,Rate (US cents/min)\n44,1.25\n", NULL, "44 0.0125", "" },
  { "pence, with a fee in pence", "Code,Pence per minute,Connection fee (pence)\n44,1.5,5\n", NULL, "44 0.015 fee 0.05", "" },
  { "per second", "Code,Rate per second\n44,0.0005\n", NULL, "44 0.03", "" },
  { "the unit in a second row of titles", "Code,Rate\n,cents/min\n44,1.25\n", NULL, "44 0.0125", "" },
  { "free is a price, nothing is not", "Code,Rate\n1800,0\n44,\n45,-\n", NULL, "1800 0", "!3 !4" },
  { "blocked by a word, by N/A, by a status", "Code,Rate,Status\n44,Blocked,\n45,N/A,\n46,0.1,Discontinued\n47,0.1,Increase\n", NULL, "44 0 off; 45 0 off; 46 0.1 off; 47 0.1",
    "x2 x3 x4" },
  { "a column that blocks", "Code,Rate,Blocked\n44,0.1,yes\n45,0.2,no\n46,0.3,\n", NULL, "44 0.1 off; 45 0.2; 46 0.3", "x2" },
  { "N for new, between I for increase and D for decrease", "Code,Rate,Status\n44,0.1,I\n45,0.2,N\n", NULL, "44 0.1; 45 0.2", "" },
  { "N for no, where there is Y", "Code,Rate,Status\n44,0.1,Y\n45,0.2,N\n", NULL, "44 0.1; 45 0.2 off", "x3" },
  { "the price for the rest of the callers, not for some", "Origin,Code,Rate\nEEA,33,0.01\nROW,33,0.05\n", NULL, "33 0.05", "-2" },
  { "the new price, not the current one", "Code,Current Rate,New Rate\n44,0.01,0.02\n", NULL, "44 0.02", "" },
  { "only a current price", "Code,Current Rate\n44,0.01\n", NULL, "44 0.01", "" },
  { "the price by day, not at night", "Code,Off-Peak Rate,Peak Rate\n44,0.01,0.02\n", NULL, "44 0.02", "" },
  /* increments */
  { "the same increment in many shapes", "Code,Rate,Billing\n44,0.1,60/60\n45,0.1,60\n46,0.1,60-60\n47,0.1,60+60\n48,0.1,60:60\n49,0.1,60 s / 60 s\n", NULL,
    "44 0.1 60/60; 45 0.1 60/60; 46 0.1 60/60; 47 0.1 60/60; 48 0.1 60/60; 49 0.1 60/60", "" },
  { "a minimum in seconds, and one that may be money", "Code,Rate,Min Charge (sec),Inc\n44,0.1,30,6\n", NULL, "44 0.1 6/6 minimum 30", "" },
  { "a minimum that may be money is left out", "Code,Rate,Min Charge,Inc\n44,0.1,1,6\n", NULL, "44 0.1 6/6", "" },
  { "no first block", "Code,Rate,Initial,Next\n44,0.1,0,6\n45,0.1,60,\n46,0.1,0,0\n", NULL, "44 0.1 6/6; 45 0.1 60/60", "!4" },
  { "increments titled in two rows", "Code,Rate,Billing,\n,,Initial,Subsequent\n44,0.1,30,6\n", NULL, "44 0.1 30/6", "" },
  { "a date under the title of an increment", "Code,Rate,Initial,Next\n44,0.1,60,20260201\n45,0.1,60,6\n", NULL, "45 0.1 60/6", "!2" },
  { "an increment of a date", "Code,Rate,Increment\n44,0.1,6/6/2026\n45,0.1,6/6\n", NULL, "45 0.1 6/6", "?2" },
  /* dates */
  { "day first, told by the 15th", "Code,Rate,Effective\n44,0.1,01/02/2026\n45,0.1,15/02/2026\n", NULL, "44 0.1 from 2026-02-01; 45 0.1 from 2026-02-15", "" },
  { "month first, told by the date of issue above", "Rates of 1/28/2026,,\nCode,Rate,Effective\n44,0.1,2/1/2026\n", NULL, "44 0.1 from 2026-02-01", "" },
  { "nothing tells", "Code,Rate,Effective\n44,0.1,01/02/2026\n", NULL, "", "?2" },
  { "where the comma is decimal, the day comes first", "Code;Rate;Effective\n44;0,1;01/02/2026\n", NULL, "44 0.1 from 2026-02-01", "" },
  { "a spreadsheet's time of day", "Code,Rate,Effective\n44,0.1,2/15/2026 12:00:00 AM\n45,0.1,2/15/2026 0:00\n", NULL, "44 0.1 from 2026-02-15; 45 0.1 from 2026-02-15", "" },
  { "a spreadsheet's number of a day", "Code,Rate,Effective\n44,0.1,46054\n", NULL, "44 0.1 from 2026-02-01", "" },
  { "months by name, years in two digits, without signs", "Code,Rate,Effective\n44,0.1,1-Feb-26\n45,0.1,\"February 1, 2026\"\n46,0.1,20260201\n", NULL,
    "44 0.1 from 2026-02-01; 45 0.1 from 2026-02-01; 46 0.1 from 2026-02-01", "" },
  { "no such day", "Code,Rate,Effective\n44,0.1,2026-02-30\n45,0.1,2026-02-28\n", NULL, "45 0.1 from 2026-02-28", "!2" },
  { "it ends before it begins", "Code,Rate,From,Till\n44,0.1,2026-02-10,2026-02-01\n45,0.1,2026-02-10,2026-02-10\n", NULL, "45 0.1 from 2026-02-10 to 2026-02-11", "!2" },
  { "the contract's effective_to is not that day any more", "prefix,rate,effective_from,effective_to\n44,0.1,2026-02-01,2026-03-01\n", NULL,
    "44 0.1 from 2026-02-01 to 2026-03-01", "" },
  /* header and mapping */
  { "columns by title", "A,B,C\n44,x,0.1\n", "prefix=A,rate=C", "44 0.1", "" },
  { "columns by number, with a header", "A,B,C\n44,x,0.1\n", "prefix=1,rate=3", "44 0.1", "" },
  { "columns by number, without one", "0.2,44,0.1\n", "prefix=2,rate=3", "44 0.1", "" },
  { "what is not named is still found", "Code,Wholesale,Retail Rate,Increment\n44,0.1,0.2,6/6\n", "rate=Wholesale", "44 0.1 6/6", "" },
  { "a field not wanted", "Code,Rate,Increment\n44,0.1,06-Jun\n", "increment=", "44 0.1", "" },
  { "titles nobody knows", "Foo,Bar,Baz\n44,UK,0.1\n1204,Manitoba,0.2\n", NULL, "44 0.1; 1204 0.2", "" },
  { "the header again on each page", "Code,Rate\n44,0.1\nCode,Rate\n45,0.2\n", NULL, "44 0.1; 45 0.2", "-3" },
  { "headings between rows", "Destination,Code,Rate\nUK,44,0.1\nAFRICA,,\nEgypt,20,0.2\n", NULL, "44 0.1; 20 0.2", "-3" },
  { "the separator told to a spreadsheet", "sep=|\nCode|Rate\n44|0.1\n", NULL, "44 0.1", "" },
  { "a row number is no code", "1,44,UK,0.1\n2,1204,Manitoba,0.2\n3,33,France,0.3\n", NULL, "44 0.1; 1204 0.2; 33 0.3", "" },
  { "old Macintosh line ends", "Code,Rate\r44,0.1\r45,0.2\r", NULL, "44 0.1; 45 0.2", "" },
  { "a quote never closed costs its line", "Code,Rate\n\"44,0.1\n45,0.2\n", NULL, "45 0.2", "!2" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TbDeckOptions options = tb_deck_options_default ();
      g_autofree char *rates = NULL, *problems = NULL;
      g_autoptr (TbDeck) deck = NULL;

      g_test_message ("%s", cases[i].why);
      options.columns = cases[i].columns;
      deck = read_deck (cases[i].deck, strlen (cases[i].deck), &options);
      rates = rates_to_text (deck);
      problems = problems_to_text (deck);
      g_assert_cmpstr (rates, ==, cases[i].rates);
      g_assert_cmpstr (problems, ==, cases[i].problems);
    }
}

/* ---- options ---- */

static void
test_options (void)
{
  static const char twice[] = "Code,Rate,Effective\n44,N/A,01/02/2026\n44,0.2,01/02/2026\n45,0.3,\n";
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (TbDeck) deck = NULL;
  g_autofree char *rates = NULL, *problems = NULL;

  options.dates = TB_DATES_MDY;
  options.last_wins = TRUE;
  options.effective = tb_day_from_ymd (2026, 5, 1);
  options.zone = tb_zone_new ("America/Toronto", NULL);
  deck = read_deck (twice, strlen (twice), &options);
  rates = rates_to_text (deck);
  problems = problems_to_text (deck);
  g_assert_cmpstr (rates, ==, "44 0.2 from 2026-01-02T05:00:00Z; 45 0.3 from 2026-05-01T04:00:00Z");
  g_assert_cmpstr (problems, ==, "x2 -3");
  g_assert_cmpuint (deck->accepted, ==, 2);
  g_assert_cmpuint (deck->blocked, ==, 0);
  tb_zone_unref (options.zone);
}

static void
test_columns_come_back (void)
{
  static const char text[] = "Dial Code,\"Price, EUR\",Billing\n44,0.1,6/6\n";
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (TbDeck) first = read_deck (text, strlen (text), NULL), second = NULL;
  g_autofree char *a = rates_to_text (first), *b = NULL;

  g_assert_cmpstr (first->columns, ==, "prefix=Dial Code,rate=2,increment=Billing");
  options.columns = first->columns;
  second = read_deck (text, strlen (text), &options);
  b = rates_to_text (second);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (second->columns, ==, first->columns);
}

/* ---- files of which nothing can be made ---- */

static const struct
{
  const char *why, *data;
  gsize len;
  const char *columns;
  int code;
} failures[] = {
  { "empty", "", 0, NULL, TB_ERROR_INVALID_INPUT },
  { "blank lines", "\n \r\n\n", 5, NULL, TB_ERROR_INVALID_INPUT },
  { "a BOM alone", "\xef\xbb\xbf", 3, NULL, TB_ERROR_INVALID_INPUT },
  { "a BOM before text in another encoding", "\xef\xbb\xbf" "Code,Rate\n44,0.1 \xca\n", 21, NULL, TB_ERROR_INVALID_INPUT },
  { "half a UTF-16 character", "\xff\xfe\x41", 3, NULL, TB_ERROR_INVALID_INPUT },
  { "a header alone", "Code,Rate\n", 10, NULL, TB_ERROR_INVALID_INPUT },
  { "NUL bytes", "Code,Rate\n44,0\0001\n", 17, NULL, TB_ERROR_INVALID_INPUT },
  { "an Excel file", "PK\x03\x04\x14\x00\x06\x00", 8, NULL, TB_ERROR_UNSUPPORTED },
  { "a PDF", "%PDF-1.7\n1 0 obj\n", 17, NULL, TB_ERROR_UNSUPPORTED },
  { "the answer of an interface", "{\"rates\": [{\"prefix\": \"44\", \"rate\": \"0.01\"}]}", 44, NULL, TB_ERROR_UNSUPPORTED },
  { "a web page", "<!DOCTYPE html>\n", 16, NULL, TB_ERROR_UNSUPPORTED },
  { "prose", "Dear customer,\nplease find attached.\n", 37, NULL, TB_ERROR_INVALID_INPUT },
  { "no such column", "Code,Rate\n44,0.1\n", 17, "prefix=Kod,rate=Rate", TB_ERROR_NOT_FOUND },
  { "no such field", "Code,Rate\n44,0.1\n", 17, "prefiks=Code", TB_ERROR_INVALID_INPUT },
  { "a field without a column", "Code,Rate\n44,0.1\n", 17, "prefix", TB_ERROR_INVALID_INPUT },
};

static void
test_failures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      TbDeckOptions options = tb_deck_options_default ();
      g_autoptr (GError) error = NULL;
      g_autoptr (TbDeck) deck = NULL;

      g_test_message ("%s", failures[i].why);
      options.columns = failures[i].columns;
      deck = tb_deck_read ((const guint8 *) failures[i].data, failures[i].len, &options, NULL, &error);
      g_assert_null (deck);
      g_assert_error (error, TB_ERROR, failures[i].code);
    }
}

/* Whatever bytes come, a deck or an error comes out. */
static void
test_garbage (void)
{
  static const char alphabet[] = "0123456789,;\t|\"\n\r.-/+ =eEA\xc3\xa9\x80";
  TbDeckOptions options = tb_deck_options_default ();
  GRand *random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) data = g_string_new (round % 2 ? "Code,Rate,Increment,Effective,Till\n" : "");
      guint n = (guint) g_rand_int_range (random, 1, 2000);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbDeck) deck = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_c (data, round % 3 == 0 ? (char) g_rand_int_range (random, 0, 256) : alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)]);
      deck = tb_deck_read ((const guint8 *) data->str, data->len, &options, NULL, &error);
      g_assert_true ((deck == NULL) == (error != NULL));
      if (deck != NULL)
        g_assert_cmpuint (deck->rates->len, ==, deck->accepted + deck->blocked);
    }
  g_rand_free (random);
}

static void
test_huge_cells (void)
{
  g_autoptr (GString) data = g_string_new ("Code,Destination,Rate\n44,");
  g_autoptr (TbDeck) deck = NULL;
  g_autofree char *rates = NULL, *problems = NULL;

  for (guint i = 0; i < 2 * 1024 * 1024; i++)
    g_string_append_c (data, 'x');
  g_string_append (data, ",0.1\n45,y,0.2\n");
  deck = read_deck (data->str, data->len, NULL);
  rates = rates_to_text (deck);
  problems = problems_to_text (deck);
  g_assert_cmpstr (rates, ==, "45 0.2");
  g_assert_cmpstr (problems, ==, "!2");
}

static void
test_cancel (void)
{
  static const char text[] = "Code,Rate\n44,0.1\n";
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tb_deck_read ((const guint8 *) text, strlen (text), &options, cancellable, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
}

/* ---- the product's own deck ---- */

static TbDecimal
random_money (GRand *random, gboolean may_be_none)
{
  if (may_be_none && g_rand_int_range (random, 0, 3) == 0)
    return TB_DECIMAL_NONE;
  return (TbDecimal) g_rand_int (random) << g_rand_int_range (random, 0, 30);
}

static gint32
random_seconds (GRand *random, gint32 none)
{
  return g_rand_boolean (random) ? none : g_rand_int_range (random, 0, 86400);
}

static char *
random_text (GRand *random)
{
  static const char *const pieces[] = { "'", "=", "+1", "-", "@", "\"", ",", ";", "\n", "\r\n", "\t", " ", "é", "0044", "Manitoba", "|", "\xc2\xa0" };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (random, 0, 5); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static void
randomize_band (GRand *random, TbRateBand *band)
{
  if (g_rand_boolean (random))
    band->days = (guint8) g_rand_int_range (random, 1, 128);
  if (g_rand_int_range (random, 0, 4) == 0)
    {
      band->month = (guint8) g_rand_int_range (random, 1, 13);
      band->day = (guint8) g_rand_int_range (random, 1, 29);
    }
  if (g_rand_boolean (random))
    {
      band->from = g_rand_int_range (random, 0, 86400);
      band->to = g_rand_int_range (random, 1, 86401);
    }
}

static void
randomize_steps (GRand *random, TbRate *rate)
{
  rate->n_steps = (guint) g_rand_int_range (random, 1, 5);
  rate->steps = g_new0 (TbRateStep, rate->n_steps);
  for (guint i = 0; i < rate->n_steps; i++)
    rate->steps[i] = (TbRateStep){ .after = (gint32) i * 30, .per = g_rand_int_range (random, 1, 3600), .increment = g_rand_int_range (random, 1, 600),
                                   .rate = random_money (random, FALSE) };
}

static TbRate *
random_rate (GRand *random, guint number)
{
  TbRate *rate = tb_rate_new ();

  g_free (rate->prefix);
  rate->prefix = number == 0 ? g_strdup ("") : g_strdup_printf ("%u", number);
  rate->description = random_text (random);
  rate->short_description = random_text (random);
  rate->changed = random_text (random);
  rate->rate = random_money (random, FALSE);
  rate->rate2 = random_money (random, TRUE);
  rate->premium_rate = random_money (random, TRUE);
  rate->old_rate = random_money (random, TRUE);
  rate->connect_fee = random_money (random, TRUE);
  rate->min_charge = random_money (random, TRUE);
  rate->max_charge = random_money (random, TRUE);
  rate->initial = random_seconds (random, 0);
  rate->next = random_seconds (random, 0);
  rate->minimum = random_seconds (random, -1);
  rate->grace = random_seconds (random, -1);
  rate->included_seconds = random_seconds (random, 0);
  rate->increment_style = g_rand_boolean (random) ? TB_INCREMENT_MULTIPLE : TB_INCREMENT_FIRST_THEN;
  rate->enabled = g_rand_boolean (random);
  rate->priority = g_rand_int_range (random, -50, 50);
  if (g_rand_boolean (random))
    rate->effective_from = g_rand_int_range (random, 1600000000, 1700000000);
  if (g_rand_boolean (random))
    rate->effective_to = g_rand_int_range (random, 1700000000, 1800000000) / 86400 * 86400 + 5 * 3600;
  if (g_rand_boolean (random))
    randomize_band (random, &rate->band);
  if (g_rand_boolean (random))
    randomize_steps (random, rate);
  return rate;
}

static void
test_own_deck (void)
{
  g_autoptr (TbZone) zone = tb_zone_new ("America/Toronto", NULL);
  TbDeckOptions options = tb_deck_options_default ();
  GRand *random = g_rand_new_with_seed (42);

  options.zone = zone;
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
      g_autofree char *text = NULL, *again = NULL;
      g_autoptr (TbDeck) deck = NULL;

      for (guint i = 0; i < 50; i++)
        g_ptr_array_add (rates, random_rate (random, i));
      text = tb_deck_write (rates, zone);
      deck = read_deck (text, strlen (text), &options);
      for (guint i = 0; i < deck->problems->len; i++)
        if (((TbDeckProblem *) deck->problems->pdata[i])->kind != TB_DECK_BLOCKED)
          g_error ("line %" G_GUINT64_FORMAT ": %s in %s", ((TbDeckProblem *) deck->problems->pdata[i])->line, ((TbDeckProblem *) deck->problems->pdata[i])->reason,
                   ((TbDeckProblem *) deck->problems->pdata[i])->raw);
      g_assert_cmpstr (deck->layout, ==, "tollbook");
      g_assert_cmpuint (deck->rates->len, ==, rates->len);
      again = tb_deck_write (deck->rates, zone);
      g_assert_cmpstr (again, ==, text);
      for (guint i = 0; i < rates->len; i++)
        g_assert_true (tb_rate_equal (rates->pdata[i], deck->rates->pdata[i]));
    }
  g_rand_free (random);
}

/* What people see of it: one rate, written out. */
static void
test_own_text (void)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_rate_free);
  g_autofree char *text = NULL;
  TbRate *rate = tb_rate_new ();

  g_free (rate->prefix);
  rate->prefix = g_strdup ("447");
  rate->description = g_strdup ("UK, mobile");
  rate->rate = TB_DECIMAL_ONE / 100;
  rate->initial = 30;
  rate->next = 6;
  rate->effective_from = (gint64) tb_day_from_ymd (2026, 2, 1) * 86400;
  rate->band = (TbRateBand){ .days = 0x1f, .from = 8 * 3600, .to = 86400 };
  g_ptr_array_add (rates, rate);
  text = tb_deck_write (rates, NULL);
  g_assert_cmpstr (text, ==,
                   OWN_HEADER
                   "447,\"UK, mobile\",,0.01,,30/6,,,,,,2026-02-01,,true,,,,10,,,,,1-5 08:00-24:00,\n");
}

/* ---- the beginning of a file, whatever it means ---- */

static void
test_preview (void)
{
  static const struct
  {
    const char *data;
    gsize len;
    int encoding;
    char separator;
    guint rows, columns;
    const char *cell; /* the last of the last row; NULL = refused */
    const char *why;
  } rows[] = {
    { "a;b\n1;2\n", 8, -1, 0, 2, 2, "2", "as it stands there" },
    { "a;b\n1;2\n", 8, -1, ',', 2, 1, "1;2", "by another separator" },
    { "a|b|c\nx|y|z\n", 12, -1, 0, 2, 3, "z", "what is no deck" },
    { "x;C\364te\n", 7, -1, 0, 1, 2, "C\303\264te", "Windows-1252 found out" },
    { "x;C\303\264te\n", 8, TB_ENCODING_WINDOWS_1252, 0, 1, 2, "C\303\203\302\264te", "said to be Windows-1252" },
    { "x;C\364te\n", 7, TB_ENCODING_UTF8, 0, 0, 0, NULL, "said to be UTF-8, and is not" },
    { "\357\273\277x;y\n", 7, TB_ENCODING_UTF8, 0, 1, 2, "y", "UTF-8 with a mark" },
    { "x\0;\0y\0\n\0", 8, TB_ENCODING_UTF16LE, 0, 1, 2, "y", "UTF-16 without a mark" },
    { "x", 1, TB_ENCODING_UTF16BE, 0, 0, 0, NULL, "half a character" },
    { "", 0, -1, 0, 0, 0, NULL, "nothing" },
    { "%PDF-1.4", 8, -1, 0, 0, 0, NULL, "no text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TbDeckOptions options = tb_deck_options_default ();
      g_autoptr (TbDeckPreview) preview = NULL;

      g_test_message ("%s", rows[i].why);
      options.encoding = rows[i].encoding;
      options.separator = rows[i].separator;
      preview = tb_deck_preview ((const guint8 *) rows[i].data, rows[i].len, &options, NULL);
      g_assert_true ((preview != NULL) == (rows[i].cell != NULL));
      if (preview == NULL)
        continue;
      g_assert_cmpuint (preview->rows->len, ==, rows[i].rows);
      g_assert_cmpuint (preview->n_columns, ==, rows[i].columns);
      g_assert_cmpstr (((TbDeckFirstRow *) preview->rows->pdata[preview->rows->len - 1])->cells[rows[i].columns - 1], ==, rows[i].cell);
    }
}

/* Of a large file only the beginning is taken, and no character is cut. */
static void
test_preview_large (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TbDeckOptions options = tb_deck_options_default ();
  g_autoptr (TbDeckPreview) preview = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%u;\303\264\n", i);
  preview = tb_deck_preview ((const guint8 *) text->str, text->len, &options, NULL);
  g_assert_cmpuint (preview->rows->len, ==, TB_DECK_FIRST_ROWS);
  g_assert_cmpint (preview->encoding, ==, TB_ENCODING_UTF8);
}

/* What each column is taken for can be said again. */
static void
test_column_fields (void)
{
  static const char text[] = "Destination,Code,Rate\nPoland,48,0.02\n";
  g_autoptr (TbDeck) deck = read_deck (text, sizeof text - 1, NULL);
  g_autofree char *fields = g_strjoinv ("|", deck->fields);

  g_assert_cmpstr (fields, ==, "description|prefix|rate");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deck/files", test_files);
  g_test_add_func ("/deck/cases", test_cases);
  g_test_add_func ("/deck/options", test_options);
  g_test_add_func ("/deck/columns-come-back", test_columns_come_back);
  g_test_add_func ("/deck/failures", test_failures);
  g_test_add_func ("/deck/garbage", test_garbage);
  g_test_add_func ("/deck/huge-cells", test_huge_cells);
  g_test_add_func ("/deck/cancel", test_cancel);
  g_test_add_func ("/deck/own", test_own_deck);
  g_test_add_func ("/deck/own-text", test_own_text);
  g_test_add_func ("/deck/preview", test_preview);
  g_test_add_func ("/deck/preview-large", test_preview_large);
  g_test_add_func ("/deck/column-fields", test_column_fields);
  return g_test_run ();
}
