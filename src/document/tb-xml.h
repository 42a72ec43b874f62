/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes one XML document, element after element. What XML 1.0 cannot hold, such as control characters, is left out of texts. */
typedef struct _TbXml TbXml;

TbXml *tb_xml_new (void);
void   tb_xml_free (TbXml *self);
/* Closes what is open and frees it. */
char  *tb_xml_finish (TbXml *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbXml, tb_xml_free)

/* `name` must live until it is closed. */
void tb_xml_open (TbXml *self, const char *name);
void tb_xml_open_root (TbXml *self, const char *name, const char *const *namespaces); /* pairs of prefix and address, "" = default; NULL-terminated */
void tb_xml_close (TbXml *self);
/* NULL and blank texts write nothing: receivers refuse empty elements (PEPPOL-EN16931-R008). */
void tb_xml_text (TbXml *self, const char *name, const char *text);
/* `attributes` are pairs of name and value, NULL-terminated; pairs without a value are left out. */
void tb_xml_text_with (TbXml *self, const char *name, const char *text, const char *const *attributes);
/* Base64. */
void tb_xml_data (TbXml *self, const char *name, GBytes *data, const char *const *attributes);

G_END_DECLS
