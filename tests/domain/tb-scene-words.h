/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating.h"

G_BEGIN_DECLS

/* The words of one statement of a scene: a verb, values at fixed places, flags, and key=value in any order. A value that is not understood
 * aborts the test. */
typedef struct
{
  char **words;
  guint used; /* bits of the words that were asked for */
} TbSceneWords;

gboolean tb_words_has (TbSceneWords *self, const char *word);
const char *tb_words_get (TbSceneWords *self, const char *key);
const char *tb_words_at (TbSceneWords *self, guint i);
void tb_words_finish (TbSceneWords *self);
TbDecimal tb_scene_decimal (const char *text);
gint32 tb_scene_int (const char *text);
TbDay tb_scene_day (const char *text);
void tb_words_set_decimal (TbSceneWords *words, const char *key, TbDecimal *field);
void tb_words_set_int (TbSceneWords *words, const char *key, gint32 *field);
void tb_words_set_day (TbSceneWords *words, const char *key, TbDay *field);
void tb_words_set_text (TbSceneWords *words, const char *key, char **field);
void tb_words_set_list (TbSceneWords *words, const char *key, char ***field);
void tb_words_set_currency (TbSceneWords *words, TbCurrency *field);
void tb_words_set_rounding (TbSceneWords *words, TbRounding *field);
void tb_words_set_time (TbSceneWords *words, const char *key, gint64 *field);

G_END_DECLS
