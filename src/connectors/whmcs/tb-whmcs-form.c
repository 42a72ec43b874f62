/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-form.h"

#include <string.h>

struct _TbWhmcsForm
{
  char *action;
  GString *fields; /* "name=value&name=value" */
  guint n;
};

/* ---- PHP ---- */

/* "7" and "-7" are integers to PHP, "07", "+7" and "-0" are texts, and so is what does not fit. */
static gboolean
is_integer_key (const char *key)
{
  const char *digits = key + (*key == '-');
  gint64 value;

  if (!g_ascii_isdigit (*digits) || (*digits == '0' && (digits[1] != '\0' || digits != key)))
    return FALSE;
  return digits[strspn (digits, "0123456789")] == '\0' && g_ascii_string_to_signed (key, 10, G_MININT64, G_MAXINT64, &value, NULL);
}

static void
serialize_text (GString *out, const char *text)
{
  g_string_append_printf (out, "s:%" G_GSIZE_FORMAT ":\"%s\";", strlen (text), text);
}

char *
tb_php_serialize (const char *const *pairs, guint n)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "a:%u:{", n);
  for (guint i = 0; i < n; i++)
    {
      if (is_integer_key (pairs[2 * i]))
        g_string_append_printf (out, "i:%s;", pairs[2 * i]);
      else
        serialize_text (out, pairs[2 * i]);
      serialize_text (out, pairs[2 * i + 1]);
    }
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/* ---- fields ---- */

static void
append (GString *out, const char *name, const char *value)
{
  if (out->len > 0)
    g_string_append_c (out, '&');
  g_string_append_uri_escaped (out, name, NULL, FALSE);
  g_string_append_c (out, '=');
  g_string_append_uri_escaped (out, value, NULL, FALSE);
}

TbWhmcsForm *
tb_whmcs_form_new (const char *action)
{
  TbWhmcsForm *self = g_new0 (TbWhmcsForm, 1);

  self->action = g_strdup (action);
  self->fields = g_string_new (NULL);
  return self;
}

TbWhmcsForm *
tb_whmcs_form_copy (const TbWhmcsForm *self)
{
  TbWhmcsForm *copy = tb_whmcs_form_new (self->action);

  g_string_append_len (copy->fields, self->fields->str, (gssize) self->fields->len);
  copy->n = self->n;
  return copy;
}

void
tb_whmcs_form_free (TbWhmcsForm *self)
{
  if (self == NULL)
    return;
  g_free (self->action);
  g_string_free (self->fields, TRUE);
  g_free (self);
}

const char *
tb_whmcs_form_get_action (const TbWhmcsForm *self)
{
  return self->action;
}

guint
tb_whmcs_form_count (const TbWhmcsForm *self)
{
  return self->n;
}

void
tb_whmcs_form_add_text (TbWhmcsForm *self, const char *name, const char *value)
{
  if (value == NULL)
    return;
  append (self->fields, name, value);
  self->n++;
}

void
tb_whmcs_form_add_int (TbWhmcsForm *self, const char *name, gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  tb_whmcs_form_add_text (self, name, text);
}

void
tb_whmcs_form_add_id (TbWhmcsForm *self, const char *name, gint64 value)
{
  if (value != 0)
    tb_whmcs_form_add_int (self, name, value);
}

void
tb_whmcs_form_add_flag (TbWhmcsForm *self, const char *name, gboolean value)
{
  tb_whmcs_form_add_text (self, name, value ? "1" : "0");
}

void
tb_whmcs_form_add_day (TbWhmcsForm *self, const char *name, TbDay value)
{
  g_autofree char *text = value != TB_DAY_NONE ? tb_day_format (value) : NULL;

  tb_whmcs_form_add_text (self, name, text);
}

void
tb_whmcs_form_add_amount (TbWhmcsForm *self, const char *name, TbAmount value)
{
  char text[40];

  if (value == TB_DECIMAL_NONE)
    return;
  tb_decimal_format_to (value, TB_AMOUNT_SCALE, 2, text);
  tb_whmcs_form_add_text (self, name, text);
}

void
tb_whmcs_form_add_decimal (TbWhmcsForm *self, const char *name, TbDecimal value)
{
  char text[40];

  if (value == TB_DECIMAL_NONE)
    return;
  tb_decimal_format_to (value, TB_RATE_SCALE, 0, text);
  tb_whmcs_form_add_text (self, name, text);
}

void
tb_whmcs_form_add_in (TbWhmcsForm *self, const char *name, const char *key, const char *value)
{
  g_autofree char *full = g_strdup_printf ("%s[%s]", name, key);

  tb_whmcs_form_add_text (self, full, value);
}

void
tb_whmcs_form_add_at (TbWhmcsForm *self, const char *name, gint64 key, const char *value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, key);
  tb_whmcs_form_add_in (self, name, text, value);
}

void
tb_whmcs_form_add_amount_at (TbWhmcsForm *self, const char *name, gint64 key, TbAmount value)
{
  char text[40];

  tb_decimal_format_to (value, TB_AMOUNT_SCALE, 2, text);
  tb_whmcs_form_add_at (self, name, key, text);
}

void
tb_whmcs_form_add_flag_at (TbWhmcsForm *self, const char *name, gint64 key, gboolean value)
{
  tb_whmcs_form_add_at (self, name, key, value ? "1" : "0");
}

void
tb_whmcs_form_add_array (TbWhmcsForm *self, const char *name, const char *const *pairs, guint n)
{
  g_autofree char *text = NULL, *encoded = NULL;

  if (n == 0)
    return;
  text = tb_php_serialize (pairs, n);
  encoded = g_base64_encode ((const guchar *) text, strlen (text));
  tb_whmcs_form_add_text (self, name, encoded);
}

GBytes *
tb_whmcs_form_to_bytes (const TbWhmcsForm *self, const TbWhmcsForm *credentials)
{
  GString *out = g_string_new (NULL);

  append (out, "action", self->action);
  g_string_append_printf (out, "&%s", credentials->fields->str);
  append (out, "responsetype", "json");
  if (self->fields->len > 0)
    g_string_append_printf (out, "&%s", self->fields->str);
  return g_string_free_to_bytes (out);
}
