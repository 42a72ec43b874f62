/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call.h"
#include "tb-currency.h"
#include "tb-decimal.h"
#include "tb-number-plan.h"

G_BEGIN_DECLS

/* What became of a call. The numbers are stored in books: append only. */
typedef enum
{
  TB_CALL_UNRATED = 0, /* not rated yet */
  TB_CALL_RATED = 1,
  TB_CALL_INCLUDED = 2, /* wholly covered by included minutes */
  TB_CALL_GRACE = 3,
  TB_CALL_UNANSWERED = 4,
  TB_CALL_INBOUND_FREE = 5,
  TB_CALL_INTERNAL = 6,
  TB_CALL_EXCLUDED = 7,
  TB_CALL_SUPPRESSED = 8,
  TB_CALL_NO_SERVICE = 9,
  TB_CALL_AMBIGUOUS = 10,
  TB_CALL_BAD_NUMBER = 11,
  TB_CALL_BLOCKED = 12,
  TB_CALL_NO_RATE = 13,
  TB_CALL_N_STATUS
} TbCallStatus;

typedef enum
{
  TB_RATE_SOURCE_NONE = 0,
  TB_RATE_SOURCE_CLIENT = 1,
  TB_RATE_SOURCE_CUSTOM = 2,
  TB_RATE_SOURCE_FLAT = 3,
  TB_RATE_SOURCE_TARIFF = 4,
  TB_RATE_SOURCE_INBOUND = 5,
} TbRateSource;

const char *tb_call_status_to_string (TbCallStatus self); /* the contract's words: "inbound-free" … */
gboolean    tb_call_status_parse (const char *text, TbCallStatus *ret);
const char *tb_call_status_to_display (TbCallStatus self); /* translated, for people */
/* Money is missing until somebody repairs it: not rated, no-service, ambiguous, bad-number, no-rate. */
gboolean    tb_call_status_is_unrated (TbCallStatus self);
const char *tb_rate_source_to_string (TbRateSource self); /* "client" "custom" "flat" "tariff" "inbound" "" */

/**
 * TbRatedCall: the result of rating one call: small, flat, and with what is needed to explain the charge again.
 *
 * `rate_id` names the immutable rate row, `terms_id` the immutable terms (package values, currencies and exchange
 * rates in force) that were applied; number, rule, free and billed seconds are the call's own.
 */
typedef struct
{
  TbCallStatus status;
  TbRateSource source;
  TbNumberRule rule;
  guint32 service_id; /* 0 = none */
  guint32 client_id;  /* 0 = none */
  guint32 rate_id;    /* 0 = none */
  guint32 cost_rate_id;
  guint32 terms;      /* index + 1 in the rating's table of terms, the stored id when read from the books; 0 = none */
  char number[TB_E164_BUFFER]; /* normalised; "" = none */
  gint64 billed; /* seconds, charged and free together */
  gint64 free;   /* seconds out of billed that pools gave */
  TbAmount charge;
  TbCurrency currency; /* of charge; TB_CURRENCY_NONE = no charge to speak of */
  TbAmount cost;
  TbCurrency cost_currency;
} TbRatedCall;

/* All fields empty. Bytes of `number` behind its end are left as they are: clearing them takes a twentieth of rating a call. */
static inline void
tb_rated_call_init (TbRatedCall *self)
{
  self->status = TB_CALL_UNRATED;
  self->source = TB_RATE_SOURCE_NONE;
  self->rule = TB_NUMBER_RULE_NONE;
  self->service_id = self->client_id = self->rate_id = self->cost_rate_id = self->terms = 0;
  self->number[0] = '\0';
  self->billed = self->free = 0;
  self->charge = self->cost = 0;
  self->currency = self->cost_currency = TB_CURRENCY_NONE;
}

/* TB_CALL_NO_RATE with a rate: it is known, but not what it is in the client's currency on the call's day. */
gboolean tb_rated_call_lacks_exchange (const TbRatedCall *self);

G_END_DECLS
