/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-error.h"
#include "tb-remote-review-store.h"
#include "tb-remote-store.h"
#include "tb-test-company.h"
#include "test-books.h"

#define NOW G_GINT64_CONSTANT (1793500000)
#define URL "https://billing.example.com/"

static TbStore *
books_new (void)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("remote-%u", n++);
  g_autofree char *path = test_path (name);

  return tb_test_books_new (path);
}

static gint64
begin (TbStore *store, const char *url, gboolean whole, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbRemotePull) pull = tb_remote_store_begin (store, url, whole, now, now - 1000, &error);

  g_assert_no_error (error);
  return pull->id;
}

static void
end (TbStore *store, gint64 now)
{
  g_autoptr (TbRemotePull) pull = NULL;

  g_assert_true (tb_remote_store_get_pull (store, FALSE, &pull, NULL));
  pull->ended = now;
  g_assert_true (tb_remote_store_note (store, pull, NULL));
}

/* A value whose every member is something. */
static gpointer
filled (const TbMirrorNoun *noun, gint64 id)
{
  gpointer value = tb_mirror_value_new (noun);

  for (guint i = 0; i < noun->n_members; i++)
    {
      const TbMirrorMember *member = &noun->members[i];

      if (member->kind == TB_MIRROR_TEXT)
        G_STRUCT_MEMBER (char *, value, member->offset) = g_strdup_printf ("%s é\n%u", member->name, i);
      else if (member->kind == TB_MIRROR_LONG)
        G_STRUCT_MEMBER (gint64, value, member->offset) = i == 0 ? id : -(gint64) i;
      else if (member->kind == TB_MIRROR_PAIRS)
        for (guint j = 0; j < 3; j++)
          g_ptr_array_add (G_STRUCT_MEMBER (GPtrArray *, value, member->offset), tb_mirror_pair_new (9 - j, "n", "v\nw"));
      else
        G_STRUCT_MEMBER (gint32, value, member->offset) = 1;
    }
  return value;
}

static GPtrArray *
list_of (const TbMirrorNoun *noun, gpointer value)
{
  GPtrArray *list = tb_mirror_values_new (noun);

  g_ptr_array_add (list, value);
  return list;
}

/* Every member of every noun comes back; the same again changes nothing; what is not seen is gone, and can come again. */
static void
test_nouns (void)
{
  static const TbMirrorNoun *const nouns[] = { &tb_mirror_currency_noun, &tb_mirror_method_noun,  &tb_mirror_product_noun, &tb_mirror_client_noun,
                                               &tb_mirror_service_noun,  &tb_mirror_invoice_noun, &tb_mirror_payment_noun, &tb_mirror_credit_noun };
  g_autoptr (TbStore) store = books_new ();
  gint64 pull = begin (store, URL, FALSE, NOW);

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      g_autoptr (GPtrArray) one = list_of (nouns[i], filled (nouns[i], 5)), two = list_of (nouns[i], filled (nouns[i], 4)), back = NULL, none = NULL;
      TbRemoteCounts counts = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", nouns[i]->name);
      g_assert_true (tb_remote_store_save (store, nouns[i], TB_REMOTE_WHOLE, one, pull, NOW, &counts, &error));
      g_assert_true (tb_remote_store_save (store, nouns[i], TB_REMOTE_WHOLE, two, pull, NOW, &counts, &error));
      g_assert_true (tb_remote_store_save (store, nouns[i], TB_REMOTE_WHOLE, one, pull, NOW + 1, &counts, &error));
      g_assert_cmpuint (counts.added, ==, 2);
      g_assert_cmpuint (counts.same, ==, 1);
      g_assert_cmpuint (counts.changed, ==, 0);
      back = tb_remote_store_list (store, nouns[i], 0, &error);
      g_assert_cmpuint (back->len, ==, 2);
      g_assert_true (tb_mirror_value_equal (nouns[i], 0, back->pdata[0], two->pdata[0]));
      g_assert_true (tb_mirror_value_equal (nouns[i], 0, back->pdata[1], one->pdata[0]));
      g_assert_true (tb_remote_store_sweep (store, nouns[i], 0, pull + 1, NOW + 2, &counts, &error));
      g_assert_cmpuint (counts.gone, ==, 2);
      none = tb_remote_store_list (store, nouns[i], 0, &error);
      g_assert_cmpuint (none->len, ==, 0);
      g_assert_null (tb_remote_store_get (store, nouns[i], 5, &error));
      g_assert_error (error, TB_ERROR, TB_ERROR_NOT_FOUND);
      g_assert_true (tb_remote_store_save (store, nouns[i], TB_REMOTE_WHOLE, one, pull, NOW + 3, &counts, NULL));
      g_assert_cmpuint (counts.added, ==, 3);
    }
  tb_test_assert_sound (store);
}

/* The list says nothing of what only the details have, and takes nothing of it away. */
static void
test_listed (void)
{
  g_autoptr (TbStore) store = books_new ();
  gint64 pull = begin (store, URL, FALSE, NOW);
  g_autoptr (GPtrArray) whole = list_of (&tb_mirror_client_noun, filled (&tb_mirror_client_noun, 5));
  TbMirrorClient *listed = tb_mirror_value_copy (&tb_mirror_client_noun, whole->pdata[0]);
  g_autoptr (GPtrArray) list = list_of (&tb_mirror_client_noun, listed);
  g_autoptr (TbMirrorClient) back = NULL;
  g_autoptr (GHashTable) reads = NULL;
  TbRemoteCounts counts = { 0 };

  g_assert_true (tb_remote_store_save (store, &tb_mirror_client_noun, TB_REMOTE_WHOLE, whole, pull, NOW, NULL, NULL));
  g_clear_pointer (&listed->city, g_free);
  g_ptr_array_set_size (listed->fields, 0);
  g_assert_true (tb_remote_store_save (store, &tb_mirror_client_noun, TB_REMOTE_LISTED, list, pull, NOW + 5, &counts, NULL));
  g_assert_cmpuint (counts.same, ==, 1);
  g_free (listed->email);
  listed->email = g_strdup ("new@example.com");
  g_assert_true (tb_remote_store_save (store, &tb_mirror_client_noun, TB_REMOTE_LISTED, list, pull, NOW + 6, &counts, NULL));
  g_assert_cmpuint (counts.changed, ==, 1);
  back = tb_remote_store_get (store, &tb_mirror_client_noun, 5, NULL);
  g_assert_cmpstr (back->email, ==, "new@example.com");
  g_assert_cmpstr (back->city, ==, ((TbMirrorClient *) whole->pdata[0])->city);
  g_assert_cmpuint (back->fields->len, ==, 3);
  reads = tb_remote_store_list_reads (store, &tb_mirror_client_noun, NULL);
  g_assert_cmpint (tb_remote_reads_get (reads, 5)->detailed_at, ==, NOW);
  g_assert_cmpint (tb_remote_reads_get (reads, 5)->changed_at, ==, NOW + 6);
  g_assert_null (tb_remote_reads_get (reads, 6));
}

static void
test_pulls (void)
{
  static const struct
  {
    const char *reason, *url;
    gboolean whole, ended;
    gint64 later; /* than the one before */
    gboolean whole_next, continued;
  } rows[] = {
    { "cut short a moment ago", URL, FALSE, FALSE, 10, FALSE, TRUE },
    { "it came to its end", URL, FALSE, TRUE, 10, FALSE, FALSE },
    { "too long ago", URL, FALSE, FALSE, 5000, FALSE, FALSE },
    { "everything is wanted now", URL, FALSE, FALSE, 10, TRUE, FALSE },
    { "more than is wanted now", URL, TRUE, FALSE, 10, FALSE, TRUE },
    { "another WHMCS", "https://other.example.com/", FALSE, FALSE, 10, FALSE, FALSE },
    { "a clock that stands still", URL, FALSE, TRUE, 0, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbStore) store = books_new ();
      gint64 first = begin (store, rows[i].url, rows[i].whole, NOW), second;
      g_autoptr (TbRemotePull) last = NULL;

      if (rows[i].ended)
        end (store, NOW);
      second = begin (store, URL, rows[i].whole_next, NOW + rows[i].later);
      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (second == first, ==, rows[i].continued);
      g_assert_true (tb_remote_store_get_pull (store, FALSE, &last, NULL));
      g_assert_true (rows[i].continued || last->began > NOW);
    }
}

/* What people decided comes back, and a second word replaces the first. */
static void
test_review (void)
{
  g_autoptr (TbStore) store = books_new ();
  TbRemoteChoice choice = { 2, TB_CLIENT_EMAIL, (char *) "a", (char *) "b", NOW };
  g_autoptr (GPtrArray) choices = NULL, none = NULL;
  g_autoptr (GHashTable) agreed = NULL, ignored = NULL, services = NULL, payments = NULL;
  TbPaymentStatus payment = { .invoice_id = 1, .state = TB_PAYMENT_OPEN, .total = 10 };
  gint64 seven = 7;

  g_assert_true (tb_remote_review_choose_ours (store, &choice, NULL));
  choice.theirs = (char *) "c";
  g_assert_true (tb_remote_review_choose_ours (store, &choice, NULL));
  choices = tb_remote_review_list_choices (store, NULL);
  g_assert_cmpuint (choices->len, ==, 1);
  g_assert_cmpstr (((TbRemoteChoice *) choices->pdata[0])->theirs, ==, "c");
  g_assert_true (tb_remote_review_drop_choice (store, 2, TB_CLIENT_EMAIL, NULL));
  none = tb_remote_review_list_choices (store, NULL);
  g_assert_cmpuint (none->len, ==, 0);

  g_assert_true (tb_remote_review_agree (store, 2, TB_CLIENT_TAX_ID, "1", NULL));
  g_assert_true (tb_remote_review_agree (store, 2, TB_CLIENT_TAX_ID, NULL, NULL));
  agreed = tb_remote_review_list_agreed (store, NULL);
  g_assert_true (((TbAgreed *) g_hash_table_lookup (agreed, GUINT_TO_POINTER (2)))[TB_CLIENT_TAX_ID].known);
  g_assert_null (((TbAgreed *) g_hash_table_lookup (agreed, GUINT_TO_POINTER (2)))[TB_CLIENT_TAX_ID].value);

  g_assert_true (tb_remote_review_ignore (store, TB_REMOTE_SERVICE, 7, TRUE, NULL));
  g_assert_true (tb_remote_review_ignore (store, TB_REMOTE_SERVICE, 7, TRUE, NULL));
  ignored = tb_remote_review_list_ignored (store, TB_REMOTE_SERVICE, NULL);
  g_assert_true (g_hash_table_contains (ignored, &seven));
  g_assert_true (tb_remote_review_link_service (store, 7, 1, NULL));
  services = tb_remote_review_list_services (store, NULL);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (services, &seven)), ==, 1);

  tb_test_exec (store, "INSERT INTO invoice (id, number, state, client, currency, period_start, period_end, year, month, due_days, net, tax, total, frozen) "
                       "SELECT id, 'INV-' || id, 1, id, currency, 0, 30, 2026, 10, 14, 0, 0, 0, '' FROM client WHERE key = 'C1'");
  g_assert_true (tb_payment_status_store_save (store, &payment, NOW, NULL));
  payment.paid = 4;
  g_assert_true (tb_payment_status_store_save (store, &payment, NOW + 5, NULL));
  payments = tb_payment_status_store_list (store, NULL);
  g_assert_cmpint (((TbPaymentStatus *) g_hash_table_lookup (payments, GUINT_TO_POINTER (1)))->since, ==, NOW);
  g_assert_cmpint (((TbPaymentStatus *) g_hash_table_lookup (payments, GUINT_TO_POINTER (1)))->read_at, ==, NOW + 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/nouns", test_nouns);
  g_test_add_func ("/remote/listed", test_listed);
  g_test_add_func ("/remote/pulls", test_pulls);
  g_test_add_func ("/remote/review", test_review);
  return test_run_in_folder ();
}
