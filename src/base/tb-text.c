/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

static const char *const encoding_names[] = { "UTF-8", "UTF-8 with BOM", "UTF-16LE with BOM", "UTF-16BE with BOM", "Windows-1252" };

gboolean
tb_set_str (char **field, const char *value)
{
  char *copy;

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  copy = g_strdup (value); /* first: value may lie inside *field */
  g_free (*field);
  *field = copy;
  return TRUE;
}

TbEncoding
tb_encoding_detect (const guint8 *data, gsize len)
{
  if (len >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return TB_ENCODING_UTF8_BOM;
  if (len >= 2 && data[0] == 0xff && data[1] == 0xfe)
    return TB_ENCODING_UTF16LE;
  if (len >= 2 && data[0] == 0xfe && data[1] == 0xff)
    return TB_ENCODING_UTF16BE;
  if (g_utf8_validate ((const char *) data, (gssize) len, NULL))
    return TB_ENCODING_UTF8;
  return TB_ENCODING_WINDOWS_1252;
}

const char *
tb_encoding_get_name (TbEncoding self)
{
  return encoding_names[self];
}

static gboolean
refuse_nul (const guint8 *data, gsize len, GError **error)
{
  const guint8 *nul = memchr (data, '\0', len);

  if (nul == NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is not text: byte %zu is NUL."), (gsize) (nul - data));
  return FALSE;
}

static char *
convert (const guint8 *data, gsize len, const char *from, gsize *ret_len, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize read = 0, written = 0;
  char *text = g_convert ((const char *) data, (gssize) len, "UTF-8", from, &read, &written, &local);

  if (text == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is not %s text from byte %zu on."), from, read);
      return NULL;
    }
  if (memchr (text, '\0', written) != NULL)
    {
      g_free (text);
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is not text: it holds NUL characters."));
      return NULL;
    }
  *ret_len = written;
  return text;
}

/* Windows-1252 leaves five bytes undefined; iconv refuses them. ISO-8859-1 takes all, so it is the last resort. */
static char *
convert_windows_1252 (const guint8 *data, gsize len, gsize *ret_len, GError **error)
{
  char *text = convert (data, len, "WINDOWS-1252", ret_len, NULL);

  return text != NULL ? text : convert (data, len, "ISO-8859-1", ret_len, error);
}

/* After a byte order mark, bytes in another encoding may follow: files that were joined, or cut inside a character. */
static char *
copy_utf8 (const guint8 *data, gsize len, gsize skip, gsize *ret_len, GError **error)
{
  const char *text = (const char *) data + skip, *end;

  if (!refuse_nul (data, len, error))
    return NULL;
  if (!g_utf8_validate (text, (gssize) (len - skip), &end))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The file is not %s text from byte %zu on."), "UTF-8", (gsize) (end - (const char *) data));
      return NULL;
    }
  *ret_len = len - skip;
  return g_strndup (text, len - skip);
}

char *
tb_text_to_utf8 (const guint8 *data, gsize len, TbEncoding encoding, gsize *ret_len, GError **error)
{
  switch (encoding)
    {
    case TB_ENCODING_UTF16LE:
      return convert (data + 2, len - 2, "UTF-16LE", ret_len, error);
    case TB_ENCODING_UTF16BE:
      return convert (data + 2, len - 2, "UTF-16BE", ret_len, error);
    case TB_ENCODING_WINDOWS_1252:
      return refuse_nul (data, len, error) ? convert_windows_1252 (data, len, ret_len, error) : NULL;
    case TB_ENCODING_UTF8:
    case TB_ENCODING_UTF8_BOM:
    default:
      return copy_utf8 (data, len, encoding == TB_ENCODING_UTF8_BOM ? 3 : 0, ret_len, error);
    }
}

char *
tb_text_for_message (const char *text, gssize length, guint max)
{
  gsize len = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (len, (gsize) max * 4));
  GString *shown = g_string_new (NULL);
  guint n = 0;
  const char *at;

  for (at = valid; *at != '\0' && n < max; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\t' || c == '\n' || c == '\r')
        g_string_append_c (shown, ' ');
      else
        g_string_append_unichar (shown, g_unichar_iscntrl (c) ? 0xfffd : c);
    }
  if (*at != '\0' || len > (gsize) max * 4)
    g_string_append (shown, "…");
  return g_string_free (shown, FALSE);
}
