/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-json.h"
#include "tb-money.h"
#include "tb-time.h"

G_BEGIN_DECLS

typedef struct _TbHttpAnswer TbHttpAnswer; /* tb-http.h; who only calls actions needs nothing of libsoup */

typedef enum
{
  TB_WHMCS_DONE,     /* WHMCS says that it did it */
  TB_WHMCS_REFUSED,  /* WHMCS says that it did not, and why */
  TB_WHMCS_NOT_SENT, /* nothing of it left this computer */
  TB_WHMCS_UNKNOWN,  /* no answer, or none that can be read: it may be done or not */
} TbWhmcsOutcome;

/* One answer, read as far as all actions have it in common. */
typedef struct
{
  TbWhmcsOutcome outcome;
  JsonNode *root;  /* an object in which all numbers are texts, as they were written; NULL where there is none */
  GError *error;   /* NULL for DONE */
  gboolean stops;  /* credentials or address: nothing more may be sent */
  gboolean passes; /* may be right in a moment */
  gint64 retry_after; /* seconds it asks to wait; −1 = it does not say */
} TbWhmcsReply;

/* For people: the host, the action ("GetClients"), what to strike out of the server's words. */
typedef struct
{
  const char *host, *action;
  const char *const *secrets; /* NULL-terminated; empty ones are skipped */
  gboolean has_access_key;
} TbWhmcsReplyContext;

TbWhmcsReply *tb_whmcs_reply_new (const TbHttpAnswer *answer, const TbWhmcsReplyContext *context);
TbWhmcsReply *tb_whmcs_reply_new_error (TbWhmcsOutcome outcome, GError *error); /* takes the error */
void          tb_whmcs_reply_free (TbWhmcsReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsReply, tb_whmcs_reply_free)

/* HTML entities to characters, once: "Ben &amp; Jerry&#039;s" → "Ben & Jerry's". What is none stays. */
char *tb_whmcs_decode (const char *text);

/* What the plural holds, whatever shape PHP gave it: a list, an object by "0", "1" …, one object alone; all these within the singular or
 * without it; [], {}, "", null or nothing at all is an empty list. Of JsonNode, borrowed from `root`; NULL and the error for anything else. */
GPtrArray *tb_whmcs_find_rows (JsonNode *root, const char *plural, const char *singular, GError **error);

/**
 * TbWhmcsFields: members of an object, as WHMCS writes them: ids as numbers or texts, texts with entities, zero dates. What is missing or
 * null is 0, "" or none; what is there and cannot be read is an error that names it. The first error is kept, so that a row is read to its
 * end and then asked.
 */
typedef struct
{
  JsonNode *node;
  GError *error;
} TbWhmcsFields;

gint64      tb_whmcs_fields_get_int (TbWhmcsFields *self, const char *name);
gboolean    tb_whmcs_fields_get_flag (TbWhmcsFields *self, const char *name); /* 1, true, "on", "yes" */
TbAmount    tb_whmcs_fields_get_amount (TbWhmcsFields *self, const char *name);
TbDecimal   tb_whmcs_fields_get_decimal (TbWhmcsFields *self, const char *name);
TbDay       tb_whmcs_fields_get_day (TbWhmcsFields *self, const char *name);   /* of a date, or of a date and time */
char       *tb_whmcs_fields_dup_text (TbWhmcsFields *self, const char *name);  /* never NULL */
gboolean    tb_whmcs_fields_has (TbWhmcsFields *self, const char *name);
gboolean    tb_whmcs_fields_check (TbWhmcsFields *self, const char *what, GError **error); /* moves the error out */

G_END_DECLS
