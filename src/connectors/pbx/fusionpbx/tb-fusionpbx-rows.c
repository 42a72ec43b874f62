/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* The sure one first: an epoch before a stamp. */
static const char *const columns[TB_N_FIELDS][3] = {
  [TB_FIELD_UID] = { "xml_cdr_uuid", "uuid", "id" },
  [TB_FIELD_START] = { "start_epoch", "start_stamp" },
  [TB_FIELD_ANSWER] = { "answer_epoch", "answer_stamp" },
  [TB_FIELD_END] = { "end_epoch", "end_stamp" },
  [TB_FIELD_TENANT] = { "domain_name" },
  [TB_FIELD_EXTENSION] = { "extension" },
  [TB_FIELD_DIRECTION] = { "direction" },
  [TB_FIELD_CALLER] = { "caller_id_number", "source_number" },
  [TB_FIELD_CALLER_NAME] = { "caller_id_name" },
  [TB_FIELD_CALLEE] = { "destination_number", "caller_destination" },
  [TB_FIELD_DID] = { "caller_destination" },
  [TB_FIELD_DURATION] = { "duration" },
  [TB_FIELD_BILLSEC] = { "billsec" },
  [TB_FIELD_CAUSE] = { "hangup_cause", "status" },
  [TB_FIELD_ACCOUNT_CODE] = { "accountcode" },
};

/* The member that holds a field: the first that says something, else any that is there; NULL = there is none. */
static const char *
path_of (TbCallRecord *record, const char *const *paths, TbCallField field)
{
  const char *path = NULL;

  if (paths != NULL && paths[field] != NULL)
    return paths[field];
  for (guint i = 0; i < G_N_ELEMENTS (columns[field]) && columns[field][i] != NULL; i++)
    {
      if (*tb_record_text (record, columns[field][i]) != '\0')
        return columns[field][i];
      if (path == NULL && tb_record_has (record, columns[field][i]))
        path = columns[field][i];
    }
  return path;
}

static const char *
text_of (TbCallRecord *record, const char *const *paths, TbCallField field)
{
  const char *path = path_of (record, paths, field);

  return path != NULL ? tb_record_text (record, path) : "";
}

static gboolean
time_of (TbCallRecord *record, const char *const *paths, TbCallField field, gint64 *ret)
{
  const char *path = path_of (record, paths, field);

  return path != NULL && tb_record_maybe_time (record, path, ret);
}

/* The other leg of a call that is there already. Rows of an API that leaves `leg` out show it by their cause: ring groups have one of these
 * for every phone that lost. */
static gboolean
is_second_leg (TbCallRecord *record)
{
  const char *leg = tb_record_text (record, "leg");

  if (*leg != '\0')
    return *leg == 'b';
  return *tb_record_text (record, "originating_leg_uuid") != '\0' || g_str_equal (tb_record_text (record, "hangup_cause"), "LOSE_RACE");
}

/* Billable is what is called so; else answer to end, which is nothing where the answer is there to be told but empty; else the duration, which
 * is the same since 5.2 (commit d7e2ab900b). */
static gboolean
read_seconds (TbCallRecord *record, const char *const *paths, gint64 answer, gint64 end, TbCall *call, GError **error)
{
  const char *billsec = path_of (record, paths, TB_FIELD_BILLSEC), *duration = path_of (record, paths, TB_FIELD_DURATION);

  if (billsec != NULL && *tb_record_text (record, billsec) != '\0')
    return tb_record_seconds (record, billsec, &call->seconds, error);
  if (answer != TB_TIME_NONE && end != TB_TIME_NONE)
    {
      call->seconds = (gint32) CLAMP (end - answer, 0, G_MAXINT32);
      return TRUE;
    }
  if (answer == TB_TIME_NONE && path_of (record, paths, TB_FIELD_ANSWER) != NULL)
    return TRUE;
  return tb_record_seconds (record, duration != NULL ? duration : "duration", &call->seconds, error);
}

static gboolean
read_lengths (TbCallRecord *record, const char *const *paths, TbCall *call, GError **error)
{
  gint64 answer, end;

  if (!time_of (record, paths, TB_FIELD_ANSWER, &answer) || answer < call->start)
    answer = TB_TIME_NONE;
  if (!time_of (record, paths, TB_FIELD_END, &end) || end < call->start)
    end = TB_TIME_NONE;
  if (!read_seconds (record, paths, answer, end, call, error))
    return FALSE;
  call->duration = end != TB_TIME_NONE ? (gint32) CLAMP (end - call->start, call->seconds, G_MAXINT32) : call->seconds;
  if (answer != TB_TIME_NONE)
    call->ring = (gint32) MIN (answer - call->start, G_MAXINT32);
  else if (call->seconds > 0)
    call->ring = call->duration - call->seconds;
  return TRUE;
}

/* As in tb-fusionpbx-csv.c: inbound, the number that was called is the DID, and destination_number is where the call ended inside. */
static void
read_numbers (TbCallRecord *record, const char *const *paths, TbCall *call)
{
  const char *inside;

  call->caller = text_of (record, paths, TB_FIELD_CALLER);
  call->callee = inside = text_of (record, paths, TB_FIELD_CALLEE);
  if (call->direction == TB_DIRECTION_INBOUND)
    {
      call->did = text_of (record, paths, TB_FIELD_DID);
      if (*call->did != '\0')
        call->callee = call->did;
    }
  if (*call->extension == '\0' && call->direction == TB_DIRECTION_INBOUND && tb_call_is_extension (inside))
    call->extension = inside;
  else if (*call->extension == '\0' && call->direction != TB_DIRECTION_INBOUND && tb_call_is_extension (call->caller))
    call->extension = call->caller;
}

TbRowResult
tb_fusionpbx_read_row (TbCallRecord *record, const char *const *paths, TbCall *call, GError **error)
{
  const char *start = path_of (record, paths, TB_FIELD_START);

  if (is_second_leg (record))
    return TB_ROW_SKIP;
  if (!tb_record_time (record, start != NULL ? start : "start_epoch", &call->start, error))
    return TB_ROW_REJECT;
  call->uid = text_of (record, paths, TB_FIELD_UID);
  call->tenant = text_of (record, paths, TB_FIELD_TENANT);
  if (*call->tenant == '\0')
    call->tenant = record->tenant;
  call->extension = text_of (record, paths, TB_FIELD_EXTENSION);
  call->caller_name = text_of (record, paths, TB_FIELD_CALLER_NAME);
  call->account_code = text_of (record, paths, TB_FIELD_ACCOUNT_CODE);
  call->cause = text_of (record, paths, TB_FIELD_CAUSE);
  call->direction = tb_call_direction_parse (text_of (record, paths, TB_FIELD_DIRECTION));
  read_numbers (record, paths, call);
  return read_lengths (record, paths, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

/* ---- the formats of the two APIs that say all of it in the table's words ---- */

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  if (*tb_record_text (record, "xml_cdr_uuid") != '\0')
    return tb_fusionpbx_read_row (record, NULL, call, error);
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("xml_cdr_uuid is empty."));
  return TB_ROW_REJECT;
}

static gboolean
guess_rest (TbCallRecord *record)
{
  return tb_record_has (record, "xml_cdr_uuid") && tb_record_has (record, "start_stamp");
}

static gboolean
guess_fspbx (TbCallRecord *record)
{
  return tb_record_has (record, "xml_cdr_uuid") && tb_record_has (record, "start_epoch");
}

const TbCallFormat tb_fusionpbx_rest_json = { .name = "fusionpbx-rest", .records = "data", .guess_record = guess_rest, .read_record = read_record };
const TbCallFormat tb_fspbx_json = { .name = "fspbx", .records = "data", .guess_record = guess_fspbx, .read_record = read_record };
