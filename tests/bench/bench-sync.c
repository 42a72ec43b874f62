/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-clock.h"
#include "bench-pbx.h"
#include "tb-setup-store.h"
#include "tb-sync.h"

/* bench-sync setup BOOKS URL CONNECTIONS END | sync BOOKS CONNECTIONS | again BOOKS CONNECTIONS END: books whose connections are those of
 * bench-pbx; what the workstation does to collect all of them; and the whole month once more, when every call is known. */

static void
set_up_connections (TbSetup *setup, const char *url, guint n, gint64 end)
{
  static const char *const kinds[] = { "fusionpbx", "vodia", "telnyx" };

  g_ptr_array_set_size (setup->connections, 0);
  for (guint i = 0; i < n; i++)
    {
      TbConnection *connection = tb_connection_new ();

      connection->name = g_strdup_printf (BENCH_NAME, i);
      connection->kind = g_strdup (kinds[bench_kind_of (i)]);
      connection->url = g_strdup_printf ("%s/" BENCH_NAME, url, i);
      connection->user = bench_kind_of (i) == BENCH_VODIA ? g_strdup ("admin") : NULL;
      connection->time_zone = g_strdup ("UTC");
      connection->provider = g_strdup ("Carrier");
      connection->since = (TbDay) (end / 86400 - 31);
      g_ptr_array_add (setup->connections, connection);
    }
  for (guint i = 0; i < setup->services->len; i++)
    {
      TbService *service = setup->services->pdata[i];

      g_free (service->connection);
      service->connection = g_strdup_printf (BENCH_NAME, i % n);
    }
}

static gboolean
set_up (const char *path, const char *url, guint n, gint64 end, GError **error)
{
  g_autoptr (GArray) deck = bench_deck_new (5000);
  g_autoptr (TbSetup) setup = bench_setup_new (deck);
  g_autoptr (TbStore) store = tb_store_create (path, error);

  set_up_connections (setup, url, n, end);
  return store != NULL && tb_setup_store_apply (store, setup, FALSE, NULL, NULL, error);
}

/* ---- collecting ---- */

typedef struct
{
  GMainLoop *loop;
  GPtrArray *results; /* of TbSyncResult */
} Collect;

static void
on_collected (GObject *source, GAsyncResult *result, gpointer data)
{
  Collect *self = data;

  self->results = tb_sync_many_finish (TB_SESSION (source), result);
  g_main_loop_quit (self->loop);
}

/* The sum of what came in new, or in all when `again`, and FALSE when a connection failed or a call changed. */
static gboolean
add_up (GPtrArray *results, gboolean again, guint64 *ret)
{
  *ret = 0;
  for (guint i = 0; i < results->len; i++)
    {
      const TbSyncResult *result = results->pdata[i];

      if (result->error != NULL || result->run->counts.changed > 0 || result->run->counts.rejected > 0 || (again && result->run->counts.added > 0))
        {
          fprintf (stderr, "%s\n", result->error != NULL ? result->error->message : "A call was new, changed or rejected that should not be.");
          return FALSE;
        }
      *ret += again ? result->run->counts.read : result->run->counts.added;
    }
  return TRUE;
}

static gboolean
collect (const char *path, guint n, gint64 from, guint64 *ret, GError **error)
{
  g_autoptr (TbSession) session = tb_session_new (path, FALSE, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  Collect self = { NULL, NULL };
  gboolean ok;

  if (session == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf (BENCH_NAME, i), *variable = g_strdup_printf (BENCH_SECRET_NAME, i);

      g_setenv (variable, "secret", TRUE);
      g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);
  self.loop = g_main_loop_new (NULL, FALSE);
  tb_sync_many_async (session, (const char *const *) names, from, NULL, on_collected, &self);
  g_main_loop_run (self.loop);
  g_main_loop_unref (self.loop);
  ok = add_up (self.results, from > 0, ret);
  g_ptr_array_unref (self.results);
  tb_session_close (session);
  return ok;
}

int
main (int argc, char **argv)
{
  double since = bench_wall ();
  g_autoptr (GError) error = NULL;
  guint64 n = 0;
  gboolean ok;

  if (argc == 6 && strcmp (argv[1], "setup") == 0)
    ok = set_up (argv[2], argv[3], (guint) atoi (argv[4]), g_ascii_strtoll (argv[5], NULL, 10), &error);
  else if (argc == 4 && strcmp (argv[1], "sync") == 0)
    ok = collect (argv[2], (guint) atoi (argv[3]), 0, &n, &error);
  else if (argc == 5 && strcmp (argv[1], "again") == 0)
    ok = collect (argv[2], (guint) atoi (argv[3]), g_ascii_strtoll (argv[4], NULL, 10) - 31 * 86400, &n, &error);
  else
    {
      fprintf (stderr, "usage: %s setup BOOKS URL CONNECTIONS END | sync BOOKS CONNECTIONS | again BOOKS CONNECTIONS END\n", argv[0]);
      return 2;
    }
  if (ok)
    bench_report (argv[1], since, n);
  else if (error != NULL)
    fprintf (stderr, "%s: %s\n", argv[1], error->message);
  return ok ? 0 : 1;
}
