/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-error.h"
#include "tb-trade-codes.h"

static const struct { const char *text, *scheme, *id, *reason; } endpoints[] = {
  { "0088:4006381333931", "0088", "4006381333931", "a GLN" },
  { "0088:4006381333932", NULL, NULL, "its check digit is wrong" },
  { "0088:406381333931", NULL, NULL, "too short for a GLN" },
  { "0208:0428759497", "0208", "0428759497", "a Belgian company" },
  { "0208:0428759498", NULL, NULL, "its check digits are wrong" },
  { "9930:DE123456789", "9930", "DE123456789", "a German VAT number" },
  { "EM:ap@example.com", "EM", "ap@example.com", "by mail" },
  { "EM: ap@example.com ", "EM", "ap@example.com", "blanks around it" },
  { "0000:1", NULL, NULL, "no such scheme" },
  { "00:1", NULL, NULL, "part of a scheme" },
  { "0088 0096:1", NULL, NULL, "two schemes of the list" },
  { "4006381333931", NULL, NULL, "no scheme" },
  { "0088:", NULL, NULL, "no id" },
  { ":1", NULL, NULL, "nothing before the colon" },
};

static void
test_endpoints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      g_autofree char *scheme = NULL, *id = NULL;
      g_autoptr (GError) error = NULL;
      gboolean ok = tb_endpoint_split (endpoints[i].text, &scheme, &id, &error);

      g_test_message ("%s", endpoints[i].reason);
      g_assert_cmpint (ok, ==, endpoints[i].id != NULL);
      g_assert_cmpstr (scheme, ==, endpoints[i].scheme);
      g_assert_cmpstr (id, ==, endpoints[i].id);
      if (!ok)
        g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

static const struct { const char *tax_id, *country, *vat, *endpoint, *reason; } vats[] = {
  { "DE 123 456 789", "DE", "DE123456789", "9930:DE123456789", "written with blanks" },
  { "be0428.759.497", "BE", "BE0428759497", "0208:0428759497", "Belgium: the number in the register" },
  { "BE0428759498", "BE", "BE0428759498", NULL, "wrong there: no address is made of it" },
  { "EL123456789", "GR", "EL123456789", "9933:EL123456789", "Greece writes EL" },
  { "NO923609016MVA", "NO", "NO923609016MVA", "0192:923609016", "Norway: without NO and MVA" },
  { "NO923609017MVA", "NO", "NO923609017MVA", NULL, "a wrong digit" },
  { "SE556036079301", "SE", "SE556036079301", "0007:5560360793", "Sweden: without the branch" },
  { "DK12345674", "DK", "DK12345674", "0184:DK12345674", "Denmark" },
  { "IT12345670017", "IT", "IT12345670017", "0211:IT12345670017", "Italy" },
  { "XI123456789", "GB", "XI123456789", NULL, "Northern Ireland has no scheme" },
  { "CHE-123.456.789 MWST", "CH", "CHE123456789MWST", "9927:CHE123456789MWST", "Switzerland" },
  { "10000 0000 RT0001", "CA", NULL, NULL, "a GST number is no VAT number" },
  { "12-3456789", "US", NULL, NULL, "an EIN" },
  { "RT123456", "CA", NULL, NULL, "led by letters that are no country of the list" },
  { "CA123456", "CA", "CA123456", NULL, "led by its own country" },
  { "DEXYZABC", "DE", NULL, NULL, "no digit" },
  { "", "DE", NULL, NULL, "empty" },
};

static void
test_vat (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vats); i++)
    {
      g_autofree char *vat = tb_vat_id_normalise (vats[i].tax_id, vats[i].country);
      g_autofree char *endpoint = vat != NULL ? tb_endpoint_from_vat (vat) : NULL;

      g_test_message ("%s", vats[i].reason);
      g_assert_cmpstr (vat, ==, vats[i].vat);
      g_assert_cmpstr (endpoint, ==, vats[i].endpoint);
    }
}

static const struct { const char *text; gboolean valid; const char *reason; } ibans[] = {
  { "DE89 3704 0044 0532 0130 00", TRUE, "the registry's example, in groups" },
  { "GB82WEST12345698765432", TRUE, "with letters" },
  { "NO9386011117947", TRUE, "the shortest" },
  { "MT84MALT011000012345MTLCAST001S", TRUE, "31 long" },
  { "DE89 3704 0044 0532 0130 01", FALSE, "one digit wrong" },
  { "DE98 3704 0044 0532 0130 00", FALSE, "check digits swapped" },
  { "8937040044053201300089", FALSE, "no country" },
  { "DE", FALSE, "too short" },
  { "", FALSE, "empty" },
};

static void
test_iban (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ibans); i++)
    {
      g_test_message ("%s", ibans[i].reason);
      g_assert_cmpint (tb_iban_is_valid (ibans[i].text), ==, ibans[i].valid);
    }
}

static const struct { const char *text, *scheme, *number; } registrations[] = {
  { "0106:12345678", "0106", "12345678" },
  { "HRB 12345 B", NULL, "HRB 12345 B" },
  { "RCS: 123", NULL, "RCS: 123" },
};

static void
test_registration (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (registrations); i++)
    {
      g_autofree char *scheme = NULL, *number = NULL;

      tb_registration_split (registrations[i].text, &scheme, &number);
      g_assert_cmpstr (scheme, ==, registrations[i].scheme);
      g_assert_cmpstr (number, ==, registrations[i].number);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trade-codes/endpoints", test_endpoints);
  g_test_add_func ("/trade-codes/vat-numbers", test_vat);
  g_test_add_func ("/trade-codes/ibans", test_iban);
  g_test_add_func ("/trade-codes/registrations", test_registration);
  return g_test_run ();
}
