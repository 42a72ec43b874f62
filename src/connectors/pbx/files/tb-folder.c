/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-files.h"

typedef struct
{
  DIR *dir; /* files are opened in it, whatever becomes of its path meanwhile */
  char *pattern; /* NULL = all files */
  gboolean single; /* the address is a file, which must be there */
} Folder;

static void
folder_free (gpointer data)
{
  Folder *self = data;

  if (self->dir != NULL)
    closedir (self->dir);
  g_free (self->pattern);
  g_free (self);
}

/* ---- the address ---- */

/* file:///path, /path or ~/path. NULL = something else. */
static char *
path_of (const char *url)
{
  g_autofree char *path = g_str_has_prefix (url, "file://") ? g_uri_unescape_string (url + strlen ("file://"), NULL) : g_strdup (url);

  if (path != NULL && g_str_has_prefix (path, "~/"))
    return g_build_filename (g_get_home_dir (), path + 2, NULL);
  if (path != NULL && g_str_has_prefix (path, "localhost/"))
    return g_strdup (path + strlen ("localhost"));
  return path != NULL && *path == '/' ? g_steal_pointer (&path) : NULL;
}

static gboolean
check (TbPbx *pbx, GError **error)
{
  g_autofree char *path = path_of (pbx->base);

  if (path != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a folder. Give its whole path, like /var/spool/cdr or file:///var/spool/cdr/*.csv."),
               pbx->base);
  return FALSE;
}

/* ---- looking ---- */

static gpointer
refuse_folder (Folder *self, const char *path, GError **error)
{
  int code = errno;

  folder_free (self);
  g_set_error (error, TB_ERROR, code == ENOENT ? TB_ERROR_NOT_FOUND : code == EACCES ? TB_ERROR_AUTH : TB_ERROR_STORAGE,
               _("The folder %s cannot be read: %s."), path, g_strerror (code));
  return NULL;
}

/* The last part of the path may be a pattern or the name of one file. */
static gpointer
begin (TbPbxTalk *talk, GError **error)
{
  g_autofree char *path = path_of (talk->pbx->base);
  g_autofree char *folder = NULL;
  Folder *self = g_new0 (Folder, 1);
  struct stat info;

  tb_files_split (path, &folder, &self->pattern);
  if (self->pattern == NULL && stat (folder, &info) == 0 && S_ISREG (info.st_mode))
    {
      char *parent = g_path_get_dirname (folder);

      self->pattern = g_path_get_basename (folder);
      self->single = TRUE;
      g_free (folder);
      folder = parent;
    }
  self->dir = opendir (folder);
  return self->dir != NULL ? self : refuse_folder (self, folder, error);
}

char *
tb_folder_dup_version (const struct stat *info)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld", (gint64) info->st_size, (gint64) info->st_mtim.tv_sec, info->st_mtim.tv_nsec);
}

/* A link to a file of the same folder is passed over: that file is read under its own name. */
static gboolean
links_out (Folder *self, const char *name)
{
  g_autofree char *here = g_strdup_printf ("/proc/self/fd/%d", dirfd (self->dir));
  g_autofree char *link = g_build_filename (here, name, NULL);
  g_autofree char *folder = realpath (here, NULL);
  g_autofree char *target = realpath (link, NULL);
  g_autofree char *parent = target != NULL ? g_path_get_dirname (target) : NULL;

  return folder != NULL && g_strcmp0 (folder, parent) != 0;
}

static TbFile *
look_at (Folder *self, const char *name)
{
  struct stat info;
  g_autofree char *version = NULL;

  if (fstatat (dirfd (self->dir), name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return NULL;
  if (S_ISLNK (info.st_mode) && links_out (self, name))
    return tb_file_new (name, NULL, 1); /* which is what opening it will say */
  if (!S_ISREG (info.st_mode))
    return NULL;
  version = tb_folder_dup_version (&info);
  return tb_file_new (name, version, (gint64) info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000);
}

static GPtrArray *
list (TbPbxTalk *talk, gpointer place, GCancellable *cancellable, GError **error)
{
  Folder *self = place;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_file_free);
  const struct dirent *entry;

  rewinddir (self->dir);
  while ((errno = 0, entry = readdir (self->dir)) != NULL)
    {
      TbFile *file = NULL;

      if (tb_error_if_cancelled (cancellable, error))
        return NULL;
      if (self->single ? g_str_equal (entry->d_name, self->pattern) : tb_file_is_wanted (entry->d_name, self->pattern))
        file = look_at (self, entry->d_name);
      if (file != NULL)
        g_ptr_array_add (files, file);
    }
  if (errno == 0)
    return g_steal_pointer (&files);
  g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The folder %s cannot be read: %s."), talk->pbx->base, g_strerror (errno));
  return NULL;
}

/* ---- opening ---- */

static int
open_file (TbPbxTalk *talk, gpointer place, TbFile *file, GCancellable *cancellable, GError **error)
{
  Folder *self = place;
  int fd = openat (dirfd (self->dir), file->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  g_autofree char *version = NULL;
  struct stat info;

  if (fd < 0 && errno == ELOOP)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s is a link that leads out of the folder, and is not followed."), file->name);
  else if (fd < 0)
    g_set_error (error, TB_ERROR, errno == ENOENT ? TB_ERROR_NOT_FOUND : TB_ERROR_STORAGE, _("%s cannot be opened: %s."), file->name, g_strerror (errno));
  if (fd < 0)
    return -1;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      close (fd);
      return -1;
    }
  version = tb_folder_dup_version (&info);
  file->size = info.st_size;
  file->growing |= g_strcmp0 (version, file->version) != 0;
  return fd;
}

static gboolean
pull (TbPbxTalk *talk, GCancellable *cancellable, GError **error)
{
  static const TbFileSource source = { .begin = begin, .list = list, .open = open_file, .end = folder_free };

  return tb_files_pull (talk, &source, cancellable, error);
}

const TbPbxKind tb_folder_kind = {
  .form = {
    .kind = "folder",
    .title = N_("Folder of files"),
    .url = "/var/spool/cdr/*.csv",
    .hint = N_("Every file of the folder whose name fits is read once, and again when it has grown."),
    .may_lack_user = TRUE,
  },
  .max_window = TB_PBX_ALL_AT_ONCE,
  .is_local = TRUE,
  .check = check,
  .pull = pull,
  .summary = tb_files_summary,
};
