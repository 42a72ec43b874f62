/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-scene.h"

G_BEGIN_DECLS

/* Statements, as tb-scene.h lists them, added to the set-up. */
void tb_scene_add_text (TbScene *self, const char *text);
void tb_scene_need_client (TbScene *self, const char *key);
void tb_scene_need_connection (TbScene *self, const char *name);

G_END_DECLS
