/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-clock.h"

/* bench-fetch record URL FILE | fetch URL FILE: what the server was asked since the last time goes to the file; and the same is asked again, as
 * bare as libsoup can: one session, eight requests at a time, answers read and let go of. The yardstick D of collecting. */

#define PLACES 8

typedef struct
{
  SoupSession *session;
  GMainLoop *loop;
  char **lines, **next; /* "POST /path?query\tbody" */
  const char *url;
  guint running;
  guint64 bytes;
} Fetch;

static void start (Fetch *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  if (body == NULL)
    g_error ("%s", error->message); /* aborts */
  self->bytes += g_bytes_get_size (body);
  self->running--;
  start (self);
}

/* Fills the places. */
static void
start (Fetch *self)
{
  for (; self->running < PLACES && **self->next != '\0'; self->next++, self->running++)
    {
      g_auto (GStrv) parts = g_strsplit (*self->next, "\t", 2);
      char *path = strchr (parts[0], ' ');
      g_autofree char *address = g_strconcat (self->url, path + 1, NULL);
      g_autoptr (SoupMessage) message = NULL;

      *path = '\0';
      message = soup_message_new (parts[0], address);
      if (*parts[1] != '\0')
        {
          g_autoptr (GBytes) body = g_bytes_new (parts[1], strlen (parts[1]));

          soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
        }
      soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT); /* POST too is sent on a connection that is open */
      soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, on_read, self);
    }
  if (self->running == 0)
    g_main_loop_quit (self->loop);
}

static int
record (const char *url, const char *path)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (url, "/requests", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, NULL);

  return body != NULL && g_file_set_contents (path, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL) ? 0 : 1;
}

static int
fetch (const char *url, const char *path)
{
  double since = bench_wall ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Fetch self = { .url = url };

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 1;
  self.session = soup_session_new_with_options ("max-conns-per-host", PLACES, NULL);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.next = lines = g_strsplit (text, "\n", -1);
  start (&self);
  if (self.running > 0)
    g_main_loop_run (self.loop);
  bench_report ("fetch", since, self.bytes);
  g_object_unref (self.session);
  g_main_loop_unref (self.loop);
  return 0;
}

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "record") == 0)
    return record (argv[2], argv[3]);
  if (argc == 4 && strcmp (argv[1], "fetch") == 0)
    return fetch (argv[2], argv[3]);
  fprintf (stderr, "usage: %s record|fetch URL FILE\n", argv[0]);
  return 2;
}
