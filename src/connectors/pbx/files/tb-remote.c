/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-remote.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-files.h"
#include "tb-text.h"
#include "tb-transfer.h"
#include "tb-url.h"

#define LISTING_MAX (64 * 1024 * 1024)

typedef struct
{
  TbTransfer *transfer;
  char *folder;  /* address of the folder, without a slash at its end */
  char *pattern; /* NULL = all files */
  char *single;  /* the last part of an address that may be a folder or a file; NULL = it is a folder */
} Remote;

static void
remote_free (gpointer data)
{
  Remote *self = data;

  tb_transfer_free (self->transfer);
  g_free (self->folder);
  g_free (self->pattern);
  g_free (self->single);
  g_free (self);
}

/* ---- the address ---- */

static gboolean
refuse_address (TbPbx *pbx, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not an address like %s."), pbx->base, pbx->kind->form.url);
  return FALSE;
}

/* sftp://user@host:22/folder/ *.csv; the user may stand in the address, a password never. A question mark is a part of a pattern. */
static gboolean
check (TbPbx *pbx, GError **error)
{
  g_autofree char *address = g_strdup (pbx->base);
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  const char *scheme;

  address[strcspn (address, "?#")] = '\0';
  uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || !(g_str_equal (scheme, pbx->kind->form.kind) || (g_str_equal (scheme, "ftpes") && pbx->kind == &tb_ftps_kind)))
    return refuse_address (pbx, error);
  if (g_uri_get_password (uri) != NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The address of %s holds a password. Give it on its own."), g_uri_get_host (uri));
      return FALSE;
    }
  if (pbx->user == NULL)
    tb_set_str (&pbx->user, g_uri_get_user (uri));
  tb_set_str (&pbx->host, g_uri_get_host (uri));
  return TRUE;
}

/* FTPS is of two kinds: from the first byte on (port 990), or in the clear at first and secured before anything is said (port 21, "ftpes"). */
static char *
curl_scheme (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  gboolean later = g_str_equal (scheme, "ftpes") || (g_str_equal (scheme, "ftps") && g_uri_get_port (uri) == 21);

  return g_strdup (later ? "ftp" : scheme);
}

static gpointer
begin (TbPbxTalk *talk, GError **error)
{
  TbPbx *pbx = talk->pbx;
  const TbTransferLogin login = { pbx->user, pbx->secret, pbx->host, tb_pbx_get_patience () };
  g_autofree char *place = NULL, *address = NULL, *scheme = NULL;
  g_autoptr (GUri) uri = NULL, bare = NULL;
  Remote *self;

  if (!tb_pbx_need_user (pbx, error))
    return NULL;
  self = g_new0 (Remote, 1);
  tb_files_split (pbx->base, &place, &self->pattern);
  uri = g_uri_parse (place, G_URI_FLAGS_NONE, NULL);
  scheme = curl_scheme (uri);
  bare = g_uri_build (G_URI_FLAGS_NONE, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri), g_uri_get_path (uri), NULL, NULL);
  address = g_uri_to_string (bare);
  if (self->pattern == NULL && strlen (g_uri_get_path (uri)) > 1 && !g_str_has_suffix (address, "/"))
    self->single = g_path_get_basename (g_uri_get_path (uri));
  while (g_str_has_suffix (address, "/"))
    address[strlen (address) - 1] = '\0';
  self->folder = g_steal_pointer (&address);
  self->transfer = tb_transfer_new (&login);
  return self;
}

/* ---- listing ---- */

static char *
fetch_text (Remote *self, TbTransferWhat what, GCancellable *cancellable, GError **error)
{
  g_autofree char *url = g_strconcat (self->folder, "/", NULL);
  int fd = tb_files_scratch (error);
  char *text = NULL;
  struct stat info;

  if (fd < 0)
    return NULL;
  if (tb_transfer_get (self->transfer, url, what, fd, cancellable, error))
    {
      if (fstat (fd, &info) != 0 || info.st_size > LISTING_MAX)
        g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The list of files is too long. Let old ones be taken away, or give a folder with fewer."));
      else
        {
          text = g_malloc0 ((gsize) info.st_size + 1);
          if (pread (fd, text, (gsize) info.st_size, 0) != info.st_size)
            *text = '\0';
        }
    }
  close (fd);
  return text;
}

/* Listings are lines of no certain form ("-rw-r--r-- 1 root root 812 Nov 24 02:10 a b.csv") that end in a name. So names are asked for on their own, and a
 * line is that of the longest name at its end; the rest of it, size and time among it, is the file's version. */
static void
take_line (char *line, GHashTable *files)
{
  char *link = strstr (line, " -> ");

  if (*line == 'd' || strstr (line, "<DIR>") != NULL)
    link = NULL;
  else if (link != NULL && *line == 'l')
    *link = '\0';
  for (char *blank = strchr (line, ' '); blank != NULL; blank = strchr (blank + 1, ' '))
    {
      TbFile *file = g_hash_table_lookup (files, blank + 1);

      if (file == NULL)
        continue;
      if (*line == 'd' || strstr (line, "<DIR>") != NULL)
        g_hash_table_remove (files, blank + 1);
      else
        tb_set_str (&file->version, (*blank = '\0', line));
      return;
    }
}

/* One at a time, over the end of each line. */
static char *
next_line (char **text)
{
  char *line = *text;

  if (line == NULL || *line == '\0')
    return NULL;
  *text = strchr (line, '\n');
  if (*text != NULL)
    *(*text)++ = '\0';
  line[strcspn (line, "\r")] = '\0';
  return line;
}

static GPtrArray *
list_folder (Remote *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *names = fetch_text (self, TB_TRANSFER_NAMES, cancellable, error);
  g_autofree char *listing = names != NULL ? fetch_text (self, TB_TRANSFER_LISTING, cancellable, error) : NULL;
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tb_file_free);
  GPtrArray *list;
  GHashTableIter iter;
  gpointer file;
  char *rest, *line;

  if (listing == NULL)
    return NULL;
  for (rest = names; (line = next_line (&rest)) != NULL;)
    if (tb_file_is_wanted (line, self->pattern))
      {
        TbFile *new = tb_file_new (line, NULL, 0);

        g_hash_table_replace (files, new->name, new);
      }
  for (rest = listing; (line = next_line (&rest)) != NULL;)
    take_line (line, files);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_file_free);
  for (g_hash_table_iter_init (&iter, files); g_hash_table_iter_next (&iter, NULL, &file); g_hash_table_iter_steal (&iter))
    g_ptr_array_add (list, file);
  return list;
}

/* Only listing tells whether the last part of an address is a folder. */
static GPtrArray *
list (TbPbxTalk *talk, gpointer place, GCancellable *cancellable, GError **error)
{
  Remote *self = place;
  g_autoptr (GError) failure = NULL;
  GPtrArray *files = list_folder (self, cancellable, &failure);

  if (files == NULL && self->single != NULL
      && (g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND) || g_error_matches (failure, TB_ERROR, TB_ERROR_AUTH)
          || g_error_matches (failure, TB_ERROR, TB_ERROR_NETWORK)))
    {
      GPtrArray *others;

      self->pattern = g_steal_pointer (&self->single);
      *strrchr (self->folder, '/') = '\0';
      others = list_folder (self, cancellable, NULL);
      if (others != NULL && others->len > 0)
        return others;
      g_clear_pointer (&others, g_ptr_array_unref);
    }
  self->single = (g_free (self->single), NULL);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return files;
}

/* ---- fetching ---- */

static int
fetch (TbTransfer *transfer, const char *url, TbFile *file, GCancellable *cancellable, GError **error)
{
  int fd = tb_files_scratch (error);
  struct stat info;

  if (fd >= 0 && tb_transfer_get (transfer, url, TB_TRANSFER_FILE, fd, cancellable, error) && fstat (fd, &info) == 0)
    {
      file->size = info.st_size;
      return fd;
    }
  if (fd >= 0)
    close (fd);
  return -1;
}

static int
open_file (TbPbxTalk *talk, gpointer place, TbFile *file, GCancellable *cancellable, GError **error)
{
  Remote *self = place;
  g_autofree char *name = g_uri_escape_string (file->name, NULL, FALSE);
  g_autofree char *url = g_strconcat (self->folder, "/", name, NULL);

  return fetch (self->transfer, url, file, cancellable, error);
}

static gboolean
pull (TbPbxTalk *talk, GCancellable *cancellable, GError **error)
{
  static const TbFileSource source = { .begin = begin, .list = list, .open = open_file, .end = remote_free };

  return tb_files_pull (talk, &source, cancellable, error);
}

/* ---- one file of the web ---- */

static gboolean
check_web (TbPbx *pbx, GError **error)
{
  g_autoptr (GUri) uri = tb_http_parse_url (pbx->base, error);

  if (uri != NULL)
    tb_set_str (&pbx->host, g_uri_get_host (uri));
  return uri != NULL;
}

static gpointer
begin_web (TbPbxTalk *talk, GError **error)
{
  const TbTransferLogin login = { talk->pbx->user, talk->pbx->secret, talk->pbx->host, tb_pbx_get_patience () };

  return tb_transfer_new (&login);
}

/* The web does not list: there is the one file, and whether it is another than last time is asked with it. */
static GPtrArray *
list_web (TbPbxTalk *talk, gpointer place, GCancellable *cancellable, GError **error)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_file_free);
  g_autoptr (GUri) uri = tb_http_parse_url (talk->pbx->base, NULL);
  g_autofree char *name = g_path_get_basename (g_uri_get_path (uri));

  g_ptr_array_add (files, tb_file_new (*name != '/' && *name != '.' ? name : talk->pbx->host, NULL, 1));
  return files;
}

static int
open_web (TbPbxTalk *talk, gpointer place, TbFile *file, GCancellable *cancellable, GError **error)
{
  TbTransfer *transfer = place;
  gboolean again = talk->purpose != TB_PBX_TEST && talk->pbx->known != NULL;
  int fd;

  tb_transfer_set_known_version (transfer, again ? g_hash_table_lookup (talk->pbx->known, file->name) : NULL);
  fd = fetch (transfer, talk->pbx->base, file, cancellable, error);
  if (fd >= 0 && tb_transfer_is_unchanged (transfer))
    {
      close (fd);
      return -1;
    }
  tb_set_str (&file->version, tb_transfer_get_version (transfer));
  return fd;
}

static gboolean
pull_web (TbPbxTalk *talk, GCancellable *cancellable, GError **error)
{
  static const TbFileSource source = { .begin = begin_web, .list = list_web, .open = open_web, .end = (GDestroyNotify) tb_transfer_free };

  return tb_files_pull (talk, &source, cancellable, error);
}

/* ---- kinds ---- */

const TbPbxKind tb_sftp_kind = {
  .form = {
    .kind = "sftp",
    .title = N_("Files over SFTP"),
    .url = "sftp://pbx.example.com/var/spool/cdr/*.csv",
    .user = N_("User"),
    .secret = N_("Password or passphrase"),
    .hint = N_("Without a password, the SSH agent or a key file in ~/.ssh (tollbook, id_ed25519, id_ecdsa, id_rsa) logs in. The server must be known: connect once with ssh."),
  },
  .max_window = TB_PBX_ALL_AT_ONCE,
  .is_local = TRUE,
  .check = check,
  .pull = pull,
  .summary = tb_files_summary,
};

const TbPbxKind tb_ftps_kind = {
  .form = {
    .kind = "ftps",
    .title = N_("Files over FTPS"),
    .url = "ftps://pbx.example.com/cdr/*.csv",
    .user = N_("User"),
    .secret = N_("Password"),
    .hint = N_("ftps:// is secured from the first byte on (port 990); for a server that is secured at the port 21 of plain FTP, write ftpes://."),
  },
  .max_window = TB_PBX_ALL_AT_ONCE,
  .is_local = TRUE,
  .check = check,
  .pull = pull,
  .summary = tb_files_summary,
};

const TbPbxKind tb_https_kind = {
  .form = {
    .kind = "https",
    .title = N_("A file of the web"),
    .url = "https://pbx.example.com/cdr/Master.csv",
    .user = N_("User"),
    .secret = N_("Password or token"),
    .hint = N_("The address of one file. With a user the secret is a password, without one a bearer token."),
    .may_lack_user = TRUE,
  },
  .max_window = TB_PBX_ALL_AT_ONCE,
  .is_local = TRUE,
  .check = check_web,
  .pull = pull_web,
  .summary = tb_files_summary,
};
