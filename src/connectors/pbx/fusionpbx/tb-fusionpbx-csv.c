/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"
#include "tb-text.h"

/* The CSV of app/xml_cdr/xml_cdr_export.php (fusionpbx/fusionpbx). Columns come and go with version and permissions, so they
 * are found by name. Booleans and quotes inside values are as in README.md. */

enum
{
  UUID, DOMAIN, DIRECTION, EXTENSION, START_EPOCH, START_STAMP, ANSWER_EPOCH, ANSWER_STAMP, END_EPOCH, END_STAMP, DURATION, BILLSEC,
  CALLER_NAME, CALLER_NUMBER, CALLER_DESTINATION, SOURCE_NUMBER, DESTINATION_NUMBER, HANGUP_CAUSE, STATUS, ACCOUNT_CODE, LEG, N_NAMES
};

static const char *const names[N_NAMES] = {
  "xml_cdr_uuid", "domain_name", "direction", "extension", "start_epoch", "start_stamp", "answer_epoch", "answer_stamp", "end_epoch", "end_stamp",
  "duration", "billsec", "caller_id_name", "caller_id_number", "caller_destination", "source_number", "destination_number", "hangup_cause", "status",
  "accountcode", "leg",
};

static gboolean
fusionpbx_guess (TbCallSource *source)
{
  return tb_columns_find (source->header, "xml_cdr_uuid") >= 0 && tb_columns_find (source->header, "billsec") >= 0;
}

static gboolean
fusionpbx_open (TbCallSource *source, GError **error)
{
  int *at = g_new (int, N_NAMES);

  source->state = at;
  source->columns.has_header = TRUE;
  for (guint i = 0; i < N_NAMES; i++)
    at[i] = tb_columns_find (source->header, names[i]);
  source->columns.n = source->header->len;
  if (source->header->len == 0) /* two blank lines: there were no calls */
    return TRUE;

  if (at[UUID] >= 0 && at[BILLSEC] >= 0 && (at[START_EPOCH] >= 0 || at[START_STAMP] >= 0)
      && (at[DESTINATION_NUMBER] >= 0 || at[CALLER_DESTINATION] >= 0))
    return TRUE;
  g_ptr_array_add (source->header, NULL);
  {
    g_autofree char *list = g_strjoinv (", ", (char **) source->header->pdata);
    g_autofree char *shown = tb_text_for_message (list, -1, 1000);

    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                 _("This is not a FusionPBX export: it needs xml_cdr_uuid, start_epoch, billsec and destination_number. Its columns are: %s."), shown);
  }
  g_ptr_array_remove_index (source->header, source->header->len - 1);
  return FALSE;
}

static const char *
cell (const int *at, const TbCsvField *cells, int name)
{
  return at[name] >= 0 ? cells[at[name]].text : "";
}

/* The epoch where there is one, else the stamp, which carries its offset. FALSE = neither holds a time after 1970. */
static gboolean
read_time (const TbCallSource *source, const TbCsvField *cells, int epoch, int stamp, gint64 *ret)
{
  const int *at = source->state;
  gint64 seconds = tb_cell_int (cell (at, cells, epoch));

  if (seconds > 0 && seconds <= G_MAXUINT32)
    *ret = seconds;
  else if (!tb_time_parse (cell (at, cells, stamp), -1, source->zone, ret, NULL))
    return FALSE;
  return *ret > 86400; /* unanswered calls have 1970-01-01 in the session's zone */
}

/* `duration` includes ringing up to 5.1 and is billsec since 5.2 (commit d7e2ab900b), so it is taken from the end where
 * there is one. */
static gboolean
read_lengths (const TbCallSource *source, const TbCsvField *cells, TbCall *call, GError **error)
{
  const int *at = source->state;
  const char *billsec = cell (at, cells, BILLSEC);
  gint64 answer, end, duration = tb_cell_int (cell (at, cells, DURATION));

  if (!tb_call_seconds_parse (billsec, TB_UNIT_SECONDS, &call->seconds))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("billsec “%.40s” is not a number of seconds."), billsec);
      return FALSE;
    }
  if (read_time (source, cells, END_EPOCH, END_STAMP, &end) && end >= call->start)
    duration = end - call->start;
  call->duration = (gint32) CLAMP (duration, call->seconds, G_MAXINT32);

  if (read_time (source, cells, ANSWER_EPOCH, ANSWER_STAMP, &answer) && answer >= call->start && answer - call->start <= TB_CALL_MAX_SECONDS)
    call->ring = (gint32) (answer - call->start);
  else if (call->seconds > 0)
    call->ring = call->duration - call->seconds;
  return TRUE;
}

/* Inbound, the number that was called is the DID; destination_number is where the call ended inside. */
static void
read_numbers (const int *at, const TbCsvField *cells, TbCall *call)
{
  const char *inside = cell (at, cells, DESTINATION_NUMBER);
  const char *dialled = cell (at, cells, CALLER_DESTINATION);

  call->caller = cell (at, cells, CALLER_NUMBER);
  if (*call->caller == '\0')
    call->caller = cell (at, cells, SOURCE_NUMBER);
  call->callee = *inside != '\0' ? inside : dialled;
  if (call->direction != TB_DIRECTION_INBOUND)
    return;
  call->did = dialled;
  if (*dialled != '\0')
    call->callee = dialled;
  if (*call->extension == '\0' && tb_call_is_extension (inside))
    call->extension = inside;
}

static TbRowResult
fusionpbx_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  const int *at = source->state;

  if (!tb_columns_check (source, cells, n, error))
    return TB_ROW_REJECT;
  /* The other leg of a call that is there already; ring groups have one more for every phone that lost. */
  if (cell (at, cells, LEG)[0] == 'b')
    return TB_ROW_SKIP;

  call->uid = cell (at, cells, UUID);
  if (*call->uid == '\0')
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("xml_cdr_uuid is empty."));
      return TB_ROW_REJECT;
    }
  if (!read_time (source, cells, START_EPOCH, START_STAMP, &call->start))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("start_epoch “%.40s” is not a time."), cell (at, cells, START_EPOCH));
      return TB_ROW_REJECT;
    }
  call->tenant = cell (at, cells, DOMAIN);
  call->extension = cell (at, cells, EXTENSION);
  call->caller_name = cell (at, cells, CALLER_NAME);
  call->account_code = cell (at, cells, ACCOUNT_CODE);
  call->cause = cell (at, cells, at[HANGUP_CAUSE] >= 0 ? HANGUP_CAUSE : STATUS);
  call->direction = tb_call_direction_parse (cell (at, cells, DIRECTION));
  read_numbers (at, cells, call);
  return read_lengths (source, cells, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_fusionpbx_csv = { "fusionpbx", fusionpbx_guess, fusionpbx_open, fusionpbx_read };
