/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-dump.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-sql-words.h"

#define COLUMNS_MAX 1000
#define TAKEN_AT_ONCE 65536 /* bytes: what comes of them is kept in memory */

typedef enum { SKIP, BEGIN, TABLE, INTO, COLUMNS, VALUES, TUPLE } Place;

struct _TbCallDump
{
  GObject parent_instance;

  TbSqlWords *words;
  Place place;
  int depth;        /* of parentheses */
  gboolean defines; /* in CREATE TABLE */
  gboolean first;   /* of a definition or value */
  char *table;
  GHashTable *tables; /* name → columns, a GPtrArray of char * */
  GPtrArray *columns; /* of the rows that come, borrowed; NULL = not known */
  GPtrArray *named;   /* those that INSERT names */
  GPtrArray *row;     /* of char * */

  char *calls;        /* the table that is given */
  GPtrArray *titles;  /* as given */
  GString *out;
  gsize given;        /* bytes of it */
  gboolean ended;
};

#define TB_TYPE_CALL_DUMP (tb_call_dump_get_type ())
G_DECLARE_FINAL_TYPE (TbCallDump, tb_call_dump, TB, CALL_DUMP, GObject)

static void converter_init (GConverterIface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TbCallDump, tb_call_dump, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, converter_init))

/* ---- rows as CSV ---- */

static void
put_row (TbCallDump *self, char *const *cells, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append (self->out, i > 0 ? ",\"" : "\"");
      for (const char *c = cells[i] != NULL ? cells[i] : ""; *c != '\0'; c++)
        {
          if (*c == '"')
            g_string_append_c (self->out, '"');
          g_string_append_c (self->out, *c == '\n' || *c == '\r' ? ' ' : *c);
        }
      g_string_append_c (self->out, '"');
    }
  g_string_append_c (self->out, '\n');
}

static int
find (const GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_ascii_strcasecmp (names->pdata[i], name) == 0)
      return (int) i;
  return -1;
}

/* The first table that has calls is given; of others nothing is. */
static gboolean
choose (TbCallDump *self, const GPtrArray *columns)
{
  if (self->calls != NULL)
    return g_strcmp0 (self->calls, self->table) == 0;
  if (columns == NULL || self->table == NULL || find (columns, "billsec") < 0)
    return FALSE;
  self->calls = g_strdup (self->table);
  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (self->titles, g_strdup (columns->pdata[i]));
  put_row (self, (char *const *) self->titles->pdata, self->titles->len);
  return TRUE;
}

static void
end_row (TbCallDump *self)
{
  g_autofree char **cells = NULL;

  if (choose (self, self->columns))
    {
      cells = g_new0 (char *, self->titles->len + 1);
      for (guint i = 0; i < self->row->len; i++)
        {
          int at = self->columns == NULL ? (int) i : i < self->columns->len ? find (self->titles, self->columns->pdata[i]) : -1;

          if (at >= 0 && at < (int) self->titles->len)
            cells[at] = self->row->pdata[i];
        }
      put_row (self, cells, self->titles->len);
    }
  g_ptr_array_set_size (self->row, 0);
}

/* ---- statements ---- */

static gboolean
is_word (TbSqlWord kind, const char *token, const char *word)
{
  return kind == TB_SQL_WORD && g_ascii_strcasecmp (token, word) == 0;
}

/* What stands in CREATE TABLE in the place of a column. */
static gboolean
is_key (TbSqlWord kind, const char *token)
{
  static const char *const words[] = { "PRIMARY", "KEY", "UNIQUE", "INDEX", "CONSTRAINT", "FULLTEXT", "FOREIGN", "CHECK", "SPATIAL", "EXCLUDE", "LIKE" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (kind, token, words[i]))
      return TRUE;
  return FALSE;
}

static void
begin_statement (TbCallDump *self, TbSqlWord kind, const char *token)
{
  gboolean inserts = is_word (kind, token, "INSERT") || is_word (kind, token, "REPLACE");

  self->defines = is_word (kind, token, "CREATE");
  self->place = inserts ? INTO : self->defines ? TABLE : SKIP;
  g_clear_pointer (&self->table, g_free);
  g_ptr_array_set_size (self->named, 0);
  self->columns = NULL;
}

/* The last name is the table's: `phones`.`cdr`. */
static void
take_table (TbCallDump *self, TbSqlWord kind, const char *token)
{
  static const char *const words[] = { "TABLE", "TEMPORARY", "UNLOGGED", "IF", "NOT", "EXISTS", "INTO", "IGNORE", "OR", "ONLY" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (kind, token, words[i]))
      return;
  if (self->columns != NULL && !is_word (kind, token, "VALUES")) /* OVERRIDING SYSTEM VALUE */
    return;
  if (kind == TB_SQL_WORD && self->place == TABLE && self->table == NULL
      && (is_word (kind, token, "INDEX") || is_word (kind, token, "VIEW") || is_word (kind, token, "UNIQUE") || is_word (kind, token, "DATABASE")))
    self->place = SKIP;
  else if (is_word (kind, token, "VALUES"))
    self->place = VALUES;
  else
    {
      const char *dot = kind == TB_SQL_WORD ? strrchr (token, '.') : NULL;

      g_free (self->table);
      self->table = g_strdup (dot != NULL ? dot + 1 : token);
    }
}

static void
take_word (TbSqlWord kind, const char *token, gpointer data)
{
  TbCallDump *self = data;

  switch (self->place)
    {
    case BEGIN:
      begin_statement (self, kind, token);
      break;
    case TABLE:
    case INTO:
      take_table (self, kind, token);
      break;
    case COLUMNS:
      if (self->first && self->depth == 1 && self->named->len < COLUMNS_MAX && !(self->defines && is_key (kind, token)))
        g_ptr_array_add (self->named, g_strdup (token));
      self->first = FALSE;
      break;
    case TUPLE: /* E'text', 'text'::name: what counts is the text, or the first word */
      if (self->first || kind == TB_SQL_TEXT)
        {
          char *value = is_word (kind, token, "NULL") || is_word (kind, token, "DEFAULT") ? g_strdup ("") : g_strdup (token);

          if (!self->first && self->row->len > 0)
            g_ptr_array_set_size (self->row, (int) self->row->len - 1);
          if (self->row->len < COLUMNS_MAX)
            g_ptr_array_add (self->row, value);
          else
            g_free (value);
        }
      self->first = FALSE;
      break;
    case VALUES: /* ON CONFLICT … */
      self->place = SKIP;
      break;
    case SKIP:
    default:
      break;
    }
}

/* Between the columns and the rows. */
static void
end_columns (TbCallDump *self)
{
  if (self->defines)
    {
      GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_extend_and_steal (columns, self->named);
      self->named = g_ptr_array_new_with_free_func (g_free);
      choose (self, columns);
      if (self->table != NULL)
        g_hash_table_replace (self->tables, g_strdup (self->table), columns);
      else
        g_ptr_array_unref (columns);
      self->place = SKIP;
      return;
    }
  self->columns = self->named;
  self->place = INTO;
}

static void
open_parenthesis (TbCallDump *self)
{
  if (++self->depth != 1)
    return;
  self->first = TRUE;
  if (self->place == TABLE || self->place == INTO)
    self->place = self->table != NULL ? COLUMNS : SKIP;
  else if (self->place == VALUES)
    {
      if (self->columns == NULL && self->table != NULL)
        self->columns = g_hash_table_lookup (self->tables, self->table);
      self->place = TUPLE;
    }
}

static void
close_parenthesis (TbCallDump *self)
{
  if (self->depth > 0 && --self->depth > 0)
    return;
  if (self->place == COLUMNS)
    end_columns (self);
  else if (self->place == TUPLE)
    {
      end_row (self);
      self->place = VALUES;
    }
}

static void
take_sign (char sign, gpointer data)
{
  TbCallDump *self = data;

  if (sign == '(')
    open_parenthesis (self);
  else if (sign == ')')
    close_parenthesis (self);
  else if (sign == ',' && self->depth == 1)
    {
      if (self->place == TUPLE && self->first && self->row->len < COLUMNS_MAX) /* nothing at all */
        g_ptr_array_add (self->row, g_strdup (""));
      self->first = TRUE;
    }
  else if (sign == ';')
    {
      self->depth = 0;
      self->place = BEGIN;
      g_ptr_array_set_size (self->row, 0);
    }
}

/* ---- converter ---- */

static gboolean
end (TbCallDump *self, GError **error)
{
  char *const nothing[] = { NULL };

  if (!self->ended && self->place == TUPLE && self->calls != NULL) /* cut: fewer columns than there are say so */
    put_row (self, self->row->len > 0 ? (char *const *) self->row->pdata : nothing, CLAMP (self->row->len, 1, MAX (self->titles->len, 2) - 1));
  self->ended = TRUE;
  if (self->calls != NULL)
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                       _("In this dump of a database there is no table of calls: none whose columns are told has one that is called billsec."));
  return FALSE;
}

static GConverterResult
convert (GConverter *converter, const void *in, gsize in_len, void *out, gsize out_len, GConverterFlags flags, gsize *ret_read, gsize *ret_written,
         GError **error)
{
  TbCallDump *self = TB_CALL_DUMP (converter);
  gsize waits = self->out->len - self->given;

  *ret_read = waits < out_len ? MIN (in_len, TAKEN_AT_ONCE) : 0;
  if (!tb_sql_words_take (self->words, in, *ret_read, error) || (in_len == 0 && (flags & G_CONVERTER_INPUT_AT_END) && !end (self, error)))
    return G_CONVERTER_ERROR;
  *ret_written = MIN (self->out->len - self->given, out_len);
  memcpy (out, self->out->str + self->given, *ret_written);
  self->given += *ret_written;
  if (self->given == self->out->len)
    {
      g_string_truncate (self->out, 0);
      self->given = 0;
    }
  if (*ret_read > 0 || *ret_written > 0)
    return G_CONVERTER_CONVERTED;
  if (flags & G_CONVERTER_INPUT_AT_END)
    return G_CONVERTER_FINISHED;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "more bytes are needed"); /* for the stream, not for people */
  return G_CONVERTER_ERROR;
}

static void
reset (GConverter *converter)
{
}

static void
converter_init (GConverterIface *iface)
{
  iface->convert = convert;
  iface->reset = reset;
}

static void
tb_call_dump_finalize (GObject *object)
{
  TbCallDump *self = TB_CALL_DUMP (object);

  tb_sql_words_free (self->words);
  g_string_free (self->out, TRUE);
  g_free (self->table);
  g_free (self->calls);
  g_hash_table_unref (self->tables);
  g_ptr_array_unref (self->named);
  g_ptr_array_unref (self->row);
  g_ptr_array_unref (self->titles);
  G_OBJECT_CLASS (tb_call_dump_parent_class)->finalize (object);
}

static void
tb_call_dump_class_init (TbCallDumpClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tb_call_dump_finalize;
}

static void
tb_call_dump_init (TbCallDump *self)
{
  self->place = BEGIN;
  self->out = g_string_new (NULL);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->named = g_ptr_array_new_with_free_func (g_free);
  self->row = g_ptr_array_new_with_free_func (g_free);
  self->titles = g_ptr_array_new_with_free_func (g_free);
}

/* ---- public ---- */

static gboolean
holds (const char *text, const char *words)
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  return strstr (upper, words) != NULL;
}

gboolean
tb_call_dump_is (const char *sample)
{
  static const char *const begins[] = { "--", "/*", "#", "CREATE ", "INSERT", "DROP ", "SET ", "LOCK ", "BEGIN", "PRAGMA ", "USE " };

  if (g_str_has_prefix (sample, "\xef\xbb\xbf"))
    sample += 3;
  sample += strspn (sample, " \t\r\n");
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    if (g_ascii_strncasecmp (sample, begins[i], strlen (begins[i])) == 0)
      return holds (sample, "INSERT" " INTO ") || holds (sample, "CREATE TABLE ");
  return FALSE;
}

GInputStream *
tb_call_dump_new (GInputStream *dump, const char *sample)
{
  g_autoptr (TbCallDump) self = g_object_new (TB_TYPE_CALL_DUMP, NULL);

  self->words = tb_sql_words_new (!holds (sample, "POSTGRES") && !g_str_has_prefix (sample, "PRAGMA "), take_word, take_sign, self);
  return g_converter_input_stream_new (dump, G_CONVERTER (self));
}
