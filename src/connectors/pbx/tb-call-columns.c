/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"
#include "tb-text.h"

/* Titles seen in exports of FreeSWITCH, Asterisk, FreePBX, Grandstream, Yeastar, 3CX, Twilio, Telnyx, DIDWW, Flowroute,
 * VoIP.ms and RealWorld, the sure ones first: an epoch before a stamp, an id of the record before an id of the call. What a
 * carrier "billed" or "charged" is rounded already, so it only counts where nothing else is. */
static const struct
{
  const char *name;
  const char *titles;
} fields[TB_N_FIELDS] = {
  [TB_FIELD_UID] = { "uid", "uid xml_cdr_uuid id uuid cdr_id cdrid record_id call_uuid uniqueid unique_id call_id callid sid call_sid guid "
                            "call_reference reference acctid" },
  [TB_FIELD_START] = { "start", "start_epoch start start_time start_stamp starttime start_date_time start_datetime start_timestamp start_date "
                                "started_at startedat start_at call_start call_start_time calldate call_date call_date_time call_datetime "
                                "call_timestamp date_time datetime date_and_time date_start date_time_start timestamp setup_time time_start begin begin_time "
                                "time_of_call created_at date" },
  [TB_FIELD_ANSWER] = { "answer", "answer_epoch answer answer_time answer_stamp answered_at answer_at answered_time answer_date connect_time "
                                  "connected_at connect time_answered time_answer time_connect date_answered answer_timestamp date_time_connect" },
  [TB_FIELD_END] = { "end", "end_epoch end end_time end_stamp endtime ended_at end_at end_date end_datetime end_timestamp call_end call_end_time "
                            "stop_time stop hangup_time hangup_at disconnect_time disconnected_at finished_at time_end date_end date_time_end" },
  [TB_FIELD_TENANT] = { "tenant", "tenant tenant_name tenant_id domain domain_name customer customer_name client client_name company "
                                  "organization organisation realm" },
  [TB_FIELD_EXTENSION] = { "extension", "extension extension_number ext exten extn internal_number user username sip_user endpoint" },
  [TB_FIELD_DIRECTION] = { "direction", "direction call_direction dir inbound_outbound in_out call_type calltype type" },
  [TB_FIELD_CALLER] = { "caller", "caller caller_number caller_num caller_id_number callerid_number callerid_num caller_id callerid src source "
                                  "source_number src_number from from_number call_from calling calling_number calling_party "
                                  "calling_party_number callingnumber a_number anumber ani cli cnum originating_number origination_number originator "
                                  "orig_number calling_station_id clid" },
  [TB_FIELD_CALLER_NAME] = { "caller_name", "caller_name caller_id_name callerid_name cnam from_name source_name src_name calling_name" },
  [TB_FIELD_CALLEE] = { "callee", "callee callee_number callee_id_number dst dst_number dest dest_number destination destination_number to "
                                  "to_number call_to called called_number called_party called_party_number callednumber b_number bnumber "
                                  "dialed_number dialled_number number_dialed number_dialled number_called dialed dialled cld "
                                  "called_station_id recipient number phone_number" },
  [TB_FIELD_DID] = { "did", "did did_number did_no ddi dnis caller_destination inbound_number" },
  [TB_FIELD_DURATION] = { "duration", "duration total_duration call_duration duration_total length call_length elapsed elapsed_time total_time "
                                      "total call_time_total mduration billed_seconds billed_sec billed_duration billed_time bill_duration charged_seconds "
                                      "charged_duration charged_time" },
  [TB_FIELD_BILLSEC] = { "billsec", "billsec bill_sec billable_seconds billable_sec billable_duration billableduration billable_time billable "
                                    "billing_seconds billing_duration talk_time talktime talk_duration talk_seconds "
                                    "talking_duration talk conversation_time conversation_duration answered_duration answered_seconds "
                                    "chargeable_seconds chargeable_duration call_sec seconds secs billmsec" },
  [TB_FIELD_CAUSE] = { "cause", "cause hangup_cause hangupcause disposition call_disposition status answer_status call_status result call_result "
                                "release_cause disconnect_cause disconnect_reason termination_cause end_reason reason" },
  [TB_FIELD_ACCOUNT_CODE] = { "account_code", "account_code accountcode customer_account_code account account_id acct pin" },
  [TB_FIELD_TIME] = { "time", "time call_time time_of_day start_clock" },
};

/* ---- titles ---- */

int
tb_call_field_find (const char *name)
{
  for (int i = 0; i < TB_N_FIELDS; i++)
    if (g_ascii_strcasecmp (fields[i].name, name) == 0)
      return i;
  return -1;
}

char *
tb_column_key (const char *title)
{
  GString *key = g_string_new (NULL);

  for (; *title != '\0'; title++)
    {
      guchar c = (guchar) *title;

      if (g_ascii_isalnum (*title) || c >= 0x80)
        g_string_append_c (key, g_ascii_tolower (*title));
      else if (key->len > 0 && key->str[key->len - 1] != '_')
        g_string_append_c (key, '_');
    }
  while (key->len > 0 && key->str[key->len - 1] == '_')
    g_string_truncate (key, key->len - 1);
  return g_string_free (key, FALSE);
}

int
tb_columns_find (const GPtrArray *header, const char *name)
{
  g_autofree char *wanted = tb_column_key (name);

  for (guint i = 0; i < header->len; i++)
    {
      g_autofree char *key = tb_column_key (header->pdata[i]);

      if (*key != '\0' && g_str_equal (key, wanted))
        return (int) i;
    }
  return -1;
}

/* Takes "_sec", "_ms", "_utc" … off the end and notes what they say. TRUE when something was taken. */
static gboolean
strip_unit (char *key, TbCallUnit *unit, gboolean *utc)
{
  static const struct { const char *suffix; TbCallUnit unit; gboolean utc; } suffixes[] = {
    { "_milliseconds", TB_UNIT_MILLISECONDS }, { "_msec", TB_UNIT_MILLISECONDS }, { "_ms", TB_UNIT_MILLISECONDS },
    { "_seconds", TB_UNIT_SECONDS }, { "_secs", TB_UNIT_SECONDS }, { "_sec", TB_UNIT_SECONDS }, { "_s", TB_UNIT_SECONDS },
    { "_minutes", TB_UNIT_MINUTES }, { "_mins", TB_UNIT_MINUTES }, { "_min", TB_UNIT_MINUTES },
    { "_hh_mm_ss" }, { "_h_mm_ss" }, { "_mm_ss" }, { "_in" },
    { "_utc", .utc = TRUE }, { "_gmt", .utc = TRUE }, { "_local" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (key, suffixes[i].suffix))
      {
        key[strlen (key) - strlen (suffixes[i].suffix)] = '\0';
        if (suffixes[i].unit != 0)
          *unit = suffixes[i].unit;
        *utc |= suffixes[i].utc;
        return TRUE;
      }
  return FALSE;
}

static void
take_column (TbCallColumns *columns, TbCallField field, guint i, const char *title)
{
  g_autofree char *key = tb_column_key (title);

  columns->at[field] = (int) i;
  columns->unit[field] = TB_UNIT_SECONDS;
  columns->utc[field] = FALSE;
  if (g_str_equal (key, "billmsec") || g_str_equal (key, "mduration"))
    columns->unit[field] = TB_UNIT_MILLISECONDS;
  while (strip_unit (key, &columns->unit[field], &columns->utc[field]))
    ;
}

static gboolean
is_taken (const TbCallColumns *columns, guint i)
{
  for (guint field = 0; field < TB_N_FIELDS; field++)
    if (columns->at[field] == (int) i)
      return TRUE;
  return FALSE;
}

/* First the titles as they are, then without the unit at their end. */
static void
find_by_titles (TbCallSource *source, TbCallField field)
{
  g_auto (GStrv) titles = g_strsplit (fields[field].titles, " ", -1);

  for (guint pass = 0; pass < 2; pass++)
    for (char **title = titles; *title != NULL; title++)
      for (guint i = 0; i < source->header->len; i++)
        {
          g_autofree char *key = tb_column_key (source->header->pdata[i]);
          TbCallUnit unit;
          gboolean utc;

          while (pass == 1 && strip_unit (key, &unit, &utc))
            ;
          if (g_str_equal (key, *title) && !is_taken (&source->columns, i))
            {
              take_column (&source->columns, field, i, source->header->pdata[i]);
              return;
            }
        }
}

/* ---- mapping ---- */

static char *
list_columns (const TbCallSource *source)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < source->header->len && i < 60; i++)
    {
      g_autofree char *shown = tb_text_for_message (source->header->pdata[i], -1, 40);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", shown);
    }
  return g_string_free (list, FALSE);
}

/* A title before a number: a column can be called "1". */
static int
column_by_name (const TbCallSource *source, const char *name)
{
  gint64 number = tb_cell_int (name);

  if (source->columns.has_header)
    for (guint i = 0; i < source->header->len; i++)
      if (g_ascii_strcasecmp (source->header->pdata[i], name) == 0)
        return (int) i;
  if (source->columns.has_header && tb_columns_find (source->header, name) >= 0)
    return tb_columns_find (source->header, name);
  return number >= 1 && number <= source->header->len ? (int) number - 1 : -1;
}

static gboolean
map_pair (TbCallSource *source, const char *name, const char *value, gboolean *unused, GError **error)
{
  int field = tb_call_field_find (name), column;
  g_autofree char *list = NULL;

  if (g_ascii_strcasecmp (name, "dates") == 0 && (g_ascii_strcasecmp (value, "dmy") == 0 || g_ascii_strcasecmp (value, "mdy") == 0))
    {
      source->columns.dates = g_ascii_tolower (*value) == 'd' ? TB_CALL_DATES_DMY : TB_CALL_DATES_MDY;
      return TRUE;
    }
  if (field < 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                   _("There is no field “%s” to map. Fields are uid, start, answer, end, tenant, extension, direction, caller, caller_name, "
                     "callee, did, duration, billsec, cause, account_code, time; dates is dmy or mdy."), name);
      return FALSE;
    }
  unused[field] = *value == '\0';
  if (*value == '\0')
    return TRUE;
  column = column_by_name (source, value);
  if (column >= 0)
    {
      take_column (&source->columns, (TbCallField) field, (guint) column, source->columns.has_header ? source->header->pdata[column] : "");
      return TRUE;
    }
  list = list_columns (source);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file has no column “%s” for %s. Its columns are: %s."), value, name, list);
  return FALSE;
}

static gboolean
apply_mapping (TbCallSource *source, gboolean *unused, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (source->mapping != NULL ? source->mapping : "", ",", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      char *equals = strchr (g_strstrip (*pair), '=');

      if (**pair == '\0')
        continue;
      if (equals == NULL)
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a mapping like start=Call Date."), *pair);
          return FALSE;
        }
      *equals = '\0';
      if (!map_pair (source, g_strstrip (*pair), g_strstrip (equals + 1), unused, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_required (TbCallSource *source, GError **error)
{
  const int *at = source->columns.at;
  const char *missing = NULL;
  g_autofree char *list = NULL;

  if (at[TB_FIELD_START] < 0)
    missing = _("when the call started (start)");
  else if (at[TB_FIELD_CALLEE] < 0 && at[TB_FIELD_CALLER] < 0)
    missing = _("who was called or who called (callee, caller)");
  else if (at[TB_FIELD_BILLSEC] < 0 && at[TB_FIELD_DURATION] < 0)
    missing = _("how long it lasted (billsec, duration)");
  if (missing == NULL)
    return TRUE;

  list = list_columns (source);
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("No column says %s. Columns are: %s. Name them in a mapping like start=Call Date."),
               missing, list);
  return FALSE;
}

/* The last column with a title, or without titles the last one used. */
static guint
count_columns (const TbCallSource *source)
{
  guint n = 0;

  for (guint i = 0; source->columns.has_header && i < source->header->len; i++)
    if (*(const char *) source->header->pdata[i] != '\0')
      n = i + 1;
  return source->columns.has_header ? n : source->header->len;
}

gboolean
tb_columns_map (TbCallSource *source, GError **error)
{
  gboolean unused[TB_N_FIELDS] = { FALSE };

  for (guint i = 0; i < TB_N_FIELDS; i++)
    {
      source->columns.at[i] = -1;
      source->columns.unit[i] = TB_UNIT_SECONDS;
    }
  if (!apply_mapping (source, unused, error))
    return FALSE;
  for (guint i = 0; source->columns.has_header && i < TB_N_FIELDS; i++)
    if (source->columns.at[i] < 0 && !unused[i])
      find_by_titles (source, (TbCallField) i);
  source->columns.n = count_columns (source);
  return check_required (source, error);
}

gboolean
tb_columns_check (const TbCallSource *source, const TbCsvField *cells, guint n, GError **error)
{
  guint used = n;

  while (used > source->columns.n && cells[used - 1].len == 0)
    used--;
  if (used == source->columns.n)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, n < source->columns.n
               ? _("the record has %u columns instead of %u: it is cut") : _("the record has %u columns instead of %u: a separator is not quoted"),
               n, source->columns.n);
  return FALSE;
}
