/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-carrier.h"

#include <string.h>

/* A table of a carrier's is read as any mapped text is, with a mapping that is known beforehand. */

typedef struct
{
  const TbCarrierTable *table;
  int code, attempt; /* columns; -1 = none */
} State;

/* ---- which table it is ---- */

static gboolean
has_titles (const TbCallSource *source, const char *list)
{
  g_auto (GStrv) titles = g_strsplit (list, "|", -1);

  for (char **title = titles; *title != NULL; title++)
    if (tb_columns_find (source->header, *title) < 0)
      return FALSE;
  return TRUE;
}

static const TbCarrierTable *
find_table (const TbCallSource *source, const TbCarrierTable *tables)
{
  const TbCarrierTable *bare = NULL;

  for (; tables->mapping != NULL; tables++)
    if (tables->titles == NULL)
      bare = tables;
    else if (has_titles (source, tables->titles))
      return tables;
  return bare;
}

gboolean
tb_carrier_table_guess (TbCallSource *source, const TbCarrierTable *tables)
{
  const TbCarrierTable *table = find_table (source, tables);

  return table != NULL && table->titles != NULL;
}

/* ---- its columns ---- */

static gboolean
has_column (const TbCallSource *source, const char *name)
{
  gint64 number = tb_cell_int (name);

  return source->columns.has_header ? tb_columns_find (source->header, name) >= 0 : number >= 1 && number <= source->header->len;
}

/* "caller=Source|CLI" with the first column that is there; a field of which none is there stays unused. */
static void
add_pair (GString *mapping, const TbCallSource *source, const char *pair)
{
  const char *equals = strchr (pair, '=');
  g_auto (GStrv) names = g_strsplit (equals + 1, "|", -1);

  for (char **name = names; *name != NULL; name++)
    if (has_column (source, *name))
      {
        g_string_append_printf (mapping, ",%.*s=%s", (int) (equals - pair), pair, *name);
        return;
      }
}

/* What is not in the table's mapping is not to be guessed from titles; what the user maps comes last and wins. */
static char *
make_mapping (const TbCallSource *source, const TbCarrierTable *table)
{
  g_autoptr (GString) mapping = g_string_new ("uid=,answer=,end=,tenant=,extension=,direction=,caller=,caller_name=,callee=,did=,duration=,billsec=,cause=,"
                                              "account_code=,time=");
  g_auto (GStrv) pairs = g_strsplit (table->mapping, ",", -1);

  for (char **pair = pairs; *pair != NULL; pair++)
    add_pair (mapping, source, *pair);
  if (source->mapping != NULL)
    g_string_append_printf (mapping, ",%s", source->mapping);
  return g_string_free (g_steal_pointer (&mapping), FALSE);
}

gboolean
tb_carrier_table_open (TbCallSource *source, const TbCarrierTable *tables, GError **error)
{
  const TbCarrierTable *table = find_table (source, tables);
  const char *users = source->mapping;
  g_autofree char *mapping = NULL;
  State *state = g_new0 (State, 1);
  gboolean mapped;

  source->state = state;
  state->table = table = table != NULL ? table : tables; /* whose message names what is missing */
  source->columns.has_header = table->titles != NULL;
  if (source->header->len == 0) /* an export of no calls may be empty */
    return TRUE;
  state->code = table->code != NULL ? tb_columns_find (source->header, table->code) : -1;
  state->attempt = table->attempt != NULL ? tb_columns_find (source->header, table->attempt) : -1;
  mapping = make_mapping (source, table);
  source->mapping = mapping;
  mapped = tb_columns_map (source, error);
  source->mapping = users;
  for (guint i = 0; table->utc && i < TB_N_FIELDS; i++)
    source->columns.utc[i] = TRUE;
  return mapped;
}

/* ---- its rows ---- */

/* One call that was tried at several places has a row for each; those after the first count when one of them was answered. */
static gboolean
is_lost_attempt (const State *state, const TbCsvField *cells, const TbCall *call)
{
  return call->ring < 0 && state->attempt >= 0 && tb_cell_int (cells[state->attempt].text) > 1;
}

TbRowResult
tb_carrier_table_read (TbCallSource *source, const TbCsvField *cells, guint n, TbCall *call, GError **error)
{
  const State *state = source->state;
  TbRowResult row = tb_mapped_csv.read (source, cells, n, call, error); /* which checks the number of cells */

  if (row != TB_ROW_CALL)
    return row;
  if (state->table->direction != TB_DIRECTION_UNKNOWN)
    call->direction = state->table->direction;
  if (call->direction == TB_DIRECTION_INBOUND && *call->did == '\0')
    call->did = call->callee;
  if (state->code >= 0 && call->seconds == 0)
    call->ring = g_str_equal (cells[state->code].text, "200") ? call->duration : -1;
  return is_lost_attempt (state, cells, call) ? TB_ROW_SKIP : TB_ROW_CALL;
}
