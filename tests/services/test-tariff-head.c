/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-error.h"
#include "tb-tariff-head.h"
#include "tb-tariff-store.h"
#include "tb-text.h"
#include "test-books.h"

static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);
  g_autoptr (GError) error = NULL;
  TbStore *store = tb_store_create (path, &error);

  g_assert_no_error (error);
  return store;
}

static TbTariff *
new_head (const char *name, const char *currency, const char *zone)
{
  TbTariff *head = tb_tariff_new ();

  g_clear_pointer (&head->rates, g_ptr_array_unref);
  head->name = g_strdup (name);
  tb_set_str (&head->time_zone, zone);
  if (currency != NULL)
    g_assert_true (tb_currency_parse (currency, &head->currency, NULL));
  return head;
}

/* One after the other, in the same books. */
static void
test_heads (void)
{
  static const struct
  {
    gboolean add;
    const char *name, *currency, *zone;
    int code; /* -1 = done */
    const char *why;
  } rows[] = {
    { TRUE, "A-Z", "USD", "America/Toronto", -1, "a new one" },
    { TRUE, "A-Z", "USD", "UTC", TB_ERROR_CONFLICT, "it is there" },
    { TRUE, "", "USD", "UTC", TB_ERROR_INVALID_INPUT, "no name" },
    { TRUE, "B", NULL, "UTC", TB_ERROR_INVALID_INPUT, "no currency" },
    { TRUE, "B", "USD", "Mars/Olympus", TB_ERROR_INVALID_INPUT, "no such zone" },
    { FALSE, "A-Z", "EUR", "Europe/Berlin", -1, "another zone; the currency stays" },
    { FALSE, "B", "USD", "UTC", TB_ERROR_NOT_FOUND, "it is not there" },
    { FALSE, "A-Z", "USD", "Nowhere", TB_ERROR_INVALID_INPUT, "no such zone" },
  };
  g_autoptr (TbStore) store = new_books ("heads.tollbook");
  g_autoptr (TbTariff) last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbTariff) head = new_head (rows[i].name, rows[i].currency, rows[i].zone);
      g_autoptr (GError) error = NULL;
      gboolean ok;

      g_test_message ("%s", rows[i].why);
      head->rounding.decimals = 4;
      head->band = TB_BAND_SPLIT;
      ok = (rows[i].add ? tb_tariff_head_add : tb_tariff_head_change) (store, head, NULL, &error);
      g_assert_true (ok == (rows[i].code < 0));
      if (!ok)
        g_assert_error (error, TB_ERROR, rows[i].code);
      g_assert_false (tb_db_in_transaction (tb_store_get_db (store)));
    }
  last = tb_tariff_store_load (store, "A-Z", NULL);
  g_assert_cmpstr (tb_currency_to_string (last->currency), ==, "USD");
  g_assert_cmpstr (last->time_zone, ==, "Europe/Berlin");
  g_assert_cmpuint (last->version, ==, 1);
  g_assert_cmpuint (last->rates->len, ==, 0);
  g_assert_cmpuint (last->rounding.decimals, ==, 4);
  g_assert_cmpint (last->band, ==, TB_BAND_SPLIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tariff-head/heads", test_heads);
  return test_run_in_folder ();
}
