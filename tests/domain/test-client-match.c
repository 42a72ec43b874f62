/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-client-match.h"
#include "tb-error.h"
#include "tb-payment-status.h"
#include "tb-voip-service.h"

/* ---- who is whom ---- */

/* "id company|first last|email|status" of theirs, "whmcs_id name|email" of ours; blank-separated lists of rows by ';'. */
static GPtrArray *
read_theirs (const char *text)
{
  GPtrArray *list = tb_mirror_values_new (&tb_mirror_client_noun);
  g_auto (GStrv) rows = g_strsplit (text, ";", -1);

  for (char **row = rows; *row != NULL; row++)
    {
      g_auto (GStrv) parts = g_strsplit (*row, "|", -1);
      TbMirrorClient *client = tb_mirror_client_new ();

      client->id = g_ascii_strtoll (parts[0], NULL, 10);
      client->company = *parts[1] != '\0' ? g_strdup (parts[1]) : NULL;
      client->first_name = g_strdup (parts[2]);
      client->email = *parts[3] != '\0' ? g_strdup (parts[3]) : NULL;
      client->status = g_strdup (parts[4] != NULL ? parts[4] : "Active");
      g_ptr_array_add (list, client);
    }
  return list;
}

static GPtrArray *
read_ours (const char *text)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_client_free);
  g_auto (GStrv) rows = g_strsplit (text, ";", -1);

  for (char **row = rows; *row != NULL; row++)
    {
      g_auto (GStrv) parts = g_strsplit (*row, "|", -1);
      TbClient *client = tb_client_new ();

      client->key = g_strdup (parts[0]);
      client->whmcs_id = g_ascii_strtoll (parts[1], NULL, 10);
      client->name = g_strdup (parts[2]);
      client->email = *parts[3] != '\0' ? g_strdup (parts[3]) : NULL;
      g_ptr_array_add (list, client);
    }
  return list;
}

static const struct
{
  const char *reason, *theirs, *ours, *wanted; /* "linked A" … in their order */
} matches[] = {
  { "the id comes first, whatever else is alike", "1|Acme||a@x|", "A|1|Other|other@x;B|0|Acme|a@x", "linked A" },
  { "one e-mail address on each side", "1|Acme||A@X|", "A|0|Other|a@x", "sure A" },
  { "two of theirs with one address", "1|P||a@x|;2|Q||a@x|", "A|0|Z|a@x", "maybe A, maybe A" },
  { "two of ours with one address", "1|P||a@x|", "A|0|Y|a@x;B|0|Z|a@x", "maybe A B" },
  { "a closed one is never sure", "1|P||a@x|Closed", "A|0|Z|a@x", "maybe A" },
  { "a name alone is a guess", "1|ACME, Ltd.||b@x|", "A|0|Acme Ltd|a@x", "maybe A" },
  { "a person's name too", "1|Acme|Ann|b@x|", "A|0|ann|", "maybe A" },
  { "the address before the name", "1|Twin||a@x|;2|Other||a@x|", "N|0|Twin|;M|0|Z|a@x", "maybe M N, maybe M" },
  { "ours that is linked is nobody else's", "2|Acme||a@x|", "A|1|Acme|a@x", "none" },
  { "nothing alike", "1|Acme||a@x|", "B|0|Beta|b@x", "none" },
  { "no address is not an address", "1|P|||", "A|0|Z|", "none" },
  { "no name is not a name", "1||||", "A|0| - |", "none" },
};

static void
test_matches (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      g_autoptr (GPtrArray) theirs = read_theirs (matches[i].theirs), ours = read_ours (matches[i].ours), found = tb_client_match_all (theirs, ours);
      g_autoptr (GString) text = g_string_new (NULL);

      g_test_message ("%s", matches[i].reason);
      for (guint j = 0; j < found->len; j++)
        {
          const TbClientMatch *match = found->pdata[j];

          g_string_append_printf (text, "%s%s", j > 0 ? ", " : "", tb_match_kind_to_string (match->kind));
          if (match->ours != NULL)
            g_string_append_printf (text, " %s", match->ours->key);
          for (guint k = 0; k < match->alike->len; k++)
            g_string_append_printf (text, " %s", ((TbClient *) match->alike->pdata[k])->key);
        }
      g_assert_cmpstr (text->str, ==, matches[i].wanted);
    }
}

static void
test_lost (void)
{
  g_autoptr (GPtrArray) theirs = read_theirs ("1|Acme||a@x|"), ours = read_ours ("A|1|A|;B|2|B|;C|0|C|"), lost = tb_client_match_list_lost (theirs, ours);

  g_assert_cmpuint (lost->len, ==, 1);
  g_assert_cmpstr (((TbClient *) lost->pdata[0])->key, ==, "B");
}

/* ---- what means the same ---- */

static const struct
{
  const char *reason;
  TbClientField field;
  const char *a, *b;
  gboolean same;
} values[] = {
  { "nothing and nothing", TB_CLIENT_TAX_ID, NULL, "", TRUE },
  { "nothing and something", TB_CLIENT_TAX_ID, NULL, "1", FALSE },
  { "blanks in a tax id", TB_CLIENT_TAX_ID, "DE 123-456", "de123456", TRUE },
  { "an address's punctuation", TB_CLIENT_ADDRESS, "1 Main St., Waterloo, ON", "1 Main St, Waterloo ON", TRUE },
  { "another number of the house", TB_CLIENT_ADDRESS, "1 Main St", "11 Main St", FALSE },
  { "case of an address of mail", TB_CLIENT_EMAIL, "AP@Acme.Example", "ap@acme.example", TRUE },
  { "another address of mail", TB_CLIENT_EMAIL, "ap@acme.example", "ar@acme.example", FALSE },
  { "blanks in a name", TB_CLIENT_NAME, "Acme  Ltd", "Acme Ltd", TRUE },
  { "case of a name is on the paper", TB_CLIENT_NAME, "ACME", "Acme", FALSE },
  { "accents are letters", TB_CLIENT_ADDRESS, "Rue de l’Église", "rue de l'église", TRUE },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_test_message ("%s", values[i].reason);
      g_assert_cmpint (tb_client_field_is_same (values[i].field, values[i].a, values[i].b), ==, values[i].same);
      g_assert_cmpint (tb_client_field_is_same (values[i].field, values[i].b, values[i].a), ==, values[i].same);
    }
}

/* Who changed it: by what both said last. */
static const struct
{
  const char *reason, *agreed, *ours, *theirs;
  TbNewer newer;
} newer[] = {
  { "never agreed", NULL, "a", "b", TB_NEWER_UNKNOWN },
  { "we changed it", "b", "a", "b", TB_NEWER_OURS },
  { "they changed it", "a", "a", "b", TB_NEWER_THEIRS },
  { "both did", "c", "a", "b", TB_NEWER_BOTH },
  { "it was nothing before", "", "a", NULL, TB_NEWER_OURS },
};

static void
test_newer (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (newer); i++)
    {
      g_autoptr (TbClient) ours = tb_client_new ();
      g_autoptr (TbMirrorClient) theirs = tb_mirror_client_new ();
      g_autoptr (GPtrArray) found = NULL;
      TbAgreed agreed[TB_CLIENT_FIELDS] = { 0 };
      const TbClientDifference *difference;

      g_test_message ("%s", newer[i].reason);
      ours->tax_id = g_strdup (newer[i].ours);
      theirs->tax_id = g_strdup (newer[i].theirs);
      theirs->currency = g_strdup ("CAD");
      agreed[TB_CLIENT_TAX_ID] = (TbAgreed){ newer[i].agreed != NULL, (char *) newer[i].agreed };
      found = tb_client_compare (ours, 'C' << 16 | 'A' << 8 | 'D', theirs, agreed);
      g_assert_cmpuint (found->len, ==, 1);
      difference = found->pdata[0];
      g_assert_cmpint (difference->field, ==, TB_CLIENT_TAX_ID);
      g_assert_cmpint (difference->newer, ==, newer[i].newer);
    }
}

/* ---- services ---- */

static const struct
{
  const char *reason, *domain, *username, *wanted; /* "tenant; numbers; extensions", NULL = none */
} voips[] = {
  { "FusionPBX", "acme.pbx.example | 15192229000", "2112 | 2113", "acme.pbx.example; 15192229000; 2112,2113" },
  { "Vodia", "acme | 15192229000 | 15192229001 | 40", "15192229000", "acme; 15192229000,15192229001; 40" },
  { "Les.net", "peer7 | 15192229000", "", "peer7; 15192229000; " },
  { "a number as people write it", "acme|+1 (519) 222-9000", NULL, "acme; 15192229000; " },
  { "a log-in is no extension", "acme", "ann", "acme; ; " },
  { "nothing between bars", "acme || ", " | 20 | 20", "acme; ; 20" },
  { "no tenant", " | 15192229000", "20", NULL },
  { "no domain", NULL, "20", NULL },
};

static void
test_voips (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (voips); i++)
    {
      g_autoptr (TbVoipService) voip = tb_voip_service_new (voips[i].domain, voips[i].username);
      g_autofree char *dids = voip != NULL ? g_strjoinv (",", voip->dids) : NULL, *extensions = voip != NULL ? g_strjoinv (",", voip->extensions) : NULL;
      g_autofree char *text = voip != NULL ? g_strdup_printf ("%s; %s; %s", voip->tenant, dids, extensions) : NULL;

      g_test_message ("%s", voips[i].reason);
      g_assert_cmpstr (text, ==, voips[i].wanted);
    }
  g_assert_true (tb_voip_service_is_module ("FusionPBX") && tb_voip_service_is_module ("vodia"));
  g_assert_false (tb_voip_service_is_module ("cpanel") || tb_voip_service_is_module (NULL));
}

/* ---- payments ---- */

static const struct
{
  const char *reason, *status;
  gint64 credit, in, out; /* in units */
  TbPaymentState state;
  gint64 paid, refunded;
} parts[] = {
  { "nothing yet", "Unpaid", 0, 0, 0, TB_PAYMENT_OPEN, 0, 0 },
  { "a part", "Unpaid", 0, 4, 0, TB_PAYMENT_PARTLY, 4, 0 },
  { "a part from credit", "Unpaid", 3, 0, 0, TB_PAYMENT_PARTLY, 3, 0 },
  { "a part, taken back", "Unpaid", 0, 4, 4, TB_PAYMENT_OPEN, 0, 4 },
  { "whole", "Paid", 3, 7, 0, TB_PAYMENT_PAID, 10, 0 },
  { "whole, a part given back", "Paid", 0, 10, 2, TB_PAYMENT_PAID, 8, 2 },
  { "given back", "Refunded", 0, 10, 10, TB_PAYMENT_REFUNDED, 0, 10 },
  { "cancelled", "Cancelled", 0, 0, 0, TB_PAYMENT_CANCELLED, 0, 0 },
  { "with a collector", "Collections", 0, 0, 0, TB_PAYMENT_OPEN, 0, 0 },
  { "on its way", "Payment Pending", 0, 1, 0, TB_PAYMENT_PARTLY, 1, 0 },
  { "not published", "Draft", 0, 0, 0, TB_PAYMENT_DRAFT, 0, 0 },
  { "a word that is new to us asks for money", "Escalated", 0, 0, 0, TB_PAYMENT_OPEN, 0, 0 },
};

static TbPaymentStatus
part_of (guint i)
{
  g_autoptr (TbMirrorInvoice) invoice = tb_mirror_invoice_new ();
  g_autoptr (GPtrArray) payments = tb_mirror_values_new (&tb_mirror_payment_noun);
  g_autoptr (GError) error = NULL;
  TbMirrorPayment *its = tb_mirror_payment_new (), *other = tb_mirror_payment_new ();
  TbPaymentStatus payment;

  invoice->id = its->invoice = 7;
  other->invoice = 8;
  other->amount_in = 99 * TB_AMOUNT_ONE;
  invoice->status = g_strdup (parts[i].status);
  invoice->credit = parts[i].credit * TB_AMOUNT_ONE;
  invoice->total = 10 * TB_AMOUNT_ONE;
  its->amount_in = parts[i].in * TB_AMOUNT_ONE;
  its->amount_out = parts[i].out * TB_AMOUNT_ONE;
  g_ptr_array_add (payments, its);
  g_ptr_array_add (payments, other);
  g_assert_true (tb_payment_status_of (invoice, payments, &payment, &error));
  return payment;
}

static void
test_payments (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      TbPaymentStatus payment = part_of (i);

      g_test_message ("%s", parts[i].reason);
      g_assert_cmpint (payment.state, ==, parts[i].state);
      g_assert_cmpint (payment.paid, ==, parts[i].paid * TB_AMOUNT_ONE);
      g_assert_cmpint (payment.refunded, ==, parts[i].refunded * TB_AMOUNT_ONE);
      g_assert_cmpint (tb_payment_state_is_due (payment.state), ==, parts[i].state == TB_PAYMENT_OPEN || parts[i].state == TB_PAYMENT_PARTLY);
    }
}

static const struct
{
  const char *reason;
  TbPaymentState a, b, wanted;
} merges[] = {
  { "both paid", TB_PAYMENT_PAID, TB_PAYMENT_PAID, TB_PAYMENT_PAID },
  { "one paid", TB_PAYMENT_PAID, TB_PAYMENT_OPEN, TB_PAYMENT_PARTLY },
  { "one cancelled counts for nothing", TB_PAYMENT_CANCELLED, TB_PAYMENT_PAID, TB_PAYMENT_PAID },
  { "both cancelled", TB_PAYMENT_CANCELLED, TB_PAYMENT_CANCELLED, TB_PAYMENT_CANCELLED },
  { "one is a draft still", TB_PAYMENT_DRAFT, TB_PAYMENT_OPEN, TB_PAYMENT_OPEN },
  { "one partly", TB_PAYMENT_PARTLY, TB_PAYMENT_OPEN, TB_PAYMENT_PARTLY },
};

static void
test_merges (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (merges); i++)
    for (guint swap = 0; swap < 2; swap++)
      {
        TbPaymentStatus a = { .state = swap ? merges[i].b : merges[i].a, .total = 10 }, b = { .state = swap ? merges[i].a : merges[i].b, .total = 5 }, sum;

        a.paid = a.state == TB_PAYMENT_PARTLY || a.state == TB_PAYMENT_PAID;
        b.paid = b.state == TB_PAYMENT_PARTLY || b.state == TB_PAYMENT_PAID;
        g_test_message ("%s", merges[i].reason);
        g_assert_true (tb_payment_status_merge (&a, &b, &sum, NULL));
        g_assert_cmpint (sum.state, ==, merges[i].wanted);
      }
}

/* ---- rates ---- */

static void
test_rates (void)
{
  static const struct
  {
    const char *reason, *base, *of, *base_rate, *of_rate, *wanted;
  } rows[] = {
    { "from the default currency's own", "CAD", "USD", "1", "0.8", "1.25" },
    { "a default that is another", "CAD", "EUR", "1.4", "0.9", "1.555555555556" },
    { "the same", "CAD", "CAD", "1.4", "1.4", "1" },
    { "one that WHMCS lacks", "CAD", "USD", "1", "0", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) list = tb_mirror_values_new (&tb_mirror_currency_noun);
      TbMirrorCurrency *base = tb_mirror_currency_new (), *of = tb_mirror_currency_new ();
      g_autofree char *text = NULL;
      TbDecimal rate;

      g_ptr_array_add (list, base);
      g_ptr_array_add (list, of);
      tb_currency_parse (rows[i].base, &base->currency, NULL);
      tb_currency_parse (rows[i].of, &of->currency, NULL);
      tb_decimal_parse (rows[i].base_rate, -1, TB_RATE_SCALE, &base->rate, NULL);
      tb_decimal_parse (rows[i].of_rate, -1, TB_RATE_SCALE, &of->rate, NULL);
      g_test_message ("%s", rows[i].reason);
      if (tb_mirror_get_exchange_rate (list, base->currency, of->currency, &rate, NULL))
        text = tb_decimal_format (rate, TB_RATE_SCALE, 0);
      g_assert_cmpstr (text, ==, rows[i].wanted);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client-match/who", test_matches);
  g_test_add_func ("/client-match/lost", test_lost);
  g_test_add_func ("/client-match/values", test_values);
  g_test_add_func ("/client-match/newer", test_newer);
  g_test_add_func ("/client-match/services", test_voips);
  g_test_add_func ("/client-match/payments", test_payments);
  g_test_add_func ("/client-match/parts", test_merges);
  g_test_add_func ("/client-match/rates", test_rates);
  return g_test_run ();
}
