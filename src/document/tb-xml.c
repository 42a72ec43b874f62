/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-xml.h"

struct _TbXml
{
  GString *text;
  GPtrArray *open; /* of names, borrowed */
};

TbXml *
tb_xml_new (void)
{
  TbXml *self = g_new0 (TbXml, 1);

  self->text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  self->open = g_ptr_array_new ();
  return self;
}

void
tb_xml_free (TbXml *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->open);
  g_free (self);
}

static gboolean
is_allowed (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

/* One line without blanks at its ends; NULL when nothing is left. */
static char *
clean (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = valid; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (is_allowed (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));
  g_strstrip (out->str);
  return *out->str != '\0' ? g_markup_escape_text (out->str, -1) : NULL;
}

static void
indent (TbXml *self)
{
  for (guint i = 0; i < self->open->len; i++)
    g_string_append (self->text, "  ");
}

static void
append_attributes (TbXml *self, const char *const *attributes)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    {
      g_autofree char *value = clean (attributes[i + 1]);

      if (value != NULL)
        g_string_append_printf (self->text, " %s=\"%s\"", attributes[i], value);
    }
}

void
tb_xml_open (TbXml *self, const char *name)
{
  indent (self);
  g_string_append_printf (self->text, "<%s>\n", name);
  g_ptr_array_add (self->open, (gpointer) name);
}

void
tb_xml_open_root (TbXml *self, const char *name, const char *const *namespaces)
{
  g_string_append_printf (self->text, "<%s", name);
  for (guint i = 0; namespaces[i] != NULL; i += 2)
    g_string_append_printf (self->text, " xmlns%s%s=\"%s\"", *namespaces[i] != '\0' ? ":" : "", namespaces[i], namespaces[i + 1]);
  g_string_append (self->text, ">\n");
  g_ptr_array_add (self->open, (gpointer) name);
}

void
tb_xml_close (TbXml *self)
{
  const char *name = g_ptr_array_steal_index (self->open, self->open->len - 1);

  indent (self);
  g_string_append_printf (self->text, "</%s>\n", name);
}

void
tb_xml_text (TbXml *self, const char *name, const char *text)
{
  tb_xml_text_with (self, name, text, NULL);
}

void
tb_xml_text_with (TbXml *self, const char *name, const char *text, const char *const *attributes)
{
  g_autofree char *escaped = clean (text);

  if (escaped == NULL)
    return;
  indent (self);
  g_string_append_printf (self->text, "<%s", name);
  append_attributes (self, attributes);
  g_string_append_printf (self->text, ">%s</%s>\n", escaped, name);
}

void
tb_xml_data (TbXml *self, const char *name, GBytes *data, const char *const *attributes)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  g_autofree char *encoded = g_base64_encode (bytes, size);

  indent (self);
  g_string_append_printf (self->text, "<%s", name);
  append_attributes (self, attributes);
  g_string_append_c (self->text, '>');
  g_string_append (self->text, encoded);
  g_string_append_printf (self->text, "</%s>\n", name);
}

char *
tb_xml_finish (TbXml *self)
{
  char *text;

  while (self->open->len > 0)
    tb_xml_close (self);
  text = g_string_free (g_steal_pointer (&self->text), FALSE);
  g_ptr_array_unref (self->open);
  g_free (self);
  return text;
}
