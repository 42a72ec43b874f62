/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-deck.h"
#include "tb-money.h"

G_BEGIN_DECLS

/**
 * TbBankFile: what a bank says came in and went out: CAMT.053 (a statement of account in XML, ISO 20022; 052 and 054 have the same entries) or CSV with
 * columns that are mapped. Everything in it is hostile until parsed; an entry that cannot be read is one with a problem, never left out in silence.
 */
typedef struct
{
  guint number;    /* in the file, from 1, for people to name it by */
  guint64 line;    /* where it begins */
  TbDay day;       /* when it was booked */
  TbMoney amount;  /* above zero: came in; below: went out */
  gboolean back;   /* takes back an earlier entry (a returned debit, a reversal) */
  char *name;      /* of the other side, or NULL */
  char *iban;      /* likewise */
  char *reference; /* what the payer or the biller named it by: the creditor's reference, else the end-to-end id; or NULL */
  char *text;      /* what the payer wrote, or NULL */
  char *origin;    /* the same for the same entry, in whatever file it comes again */
  char *problem;   /* why it cannot be taken, or NULL */
} TbBankEntry;

typedef enum { TB_BANK_CAMT053, TB_BANK_CSV, TB_BANK_GUESS } TbBankFormat;

typedef struct
{
  TbBankFormat format;
  char *account;      /* IBAN, or NULL */
  GPtrArray *entries; /* of TbBankEntry */
} TbBankFile;

typedef struct
{
  TbBankFormat format;
  const char *columns;  /* of CSV: "day=Buchungstag,amount=Betrag": field = column's title, or its number from 1; NULL = detect */
  TbDateOrder dates;    /* of CSV; UNKNOWN = detect */
  TbCurrency currency;  /* of CSV without such a column */
} TbBankOptions;

/* Fields of CSV: day, amount (signed) or credit and debit, currency, name, iban, reference, text, id. */
TbBankFile *tb_bank_file_read (const char *path, const TbBankOptions *options, GError **error);
TbBankFile *tb_bank_file_parse (const guint8 *data, gsize len, const TbBankOptions *options, GError **error);
void        tb_bank_file_free (TbBankFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbBankFile, tb_bank_file_free)
gboolean    tb_bank_format_parse (const char *text, TbBankFormat *ret, GError **error); /* "camt053" "csv" */
const char *tb_bank_format_to_string (TbBankFormat self);

/* ---- for the readers of formats ---- */

TbBankEntry *tb_bank_entry_new (TbBankFile *file); /* the next one of it, which it owns */
/* Gives every entry its origin: `ids` (of char *, or NULL: one for each, NULL where the bank has none) or, without, what it says and the how-manieth of
 * its like it is. */
void         tb_bank_file_name_entries (TbBankFile *self, GPtrArray *ids);
gboolean     tb_bank_camt_read (TbBankFile *file, const char *text, gsize len, GError **error);
gboolean     tb_bank_csv_read (TbBankFile *file, const char *text, gsize len, const TbBankOptions *options, GError **error);

G_END_DECLS
