/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-scene-words.h"

#include <string.h>

gboolean
tb_words_has (TbSceneWords *self, const char *word)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strcmp (self->words[i], word) == 0)
      {
        self->used |= 1u << i;
        return TRUE;
      }
  return FALSE;
}

/* The value of key=value, or NULL. */
const char *
tb_words_get (TbSceneWords *self, const char *key)
{
  gsize len = strlen (key);

  for (guint i = 0; self->words[i] != NULL; i++)
    if (strncmp (self->words[i], key, len) == 0 && self->words[i][len] == '=')
      {
        self->used |= 1u << i;
        return self->words[i] + len + 1;
      }
  return NULL;
}

const char *
tb_words_at (TbSceneWords *self, guint i)
{
  g_assert_cmpuint (i, <, g_strv_length (self->words));
  self->used |= 1u << i;
  return self->words[i];
}

/* A misspelt word would test nothing. */
void
tb_words_finish (TbSceneWords *self)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    if ((self->used & 1u << i) == 0)
      g_error ("the scene's word “%s” means nothing there", self->words[i]);
}

TbDecimal
tb_scene_decimal (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  tb_decimal_parse (text, -1, TB_RATE_SCALE, &value, &error);
  g_assert_no_error (error);
  return value;
}

gint32
tb_scene_int (const char *text)
{
  char *end;
  gint64 value = g_ascii_strtoll (text, &end, 10);

  g_assert_cmpstr (end, ==, "");
  return (gint32) value;
}

TbDay
tb_scene_day (const char *text)
{
  TbDay day = TB_DAY_NONE;

  g_assert_true (tb_day_parse (text, &day, NULL));
  return day;
}

void
tb_words_set_decimal (TbSceneWords *words, const char *key, TbDecimal *field)
{
  const char *text = tb_words_get (words, key);

  if (text != NULL)
    *field = tb_scene_decimal (text);
}

void
tb_words_set_int (TbSceneWords *words, const char *key, gint32 *field)
{
  const char *text = tb_words_get (words, key);

  if (text != NULL)
    *field = tb_scene_int (text);
}

void
tb_words_set_day (TbSceneWords *words, const char *key, TbDay *field)
{
  const char *text = tb_words_get (words, key);

  if (text != NULL)
    *field = tb_scene_day (text);
}

void
tb_words_set_text (TbSceneWords *words, const char *key, char **field)
{
  const char *text = tb_words_get (words, key);

  if (text != NULL)
    {
      g_free (*field);
      *field = g_strdup (text);
    }
}

void
tb_words_set_list (TbSceneWords *words, const char *key, char ***field)
{
  const char *text = tb_words_get (words, key);

  if (text != NULL)
    *field = g_strsplit (text, ",", -1);
}

void
tb_words_set_currency (TbSceneWords *words, TbCurrency *field)
{
  const char *text = tb_words_get (words, "currency");

  if (text != NULL)
    g_assert_true (tb_currency_parse (text, field, NULL));
}

void
tb_words_set_rounding (TbSceneWords *words, TbRounding *field)
{
  const char *text = tb_words_get (words, "round");
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ":", 2) : NULL;

  if (parts == NULL)
    return;
  g_assert_true (tb_rounding_mode_parse (parts[0], &field->mode));
  field->decimals = (guint8) tb_scene_int (parts[1]);
}

void
tb_words_set_time (TbSceneWords *words, const char *key, gint64 *field)
{
  const char *text = tb_words_get (words, key);

  if (text != NULL)
    g_assert_true (tb_time_parse (text, -1, NULL, field, NULL));
}
