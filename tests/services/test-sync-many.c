/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tb-clock.h"
#include "tb-completeness.h"
#include "tb-connection-store.h"
#include "tb-error.h"
#include "tb-fake-server.h"
#include "tb-pbx.h"
#include "tb-schedule.h"
#include "tb-setup-store.h"
#include "tb-sync.h"
#include "tb-test-company.h"
#include "tb-text.h"
#include "test-books.h"

#define DAY 86400
#define FIRST_DAY G_GINT64_CONSTANT (1790812800) /* 2026-10-01T00:00:00Z */
#define NOW (FIRST_DAY + 4 * DAY)

/* ---- many FusionPBXs behind one port: "/pbx7/app/xml_cdr/…" ---- */

typedef enum { FINE, REFUSES, STALLS } Mood;

typedef struct
{
  SoupServer *server;
  char *url;
  guint n, calls; /* connections; calls a connection and day */
  const Mood *moods; /* one a connection, or NULL */
  guint requests, open, most; /* how many were open at the same time */
  gint64 quiet_from, quiet_to; /* its calls of that time are lost … */
  gint64 quiet_until; /* … or shown from then on; 0 = never */
  GQueue order; /* of connection + 1, as they were asked */
} Pbxs;

typedef struct
{
  Pbxs *pbxs;
  SoupServerMessage *message;
  char *text;
} Answer;

/* The day's calls lie evenly in it. */
static char *
calls_between (const Pbxs *pbxs, guint connection, gint64 from, gint64 to)
{
  GString *text = g_string_new ("\"xml_cdr_uuid\",\"start_epoch\",\"billsec\",\"caller_id_name\",\"destination_number\",\"domain_name\"\n");
  gint64 step = DAY / pbxs->calls;

  for (gint64 start = from + (step - (from - FIRST_DAY) % step) % step; start <= to; start += step)
    if (start < pbxs->quiet_from || start >= pbxs->quiet_to || (pbxs->quiet_until > 0 && tb_clock_now () >= pbxs->quiet_until))
      g_string_append_printf (text, "\"555b0d22-a346-5ab8-%04x-7a60%08x\",\"%" G_GINT64_FORMAT "\",\"61\",\"Al\",\"12045550100\",\"acme.example.com\"\n", connection,
                            (guint) ((start - FIRST_DAY) / step), start);
  return g_string_free (text, FALSE);
}

/* Held for a moment, so that those that are open together are counted. */
static gboolean
on_later (gpointer data)
{
  Answer *answer = data;

  answer->pbxs->open--;
  soup_server_message_set_status (answer->message, 200, NULL);
  soup_server_message_set_response (answer->message, "text/csv", SOUP_MEMORY_COPY, answer->text, strlen (answer->text));
  soup_server_message_unpause (answer->message);
  g_object_unref (answer->message);
  g_free (answer->text);
  g_free (answer);
  return G_SOURCE_REMOVE;
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Pbxs *pbxs = data;
  guint connection = (guint) g_ascii_strtoull (path + strlen ("/pbx"), NULL, 10);
  g_autofree char *body = g_strndup (soup_server_message_get_request_body (message)->data, (gsize) soup_server_message_get_request_body (message)->length);
  g_autoptr (GHashTable) form = soup_form_decode (body);
  Mood mood = pbxs->moods != NULL ? pbxs->moods[connection] : FINE;
  Answer *answer;

  pbxs->requests++;
  g_queue_push_tail (&pbxs->order, GUINT_TO_POINTER (connection + 1));
  if (mood == REFUSES)
    {
      soup_server_message_set_status (message, 403, NULL);
      return;
    }
  soup_server_message_pause (message);
  if (mood == STALLS)
    return;
  pbxs->open++;
  pbxs->most = MAX (pbxs->most, pbxs->open);
  answer = g_new (Answer, 1);
  *answer = (Answer){ pbxs, g_object_ref (message),
                      calls_between (pbxs, connection, g_ascii_strtoll (g_hash_table_lookup (form, "start_epoch"), NULL, 10),
                                     MIN (g_ascii_strtoll (g_hash_table_lookup (form, "stop_epoch"), NULL, 10), tb_clock_now () - 1)) };
  g_timeout_add (2, on_later, answer);
}

static void
pbxs_start (Pbxs *pbxs, guint n, guint calls)
{
  GSList *uris;

  *pbxs = (Pbxs){ .server = soup_server_new (NULL, NULL), .n = n, .calls = calls };
  g_queue_init (&pbxs->order);
  soup_server_add_handler (pbxs->server, NULL, on_request, pbxs, NULL);
  g_assert_true (soup_server_listen_local (pbxs->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (pbxs->server);
  pbxs->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
pbxs_stop (Pbxs *pbxs)
{
  soup_server_disconnect (pbxs->server);
  g_object_unref (pbxs->server);
  g_queue_clear (&pbxs->order);
  g_free (pbxs->url);
}

/* ---- books with all of them ---- */

static void
set_now (gint64 time)
{
  g_autofree char *now = tb_time_format (time, NULL);

  g_setenv ("TOLLBOOK_NOW", now, TRUE);
}

static TbSession *
new_session (const char *name, const Pbxs *pbxs)
{
  g_autofree char *path = test_path (name);
  TbStore *store = tb_test_books_new (path);
  g_autoptr (TbSetup) setup = tb_setup_new ();
  g_autoptr (GError) error = NULL;
  TbSession *session;

  for (guint i = 0; i < pbxs->n; i++)
    {
      TbConnection *connection = tb_connection_new ();

      connection->name = g_strdup_printf ("net%u", i);
      connection->url = g_strdup_printf ("%s/pbx%u", pbxs->url, i);
      tb_set_str (&connection->kind, "fusionpbx");
      connection->since = tb_day_from_ymd (2026, 10, 1);
      g_ptr_array_add (setup->connections, connection);
    }
  tb_test_apply (store, setup);
  g_assert_true (tb_store_set_setting (store, "demo", "1", NULL)); /* these books may hold the clock */
  tb_store_close (store);
  session = tb_session_new (path, FALSE, &error);
  g_assert_no_error (error);
  return session;
}

typedef struct
{
  gboolean done;
  GPtrArray *results;
} Outcome;

static void
on_synced (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->results = tb_sync_many_finish (TB_SESSION (source), result);
  outcome->done = TRUE;
}

static GStrv
names_of (const Pbxs *pbxs)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < pbxs->n; i++)
    {
      g_autofree char *name = g_strdup_printf ("net%u", i);

      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static GPtrArray *
sync_all (TbSession *session, const Pbxs *pbxs, gint64 from, TbJob *job)
{
  g_auto (GStrv) names = names_of (pbxs);
  Outcome outcome = { FALSE };

  tb_sync_many_async (session, (const char *const *) names, from, job, on_synced, &outcome);
  tb_fake_server_wait (&outcome.done);
  g_assert_cmpuint (outcome.results->len, ==, pbxs->n);
  return outcome.results;
}

static const TbSyncResult *
result_at (GPtrArray *results, guint i)
{
  return results->pdata[i];
}

static gint64
query (TbSession *session, const char *sql)
{
  return tb_test_query_int (tb_session_get_store (session), sql);
}

static TbConnectionState *
state_of (TbSession *session, const char *name)
{
  g_autoptr (GError) error = NULL;
  TbConnectionState *state = tb_connection_store_get_state (tb_session_get_store (session), name, &error);

  g_assert_no_error (error);
  return state;
}

/* ---- tests ---- */

/* Each has all of its calls and no other's, not more than eight are asked at a time, and in turns. */
static void
test_all (void)
{
  Pbxs pbxs;
  g_autoptr (TbSession) session = NULL;
  g_autoptr (GPtrArray) results = NULL, again = NULL;
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);

  pbxs_start (&pbxs, 50, 24);
  session = new_session ("all", &pbxs);
  set_now (NOW);
  results = sync_all (session, &pbxs, 0, NULL);
  for (guint i = 0; i < pbxs.n; i++)
    {
      g_assert_no_error (result_at (results, i)->error);
      g_assert_cmpuint (result_at (results, i)->run->counts.added, ==, 4 * 24);
      g_assert_cmpuint (result_at (results, i)->run->windows, ==, 4);
    }
  g_assert_cmpint (query (session, "SELECT count(*) FROM cdr"), ==, 50 * 4 * 24);
  g_assert_cmpuint (pbxs.most, <=, 8);
  g_assert_cmpuint (pbxs.most, >, 4);
  for (guint i = 0; i < pbxs.n * 2; i++) /* all begin before the first are half through */
    g_hash_table_add (asked, g_queue_peek_nth (&pbxs.order, i));
  g_assert_cmpuint (g_hash_table_size (asked), ==, pbxs.n);
  again = sync_all (session, &pbxs, 0, NULL);
  for (guint i = 0; i < pbxs.n; i++)
    g_assert_cmpuint (result_at (again, i)->run->counts.added, ==, 0);
  tb_test_assert_sound (tb_session_get_store (session));
  pbxs_stop (&pbxs);
}

/* Those that refuse, and those that never answer, keep nobody else from being collected. */
static void
test_bad_ones (void)
{
  static const Mood moods[12] = { REFUSES, STALLS, FINE, REFUSES, STALLS, FINE };
  Pbxs pbxs;
  g_autoptr (TbSession) session = NULL;
  g_autoptr (TbJob) job = tb_job_new ("all");
  Outcome outcome = { FALSE };
  g_auto (GStrv) names = NULL;
  g_autoptr (TbStore) view = NULL;

  pbxs_start (&pbxs, G_N_ELEMENTS (moods), 24);
  pbxs.moods = moods;
  session = new_session ("bad-ones", &pbxs);
  names = names_of (&pbxs);
  set_now (NOW);
  tb_sync_many_async (session, (const char *const *) names, 0, job, on_synced, &outcome);
  view = tb_store_open (tb_session_get_path (session), TB_DB_READ_ONLY, NULL); /* the session's own is at work */
  while (tb_test_query_int (view, "SELECT count(*) FROM sync_run WHERE outcome > 0") < 10)
    g_main_context_iteration (NULL, TRUE);
  tb_job_cancel (job);
  tb_fake_server_wait (&outcome.done);
  g_assert_cmpint (tb_job_get_state (job), ==, TB_JOB_CANCELLED);
  for (guint i = 0; i < pbxs.n; i++)
    {
      const TbSyncResult *result = result_at (outcome.results, i);
      g_autoptr (TbConnectionState) state = state_of (session, result->run->connection);

      switch (moods[i])
        {
        case REFUSES:
          g_assert_error (result->error, TB_ERROR, TB_ERROR_AUTH);
          g_assert_cmpint (result->run->outcome, ==, TB_SYNC_FAILED);
          g_assert_nonnull (state->last_error);
          g_assert_cmpuint (state->failures, ==, 1);
          break;
        case STALLS: /* which the person gave up, not the connection */
          g_assert_error (result->error, TB_ERROR, TB_ERROR_CANCELLED);
          g_assert_cmpint (result->run->outcome, ==, TB_SYNC_CANCELLED);
          g_assert_null (state->last_error);
          g_assert_cmpuint (state->failures, ==, 0);
          break;
        case FINE:
        default:
          g_assert_no_error (result->error);
          g_assert_cmpint (state->last_success, ==, NOW);
          g_assert_cmpint (state->covered_from, ==, FIRST_DAY);
          g_assert_cmpint (state->cursor, ==, NOW);
          break;
        }
    }
  g_ptr_array_unref (outcome.results);
  pbxs_stop (&pbxs);
}

/* What the history and the schedule say after runs of each outcome. */
static void
test_schedule (void)
{
  static const Mood refuses[1] = { REFUSES };
  static const struct { const char *reason; gint64 later; gboolean refused; gint64 due_min, due_max; guint failures; gboolean alarming; } rows[] = {
    { "a good run: due in its time", 0, FALSE, 900, 900, 0, FALSE },
    { "a failure: twice as long, and a tenth more by chance", 900, TRUE, 1800, 1980, 1, FALSE },
    { "another one: four times", 2000, TRUE, 3600, 3960, 2, FALSE },
    { "longer than the limit: told", 5000, TRUE, 7200, 7920, 3, FALSE },
    { "and on", 8000, TRUE, 14400, 15840, 4, TRUE },
    { "no longer than six hours", 16000, TRUE, 21600, 23760, 5, TRUE },
    { "nor later", 24000, TRUE, 21600, 23760, 6, TRUE },
    { "good again", 24000, FALSE, 900, 900, 0, FALSE },
  };
  Pbxs pbxs;
  g_autoptr (TbSession) session = NULL;
  gint64 now = NOW;

  pbxs_start (&pbxs, 1, 24);
  session = new_session ("schedule", &pbxs);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) results = NULL, runs = NULL;
      g_autoptr (TbConnectionState) state = NULL;
      g_auto (GStrv) due = NULL, later = NULL;

      g_test_message ("%s", rows[i].reason);
      now += rows[i].later;
      set_now (now);
      due = tb_sync_list_due (tb_session_get_store (session), now, NULL);
      g_assert_cmpuint (g_strv_length (due), ==, 1);
      pbxs.moods = rows[i].refused ? refuses : NULL;
      results = sync_all (session, &pbxs, 0, NULL);
      g_assert_true ((result_at (results, 0)->error != NULL) == rows[i].refused);
      state = state_of (session, "net0");
      g_assert_cmpint (state->next_due, >=, now + rows[i].due_min);
      g_assert_cmpint (state->next_due, <=, now + rows[i].due_max);
      g_assert_cmpuint (state->failures, ==, rows[i].failures);
      g_assert_true (tb_connection_state_is_alarming (state, now) == rows[i].alarming);
      later = tb_sync_list_due (tb_session_get_store (session), now + rows[i].due_min - 1, NULL);
      g_assert_cmpuint (g_strv_length (later), ==, 0);
      runs = tb_sync_run_store_list (tb_session_get_store (session), "net0", 1, NULL);
      g_assert_cmpint (((TbSyncRun *) runs->pdata[0])->outcome, ==, rows[i].refused ? TB_SYNC_FAILED : TB_SYNC_DONE);
    }
  g_assert_true (tb_connection_store_set_schedule (tb_session_get_store (session), "net0", 0, -1, NULL));
  {
    g_auto (GStrv) due = tb_sync_list_due (tb_session_get_store (session), now + DAY, NULL);

    g_assert_cmpuint (g_strv_length (due), ==, 0); /* off */
  }
  pbxs_stop (&pbxs);
}

/* While another program collects a connection, this one leaves it alone; when that one is killed, nothing is left behind. */
static void
test_held (void)
{
  Pbxs pbxs;
  g_autoptr (TbSession) session = NULL;
  g_autoptr (GPtrArray) held = NULL, free = NULL, runs = NULL;
  g_autofree char *path = NULL;
  int ends[2], status;
  char byte;
  pid_t child;

  pbxs_start (&pbxs, 2, 24);
  session = new_session ("held", &pbxs);
  path = g_strdup (tb_session_get_path (session));
  set_now (NOW);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      TbStore *store = tb_store_open (path, TB_DB_READ_WRITE, NULL);
      TbSyncRun *run = tb_sync_run_new ("net1", NOW - 10);
      g_autofree char *sql = NULL;
      TbDbLock *lock;

      sql = g_strdup ("SELECT id FROM connection WHERE name = 'net1'");
      lock = tb_db_try_lock (tb_store_get_db (store), (guint32) tb_test_query_int (store, sql), NULL);
      run->from = run->to = NOW - DAY;
      if (lock == NULL || !tb_sync_run_store_begin (store, run, NULL) || write (ends[1], "x", 1) != 1)
        _exit (1);
      pause ();
      _exit (0);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  held = sync_all (session, &pbxs, 0, NULL);
  g_assert_no_error (result_at (held, 0)->error);
  g_assert_error (result_at (held, 1)->error, TB_ERROR, TB_ERROR_CONFLICT);
  g_assert_cmpint (query (session, "SELECT count(*) FROM sync_run WHERE outcome = 2"), ==, 0); /* which is no failure */
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  close (ends[0]);
  free = sync_all (session, &pbxs, 0, NULL);
  g_assert_no_error (result_at (free, 1)->error);
  runs = tb_sync_run_store_list (tb_session_get_store (session), "net1", 0, NULL);
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpint (((TbSyncRun *) runs->pdata[0])->outcome, ==, TB_SYNC_DONE);
  g_assert_cmpint (((TbSyncRun *) runs->pdata[1])->outcome, ==, TB_SYNC_BROKEN_OFF);
  pbxs_stop (&pbxs);
}

/* A clock that was wrong, here or at the PBX, loses no call: each row is a life of clocks, at whose end all calls up to its last time are there. */
static void
test_clocks (void)
{
  static const struct { const char *reason; gint64 times[5]; gint64 from; guint days; } rows[] = {
    { "in order", { NOW, NOW + DAY }, 0, 5 },
    { "a month ahead, then right", { NOW, NOW + 30 * DAY, NOW + DAY, NOW + 2 * DAY }, 0, 6 },
    { "ahead, then right after longer than the overlap", { NOW, NOW + 30 * DAY, NOW + 6 * DAY, NOW + 7 * DAY }, 0, 11 },
    { "back, then right", { NOW, NOW - 3 * DAY, NOW + DAY }, 0, 5 },
    { "read again from the beginning", { NOW, NOW + DAY }, FIRST_DAY, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("clocks-%u", i), *sql = NULL;
      g_autoptr (TbSession) session = NULL;
      gint64 last = 0;
      Pbxs pbxs;

      g_test_message ("%s", rows[i].reason);
      pbxs_start (&pbxs, 1, 24);
      session = new_session (name, &pbxs);
      for (guint t = 0; t < G_N_ELEMENTS (rows[i].times) && rows[i].times[t] != 0; t++)
        {
          g_autoptr (GPtrArray) results = NULL;

          set_now (last = rows[i].times[t]);
          results = sync_all (session, &pbxs, rows[i].from, NULL);
          g_assert_no_error (result_at (results, 0)->error);
        }
      sql = g_strdup_printf ("SELECT count(*) FROM cdr WHERE (id >> 15 & 4294967295) < %" G_GINT64_FORMAT, last);
      g_assert_cmpint (query (session, sql), ==, rows[i].days * 24);
      pbxs_stop (&pbxs);
    }
}

/* Six hours of a PBX that is collected every day are uploaded by it some days late: what is read again finds them, and how often is it read? */
static void
test_late (void)
{
  static const struct { const char *reason; guint late, found, most_wide; gint64 from; } rows[] = {
    { "by a day: every run goes back so far", 1, 5, 3, 0 },
    { "by five days: when the day is read for the last time", 5, 16, 3, 0 },
    { "by eight days", 8, 16, 3, 0 },
    { "by twenty days: only for who asks", 20, 0, 3, 0 },
    { "by twenty days, and somebody asked", 20, 24, 4, FIRST_DAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("late-%u", i);
      guint found = 0, wide = 0;
      g_autoptr (TbSession) session = NULL;
      Pbxs pbxs;

      g_test_message ("%s", rows[i].reason);
      pbxs_start (&pbxs, 1, 24);
      pbxs.quiet_from = FIRST_DAY + 3 * DAY;
      pbxs.quiet_to = pbxs.quiet_from + DAY / 4;
      pbxs.quiet_until = pbxs.quiet_to + rows[i].late * DAY;
      session = new_session (name, &pbxs);
      for (guint day = 2; day < 30; day++)
        {
          g_autoptr (GPtrArray) results = NULL;

          set_now (FIRST_DAY + day * DAY);
          results = sync_all (session, &pbxs, day == 24 ? rows[i].from : 0, NULL);
          g_assert_no_error (result_at (results, 0)->error);
          wide += result_at (results, 0)->run->from < FIRST_DAY + (gint64) day * DAY - 3 * DAY;
          if (found == 0 && day > 4 && query (session, "SELECT count(*) FROM cdr") == day * 24)
            found = day;
        }
      g_assert_cmpuint (found, ==, rows[i].found);
      g_assert_cmpuint (wide, >=, 2);
      g_assert_cmpuint (wide, <=, rows[i].most_wide);
      pbxs_stop (&pbxs);
    }
}

/* What lies behind the cursor is asked for again: two days of a PBX, seven of a carrier, whose calls come later and are priced later still; and never what
 * lies before the day that was set. */
static void
test_overlaps (void)
{
  static const struct { const char *kind, *user; gint64 since, back; } rows[] = {
    { "fusionpbx", NULL, 30, 2 * DAY }, { "vodia", "admin", 30, 2 * DAY },      { "fusionpbx-rest", "key", 30, 2 * DAY }, { "netsapiens", NULL, 30, 2 * DAY },
    { "telnyx", NULL, 30, 7 * DAY },    { "twilio", "AC1", 30, 7 * DAY },      { "signalwire", "p", 30, 7 * DAY },       { "voipms", "me", 30, 7 * DAY },
    { "didww", NULL, 30, 7 * DAY },     { "flowroute", "key", 30, 7 * DAY },   { "bandwidth", "me", 30, 7 * DAY },       { "telnyx", NULL, 3, 3 * DAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("overlaps-%u", i), *sql = NULL;
      g_autoptr (TbSession) session = NULL;
      g_autoptr (GPtrArray) results = NULL;
      const gint64 midnight = NOW / DAY * DAY;
      g_autoptr (GError) error = NULL;
      Pbxs pbxs;

      g_test_message ("%s", rows[i].kind);
      pbxs_start (&pbxs, 1, 24);
      session = new_session (name, &pbxs);
      sql = g_strdup_printf ("UPDATE connection SET url = 'http://127.0.0.1:1', kind = '%s', login = %s%s%s, time_zone = 'UTC', since = %d", rows[i].kind, rows[i].user != NULL ? "'" : "",
                             rows[i].user != NULL ? rows[i].user : "NULL", rows[i].user != NULL ? "'" : "", (int) (midnight / DAY - rows[i].since));
      tb_test_exec (tb_session_get_store (session), sql);
      g_assert_true (tb_connection_store_set_cursor (tb_session_get_store (session), "net0", midnight, &error));
      set_now (NOW);
      results = sync_all (session, &pbxs, 0, NULL); /* nobody is there; from when on it would have asked counts */
      g_assert_cmpint (result_at (results, 0)->run->from, ==, midnight - rows[i].back);
      pbxs_stop (&pbxs);
    }
}

/* Of five weeks with ten calls an hour, three hours are silent. */
static void
test_completeness (void)
{
  static const struct { const char *reason; TbDay day; TbDayVerdict verdict; guint calls, gaps; } rows[] = {
    { "nobody asked for the day before", -1, TB_DAY_UNREAD, 0, 0 },
    { "the first day, without a pattern", 0, TB_DAY_COMPLETE, 240, 0 },
    { "a day like others", 29, TB_DAY_COMPLETE, 240, 0 },
    { "three hours are silent", 30, TB_DAY_SUSPECT, 210, 1 },
    { "the day after", 31, TB_DAY_COMPLETE, 240, 0 },
    { "late calls may come", 34, TB_DAY_OPEN, 240, 0 },
  };
  const TbDay first = tb_day_from_ymd (2026, 10, 1);
  Pbxs pbxs;
  g_autoptr (TbSession) session = NULL;
  g_autoptr (GPtrArray) results = NULL, days = NULL;
  g_autoptr (GError) error = NULL;

  pbxs_start (&pbxs, 1, 240);
  pbxs.quiet_from = FIRST_DAY + 30 * DAY + 9 * 3600;
  pbxs.quiet_to = pbxs.quiet_from + 3 * 3600;
  session = new_session ("completeness", &pbxs);
  tb_test_exec (tb_session_get_store (session), "UPDATE company SET time_zone = 'UTC'");
  set_now (FIRST_DAY + 35 * DAY);
  results = sync_all (session, &pbxs, 0, NULL);
  g_assert_no_error (result_at (results, 0)->error);
  days = tb_completeness_list (tb_session_get_store (session), "net0", first - 1, first + 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (days->len, ==, 1 + 35 + 1); /* up to today */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TbDayProof *day = days->pdata[rows[i].day + 1];

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (day->day, ==, first + rows[i].day);
      g_assert_cmpint (day->verdict, ==, rows[i].verdict);
      g_assert_cmpuint (day->calls, ==, rows[i].calls);
      g_assert_cmpuint (day->gaps->len, ==, rows[i].gaps);
      g_assert_cmpuint (day->times, ==, rows[i].day >= 0 ? 1 : 0);
      for (guint k = 0; k < day->gaps->len; k++)
        {
          g_assert_cmpint (g_array_index (day->gaps, TbCallGap, k).from, ==, pbxs.quiet_from);
          g_assert_cmpint (g_array_index (day->gaps, TbCallGap, k).to, ==, pbxs.quiet_to);
          g_assert_cmpuint (g_array_index (day->gaps, TbCallGap, k).expected, ==, 30);
        }
    }
  pbxs_stop (&pbxs);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("TOLLBOOK_SECRET_NET%u", i);

      g_setenv (name, "0123456789abcdef", TRUE);
    }
  tb_pbx_set_patience (1);
  g_test_add_func ("/sync-many/all", test_all);
  g_test_add_func ("/sync-many/bad-ones", test_bad_ones);
  g_test_add_func ("/sync-many/schedule", test_schedule);
  g_test_add_func ("/sync-many/held", test_held);
  g_test_add_func ("/sync-many/clocks", test_clocks);
  g_test_add_func ("/sync-many/late", test_late);
  g_test_add_func ("/sync-many/overlaps", test_overlaps);
  g_test_add_func ("/sync-many/completeness", test_completeness);
  return test_run_in_folder ();
}
