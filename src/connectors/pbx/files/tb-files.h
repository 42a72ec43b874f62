/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* What kinds that collect files have in common: which are new, which are still being written, in which order, and that one which cannot be
 * read stops none of the others. Private to connectors/pbx. */

typedef struct
{
  char *name;      /* within the folder */
  char *version;   /* changes when the file does; NULL = it cannot be told, so it is always read */
  gint64 modified; /* microseconds since 1970 to sort by and to tell whether it is at rest; 0 = not known */
  gboolean growing; /* it changed while it was looked at */
  gint64 size;     /* when it was opened */
} TbFile;
TbFile *tb_file_new (const char *name, const char *version, gint64 modified);
void    tb_file_free (TbFile *self);

typedef struct
{
  /* Regular files of the place that match; names that are never meant (tb_file_is_wanted) may be left out. */
  GPtrArray *(*list) (TbPbxTalk *talk, gpointer place, GCancellable *cancellable, GError **error);
  /* Opens it and sets `size`; may set `growing` when it is not what was listed. -1 without error = it is no file to read after all. */
  int (*open) (TbPbxTalk *talk, gpointer place, TbFile *file, GCancellable *cancellable, GError **error);
  gpointer (*begin) (TbPbxTalk *talk, GError **error);
  GDestroyNotify end;
} TbFileSource;

/* For TbPbxKind.pull: the next new file. A file that cannot be read is an error only when all others have been given. */
gboolean tb_files_pull (TbPbxTalk *talk, const TbFileSource *source, GCancellable *cancellable, GError **error);
/* For TbPbxKind.summary. */
char *tb_files_summary (TbPbxTalk *talk, guint calls);

/* "/var/spool/cdr/ *.csv" is a folder and a pattern (* and ?); without one *ret_pattern is NULL. */
void     tb_files_split (const char *path, char **ret_folder, char **ret_pattern);
/* A pattern that matches, and not the temporary name of a file that is just being written. */
gboolean tb_file_is_wanted (const char *name, const char *pattern);
/* A file without a name, for what is read in a second go. -1 = error. */
int      tb_files_scratch (GError **error);

/* A file is at rest when nobody wrote to it for so many milliseconds of patience. */
#define TB_FILES_REST 3

G_END_DECLS
