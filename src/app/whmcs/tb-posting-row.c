/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-posting-row.h"

#include <glib/gi18n.h>

#include "tb-format.h"
#include "tb-posting-store.h"
#include "tb-setup-index.h"
#include "tb-setup-store.h"

void
tb_posting_row_free (gpointer data)
{
  TbPostingRow *self = data;

  tb_posting_free (self->posting);
  g_free (self->key);
  g_free (self->name);
  g_free (self->blocked);
  g_free (self);
}

gboolean
tb_posting_row_is_trouble (const TbPostingRow *self)
{
  TbPostingState state = self->posting->place.state;

  return self->blocked != NULL || state == TB_POSTING_FAILED || state == TB_POSTING_PARKED;
}

gboolean
tb_posting_row_is_in (const TbPostingRow *self, TbPostingView view)
{
  switch (view)
    {
    case TB_POSTING_VIEW_OPEN:
      return self->blocked == NULL && tb_posting_place_is_open (&self->posting->place);
    case TB_POSTING_VIEW_TROUBLE:
      return tb_posting_row_is_trouble (self);
    case TB_POSTING_VIEW_DONE:
      return self->posting->place.state == TB_POSTING_DONE;
    case TB_POSTING_VIEW_ALL:
    default:
      return TRUE;
    }
}

char *
tb_posting_row_dup_title (const TbPostingRow *self)
{
  const TbPosting *posting = self->posting;
  const char *kind = tb_posting_kind_to_display (posting->kind);

  return posting->number != NULL ? g_strdup_printf ("%s %s", kind, posting->number) : g_strdup (kind);
}

const char *
tb_posting_row_get_state (const TbPostingRow *self)
{
  if (self->blocked != NULL)
    return _ ("Cannot go");
  return self->posting->id == 0 ? _ ("New") : tb_posting_state_to_display (self->posting->place.state);
}

/* ---- reading ---- */

static TbPostingRow *
row_new (const TbPosting *posting)
{
  TbPostingRow *self = g_new0 (TbPostingRow, 1);

  self->posting = tb_posting_copy (posting);
  self->key = g_strdup_printf ("%u/%s/%u/%s", posting->kind, posting->client, posting->document, posting->part);
  return self;
}

/* What cannot go because the ledger has it as refused is that row, which can be tried again. */
static gboolean
is_refused (const TbPostingRow *row, const GPtrArray *postings)
{
  for (guint i = 0; i < postings->len; i++)
    {
      const TbPosting *posting = postings->pdata[i];

      if (posting->place.state == TB_POSTING_FAILED && posting->kind == row->posting->kind && posting->client_id == row->posting->client_id
          && posting->document == row->posting->document && g_str_equal (posting->part, row->posting->part))
        return TRUE;
    }
  return FALSE;
}

static void
add_planned (GPtrArray *rows, GHashTable *ids, GHashTable *keys, const TbWhmcsPlan *plan, const GPtrArray *postings)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const TbWhmcsPlanItem *item = plan->items->pdata[i];
      TbPostingRow *row = row_new (item->posting);

      if (item->blocked != NULL && is_refused (row, postings))
        {
          tb_posting_row_free (row);
          continue;
        }
      row->name = g_strdup (item->name);
      row->before = item->before;
      row->difference = item->difference;
      row->blocked = g_strdup (item->blocked);
      g_ptr_array_add (rows, row);
      g_hash_table_add (keys, row->key);
      g_hash_table_add (ids, GUINT_TO_POINTER (row->posting->id));
    }
}

static void
add_ledger (GPtrArray *rows, GHashTable *ids, GHashTable *keys, const TbSetup *setup, const GPtrArray *postings)
{
  g_autoptr (TbSetupIndex) index = tb_setup_index_new (setup);

  for (guint i = postings->len; i-- > 0;)
    {
      const TbPosting *posting = postings->pdata[i];
      const TbClient *client = tb_setup_index_get_client (index, posting->client);
      TbPostingRow *row;

      if (g_hash_table_contains (ids, GUINT_TO_POINTER (posting->id)))
        continue;
      row = row_new (posting);
      if (client != NULL)
        row->name = g_strdup (client->name);
      if (g_hash_table_contains (keys, row->key)) /* an earlier suspension of the same service, and the like */
        {
          g_autofree char *key = g_steal_pointer (&row->key);

          row->key = g_strdup_printf ("%s/%u", key, posting->id);
        }
      g_hash_table_add (keys, row->key);
      g_ptr_array_add (rows, row);
    }
}

GPtrArray *
tb_posting_rows_read (TbStore *store, GError **error)
{
  g_autoptr (TbWhmcsPlan) plan = tb_whmcs_plan_new (store, NULL, error);
  g_autoptr (TbSetup) setup = plan != NULL ? tb_setup_store_load (store, TB_SETUP_HEADS, error) : NULL;
  g_autoptr (GPtrArray) postings = setup != NULL ? tb_posting_store_list (store, NULL, error) : NULL;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal), ids = g_hash_table_new (NULL, NULL);
  GPtrArray *rows;

  if (postings == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func (tb_posting_row_free);
  add_planned (rows, ids, keys, plan, postings);
  add_ledger (rows, ids, keys, setup, postings);
  return rows;
}

/* ---- what leaves the house ---- */

typedef struct
{
  guint kinds[TB_POSTING_N_KINDS];
  guint blocked;
  GArray *sums; /* of TbMoney: what is asked for by the invoices */
} Leaving;

static void
count (Leaving *self, const TbPostingRow *row)
{
  if (row->blocked != NULL)
    self->blocked++;
  else if (tb_posting_row_is_in (row, TB_POSTING_VIEW_OPEN))
    {
      self->kinds[row->posting->kind]++;
      if (row->posting->kind == TB_POSTING_INVOICE)
        tb_money_add_to (self->sums, row->posting->amount, NULL); /* only said, so what does not fit is left out */
    }
}

/* Takes `said`. */
static void
say (GString *text, guint n, char *said)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", said);
  g_free (said);
}

static void
say_kinds (GString *text, const guint *n)
{
  guint invoices = n[TB_POSTING_INVOICE], credits = n[TB_POSTING_CREDIT], cancelled = n[TB_POSTING_CANCEL];
  guint clients = n[TB_POSTING_CLIENT_NEW], changes = n[TB_POSTING_CLIENT_CHANGE];
  guint payments = n[TB_POSTING_PAYMENT], applied = n[TB_POSTING_APPLY], suspended = n[TB_POSTING_SUSPEND], resumed = n[TB_POSTING_RESUME];
  guint fields = n[TB_POSTING_FIELD], alerts = n[TB_POSTING_ALERT];

  say (text, invoices, g_strdup_printf (g_dngettext (NULL, "%u invoice", "%u invoices", invoices), invoices));
  say (text, credits, g_strdup_printf (g_dngettext (NULL, "%u credit", "%u credits", credits), credits));
  say (text, applied, g_strdup_printf (g_dngettext (NULL, "credit for %u published draft", "credit for %u published drafts", applied), applied));
  say (text, payments, g_strdup_printf (g_dngettext (NULL, "%u payment", "%u payments", payments), payments));
  say (text, cancelled, g_strdup_printf (g_dngettext (NULL, "%u cancellation", "%u cancellations", cancelled), cancelled));
  say (text, clients, g_strdup_printf (g_dngettext (NULL, "%u new client", "%u new clients", clients), clients));
  say (text, changes, g_strdup_printf (g_dngettext (NULL, "%u change of a client", "%u changes of clients", changes), changes));
  say (text, suspended, g_strdup_printf (g_dngettext (NULL, "%u suspension", "%u suspensions", suspended), suspended));
  say (text, resumed, g_strdup_printf (g_dngettext (NULL, "%u resumption", "%u resumptions", resumed), resumed));
  say (text, fields, g_strdup_printf (g_dngettext (NULL, "%u custom field", "%u custom fields", fields), fields));
  say (text, alerts, g_strdup_printf (g_dngettext (NULL, "%u balance alert", "%u balance alerts", alerts), alerts));
}

char *
tb_posting_rows_dup_leaving (GPtrArray *rows)
{
  Leaving all = { { 0 }, 0, g_array_new (FALSE, FALSE, sizeof (TbMoney)) };
  g_autoptr (GArray) sums = all.sums;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *asked = NULL;

  for (guint i = 0; i < rows->len; i++)
    count (&all, rows->pdata[i]);
  say_kinds (text, all.kinds);
  if (text->len == 0)
    return NULL;
  g_string_append (text, ".");
  asked = tb_format_sums (sums);
  if (sums->len > 0)
    /* Translators: %s is a sum of money */
    g_string_append_printf (text, _ (" The invoices ask for %s."), asked);
  if (all.blocked > 0)
    g_string_append_printf (text, g_dngettext (NULL, " %u thing cannot go; see Trouble.", " %u things cannot go; see Trouble.", all.blocked), all.blocked);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- columns ---- */

/* Most are invoices, whose number says it. */
static char *
format_posting (gconstpointer value, gpointer page)
{
  const TbPosting *posting = ((const TbPostingRow *) value)->posting;

  return posting->kind == TB_POSTING_INVOICE && posting->number != NULL ? g_strdup (posting->number) : tb_posting_row_dup_title (value);
}

static char *
format_client (gconstpointer value, gpointer page)
{
  const TbPostingRow *row = value;

  return g_strdup (row->name != NULL ? row->name : row->posting->client);
}

static char *
format_amount (gconstpointer value, gpointer page)
{
  TbMoney amount = ((const TbPostingRow *) value)->posting->amount;

  return amount.currency == TB_CURRENCY_NONE ? g_strdup ("") : tb_format_sum (amount);
}

/* An invoice that is to go says how it differs from the client's month before (of which there may be none). */
static gboolean
has_difference (const TbPostingRow *row)
{
  return row->posting->kind == TB_POSTING_INVOICE && row->difference.currency != TB_CURRENCY_NONE;
}

static char *
format_state (gconstpointer value, gpointer page)
{
  const TbPostingRow *row = value;
  const char *state = tb_posting_row_get_state (row);
  g_autofree char *difference = has_difference (row) && row->blocked == NULL ? tb_format_sum (row->difference) : NULL;

  if (difference == NULL)
    return g_strdup (state);
  /* Translators: the state of what is to be posted, a sign, and how it differs from the month before: "New, +3.55 EUR" */
  return g_strdup_printf (_ ("%s, %s%s"), state, row->difference.amount > 0 ? "+" : "", difference);
}

static const char *
style_state (gconstpointer value, gpointer page)
{
  const TbPostingRow *row = value;

  if (tb_posting_row_is_trouble (row))
    return "error";
  return row->posting->place.state == TB_POSTING_UNKNOWN ? "warning" : NULL;
}

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = tb_posting_row_dup_title (a), *other = tb_posting_row_dup_title (b);

  return g_utf8_collate (one, other);
}

static int
compare_clients (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = format_client (a, NULL), *other = format_client (b, NULL);

  return g_utf8_collate (one, other);
}

static int
compare_amounts (gconstpointer a, gconstpointer b)
{
  TbMoney one = ((const TbPostingRow *) a)->posting->amount, other = ((const TbPostingRow *) b)->posting->amount;

  if (one.currency != other.currency)
    return one.currency < other.currency ? -1 : 1;
  return (one.amount > other.amount) - (one.amount < other.amount);
}

static TbAmount
get_size (const TbPostingRow *row)
{
  return has_difference (row) ? ABS (row->difference.amount) : -1;
}

static int
compare_states (gconstpointer a, gconstpointer b)
{
  int order = g_utf8_collate (tb_posting_row_get_state (a), tb_posting_row_get_state (b));
  TbAmount one = get_size (a), other = get_size (b);

  return order != 0 ? order : one > other ? -1 : one < other;
}

const TbColumn tb_posting_columns[] = {
  { N_ ("Posting"), 112, FALSE, format_posting, compare_titles },
  { N_ ("Client"), 0, FALSE, format_client, compare_clients },
  { N_ ("Amount"), 92, TRUE, format_amount, compare_amounts },
  { N_ ("State"), 130, FALSE, format_state, compare_states, 0, style_state },
};
const guint tb_posting_n_columns = G_N_ELEMENTS (tb_posting_columns);
