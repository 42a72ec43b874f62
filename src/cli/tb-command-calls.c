/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-call-fields.h"
#include "tb-csv-writer.h"
#include "tb-error.h"
#include "tb-invoice-store.h"

typedef struct
{
  TbRun *run;
  FILE *spool;
  gboolean json;
  GString *line;
  guint64 n, limit;
  gboolean full; /* the limit is reached: the error that ends the walk is none */
} List;

static void
append_csv (GString *line, const TbCallTexts *texts)
{
  for (guint i = 0; i < TB_CALL_N_FIELDS; i++)
    if (tb_call_fields[i].kind == TB_FIELD_TEXT)
      tb_csv_append_text (line, texts->at[i] != NULL ? texts->at[i] : "");
    else
      tb_csv_append_number (line, texts->at[i] != NULL ? texts->at[i] : "");
  tb_csv_end_line (line);
}

static void
append_json (GString *line, const TbCallTexts *texts, gboolean first)
{
  g_string_append (line, first ? "\n  {" : ",\n  {");
  for (guint i = 0; i < TB_CALL_N_FIELDS; i++)
    {
      g_string_append_printf (line, "%s\"%s\": ", i > 0 ? ", " : "", tb_call_fields[i].name);
      if (texts->at[i] == NULL)
        g_string_append (line, "null");
      else if (tb_call_fields[i].kind == TB_FIELD_INT)
        g_string_append (line, texts->at[i]);
      else
        tb_output_append_json (line, texts->at[i]);
    }
  g_string_append_c (line, '}');
}

static gboolean
write_line (List *list, GError **error)
{
  gboolean ok = fwrite (list->line->str, 1, list->line->len, list->spool) == list->line->len;

  g_string_truncate (list->line, 0);
  if (!ok)
    g_set_error (error, TB_ERROR, TB_ERROR_STORAGE, _("The list cannot be kept in a temporary file: %s."), g_strerror (errno));
  return ok;
}

static gboolean
write_row (const TbCallRow *row, gpointer data, GError **error)
{
  List *list = data;
  TbCallTexts texts;

  if (list->n == list->limit)
    {
      list->full = TRUE;
      g_set_error_literal (error, TB_ERROR, TB_ERROR_FAILED, "limit");
      return FALSE;
    }
  tb_call_texts_init (&texts, row, list->run->zone);
  if (list->json)
    append_json (list->line, &texts, list->n == 0);
  else
    append_csv (list->line, &texts);
  list->n++;
  return write_line (list, error);
}

static gboolean
write_list (List *list, const TbCallFilter *filter, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (list->json)
    g_string_append_c (list->line, '[');
  else
    {
      for (guint i = 0; i < TB_CALL_N_FIELDS; i++)
        tb_csv_append_text (list->line, tb_call_fields[i].name);
      tb_csv_end_line (list->line);
    }
  if (!write_line (list, error))
    return FALSE;
  if (!tb_call_store_foreach (list->run->store, filter, write_row, list, &failure) && !list->full)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (list->json)
    g_string_append (list->line, list->n > 0 ? "\n]\n" : "]\n");
  return write_line (list, error);
}

static gboolean
read_statuses (TbRun *run, guint *ret, GError **error)
{
  g_auto (GStrv) words = g_strsplit (tb_run_has (run, "status") ? tb_run_get (run, "status") : "", ",", -1);

  for (char **word = words; *word != NULL; word++)
    {
      TbCallStatus status;

      if (strcmp (*word, "unrated") == 0)
        status = TB_CALL_UNRATED;
      else if (!tb_call_status_parse (*word, &status))
        return tb_run_misuse (error, _("--status: there is no status “%s”."), *word);
      *ret |= 1u << status;
    }
  return TRUE;
}

static gboolean
read_direction (TbRun *run, TbDirection *ret, GError **error)
{
  const char *text = tb_run_get (run, "direction");

  if (text == NULL || tb_direction_parse (text, -1, ret))
    return TRUE;
  return tb_run_misuse (error, _("--direction: “%s” is none of outbound, inbound, local."), text);
}

static gboolean
read_invoice (TbRun *run, guint32 *ret, GError **error)
{
  const char *name = tb_run_get (run, "invoice");
  g_autoptr (TbInvoice) invoice = name != NULL ? tb_invoice_store_get (run->store, name, error) : NULL;

  if (name != NULL && invoice == NULL)
    return FALSE;
  *ret = invoice != NULL ? invoice->id : 0;
  return TRUE;
}

static gboolean
check_connection (TbRun *run, const char *name, GError **error)
{
  const TbSetup *setup = tb_run_get_setup (run, error);

  if (setup == NULL)
    return FALSE;
  if (name == NULL || tb_setup_find_connection (setup, name) != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_NOT_FOUND, _("There is no connection “%s” in the books."), name);
  return FALSE;
}

/* A name that does not exist is an error and not an empty list: it is most often misspelt. */
static gboolean
read_filter (TbRun *run, TbCallFilter *ret, GError **error)
{
  ret->connection = g_strdup (tb_run_get (run, "connection"));
  ret->tenant = g_strdup (tb_run_get (run, "tenant"));
  ret->client = g_strdup (tb_run_get (run, "client"));
  ret->number = g_strdup (tb_run_get (run, "number"));
  ret->uid = g_strdup (tb_run_get (run, "uid"));
  return tb_run_get_span (run, FALSE, &ret->from, &ret->to, error) && read_statuses (run, &ret->statuses, error)
         && read_direction (run, &ret->direction, error) && read_invoice (run, &ret->invoice_id, error)
         && check_connection (run, ret->connection, error) && tb_run_check_client (run, ret->client, error);
}

static gboolean
read_format (TbRun *run, gboolean *ret_json, GError **error)
{
  const char *format = tb_run_get (run, "format");

  *ret_json = run->json || g_strcmp0 (format, "json") == 0;
  if (format == NULL || strcmp (format, "json") == 0 || (strcmp (format, "csv") == 0 && !run->json))
    return TRUE;
  if (strcmp (format, "csv") == 0)
    return tb_run_misuse (error, _("--format csv and --json contradict each other."));
  return tb_run_misuse (error, _("--format: “%s” is neither csv nor json."), format);
}

static gboolean
read_where (TbRun *run, TbCallWhere **ret, GError **error)
{
  const char *text = tb_run_get (run, "where");
  g_autoptr (GError) failure = NULL;

  *ret = text != NULL ? tb_call_where_parse (text, &failure) : NULL;
  return failure == NULL || tb_run_misuse (error, "--where: %s", failure->message);
}

static gboolean
list_calls (TbRun *run, GError **error)
{
  g_autoptr (TbCallWhere) where = NULL;
  TbCallFilter filter = { 0 };
  g_autoptr (GString) line = g_string_new (NULL);
  List list = { run, NULL, FALSE, line };
  guint limit = 0;
  gboolean ok;

  ok = read_format (run, &list.json, error) && tb_run_get_uint (run, "limit", &limit, error) && read_filter (run, &filter, error)
       && read_where (run, &where, error);
  filter.where = where;
  list.limit = limit > 0 ? limit : G_MAXUINT64;
  if (ok)
    {
      list.spool = tb_output_spool (run->out, error);
      ok = list.spool != NULL && write_list (&list, &filter, error);
    }
  tb_call_filter_clear (&filter);
  return ok;
}

static const TbOption list_options[] = {
  TB_OPTION_PERIOD,
  TB_OPTION_FROM,
  TB_OPTION_TO,
  TB_OPTION_CLIENT,
  { "connection", 0, N_("NAME"), N_("only of this connection") },
  { "tenant", 0, N_("NAME"), N_("only of this tenant") },
  { "status", 0, N_("STATUS,…"), N_("only with one of these: rated, included, …, unrated") },
  { "direction", 0, N_("DIRECTION"), N_("only outbound, inbound or local") },
  { "number", 0, N_("NUMBER"), N_("only where caller or callee contains it; with * and ? a pattern of the whole number") },
  { "invoice", 0, N_("N"), N_("only on this invoice") },
  { "uid", 0, N_("UID"), N_("only this call") },
  { "where", 0, N_("FILTER"), N_("only what this filter lets through, as in the workstation: \"client:C1 seconds>60 not to:49*\"") },
  { "limit", 0, N_("N"), N_("at most so many") },
  { "format", 0, "csv|json", N_("csv unless given") },
  { NULL },
};

const TbCommand tb_commands_calls[] = {
  { "calls", NULL, 0, 0, TB_BOOKS_OPEN, list_options, list_calls, N_("lists calls, by tenant and time") },
  { NULL },
};
