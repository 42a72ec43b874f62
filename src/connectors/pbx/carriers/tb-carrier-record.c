/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* The first path that says something; the first of all when none does, for messages. */
static const char *
find (TbCallRecord *record, const TbCarrierPaths paths)
{
  for (guint i = 0; i < G_N_ELEMENTS (((TbCarrierRecord *) NULL)->uid) && paths[i] != NULL; i++)
    if (*tb_record_text (record, paths[i]) != '\0')
      return paths[i];
  return paths[0];
}

static const char *
text_of (TbCallRecord *record, const TbCarrierPaths paths)
{
  return paths[0] != NULL ? tb_record_text (record, find (record, paths)) : "";
}

static gboolean
time_of (TbCallRecord *record, const TbCarrierPaths paths, gint64 *ret)
{
  return paths[0] != NULL && tb_record_maybe_time (record, find (record, paths), ret);
}

/* What a carrier says of a call that was not answered may lack its length. */
static gboolean
read_seconds (const TbCarrierRecord *self, TbCallRecord *record, gint32 *ret, GError **error)
{
  const char *path = find (record, self->seconds);

  if (*tb_record_text (record, path) == '\0' && self->answered != NULL && !g_str_equal (text_of (record, self->status), self->answered))
    {
      *ret = 0;
      return TRUE;
    }
  return self->unit == TB_UNIT_MILLISECONDS ? tb_record_milliseconds (record, path, ret, error) : tb_record_seconds (record, path, ret, error);
}

/* Without the time of the answer, what is not talk was ringing. */
static void
set_lengths (TbCall *call, gint64 answer, gint64 end, gboolean answered)
{
  const gint64 span = end != TB_TIME_NONE ? end - call->start : 0;

  call->duration = MAX (call->seconds, span > 0 && span <= TB_CALL_MAX_SECONDS ? (gint32) span : 0);
  if (!answered)
    return;
  if (answer != TB_TIME_NONE && answer >= call->start && answer - call->start <= TB_CALL_MAX_SECONDS)
    call->ring = (gint32) (answer - call->start);
  else
    call->ring = call->duration - call->seconds;
}

TbRowResult
tb_carrier_record_read (const TbCarrierRecord *self, TbCallRecord *record, TbCall *call, GError **error)
{
  gint64 answer = TB_TIME_NONE, end = TB_TIME_NONE;
  gboolean answered;

  if (!tb_record_time (record, find (record, self->start), &call->start, error) || !read_seconds (self, record, &call->seconds, error))
    return TB_ROW_REJECT;
  call->uid = text_of (record, self->uid);
  if (*call->uid == '\0')
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s is empty."), self->uid[0]);
      return TB_ROW_REJECT;
    }
  call->tenant = text_of (record, self->tenant);
  if (*call->tenant == '\0')
    call->tenant = record->tenant;
  tb_record_address (record, text_of (record, self->caller), &call->caller_name, &call->caller, NULL);
  tb_record_address (record, text_of (record, self->callee), NULL, &call->callee, NULL);
  if (strchr (text_of (record, self->caller), '<') == NULL) /* what stands there is no name but the number */
    call->caller_name = text_of (record, self->caller_name);
  call->cause = text_of (record, self->cause);
  tb_carrier_set_direction (call, tb_call_direction_parse (text_of (record, self->direction)));
  time_of (record, self->end, &end);
  answered = time_of (record, self->answer, &answer) || call->seconds > 0
             || (self->answered != NULL && g_str_equal (text_of (record, self->status), self->answered));
  set_lengths (call, answer, end, answered);
  return TB_ROW_CALL;
}

void
tb_carrier_set_direction (TbCall *call, TbDirection direction)
{
  call->direction = direction;
  call->did = direction == TB_DIRECTION_INBOUND ? call->callee : "";
}

gboolean
tb_carrier_is_inner_leg (TbCallRecord *record, const char *parent, const char *to)
{
  const char *number = tb_record_text (record, to);

  return *tb_record_text (record, parent) != '\0' && *number != '+' && number[strspn (number, "0123456789")] != '\0';
}
