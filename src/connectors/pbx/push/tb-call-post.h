/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the body of a post held. */
typedef struct
{
  GBytes *document;   /* XML or JSON as mod_xml_cdr and mod_json_cdr write it to their own files, or as Vodia posts it */
  const char *suffix; /* ".cdr.xml" or ".cdr.json" */
} TbCallPost;

/* `type` is the Content-Type, or NULL. TB_ERROR_INVALID_INPUT for what is not a whole call record of FreeSWITCH
 * or Vodia. Free with tb_call_post_clear. */
gboolean tb_call_post_read (TbCallPost *self, const char *type, const char *body, gsize len, GError **error);
void     tb_call_post_clear (TbCallPost *self);

/* The name of its file: the call's id as the address had it (`uuid`), else one made of the content, so that what is posted twice is one
 * file. */
char *tb_call_post_dup_name (const TbCallPost *self, const char *uuid);

G_END_DECLS
