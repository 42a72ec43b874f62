/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-daemon.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct _TbDaemon
{
  char *folder;
  GPid pid;
};

static const struct passwd *
get_user (void)
{
  const struct passwd *user = getuid () == 0 ? getpwnam ("nobody") : getpwuid (getuid ());

  g_assert_nonnull (user);
  return user;
}

const char *
tb_daemon_get_user (void)
{
  return get_user ()->pw_name;
}

static void
own (const char *path)
{
  if (getuid () == 0)
    g_assert_cmpint (chown (path, get_user ()->pw_uid, get_user ()->pw_gid), ==, 0);
}

TbDaemon *
tb_daemon_new (void)
{
  TbDaemon *self = g_new0 (TbDaemon, 1);

  self->folder = g_dir_make_tmp ("tollbook-daemon-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  own (self->folder);
  return self;
}

void
tb_daemon_free (TbDaemon *self)
{
  const char *argv[] = { "rm", "-rf", "--", self->folder, NULL };

  if (self->pid != 0)
    {
      kill (self->pid, SIGTERM);
      waitpid (self->pid, NULL, 0);
    }
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self);
}

const char *
tb_daemon_get_folder (TbDaemon *self)
{
  return self->folder;
}

char *
tb_daemon_path (TbDaemon *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

void
tb_daemon_write (TbDaemon *self, const char *name, const char *text)
{
  g_autofree char *path = tb_daemon_path (self, name);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  own (path);
}

/* ---- processes ---- */

/* In the child. */
static void
become_user (gpointer data)
{
  const struct passwd *user = data;

  if (getuid () == 0 && (setgroups (0, NULL) != 0 || setgid (user->pw_gid) != 0 || setuid (user->pw_uid) != 0))
    _exit (126);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GPtrArray *
arguments_of (const char *program, va_list list)
{
  GPtrArray *argv = g_ptr_array_new ();

  for (const char *argument = program; argument != NULL; argument = va_arg (list, const char *))
    g_ptr_array_add (argv, (char *) argument);
  g_ptr_array_add (argv, NULL);
  return argv;
}

void
tb_daemon_run (TbDaemon *self, const char *program, ...)
{
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL, *err = NULL;
  int status;
  va_list list;

  va_start (list, program);
  argv = arguments_of (program, list);
  va_end (list);
  g_spawn_sync (self->folder, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, become_user, (gpointer) get_user (), &out, &err, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s\n%s%s", program, error->message, out, err); /* aborts */
}

void
tb_daemon_start (TbDaemon *self, const char *program, ...)
{
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = tb_daemon_path (self, "log");
  int log;
  va_list list;

  tb_daemon_write (self, "log", "");
  log = g_open (path, O_WRONLY | O_APPEND | O_CLOEXEC, 0);
  va_start (list, program);
  argv = arguments_of (program, list);
  va_end (list);
  g_spawn_async_with_fds (self->folder, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, become_user, (gpointer) get_user (),
                          &self->pid, -1, log, log, &error);
  g_assert_no_error (error);
  close (log);
}

/* ---- waiting ---- */

static void
fail_to_start (TbDaemon *self)
{
  g_autofree char *path = tb_daemon_path (self, "log");
  g_autofree char *log = NULL;

  g_file_get_contents (path, &log, NULL, NULL);
  g_error ("the server did not start: %s", log); /* aborts */
}

guint16
tb_daemon_find_port (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

void
tb_daemon_wait_for_port (TbDaemon *self, guint16 port)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

      if (connection != NULL)
        return;
      g_usleep (50000);
    }
  fail_to_start (self);
}

void
tb_daemon_wait_for_file (TbDaemon *self, const char *name)
{
  g_autofree char *path = tb_daemon_path (self, name);

  for (guint i = 0; i < 200; i++)
    {
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return;
      g_usleep (50000);
    }
  fail_to_start (self);
}
