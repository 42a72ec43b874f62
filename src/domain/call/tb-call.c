/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

static const char *const direction_names[] = { "", "outbound", "inbound", "local" };

const char *
tb_direction_to_string (TbDirection self)
{
  return direction_names[self];
}

gboolean
tb_direction_parse (const char *text, gssize length, TbDirection *ret)
{
  gsize len = length < 0 ? strlen (text) : (gsize) length;

  for (guint i = 0; i < G_N_ELEMENTS (direction_names); i++)
    if (strlen (direction_names[i]) == len && g_ascii_strncasecmp (text, direction_names[i], len) == 0)
      {
        *ret = i;
        return TRUE;
      }
  return FALSE;
}

void
tb_call_init (TbCall *self)
{
  *self = (TbCall){ .uid = "", .tenant = "", .extension = "", .caller = "", .caller_name = "", .callee = "", .did = "",
                    .account_code = "", .cause = "", .ring = -1 };
}

/* Most fields are short ASCII, which needs no UTF-8 decoder. */
static gboolean
text_is_sound (const char *text)
{
  gsize n = 0;
  guchar all = 0;

  for (; text[n] != '\0'; n++)
    {
      if ((guchar) text[n] < 0x20)
        return FALSE;
      all |= (guchar) text[n];
    }
  return n <= TB_CALL_MAX_TEXT && (all < 0x80 || g_utf8_validate (text, (gssize) n, NULL));
}

static gboolean
validate_texts (const TbCall *self, GError **error)
{
  const struct { const char *name, *text; } fields[] = {
    { "uid", self->uid }, { "tenant", self->tenant }, { "extension", self->extension },
    { "caller", self->caller }, { "caller_name", self->caller_name }, { "callee", self->callee },
    { "did", self->did }, { "account_code", self->account_code }, { "cause", self->cause },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!text_is_sound (fields[i].text))
      {
        g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT,
                     _("%s is longer than %d bytes, holds control characters or is not UTF-8."), fields[i].name, TB_CALL_MAX_TEXT);
        return FALSE;
      }
  return TRUE;
}

gboolean
tb_call_validate (const TbCall *self, GError **error)
{
  if (!validate_texts (self, error))
    return FALSE;

  if (self->start < 0 || self->start > G_MAXUINT32)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("start is not between 1970 and 2105."));
  else if (self->caller[0] == '\0' && self->callee[0] == '\0')
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("neither caller nor callee is given."));
  else if (self->seconds < 0 || self->duration < 0)
    g_set_error_literal (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("the duration is negative."));
  else if (self->seconds > TB_CALL_MAX_SECONDS || self->duration > TB_CALL_MAX_SECONDS)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("the call lasts more than %d days."), TB_CALL_MAX_SECONDS / 86400);
  else
    return TRUE;
  return FALSE;
}
