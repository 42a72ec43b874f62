/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-desk-store.h"

static gboolean
read_passes (TbStore *store, TbDeskRun *run, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), "SELECT step, time, remark FROM desk_pass WHERE run = $1", error);
  gboolean has_row;

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, run->id);
  do
    {
      guint step;

      if (!tb_statement_step (row, &has_row, error))
        return FALSE;
      step = has_row ? (guint) tb_statement_int (row, 0) : TB_DESK_N_STEPS;
      if (step < TB_DESK_N_STEPS)
        run->passes[step] = (TbDeskPass){ tb_statement_int (row, 1), tb_statement_dup_text (row, 2) };
    }
  while (has_row);
  return TRUE;
}

TbDeskRun *
tb_desk_store_get (TbStore *store, int year, int month, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT id, step, began, changed, ended FROM desk_run WHERE year = $1 AND month = $2", error);
  g_autoptr (TbDeskRun) run = tb_desk_run_new (year, month);
  gboolean has_row;

  if (row == NULL)
    return NULL;
  tb_statement_bind_int (row, 1, year);
  tb_statement_bind_int (row, 2, month);
  if (!tb_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row)
    return g_steal_pointer (&run);
  run->id = (guint32) tb_statement_int (row, 0);
  run->step = (TbDeskStep) CLAMP (tb_statement_int (row, 1), 0, TB_DESK_N_STEPS - 1);
  run->began = tb_statement_int (row, 2);
  run->changed = tb_statement_int (row, 3);
  run->ended = tb_statement_int (row, 4);
  return read_passes (store, run, error) ? g_steal_pointer (&run) : NULL;
}

gboolean
tb_desk_store_find_open (TbStore *store, int *ret_year, int *ret_month, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store),
                                               "SELECT year, month FROM desk_run WHERE ended IS NULL ORDER BY changed DESC, id DESC LIMIT 1", error);
  gboolean has_row;

  if (row == NULL || !tb_statement_step (row, &has_row, error))
    return FALSE;
  *ret_year = has_row ? (int) tb_statement_int (row, 0) : 0;
  *ret_month = has_row ? (int) tb_statement_int (row, 1) : 0;
  return TRUE;
}

/* ---- writing ---- */

#define SAVE_SQL                                                                                                                               \
  "INSERT INTO desk_run (year, month, step, began, changed, ended) VALUES ($1, $2, $3, $4, $4, $5) ON CONFLICT (year, month) DO UPDATE "       \
  "SET step = excluded.step, changed = excluded.changed, ended = excluded.ended"

static gboolean
save (TbStore *store, int year, int month, TbDeskStep step, gint64 now, gboolean ended, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), SAVE_SQL, error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, year);
  tb_statement_bind_int (row, 2, month);
  tb_statement_bind_int (row, 3, step);
  tb_statement_bind_int (row, 4, now);
  tb_statement_bind_int_or_null (row, 5, ended ? now : 0, 0);
  return tb_statement_run (row, error);
}

#define PASS_SQL                                                                                                                               \
  "INSERT INTO desk_pass (run, step, time, remark) SELECT id, $1, $2, $3 FROM desk_run WHERE year = $4 AND month = $5 "                         \
  "ON CONFLICT (run, step) DO UPDATE SET time = excluded.time, remark = excluded.remark"

static gboolean
note (TbStore *store, int year, int month, TbDeskStep step, const char *remark, gint64 now, GError **error)
{
  g_autoptr (TbStatement) row = tb_db_prepare (tb_store_get_db (store), PASS_SQL, error);

  if (row == NULL)
    return FALSE;
  tb_statement_bind_int (row, 1, step);
  tb_statement_bind_int (row, 2, now);
  tb_statement_bind_text (row, 3, remark);
  tb_statement_bind_int (row, 4, year);
  tb_statement_bind_int (row, 5, month);
  return tb_statement_run (row, error);
}

gboolean
tb_desk_store_pass (TbStore *store, int year, int month, TbDeskStep step, const char *remark, gint64 now, GError **error)
{
  gboolean last = step == TB_DESK_N_STEPS - 1, own;
  gboolean ok;

  if (!tb_store_join (store, &own, error))
    return FALSE;
  ok = save (store, year, month, last ? step : step + 1, now, last, error) && note (store, year, month, step, remark, now, error);
  return tb_store_leave (store, own, ok, error);
}

gboolean
tb_desk_store_go (TbStore *store, int year, int month, TbDeskStep step, gint64 now, GError **error)
{
  gboolean own;

  if (!tb_store_join (store, &own, error))
    return FALSE;
  return tb_store_leave (store, own, save (store, year, month, step, now, FALSE, error), error);
}
