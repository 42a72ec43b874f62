/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-asterisk-row.h"
#include "tb-error.h"
#include "tb-json.h"

/* Asterisk's record with what FreePBX adds: the DID, and the epoch of calldate. From GraphQL, or as rows of the table cdr. See README.md here. */

/* ---- GraphQL ---- */

static JsonNode *
find (TbCallSource *source, JsonNode *root)
{
  JsonNode *list = tb_json_at (root, "data/fetchAllCdrs/cdrs");

  return list != NULL ? list : root;
}

static gboolean
guess_record (TbCallRecord *record)
{
  return tb_record_has (record, "uniqueid") && tb_record_has (record, "calldate") && tb_record_has (record, "dcontext");
}

static TbRowResult
read_record (TbCallSource *source, TbCallRecord *record, TbCall *call, GError **error)
{
  const char *values[TB_ASTERISK_N_FIELDS];

  if (source->state == NULL)
    source->state = g_new0 (TbAsteriskSource, 1);
  for (guint i = 0; i < TB_ASTERISK_N_FIELDS; i++)
    values[i] = tb_record_has (record, tb_asterisk_names[i]) ? tb_record_text (record, tb_asterisk_names[i]) : NULL;
  /* Without an offset, calldate has two meanings in the hour that autumn repeats; the database's epoch of it does not. */
  values[TB_ASTERISK_START] = tb_record_first (record, "timestamp", "calldate", NULL);
  return tb_asterisk_read (source->state, source, values, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_freepbx_json = { .name = "freepbx", .find = find, .guess_record = guess_record, .read_record = read_record };

/* ---- rows of the table ---- */

static gboolean
guess (TbCallSource *source)
{
  return tb_columns_find (source->header, "calldate") >= 0 && tb_columns_find (source->header, "outbound_cnum") >= 0 && tb_asterisk_csv.guess (source);
}

static gboolean
open_rows (TbCallSource *source, GError **error)
{
  return tb_asterisk_csv.open (source, error);
}

static TbRowResult
read_row (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  return tb_asterisk_csv.read (source, cells, n, call, error);
}

const TbCallFormat tb_freepbx_csv = { .name = "freepbx", .guess = guess, .open = open_rows, .read = read_row };
