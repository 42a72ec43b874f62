/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-asterisk-row.h"
#include "tb-error.h"

/* Asterisk's Master.csv (asterisk/asterisk cdr/cdr_csv.c): no header, 16 to 21 columns by cdr.conf. The same columns with a
 * header, as people export them from the database, are taken too. */

typedef struct
{
  int at[TB_ASTERISK_N_FIELDS];
  TbAsteriskSource learnt;
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
  return cells->len >= 16 && cells->len <= 21 && is_disposition (cells->pdata[TB_ASTERISK_DISPOSITION])
         && g_ascii_isdigit (*(char *) cells->pdata[TB_ASTERISK_START]);
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

/* loguniqueid, loguserfield and newcdrcolumns each add theirs at the end; alone, an id is told from a user field by its form. */
static void
place_optional (int *at, const TbCsvField *cells, guint n)
{
  guint left = n - 16;

  for (guint i = TB_ASTERISK_UNIQUEID; i < TB_ASTERISK_N_FIELDS; i++)
    at[i] = -1;
  if (left >= 3)
    {
      at[TB_ASTERISK_PEERACCOUNT] = (int) n - 3;
      at[TB_ASTERISK_LINKEDID] = (int) n - 2;
      at[TB_ASTERISK_SEQUENCE] = (int) n - 1;
      left -= 3;
    }
  if (left == 2)
    at[TB_ASTERISK_UNIQUEID] = 16, at[TB_ASTERISK_USERFIELD] = 17;
  else if (left == 1)
    at[tb_asterisk_epoch_of (cells[16].text) >= 0 ? TB_ASTERISK_UNIQUEID : TB_ASTERISK_USERFIELD] = 16;
}

static gboolean
asterisk_open (TbCallSource *source, GError **error)
{
  Asterisk *self = g_new0 (Asterisk, 1);

  source->state = self;
  source->columns.has_header = has_titles (source->header);
  source->columns.n = source->header->len;
  for (int i = 0; i < TB_ASTERISK_N_FIELDS; i++)
    self->at[i] = source->columns.has_header ? tb_columns_find (source->header, tb_asterisk_names[i]) : i < TB_ASTERISK_UNIQUEID ? i : -1;
  if (source->columns.has_header && self->at[TB_ASTERISK_START] < 0)
    self->at[TB_ASTERISK_START] = tb_columns_find (source->header, "calldate");
  if (source->header->len == 0 || (source->columns.has_header && self->at[TB_ASTERISK_START] >= 0))
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
  if (is_disposition (cells[TB_ASTERISK_DISPOSITION].text))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%.40s” in column 15 is not a disposition of Asterisk."), cells[TB_ASTERISK_DISPOSITION].text);
  return FALSE;
}

static TbRowResult
asterisk_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  Asterisk *self = source->state;
  const char *values[TB_ASTERISK_N_FIELDS];

  if (!check_shape (self, source, cells, n, error))
    return TB_ROW_REJECT;
  for (guint i = 0; i < TB_ASTERISK_N_FIELDS; i++)
    values[i] = self->at[i] >= 0 ? cells[self->at[i]].text : NULL;
  return tb_asterisk_read (&self->learnt, source, values, call, error) ? TB_ROW_CALL : TB_ROW_REJECT;
}

const TbCallFormat tb_asterisk_csv = { "asterisk", asterisk_guess, asterisk_open, asterisk_read };
