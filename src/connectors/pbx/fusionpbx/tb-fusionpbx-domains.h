/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-pbx-kind.h"

G_BEGIN_DECLS

/* What APIs over FusionPBX's database have in common: domains are listed, then of each its extensions, since calls carry only their uuid, then
 * its calls; all of them lists at "data", page by page. A kind asks for what `step` names and hands the answer to `hear`. */
typedef enum { TB_FUSIONPBX_DOMAINS, TB_FUSIONPBX_EXTENSIONS, TB_FUSIONPBX_CALLS, TB_FUSIONPBX_DONE } TbFusionpbxStep;

/* Sets talk->step as well. */
TbFusionpbxStep tb_fusionpbx_step (TbPbxTalk *talk);
/* A page of it; `more` = there are others, and talk->cursor is the last uuid of this one, talk->page the number of pages taken. */
gboolean        tb_fusionpbx_hear (TbPbxTalk *talk, JsonNode *root, gboolean more, GError **error);
/* Extensions that are not shown to this key are done without: TRUE when that is what was refused. */
gboolean        tb_fusionpbx_refused (TbPbxTalk *talk, const TbHttpAnswer *answer);
char           *tb_fusionpbx_remark (TbPbxTalk *talk);

G_END_DECLS
