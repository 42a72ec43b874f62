/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tb-call.h"

G_BEGIN_DECLS

typedef enum { TB_FILTER_SUPPRESS, TB_FILTER_EXCLUDE } TbFilterAction;
typedef enum { TB_FILTER_ON_DESTINATION, TB_FILTER_ON_SOURCE, TB_FILTER_ON_DIRECTION, TB_FILTER_ON_DESCRIPTION } TbFilterField;

/* One rule as written: hides calls from billing and client (suppress), or shows without billing (exclude). */
typedef struct
{
  guint32 id;
  char *connection; /* NULL = every connection */
  TbFilterField match;
  char *pattern;
  TbFilterAction action;
} TbFilter;

TbFilter *tb_filter_new (void);
TbFilter *tb_filter_copy (const TbFilter *self);
void      tb_filter_free (TbFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbFilter, tb_filter_free)

/**
 * TbPattern: one rule's comma-separated patterns, compiled (rating.md step 3): digits, `x` any digit, `[2-9]` ranges, a
 * trailing `*` for any rest, a leading `*` or `#` as itself, classes [internal] (= [local]) [inbound] [outbound]
 * [voicemail] [tollfree] [emergency].
 */
typedef struct _TbPattern TbPattern;

TbPattern *tb_pattern_new (const char *text, GError **error);
void       tb_pattern_free (TbPattern *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPattern, tb_pattern_free)
/* Tests `field` as dialled and, when given, `normalised`; classes look at the call. Allocates nothing. */
gboolean   tb_pattern_matches (const TbPattern *self, const char *field, const char *normalised, const TbCall *call, gboolean internal);

G_END_DECLS
