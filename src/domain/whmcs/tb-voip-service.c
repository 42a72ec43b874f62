/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-voip-service.h"

#include <string.h>

/* Up to so many digits it is an extension, from there on a number that can be called from outside. */
#define EXTENSION_DIGITS 6

/* Beginnings of modules' names: "fusionpbx_v2" is one too. */
static const char *const modules[] = { "fusionpbx", "fspbx", "vodia", "lesnet", "ictvoip" };

gboolean
tb_voip_service_is_module (const char *module)
{
  g_autofree char *lower = module != NULL ? g_ascii_strdown (module, -1) : NULL;

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (modules); i++)
    if (g_str_has_prefix (lower, modules[i]))
      return TRUE;
  return FALSE;
}

/* The digits of "+1 (519) 222-9000"; NULL for what is no number. */
static char *
dup_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (strchr ("+-(). ", *p) == NULL)
      return NULL;
  return digits->len > 0 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static void
add_once (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

static void
add_number (const char *part, GPtrArray *dids, GPtrArray *extensions)
{
  g_autofree char *digits = dup_digits (part);

  if (digits != NULL)
    add_once (strlen (digits) > EXTENSION_DIGITS ? dids : extensions, digits);
}

static char **
to_strv (GPtrArray *texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < texts->len; i++)
    g_strv_builder_add (builder, texts->pdata[i]);
  return g_strv_builder_end (builder);
}

TbVoipService *
tb_voip_service_new (const char *domain, const char *username)
{
  g_auto (GStrv) places = g_strsplit (domain != NULL ? domain : "", "|", -1),
                 names = g_strsplit (username != NULL ? username : "", "|", -1);
  g_autoptr (GPtrArray) dids = g_ptr_array_new_with_free_func (g_free), extensions = g_ptr_array_new_with_free_func (g_free);
  TbVoipService *self;

  if (places[0] == NULL || *g_strstrip (places[0]) == '\0')
    return NULL;
  for (char **place = places + 1; *place != NULL; place++)
    add_number (g_strstrip (*place), dids, extensions);
  for (char **name = names; *name != NULL; name++)
    add_number (g_strstrip (*name), dids, extensions);
  self = g_new (TbVoipService, 1);
  *self = (TbVoipService){ g_strdup (places[0]), to_strv (dids), to_strv (extensions) };
  return self;
}

void
tb_voip_service_free (TbVoipService *self)
{
  if (self == NULL)
    return;
  g_free (self->tenant);
  g_strfreev (self->dids);
  g_strfreev (self->extensions);
  g_free (self);
}
