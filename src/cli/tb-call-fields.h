/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-store.h"
#include "tb-call-writer.h"
#include "tb-command.h"

G_BEGIN_DECLS

/* The published columns of a call, in their order, for lists, explanations and prices. */
#define TB_CALL_N_FIELDS 24

typedef enum { TB_FIELD_TEXT, TB_FIELD_INT, TB_FIELD_DECIMAL } TbCallFieldKind;

typedef struct
{
  const char *name;
  const char *title; /* untranslated */
  TbCallFieldKind kind;
  gboolean of_price; /* also of a call that is priced without being stored */
} TbCallFieldInfo;

extern const TbCallFieldInfo tb_call_fields[TB_CALL_N_FIELDS];

/* The texts of one row; NULL = not there. Hold as long as the row and this struct. */
typedef struct
{
  const char *at[TB_CALL_N_FIELDS];
  char buffers[8][40];
} TbCallTexts;
void tb_call_texts_init (TbCallTexts *self, const TbCallRow *row, TbZone *zone);

/* As fields of the open object. */
void tb_call_fields_say (TbOutput *out, const TbCallRow *row, TbZone *zone, gboolean only_price);
/* What became of the records of an import. */
void tb_import_counts_say (TbOutput *out, const TbImportCounts *counts);

G_END_DECLS
