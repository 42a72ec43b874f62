/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* One record is one call; transfers and forks only lengthen its list of extensions. See README.md here. */

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "call_id") && tb_record_has (record, "extensions") && tb_record_has (record, "trunks");
}

static gboolean
is_extension (TbCallRecord *record, const char *number)
{
  const char *extension;

  for (guint i = 0; *(extension = tb_record_element (record, "extensions", i)) != '\0'; i++)
    if (g_str_equal (extension, number))
      return TRUE;
  return FALSE;
}

static TbDirection
direction_of (TbCallRecord *record, const char *caller)
{
  if (*tb_record_element (record, "trunks", 0) == '\0')
    return TB_DIRECTION_LOCAL;
  return is_extension (record, caller) ? TB_DIRECTION_OUTBOUND : TB_DIRECTION_INBOUND;
}

static gboolean
read_times (TbCallRecord *record, TbCall *call, GError **error)
{
  gint64 start, connect, end;

  if (!tb_record_epoch (record, "start", &start) || !tb_record_epoch (record, "end", &end) || end < start)
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("start and end are not times in this order."));
      return FALSE;
    }
  call->start = start / 1000;
  call->duration = (gint32) MIN ((end - start + 999) / 1000, G_MAXINT32);
  if (!tb_record_epoch (record, "connect", &connect))
    return TRUE;
  call->ring = (gint32) CLAMP ((connect - start) / 1000, 0, G_MAXINT32);
  call->seconds = (gint32) CLAMP ((end - connect + 999) / 1000, 0, G_MAXINT32);
  return TRUE;
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *id = tb_record_text (record, "id"), *host;
  g_autofree char *uid = NULL;

  tb_record_address (record, tb_record_text (record, "from"), &call->caller_name, &call->caller, &host);
  tb_record_address (record, tb_record_text (record, "to"), NULL, &call->callee, NULL);
  call->tenant = *record->tenant != '\0' ? record->tenant : host;
  call->direction = direction_of (record, call->caller);
  call->extension = call->direction == TB_DIRECTION_INBOUND ? tb_record_element (record, "extensions", 0) : call->caller;
  call->did = call->direction == TB_DIRECTION_INBOUND ? call->callee : "";
  uid = g_strconcat (call->tenant, "/", *id != '\0' ? id : tb_record_text (record, "call_id"), NULL);
  call->uid = tb_record_part (record, uid, strlen (uid));
  return read_times (record, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_vodia_json = { .name = "vodia", .guess_record = guess, .read_record = read_record };
