/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-account.h"

#define DAY 86400

const char *
tb_statement_kind_to_string (TbStatementKind self)
{
  static const char *const names[] = { [TB_STATEMENT_INVOICE] = "invoice", [TB_STATEMENT_CREDIT_NOTE] = "credit-note",
                                       [TB_STATEMENT_PAYMENT] = "payment",
                                       [TB_STATEMENT_CREDIT] = "credit", [TB_STATEMENT_WAIVED] = "not-asked" };

  return names[self];
}

static void
line_free (gpointer data)
{
  g_free (((TbStatementLine *) data)->number);
  g_free (data);
}

void
tb_statement_of_account_free (TbStatementOfAccount *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
add_line (TbStatementOfAccount *self, TbStatementLine line)
{
  line.number = g_strdup (line.number);
  g_ptr_array_add (self->lines, g_memdup2 (&line, sizeof line));
}

/* When it was seen that nothing is asked for any more, or that credit was applied. */
static TbDay
day_of_status (const TbOpenItem *item)
{
  return item->posted ? (TbDay) (item->status.since / DAY) : item->last != TB_DAY_NONE ? item->last : item->issued;
}

static void
add_items (TbStatementOfAccount *self, const TbAccount *account)
{
  TbAmount given = account->given;

  for (guint i = 0; i < account->items->len; i++)
    {
      const TbOpenItem *item = account->items->pdata[i];
      TbAmount owed = item->total - item->settled, part = MIN (given, item->credited);
      TbDay later = item->waived > 0 || part > 0 ? MAX (day_of_status (item), item->issued) : TB_DAY_NONE;

      add_line (self, (TbStatementLine){ owed < 0 ? TB_STATEMENT_CREDIT_NOTE : TB_STATEMENT_INVOICE, item->issued, item->id, item->number, NULL,
                                         owed });
      given -= MAX (part, 0);
      if (part > 0)
        add_line (self, (TbStatementLine){ TB_STATEMENT_CREDIT, later, item->id, item->number, NULL, -part });
      if (item->waived > 0)
        add_line (self, (TbStatementLine){ TB_STATEMENT_WAIVED, later, item->id, item->number, NULL, -item->waived });
    }
}

/* By day; what is owed before what pays it; then as they came into the books. */
static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const TbStatementLine *one = *(TbStatementLine *const *) a, *other = *(TbStatementLine *const *) b;
  const gint64 ones[] = { one->day, one->kind, one->id }, others[] = { other->day, other->kind, other->id };

  for (guint i = 0; i < G_N_ELEMENTS (ones); i++)
    if (ones[i] != others[i])
      return ones[i] < others[i] ? -1 : 1;
  return 0;
}

/* Lines before `from` come to one sum, those after `to` are left out. */
static gboolean
add_up (TbStatementOfAccount *self, TbDay from, TbDay to, GError **error)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->lines);

  self->lines = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      TbStatementLine *line = all->pdata[i];
      gboolean shown = (from == TB_DAY_NONE || line->day >= from) && (to == TB_DAY_NONE || line->day <= to);

      if ((to == TB_DAY_NONE || line->day <= to) && !tb_amount_add (self->balance, line->amount, &self->balance, error))
        {
          for (; i < all->len; i++)
            line_free (all->pdata[i]);
          return FALSE;
        }
      line->balance = self->balance;
      if (shown)
        g_ptr_array_add (self->lines, line);
      else
        {
          if (from != TB_DAY_NONE && line->day < from)
            self->before = self->balance;
          line_free (line);
        }
    }
  return TRUE;
}

TbStatementOfAccount *
tb_account_make_statement (const TbAccount *self, GPtrArray *payments, TbDay from, TbDay to, GError **error)
{
  g_autoptr (TbStatementOfAccount) statement = g_new0 (TbStatementOfAccount, 1);

  statement->currency = self->currency;
  statement->lines = g_ptr_array_new_with_free_func (line_free);
  add_items (statement, self);
  for (guint i = 0; i < payments->len; i++)
    {
      const TbPayment *payment = payments->pdata[i];

      add_line (statement, (TbStatementLine){ TB_STATEMENT_PAYMENT, payment->day, payment->id, NULL, payment, -payment->amount.amount });
    }
  g_ptr_array_sort (statement->lines, compare_lines);
  return add_up (statement, from, to, error) ? g_steal_pointer (&statement) : NULL;
}
