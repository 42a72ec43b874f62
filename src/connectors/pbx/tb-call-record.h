/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "tb-time.h"

G_BEGIN_DECLS

/**
 * TbCallRecord: one record of a document (an object of JSON, or of XML read into one) and the texts made of it.
 *
 * A path is members from the record down: "value/dst". What is missing, null, an object or a list reads as "", a number as its digits.
 * Texts hold until the next record.
 */
typedef struct
{
  JsonNode *node;
  GStringChunk *texts;
  TbZone *zone;       /* of times without offset; NULL = UTC */
  const char *tenant; /* whom the PBX was asked about, "" = nobody in particular */
} TbCallRecord;

const char *tb_record_text (TbCallRecord *self, const char *path);
/* The first of these that is not "": NULL-ended. */
const char *tb_record_first (TbCallRecord *self, const char *path, ...) G_GNUC_NULL_TERMINATED;
gboolean    tb_record_has (TbCallRecord *self, const char *path);
gboolean    tb_record_is_true (TbCallRecord *self, const char *path);
/* A list of texts or numbers at `path`: its n-th element, "" beyond the end. */
const char *tb_record_element (TbCallRecord *self, const char *path, guint n);

/* Seconds, fractions rounded up; "125", 125, "00:02:05", "PT2M5.3S". FALSE and an error that names the path when it is neither. */
gboolean tb_record_seconds (TbCallRecord *self, const char *path, gint32 *ret, GError **error);
gboolean tb_record_milliseconds (TbCallRecord *self, const char *path, gint32 *ret, GError **error);
/* ISO 8601, RFC 2822, Unix seconds (also with a fraction) or milliseconds; without offset in the record's zone. */
gboolean tb_record_time (TbCallRecord *self, const char *path, gint64 *ret, GError **error);
/* Unix seconds with a fraction ("1595572559.44"), in milliseconds: for spans between two of them. */
gboolean tb_record_epoch (TbCallRecord *self, const char *path, gint64 *ret_ms);
/* FALSE without error when it is missing, zero, or one of the ways to write "never": 0000-00-00, 1970-01-01. */
gboolean tb_record_maybe_time (TbCallRecord *self, const char *path, gint64 *ret);

/* Parts of a text, kept as long as the record. */
const char *tb_record_part (TbCallRecord *self, const char *text, gsize len);
/* "\"Alice\" <sip:1001@acme.example.com>", "Alice <1001>", "sip:+1204…@host;user=phone": what is called, by whom, where. Any may be NULL. */
void tb_record_address (TbCallRecord *self, const char *text, const char **ret_name, const char **ret_user, const char **ret_host);

G_END_DECLS
