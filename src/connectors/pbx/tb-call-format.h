/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-reader.h"
#include "tb-call-record.h"
#include "tb-csv-reader.h"

G_BEGIN_DECLS

/* What the formats share: a source to look at, columns by name, values of cells. Private to connectors/pbx. */

typedef enum
{
  TB_FIELD_UID, TB_FIELD_START, TB_FIELD_ANSWER, TB_FIELD_END, TB_FIELD_TENANT, TB_FIELD_EXTENSION, TB_FIELD_DIRECTION,
  TB_FIELD_CALLER, TB_FIELD_CALLER_NAME, TB_FIELD_CALLEE, TB_FIELD_DID, TB_FIELD_DURATION, TB_FIELD_BILLSEC, TB_FIELD_CAUSE,
  TB_FIELD_ACCOUNT_CODE,
  TB_FIELD_TIME, /* the time of day, when `start` is only a date */
  TB_N_FIELDS
} TbCallField;

/* What one unit of a column of seconds is, in milliseconds. */
typedef enum { TB_UNIT_MILLISECONDS = 1, TB_UNIT_SECONDS = 1000, TB_UNIT_MINUTES = 60000 } TbCallUnit;
typedef enum { TB_CALL_DATES_UNKNOWN, TB_CALL_DATES_DMY, TB_CALL_DATES_MDY } TbCallDates;

typedef struct
{
  int at[TB_N_FIELDS]; /* -1 = there is none */
  TbCallUnit unit[TB_N_FIELDS];
  gboolean utc[TB_N_FIELDS]; /* the title says so: "Start (UTC)" */
  gboolean has_header;
  guint n;        /* columns a record must have: the last with a title, or the last that is used */
  TbCallDates dates;
} TbCallColumns;

/* A file before and while it is read. */
typedef struct
{
  char *sample; /* its first 64 KiB as UTF-8, NUL-ended */
  gsize sample_len;
  gboolean whole; /* the sample is all there is */
  char separator;
  TbCsvQuotes quotes;
  GPtrArray *header; /* of char *: fields of the first record that is not blank */
  TbZone *zone;      /* NULL = UTC */
  char *tenant;      /* whom the PBX was asked about, where its records do not say; "" = nobody in particular */
  const char *mapping;
  TbCallColumns columns;
  GString *scratch[4]; /* text of the current call that is made up of several cells */
  gpointer state;      /* of the format; freed with g_free */
  gboolean unterminated; /* the current record has no line end: it is the file's last */
} TbCallSource;

typedef enum { TB_ROW_CALL, TB_ROW_SKIP, TB_ROW_REJECT } TbRowResult;

/* A vendor's format is one of rows (guess, open, read) or of documents (the rest). A vendor that has both has two of the same name. */
typedef struct
{
  const char *name;

  gboolean (*guess) (TbCallSource *source);
  /* Maps columns; the first record is data unless columns.has_header. Documents may lack it. */
  gboolean (*open) (TbCallSource *source, GError **error);
  TbRowResult (*read) (TbCallSource *source, const TbCsvField *fields, guint n, TbCall *call, GError **error);

  const char *records; /* where in the document the list of records is: "data", "" or NULL = the document is the list */
  JsonNode *(*find) (TbCallSource *source, JsonNode *root); /* or where it is, if not always there; NULL = nowhere. May be NULL. */
  gboolean single;     /* the document may also be one record; where there is `find`, if that gives the document itself */
  JsonNode *(*parse) (const char *text, gsize len, GError **error); /* NULL = it is JSON */
  gboolean (*guess_record) (TbCallRecord *record);
  TbRowResult (*read_record) (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error);
} TbCallFormat;

/* All of them, NULL-ended, a more particular one before a more general one (tb-call-formats.c). */
extern const TbCallFormat *const tb_call_formats[];

extern const TbCallFormat tb_fusionpbx_csv;
extern const TbCallFormat tb_fusionpbx_rest_json;
extern const TbCallFormat tb_fusionpbx_ictvoip_json;
extern const TbCallFormat tb_fspbx_json;
extern const TbCallFormat tb_netsapiens_json;
extern const TbCallFormat tb_kazoo_csv;
extern const TbCallFormat tb_kazoo_json;
extern const TbCallFormat tb_freepbx_csv;
extern const TbCallFormat tb_freepbx_json;
extern const TbCallFormat tb_asterisk_csv;
extern const TbCallFormat tb_mapped_csv;
extern const TbCallFormat tb_vodia_json;
extern const TbCallFormat tb_vodia_push_json;
extern const TbCallFormat tb_3cx_json;
extern const TbCallFormat tb_3cx_log;
extern const TbCallFormat tb_yeastar_json;
extern const TbCallFormat tb_grandstream_json;
extern const TbCallFormat tb_freeswitch_json;
extern const TbCallFormat tb_freeswitch_xml;
extern const TbCallFormat tb_freeswitch_csv;
extern const TbCallFormat tb_cucm_csv;
extern const TbCallFormat tb_vitalpbx_csv;
extern const TbCallFormat tb_wildix_json;
extern const TbCallFormat tb_voipms_json;
extern const TbCallFormat tb_telnyx_json;
extern const TbCallFormat tb_telnyx_csv;
extern const TbCallFormat tb_twilio_json;
extern const TbCallFormat tb_signalwire_json;
extern const TbCallFormat tb_didww_csv;
extern const TbCallFormat tb_flowroute_csv;
extern const TbCallFormat tb_bandwidth_json;
extern const TbCallFormat tb_voicetel_json;
extern const TbCallFormat tb_lesnet_text;
extern const TbCallFormat tb_voipinnovations_text;

/* ---- columns (tb-call-columns.c) ---- */

/* "caller_name" → TB_FIELD_CALLER_NAME, -1 = there is no such field. */
int   tb_call_field_find (const char *name);
/* "Billable Duration (s)" → "billable_duration_s". */
char *tb_column_key (const char *title);
/* Index of a title, letter case and punctuation aside; -1 = none. */
int   tb_columns_find (const GPtrArray *header, const char *name);
/* By `source->mapping` ("uid=id,…,dates=dmy"), then by well-known titles. */
gboolean tb_columns_map (TbCallSource *source, GError **error);
/* Wrong numbers of columns say that a record is cut or that a separator was not quoted. */
gboolean tb_columns_check (const TbCallSource *source, const TbCsvField *fields, guint n, GError **error);

/* ---- values (tb-call-values.c) ---- */

/* tb_time_parse, then what other systems write: 31/01/2026 23:59, 2026/01/31, 20260131235940, 31 Jan 2026, AM and PM. */
gboolean tb_call_time_parse (const char *text, TbCallDates dates, TbZone *zone, gint64 *ret, GError **error);
/* DMY or MDY when `text` begins with a date that can only be one of them. */
TbCallDates tb_call_dates_of (const char *text, gboolean *ret_unclear);
/* The second time that local text read as `first` can mean, in the hour that autumn repeats; else `first`. */
gint64 tb_call_time_later (gint64 first, TbZone *zone);
/* "125", "125.2", "00:02:05", "2:05", "PT2M5.3S", "125 s"; fractions of a second are rounded up. */
gboolean tb_call_seconds_parse (const char *text, TbCallUnit unit, gint32 *ret);
TbDirection tb_call_direction_parse (const char *text);
/* Two to seven digits: a number inside. */
gboolean tb_call_is_extension (const char *text);
/* A word that says nobody talked, or that somebody did. */
gboolean tb_call_cause_is_failure (const char *text);
gboolean tb_call_cause_is_answered (const char *text);

static inline const char *
tb_cell (const TbCallColumns *columns, const TbCsvField *fields, guint n, TbCallField field)
{
  int at = columns->at[field];

  return at >= 0 && (guint) at < n ? fields[at].text : "";
}

/* A plain number of a few digits, the usual case of seconds; -1 = something else. */
static inline gint64
tb_cell_int (const char *text)
{
  gint64 value = 0;
  guint i;

  for (i = 0; text[i] >= '0' && text[i] <= '9' && i < 11; i++)
    value = value * 10 + (text[i] - '0');
  return i > 0 && text[i] == '\0' ? value : -1;
}

G_END_DECLS
