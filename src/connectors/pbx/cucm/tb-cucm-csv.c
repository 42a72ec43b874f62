/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-format.h"
#include "tb-error.h"

/* A flat file of Cisco CUCM's CDR repository: titles, then a record of types. Columns come with versions and are found by name. See README.md
 * here. */

enum
{
  TYPE, ORIGINATION, CALLER, ORIG_CAUSE, ORIGINAL_CALLED, FINAL_CALLED, DEST_CAUSE, CONNECT, DISCONNECT, REDIRECTED, PKID, DURATION,
  ORIG_DEVICE, DEST_DEVICE, AUTH_NAME, MATTER, N_NAMES
};

static const char *const names[N_NAMES] = {
  "cdrRecordType", "dateTimeOrigination", "callingPartyNumber", "origCause_value", "originalCalledPartyNumber", "finalCalledPartyNumber",
  "destCause_value", "dateTimeConnect", "dateTimeDisconnect", "lastRedirectDn", "pkid", "duration", "origDeviceName", "destDeviceName",
  "authCodeDescription", "clientMatterCode",
};

static gboolean
cucm_guess (TbCallSource *source)
{
  return tb_columns_find (source->header, "cdrRecordType") >= 0 && tb_columns_find (source->header, "globalCallID_callId") >= 0;
}

static gboolean
cucm_open (TbCallSource *source, GError **error)
{
  int *at = g_new (int, N_NAMES);

  source->state = at;
  source->columns.has_header = TRUE;
  source->columns.n = source->header->len;
  for (guint i = 0; i < N_NAMES; i++)
    at[i] = tb_columns_find (source->header, names[i]);
  if (source->header->len == 0)
    return TRUE;
  for (guint i = 0; i < N_NAMES; i++)
    if (at[i] < 0 && i != REDIRECTED && i != AUTH_NAME && i != MATTER)
      {
        g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                     _("This is not a call record file of CUCM with titles: the column %s is missing. Files of quality (cmr_…) hold no calls."), names[i]);
        return FALSE;
      }
  return TRUE;
}

static const char *
cell (const int *at, const TbCsvField *cells, int name)
{
  return at[name] >= 0 ? cells[at[name]].text : "";
}

/* ---- one record ---- */

/* Names of gateways and trunks are free; those of what is inside begin with its kind: phones with their address, soft phones, conference
 * bridges. */
static gboolean
is_inside (const char *device)
{
  static const char *const kinds[] = { "SEP", "CSF", "BOT", "TCT", "TAB", "CTI", "ATA", "VGC", "AN",
                                       "UDP", "RDP", "IPC", "CFB", "MTP", "MOH", "CiscoUM", NULL };

  for (const char *const *kind = kinds; *kind != NULL; kind++)
    if (g_ascii_strncasecmp (device, *kind, strlen (*kind)) == 0)
      return TRUE;
  return *device == '\0';
}

/* In and out again over trunks was forwarded by an extension, and is its call to there. */
static void
read_parties (const int *at, const TbCsvField *cells, TbCall *call)
{
  const char *dialled = cell (at, cells, ORIGINAL_CALLED), *final = cell (at, cells, FINAL_CALLED);
  const gboolean from_in = is_inside (cell (at, cells, ORIG_DEVICE)), to_in = is_inside (cell (at, cells, DEST_DEVICE));

  call->caller = cell (at, cells, CALLER);
  call->callee = *final != '\0' ? final : dialled;
  if (from_in || !to_in)
    {
      call->direction = to_in ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
      call->extension = from_in ? call->caller : cell (at, cells, REDIRECTED);
      return;
    }
  call->direction = TB_DIRECTION_INBOUND;
  call->extension = final;
  call->did = dialled;
  if (*dialled != '\0')
    call->callee = dialled;
}

/* Unix seconds; 0 = never. */
static gboolean
read_times (const int *at, const TbCsvField *cells, TbCall *call, GError **error)
{
  gint64 start = tb_cell_int (cell (at, cells, ORIGINATION)), connect = tb_cell_int (cell (at, cells, CONNECT));
  gint64 end = tb_cell_int (cell (at, cells, DISCONNECT));

  if (start <= 0 || !tb_call_seconds_parse (cell (at, cells, DURATION), TB_UNIT_SECONDS, &call->seconds))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("dateTimeOrigination “%.40s” and duration “%.40s” are not seconds."),
                   cell (at, cells, ORIGINATION), cell (at, cells, DURATION));
      return FALSE;
    }
  call->start = start;
  call->duration = (gint32) CLAMP (end - start, call->seconds, TB_CALL_MAX_SECONDS);
  if (connect >= start && connect - start <= TB_CALL_MAX_SECONDS)
    call->ring = (gint32) (connect - start);
  else if (call->seconds > 0)
    call->ring = call->duration - call->seconds;
  return TRUE;
}

static TbRowResult
cucm_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  const int *at = source->state;

  if (!tb_columns_check (source, cells, n, error))
    return TB_ROW_REJECT;
  if (g_str_equal (cell (at, cells, TYPE), "INTEGER") || g_str_equal (cell (at, cells, TYPE), "2")) /* types of columns; quality of a call */
    return TB_ROW_SKIP;
  call->uid = cell (at, cells, PKID);
  call->account_code = cell (at, cells, MATTER);
  if (*call->account_code == '\0')
    call->account_code = cell (at, cells, AUTH_NAME);
  call->cause = cell (at, cells, ORIG_CAUSE);
  if (*call->cause == '\0' || g_str_equal (call->cause, "0")) /* the side that did not end it has none */
    call->cause = cell (at, cells, DEST_CAUSE);
  read_parties (at, cells, call);
  return read_times (at, cells, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_cucm_csv = { .name = "cucm", .guess = cucm_guess, .open = cucm_open, .read = cucm_read };
