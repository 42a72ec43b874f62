/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-format.h"

/* Asterisk's table cdr with columns of VitalPBX beside it: what they share is read as Asterisk's. See README.md here. */

static gboolean
vitalpbx_guess (TbCallSource *source)
{
  return tb_columns_find (source->header, "cdr_id") >= 0 && tb_columns_find (source->header, "calldate") >= 0
         && tb_columns_find (source->header, "calltype") >= 0 && tb_columns_find (source->header, "dcontext") >= 0;
}

static gboolean
vitalpbx_open (TbCallSource *source, GError **error)
{
  return tb_asterisk_csv.open (source, error);
}

static TbRowResult
vitalpbx_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  return tb_asterisk_csv.read (source, cells, n, call, error);
}

const TbCallFormat tb_vitalpbx_csv = { .name = "vitalpbx", .guess = vitalpbx_guess, .open = vitalpbx_open, .read = vitalpbx_read };
