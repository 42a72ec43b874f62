/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-codec.h"

#include <string.h>

#include "tb-number.h"

/* ---- uid ---- */

/* Lower case only; 16 and more = no digit. A table, because ten million ids have 32 of them each. */
static guint8
hex_value (char c)
{
  static const guint8 values[256] = {
    ['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15, ['6'] = 0x16, ['7'] = 0x17,
    ['8'] = 0x18, ['9'] = 0x19, ['a'] = 0x1a, ['b'] = 0x1b, ['c'] = 0x1c, ['d'] = 0x1d, ['e'] = 0x1e, ['f'] = 0x1f,
  };

  return values[(guchar) c] ^ 0x10;
}

/* 8-4-4-4-12, lower case only, so that decoding gives the same text back. */
static gboolean
encode_uuid (const char *uid, guint8 ret[16])
{
  static const guint8 at[16] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };
  guint8 all = 0;

  if (uid[8] != '-' || uid[13] != '-' || uid[18] != '-' || uid[23] != '-')
    return FALSE;
  for (guint i = 0; i < 16; i++)
    {
      guint8 high = hex_value (uid[at[i]]), low = hex_value (uid[at[i] + 1]);

      all |= high | low;
      ret[i] = (guint8) (high << 4 | low);
    }
  return all < 16;
}

gsize
tb_uid_encode (const char *uid, guint8 ret[TB_CALL_UID_BUFFER])
{
  gsize len = strnlen (uid, TB_CALL_MAX_TEXT);

  if (len == 36 && encode_uuid (uid, ret))
    return 16;
  memcpy (ret + 1, uid, len);
  ret[0] = len == 15 ? 'T' : 't';
  if (len == 15)
    ret[++len] = '\0';
  return len + 1;
}

gsize
tb_uid_decode (const guint8 *data, gsize len, char ret[TB_CALL_UID_BUFFER])
{
  static const char digits[] = "0123456789abcdef";
  gsize n = 0;

  if (len != 16)
    {
      len = MIN (len, TB_CALL_MAX_TEXT + 1);
      if (len > 0 && data[0] == 'T')
        len--;
      n = len > 0 ? len - 1 : 0;
      if (n > 0)
        memcpy (ret, data + 1, n);
      ret[n] = '\0';
      return n;
    }
  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        ret[n++] = '-';
      ret[n++] = digits[data[i] >> 4];
      ret[n++] = digits[data[i] & 15];
    }
  ret[n] = '\0';
  return n;
}

/* ---- words ---- */

struct _TbWords
{
  TbDb *db;
  GHashTable *ids;   /* text → id */
  GHashTable *texts; /* id → text, borrowed from ids */
  TbStatement *find, *add, *get;
};

/* Beyond it the caches are dropped: hostile callees must not fill the memory. */
#define MAX_CACHED 200000

TbWords *
tb_words_new (TbStore *store, GError **error)
{
  g_autoptr (TbWords) self = g_new0 (TbWords, 1);

  self->db = tb_store_get_db (store);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->texts = g_hash_table_new (NULL, NULL);
  self->find = tb_db_prepare (self->db, "SELECT id FROM word WHERE text = $1", error);
  self->add = self->find == NULL ? NULL : tb_db_prepare (self->db, "INSERT INTO word (text) VALUES ($1)", error);
  self->get = self->add == NULL ? NULL : tb_db_prepare (self->db, "SELECT text FROM word WHERE id = $1", error);
  return self->get != NULL ? g_steal_pointer (&self) : NULL;
}

void
tb_words_free (TbWords *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  tb_statement_free (self->find);
  tb_statement_free (self->add);
  tb_statement_free (self->get);
  g_free (self);
}

static const char *
remember (TbWords *self, const char *text, gint64 id)
{
  char *copy = g_strdup (text);

  if (g_hash_table_size (self->ids) >= MAX_CACHED)
    {
      g_hash_table_remove_all (self->texts);
      g_hash_table_remove_all (self->ids);
    }
  g_hash_table_insert (self->ids, copy, GSIZE_TO_POINTER ((gsize) id));
  g_hash_table_insert (self->texts, GSIZE_TO_POINTER ((gsize) id), copy);
  return copy;
}

gboolean
tb_words_intern (TbWords *self, const char *text, gint64 *ret, GError **error)
{
  gboolean has_row;
  gint64 id;

  if (*text == '\0')
    {
      *ret = 0;
      return TRUE;
    }
  id = (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (self->ids, text));
  if (id == 0)
    {
      tb_statement_bind_text (self->find, 1, text);
      if (!tb_statement_step (self->find, &has_row, error))
        return FALSE;
      id = has_row ? tb_statement_int (self->find, 0) : 0;
      tb_statement_reset (self->find);
      if (!has_row)
        {
          tb_statement_bind_text (self->add, 1, text);
          if (!tb_statement_run (self->add, error))
            return FALSE;
          id = tb_db_last_insert_id (self->db);
        }
      remember (self, text, id);
    }
  *ret = id;
  return TRUE;
}

const char *
tb_words_get (TbWords *self, gint64 id)
{
  const char *text;
  gboolean has_row = FALSE;

  if (id == 0)
    return "";
  text = g_hash_table_lookup (self->texts, GSIZE_TO_POINTER ((gsize) id));
  if (text != NULL)
    return text;
  tb_statement_bind_int (self->get, 1, id);
  text = tb_statement_step (self->get, &has_row, NULL) && has_row ? remember (self, tb_statement_text (self->get, 0), id) : "";
  tb_statement_reset (self->get);
  return text;
}

gboolean
tb_words_pack_number (TbWords *self, const char *text, gint64 *ret, GError **error)
{
  TbNumber number;
  gint64 word;

  if (tb_number_pack (text, -1, &number))
    {
      *ret = number;
      return TRUE;
    }
  if (!tb_words_intern (self, text, &word, error))
    return FALSE;
  *ret = -word;
  return TRUE;
}

const char *
tb_words_unpack_number (TbWords *self, gint64 value, char buffer[24])
{
  G_STATIC_ASSERT (TB_NUMBER_BUFFER == 24);

  if (value < 0)
    return tb_words_get (self, -value);
  tb_number_unpack (value, buffer);
  return buffer;
}
