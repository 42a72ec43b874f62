/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-format.h"

G_BEGIN_DECLS

/* A record of Asterisk's CDR, wherever it was found: Master.csv, the table cdr, an API that hands the same columns on. */
typedef enum
{
  TB_ASTERISK_ACCOUNT, TB_ASTERISK_SRC, TB_ASTERISK_DST, TB_ASTERISK_CONTEXT, TB_ASTERISK_CLID, TB_ASTERISK_CHANNEL, TB_ASTERISK_DSTCHANNEL,
  TB_ASTERISK_LASTAPP, TB_ASTERISK_LASTDATA, TB_ASTERISK_START, TB_ASTERISK_ANSWER, TB_ASTERISK_END, TB_ASTERISK_DURATION, TB_ASTERISK_BILLSEC,
  TB_ASTERISK_DISPOSITION, TB_ASTERISK_AMAFLAGS, TB_ASTERISK_UNIQUEID, TB_ASTERISK_USERFIELD, TB_ASTERISK_PEERACCOUNT, TB_ASTERISK_LINKEDID,
  TB_ASTERISK_SEQUENCE, TB_ASTERISK_DID, TB_ASTERISK_N_FIELDS
} TbAsteriskField;

/* In Asterisk's words; the first 16 in the order of Master.csv. */
extern const char *const tb_asterisk_names[TB_ASTERISK_N_FIELDS];

/* What is learnt of a source while it is read; zero at the beginning. */
typedef struct
{
  gboolean zone_known; /* whether times are UTC (usegmtime=yes) was seen from an id */
  gboolean is_utc;
} TbAsteriskSource;

/* `values` are by field, "" = empty, NULL = there is no such column. They must hold as long as the call. Uses scratch 0 to 2 of `source`. */
gboolean tb_asterisk_read (TbAsteriskSource *self, TbCallSource *source, const char *const *values, TbCall *call, GError **error);
/* The epoch in "1770127331.102" or "pbx1-1770127331.102"; -1 = there is none. */
gint64   tb_asterisk_epoch_of (const char *uniqueid);

G_END_DECLS
