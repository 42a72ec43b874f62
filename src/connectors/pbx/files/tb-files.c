/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-file-stream.h"
#include "tb-text.h"

#define NAMED_FAILURES 5 /* files named in a message; the others are counted */

/* A talk's files, made by its first pull. */
typedef struct
{
  const TbFileSource *source;
  gpointer place;
  GPtrArray *files; /* of TbFile, that are to be read */
  guint next;
  guint found, fresh; /* how many there are, and new or changed ones among them */
  GString *failures;  /* NULL = all could be read so far */
  guint failed;
  GError *first;
  char *last; /* name of the file given last */
} Files;

TbFile *
tb_file_new (const char *name, const char *version, gint64 modified)
{
  TbFile *self = g_new0 (TbFile, 1);

  self->name = g_strdup (name);
  self->version = g_strdup (version);
  self->modified = modified;
  return self;
}

void
tb_file_free (TbFile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->version);
  g_free (self);
}

static void
files_free (gpointer data)
{
  Files *self = data;

  if (self->place != NULL)
    self->source->end (self->place);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  if (self->failures != NULL)
    g_string_free (self->failures, TRUE);
  g_clear_error (&self->first);
  g_free (self->last);
  g_free (self);
}

/* ---- names ---- */

void
tb_files_split (const char *path, char **ret_folder, char **ret_pattern)
{
  const char *slash = strrchr (path, '/');
  const char *last = slash != NULL ? slash + 1 : path;

  if (strpbrk (last, "*?") == NULL)
    {
      *ret_folder = g_strdup (path);
      *ret_pattern = NULL;
      return;
    }
  *ret_folder = slash == NULL ? g_strdup ("") : slash == path ? g_strdup ("/") : g_strndup (path, (gsize) (slash - path));
  *ret_pattern = g_strdup (last);
}

gboolean
tb_file_is_wanted (const char *name, const char *pattern)
{
  static const char *const unfinished[] = { "~", ".tmp", ".temp", ".part", ".partial", ".filepart", ".swp", ".lock" };

  if (*name == '.' || *name == '\0' || strchr (name, '/') != NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (unfinished); i++)
    if (g_str_has_suffix (name, unfinished[i]))
      return FALSE;
  return pattern == NULL || g_pattern_match_simple (pattern, name);
}

/* ---- which files ---- */

static gboolean
is_known (TbPbxTalk *talk, const TbFile *file)
{
  const char *version = talk->pbx->known != NULL ? g_hash_table_lookup (talk->pbx->known, file->name) : NULL;

  return version != NULL && file->version != NULL && g_str_equal (version, file->version);
}

static void
note_listed (TbPbx *pbx, const GPtrArray *files)
{
  g_clear_pointer (&pbx->listed, g_hash_table_unref);
  pbx->listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < files->len; i++)
    g_hash_table_add (pbx->listed, g_strdup (((TbFile *) files->pdata[i])->name));
}

static GPtrArray *
list (TbPbxTalk *talk, Files *self, GCancellable *cancellable, GError **error)
{
  GPtrArray *files = self->source->list (talk, self->place, cancellable, error);
  guint kept = 0;

  if (files == NULL)
    return NULL;
  note_listed (talk->pbx, files);
  self->found = files->len;
  for (guint i = 0; i < files->len; i++)
    if (!is_known (talk, files->pdata[i]))
      {
        gpointer file = files->pdata[kept];

        files->pdata[kept++] = files->pdata[i];
        files->pdata[i] = file;
      }
  self->fresh = kept;
  if (talk->purpose != TB_PBX_TEST) /* a test reads one file, known or not */
    g_ptr_array_set_size (files, (gint) kept);
  return files;
}

static gint64
get_rest (void)
{
  return TB_FILES_REST * (gint64) tb_pbx_get_patience () * 1000;
}

/* A clock that is ahead makes files that were written in the future: they are not at rest either, which costs a moment. */
static gboolean
all_at_rest (const GPtrArray *files)
{
  gint64 then = g_get_real_time () - get_rest ();

  for (guint i = 0; i < files->len; i++)
    if (((TbFile *) files->pdata[i])->modified == 0 || ((TbFile *) files->pdata[i])->modified > then)
      return FALSE;
  return TRUE;
}

static gboolean
wait_a_moment (GCancellable *cancellable, GError **error)
{
  GPollFD poll;
  gboolean has_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &poll);

  g_poll (&poll, has_fd ? 1 : 0, (gint) (get_rest () / 1000));
  if (has_fd)
    g_cancellable_release_fd (cancellable);
  return !tb_error_if_cancelled (cancellable, error);
}

/* What was another file, or none, at the first look. */
static void
mark_growing (const GPtrArray *before, const GPtrArray *after)
{
  g_autoptr (GHashTable) versions = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < before->len; i++)
    g_hash_table_insert (versions, ((TbFile *) before->pdata[i])->name, before->pdata[i]);
  for (guint i = 0; i < after->len; i++)
    {
      TbFile *file = after->pdata[i];
      const TbFile *old = g_hash_table_lookup (versions, file->name);

      file->growing = old == NULL || g_strcmp0 (old->version, file->version) != 0;
    }
}

static gint
compare_files (gconstpointer a, gconstpointer b)
{
  const TbFile *first = *(TbFile *const *) a, *second = *(TbFile *const *) b;

  if (first->modified != second->modified)
    return first->modified < second->modified ? -1 : 1;
  return strcmp (first->name, second->name);
}

static gboolean
choose (TbPbxTalk *talk, Files *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = list (talk, self, cancellable, error);

  if (files == NULL)
    return FALSE;
  if (!all_at_rest (files))
    {
      g_autoptr (GPtrArray) again = NULL;

      if (!wait_a_moment (cancellable, error) || (again = list (talk, self, cancellable, error)) == NULL)
        return FALSE;
      mark_growing (files, again);
      g_ptr_array_unref (files);
      files = g_steal_pointer (&again);
    }
  g_ptr_array_sort (files, compare_files);
  self->files = g_steal_pointer (&files);
  if (talk->purpose == TB_PBX_TEST && self->files->len > 1) /* the newest says most */
    self->next = self->files->len - 1;
  return TRUE;
}

static Files *
get_files (TbPbxTalk *talk, const TbFileSource *source, GCancellable *cancellable, GError **error)
{
  Files *self = talk->data;

  if (self == NULL)
    {
      self = talk->data = g_new0 (Files, 1);
      talk->data_free = files_free;
      self->source = source;
      self->place = source->begin (talk, error);
    }
  if (self->place == NULL || (self->files == NULL && !choose (talk, self, cancellable, error)))
    return NULL;
  return self;
}

/* ---- reading one ---- */

int
tb_files_scratch (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "tollbook-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("No temporary file can be made: %s."), g_strerror (errno));
  else
    unlink (path);
  return fd;
}

/* FALSE without error = it is left for the next time. */
static gboolean
give_file (TbPbxTalk *talk, Files *self, TbFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  int fd = self->source->open (talk, self->place, file, cancellable, error);
  gint64 length;

  if (fd < 0)
    return FALSE;
  length = file->growing ? tb_file_count_whole_lines (fd, file->size) : file->size;
  stream = tb_file_stream_new (fd, length);
  if (file->growing && length == 0)
    return FALSE;
  tb_set_str (&self->last, file->name);
  return tb_pbx_give_stream (talk, stream, file->name, file->name, file->growing ? NULL : file->version, error);
}

/* TRUE = the fault is the file's own; else it is the server's or the user's wish, and no other file would fare better. */
static gboolean
is_of_file (const GError *error)
{
  return g_error_matches (error, TB_ERROR, TB_ERROR_INVALID_INPUT) || g_error_matches (error, TB_ERROR, TB_ERROR_STORAGE)
         || g_error_matches (error, TB_ERROR, TB_ERROR_UNSUPPORTED) || g_error_matches (error, TB_ERROR, TB_ERROR_AUTH);
}

static void
note_failure (Files *self, const TbFile *file, const GError *error)
{
  if (self->first == NULL)
    self->first = g_error_copy (error);
  if (self->failures == NULL)
    self->failures = g_string_new (NULL);
  if (self->failed++ >= NAMED_FAILURES)
    return;
  if (self->failures->len > 0)
    g_string_append_c (self->failures, ' ');
  if (g_str_has_prefix (error->message, file->name))
    g_string_append (self->failures, error->message);
  else
    g_string_append_printf (self->failures, "%s: %s", file->name, error->message);
}

static gboolean
finish (TbPbxTalk *talk, Files *self, GError **error)
{
  g_autofree char *text = NULL;

  talk->over = TRUE;
  if (self->failures == NULL)
    return TRUE;
  if (self->found == 1)
    {
      g_propagate_error (error, g_steal_pointer (&self->first));
      return FALSE;
    }
  text = tb_text_for_message (self->failures->str, -1, 2000);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               g_dngettext (GETTEXT_PACKAGE, "%u file cannot be read, the others were. %s", "%u files cannot be read, the others were. %s", self->failed),
               self->failed, text);
  return FALSE;
}

gboolean
tb_files_pull (TbPbxTalk *talk, const TbFileSource *source, GCancellable *cancellable, GError **error)
{
  Files *self;

  talk->over = talk->purpose == TB_PBX_TENANTS; /* files do not tell */
  if (talk->over)
    return TRUE;
  self = get_files (talk, source, cancellable, error);
  if (self == NULL)
    return FALSE;
  while (self->next < self->files->len)
    {
      g_autoptr (GError) failure = NULL;
      TbFile *file = self->files->pdata[self->next++];

      if (tb_error_if_cancelled (cancellable, error))
        return FALSE;
      if (give_file (talk, self, file, cancellable, &failure))
        {
          talk->over = talk->purpose == TB_PBX_TEST;
          return TRUE;
        }
      if (failure == NULL || (g_error_matches (failure, TB_ERROR, TB_ERROR_NOT_FOUND) && file->version != NULL))
        continue; /* left for the next time, or it went away since it was listed */
      if (!is_of_file (failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      note_failure (self, file, failure);
    }
  return finish (talk, self, error);
}

char *
tb_files_summary (TbPbxTalk *talk, guint calls)
{
  const Files *self = talk->data;
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: %u file, %u new.", "%s: %u files, %u new.", self->found), talk->pbx->host,
                                            self->found, self->fresh);
  g_autofree char *name = self->last != NULL ? tb_text_for_message (self->last, -1, 200) : NULL;
  g_autofree char *read = name == NULL ? NULL
                                       : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u call can be read in %s.", "%u calls can be read in %s.", calls),
                                                          calls, name);

  return read != NULL ? g_strdup_printf ("%s %s", count, read) : g_steal_pointer (&count);
}
