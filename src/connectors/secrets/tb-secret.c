/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tb-error.h"

#define FILE_MAX (64 * 1024)

static const SecretSchema schema = { "io.github.tollbook.Tollbook", SECRET_SCHEMA_NONE, { { "name", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } } };

static GMutex lock;
static GHashTable *from_file; /* variable name → secret, of --secrets-from; guarded by `lock` */

void
tb_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

char *
tb_secret_variable_name (const char *name)
{
  GString *variable = g_string_new ("TOLLBOOK_SECRET_");

  for (; *name != '\0'; name++)
    g_string_append_c (variable, g_ascii_isalnum (*name) ? g_ascii_toupper (*name) : '_');
  return g_string_free (variable, FALSE);
}

/* ---- the file ---- */

/* Checks what was opened, not what the path is by then. */
static gboolean
check_file (int fd, const char *path, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("%s cannot be read: %s"), path, g_strerror (errno));
  else if (!S_ISREG (info.st_mode))
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s is not a file."), path);
  else if ((info.st_mode & 0777) != 0600)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Others could read the secrets in %s: its mode is %04o. Run: chmod 600 %s"), path,
                 (guint) (info.st_mode & 0777), path);
  else if (info.st_size > FILE_MAX)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s is larger than a file of secrets is."), path);
  else
    return TRUE;
  return FALSE;
}

static char *
read_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char *text = NULL;
  gssize got, n = 0;

  if (fd < 0)
    {
      g_set_error (error, TB_ERROR, errno == ENOENT ? TB_ERROR_NOT_FOUND : TB_ERROR_STORAGE, _("%s cannot be read: %s"), path, g_strerror (errno));
      return NULL;
    }
  if (check_file (fd, path, error))
    {
      text = g_malloc0 (FILE_MAX + 1);
      while (n < FILE_MAX && (got = read (fd, text + n, (gsize) (FILE_MAX - n))) > 0)
        n += got;
    }
  close (fd);
  return text;
}

/* NAME=secret, where NAME is a connection's name or its variable's; empty lines and those with # are left out. */
static gboolean
add_line (GHashTable *table, char *line, const char *path, guint number, GError **error)
{
  char *equals = strchr (line, '=');
  char *variable;

  g_strchug (line);
  g_strdelimit (line, "\r", '\0');
  if (*line == '\0' || *line == '#')
    return TRUE;
  if (equals == NULL || equals <= line)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s, line %u: not of the form NAME=secret."), path, number);
      return FALSE;
    }
  equals = strchr (line, '=');
  *equals = '\0';
  g_strchomp (line);
  variable = g_str_has_prefix (line, "TOLLBOOK_SECRET_") ? g_strdup (line) : tb_secret_variable_name (line);
  g_hash_table_replace (table, variable, g_strdup (equals + 1));
  return TRUE;
}

static void
free_secret (gpointer secret)
{
  tb_secret_free (secret);
}

gboolean
tb_secret_use_file (const char *path, GError **error)
{
  char *text = read_file (path, error);
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_secret);
  gboolean good = text != NULL;
  guint number = 1;

  for (char *line = text, *next; good && line != NULL; line = next, number++)
    {
      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      good = add_line (table, line, path, number, error);
    }
  if (text != NULL)
    explicit_bzero (text, FILE_MAX);
  g_free (text);
  if (!good)
    return FALSE;

  g_mutex_lock (&lock);
  g_clear_pointer (&from_file, g_hash_table_unref);
  from_file = g_steal_pointer (&table);
  g_mutex_unlock (&lock);
  return TRUE;
}

/* ---- looking up ---- */

static char *
lookup_local (const char *name)
{
  g_autofree char *variable = tb_secret_variable_name (name);
  const char *value = g_getenv (variable);
  char *secret;

  if (value != NULL && *value != '\0')
    return g_strdup (value);
  g_mutex_lock (&lock);
  secret = from_file != NULL ? g_strdup (g_hash_table_lookup (from_file, variable)) : NULL;
  g_mutex_unlock (&lock);
  return secret;
}

/* Without a session bus or a service on it there is no place for secrets: not an error for one who only asks. */
static gboolean
is_no_service (const GError *error)
{
  return error->domain == G_DBUS_ERROR || error->domain == G_SPAWN_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
explain (GError **error, const char *name)
{
  if (error == NULL || *error == NULL)
    return;
  if (is_no_service (*error))
    {
      g_autofree char *variable = tb_secret_variable_name (name);

      g_clear_error (error);
      g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("There is no service for secrets (keyring) here. Give the secret in the variable %s or by --secrets-from."),
                   variable);
      return;
    }
  tb_error_convert (error, TB_ERROR_FAILED);
  g_prefix_error (error, _("The keyring refused: "));
}

char *
tb_secret_lookup (const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *secret = lookup_local (name);
  char *copy;

  if (secret != NULL)
    return secret;
  secret = secret_password_lookup_sync (&schema, cancellable, &local, "name", name, NULL);
  if (secret == NULL)
    {
      if (local != NULL && !is_no_service (local))
        {
          explain (&local, name);
          g_propagate_error (error, g_steal_pointer (&local));
        }
      return NULL;
    }
  copy = g_strdup (secret); /* the service's memory is its own kind */
  secret_password_free (secret);
  return copy;
}

gboolean
tb_secret_store (const char *name, const char *secret, GCancellable *cancellable, GError **error)
{
  g_autofree char *label = g_strdup_printf (_("Tollbook: %s"), name);
  g_autoptr (GError) local = NULL;

  if (secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, &local, "name", name, NULL))
    return TRUE;
  explain (&local, name);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
tb_secret_clear (const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  secret_password_clear_sync (&schema, cancellable, &local, "name", name, NULL);
  if (local == NULL)
    return TRUE; /* gone, or never there */
  explain (&local, name);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
