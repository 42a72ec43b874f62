/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* How a call's values lie in the columns of cdr: see DESIGN.md, "The books". */

#define TB_CALL_TENANT_SHIFT 47
#define TB_CALL_START_SHIFT 15
#define TB_CALL_PER_SECOND 32768
#define TB_CALL_MAX_TENANT 65534 /* one less than 16 bits hold, so that the end of its range of keys fits too */
#define TB_CALL_UID_BUFFER (TB_CALL_MAX_TEXT + 8)

static inline gint64
tb_call_id_base (guint32 tenant, gint64 start)
{
  return (gint64) tenant << TB_CALL_TENANT_SHIFT | start << TB_CALL_START_SHIFT;
}

static inline guint32
tb_call_id_tenant (gint64 id)
{
  return (guint32) (id >> TB_CALL_TENANT_SHIFT);
}

static inline gint64
tb_call_id_start (gint64 id)
{
  return id >> TB_CALL_START_SHIFT & 0xffffffff;
}

/* The 16 bytes of a canonical lower-case UUID, else 't' and the text; text that would make 16 bytes so is 'T', text, NUL. */
gsize tb_uid_encode (const char *uid, guint8 ret[TB_CALL_UID_BUFFER]);
/* Returns its length; NUL-ended. */
gsize tb_uid_decode (const guint8 *data, gsize len, char ret[TB_CALL_UID_BUFFER]);

/* Texts that many calls share, by id; both ways cached. Ids are > 0; "" is 0. */
typedef struct _TbWords TbWords;
TbWords    *tb_words_new (TbStore *store, GError **error);
void        tb_words_free (TbWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWords, tb_words_free)
gboolean    tb_words_intern (TbWords *self, const char *text, gint64 *ret, GError **error);
/* A borrowed text, "" for 0 or an id that is not there. */
const char *tb_words_get (TbWords *self, gint64 id);

/* A number as TbNumber, or −word where it does not fit. */
gboolean    tb_words_pack_number (TbWords *self, const char *text, gint64 *ret, GError **error);
const char *tb_words_unpack_number (TbWords *self, gint64 value, char buffer[24]);

G_END_DECLS
