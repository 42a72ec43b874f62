/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-deck.h"
#include "tb-error.h"
#include "tb-setup-file-private.h"

#define DECK_MAX (512 * 1024 * 1024)

/* One line a deck: how many rows were not taken, and why the first of them. */
static void
note_problems (TbSetupContext *context, const TbTariff *tariff, const char *name, const TbDeck *deck)
{
  guint n = deck->rejected + deck->needs_confirmation;

  for (guint i = 0; i < deck->problems->len; i++)
    {
      const TbDeckProblem *problem = deck->problems->pdata[i];

      if (problem->kind != TB_DECK_REJECTED && problem->kind != TB_DECK_NEEDS_CONFIRMATION)
        continue;
      g_ptr_array_add (context->notes,
                       g_strdup_printf (ngettext ("tariff %s: %u row of %s was not taken: line %" PRIu64 ": %s",
                                                  "tariff %s: %u rows of %s were not taken, the first in line %" PRIu64 ": %s", n),
                                        tariff->name, n, name, problem->line, problem->reason));
      return;
    }
}

/* `base_dir` may also be an address that GIO knows: the demo's decks are in the program. */
static GBytes *
load_deck (const char *base_dir, const char *name, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_commandline_arg (base_dir);
  g_autoptr (GFile) file = g_file_resolve_relative_path (folder, name);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, error);
  GBytes *bytes;

  if (info == NULL)
    {
      tb_error_convert (error, TB_ERROR_NOT_FOUND);
      return NULL;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) > DECK_MAX)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is not a file of at most 512 MiB"), name);
      return NULL;
    }
  bytes = g_file_load_bytes (file, NULL, NULL, error);
  if (bytes == NULL)
    tb_error_convert (error, TB_ERROR_STORAGE);
  return bytes;
}

static TbDeck *
read_deck (TbSetupContext *context, const TbTariff *tariff, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = load_deck (context->base_dir, name, error);
  g_autoptr (TbZone) zone = bytes != NULL ? tb_zone_new (tariff->time_zone, error) : NULL;
  TbDeckOptions options = tb_deck_options_default ();
  gsize len;

  if (zone == NULL)
    return NULL;
  options.columns = context->columns;
  options.zone = zone;
  return tb_deck_read (g_bytes_get_data (bytes, &len), g_bytes_get_size (bytes), &options, NULL, error);
}

static gboolean
deck_read (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error)
{
  TbTariff *tariff = place;
  g_autoptr (TbDeck) deck = NULL;
  g_autofree char *name = NULL;

  if (!tb_setup_text.read (context, key, node, &name, error))
    return FALSE;
  if (context->base_dir == NULL)
    return tb_setup_refuse (context, error, _("files cannot be named here; give the rates themselves"));
  deck = read_deck (context, tariff, name != NULL ? name : "", error);
  if (deck == NULL)
    return tb_setup_refuse_prefixed (context, error);

  note_problems (context, tariff, name, deck);
  if (tariff->currency == TB_CURRENCY_NONE)
    tariff->currency = deck->currency;
  g_clear_pointer (&tariff->rates, g_ptr_array_unref);
  tariff->rates = g_ptr_array_ref (deck->rates);
  return TRUE;
}

/* What stays of it are the rates. */
static JsonNode *
write_nothing (TbSetupContext *context, const TbSetupKey *key, gconstpointer place)
{
  return NULL;
}

const TbSetupKind tb_setup_deck = { deck_read, write_nothing };
