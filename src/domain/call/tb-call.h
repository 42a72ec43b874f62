/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tb-time.h"

G_BEGIN_DECLS

typedef enum { TB_DIRECTION_UNKNOWN, TB_DIRECTION_OUTBOUND, TB_DIRECTION_INBOUND, TB_DIRECTION_LOCAL } TbDirection;

const char *tb_direction_to_string (TbDirection self); /* "outbound" "inbound" "local" "" */
gboolean    tb_direction_parse (const char *text, gssize len, TbDirection *ret);

/**
 * TbCall: one CDR as a PBX delivered it, in the common model. A view: its strings are borrowed from whoever made it
 * (a reader's buffer, a statement's row) and hold until that moves on. Strings are never NULL; "" is "not given".
 */
typedef struct
{
  gint64 id;            /* in the books; 0 = not stored yet */
  const char *uid;      /* unique in its connection */
  const char *tenant;
  const char *extension;
  const char *caller;
  const char *caller_name;
  const char *callee;
  const char *did;
  const char *account_code;
  const char *cause;
  TbDirection direction;
  gint64 start;    /* UTC */
  gint32 ring;     /* seconds from start to answer; -1 = not answered */
  gint32 duration; /* seconds from start to end */
  gint32 seconds;  /* billable, fractions rounded up; ≥ 0 */
} TbCall;

/* All fields empty, unanswered. */
void tb_call_init (TbCall *self);
/* What must hold before a call enters the books: uid, start in 1970…2105, a number, 0 ≤ seconds ≤ 31 days, valid UTF-8,
 * field lengths. Fails with TB_ERROR_INVALID_INPUT naming the field. */
gboolean tb_call_validate (const TbCall *self, GError **error);

#define TB_CALL_MAX_SECONDS (31 * 86400)
#define TB_CALL_MAX_TEXT 255

G_END_DECLS
