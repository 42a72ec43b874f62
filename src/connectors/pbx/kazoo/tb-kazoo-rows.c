/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* Crossbar's listing of CDRs: JSON, or CSV in which nothing is quoted. See README.md here. */

#define GREGORIAN G_GINT64_CONSTANT (62167219200) /* seconds from year 0 to 1970 */

enum
{
  ID, CALLER, CALLER_NAME, CALLEE, DURATION, BILLING, TIMESTAMP, CAUSE, OTHER_LEG, OWNER, TO, FROM, DIRECTION, AUTHORIZING, DIALED, CALLING_FROM, UNIX,
  RFC, CALL_TYPE, N_NAMES
};

static const char *const names[N_NAMES] = {
  "id", "caller_id_number", "caller_id_name", "callee_id_number", "duration_seconds", "billing_seconds", "timestamp", "hangup_cause", "other_leg_call_id",
  "owner_id", "to", "from", "direction", "authorizing_id", "dialed_number", "calling_from", "unix_timestamp", "rfc_1036", "call_type",
};

/* ---- one call ---- */

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/* `direction` is the switch's. Ours is told by who is at the ends: a number from outside that reached an extension came in; else who was
 * authorized made the call. Short numbers that a carrier was paid for (emergency services) are not local. */
static TbDirection
direction_of (const char *const *values)
{
  if (!tb_call_is_extension (values[DIALED]) && tb_call_is_extension (values[CALLEE]))
    return TB_DIRECTION_INBOUND;
  if (*values[AUTHORIZING] == '\0' && *values[OWNER] == '\0')
    return TB_DIRECTION_INBOUND;
  return tb_call_is_extension (values[DIALED]) && *values[CALL_TYPE] == '\0' ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
}

/* The parts of "1001@acme.example.com", in two of the source's texts. */
static void
split (TbCallSource *source, const char *address, guint n)
{
  const char *at = strchrnul (address, '@');

  g_string_truncate (source->scratch[n], 0);
  g_string_append_len (source->scratch[n], address, at - address);
  g_string_assign (source->scratch[n + 1], *at == '@' ? at + 1 : "");
}

static void
read_parties (TbCallSource *source, const char *const *values, TbCall *call)
{
  call->direction = direction_of (values);
  split (source, values[call->direction == TB_DIRECTION_INBOUND ? TO : FROM], 0);
  if (*call->tenant == '\0')
    call->tenant = source->scratch[1]->str;
  call->caller = *values[CALLER] != '\0' ? values[CALLER] : values[CALLING_FROM];
  call->callee = *values[DIALED] != '\0' ? values[DIALED] : values[CALLEE];
  if (call->direction == TB_DIRECTION_INBOUND)
    {
      call->did = call->callee;
      call->extension = tb_call_is_extension (values[CALLEE]) ? values[CALLEE] : "";
    }
  else
    call->extension = tb_call_is_extension (values[CALLING_FROM]) ? values[CALLING_FROM] : source->scratch[0]->str;
}

/* Both are the start: the listing has taken the duration off what is stored. A call of 0 s was answered when it had another leg and ended
 * as talks do. */
static gboolean
read_times (const char *const *values, TbCall *call, GError **error)
{
  gint64 unix_time = tb_cell_int (values[UNIX]), gregorian = tb_cell_int (values[TIMESTAMP]);

  call->start = unix_time > 0 ? unix_time : gregorian - GREGORIAN;
  if (call->start <= 0 || !tb_call_seconds_parse (values[DURATION], TB_UNIT_SECONDS, &call->duration)
      || !tb_call_seconds_parse (values[BILLING], TB_UNIT_SECONDS, &call->seconds))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                   _("timestamp “%.40s”, duration_seconds “%.40s” and billing_seconds “%.40s” are not a time and two numbers of seconds."),
                   values[TIMESTAMP], values[DURATION], values[BILLING]);
      return FALSE;
    }
  call->duration = MAX (call->duration, call->seconds);
  if (call->seconds > 0 || (g_str_equal (values[CAUSE], "NORMAL_CLEARING") && *values[OTHER_LEG] != '\0'))
    call->ring = call->duration - call->seconds;
  return TRUE;
}

/* Into the switch is the leg of who called; out of it are those of who was called. */
static TbRowResult
read_values (TbCallSource *source, const char *const *values, const char *tenant, TbCall *call, GError **error)
{
  if (g_str_equal (values[DIRECTION], "outbound"))
    return TB_ROW_SKIP;
  if (*values[ID] == '\0')
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("id is empty."));
      return TB_ROW_REJECT;
    }
  call->uid = values[ID];
  call->tenant = tenant;
  call->caller_name = values[CALLER_NAME];
  call->cause = values[CAUSE];
  read_parties (source, values, call);
  return read_times (values, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

/* ---- JSON ---- */

static gboolean
guess_record (TbCallRecord *record)
{
  return tb_record_has (record, "billing_seconds") && tb_record_has (record, "interaction_id");
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *values[N_NAMES];

  for (guint i = 0; i < N_NAMES; i++)
    values[i] = tb_record_text (record, names[i]);
  return read_values (source, values, record->tenant, call, error);
}

const TbCallFormat tb_kazoo_json = { .name = "kazoo", .records = "data", .guess_record = guess_record, .read_record = read_record };

/* ---- CSV ---- */

static gboolean
guess (TbCallSource *source)
{
  return tb_columns_find (source->header, "billing_seconds") >= 0 && tb_columns_find (source->header, "other_leg_call_id") >= 0;
}

/* Names with commas are found by what follows them, so that must stand together: two numbers of seconds, a time of 11 digits, a cause. */
static gboolean
open_rows (TbCallSource *source, GError **error)
{
  int *at = g_new (int, N_NAMES);
  gboolean together;

  source->state = at;
  source->columns.has_header = TRUE;
  source->columns.n = source->header->len;
  source->separator = ',';
  if (source->sample[0] != '"') /* nothing is quoted, so quotes are a part of names */
    source->quotes = TB_CSV_QUOTES_NONE;
  for (guint i = 0; i < N_NAMES; i++)
    at[i] = tb_columns_find (source->header, names[i]);
  together = at[ID] >= 0 && at[ID] < at[CALLER_NAME] && at[CALLER_NAME] < at[CALLEE] && at[CALLEE] < at[DURATION];
  for (int i = 1; i <= CAUSE - DURATION; i++)
    together = together && at[DURATION + i] == at[DURATION] + i;
  if (source->header->len == 0 || (together && at[DIRECTION] > at[CAUSE]))
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                       _("This is not Kazoo's list of calls: it needs id, caller_id_name, callee_id_number, then duration_seconds, "
                         "billing_seconds, timestamp and hangup_cause beside each other, and direction."));
  return FALSE;
}

static gboolean
is_cause (const char *text)
{
  return text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")] == '\0';
}

/* By how many cells the names before it moved duration_seconds to the right; -1 = it is not there. */
static int
find_shift (const int *at, const TbCsvField *cells, guint n)
{
  for (guint i = (guint) at[DURATION]; i + 3 < n; i++)
    if (is_digits (cells[i].text) && is_digits (cells[i + 1].text) && strlen (cells[i + 2].text) == 11 && is_digits (cells[i + 2].text)
        && is_cause (cells[i + 3].text))
      return (int) i - at[DURATION];
  return -1;
}

/* The caller's name goes on until a cell looks like a number. */
static void
read_names (TbCallSource *source, const TbCsvField *cells, int shift, const char **values)
{
  const int *at = source->state;
  const int last = at[CALLEE] + shift;
  int callee = at[CALLER_NAME] + 1;

  while (callee < last && (*cells[callee].text == '\0' || cells[callee].text[strspn (cells[callee].text, "0123456789+*#")] != '\0'))
    callee++;
  g_string_assign (source->scratch[2], cells[at[CALLER_NAME]].text);
  for (int i = at[CALLER_NAME] + 1; i < callee - (at[CALLEE] - at[CALLER_NAME] - 1); i++)
    g_string_append_printf (source->scratch[2], ",%s", cells[i].text);
  values[CALLER_NAME] = source->scratch[2]->str;
  values[CALLEE] = cells[callee].text;
}

/* "Tue, 03 Feb 2026 14:40:12 GMT" makes two cells when it is not quoted. */
static gboolean
is_split_date (const int *at, const TbCsvField *cells, guint n, int shift)
{
  const char *date = at[RFC] >= 0 && (guint) (at[RFC] + shift) < n ? cells[at[RFC] + shift].text : "";

  return *date != '\0' && strchr (date, ',') == NULL;
}

static TbRowResult
read_row (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  const int *at = source->state;
  const int shift = find_shift (at, cells, n);
  const guint more = shift >= 0 && is_split_date (at, cells, n, shift);
  const char *values[N_NAMES];

  if (shift < 0 || n < source->columns.n + (guint) shift + more)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("the record is cut, or its columns cannot be told apart."));
      return TB_ROW_REJECT;
    }
  for (guint i = 0; i < N_NAMES; i++)
    {
      const int moved = at[i] >= at[DURATION] ? at[i] + shift + (at[i] > at[RFC] && at[RFC] >= 0 ? (int) more : 0) : at[i];

      values[i] = at[i] >= 0 ? cells[moved].text : "";
    }
  if (shift > 0)
    read_names (source, cells, shift, values);
  return read_values (source, values, source->tenant, call, error);
}

const TbCallFormat tb_kazoo_csv = { .name = "kazoo", .guess = guess, .open = open_rows, .read = read_row };
