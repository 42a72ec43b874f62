/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-codec.h"
#include "tb-rated-call.h"
#include "tb-rating.h"

G_BEGIN_DECLS

/* Rows of cdr and rated as values again. */

#define TB_CDR_COLUMNS                                                                                                                        \
  "c.id, c.uid, c.extension, c.caller, c.callee, c.direction, c.ring, c.seconds, c.cause, c.tail, c.did, c.account, c.caller_name, c.import"
#define TB_CDR_N_COLUMNS 14
#define TB_RATED_COLUMNS                                                                                                                      \
  "r.id, r.status, r.service, r.rate, r.cost_rate, r.terms, r.rule, r.source, r.billed, r.charge, r.cost, r.invoice, r.free, r.client, r.number"
#define TB_RATED_N_COLUMNS 15

/* A call with room for its texts. */
typedef struct
{
  TbCall call;
  char uid[TB_CALL_UID_BUFFER];
  char extension[TB_CALL_MAX_TEXT + 1], caller[TB_CALL_MAX_TEXT + 1], callee[TB_CALL_MAX_TEXT + 1], did[TB_CALL_MAX_TEXT + 1];
  char account[TB_CALL_MAX_TEXT + 1], cause[TB_CALL_MAX_TEXT + 1], name[TB_CALL_MAX_TEXT + 1];
} TbDecodedCall;

/* `first` is the column where the list above begins. call.tenant is left to the caller. */
void tb_decode_call (TbStatement *row, int first, TbWords *words, TbDecodedCall *ret);
/* Of that call; a row of NULLs gives TB_CALL_UNRATED. Currencies come from `terms`. */
typedef struct _TbTermsCache TbTermsCache;
TbTermsCache        *tb_terms_cache_new (TbStore *store, GError **error);
void                 tb_terms_cache_free (TbTermsCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbTermsCache, tb_terms_cache_free)
const TbRatingTerms *tb_terms_cache_get (TbTermsCache *self, guint32 id); /* NULL when there are none */
void                 tb_decode_rated (TbStatement *row, int first, TbWords *words, TbTermsCache *terms, const char *callee, TbRatedCall *ret);

G_END_DECLS
