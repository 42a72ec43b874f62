/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-asterisk-row.h"
#include "tb-call-format.h"

/* Asterisk's columns with UCM's beside them. A record is flat, or has a "main_cdr" of which "sub_cdr_1" … are the parts. See README.md here. */

static const char *
base_of (TbCallRecord *record)
{
  return tb_record_has (record, "main_cdr") ? "main_cdr/" : "";
}

static const char *
text_of (TbCallRecord *record, const char *name)
{
  g_autofree char *path = g_strconcat (base_of (record), name, NULL);

  return tb_record_text (record, path);
}

static gboolean
guess (TbCallRecord *record)
{
  return tb_record_has (record, "main_cdr/AcctId") || (tb_record_has (record, "AcctId") && tb_record_has (record, "disposition"));
}

/* What UCM says of direction and parties is surer than what Asterisk's columns let one think. */
static void
read_parties (TbCallRecord *record, TbCall *call)
{
  TbDirection said = tb_call_direction_parse (text_of (record, "userfield"));
  const char *name = text_of (record, "caller_name");

  if (*name != '\0')
    call->caller_name = name;
  if (said == TB_DIRECTION_UNKNOWN)
    return;
  call->direction = said;
  call->extension = text_of (record, said == TB_DIRECTION_INBOUND ? "dstchanext" : "chanext");
  if (*call->extension == '\0')
    call->extension = text_of (record, "action_owner");
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *values[TB_ASTERISK_N_FIELDS];

  if (source->state == NULL)
    source->state = g_new0 (TbAsteriskSource, 1);
  for (guint i = 0; i < TB_ASTERISK_N_FIELDS; i++)
    values[i] = text_of (record, tb_asterisk_names[i]);
  if (!tb_asterisk_read (source->state, source, values, call, error))
    return TB_ROW_REJECT;
  call->uid = text_of (record, "AcctId");
  read_parties (record, call);
  return TB_ROW_CALL;
}

const TbCallFormat tb_grandstream_json = { .name = "grandstream", .records = "cdr_root", .guess_record = guess, .read_record = read_record };
