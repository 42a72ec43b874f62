/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TbCsvReader: a streaming reader of separated text with limits and line numbers.
 *
 * RFC 4180, any one-byte separator, CRLF, LF or CR. Reads from a GInputStream in large blocks (a file of a
 * gigabyte in constant memory). Fields are views into its buffer, NUL-ended, valid until the next call.
 */
typedef enum
{
  TB_CSV_QUOTES_RFC4180,   /* "" inside quotes is a quote */
  TB_CSV_QUOTES_UNESCAPED, /* every field in quotes, quotes inside left alone (FusionPBX, FreeSWITCH): a field
                              ends at quote, separator, quote, or at quote, end of line */
  TB_CSV_QUOTES_NONE,      /* quotes are ordinary characters */
} TbCsvQuotes;

typedef struct _TbCsvReader TbCsvReader;

#define TB_CSV_MAX_RECORD (1024 * 1024) /* bytes in one record */
#define TB_CSV_MAX_FIELDS 1024

typedef struct
{
  const char *text; /* UTF-8 not checked, NUL-ended */
  gsize len;
  gboolean quoted;
} TbCsvField;

TbCsvReader *tb_csv_reader_new (GInputStream *stream, char separator, TbCsvQuotes quotes);
void         tb_csv_reader_free (TbCsvReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCsvReader, tb_csv_reader_free)

/* The next record, empty lines included (one field of length 0). FALSE with no error at the end. A record
 * that breaks a limit, holds NUL or never closes its quote is TB_ERROR_INVALID_INPUT with line and byte;
 * reading may go on after it with the next line, unless `tb_csv_reader_is_at_end`. */
gboolean    tb_csv_reader_next (TbCsvReader *self, const TbCsvField **ret_fields, guint *ret_n, GCancellable *cancellable,
                                GError **error);
gboolean    tb_csv_reader_is_at_end (TbCsvReader *self);
guint64     tb_csv_reader_get_line (TbCsvReader *self);  /* of the record last returned, from 1 */
goffset     tb_csv_reader_get_bytes (TbCsvReader *self); /* consumed so far */
const char *tb_csv_reader_get_raw (TbCsvReader *self, gsize *ret_len); /* the record as it came, without its line end */

/* Votes over the first 20 lines outside quotes for , ; TAB | ; ',' when nothing wins. */
char tb_csv_detect_separator (const char *text, gsize len);

G_END_DECLS
