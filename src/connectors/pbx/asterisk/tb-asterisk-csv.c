/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* Asterisk's Master.csv (asterisk/asterisk cdr/cdr_csv.c): no header, 16 to 21 columns by cdr.conf. The same columns with a
 * header, as people export them from the database, are taken too. One call can be several records (forks, transfers):
 * they are separate calls here, and their billable seconds add up. */

enum
{
  ACCOUNT, SRC, DST, CONTEXT, CLID, CHANNEL, DSTCHANNEL, LASTAPP, LASTDATA, START, ANSWER, END, DURATION, BILLSEC, DISPOSITION, AMAFLAGS,
  UNIQUEID, USERFIELD, PEERACCOUNT, LINKEDID, SEQUENCE, DID, N_NAMES
};

static const char *const names[N_NAMES] = {
  "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer", "end", "duration", "billsec",
  "disposition", "amaflags", "uniqueid", "userfield", "peeraccount", "linkedid", "sequence", "did",
};

typedef struct
{
  int at[N_NAMES];
  gboolean zone_known; /* whether times are UTC (usegmtime=yes) was seen from an id */
  gboolean is_utc;
} Asterisk;

static gboolean
is_disposition (const char *text)
{
  static const char *const words[] = { "ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "CANCEL", "UNKNOWN", NULL };

  return g_strv_contains (words, text);
}

static gboolean
looks_like_record (const GPtrArray *cells)
{
  return cells->len >= 16 && cells->len <= 21 && is_disposition (cells->pdata[DISPOSITION]) && g_ascii_isdigit (*(char *) cells->pdata[START]);
}

static gboolean
has_titles (const GPtrArray *header)
{
  return tb_columns_find (header, "clid") >= 0 && tb_columns_find (header, "dst") >= 0 && tb_columns_find (header, "channel") >= 0
         && tb_columns_find (header, "billsec") >= 0 && tb_columns_find (header, "disposition") >= 0;
}

static gboolean
asterisk_guess (TbCallSource *source)
{
  return looks_like_record (source->header) || has_titles (source->header);
}

/* "1770127331.102" or "pbx1-1770127331.102". */
static gint64
epoch_of (const char *uniqueid)
{
  const char *dash = strrchr (uniqueid, '-');
  const char *at = dash != NULL ? dash + 1 : uniqueid;
  gint64 value = 0;
  guint n = 0;

  for (; g_ascii_isdigit (at[n]) && n < 11; n++)
    value = value * 10 + (at[n] - '0');
  return n >= 9 && n <= 10 && at[n] == '.' && g_ascii_isdigit (at[n + 1]) ? value : -1;
}

/* loguniqueid, loguserfield and newcdrcolumns each add theirs at the end; alone, an id is told from a user field by its form. */
static void
place_optional (int *at, const TbCsvField *cells, guint n)
{
  guint left = n - 16;

  for (guint i = UNIQUEID; i < N_NAMES; i++)
    at[i] = -1;
  if (left >= 3)
    {
      at[PEERACCOUNT] = (int) n - 3;
      at[LINKEDID] = (int) n - 2;
      at[SEQUENCE] = (int) n - 1;
      left -= 3;
    }
  if (left == 2)
    at[UNIQUEID] = 16, at[USERFIELD] = 17;
  else if (left == 1)
    at[epoch_of (cells[16].text) >= 0 ? UNIQUEID : USERFIELD] = 16;
}

static gboolean
asterisk_open (TbCallSource *source, GError **error)
{
  Asterisk *self = g_new0 (Asterisk, 1);

  source->state = self;
  source->columns.has_header = has_titles (source->header);
  source->columns.n = source->header->len;
  for (int i = 0; i < N_NAMES; i++)
    self->at[i] = source->columns.has_header ? tb_columns_find (source->header, names[i]) : i < UNIQUEID ? i : -1;
  if (source->columns.has_header && self->at[START] < 0)
    self->at[START] = tb_columns_find (source->header, "calldate");
  if (source->header->len == 0 || (source->columns.has_header && self->at[START] >= 0))
    return TRUE;
  if (source->columns.has_header || source->header->len < 16 || source->header->len > 21)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                   _("This is not Asterisk's Master.csv: it has 16 to 21 columns, or titles such as start, clid, dst and billsec; this has %u."),
                   source->header->len);
      return FALSE;
    }
  return TRUE;
}

/* ---- one record ---- */

static const char *
cell (const Asterisk *self, const TbCsvField *cells, int name)
{
  return self->at[name] >= 0 ? cells[self->at[name]].text : "";
}

/* In the hour that autumn repeats, local text has two meanings; the epoch in the id says which. Whether the file is in UTC
 * is settled by the first record where only one reading agrees with its id. */
static gint64
settle_start (Asterisk *self, TbZone *zone, gint64 first, gint64 epoch)
{
  gint64 utc, later;

  if (zone == NULL || epoch < 0)
    return first;
  utc = first + tb_zone_offset_at (zone, first); /* the text itself, read as UTC */
  if (utc < 0)
    return first;
  later = tb_zone_to_utc (zone, (TbDay) (utc / 86400), (int) (utc % 86400), TRUE);
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

static gboolean
read_lengths (const Asterisk *self, const TbCallSource *source, const TbCsvField *cells, TbCall *call, GError **error)
{
  const char *billsec = cell (self, cells, BILLSEC), *duration = cell (self, cells, DURATION);
  const char *answer = cell (self, cells, ANSWER);
  const gboolean answered = g_ascii_strcasecmp (call->cause, "ANSWERED") == 0;

  if (!tb_call_seconds_parse (billsec, TB_UNIT_SECONDS, &call->seconds) || !tb_call_seconds_parse (duration, TB_UNIT_SECONDS, &call->duration))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("duration “%.40s” and billsec “%.40s” are not numbers of seconds."), duration, billsec);
      return FALSE;
    }
  /* initiatedseconds=yes rounds billsec up, but not duration. */
  call->duration = MAX (call->duration, call->seconds);
  /* Not from the text of `answer`: that may lie on the other side of a change of clocks. */
  if (call->seconds > 0 || (answered && (*answer != '\0' || self->at[ANSWER] < 0)))
    call->ring = call->duration - call->seconds;
  return TRUE;
}

/* "Name" <number> */
static void
read_caller (TbCallSource *source, const char *clid, TbCall *call)
{
  const char *open = strrchr (clid, '<');
  const char *end = open != NULL ? open : clid;

  while (*clid == '"' || *clid == ' ')
    clid++;
  while (end > clid && (end[-1] == ' ' || end[-1] == '"'))
    end--;
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
is_extension (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n >= 2 && n <= 7 && text[n] == '\0';
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
read_direction (const Asterisk *self, TbCallSource *source, const TbCsvField *cells, TbCall *call)
{
  const char *from, *to, *channel = cell (self, cells, CHANNEL), *other = cell (self, cells, DSTCHANNEL);
  gsize from_len = endpoint_of (channel, &from), to_len = endpoint_of (other, &to);
  const char *phone = from;
  gsize phone_len = from_len;

  if (is_inbound_context (cell (self, cells, CONTEXT)) || *call->did != '\0' || (from_len == 0 && to_len > 0))
    {
      call->direction = TB_DIRECTION_INBOUND;
      phone = to_len > 0 || !is_extension (call->callee) ? to : call->callee;
      phone_len = to_len > 0 ? to_len : phone == call->callee ? strlen (phone) : 0;
    }
  else if (from_len > 0)
    call->direction = to_len > 0 || *call->callee == '*' || (*other == '\0' && is_extension (call->callee)) ? TB_DIRECTION_LOCAL
                                                                                                           : TB_DIRECTION_OUTBOUND;
  else if (g_ascii_strncasecmp (cell (self, cells, CONTEXT), "from-internal", 13) == 0)
    call->direction = TB_DIRECTION_OUTBOUND;
  g_string_truncate (source->scratch[1], 0);
  call->extension = g_string_append_len (source->scratch[1], phone, (gssize) phone_len)->str;
}

/* uniqueid alone is shared by the records of a forked or transferred call. */
static void
read_uid (const Asterisk *self, TbCallSource *source, const TbCsvField *cells, TbCall *call)
{
  const char *id = cell (self, cells, UNIQUEID), *sequence = cell (self, cells, SEQUENCE);
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
      g_string_append (g_string_append (uid, cell (self, cells, DSTCHANNEL)), at);
    }
  call->uid = uid->str;
}

static gboolean
check_shape (Asterisk *self, const TbCallSource *source, const TbCsvField *cells, guint n, GError **error)
{
  if (source->columns.has_header)
    return tb_columns_check (source, cells, n, error);
  /* Asterisk ends each record with a line end; without one, columns may be missing or the sequence be half of a number. */
  if (n < 16 || n > 21 || (source->unterminated && (!cells[n - 1].quoted || n != source->columns.n)))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, n > 21 ? _("the record has %u columns, Asterisk writes 16 to 21: a separator is not quoted")
                   : _("the record is cut: it ends after %u columns"), n);
      return FALSE;
    }
  place_optional (self->at, cells, n);
  if (is_disposition (cells[DISPOSITION].text))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%.40s” in column 15 is not a disposition of Asterisk."), cells[DISPOSITION].text);
  return FALSE;
}

static TbRowResult
asterisk_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  Asterisk *self = source->state;
  const char *start;

  if (!check_shape (self, source, cells, n, error))
    return TB_ROW_REJECT;
  start = cell (self, cells, START);
  if (!tb_call_time_parse (start, source->columns.dates, source->zone, &call->start, error))
    return TB_ROW_REJECT;
  call->start = settle_start (self, source->zone, call->start, epoch_of (cell (self, cells, UNIQUEID)));

  /* The account code is what Asterisk has for a customer. */
  call->tenant = call->account_code = cell (self, cells, ACCOUNT);
  call->caller = cell (self, cells, SRC);
  call->callee = cell (self, cells, DST);
  call->did = cell (self, cells, DID);
  call->cause = cell (self, cells, DISPOSITION);
  read_caller (source, cell (self, cells, CLID), call);
  read_direction (self, source, cells, call);
  if (!read_lengths (self, source, cells, call, error))
    return TB_ROW_REJECT;
  read_uid (self, source, cells, call);
  return TB_ROW_CALL;
}

const TbCallFormat tb_asterisk_csv = { "asterisk", asterisk_guess, asterisk_open, asterisk_read };
