/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-asterisk-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* One call can be several records (forks, transfers): they are separate calls here, and their billable seconds add up. */

const char *const tb_asterisk_names[TB_ASTERISK_N_FIELDS] = {
  "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer", "end", "duration", "billsec",
  "disposition", "amaflags", "uniqueid", "userfield", "peeraccount", "linkedid", "sequence", "did",
};

static const char *
value (const char *const *values, TbAsteriskField field)
{
  return values[field] != NULL ? values[field] : "";
}

/* ---- time ---- */

gint64
tb_asterisk_epoch_of (const char *uniqueid)
{
  const char *dash = strrchr (uniqueid, '-');
  const char *at = dash != NULL ? dash + 1 : uniqueid;
  gint64 value = 0;
  guint n = 0;

  for (; g_ascii_isdigit (at[n]) && n < 11; n++)
    value = value * 10 + (at[n] - '0');
  return n >= 9 && n <= 10 && at[n] == '.' && g_ascii_isdigit (at[n + 1]) ? value : -1;
}

/* In the hour that autumn repeats, local text has two meanings; the epoch in the id says which. Whether the file is in UTC
 * is settled by the first record where only one reading agrees with its id. */
static gint64
settle_start (TbAsteriskSource *self, TbZone *zone, gint64 first, gint64 epoch)
{
  gint64 utc, later;

  if (zone == NULL || epoch < 0)
    return first;
  utc = first + tb_zone_offset_at (zone, first); /* the text itself, read as UTC */
  if (utc < 0)
    return first;
  later = tb_call_time_later (first, zone);
  if (!self->zone_known && utc != first)
    {
      gboolean local_fits = ABS (first - epoch) <= 2 || ABS (later - epoch) <= 2;
      gboolean utc_fits = ABS (utc - epoch) <= 2;

      self->zone_known = local_fits != utc_fits;
      self->is_utc = self->zone_known && utc_fits;
    }
  if (self->is_utc)
    return utc;
  /* A record begins with its channel or after it, never before. */
  return later != first && first < epoch - 2 ? later : first;
}

/* ---- lengths, parties ---- */

static gboolean
read_lengths (const char *const *values, TbCall *call, GError **error)
{
  const char *billsec = value (values, TB_ASTERISK_BILLSEC), *duration = value (values, TB_ASTERISK_DURATION);
  const char *answer = value (values, TB_ASTERISK_ANSWER);
  const gboolean answered = g_ascii_strcasecmp (call->cause, "ANSWERED") == 0;

  if (!tb_call_seconds_parse (billsec, TB_UNIT_SECONDS, &call->seconds) || !tb_call_seconds_parse (duration, TB_UNIT_SECONDS, &call->duration))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("duration “%.40s” and billsec “%.40s” are not numbers of seconds."), duration, billsec);
      return FALSE;
    }
  /* initiatedseconds=yes rounds billsec up, but not duration. */
  call->duration = MAX (call->duration, call->seconds);
  /* Not from the text of `answer`: that may lie on the other side of a change of clocks. */
  if (call->seconds > 0 || (answered && (*answer != '\0' || values[TB_ASTERISK_ANSWER] == NULL)))
    call->ring = call->duration - call->seconds;
  return TRUE;
}

/* "Name" <number> */
static void
read_caller (TbCallSource *source, const char *clid, TbCall *call)
{
  const char *open = strrchr (clid, '<');
  const char *end = open != NULL ? open : clid;

  while (*clid == ' ')
    clid++;
  while (end > clid && end[-1] == ' ')
    end--;
  if (end - clid >= 2 && *clid == '"' && end[-1] == '"') /* those around it; a name may have its own */
    clid++, end--;
  if (end <= clid)
    return;
  g_string_truncate (source->scratch[0], 0);
  call->caller_name = g_string_append_len (source->scratch[0], clid, end - clid)->str;
}

/* The endpoint of "PJSIP/1001-0852e311" or "Local/1001@from-queue-1;1"; length 0 = it is none that looks like an extension. */
static gsize
endpoint_of (const char *channel, const char **ret)
{
  const char *slash = strchr (channel, '/');
  gsize n;

  *ret = slash != NULL ? slash + 1 : channel;
  n = strspn (*ret, "0123456789");
  return slash != NULL && n >= 2 && n <= 7 && ((*ret)[n] == '-' || (*ret)[n] == '@' || (*ret)[n] == '\0') ? n : 0;
}

static gboolean
is_inbound_context (const char *context)
{
  static const char *const words[] = { "from-trunk", "from-pstn", "from-did", "ext-did", "from-provider", "from-carrier", "from-dahdi", "from-zaptel",
                                       "from-sip-external", "from-outside", "incoming", "inbound", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strncasecmp (context, words[i], strlen (words[i])) == 0)
      return TRUE;
  return FALSE;
}

/* Asterisk does not say: the context and which side is a phone do. */
static void
read_direction (TbCallSource *source, const char *const *values, TbCall *call)
{
  const char *from, *to, *channel = value (values, TB_ASTERISK_CHANNEL), *other = value (values, TB_ASTERISK_DSTCHANNEL);
  gsize from_len = endpoint_of (channel, &from), to_len = endpoint_of (other, &to);
  const char *phone = from;
  gsize phone_len = from_len;

  if (is_inbound_context (value (values, TB_ASTERISK_CONTEXT)) || *call->did != '\0' || (from_len == 0 && to_len > 0))
    {
      call->direction = TB_DIRECTION_INBOUND;
      phone = to_len > 0 || !tb_call_is_extension (call->callee) ? to : call->callee;
      phone_len = to_len > 0 ? to_len : phone == call->callee ? strlen (phone) : 0;
    }
  else if (from_len > 0)
    call->direction = to_len > 0 || *call->callee == '*' || (*other == '\0' && tb_call_is_extension (call->callee)) ? TB_DIRECTION_LOCAL
                                                                                                           : TB_DIRECTION_OUTBOUND;
  else if (g_ascii_strncasecmp (value (values, TB_ASTERISK_CONTEXT), "from-internal", 13) == 0)
    call->direction = TB_DIRECTION_OUTBOUND;
  g_string_truncate (source->scratch[1], 0);
  call->extension = g_string_append_len (source->scratch[1], phone, (gssize) phone_len)->str;
}

/* uniqueid alone is shared by the records of a forked or transferred call. */
static void
read_uid (TbCallSource *source, const char *const *values, TbCall *call)
{
  const char *id = value (values, TB_ASTERISK_UNIQUEID), *sequence = value (values, TB_ASTERISK_SEQUENCE);
  GString *uid = source->scratch[2];

  if (*id == '\0')
    return;
  g_string_assign (uid, id);
  g_string_append_c (uid, '/');
  if (*sequence != '\0')
    g_string_append (uid, sequence);
  else
    {
      char number[24], *at = number + sizeof number - 1;

      *at = '\0';
      for (gint64 rest = call->start; rest > 0; rest /= 10)
        *--at = (char) ('0' + rest % 10);
      *--at = '/';
      g_string_append (g_string_append (uid, value (values, TB_ASTERISK_DSTCHANNEL)), at);
    }
  call->uid = uid->str;
}

/* ---- public ---- */

gboolean
tb_asterisk_read (TbAsteriskSource *self, TbCallSource *source, const char *const *values, TbCall *call, GError **error)
{
  if (!tb_call_time_parse (value (values, TB_ASTERISK_START), source->columns.dates, source->zone, &call->start, error))
    return FALSE;
  call->start = settle_start (self, source->zone, call->start, tb_asterisk_epoch_of (value (values, TB_ASTERISK_UNIQUEID)));

  /* The account code is what Asterisk has for a customer. */
  call->tenant = call->account_code = value (values, TB_ASTERISK_ACCOUNT);
  call->caller = value (values, TB_ASTERISK_SRC);
  call->callee = value (values, TB_ASTERISK_DST);
  call->did = value (values, TB_ASTERISK_DID);
  call->cause = value (values, TB_ASTERISK_DISPOSITION);
  read_caller (source, value (values, TB_ASTERISK_CLID), call);
  read_direction (source, values, call);
  if (!read_lengths (values, call, error))
    return FALSE;
  read_uid (source, values, call);
  return TRUE;
}
