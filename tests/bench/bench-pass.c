/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "bench-bare.h"
#include "bench-clock.h"
#include "tb-number.h"

/* bench-pass rate BOOKS: the yardstick of rating stored calls. Reads the calls of the product's books in the order of their keys, rates them by
 * bench-bare and inserts the results into the product's table, in one transaction, and knows nothing of calls that were rated before.
 * bench-pass again BOOKS: the same for calls that have ratings: those are deleted first, by their range.
 * bench-pass sums BOOKS: the yardstick of totals: one scan over all ratings, their charges added up by client and put into an array.
 * bench-pass compare BOOKS OTHER: how many results differ between two books; fails when any does. */

static sqlite3 *db;

static void
must (int result)
{
  if (result == SQLITE_OK || result == SQLITE_DONE)
    return;
  fprintf (stderr, "bench-pass: %s\n", sqlite3_errmsg (db));
  exit (1);
}

static void
run (const char *sql)
{
  must (sqlite3_exec (db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *
prepare (const char *sql)
{
  sqlite3_stmt *statement;

  must (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  return statement;
}

static gboolean
step (sqlite3_stmt *statement)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_ROW)
    must (result);
  return result == SQLITE_ROW;
}

static void
read_deck (BareRater *rater)
{
  sqlite3_stmt *row = prepare ("SELECT id, prefix, rate / 1000000, initial, next FROM rate WHERE prefix <> ''");

  while (step (row))
    bare_rater_add (rater, (const char *) sqlite3_column_text (row, 1),
                    (BareRate){ (guint) sqlite3_column_int (row, 0), (guint) sqlite3_column_int (row, 2), (guint8) sqlite3_column_int (row, 3),
                                (guint8) sqlite3_column_int (row, 4) });
  sqlite3_finalize (row);
}

/* Tenants by their id in the books: "t017.…" is the 17th. */
static void
read_tenants (guint tenants[BENCH_TENANTS + 2])
{
  sqlite3_stmt *row = prepare ("SELECT id, name FROM tenant");

  while (step (row))
    tenants[MIN (sqlite3_column_int (row, 0), BENCH_TENANTS + 1)] = (guint) atoi ((const char *) sqlite3_column_text (row, 1) + 1) - 1;
  sqlite3_finalize (row);
}

static void
bind_some (sqlite3_stmt *put, int parameter, gint64 value)
{
  if (value != 0)
    sqlite3_bind_int64 (put, parameter, value);
  else
    sqlite3_bind_null (put, parameter);
}

static void
write_result (sqlite3_stmt *put, gint64 id, guint tenant, const BareRater *rater, const BareRated *rated, const char *callee)
{
  gint64 rate = rated->rate >= 0 ? g_array_index (rater->rates, BareRate, rated->rate).id : 0;
  TbNumber number = TB_NUMBER_EMPTY;

  if (strcmp (callee, rated->number) != 0)
    tb_number_pack (rated->number, -1, &number);
  sqlite3_bind_int64 (put, 1, id);
  sqlite3_bind_int (put, 2, rated->status);
  sqlite3_bind_int (put, 3, (int) tenant + 1);
  bind_some (put, 4, rate);
  bind_some (put, 5, rate);
  bind_some (put, 6, rated->billed > 0 ? tenant % 5 + 1 : 0);
  sqlite3_bind_int (put, 7, TB_NUMBER_RULE_NANP);
  bind_some (put, 8, rated->billed > 0 ? TB_RATE_SOURCE_TARIFF : 0);
  bind_some (put, 9, rated->billed);
  bind_some (put, 10, rated->charge);
  bind_some (put, 11, rated->cost);
  bind_some (put, 12, rated->free);
  sqlite3_bind_int (put, 13, (int) tenant + 1);
  bind_some (put, 14, number);
  must (sqlite3_step (put));
  sqlite3_reset (put);
}

static guint64
rate_all (BareRater *rater)
{
  sqlite3_stmt *row = prepare ("SELECT id, callee, direction, seconds FROM cdr ORDER BY id");
  sqlite3_stmt *put = prepare ("INSERT INTO rated (id, status, service, rate, cost_rate, terms, rule, source, billed, charge, cost, free, client, number) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  guint tenants[BENCH_TENANTS + 2] = { 0 };
  guint64 priced = 0;

  read_tenants (tenants);
  while (step (row))
    {
      gint64 id = sqlite3_column_int64 (row, 0);
      guint tenant = tenants[id >> 47];
      char callee[TB_NUMBER_BUFFER];
      BareRated rated;

      tb_number_unpack (sqlite3_column_int64 (row, 1), callee);
      bare_rate (rater, tenant, (TbDirection) sqlite3_column_int (row, 2), sqlite3_column_int (row, 3), callee, &rated);
      write_result (put, id, tenant, rater, &rated, callee);
      priced += rated.status == TB_CALL_RATED || rated.status == TB_CALL_INCLUDED;
    }
  sqlite3_finalize (row);
  sqlite3_finalize (put);
  return priced;
}

static int
rate_books (const char *path, gboolean again)
{
  double since = bench_wall ();
  BareRater rater;
  guint64 priced;

  must (sqlite3_open (path, &db));
  run ("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; BEGIN");
  bare_rater_init (&rater);
  read_deck (&rater);
  if (again)
    run ("DELETE FROM rated WHERE id > 0");
  priced = rate_all (&rater);
  bare_rater_clear (&rater);
  run ("COMMIT");
  must (sqlite3_close (db));
  bench_report ("pass", since, priced);
  return 0;
}

static int
sum_books (const char *path)
{
  double since = bench_wall ();
  gint64 sums[BENCH_TENANTS + 2] = { 0 };
  sqlite3_stmt *row;
  guint clients = 0;

  must (sqlite3_open (path, &db));
  run ("PRAGMA cache_size=-65536");
  row = prepare ("SELECT client, charge FROM rated ORDER BY id");
  while (step (row))
    sums[CLAMP (sqlite3_column_int (row, 0), 0, BENCH_TENANTS + 1)] += sqlite3_column_int64 (row, 1);
  sqlite3_finalize (row);
  must (sqlite3_close (db));
  for (guint i = 1; i < G_N_ELEMENTS (sums); i++)
    clients += sums[i] > 0;
  bench_report ("sums", since, clients);
  return 0;
}

static int
compare_books (const char *path, const char *other)
{
  sqlite3_stmt *attach, *row;
  gint64 differing;

  must (sqlite3_open (path, &db));
  attach = prepare ("ATTACH ? AS other");
  must (sqlite3_bind_text (attach, 1, other, -1, SQLITE_STATIC));
  step (attach);
  sqlite3_finalize (attach);
  row = prepare ("SELECT count (*) FROM rated a LEFT JOIN other.rated b ON b.id = a.id WHERE b.id IS NULL OR a.status <> b.status "
                 "OR a.charge IS NOT b.charge OR a.cost IS NOT b.cost OR a.billed IS NOT b.billed OR a.free IS NOT b.free");
  step (row);
  differing = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  must (sqlite3_close (db));
  printf ("differing %" G_GINT64_FORMAT "\n", differing);
  return differing == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && (strcmp (argv[1], "rate") == 0 || strcmp (argv[1], "again") == 0))
    return rate_books (argv[2], strcmp (argv[1], "again") == 0);
  if (argc == 3 && strcmp (argv[1], "sums") == 0)
    return sum_books (argv[2]);
  if (argc == 4 && strcmp (argv[1], "compare") == 0)
    return compare_books (argv[2], argv[3]);
  fprintf (stderr, "usage: %s rate|again|sums BOOKS | compare BOOKS OTHER\n", argv[0]);
  return 2;
}
