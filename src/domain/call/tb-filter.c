/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

TbFilter *
tb_filter_new (void)
{
  return g_new0 (TbFilter, 1);
}

TbFilter *
tb_filter_copy (const TbFilter *self)
{
  TbFilter *copy = g_memdup2 (self, sizeof *self);

  copy->connection = g_strdup (self->connection);
  copy->pattern = g_strdup (self->pattern);
  return copy;
}

void
tb_filter_free (TbFilter *self)
{
  if (self == NULL)
    return;
  g_free (self->connection);
  g_free (self->pattern);
  g_free (self);
}

/* ---- patterns ---- */

typedef enum { CLASS_NONE, CLASS_INTERNAL, CLASS_INBOUND, CLASS_OUTBOUND, CLASS_VOICEMAIL, CLASS_TOLLFREE, CLASS_EMERGENCY } Class;

static const struct { const char *name; Class class; } classes[] = {
  { "[internal]", CLASS_INTERNAL }, { "[local]", CLASS_INTERNAL },     { "[inbound]", CLASS_INBOUND },     { "[outbound]", CLASS_OUTBOUND },
  { "[voicemail]", CLASS_VOICEMAIL }, { "[tollfree]", CLASS_TOLLFREE }, { "[emergency]", CLASS_EMERGENCY },
};

/* One place of a pattern: which characters fit. Bits 0 to 9 are the digits, then * and #. */
#define STAR (1 << 10)
#define HASH (1 << 11)
#define ANY_DIGIT 0x3ff
#define PLACES_MAX 40

typedef struct
{
  Class class;
  guint16 places[PLACES_MAX];
  guint n;
  gboolean open; /* a trailing *: any rest */
  char *text;    /* plain words are compared with directions and descriptions */
} Alternative;

struct _TbPattern
{
  GArray *alternatives; /* of Alternative */
};

static void
alternative_clear (gpointer data)
{
  g_free (((Alternative *) data)->text);
}

static gboolean
refuse (const char *text, const char *reason, GError **error)
{
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("The pattern “%s” is not understood: %s."), text, reason);
  return FALSE;
}

/* "[2-9]" or "[0-35]"; moves *at behind it. */
static gboolean
parse_range (const char **at, guint16 *ret_mask)
{
  guint16 mask = 0;
  const char *c = *at + 1;

  for (; g_ascii_isdigit (*c); c++)
    {
      int from = *c - '0', to = from;

      if (c[1] == '-' && g_ascii_isdigit (c[2]))
        {
          to = c[2] - '0';
          c += 2;
        }
      if (to < from)
        return FALSE;
      for (int digit = from; digit <= to; digit++)
        mask |= (guint16) (1 << digit);
    }
  if (*c != ']' || mask == 0)
    return FALSE;
  *at = c + 1;
  *ret_mask = mask;
  return TRUE;
}

static gboolean
is_word (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalpha (*text) && *text != 'x' && *text != 'X')
      return TRUE;
  return FALSE;
}

static gboolean
parse_places (Alternative *self, const char *text, GError **error)
{
  for (const char *at = text; *at != '\0';)
    {
      guint16 mask = 0;

      /* A leading star is itself, but one that stands alone means everything. */
      if (*at == '*' && at[1] == '\0')
        {
          self->open = TRUE;
          return TRUE;
        }
      if (g_ascii_isdigit (*at))
        mask = (guint16) (1 << (*at++ - '0'));
      else if (*at == 'x' || *at == 'X')
        at++, mask = ANY_DIGIT;
      else if (*at == '*')
        at++, mask = STAR;
      else if (*at == '#')
        at++, mask = HASH;
      else if (*at == '+' && at == text)
        {
          at++;
          continue;
        }
      else if (*at != '[' || !parse_range (&at, &mask))
        return refuse (text, _("it may hold digits, x, ranges like [2-9], * and #, or a class like [tollfree]"), error);
      if (self->n == PLACES_MAX)
        return refuse (text, _("it is too long"), error);
      self->places[self->n++] = mask;
    }
  return TRUE;
}

static gboolean
parse_alternative (Alternative *self, const char *text, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_ascii_strcasecmp (text, classes[i].name) == 0)
      {
        self->class = classes[i].class;
        return TRUE;
      }
  if (*text == '[' && g_ascii_isalpha (text[1]))
    return refuse (text, _("there is no such class"), error);

  self->text = g_strdup (text);
  return is_word (text) || parse_places (self, text, error);
}

TbPattern *
tb_pattern_new (const char *text, GError **error)
{
  g_autoptr (TbPattern) self = g_new0 (TbPattern, 1);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  self->alternatives = g_array_new (FALSE, TRUE, sizeof (Alternative));
  g_array_set_clear_func (self->alternatives, alternative_clear);
  for (char **part = parts; *part != NULL; part++)
    {
      Alternative alternative = { CLASS_NONE };

      if (*g_strstrip (*part) == '\0')
        continue;
      if (!parse_alternative (&alternative, *part, error))
        {
          alternative_clear (&alternative);
          return NULL;
        }
      g_array_append_val (self->alternatives, alternative);
    }
  if (self->alternatives->len == 0)
    {
      refuse (text != NULL ? text : "", _("it is empty"), error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
tb_pattern_free (TbPattern *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->alternatives);
  g_free (self);
}

static gboolean
fits_places (const Alternative *self, const char *text)
{
  guint n = 0;

  if (*text == '+')
    text++;
  for (; *text != '\0'; text++)
    {
      guint16 bit;

      if (*text == ' ' || *text == '-' || *text == '(' || *text == ')' || *text == '.')
        continue;
      if (n == self->n)
        return self->open;
      bit = g_ascii_isdigit (*text) ? (guint16) (1 << (*text - '0')) : *text == '*' ? STAR : *text == '#' ? HASH : 0;
      if ((self->places[n++] & bit) == 0)
        return FALSE;
    }
  return n == self->n;
}

/* Calls that are free for the caller: NANP's codes, the universal +800, and national 0800 as dialled. */
static gboolean
is_tollfree (const char *dialled, const char *normalised)
{
  static const char *const codes[] = { "1800", "1888", "1877", "1866", "1855", "1844", "1833", "800" };
  static const char *const national[] = { "800", "888", "877", "866", "855", "844", "833" };

  for (guint i = 0; normalised != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (normalised, codes[i]) && strlen (normalised) >= 11)
      return TRUE;
  if (g_str_has_prefix (dialled, "0800"))
    return TRUE;
  for (guint i = 0; strlen (dialled) == 10 && i < G_N_ELEMENTS (national); i++)
    if (g_str_has_prefix (dialled, national[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_emergency (const char *dialled)
{
  static const char *const numbers[] = { "911", "933", "112", "999", "000", "110", "118", "119", "9911", "15", "17", "18" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (dialled, numbers[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_voicemail (const char *dialled)
{
  return g_str_has_prefix (dialled, "*97") || g_str_has_prefix (dialled, "*98") || g_str_has_prefix (dialled, "*99")
         || g_ascii_strcasecmp (dialled, "voicemail") == 0;
}

static gboolean
fits_class (Class class, const char *field, const char *normalised, const TbCall *call, gboolean internal)
{
  switch (class)
    {
    case CLASS_INTERNAL:
      return internal;
    case CLASS_INBOUND:
      return !internal && call->direction == TB_DIRECTION_INBOUND;
    case CLASS_OUTBOUND:
      return !internal && call->direction == TB_DIRECTION_OUTBOUND;
    case CLASS_VOICEMAIL:
      return is_voicemail (field);
    case CLASS_TOLLFREE:
      return is_tollfree (field, normalised);
    case CLASS_EMERGENCY:
      return is_emergency (field);
    case CLASS_NONE:
    default:
      return FALSE;
    }
}

static gboolean
fits_word (const char *word, const char *field)
{
  gsize len = strlen (word);

  if (len > 1 && word[len - 1] == '*')
    return g_ascii_strncasecmp (word, field, len - 1) == 0;
  return g_ascii_strcasecmp (word, field) == 0;
}

gboolean
tb_pattern_matches (const TbPattern *self, const char *field, const char *normalised, const TbCall *call, gboolean internal)
{
  for (guint i = 0; i < self->alternatives->len; i++)
    {
      const Alternative *alternative = &g_array_index (self->alternatives, Alternative, i);

      if (alternative->class != CLASS_NONE)
        {
          if (fits_class (alternative->class, field, normalised, call, internal))
            return TRUE;
        }
      else if (alternative->n == 0 && !alternative->open)
        {
          if (fits_word (alternative->text, field))
            return TRUE;
        }
      else if (*field != '\0'
               && (fits_places (alternative, field) || (normalised != NULL && *normalised != '\0' && fits_places (alternative, normalised))))
        return TRUE;
    }
  return FALSE;
}
