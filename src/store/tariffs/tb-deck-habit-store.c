/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-deck-habit-store.h"

#include "tb-tariff-store.h"

void
tb_deck_habit_clear (TbDeckHabit *self)
{
  g_clear_pointer (&self->columns, g_free);
}

gboolean
tb_deck_habit_store_get (TbStore *store, const char *tariff, TbDeckHabit *ret, gboolean *ret_found, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "SELECT h.columns, h.encoding, h.separator, h.decimal_comma, h.dates, h.header_line FROM deck_habit h "
                       "JOIN tariff t ON t.id = h.tariff WHERE t.name = $1",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_text (row, 1, tariff);
  if (!tb_statement_step (row, ret_found, error))
    return FALSE;
  if (*ret_found)
    *ret = (TbDeckHabit){ tb_statement_dup_text (row, 0), (int) tb_statement_int_or (row, 1, -1), (char) tb_statement_int_or (row, 2, 0),
                          (int) tb_statement_int_or (row, 3, -1), (int) tb_statement_int_or (row, 4, 0), (int) tb_statement_int_or (row, 5, 0) };
  return TRUE;
}

static gboolean
forget (TbStore *store, guint32 tariff, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "DELETE FROM deck_habit WHERE tariff = $1", error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, tariff);
  return tb_statement_run (row, error);
}

static gboolean
insert (TbStore *store, guint32 tariff, const TbDeckHabit *habit, GError **error)
{
  g_autoptr (TbStatement) row
      = tb_db_prepare (tb_store_get_db (store),
                       "INSERT INTO deck_habit (tariff, columns, encoding, separator, decimal_comma, dates, header_line) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, tariff);
  tb_statement_bind_text (row, 2, habit->columns);
  tb_statement_bind_int_or_null (row, 3, habit->encoding, -1);
  tb_statement_bind_int_or_null (row, 4, habit->separator, 0);
  tb_statement_bind_int_or_null (row, 5, habit->decimal_comma, -1);
  tb_statement_bind_int_or_null (row, 6, habit->dates, 0);
  tb_statement_bind_int_or_null (row, 7, habit->header_line, 0);
  return tb_statement_run (row, error);
}

static gboolean
replace (TbStore *store, guint32 tariff, const TbDeckHabit *habit, GError **error)
{
  return forget (store, tariff, error) && (habit == NULL || insert (store, tariff, habit, error));
}

gboolean
tb_deck_habit_store_set (TbStore *store, const char *tariff, const TbDeckHabit *habit, GError **error)
{
  g_autoptr (TbTariff) head = tb_tariff_store_load_head (store, tariff, error);
  gboolean own;

  return head != NULL && tb_store_join (store, &own, error) && tb_store_leave (store, own, replace (store, head->id, habit, error), error);
}
