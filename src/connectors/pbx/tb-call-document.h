/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-format.h"

G_BEGIN_DECLS

/**
 * TbCallDocument: call records that come as one document, which is read whole before the first call of it is believed: JSON, or XML read
 * into the same shape. A document that was cut gives no call at all.
 */
typedef struct _TbCallDocument TbCallDocument;

/* TRUE when what begins like this is a document rather than rows. */
gboolean tb_call_document_is (const char *sample);
/* `name` NULL = told from the content. Errors say what is there instead of calls: a login page, an error message of the API. */
TbCallDocument *tb_call_document_new (GInputStream *stream, TbCallSource *source, const char *name, GCancellable *cancellable, GError **error);
/* The same of JSON that was parsed already; takes a reference. */
TbCallDocument *tb_call_document_new_json (JsonNode *root, TbCallSource *source, const char *name, GError **error);
void            tb_call_document_free (TbCallDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbCallDocument, tb_call_document_free)

const TbCallFormat *tb_call_document_get_format (TbCallDocument *self);
goffset             tb_call_document_get_bytes (TbCallDocument *self);
/* The next record; FALSE at the end. `*ret_row` tells what became of it, `bad` why it was rejected. */
gboolean    tb_call_document_next (TbCallDocument *self, TbCall *call, TbRowResult *ret_row, GError **bad);
guint64     tb_call_document_get_number (TbCallDocument *self); /* of the current record, from 1 */
const char *tb_call_document_get_raw (TbCallDocument *self, gsize *ret_len);

G_END_DECLS
