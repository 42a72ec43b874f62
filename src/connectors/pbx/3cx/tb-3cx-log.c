/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* cdr.log: no titles, no quotes, and the administrator chooses which fields are written in which order. See README.md here. */

enum
{
  HISTORY_ID, CALL_ID, DURATION, TIME_START, TIME_ANSWERED, TIME_END, REASON, FROM_NO, TO_NO, FROM_DN, TO_DN, DIAL_NO, REASON_CHANGED, FINAL_NO,
  FINAL_DN, BILL_CODE, BILL_RATE, BILL_COST, BILL_NAME, CHAIN, FROM_TYPE, TO_TYPE, FINAL_TYPE, FROM_NAME, TO_NAME, FINAL_NAME, MISSED, N_FIELDS
};

/* In 3CX's words and its default order. */
static const char *const names[N_FIELDS + 1] = {
  "historyid", "callid", "duration", "time-start", "time-answered", "time-end", "reason-terminated", "from-no", "to-no", "from-dn", "to-dn", "dial-no",
  "reason-changed", "final-number", "final-dn", "bill-code", "bill-rate", "bill-cost", "bill-name", "chain", "from-type", "to-type", "final-type",
  "from-dispname", "to-dispname", "final-dispname", "missed-queue-calls", NULL
};

/* The words that every mapping of columns has, for those of them that 3CX has a field for. */
static const struct { const char *word; int field; } aliases[] = {
  { "uid", CALL_ID }, { "start", TIME_START }, { "answer", TIME_ANSWERED }, { "end", TIME_END }, { "billsec", DURATION }, { "caller", FROM_NO },
  { "caller_name", FROM_NAME }, { "callee", TO_NO }, { "did", DIAL_NO }, { "extension", FINAL_NO }, { "cause", REASON },
  { "account_code", BILL_CODE },
};

typedef struct
{
  int at[N_FIELDS];
  gboolean has_places; /* the list does not name all fields */
  gboolean is_local; /* times are in the connection's zone instead of UTC */
} Log;

static gboolean
is_stamp (const char *text)
{
  return strlen (text) == 19 && text[4] == '/' && text[7] == '/' && text[13] == ':';
}

static gboolean
log_guess (TbCallSource *source)
{
  char **cells = (char **) source->header->pdata;

  return source->header->len > FROM_NO && g_str_has_prefix (cells[HISTORY_ID], "Call ") && is_stamp (cells[TIME_START])
         && (*cells[TIME_ANSWERED] == '\0' || is_stamp (cells[TIME_ANSWERED])) && is_stamp (cells[TIME_END]);
}

/* ---- the list of fields ---- */

/* `problem` is a sentence about the word, "is not a field". */
static gboolean
refuse (GError **error, const char *word, const char *problem)
{
  g_autofree char *known = g_strjoinv (",", (char **) names);

  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
               _("“%.40s” %s. Name the fields in the order in which 3CX writes them, and times=local unless times are UTC. Fields are: %s."), word,
               problem, known);
  return FALSE;
}

/* N_FIELDS = there is none of that name. */
static int
find_field (const char *word)
{
  int field = 0;

  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_ascii_strcasecmp (aliases[i].word, word) == 0)
      return aliases[i].field;
  while (field < N_FIELDS && g_ascii_strcasecmp (names[field], word) != 0)
    field++;
  return field;
}

/* "callid" is the next field, "callid=2" the second; "times=local" is about all. */
static gboolean
take_word (Log *self, char *word, int *next, GError **error)
{
  char *value = strchr (word, '=');
  int field;

  if (value != NULL)
    *value++ = '\0';
  g_strstrip (word);
  if (value != NULL && g_ascii_strcasecmp (word, "times") == 0)
    {
      self->is_local = g_ascii_strcasecmp (g_strstrip (value), "local") == 0;
      return self->is_local || g_ascii_strcasecmp (value, "utc") == 0 || refuse (error, value, _("is neither “utc” nor “local”"));
    }
  field = find_field (word);
  if (field == N_FIELDS)
    return refuse (error, word, _("is not a field of 3CX's call log"));
  self->has_places |= value != NULL;
  self->at[field] = value != NULL ? (int) tb_cell_int (g_strstrip (value)) - 1 : *next;
  *next = MAX (*next, self->at[field]) + 1;
  return (self->at[field] >= 0 && self->at[field] < TB_CSV_MAX_FIELDS) || refuse (error, word, _("is not at a place counted from 1"));
}

static gboolean
take_list (Log *self, const char *mapping, int *ret_n, GError **error)
{
  g_auto (GStrv) words = g_strsplit (mapping, ",", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0' && !take_word (self, *word, ret_n, error))
      return FALSE;
  return TRUE;
}

static gboolean
log_open (TbCallSource *source, GError **error)
{
  Log *self = g_new0 (Log, 1);
  int n = 0;

  source->state = self;
  source->quotes = TB_CSV_QUOTES_NONE;
  for (int i = 0; i < N_FIELDS; i++)
    self->at[i] = -1;
  if (source->mapping != NULL && !take_list (self, source->mapping, &n, error))
    return FALSE;
  for (int i = 0; n == 0 && i < N_FIELDS; i++)
    self->at[i] = i;
  source->columns.n = n == 0 ? MIN (source->header->len, (guint) N_FIELDS) : (guint) n;
  if (self->has_places)
    source->columns.n = MAX (source->columns.n, source->header->len);
  if (self->at[TIME_START] >= 0 && self->at[DURATION] >= 0 && (self->at[TO_NO] >= 0 || self->at[DIAL_NO] >= 0 || self->at[FINAL_NO] >= 0))
    return TRUE;
  return refuse (error, "time-start,duration,to-no", _("must be among the fields"));
}

/* ---- one record ---- */

static const char *
cell (const TbCallSource *source, const TbCsvField *cells, guint n, int field)
{
  int at = ((const Log *) source->state)->at[field];

  return at >= 0 && (guint) at < n ? cells[at].text : "";
}

/* A comma in a name shifts what is behind it. That does no harm where only names are behind it. */
static gboolean
check_shape (const TbCallSource *source, const TbCsvField *cells, guint n, GError **error)
{
  static const int names_of_people[] = { FROM_NAME, TO_NAME, FINAL_NAME };
  const Log *self = source->state;
  int needed = 0, first_name = N_FIELDS + TB_CSV_MAX_FIELDS;

  if (n < source->columns.n)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("the record has %u fields instead of %u: it is cut, or 3CX writes other fields now"),
                   n, source->columns.n);
      return FALSE;
    }
  for (int i = 0; i <= FINAL_TYPE; i++)
    needed = MAX (needed, i != BILL_NAME && i != CHAIN ? self->at[i] : 0);
  for (guint i = 0; i < G_N_ELEMENTS (names_of_people); i++)
    if (self->at[names_of_people[i]] >= 0)
      first_name = MIN (first_name, self->at[names_of_people[i]]);
  if (n == source->columns.n
      || (needed < first_name && (self->at[CHAIN] < 0 || g_str_has_prefix (cell (source, cells, n, CHAIN), "Chain:"))))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("the record has %u fields instead of %u: there is a comma in a name"), n,
               source->columns.n);
  return FALSE;
}

/* The caller's name, which may have been split at its commas. */
static const char *
read_name (TbCallSource *source, const TbCsvField *cells, guint n)
{
  int at = ((const Log *) source->state)->at[FROM_NAME];
  guint more = n - source->columns.n;

  g_string_assign (source->scratch[0], cell (source, cells, n, FROM_NAME));
  for (guint i = 1; at >= 0 && i <= more && (guint) at + i < n; i++)
    g_string_append_printf (source->scratch[0], "%c%s", source->separator, cells[at + i].text);
  return source->scratch[0]->str;
}

/* "Ext.1001", "VMail.1001", "RingGroup.600" are inside; a number alone is on a trunk. */
static const char *
kind_end (const char *number)
{
  const char *dot = strchr (number, '.');

  for (const char *at = number; dot != NULL && at < dot; at++)
    if (!g_ascii_isalpha (*at))
      return NULL;
  return dot != NULL && dot > number ? dot + 1 : NULL;
}

static const char *
bare (const char *number)
{
  const char *end = kind_end (number);

  return end != NULL ? end : number;
}

/* The type says it, in varying letters; where it is not written, the number does. */
static gboolean
is_inside (const char *type, const char *number)
{
  if (*type == '\0')
    return kind_end (number) != NULL;
  return g_ascii_strcasecmp (type, "Line") != 0 && g_ascii_strcasecmp (type, "Provider") != 0
         && g_ascii_strncasecmp (type, "External", 8) != 0;
}

/* A call from outside that an extension sent outside again is that extension's call to there. */
static void
read_parties (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call)
{
  const char *from = cell (source, cells, n, FROM_NO), *to = cell (source, cells, n, TO_NO);
  const char *dialled = cell (source, cells, n, DIAL_NO), *final = cell (source, cells, n, FINAL_NO);
  const gboolean from_in = is_inside (cell (source, cells, n, FROM_TYPE), from);
  gboolean to_in, final_in;

  if (*to == '\0')
    to = *dialled != '\0' ? dialled : final;
  to_in = is_inside (cell (source, cells, n, TO_TYPE), to);
  final_in = *final != '\0' ? is_inside (cell (source, cells, n, FINAL_TYPE), final) : to_in;
  call->caller = bare (from);
  call->caller_name = read_name (source, cells, n);
  if (to_in && final_in)
    call->direction = from_in ? TB_DIRECTION_LOCAL : TB_DIRECTION_INBOUND;
  else
    call->direction = TB_DIRECTION_OUTBOUND;
  if (call->direction == TB_DIRECTION_INBOUND)
    {
      call->extension = bare (*final != '\0' ? final : to);
      call->did = dialled;
      call->callee = *dialled != '\0' ? dialled : bare (to);
      return;
    }
  call->extension = bare (from_in ? from : to_in ? to : "");
  call->callee = bare (to_in && !final_in ? final : to);
}

static gboolean
read_times (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  TbZone *zone = ((const Log *) source->state)->is_local ? source->zone : NULL;
  const char *length = cell (source, cells, n, DURATION);
  gint64 answer = 0, end = 0;
  gboolean answered;

  if (!tb_call_time_parse (cell (source, cells, n, TIME_START), TB_CALL_DATES_UNKNOWN, zone, &call->start, error))
    return FALSE;
  if (*length != '\0' && !tb_call_seconds_parse (length, TB_UNIT_SECONDS, &call->seconds))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("duration “%.40s” is not hours, minutes and seconds."), length);
      return FALSE;
    }
  answered = tb_call_time_parse (cell (source, cells, n, TIME_ANSWERED), TB_CALL_DATES_UNKNOWN, zone, &answer, NULL);
  if (!tb_call_time_parse (cell (source, cells, n, TIME_END), TB_CALL_DATES_UNKNOWN, zone, &end, NULL))
    end = MAX (answer, call->start) + call->seconds;
  call->duration = (gint32) CLAMP (end - call->start, call->seconds, TB_CALL_MAX_SECONDS);
  if (answered && answer >= call->start && answer - call->start <= TB_CALL_MAX_SECONDS)
    call->ring = (gint32) (answer - call->start);
  else if (answered || call->seconds > 0)
    call->ring = call->duration - call->seconds;
  return TRUE;
}

static TbRowResult
log_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  const char *id = cell (source, cells, n, CALL_ID);

  if (!check_shape (source, cells, n, error) || !read_times (source, cells, n, call, error))
    return TB_ROW_REJECT;
  call->uid = *id != '\0' ? id : cell (source, cells, n, HISTORY_ID);
  call->cause = cell (source, cells, n, REASON);
  call->account_code = cell (source, cells, n, BILL_CODE);
  read_parties (source, cells, n, call);
  return TB_ROW_CALL;
}

const TbCallFormat tb_3cx_log = { .name = "3cx", .guess = log_guess, .open = log_open, .read = log_read };
