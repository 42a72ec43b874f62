/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-post.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "tb-call-reader.h"
#include "tb-error.h"

#define MAX_NAME 80

typedef enum { PLAIN, FORM, BASE64 } Encoding;

/* ---- encodings ---- */

/* As mod_xml_cdr and mod_json_cdr name them; without a name the first bytes tell. */
static Encoding
encoding_of (const char *type, const char *text)
{
  g_autofree char *media = type != NULL ? g_ascii_strdown (type, (gssize) strcspn (type, "; ")) : NULL;

  if (media != NULL && g_str_equal (media, "application/x-www-form-base64-encoded"))
    return BASE64;
  if (media == NULL || g_str_equal (media, SOUP_FORM_MIME_TYPE_URLENCODED))
    return *text == '%' ? FORM : PLAIN;
  return PLAIN;
}

/* Not g_uri_unescape: a percent sign that begins no escape is one. */
static GString *
decode_form (const char *text, gsize len)
{
  GString *out = g_string_sized_new (len);

  for (gsize i = 0; i < len; i++)
    if (text[i] == '%' && i + 2 < len && g_ascii_isxdigit (text[i + 1]) && g_ascii_isxdigit (text[i + 2]))
      {
        g_string_append_c (out, (char) (g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2])));
        i += 2;
      }
    else
      g_string_append_c (out, text[i] == '+' ? ' ' : text[i]);
  return out;
}

static GString *
decode (const char *type, const char *body, gsize len)
{
  gsize skip = len >= 4 && memcmp (body, "cdr=", 4) == 0 ? 4 : 0;
  g_autofree char *text = g_strndup (body + skip, len - skip);
  Encoding encoding = encoding_of (type, text);
  g_autofree guchar *bytes = NULL;
  gsize n;

  if (encoding == FORM)
    return decode_form (text, strlen (text));
  if (encoding == PLAIN)
    return g_string_new (text);
  bytes = g_base64_decode (text, &n);
  return g_string_new_len ((const char *) bytes, (gssize) n);
}

/* ---- what decoding destroyed ---- */

/* mod_json_cdr encodes values, then all of the text without touching what is encoded already. Decoding it, as a form must be, makes "%22"
 * of a value a bare quote. A quote ends a text only before what JSON has there; any other belongs to the value. What is guessed wrongly
 * does not parse afterwards, and is refused. */
static gboolean
ends_text (const char *after)
{
  if (*after == ',')
    return after[1] != '\0' && strchr ("\"{[-0123456789tfn", after[1]) != NULL;
  return *after != '\0' && strchr (":}]", *after) != NULL;
}

static void
append_inside (GString *out, char c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (out, "\\%c", c);
  else if ((guchar) c < 0x20)
    g_string_append_printf (out, "\\u%04x", (guint) c);
  else
    g_string_append_c (out, c);
}

static GString *
mend_quotes (const GString *json)
{
  GString *out = g_string_sized_new (json->len);
  gboolean inside = FALSE;

  for (gsize i = 0; i < json->len; i++)
    {
      char c = json->str[i];

      if (c == '"' && (!inside || ends_text (json->str + i + 1)))
        {
          inside = !inside;
          g_string_append_c (out, c);
        }
      else if (inside)
        append_inside (out, c);
      else
        g_string_append_c (out, c);
    }
  return out;
}

/* ---- is it a call? ---- */

/* Of those that post. */
static gboolean
is_expected (TbCallReader *reader, GError **error)
{
  static const char *const formats[] = { "freeswitch", "vodia", NULL };

  if (g_strv_contains (formats, tb_call_reader_get_format (reader)))
    return TRUE;
  g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("It is neither a call of FreeSWITCH nor one of Vodia."));
  return FALSE;
}

/* The very reader that will collect it must be able to: what is not understood is not taken, and stays where it came from. */
static gboolean
check (const GString *text, GError **error)
{
  TbCallReaderOptions options = { .format = NULL };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  g_autoptr (TbCallReader) reader = tb_call_reader_new (stream, &options, NULL, error);
  const TbCall *call;
  const TbReadReject *reject;
  TbReadResult result;
  guint calls = 0;

  if (reader == NULL || !is_expected (reader, error))
    return FALSE;
  while ((result = tb_call_reader_next (reader, &call, &reject, error)) == TB_READ_CALL)
    calls++;
  if (result == TB_READ_REJECT)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, reject->reason);
  else if (result == TB_READ_END && calls + tb_call_reader_get_skipped (reader) == 0)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("There is no call in it."));
  else
    return result == TB_READ_END;
  return FALSE;
}

static gboolean
is_document (const GString *text, const char **ret_suffix)
{
  const char *at = text->str + strspn (text->str, " \t\r\n");

  *ret_suffix = *at == '<' ? ".cdr.xml" : ".cdr.json";
  return (*at == '<' || *at == '{' || *at == '[') && strlen (text->str) == text->len;
}

static GString *
take_mended (GString *text, const char *suffix, GError **error)
{
  GString *mended = g_str_equal (suffix, ".cdr.json") ? mend_quotes (text) : NULL;

  if (mended != NULL && check (mended, NULL))
    {
      g_clear_error (error);
      return mended;
    }
  if (mended != NULL)
    g_string_free (mended, TRUE);
  return NULL;
}

gboolean
tb_call_post_read (TbCallPost *self, const char *type, const char *body, gsize len, GError **error)
{
  g_autoptr (GString) text = decode (type, body, len);
  g_autoptr (GString) mended = NULL;
  g_autoptr (GError) failure = NULL;
  const char *suffix;

  if (!is_document (text, &suffix))
    {
      g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("It is neither XML nor JSON."));
      return FALSE;
    }
  if (!check (text, &failure) && (mended = take_mended (text, suffix, &failure)) == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->document = g_string_free_to_bytes (mended != NULL ? g_steal_pointer (&mended) : g_steal_pointer (&text));
  self->suffix = suffix;
  return TRUE;
}

void
tb_call_post_clear (TbCallPost *self)
{
  g_clear_pointer (&self->document, g_bytes_unref);
}

/* ---- its name ---- */

static gboolean
is_name (const char *uuid)
{
  gsize len = strlen (uuid);

  return len > 0 && len <= MAX_NAME && g_ascii_isalnum (*uuid) && strspn (uuid, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == len;
}

char *
tb_call_post_dup_name (const TbCallPost *self, const char *uuid)
{
  g_autofree char *sum = uuid == NULL || !is_name (uuid) ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->document) : NULL;

  return g_strconcat (sum != NULL ? sum : uuid, self->suffix, NULL);
}
