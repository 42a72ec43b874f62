/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-decode.h"
#include "tb-call-store.h"

G_BEGIN_DECLS

/* The names behind the ids of a call's row, each read once. */
typedef struct _TbCallNames TbCallNames;

typedef struct
{
  char *key, *name; /* of a client; a service has only the key, others only the name */
} TbName;

typedef enum { TB_NAME_CLIENT, TB_NAME_SERVICE, TB_NAME_PACKAGE, TB_NAME_INVOICE, TB_NAME_CONNECTION_OF_TENANT, TB_NAME_TENANT, TB_N_NAMES } TbNameKind;

TbCallNames   *tb_call_names_new (TbStore *store, GError **error);
void           tb_call_names_free (TbCallNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallNames, tb_call_names_free)
/* Borrowed; both NULL for 0 and for ids that are gone. */
const TbName  *tb_call_names_get (TbCallNames *self, TbNameKind kind, guint32 id);
const TbRate  *tb_call_names_get_rate (TbCallNames *self, guint32 id);
/* Fills a row with borrowed strings. */
void           tb_call_names_fill (TbCallNames *self, const TbCall *call, const TbRatedCall *rated, guint32 invoice, guint32 import, TbCallRow *ret);

G_END_DECLS
