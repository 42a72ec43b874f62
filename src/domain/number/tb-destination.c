/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-destination.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In order of code, as texts. */
static const struct { const char *code, *name; } places[] = {
  { "1", N_ ("North America") }, { "1242", N_ ("Bahamas") }, { "1246", N_ ("Barbados") }, { "1264", N_ ("Anguilla") },
  { "1268", N_ ("Antigua and Barbuda") }, { "1284", N_ ("British Virgin Islands") }, { "1340", N_ ("US Virgin Islands") },
  { "1345", N_ ("Cayman Islands") }, { "1441", N_ ("Bermuda") }, { "1473", N_ ("Grenada") }, { "1649", N_ ("Turks and Caicos Islands") },
  { "1658", N_ ("Jamaica") }, { "1664", N_ ("Montserrat") }, { "1670", N_ ("Northern Mariana Islands") }, { "1671", N_ ("Guam") },
  { "1684", N_ ("American Samoa") }, { "1721", N_ ("Sint Maarten") }, { "1758", N_ ("Saint Lucia") }, { "1767", N_ ("Dominica") },
  { "1784", N_ ("Saint Vincent and the Grenadines") }, { "1787", N_ ("Puerto Rico") }, { "1809", N_ ("Dominican Republic") },
  { "1829", N_ ("Dominican Republic") }, { "1849", N_ ("Dominican Republic") }, { "1868", N_ ("Trinidad and Tobago") },
  { "1869", N_ ("Saint Kitts and Nevis") }, { "1876", N_ ("Jamaica") }, { "1939", N_ ("Puerto Rico") }, { "20", N_ ("Egypt") },
  { "211", N_ ("South Sudan") }, { "212", N_ ("Morocco") }, { "213", N_ ("Algeria") }, { "216", N_ ("Tunisia") }, { "218", N_ ("Libya") },
  { "220", N_ ("Gambia") }, { "221", N_ ("Senegal") }, { "222", N_ ("Mauritania") }, { "223", N_ ("Mali") }, { "224", N_ ("Guinea") },
  { "225", N_ ("Côte d’Ivoire") }, { "226", N_ ("Burkina Faso") }, { "227", N_ ("Niger") }, { "228", N_ ("Togo") },
  { "229", N_ ("Benin") }, { "230", N_ ("Mauritius") }, { "231", N_ ("Liberia") }, { "232", N_ ("Sierra Leone") },
  { "233", N_ ("Ghana") }, { "234", N_ ("Nigeria") }, { "235", N_ ("Chad") }, { "236", N_ ("Central African Republic") },
  { "237", N_ ("Cameroon") }, { "238", N_ ("Cabo Verde") }, { "239", N_ ("São Tomé and Príncipe") }, { "240", N_ ("Equatorial Guinea") },
  { "241", N_ ("Gabon") }, { "242", N_ ("Congo") }, { "243", N_ ("Congo (DR)") }, { "244", N_ ("Angola") },
  { "245", N_ ("Guinea-Bissau") }, { "246", N_ ("Diego Garcia") }, { "247", N_ ("Ascension") }, { "248", N_ ("Seychelles") },
  { "249", N_ ("Sudan") }, { "250", N_ ("Rwanda") }, { "251", N_ ("Ethiopia") }, { "252", N_ ("Somalia") }, { "253", N_ ("Djibouti") },
  { "254", N_ ("Kenya") }, { "255", N_ ("Tanzania") }, { "256", N_ ("Uganda") }, { "257", N_ ("Burundi") }, { "258", N_ ("Mozambique") },
  { "260", N_ ("Zambia") }, { "261", N_ ("Madagascar") }, { "262", N_ ("Réunion") }, { "263", N_ ("Zimbabwe") },
  { "264", N_ ("Namibia") }, { "265", N_ ("Malawi") }, { "266", N_ ("Lesotho") }, { "267", N_ ("Botswana") }, { "268", N_ ("Eswatini") },
  { "269", N_ ("Comoros") }, { "27", N_ ("South Africa") }, { "290", N_ ("Saint Helena") }, { "291", N_ ("Eritrea") },
  { "297", N_ ("Aruba") }, { "298", N_ ("Faroe Islands") }, { "299", N_ ("Greenland") }, { "30", N_ ("Greece") },
  { "31", N_ ("Netherlands") }, { "32", N_ ("Belgium") }, { "33", N_ ("France") }, { "34", N_ ("Spain") }, { "350", N_ ("Gibraltar") },
  { "351", N_ ("Portugal") }, { "352", N_ ("Luxembourg") }, { "353", N_ ("Ireland") }, { "354", N_ ("Iceland") },
  { "355", N_ ("Albania") }, { "356", N_ ("Malta") }, { "357", N_ ("Cyprus") }, { "358", N_ ("Finland") }, { "359", N_ ("Bulgaria") },
  { "36", N_ ("Hungary") }, { "370", N_ ("Lithuania") }, { "371", N_ ("Latvia") }, { "372", N_ ("Estonia") }, { "373", N_ ("Moldova") },
  { "374", N_ ("Armenia") }, { "375", N_ ("Belarus") }, { "376", N_ ("Andorra") }, { "377", N_ ("Monaco") }, { "378", N_ ("San Marino") },
  { "380", N_ ("Ukraine") }, { "381", N_ ("Serbia") }, { "382", N_ ("Montenegro") }, { "383", N_ ("Kosovo") }, { "385", N_ ("Croatia") },
  { "386", N_ ("Slovenia") }, { "387", N_ ("Bosnia and Herzegovina") }, { "389", N_ ("North Macedonia") }, { "39", N_ ("Italy") },
  { "40", N_ ("Romania") }, { "41", N_ ("Switzerland") }, { "420", N_ ("Czechia") }, { "421", N_ ("Slovakia") },
  { "423", N_ ("Liechtenstein") }, { "43", N_ ("Austria") }, { "44", N_ ("United Kingdom") }, { "45", N_ ("Denmark") },
  { "46", N_ ("Sweden") }, { "47", N_ ("Norway") }, { "48", N_ ("Poland") }, { "49", N_ ("Germany") }, { "500", N_ ("Falkland Islands") },
  { "501", N_ ("Belize") }, { "502", N_ ("Guatemala") }, { "503", N_ ("El Salvador") }, { "504", N_ ("Honduras") },
  { "505", N_ ("Nicaragua") }, { "506", N_ ("Costa Rica") }, { "507", N_ ("Panama") }, { "508", N_ ("Saint Pierre and Miquelon") },
  { "509", N_ ("Haiti") }, { "51", N_ ("Peru") }, { "52", N_ ("Mexico") }, { "53", N_ ("Cuba") }, { "54", N_ ("Argentina") },
  { "55", N_ ("Brazil") }, { "56", N_ ("Chile") }, { "57", N_ ("Colombia") }, { "58", N_ ("Venezuela") }, { "590", N_ ("Guadeloupe") },
  { "591", N_ ("Bolivia") }, { "592", N_ ("Guyana") }, { "593", N_ ("Ecuador") }, { "594", N_ ("French Guiana") },
  { "595", N_ ("Paraguay") }, { "596", N_ ("Martinique") }, { "597", N_ ("Suriname") }, { "598", N_ ("Uruguay") },
  { "599", N_ ("Curaçao and Caribbean Netherlands") }, { "60", N_ ("Malaysia") }, { "61", N_ ("Australia") }, { "62", N_ ("Indonesia") },
  { "63", N_ ("Philippines") }, { "64", N_ ("New Zealand") }, { "65", N_ ("Singapore") }, { "66", N_ ("Thailand") },
  { "670", N_ ("Timor-Leste") }, { "672", N_ ("Norfolk Island and Antarctica") }, { "673", N_ ("Brunei") }, { "674", N_ ("Nauru") },
  { "675", N_ ("Papua New Guinea") }, { "676", N_ ("Tonga") }, { "677", N_ ("Solomon Islands") }, { "678", N_ ("Vanuatu") },
  { "679", N_ ("Fiji") }, { "680", N_ ("Palau") }, { "681", N_ ("Wallis and Futuna") }, { "682", N_ ("Cook Islands") },
  { "683", N_ ("Niue") }, { "685", N_ ("Samoa") }, { "686", N_ ("Kiribati") }, { "687", N_ ("New Caledonia") }, { "688", N_ ("Tuvalu") },
  { "689", N_ ("French Polynesia") }, { "690", N_ ("Tokelau") }, { "691", N_ ("Micronesia") }, { "692", N_ ("Marshall Islands") },
  { "7", N_ ("Russia") }, { "76", N_ ("Kazakhstan") }, { "77", N_ ("Kazakhstan") }, { "800", N_ ("International freephone") },
  { "808", N_ ("International shared cost") }, { "81", N_ ("Japan") }, { "82", N_ ("South Korea") }, { "84", N_ ("Vietnam") },
  { "850", N_ ("North Korea") }, { "852", N_ ("Hong Kong") }, { "853", N_ ("Macao") }, { "855", N_ ("Cambodia") }, { "856", N_ ("Laos") },
  { "86", N_ ("China") }, { "870", N_ ("Inmarsat satellite") }, { "878", N_ ("Universal personal numbers") },
  { "880", N_ ("Bangladesh") }, { "881", N_ ("Satellite") }, { "8816", N_ ("Iridium satellite") }, { "8817", N_ ("Iridium satellite") },
  { "8818", N_ ("Globalstar satellite") }, { "8819", N_ ("Globalstar satellite") }, { "882", N_ ("International networks") },
  { "883", N_ ("International networks") }, { "886", N_ ("Taiwan") }, { "888", N_ ("Disaster relief") }, { "90", N_ ("Turkey") },
  { "91", N_ ("India") }, { "92", N_ ("Pakistan") }, { "93", N_ ("Afghanistan") }, { "94", N_ ("Sri Lanka") }, { "95", N_ ("Myanmar") },
  { "960", N_ ("Maldives") }, { "961", N_ ("Lebanon") }, { "962", N_ ("Jordan") }, { "963", N_ ("Syria") }, { "964", N_ ("Iraq") },
  { "965", N_ ("Kuwait") }, { "966", N_ ("Saudi Arabia") }, { "967", N_ ("Yemen") }, { "968", N_ ("Oman") }, { "970", N_ ("Palestine") },
  { "971", N_ ("United Arab Emirates") }, { "972", N_ ("Israel") }, { "973", N_ ("Bahrain") }, { "974", N_ ("Qatar") },
  { "975", N_ ("Bhutan") }, { "976", N_ ("Mongolia") }, { "977", N_ ("Nepal") }, { "979", N_ ("International premium rate") },
  { "98", N_ ("Iran") }, { "992", N_ ("Tajikistan") }, { "993", N_ ("Turkmenistan") }, { "994", N_ ("Azerbaijan") },
  { "995", N_ ("Georgia") }, { "996", N_ ("Kyrgyzstan") }, { "998", N_ ("Uzbekistan") },
};

/* Digits behind the code that tell networks apart: NANP's area, the operator of 881, 882 and 883. */
static const struct { const char *code; guint more; } divided[] = { { "1", 3 }, { "881", 1 }, { "882", 2 }, { "883", 3 } };

/* Of all codes that the number begins with the longest, or the shortest. */
static const char *
find (const char *number, gboolean longest, guint *ret_length)
{
  const char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (number, places[i].code) && (longest || name == NULL))
      {
        name = places[i].name;
        *ret_length = (guint) strlen (places[i].code);
      }
  return name;
}

guint
tb_destination_get_length (const char *number)
{
  guint length;

  if (find (number, FALSE, &length) == NULL)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (divided); i++)
    if (g_str_has_prefix (number, divided[i].code))
      length = (guint) strlen (divided[i].code) + divided[i].more;
  return (guint) MIN (length, strlen (number));
}

const char *
tb_destination_get_name (const char *number)
{
  guint length;
  const char *name = find (number, TRUE, &length);

  return name != NULL ? _(name) : NULL;
}
