/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-billing-run.h"
#include "tb-call-group-store.h"
#include "tb-call-store.h"
#include "tb-call-view-store.h"
#include "tb-clock.h"
#include "tb-error.h"
#include "tb-rating-run.h"
#include "tb-report-store.h"
#include "tb-test-company.h"
#include "test-books.h"

#define OCTOBER G_GINT64_CONSTANT (1790899200) /* 2026-10-02T00:00:00Z */
#define CALLS 60

static const char *const tenants[] = { "acme", "beta", "gamma", "delta", "unknown" };
static const char *const callees[] = { "12045550142", "14165550117", "442079460018", "*97", "99" };

static void
make_call (guint i, char uid[16], TbCall *ret)
{
  g_snprintf (uid, 16, "call-%03u", i);
  *ret = tb_test_call (uid, tenants[i % 5], OCTOBER + (i * 37 % CALLS) * 40000, callees[i / 5 % 5], i % 9 == 0 ? 0 : 20 + (gint32) i * 3);
}

static void
add_calls (TbStore *store, const guint *order, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      char uid[16];
      TbCall call;

      make_call (order[i], uid, &call);
      tb_test_import (store, &call, 1);
    }
}

static TbRatingCounts
rate (TbStore *store, gint64 from, gint64 to, gboolean again)
{
  g_autoptr (GError) error = NULL;
  TbRatingCounts counts = { .rated = 0 };

  tb_rating_run (store, from, to, again, &counts, NULL, &error);
  g_assert_no_error (error);
  tb_rating_counts_clear (&counts);
  return counts;
}

/* What every call came to, by uid. */
static char *
results_of (TbStore *store)
{
  return tb_test_query_text (store, "SELECT group_concat(line, char(10)) FROM (SELECT c.uid || ' ' || r.status || ' ' || coalesce(r.service, 0) || ' ' || "
                                    "coalesce(r.billed, 0) || ' ' || coalesce(r.free, 0) || ' ' || coalesce(r.charge, 0) || ' ' || coalesce(r.cost, 0) "
                                    "AS line FROM cdr c JOIN rated r ON r.id = c.id ORDER BY c.uid)");
}

static TbStore *
new_books (const char *name)
{
  g_autofree char *path = test_path (name);

  return tb_test_books_new (path);
}

static void
shuffle (guint order[CALLS], guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < CALLS; i++)
    order[i] = i;
  for (guint i = CALLS - 1; seed != 0 && i > 0; i--)
    {
      guint other = (guint) g_rand_int_range (random, 0, (gint32) i + 1), kept = order[i];

      order[i] = order[other];
      order[other] = kept;
    }
}

/* The included minutes are shared out by (start, uid), however the calls come and whenever they are rated. */
static void
test_order (void)
{
  g_autofree char *reference = NULL;

  for (guint32 seed = 0; seed < 8; seed++)
    {
      g_autofree char *name = g_strdup_printf ("order-%u", seed);
      g_autofree char *results = NULL;
      g_autoptr (TbStore) store = new_books (name);
      guint order[CALLS], step = seed == 0 ? CALLS : 1 + seed * 5;

      shuffle (order, seed);
      for (guint i = 0; i < CALLS; i += step)
        {
          add_calls (store, order + i, MIN (step, CALLS - i));
          rate (store, 0, 0, FALSE);
        }
      results = results_of (store);
      if (reference == NULL)
        {
          reference = g_strdup (results);
          g_assert_cmpint (tb_test_query_int (store, "SELECT sum(free) FROM rated"), ==, 600); /* the pool is drunk empty, by two services */
        }
      g_assert_cmpstr (results, ==, reference);
      g_assert_cmpuint (rate (store, 0, 0, FALSE).rated, ==, 0); /* nothing is left */
      g_assert_cmpuint (rate (store, 0, 0, TRUE).changed, ==, 0);
      tb_test_assert_sound (store);
    }
}

/* A call that moves out of a period gives its included minutes back to those that stayed. */
static void
test_moved (void)
{
  g_autoptr (TbStore) store = new_books ("moved");
  TbCall first = tb_test_call ("first", "beta", OCTOBER, "12045550142", 600);
  TbCall second = tb_test_call ("second", "delta", OCTOBER + 3600, "12045550142", 600);

  tb_test_import (store, &first, 1);
  tb_test_import (store, &second, 1);
  rate (store, 0, 0, FALSE);
  g_assert_cmpint (tb_test_query_int (store, "SELECT coalesce(sum(free), 0) FROM rated WHERE service = 4"), ==, 0);
  first.start += 40 * 86400; /* the PBX had the date wrong */
  g_assert_cmpuint (tb_test_import (store, &first, 1).changed, ==, 1);
  rate (store, 0, 0, FALSE);
  g_assert_cmpint (tb_test_query_int (store, "SELECT free FROM rated WHERE service = 4"), ==, 600);
  g_assert_cmpint (tb_test_query_int (store, "SELECT free FROM rated WHERE service = 2"), ==, 600);
  g_assert_cmpuint (rate (store, 0, 0, FALSE).rated, ==, 0);
  tb_test_assert_sound (store);
}

/* Only the days asked for are rated. */
static void
test_range (void)
{
  g_autoptr (TbStore) store = new_books ("range");
  guint order[CALLS];

  shuffle (order, 0);
  add_calls (store, order, CALLS);
  rate (store, OCTOBER + 400000, OCTOBER + 800000, FALSE);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated"), ==, 10);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated WHERE (id / 32768) % 4294967296 NOT BETWEEN 1791299200 AND 1791699199"), ==, 0);
  rate (store, 0, 0, FALSE);
  g_assert_cmpint (tb_test_query_int (store, "SELECT count(*) FROM rated"), ==, CALLS);
}

/* Cancelled: what was committed stays, the next run goes on, and the end is the same. */
static void
test_cancelled (void)
{
  g_autoptr (TbStore) store = new_books ("cancelled");
  g_autoptr (TbJob) job = tb_job_new ("rate");
  g_autoptr (GError) error = NULL;
  TbRatingCounts counts;
  guint order[CALLS];

  shuffle (order, 0);
  add_calls (store, order, CALLS);
  tb_job_cancel (job);
  g_assert_false (tb_rating_run (store, 0, 0, FALSE, &counts, job, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_CANCELLED);
  g_assert_false (tb_db_in_transaction (tb_store_get_db (store)));
  tb_test_assert_sound (store);
  g_assert_cmpuint (rate (store, 0, 0, FALSE).rated, ==, CALLS);
}

/* ---- sums ---- */

static void
assert_sums (const TbCallSums *sums, TbStore *store, const char *where)
{
  g_autofree char *calls = g_strdup_printf ("SELECT count(*) FROM cdr c JOIN rated r ON r.id = c.id WHERE %s", where);
  g_autofree char *seconds = g_strdup_printf ("SELECT coalesce(sum(c.seconds), 0) FROM cdr c JOIN rated r ON r.id = c.id WHERE %s", where);
  g_autofree char *charges = g_strdup_printf ("SELECT coalesce(sum(r.charge), 0) FROM cdr c JOIN rated r ON r.id = c.id WHERE %s", where);
  gint64 sum = 0;

  for (guint i = 0; i < sums->charges->len; i++)
    sum += g_array_index (sums->charges, TbMoney, i).amount;
  g_assert_cmpint (sums->calls, ==, tb_test_query_int (store, calls));
  g_assert_cmpint (sums->seconds, ==, tb_test_query_int (store, seconds));
  g_assert_cmpint (sum, ==, tb_test_query_int (store, charges));
}

static gboolean
count_row (const TbCallRow *row, gpointer data, GError **error)
{
  (*(guint *) data)++;
  return TRUE;
}

/* Lists narrowed in every way, against plain SQL. */
static void
test_lists (void)
{
  const struct
  {
    TbCallFilter filter;
    const char *where;
  } table[] = {
    { { 0 }, "1" },
    { { .from = OCTOBER + 400000, .to = OCTOBER + 800000 }, "(c.id / 32768) % 4294967296 BETWEEN 1791299200 AND 1791699199" },
    { { .from = OCTOBER + 800000 }, "(c.id / 32768) % 4294967296 >= 1791699200" },
    { { .client = (char *) "C2" }, "r.client = 2" },
    { { .client = (char *) "nobody" }, "0" },
    { { .tenant = (char *) "gamma" }, "r.service = 3" },
    { { .connection = (char *) "pbx1", .statuses = 1u << TB_CALL_INCLUDED }, "r.status = 2" },
    { { .connection = (char *) "pbx2" }, "0" },
    { { .statuses = 1u << TB_CALL_RATED | 1u << TB_CALL_NO_RATE }, "r.status IN (1, 13)" },
    { { .number = (char *) "5550142" }, "c.callee = 112045550142" }, /* part of it */
    { { .number = (char *) "44*" }, "c.callee = 1442079460018" },
    { { .number = (char *) "?6" }, "0" }, /* of the whole number */
    { { .direction = TB_DIRECTION_INBOUND }, "0" },
    { { .uid = (char *) "call-007" }, "c.uid = CAST('tcall-007' AS BLOB)" },
  };
  g_autoptr (TbStore) store = new_books ("lists");
  guint order[CALLS];

  shuffle (order, 3);
  add_calls (store, order, CALLS);
  rate (store, 0, 0, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (TbCallOrder by = TB_CALLS_BY_START; by <= TB_CALLS_BY_CALLEE; by++)
      {
        TbCallSums sums = { 0 };
        g_autoptr (GError) error = NULL;
        g_autoptr (GArray) up = tb_call_store_list_ids (store, &table[i].filter, by, FALSE, &sums, &error);
        g_autoptr (GArray) down = tb_call_store_list_ids (store, &table[i].filter, by, TRUE, NULL, &error);
        guint visited = 0;

        g_test_message ("%s", table[i].where);
        g_assert_no_error (error);
        g_assert_cmpuint (up->len, ==, sums.calls);
        assert_sums (&sums, store, table[i].where);
        for (guint n = 0; n < up->len; n++)
          g_assert_cmpint (g_array_index (up, gint64, n), ==, g_array_index (down, gint64, up->len - 1 - n));
        g_assert_true (tb_call_store_foreach (store, &table[i].filter, count_row, &visited, &error));
        g_assert_cmpuint (visited, ==, up->len);
        tb_call_sums_clear (&sums);
      }
}

/* Filters as they are typed, against plain SQL; each also turned round, and its own ids must be the rest. */
static const struct
{
  const char *reason, *filter, *where;
} filters[] = {
  { "nothing narrows nothing", "", "1" },
  { "a client's key", "client:C2", "r.client = 2" },
  { "a client's name, capitals do not matter", "client:\"client c2 ltd\"", "r.client = 2" },
  { "a part of the name", "client:*C2*,*C3*", "r.client IN (2, 3)" },
  { "no client", "client:\"\"", "r.client IS NULL" },
  { "nobody is called so", "client:nobody", "0" },
  { "a service", "service:S4", "r.service = 4" },
  { "a package, through the terms", "package:Pool", "r.service IN (2, 4) AND r.terms IS NOT NULL" },
  { "a tariff, through the rate", "tariff:deck", "r.rate IS NOT NULL" },
  { "a tenant", "tenant:acme", "c.id / 140737488355328 = (SELECT id FROM tenant WHERE name = 'acme')" },
  { "a connection", "connection:pbx*", "1" },
  { "another one", "connection:pbx2", "0" },
  { "a time", "start:2026-10-03", "(c.id / 32768) % 4294967296 BETWEEN 1791003600 AND 1791089999" },
  { "before a day of the company's zone", "start<2026-10-03", "(c.id / 32768) % 4294967296 < 1791003600" },
  { "two days", "start:2026-10-03,2026-10-05", "(c.id / 32768) % 4294967296 BETWEEN 1791003600 AND 1791089999 OR (c.id / 32768) % 4294967296 BETWEEN 1791176400 AND 1791262799" },
  { "a beginning of the number", "to:1204*", "c.callee = 112045550142" },
  { "the whole number", "to:442079460018", "c.callee = 1442079460018" },
  { "wildcards of one digit", "to:120455501??", "c.callee = 112045550142" },
  { "an end of it", "to:*0117", "c.callee = 114165550117" },
  { "the middle of it", "to:*20*", "c.callee IN (112045550142, 1442079460018)" },
  { "two digits", "to:??", "c.callee = 199" },
  { "a plus where there is none", "to:+44*", "0" },
  { "the star of a feature code", "to:\\*97", "c.callee < 0" },
  { "any star", "to:*97", "c.callee < 0" },
  { "a number of either side", "5550101", "c.caller = 112045550101" },
  { "either side, not", "not 4420", "c.callee <> 1442079460018" },
  { "the number as rated", "rated-number:44*", "coalesce(r.number, c.callee) = 1442079460018" },
  { "a country", "country:\"united kingdom\"", "coalesce(r.number, c.callee) = 1442079460018" },
  { "a destination", "destination:canada*", "r.rate = (SELECT id FROM rate WHERE prefix = '1204')" },
  { "a prefix", "prefix:44", "r.rate = (SELECT id FROM rate WHERE prefix = '44')" },
  { "a direction", "direction:outbound", "c.direction = 1" },
  { "longer calls", "seconds>60", "c.seconds > 60" },
  { "a range of durations", "seconds:0:30..1:30", "c.seconds BETWEEN 30 AND 90" },
  { "several", "seconds:0,>100", "c.seconds = 0 OR c.seconds > 100" },
  { "what did not ring has no ringing", "ring<10", "c.ring IS NOT NULL" },
  { "and is in none of its ranges", "not ring<10", "c.ring IS NULL" },
  { "billed", "billed>=60", "r.billed >= 60" },
  { "included minutes", "included>0", "r.free > 0" },
  { "a charge", "charge>0.05", "r.charge > 50000000" },
  { "no charge", "charge:0", "coalesce(r.charge, 0) = 0" },
  { "a cost", "cost:..0.01", "coalesce(r.cost, 0) <= 10000000" },
  { "a loss, each in the company's currency", "margin<0", "r.cost_rate IS NOT NULL AND r.charge < r.cost * 1.4 AND r.client <> 3 OR r.client = 3 AND r.charge < r.cost OR r.client = 2 AND r.charge IS NULL AND r.cost > 0" },
  { "a charge's currency", "currency:usd", "r.client = 3 AND r.status IN (1, 2, 3)" },
  { "statuses", "status:included,bad-number", "r.status IN (2, 11)" },
  { "what has no price", "priced:no", "r.status IN (0, 9, 10, 11, 13)" },
  { "on no invoice", "invoice:\"\"", "r.invoice IS NULL" },
  { "whose rate", "source:tariff", "r.source = 4" },
  { "a record", "record:call-007", "c.uid = CAST('tcall-007' AS BLOB)" },
  { "records", "record:call-00?", "c.uid < CAST('tcall-010' AS BLOB)" },
  { "of one of two", "client:C1 or to:44*", "r.client = 1 OR c.callee = 1442079460018" },
  { "of both", "client:C1 to:44*", "r.client = 1 AND c.callee = 1442079460018" },
  { "of what only one table knows and what only the other does", "(client:C1 or seconds>60) to:1*", "(r.client = 1 OR c.seconds > 60) AND c.callee IN (112045550142, 114165550117)" },
  { "not of a group", "not (client:C1 or seconds>60)", "coalesce(r.client, 0) <> 1 AND c.seconds <= 60" },
  { "times that cannot be", "start<2026-10-03 start>2026-10-05", "0" },
  { "times in a choice", "start<2026-10-03 or client:C1", "(c.id / 32768) % 4294967296 < 1791003600 OR r.client = 1" },
  { "an import", "import:1..5", "c.import BETWEEN 1 AND 5" },
  { "rates by their ids", "rate>0", "r.rate IS NOT NULL" },
};

static guint
count_of (TbStore *store, const TbCallWhere *where, TbCallOrder order, TbCallSums *sums)
{
  const TbCallFilter filter = { .where = where };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = tb_call_store_list_ids (store, &filter, order, TRUE, sums, &error);

  g_assert_no_error (error);
  return ids->len;
}

static void
test_where (void)
{
  g_autoptr (TbStore) store = new_books ("where");
  guint order[CALLS];

  shuffle (order, 3);
  add_calls (store, order, CALLS);
  rate (store, 0, 0, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *turned = g_strdup_printf ("not (%s)", filters[i].filter);
      g_autoptr (GError) error = NULL;
      g_autoptr (TbCallWhere) where = tb_call_where_parse (filters[i].filter, &error);
      g_autoptr (TbCallWhere) rest = *filters[i].filter != '\0' ? tb_call_where_parse (turned, &error) : NULL;
      TbCallFilter filter = { .where = where };
      TbCallSums sums = { 0 };
      guint visited = 0;
      guint64 counted;

      g_test_message ("%s: %s", filters[i].reason, filters[i].filter);
      g_assert_no_error (error);
      g_assert_cmpuint (count_of (store, where, TB_CALLS_BY_START, &sums), ==, sums.calls);
      assert_sums (&sums, store, filters[i].where);
      g_assert_cmpuint (count_of (store, where, TB_CALLS_BY_DESTINATION, NULL), ==, sums.calls);
      if (rest != NULL)
        g_assert_cmpuint (count_of (store, rest, TB_CALLS_BY_MARGIN, NULL), ==, CALLS - sums.calls);
      g_assert_true (tb_call_store_foreach (store, &filter, count_row, &visited, &error));
      g_assert_cmpuint (visited, ==, sums.calls);
      g_assert_true (tb_call_store_count_matching (store, &filter, &counted, &error));
      g_assert_cmpuint (counted, ==, sums.calls);
      tb_call_sums_clear (&sums);
    }
}

/* Groups are all calls once, each with what plain SQL says of it; a day is one of the company's. */
static const struct
{
  TbCallsGroupBy by;
  const char *key, *where;
} groups[] = {
  { TB_CALLS_GROUP_CLIENT, "C2", "r.client = 2" },
  { TB_CALLS_GROUP_CLIENT, "", "r.client IS NULL" },
  { TB_CALLS_GROUP_DESTINATION, "United Kingdom", "r.rate = (SELECT id FROM rate WHERE prefix = '44')" },
  { TB_CALLS_GROUP_DESTINATION, "", "r.rate IS NULL" },
  { TB_CALLS_GROUP_DAY, "2026-10-03", "(c.id / 32768) % 4294967296 BETWEEN 1791003600 AND 1791089999" },
};

static void
test_groups (void)
{
  g_autoptr (TbStore) store = new_books ("groups");
  const TbCallFilter filter = { 0 };
  TbCallsMatching matching;
  guint order[CALLS];

  shuffle (order, 3);
  add_calls (store, order, CALLS);
  rate (store, 0, 0, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autoptr (GPtrArray) found = tb_call_store_group (store, &filter, groups[i].by, NULL, NULL, NULL);
      const TbCallGroup *wanted = NULL;
      guint64 calls = 0;

      for (guint k = 0; k < found->len; k++)
        {
          const TbCallGroup *group = found->pdata[k];

          calls += group->sums.calls;
          if (g_str_equal (group->key, groups[i].key))
            wanted = group;
        }
      g_test_message ("%s", groups[i].where);
      g_assert_cmpuint (calls, ==, CALLS);
      g_assert_nonnull (wanted);
      assert_sums (&wanted->sums, store, groups[i].where);
    }
  g_assert_true (tb_call_store_describe_matching (store, &filter, &matching, NULL));
  g_assert_cmpuint (matching.calls, ==, CALLS);
  g_assert_cmpint (matching.first, ==, OCTOBER);
  g_assert_cmpint (matching.last, ==, OCTOBER + (CALLS - 1) * 40000);
  g_assert_cmpstr (matching.client, ==, ""); /* several */
  {
    g_autoptr (TbCallWhere) where = tb_call_where_parse ("service:S4", NULL);
    const TbCallFilter one = { .where = where };

    g_assert_true (tb_call_store_describe_matching (store, &one, &matching, NULL));
    g_assert_cmpstr (matching.client, ==, "C2");
  }
}

/* In each order, what comes later is never before; the other way round it is the same backwards. */
static void
test_orders (void)
{
  static const struct { TbCallOrder order; const char *value; } table[] = {
    { TB_CALLS_BY_START, "(c.id / 32768) % 4294967296" },
    { TB_CALLS_BY_CALLER, "coalesce(c.caller, 0)" },
    { TB_CALLS_BY_CLIENT, "coalesce(r.client, 0)" }, /* their names are in the order of their ids */
    { TB_CALLS_BY_SERVICE, "coalesce(r.service, 0)" },
    { TB_CALLS_BY_TENANT, "(SELECT name FROM tenant WHERE id = c.id / 140737488355328)" },
    { TB_CALLS_BY_DESTINATION, "coalesce((SELECT description FROM rate WHERE id = r.rate), '')" },
    { TB_CALLS_BY_DIRECTION, "c.direction" },
    { TB_CALLS_BY_BILLED, "coalesce(r.billed, 0)" },
    { TB_CALLS_BY_COST, "coalesce(r.cost, 0)" },
    { TB_CALLS_BY_INVOICE, "coalesce(r.invoice, 0)" },
    { TB_CALLS_BY_RING, "coalesce(c.ring, -1)" },
  };
  g_autoptr (TbStore) store = new_books ("orders");
  guint order[CALLS];

  shuffle (order, 3);
  add_calls (store, order, CALLS);
  rate (store, 0, 0, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const TbCallFilter filter = { 0 };
      g_autoptr (GArray) up = tb_call_store_list_ids (store, &filter, table[i].order, FALSE, NULL, NULL);
      g_autoptr (GArray) down = tb_call_store_list_ids (store, &filter, table[i].order, TRUE, NULL, NULL);

      g_test_message ("%s", table[i].value);
      g_assert_cmpuint (up->len, ==, CALLS);
      for (guint n = 0; n < CALLS; n++)
        {
          g_autofree char *pair = g_strdup_printf ("SELECT count(*) FROM (SELECT %s AS v FROM cdr c LEFT JOIN rated r ON r.id = c.id WHERE c.id = %" G_GINT64_FORMAT
                                                   ") a, (SELECT %s AS v FROM cdr c LEFT JOIN rated r ON r.id = c.id WHERE c.id = %" G_GINT64_FORMAT ") b WHERE a.v <= b.v",
                                                   table[i].value, g_array_index (up, gint64, MAX (n, 1) - 1), table[i].value, g_array_index (up, gint64, n));

          g_assert_cmpint (tb_test_query_int (store, pair), ==, 1);
          g_assert_cmpint (g_array_index (up, gint64, n), ==, g_array_index (down, gint64, CALLS - 1 - n));
        }
    }
}

/* One client's figures, read in the client's own ranges, are those that the report of all has. */
static void
assert_alone (TbStore *store, const TbUsageRow *row)
{
  g_autoptr (GPtrArray) alone = tb_report_store_usage (store, 0, 0, row->client, NULL);
  const TbCallFilter filter = { .client = row->client };
  TbCallSums sums;
  g_autoptr (GArray) ids = tb_call_store_list_ids (store, &filter, TB_CALLS_BY_START, FALSE, &sums, NULL);
  const TbUsageRow *found;

  g_assert_cmpuint (alone->len, ==, 1);
  found = alone->pdata[0];
  g_assert_cmpint (found->calls, ==, row->calls);
  g_assert_cmpint (found->billed, ==, row->billed);
  g_assert_cmpint (found->charge.amount, ==, row->charge.amount);
  g_assert_cmpint (found->cost.amount, ==, row->cost.amount);
  g_assert_cmpuint (ids->len, ==, row->calls);
  tb_call_sums_clear (&sums);
}

/* Reports say what adding up by hand says. */
static void
test_reports (void)
{
  g_autoptr (TbStore) store = new_books ("reports");
  g_autoptr (GPtrArray) usage = NULL, days = NULL, unrated = NULL;
  g_autoptr (TbZone) zone = tb_zone_new ("America/Winnipeg", NULL);
  guint64 statuses[TB_CALL_N_STATUS];
  gint64 calls = 0, charge = 0, day_calls = 0, day_charge = 0, lost = 0;
  guint order[CALLS];

  shuffle (order, 3);
  add_calls (store, order, CALLS);
  rate (store, 0, 0, FALSE);
  usage = tb_report_store_usage (store, 0, 0, NULL, NULL);
  for (guint i = 0; i < usage->len; i++)
    {
      calls += ((TbUsageRow *) usage->pdata[i])->calls;
      charge += ((TbUsageRow *) usage->pdata[i])->charge.amount;
      assert_alone (store, usage->pdata[i]);
    }
  g_assert_cmpint (calls, ==, tb_test_query_int (store, "SELECT count(*) FROM rated WHERE client IS NOT NULL"));
  g_assert_cmpint (charge, ==, tb_test_query_int (store, "SELECT sum(charge) FROM rated"));
  days = tb_report_store_days (store, 0, 0, zone, NULL);
  for (guint i = 0; i < days->len; i++)
    {
      day_calls += ((TbDayRow *) days->pdata[i])->calls;
      day_charge += ((TbDayRow *) days->pdata[i])->charge.amount;
    }
  g_assert_cmpint (day_calls, ==, CALLS);
  g_assert_cmpint (day_charge, ==, charge);
  unrated = tb_report_store_unrated (store, 0, 0, NULL);
  for (guint i = 0; i < unrated->len; i++)
    lost += ((TbUnratedRow *) unrated->pdata[i])->calls;
  g_assert_cmpint (lost, ==, tb_test_query_int (store, "SELECT count(*) FROM rated WHERE status IN (0, 9, 10, 11, 13)"));
  g_assert_true (tb_call_store_count_statuses (store, 0, 0, NULL, statuses, NULL));
  for (guint i = 0; i < TB_CALL_N_STATUS; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM rated WHERE status = %u", i);

      g_assert_cmpint (statuses[i], ==, tb_test_query_int (store, sql));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TOLLBOOK_NOW", "2026-11-05T10:00:00Z", TRUE);
  tb_clock_allow_override (TRUE);
  g_test_add_func ("/rating-run/order", test_order);
  g_test_add_func ("/rating-run/moved", test_moved);
  g_test_add_func ("/rating-run/range", test_range);
  g_test_add_func ("/rating-run/cancelled", test_cancelled);
  g_test_add_func ("/rating-run/lists", test_lists);
  g_test_add_func ("/rating-run/where", test_where);
  g_test_add_func ("/rating-run/groups", test_groups);
  g_test_add_func ("/rating-run/orders", test_orders);
  g_test_add_func ("/rating-run/reports", test_reports);
  return test_run_in_folder ();
}
