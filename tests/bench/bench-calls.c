/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-clock.h"
#include "tb-call-store.h"

/* bench-calls BOOKS: lists of calls as the workstation asks for them, beside bare queries of the same rows in the same file, in turns. For each: when
 * the first rows are there, when all are, how many there are, and how long it takes to stop in the midst of it. */

#define ROWS 300 /* a window's worth */
#define TURNS 3

typedef struct
{
  const char *name, *filter;
  TbCallOrder order;
  gboolean descending;
  const char *bare; /* the same rows, newest first unless sorted; NULL = needs what no query of these tables has */
} Case;

/* In the bare file there is no index on the start either: what it is measured by is SQLite on the same tables. */
#define BARE "SELECT c.id, c.seconds, r.status, r.charge, r.cost FROM cdr c LEFT JOIN rated r ON r.id = c.id "
#define BY_START " ORDER BY (c.id >> 15 & 4294967295) DESC LIMIT 300"

static const Case cases[] = {
  { "all, newest first", "", TB_CALLS_BY_START, TRUE, BARE BY_START },
  { "all, oldest first", "", TB_CALLS_BY_START, FALSE, BARE "ORDER BY (c.id >> 15 & 4294967295) LIMIT 300" },
  { "one tenant", "tenant:t017.pbx.example", TB_CALLS_BY_START, TRUE, NULL },
  { "one client", "client:C017", TB_CALLS_BY_START, TRUE, BARE "WHERE r.client = 17" BY_START },
  { "one day", "start:2026-10-10", TB_CALLS_BY_START, TRUE, NULL },
  { "long calls", "seconds>1:00:00", TB_CALLS_BY_START, TRUE, BARE "WHERE c.seconds > 3600" BY_START },
  { "to Germany", "to:49*,+49*,0049*", TB_CALLS_BY_START, TRUE, BARE "WHERE cast (c.callee AS TEXT) LIKE '149%'" BY_START },
  { "digits in the middle", "5555", TB_CALLS_BY_START, TRUE, BARE "WHERE cast (c.callee AS TEXT) LIKE '%5555%' OR cast (c.caller AS TEXT) LIKE '%5555%'" BY_START },
  { "in grace", "status:grace", TB_CALLS_BY_START, TRUE, BARE "WHERE r.status = 3" BY_START },
  { "below cost", "margin<0", TB_CALLS_BY_START, TRUE, BARE "WHERE r.charge < r.cost" BY_START },
  { "or and not", "(client:C017 or seconds>600) not direction:inbound", TB_CALLS_BY_START, TRUE, NULL },
  { "nothing", "to:0000000000000", TB_CALLS_BY_START, TRUE, BARE "WHERE c.callee = 10000000000000" BY_START },
  { "all, by charge", "", TB_CALLS_BY_CHARGE, TRUE, BARE "ORDER BY r.charge DESC LIMIT 300" },
  { "all, by destination", "", TB_CALLS_BY_DESTINATION, FALSE, NULL },
  { "one client, by charge", "client:C017", TB_CALLS_BY_CHARGE, TRUE, BARE "WHERE r.client = 17 ORDER BY r.charge DESC LIMIT 300" },
};

typedef struct
{
  double since, first, all, told;
  guint64 n, calls;
  GCancellable *stop; /* cancelled after the first rows, or NULL */
  double stopped;
} Run;

static gboolean
found (const TbCallsFound *some, gpointer data, GError **error)
{
  Run *run = data;

  run->n += some->n;
  run->calls = some->sums->calls;
  if (run->first == 0 && run->n > 0)
    run->first = bench_wall () - run->since;
  return TRUE;
}

static gpointer
stop_later (gpointer data)
{
  Run *run = data;

  g_usleep (100000);
  run->stopped = bench_wall ();
  g_cancellable_cancel (run->stop);
  return NULL;
}

static void
list (TbStore *store, const Case *c, Run *run)
{
  g_autoptr (TbCallWhere) where = tb_call_where_parse (c->filter, NULL);
  TbCallFilter filter = { .where = where };
  g_autoptr (GError) error = NULL;
  GThread *stopper = run->stop != NULL ? g_thread_new ("stop", stop_later, run) : NULL;

  run->since = bench_wall ();
  tb_db_set_cancellable (tb_store_get_db (store), run->stop);
  if (!tb_call_store_find_all (store, &filter, c->order, c->descending, found, run, &error) && run->stop == NULL)
    g_error ("%s: %s", c->name, error->message); /* aborts */
  run->all = bench_wall () - run->since;
  tb_db_set_cancellable (tb_store_get_db (store), NULL);
  if (stopper != NULL)
    g_thread_join (stopper);
  if (stopper != NULL)
    run->stopped = error != NULL ? bench_wall () - run->stopped : 0;
}

static double
bare (sqlite3 *db, const char *sql)
{
  double since = bench_wall ();
  sqlite3_stmt *row;

  if (sqlite3_prepare_v2 (db, sql, -1, &row, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db)); /* aborts */
  while (sqlite3_step (row) == SQLITE_ROW)
    ;
  sqlite3_finalize (row);
  return bench_wall () - since;
}

static int
compare (const void *a, const void *b)
{
  return *(const double *) a < *(const double *) b ? -1 : *(const double *) a > *(const double *) b;
}

static double
median (double *values)
{
  qsort (values, TURNS, sizeof *values, compare);
  return values[TURNS / 2];
}

static void
measure (TbStore *store, sqlite3 *db, const Case *c)
{
  double first[TURNS], all[TURNS], plain[TURNS] = { 0 }, stopped = 0;
  guint64 n = 0;

  for (guint turn = 0; turn < TURNS; turn++)
    {
      Run run = { 0 }, cut = { .stop = g_cancellable_new () };

      list (store, c, &run);
      list (store, c, &cut);
      g_object_unref (cut.stop);
      first[turn] = run.first > 0 ? run.first : run.all;
      all[turn] = run.all;
      n = run.n;
      stopped = MAX (stopped, cut.stopped);
      if (c->bare != NULL)
        plain[turn] = bare (db, c->bare);
    }
  printf ("%-22s %9" G_GUINT64_FORMAT " calls  first %8.1f ms  all and sums %8.1f ms", c->name, n, median (first) * 1e3, median (all) * 1e3);
  if (c->bare != NULL)
    printf ("  bare %8.1f ms (%.3f)", median (plain) * 1e3, median (first) / median (plain));
  if (stopped > 0)
    printf ("  stops in %.1f ms", stopped * 1e3);
  printf ("\n");
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TbStore) store = argc >= 2 ? tb_store_open (argv[1], TB_DB_READ_ONLY, &error) : NULL;
  sqlite3 *db;

  if (store == NULL || sqlite3_open_v2 (argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    {
      fprintf (stderr, "usage: bench-calls BOOKS [CASE]%s%s\n", error != NULL ? ": " : "", error != NULL ? error->message : "");
      return 2;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (argc < 3 || strstr (cases[i].name, argv[2]) != NULL)
      measure (store, db, &cases[i]);
  printf ("peak memory %ld MiB\n", bench_peak_mib ());
  sqlite3_close (db);
  return 0;
}
