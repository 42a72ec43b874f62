/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-fake-whmcs.h"
#include "tb-mirror.h"
#include "tb-client-match.h"
#include "tb-party.h"
#include "tb-text.h"
#include "tb-whmcs-clients.h"
#include "tb-whmcs-mirror.h"
#include "tb-whmcs-port-talk.h"

/* How a client of ours becomes one of WHMCS, which wants more of him than we have, and is not said to differ when he is read again. */

static const struct
{
  const char *reason, *name, *address /* lines with | */, *country;
  const char *expected; /* "first/last/company; address1/address2/city/state/postcode/country", NULL = refused */
} rows[] = {
  { "as the post of Canada wants it", "Acme Voice Ltd", "1 Main St|Waterloo ON N2L 3G1", "CA", "Acme/Voice Ltd/Acme Voice Ltd; 1 Main St//Waterloo/ON/N2L 3G1/CA" },
  { "with commas", "Acme", "1 Main St|Waterloo, ON, N2L3G1", "CA", "Acme/-/Acme; 1 Main St//Waterloo/ON/N2L3G1/CA" },
  { "a town of several words", "Acme", "1 Main St|Suite 5|New York NY 10001-1234", "US", "Acme/-/Acme; 1 Main St/Suite 5/New York/NY/10001-1234/US" },
  { "Australia", "Acme", "1 Main St|Wagga Wagga NSW 2650", "AU", "Acme/-/Acme; 1 Main St//Wagga Wagga/NSW/2650/AU" },
  { "no postcode", "Acme", "1 Main St|Waterloo ON", "CA", "Acme/-/Acme; 1 Main St//Waterloo ON/-/-/CA" },
  { "of another country: left as it is", "Acme", "Hauptstr. 1|10115 Berlin", "DE", "Acme/-/Acme; Hauptstr. 1//10115 Berlin/-/-/DE" },
  { "a Canadian one elsewhere", "Acme", "1 Main St|Waterloo ON N2L 3G1", "GB", "Acme/-/Acme; 1 Main St//Waterloo ON N2L 3G1/-/-/GB" },
  { "five lines", "Acme", "Acme House|1 Main St|Suite 5|Back door|Waterloo ON N2L 3G1", "CA",
    "Acme/-/Acme; Acme House/1 Main St, Suite 5, Back door/Waterloo/ON/N2L 3G1/CA" },
  { "one line", "Acme", "1 Main St", "CA", "Acme/-/Acme; 1 Main St//-/-/-/CA" },
  { "no address at all", "Acme", NULL, "CA", "Acme/-/Acme; -//-/-/-/CA" },
  { "no country: WHMCS says no", "Acme", NULL, NULL, NULL },
  { "entities and quotes", "Ben & \"Jerry\" <Ltd>", "1 O'Neil St|Waterloo ON N2L 3G1", "CA",
    "Ben/& \"Jerry\" <Ltd>/Ben & \"Jerry\" <Ltd>; 1 O'Neil St//Waterloo/ON/N2L 3G1/CA" },
};

static TbClient *
client_of (guint i)
{
  TbClient *client = tb_client_new ();

  client->key = g_strdup ("C1");
  tb_set_str (&client->name, rows[i].name);
  tb_set_str (&client->email, "ap@example.com");
  tb_set_str (&client->country, rows[i].country);
  client->address = rows[i].address != NULL ? g_strsplit (rows[i].address, "|", -1) : NULL;
  g_assert_true (tb_currency_parse ("USD", &client->currency, NULL));
  return client;
}

static char *
say (const TbWhmcsClient *there)
{
  return g_strdup_printf ("%s/%s/%s; %s/%s/%s/%s/%s/%s", there->first_name, there->last_name, there->company, there->address1, there->address2, there->city, there->state,
                          there->postcode, there->country);
}

static void
assert_same (const TbClient *ours, const TbWhmcsClient *there)
{
  g_autoptr (TbMirrorClient) mirror = tb_mirror_of_client (there);

  for (guint field = 0; field < TB_CLIENT_FIELDS; field++)
    {
      g_autofree char *one = tb_client_field_dup_ours ((TbClientField) field, ours, ours->currency);
      g_autofree char *other = tb_client_field_dup_theirs ((TbClientField) field, mirror);

      if (!tb_client_field_is_same ((TbClientField) field, one, other))
        g_error ("%s: “%s” here and “%s” there", tb_client_field_to_string ((TbClientField) field), one, other);
    }
}

static void
test_new (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (9, TB_FAKE_QUIRK_ENTITIES);
      g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
      TbWhmcsPort *port = tb_whmcs_port_new (talk);
      g_autoptr (TbClient) client = client_of (i);
      g_autoptr (TbWhmcsClient) there = NULL;
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;
      gint64 id = 0;
      TbReply reply = port->add_client (port, client, "TB-X", &id, &error);

      g_test_message ("%s", rows[i].reason);
      tb_whmcs_port_free (port);
      g_assert_cmpint (reply, ==, rows[i].expected != NULL ? TB_REPLY_DONE : TB_REPLY_REFUSED);
      if (rows[i].expected == NULL)
        continue;
      there = tb_whmcs_get_client (talk, id, &error);
      g_assert_no_error (error);
      found = say (there);
      g_assert_cmpstr (found, ==, rows[i].expected);
      assert_same (client, there);
      g_assert_cmpuint (tb_fake_whmcs_count_mails (fake), ==, 0);
    }
}

/* Nothing of the address that was there before is left when ours is to stand. */
static void
test_change (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
      g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
      TbWhmcsPort *port = tb_whmcs_port_new (talk);
      g_autoptr (TbClient) client = client_of (i);
      g_autoptr (TbWhmcsClient) there = NULL;
      g_autoptr (GError) error = NULL;

      if (rows[i].address == NULL)
        {
          tb_whmcs_port_free (port);
          continue;
        }
      client->whmcs_id = tb_fake_whmcs_add_client (fake, "Old", "old@example.com", "USD", 0);
      g_assert_cmpint (port->change_client (port, client, "name,email,country,address,tax_id", &error), ==, TB_REPLY_DONE);
      tb_whmcs_port_free (port);
      there = tb_whmcs_get_client (talk, client->whmcs_id, &error);
      g_assert_no_error (error);
      assert_same (client, there);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/whmcs-port/new", test_new);
  g_test_add_func ("/whmcs-port/change", test_change);
  return g_test_run ();
}
