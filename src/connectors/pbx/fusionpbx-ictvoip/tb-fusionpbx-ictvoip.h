/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-format.h"
#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* FusionPBX by the pages that ictVoIP adds to it; see README.md here. */
extern const TbPbxKind tb_fusionpbx_ictvoip_kind;

/* Where its records are and what their members are called: "records=/data,uid=call_id". */
typedef struct
{
  const char *records; /* path for tb_json_at; NULL = not given */
  const char *paths[TB_N_FIELDS]; /* NULL = as in v_xml_cdr */
} TbIctvoipMapping;

/* `columns` may be NULL. One block, freed with g_free. TB_ERROR_INVALID_INPUT for a field that there is not. */
TbIctvoipMapping *tb_ictvoip_mapping_new (const char *columns, GError **error);
/* The list of records in an answer; NULL = there is none. */
JsonNode         *tb_ictvoip_find_records (const char *columns, JsonNode *root);

G_END_DECLS
