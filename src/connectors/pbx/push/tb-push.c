/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-push.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-files.h"
#include "tb-folder.h"

/* How long a file is kept whose calls are in the books: books may be restored from a backup that is older than it. */
#define KEPT_DAYS 31

/* ---- the address ---- */

static gboolean
is_complete (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return host != NULL && (g_str_equal (host, "localhost") || g_hostname_is_ip_address (host)) && g_uri_get_port (uri) >= 0
         && g_str_equal (g_uri_get_scheme (uri), "http") && *g_uri_get_path (uri) == '/' && g_uri_get_query (uri) == NULL
         && g_uri_get_userinfo (uri) == NULL;
}

GUri *
tb_push_parse_address (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url != NULL ? url : "", G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && is_complete (uri))
    return g_steal_pointer (&uri);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               _("“%s” is not an address to receive calls at. Give one of this computer with port and path, like http://127.0.0.1:8089/cdr."),
               url != NULL ? url : "");
  return NULL;
}

char *
tb_push_dup_folder (GUri *address)
{
  g_autofree char *place = g_strdup_printf ("%s:%d%s", g_uri_get_host (address), g_uri_get_port (address), g_uri_get_path (address));
  g_autofree char *name = g_uri_escape_string (place, ":", FALSE);

  return g_build_filename (g_get_user_data_dir (), "tollbook", "received", name, NULL);
}

/* ---- the kind ---- */

/* From here on it is that folder. */
static gboolean
check (TbPbx *pbx, GError **error)
{
  g_autoptr (GUri) address = tb_push_parse_address (pbx->base, error);

  if (address == NULL)
    return FALSE;
  g_free (pbx->base);
  pbx->base = tb_push_dup_folder (address);
  return TRUE;
}

/* A file is known from the commit of its calls on, so whenever this is cut short nothing is lost; and what is posted once more is a new file with a call
 * that is known. */
static void
remove_old (TbPbx *pbx)
{
  const gint64 before = g_get_real_time () / G_USEC_PER_SEC - KEPT_DAYS * 86400;
  DIR *dir = pbx->known != NULL ? opendir (pbx->base) : NULL;
  const struct dirent *entry;

  while (dir != NULL && (entry = readdir (dir)) != NULL)
    {
      const char *known = g_hash_table_lookup (pbx->known, entry->d_name);
      g_autofree char *version = NULL;
      struct stat info;

      if (known == NULL || fstatat (dirfd (dir), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG (info.st_mode) || info.st_mtime >= before)
        continue;
      version = tb_folder_dup_version (&info);
      if (g_str_equal (version, known))
        unlinkat (dirfd (dir), entry->d_name, 0);
    }
  if (dir != NULL)
    closedir (dir);
}

/* There is no folder before something was received. */
static gboolean
pull (TbPbxTalk *talk, GCancellable *cancellable, GError **error)
{
  if (talk->data == NULL && g_mkdir_with_parents (talk->pbx->base, 0700) != 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The folder %s cannot be made: %s."), talk->pbx->base, g_strerror (errno));
      return FALSE;
    }
  if (talk->data == NULL && talk->purpose == TB_PBX_CALLS)
    remove_old (talk->pbx);
  return tb_folder_kind.pull (talk, cancellable, error);
}

const TbPbxKind tb_push_kind = {
  .form = {
    .kind = "push",
    .title = N_("FreeSWITCH or Vodia, posted to this computer"),
    .url = "http://127.0.0.1:8089/cdr",
    .user = N_("User"),
    .secret = N_("Password"),
    .hint = N_("FreeSWITCH's modules xml_cdr and json_cdr (cred), or Vodia (CDR URL json://), post to this address with this user and password while “tollbookctl receive” runs."),
    .may_lack_user = TRUE,
  },
  .max_window = TB_PBX_ALL_AT_ONCE,
  .is_local = TRUE,
  .check = check,
  .pull = pull,
  .summary = tb_files_summary,
};
