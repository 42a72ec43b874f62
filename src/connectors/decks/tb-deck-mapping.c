/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

/* The mapping as people write it, "prefix=Code,rate=Rate": read and written. */

void
tb_deck_mapping_clear (TbDeckMapping *self)
{
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    g_clear_pointer (&self->title[f], g_free);
}

static gboolean
find_field (const char *name, TbDeckField *ret)
{
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    if (g_ascii_strcasecmp (name, tb_deck_field_name (f)) == 0)
      {
        *ret = f;
        return TRUE;
      }
  return FALSE;
}

gboolean
tb_deck_mapping_parse (TbDeckMapping *self, const char *columns, GError **error)
{
  g_auto (GStrv) pairs = g_strsplit (columns != NULL ? columns : "", ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      TbDeckField field;

      if (*g_strstrip (pairs[i]) == '\0')
        continue;
      if (equals != NULL)
        *equals = '\0';
      if (equals == NULL || !find_field (g_strchomp (pairs[i]), &field))
        {
          g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Columns: “%s” is not a field of a deck; write field=column, for example prefix=Code,rate=Rate."),
                       pairs[i]);
          return FALSE;
        }
      g_free (self->title[field]);
      self->title[field] = g_strdup (g_strchug (equals + 1));
    }
  return TRUE;
}

static int
find_title (char **titles, const char *wanted)
{
  g_autofree char *key = tb_deck_title_key (wanted);

  for (int i = 0; titles[i] != NULL; i++)
    if (g_ascii_strcasecmp (titles[i], wanted) == 0)
      return i;
  for (int i = 0; *key != '\0' && titles[i] != NULL; i++)
    {
      g_autofree char *other = tb_deck_title_key (titles[i]);

      if (strcmp (key, other) == 0)
        return i;
    }
  return TB_DECK_COLUMN_NONE;
}

/* A title first, then a number: some decks are titled with numbers. */
static int
find_column (char **titles, const char *wanted)
{
  guint64 number;
  int found = titles != NULL ? find_title (titles, wanted) : TB_DECK_COLUMN_NONE;

  if (found != TB_DECK_COLUMN_NONE)
    return found;
  return g_ascii_string_to_unsigned (wanted, 10, 1, TB_CSV_MAX_FIELDS, &number, NULL) ? (int) number - 1 : TB_DECK_COLUMN_NONE;
}

gboolean
tb_deck_mapping_apply (const TbDeckMapping *self, TbDeckLayout *layout, const char **ret_missing)
{
  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    {
      const char *wanted = self->title[f];

      layout->column[f] = wanted == NULL ? TB_DECK_COLUMN_NONE : *wanted == '\0' ? TB_DECK_COLUMN_UNWANTED : find_column (layout->header, wanted);
      if (wanted != NULL && layout->column[f] == TB_DECK_COLUMN_NONE)
        {
          *ret_missing = wanted;
          return FALSE;
        }
    }
  return TRUE;
}

/* A title that would not come back as this column is given as a number. */
char *
tb_deck_layout_to_option (const TbDeckLayout *self)
{
  GString *text = g_string_new (NULL);

  for (guint f = 0; f < TB_DECK_N_FIELDS; f++)
    {
      int column = self->column[f];
      const char *title = column >= 0 && self->header != NULL && (guint) column < g_strv_length (self->header) ? self->header[column] : "";

      if (column < 0)
        continue;
      g_string_append_printf (text, "%s%s=", text->len > 0 ? "," : "", tb_deck_field_name (f));
      if (*title != '\0' && strpbrk (title, ",=") == NULL && find_title (self->header, title) == column)
        g_string_append (text, title);
      else
        g_string_append_printf (text, "%d", column + 1);
    }
  return g_string_free (text, FALSE);
}

/* Of two fields that one column serves the first is said. */
char **
tb_deck_layout_list_fields (const TbDeckLayout *self)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (int column = 0; column < (int) self->n_columns; column++)
    {
      const char *name = "";

      for (guint f = TB_DECK_N_FIELDS; f > 0; f--)
        if (self->column[f - 1] == column)
          name = tb_deck_field_name (f - 1);
      g_ptr_array_add (fields, g_strdup (name));
    }
  g_ptr_array_add (fields, NULL);
  return (char **) g_ptr_array_free (fields, FALSE);
}
