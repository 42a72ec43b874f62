/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* Master.csv of mod_cdr_csv with its default template: no titles, each value in quotes, quotes inside as they are. See README.md here. */

enum
{
  CALLER_NAME, CALLER, DESTINATION, CONTEXT, START, ANSWER, END, DURATION, BILLSEC, CAUSE, UUID, OTHER_UUID, ACCOUNT_CODE, READ_CODEC,
  WRITE_CODEC, N_COLUMNS
};

static gboolean
is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
csv_guess (TbCallSource *source)
{
  char **cells = (char **) source->header->pdata;

  return source->header->len == N_COLUMNS && g_uuid_string_is_valid (cells[UUID]) && is_number (cells[DURATION]) && is_number (cells[BILLSEC]);
}

static gboolean
csv_open (TbCallSource *source, GError **error)
{
  source->quotes = TB_CSV_QUOTES_UNESCAPED;
  source->columns.n = N_COLUMNS;
  return TRUE;
}

/* Stamps are local text. In the hour that autumn repeats, the start is the one of its two meanings from which the call's length leads to
 * its end. */
static gint64
settle_start (gint64 first, const char *end_text, gint32 duration, TbZone *zone)
{
  const gint64 later = tb_call_time_later (first, zone);
  gint64 end, end_later;

  if (later == first || !tb_call_time_parse (end_text, TB_CALL_DATES_UNKNOWN, zone, &end, NULL))
    return first;
  end_later = tb_call_time_later (end, zone);
  if (ABS (end - first - duration) <= 1 || ABS (end_later - first - duration) <= 1)
    return first;
  return ABS (end - later - duration) <= 1 || ABS (end_later - later - duration) <= 1 ? later : first;
}

static gboolean
read_times (TbCallSource *source, const TbCsvField *cells, TbCall *call, GError **error)
{
  if (!tb_call_time_parse (cells[START].text, TB_CALL_DATES_UNKNOWN, source->zone, &call->start, error))
    return FALSE;
  if (!tb_call_seconds_parse (cells[DURATION].text, TB_UNIT_SECONDS, &call->duration)
      || !tb_call_seconds_parse (cells[BILLSEC].text, TB_UNIT_SECONDS, &call->seconds))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("duration “%.40s” and billsec “%.40s” are not numbers of seconds."), cells[DURATION].text,
                   cells[BILLSEC].text);
      return FALSE;
    }
  call->start = settle_start (call->start, cells[END].text, call->duration, source->zone);
  call->duration = MAX (call->duration, call->seconds);
  if (cells[ANSWER].len > 0 || call->seconds > 0)
    call->ring = call->duration - call->seconds;
  return TRUE;
}

/* Contexts of the stock dialplan say where a call came from; where there are several customers, a context is one's domain. */
static void
read_parties (const TbCsvField *cells, TbCall *call)
{
  const char *context = cells[CONTEXT].text;

  call->caller = cells[CALLER].text;
  call->callee = cells[DESTINATION].text;
  if (g_str_equal (context, "public"))
    call->direction = TB_DIRECTION_INBOUND;
  else
    call->direction = tb_call_is_extension (call->callee) && tb_call_is_extension (call->caller) && strlen (call->callee) == strlen (call->caller)
                        ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
  if (call->direction != TB_DIRECTION_INBOUND)
    {
      call->extension = call->caller;
      call->tenant = g_str_equal (context, "default") ? "" : context;
    }
  else if (tb_call_is_extension (call->callee))
    call->extension = call->callee;
  else
    call->did = call->callee;
}

static TbRowResult
csv_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  if (!tb_columns_check (source, cells, n, error))
    return TB_ROW_REJECT;
  call->uid = cells[UUID].text;
  call->caller_name = cells[CALLER_NAME].text;
  call->account_code = cells[ACCOUNT_CODE].text;
  call->cause = cells[CAUSE].text;
  read_parties (cells, call);
  return read_times (source, cells, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_freeswitch_csv = { .name = "freeswitch", .guess = csv_guess, .open = csv_open, .read = csv_read };
