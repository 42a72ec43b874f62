/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-words.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

/* A compiled catalog (gettext manual, "The Format of GNU MO Files"): two tables of (length, offset), the first sorted by the message. */
#define MO_MAGIC 0x950412deu
#define MO_HEADER 28
#define CONTEXT_SEPARATOR "\004"

/* Decimal point and thousands separator by language (CLDR 42, numbers/symbols); a region before its language. */
static const struct { const char *tag, *point, *separator; } figures[] = {
  { "de-AT", ",", "\u00a0" }, { "de-CH", ".", "’" },      { "de", ",", "." },      { "en", ".", "," },      { "es-MX", ".", "," },
  { "es-US", ".", "," },      { "es", ",", "." },         { "fr-CA", ",", "\u00a0" }, { "fr", ",", "\u202f" },
};

static const char *const months[12][2] = {
  { NC_ ("month", "January"), NC_ ("short month", "Jan") },  { NC_ ("month", "February"), NC_ ("short month", "Feb") },
  { NC_ ("month", "March"), NC_ ("short month", "Mar") },    { NC_ ("month", "April"), NC_ ("short month", "Apr") },
  { NC_ ("month", "May"), NC_ ("short month", "May") },      { NC_ ("month", "June"), NC_ ("short month", "Jun") },
  { NC_ ("month", "July"), NC_ ("short month", "Jul") },     { NC_ ("month", "August"), NC_ ("short month", "Aug") },
  { NC_ ("month", "September"), NC_ ("short month", "Sep") }, { NC_ ("month", "October"), NC_ ("short month", "Oct") },
  { NC_ ("month", "November"), NC_ ("short month", "Nov") }, { NC_ ("month", "December"), NC_ ("short month", "Dec") },
};

struct _TbWords
{
  gboolean process; /* gettext and the locale are asked */
  GMappedFile *file; /* or NULL: the messages as they stand */
  const char *data;
  gsize len;
  guint32 n, originals, translations; /* offsets of the tables */
  gboolean one_is_many; /* French: 0 and 1 are singular */
  const char *point, *separator;
};

/* ---- catalogs ---- */

const char *
tb_words_get_folder (void)
{
  const char *other = g_getenv ("TOLLBOOK_LOCALE_DIR");

  return other != NULL ? other : TB_LOCALE_DIR;
}

static guint32
word_at (const TbWords *self, gsize offset)
{
  guint32 value = 0;

  if (offset + 4 <= self->len)
    memcpy (&value, self->data + offset, 4);
  return value;
}

/* NULL when the table points outside of the file, or its text does not end. */
static const char *
text_at (const TbWords *self, guint32 table, guint32 i, gsize *ret_len)
{
  gsize len = word_at (self, table + 8 * (gsize) i), offset = word_at (self, table + 8 * (gsize) i + 4);

  if (offset >= self->len || len >= self->len - offset || self->data[offset + len] != '\0')
    return NULL;
  *ret_len = len;
  return self->data + offset;
}

/* The translation, with its forms one after the other; NULL = there is none. */
static const char *
look_up (const TbWords *self, const char *key, gsize *ret_len)
{
  guint32 low = 0, high = self->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      gsize len;
      const char *text = text_at (self, self->originals, middle, &len);
      int order = text != NULL ? strcmp (key, text) : 0;

      if (text == NULL)
        return NULL;
      if (order == 0)
        return text_at (self, self->translations, middle, ret_len);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

static gboolean
open_catalog (TbWords *self, const char *language)
{
  g_autofree char *name = g_strdelimit (g_strdup (language), "-", '_');
  g_autofree char *path = g_build_filename (tb_words_get_folder (), name, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  gsize len;
  const char *head;

  self->file = g_mapped_file_new (path, FALSE, NULL);
  if (self->file == NULL)
    return FALSE;
  self->data = g_mapped_file_get_contents (self->file);
  self->len = g_mapped_file_get_length (self->file);
  if (self->len < MO_HEADER || word_at (self, 0) != MO_MAGIC)
    {
      g_clear_pointer (&self->file, g_mapped_file_unref);
      return FALSE;
    }
  self->n = word_at (self, 8);
  self->originals = word_at (self, 12);
  self->translations = word_at (self, 16);
  head = look_up (self, "", &len);
  self->one_is_many = head != NULL && strstr (head, "(n > 1)") != NULL;
  return TRUE;
}

/* ---- languages ---- */

gboolean
tb_words_is_tag (const char *tag)
{
  g_auto (GStrv) parts = g_strsplit (tag, "-", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize len = strlen (parts[i]);

      if (len < 2 || len > (i == 0 ? 3 : 8))
        return FALSE;
      for (const char *c = parts[i]; *c != '\0'; c++)
        if (i == 0 ? !g_ascii_isalpha (*c) : !g_ascii_isalnum (*c))
          return FALSE;
    }
  return parts[0] != NULL;
}

static void
find_figures (TbWords *self, const char *tag)
{
  self->point = ".";
  self->separator = ",";
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      gsize len = strlen (figures[i].tag);

      if (g_ascii_strncasecmp (tag, figures[i].tag, len) != 0 || (tag[len] != '\0' && tag[len] != '-'))
        continue;
      self->point = figures[i].point;
      self->separator = figures[i].separator;
      return;
    }
}

static TbWords *
words_new (const char *tag)
{
  TbWords *self = g_new0 (TbWords, 1);
  g_autofree char *language = g_strdup (tag);

  self->process = *tag == '\0';
  if (self->process)
    return self;
  find_figures (self, tag);
  while (!open_catalog (self, language))
    {
      char *hyphen = strrchr (language, '-');

      if (hyphen == NULL)
        break;
      *hyphen = '\0';
    }
  return self;
}

const TbWords *
tb_words_for (const char *tag)
{
  static GMutex lock;
  static GHashTable *known;
  const TbWords *words;
  const char *key = tag != NULL && tb_words_is_tag (tag) ? tag : "";

  g_mutex_lock (&lock);
  if (known == NULL)
    known = g_hash_table_new (g_str_hash, g_str_equal);
  words = g_hash_table_lookup (known, key);
  if (words == NULL)
    {
      words = words_new (key);
      g_hash_table_insert (known, g_strdup (key), (gpointer) words);
    }
  g_mutex_unlock (&lock);
  return words;
}

/* ---- words ---- */

const char *
tb_words_text (const TbWords *self, const char *message)
{
  gsize len = 0;
  const char *text;

  if (self->process)
    return g_dgettext (GETTEXT_PACKAGE, message);
  text = self->file != NULL && *message != '\0' ? look_up (self, message, &len) : NULL; /* under "" stands the head */
  return text != NULL && len > 0 ? text : message;
}

const char *
tb_words_text_in (const TbWords *self, const char *context, const char *message)
{
  g_autofree char *key = NULL;
  gsize len = 0;
  const char *text;

  if (self->process)
    return g_dpgettext2 (GETTEXT_PACKAGE, context, message);
  key = g_strconcat (context, CONTEXT_SEPARATOR, message, NULL);
  text = self->file != NULL ? look_up (self, key, &len) : NULL;
  return text != NULL && len > 0 ? text : message;
}

const char *
tb_words_plural (const TbWords *self, const char *one, const char *many, gulong n)
{
  gboolean singular = n == 1 || (self->one_is_many && n == 0);
  gsize len = 0, first;
  const char *text;

  if (self->process)
    return g_dngettext (GETTEXT_PACKAGE, one, many, n);
  text = self->file != NULL ? look_up (self, one, &len) : NULL;
  if (text == NULL || len == 0)
    return n == 1 ? one : many;
  first = strlen (text);
  return singular || first >= len ? text : text + first + 1;
}

/* ---- figures ---- */

const char *
tb_words_get_point (const TbWords *self)
{
  const char *point = self->process ? localeconv ()->decimal_point : self->point;

  return *point != '\0' ? point : ".";
}

const char *
tb_words_get_separator (const TbWords *self)
{
  const char *separator = self->process ? localeconv ()->thousands_sep : self->separator;

  if (*separator == '\0')
    separator = ",";
  return g_str_equal (separator, tb_words_get_point (self)) ? "\u202f" : separator;
}

static void
append_part (const TbWords *self, GString *text, int year, int month, int day, char part)
{
  switch (part)
    {
    case 'd':
      g_string_append_printf (text, "%02d", day);
      break;
    case 'm':
      g_string_append_printf (text, "%02d", month);
      break;
    case 'Y':
      g_string_append_printf (text, "%d", year);
      break;
    case 'B':
      g_string_append (text, tb_words_text_in (self, "month", months[month - 1][0]));
      break;
    case 'b':
      g_string_append (text, tb_words_text_in (self, "short month", months[month - 1][1]));
      break;
    default:
      g_string_append_c (text, part);
    }
}

char *
tb_words_format_day (const TbWords *self, int year, int month, int day, const char *pattern)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (month >= 1 && month <= 12, g_string_free (text, FALSE));
  for (const char *at = pattern; *at != '\0'; at++)
    if (*at != '%' || at[1] == '\0')
      g_string_append_c (text, *at);
    else if (at[1] == '-' && at[2] == 'd')
      {
        g_string_append_printf (text, "%d", day);
        at += 2;
      }
    else
      append_part (self, text, year, month, day, *++at);
  return g_string_free (text, FALSE);
}
