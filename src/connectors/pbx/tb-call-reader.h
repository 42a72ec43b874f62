/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-call.h"

G_BEGIN_DECLS

/**
 * TbCallReader: call records of one vendor's format as a stream of calls in the common model.
 *
 * Formats are rows of a table (tb-call-reader.c): name, how to recognise it, how to read it. Adding one is a folder here.
 */
typedef struct _TbCallReader TbCallReader;
struct _JsonNode;

typedef enum { TB_READ_CALL, TB_READ_REJECT, TB_READ_END, TB_READ_ERROR } TbReadResult;

typedef struct
{
  guint64 line;
  char *reason;    /* for people */
  const char *raw; /* the record as it came; borrowed until the next call */
  gsize raw_len;
} TbReadReject;

typedef struct
{
  const char *format;     /* NULL = guess from the content */
  const char *columns;    /* "uid=id,caller=src,…" for csv; NULL = by header names */
  TbZone *zone;           /* of times without offset; NULL = UTC */
  const char *tenant;     /* whom the PBX was asked about, for records that do not say; NULL = nobody in particular */
} TbCallReaderOptions;

/* Takes a reference on `stream`. TB_ERROR_INVALID_INPUT when the format is unknown, cannot be guessed, or a needed column is
 * missing (the message names those that are there); TB_ERROR_AUTH for a login page or "access denied" instead of data. */
TbCallReader *tb_call_reader_new (GInputStream *stream, const TbCallReaderOptions *options, GCancellable *cancellable, GError **error);
/* The same from JSON that was parsed already. Takes a reference on `root`, which must not change. */
TbCallReader *tb_call_reader_new_json (struct _JsonNode *root, const TbCallReaderOptions *options, GError **error);
void          tb_call_reader_free (TbCallReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallReader, tb_call_reader_free)

/* *ret_call is a view until the next call; a reject's reason is freed by the reader. TB_READ_ERROR sets `error`: the file as a
 * whole cannot be trusted (I/O error, cancelled). */
TbReadResult tb_call_reader_next (TbCallReader *self, const TbCall **ret_call, const TbReadReject **ret_reject, GError **error);
const char  *tb_call_reader_get_format (TbCallReader *self);
goffset      tb_call_reader_get_bytes (TbCallReader *self); /* consumed, for progress */
/* Records so far that are not calls of their own: second legs of calls that are there. Neither calls nor rejects. */
guint64      tb_call_reader_get_skipped (TbCallReader *self);

/* NULL-ended, untranslated names: "fusionpbx", "asterisk", "csv" … */
const char *const *tb_call_format_list (void);

G_END_DECLS
