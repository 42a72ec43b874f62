/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A document of mod_xml_cdr in the shape of mod_json_cdr's: "variables", and "callflow" with its profiles. TB_ERROR_INVALID_INPUT when it was cut; an
 * object without members when it is XML of another kind. */
JsonNode *tb_freeswitch_parse_xml (const char *text, gsize len, GError **error);

G_END_DECLS
