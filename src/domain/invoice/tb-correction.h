/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-invoice.h"

G_BEGIN_DECLS

/* What becomes of the difference. The numbers are stored in books: append only. */
typedef enum
{
  TB_CORRECTION_LINE = 0,   /* a line on the client's next bill */
  TB_CORRECTION_CREDIT = 1, /* a credit note of its own */
} TbCorrectionOutcome;

/* One invoiced call, and by how much it would be another: to be added to what was invoiced and to earlier corrections of it. */
typedef struct
{
  gint64 call;
  gint64 billed, free; /* seconds */
  TbAmount amount;
} TbCorrectedCall;

/**
 * TbCorrection: what the calls of one service on an approved invoice would cost otherwise today, less what they were invoiced at and what
 * earlier corrections made of that. The invoice and its calls stay as they are: a document of its own or a line on a later bill takes it,
 * once.
 */
typedef struct
{
  guint32 id;
  guint32 invoice;   /* the one that is corrected */
  char *number;      /* its number */
  guint32 client_id;
  char *client;      /* key */
  guint32 service_id;
  char *service;     /* key */
  TbPeriod period;   /* of the service on that invoice */
  TbCurrency currency;
  guint64 calls;
  gint64 billed;     /* difference of billed seconds */
  TbAmount amount;   /* sum of the calls' differences, not rounded */
  char *tariff;      /* by which they were rated anew, or NULL */
  guint32 version;   /* of it */
  gint64 time;       /* when */
  TbCorrectionOutcome outcome;
  guint32 taken;     /* the document that has it; 0 = none yet */
  char *document;    /* its number, NULL while it is a draft */
  GArray *list;      /* of TbCorrectedCall, while it is new; else empty */
} TbCorrection;

TbCorrection *tb_correction_new (void);
void          tb_correction_free (TbCorrection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCorrection, tb_correction_free)
/* Adds the call to the list and to the sums. */
gboolean      tb_correction_add (TbCorrection *self, const TbCorrectedCall *call, GError **error);

/* The line for `n` corrections of one invoice, which is given whole: taxed as that was, its sum rounded half-up to minor units. */
TbInvoiceLine *tb_correction_make_line (TbCorrection *const *corrections, guint n, const TbInvoice *corrected, GError **error);

G_END_DECLS
