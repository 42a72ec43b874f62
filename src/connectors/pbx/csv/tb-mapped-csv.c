/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* Any separated text whose columns can be named. There is no vendor behind it, so everything that is not certain is an error
 * or a reject that says so, never a guess. */

#define EVIDENCE_ROWS 400

/* ---- opening ---- */

/* A first record that holds a time or mostly numbers is data. */
static gboolean
looks_like_header (const GPtrArray *header)
{
  guint words = 0, numbers = 0;

  for (guint i = 0; i < header->len; i++)
    {
      const char *text = header->pdata[i];
      gint64 time;

      if (strlen (text) >= 10 && tb_call_time_parse (text, TB_CALL_DATES_DMY, NULL, &time, NULL))
        return FALSE;
      words += g_ascii_isalpha (*text) || (guchar) *text >= 0x80;
      numbers += g_ascii_isdigit (*text) || *text == '+';
    }
  return words > numbers;
}

/* The order of day and month is the file's: one date that can only be read in one way decides for all of them. */
static gboolean
find_dates (TbCallSource *source, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (source->sample, (gssize) source->sample_len, NULL);
  g_autoptr (TbCsvReader) reader = tb_csv_reader_new (stream, source->separator, source->quotes);
  const int at = source->columns.at[TB_FIELD_START];
  const TbCsvField *cells;
  guint n, dmy = 0, mdy = 0, unclear = 0, half_days = 0;

  for (guint row = 0; row < EVIDENCE_ROWS && tb_csv_reader_next (reader, &cells, &n, NULL, NULL); row++)
    {
      gboolean is_unclear = FALSE;
      TbCallDates dates = (guint) at < n ? tb_call_dates_of (cells[at].text, &is_unclear) : TB_CALL_DATES_UNKNOWN;

      dmy += dates == TB_CALL_DATES_DMY;
      mdy += dates == TB_CALL_DATES_MDY;
      unclear += is_unclear;
      half_days += is_unclear && (strcasestr (cells[at].text, " am") != NULL || strcasestr (cells[at].text, " pm") != NULL);
    }
  if (dmy > 0 && mdy > 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                   _("Column “%s” holds dates with the day first and dates with the month first. Correct it, or add dates=dmy or dates=mdy "
                     "to the mapping to refuse those of the other kind."),
                   source->columns.has_header ? (char *) source->header->pdata[at] : "start");
      return FALSE;
    }
  if (dmy > 0 || mdy > 0)
    source->columns.dates = dmy > 0 ? TB_CALL_DATES_DMY : TB_CALL_DATES_MDY;
  else if (half_days > 0) /* AM and PM are written where the month comes first */
    source->columns.dates = TB_CALL_DATES_MDY;
  else if (unclear > 0)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                           _("Nothing in the file shows whether its dates begin with the day or the month. Add dates=dmy or dates=mdy to the "
                             "mapping of columns."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
mapped_open (TbCallSource *source, GError **error)
{
  source->columns.has_header = looks_like_header (source->header);
  if (!tb_columns_map (source, error))
    return FALSE;
  return source->columns.dates != TB_CALL_DATES_UNKNOWN || find_dates (source, error);
}

static gboolean
mapped_guess (TbCallSource *source)
{
  TbCallSource copy = *source;

  copy.columns.has_header = looks_like_header (source->header);
  return tb_columns_map (&copy, NULL);
}

/* ---- reading ---- */

/* What exports write for "no time". */
static gboolean
is_no_time (const char *text)
{
  return *text == '\0' || g_str_equal (text, "0") || g_str_equal (text, "-") || g_str_has_prefix (text, "0000-00-00")
         || g_ascii_strcasecmp (text, "null") == 0 || g_ascii_strcasecmp (text, "n/a") == 0;
}

/* FALSE only with an error: text that is no time. *ret stays TB_TIME_NONE when the cell is empty. */
static gboolean
read_time (const TbCallSource *source, const TbCsvField *cells, guint n, TbCallField field, gint64 *ret, GError **error)
{
  const TbCallColumns *columns = &source->columns;
  const char *text = tb_cell (columns, cells, n, field);

  *ret = TB_TIME_NONE;
  if (is_no_time (text))
    return TRUE;
  return tb_call_time_parse (text, columns->dates, columns->utc[field] ? NULL : source->zone, ret, error);
}

static gboolean
read_start (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  const TbCallColumns *columns = &source->columns;
  const char *text = tb_cell (columns, cells, n, TB_FIELD_START);
  const char *clock = tb_cell (columns, cells, n, TB_FIELD_TIME);
  TbZone *zone = columns->utc[TB_FIELD_START] ? NULL : source->zone;

  if (*clock != '\0' && strchr (text, ':') == NULL && strchr (clock, ':') != NULL)
    {
      g_string_printf (source->scratch[0], "%s %s", text, clock);
      text = source->scratch[0]->str;
    }
  if (is_no_time (text))
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("start is empty."));
      return FALSE;
    }
  return tb_call_time_parse (text, columns->dates, zone, &call->start, error);
}

static gboolean
read_seconds (const TbCallSource *source, const TbCsvField *cells, guint n, TbCallField field, gint32 *ret, GError **error)
{
  const char *text = tb_cell (&source->columns, cells, n, field);

  *ret = -1;
  if (*text == '\0' || tb_call_seconds_parse (text, source->columns.unit[field], ret))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%.40s” is not a number of seconds or h:mm:ss."), text);
  return FALSE;
}

/* Billable is what the file calls so; else answer to end; else the whole duration, unless nobody answered. */
static gboolean
read_lengths (const TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  gint64 answer, end;
  gint32 billsec, duration;
  const gboolean failed = tb_call_cause_is_failure (call->cause);

  if (!read_seconds (source, cells, n, TB_FIELD_BILLSEC, &billsec, error) || !read_seconds (source, cells, n, TB_FIELD_DURATION, &duration, error)
      || !read_time (source, cells, n, TB_FIELD_ANSWER, &answer, error) || !read_time (source, cells, n, TB_FIELD_END, &end, error))
    return FALSE;
  /* 1970 or a time before the start is how FusionPBX and others write "never". */
  if (answer != TB_TIME_NONE && answer < call->start)
    answer = TB_TIME_NONE;

  if (billsec < 0 && answer != TB_TIME_NONE && end != TB_TIME_NONE && end >= answer && end - answer <= TB_CALL_MAX_SECONDS)
    billsec = (gint32) (end - answer);
  if (billsec < 0 && (failed || (source->columns.at[TB_FIELD_ANSWER] >= 0 && answer == TB_TIME_NONE)))
    billsec = 0;
  if (billsec < 0 && source->columns.at[TB_FIELD_BILLSEC] < 0)
    billsec = duration;
  if (billsec < 0)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("the record does not say how long the call lasted."));
      return FALSE;
    }

  if (duration < 0)
    duration = end != TB_TIME_NONE && end >= call->start && end - call->start <= TB_CALL_MAX_SECONDS ? (gint32) (end - call->start) : billsec;
  call->seconds = billsec;
  call->duration = MAX (duration, billsec);
  if (billsec == 0 && answer == TB_TIME_NONE && !tb_call_cause_is_answered (call->cause))
    call->ring = -1;
  else if (answer != TB_TIME_NONE && answer - call->start <= TB_CALL_MAX_SECONDS)
    call->ring = (gint32) (answer - call->start);
  else
    call->ring = call->duration - billsec;
  return TRUE;
}

/* Asterisk's clid: "Name" <number>. */
static void
split_caller (TbCallSource *source, TbCall *call)
{
  const char *open = strrchr (call->caller, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  const char *name = call->caller;
  const char *name_end = open;

  if (close == NULL)
    return;
  if (*call->caller_name == '\0')
    {
      while (name < name_end && (*name == '"' || *name == ' '))
        name++;
      while (name_end > name && (name_end[-1] == '"' || name_end[-1] == ' '))
        name_end--;
      g_string_truncate (source->scratch[1], 0);
      call->caller_name = g_string_append_len (source->scratch[1], name, name_end - name)->str;
    }
  g_string_truncate (source->scratch[2], 0);
  call->caller = g_string_append_len (source->scratch[2], open + 1, close - open - 1)->str;
}

/* Blanks around values, as "; " separated files have them. The buffer is ours until the next record. */
static void
trim_cells (const TbCsvField *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      TbCsvField *cell = (TbCsvField *) &cells[i];

      for (; cell->len > 0 && *cell->text == ' '; cell->len--)
        cell->text++;
      if (cell->len > 0 && cell->text[cell->len - 1] == ' ')
        {
          while (cell->len > 0 && cell->text[cell->len - 1] == ' ')
            cell->len--;
          ((char *) cell->text)[cell->len] = '\0';
        }
    }
}

static TbRowResult
mapped_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  const TbCallColumns *columns = &source->columns;

  if (!tb_columns_check (source, cells, n, error))
    return TB_ROW_REJECT;
  trim_cells (cells, n);

  call->uid = tb_cell (columns, cells, n, TB_FIELD_UID);
  call->tenant = tb_cell (columns, cells, n, TB_FIELD_TENANT);
  call->extension = tb_cell (columns, cells, n, TB_FIELD_EXTENSION);
  call->caller = tb_cell (columns, cells, n, TB_FIELD_CALLER);
  call->caller_name = tb_cell (columns, cells, n, TB_FIELD_CALLER_NAME);
  call->callee = tb_cell (columns, cells, n, TB_FIELD_CALLEE);
  call->did = tb_cell (columns, cells, n, TB_FIELD_DID);
  call->account_code = tb_cell (columns, cells, n, TB_FIELD_ACCOUNT_CODE);
  call->cause = tb_cell (columns, cells, n, TB_FIELD_CAUSE);
  call->direction = tb_call_direction_parse (tb_cell (columns, cells, n, TB_FIELD_DIRECTION));
  split_caller (source, call);

  return read_start (source, cells, n, call, error) && read_lengths (source, cells, n, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_mapped_csv = { "csv", mapped_guess, mapped_open, mapped_read };
