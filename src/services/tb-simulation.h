/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-explain.h"
#include "tb-money.h"

G_BEGIN_DECLS

/* Prices asked for without storing anything, for one number or a pasted list of them. */

/* For whom, and when: a service, or a package that nobody need have bought. */
typedef struct
{
  char *service; /* its key, or NULL */
  char *package; /* its name, when there is no service */
  gint64 at;     /* start of the calls */
} TbSimulationOrder;

void tb_simulation_order_clear (TbSimulationOrder *self);

/* One price and why. It owns what it was made from. TB_ERROR_NOT_FOUND names the service or package that is not there. */
TbCallExplanation *tb_simulate_call (TbStore *store, const TbSimulationOrder *order, const char *number, gint32 seconds, GError **error);

#define TB_SIMULATION_MAX_LINES 100000

typedef struct
{
  guint line;
  char *text;     /* as pasted */
  char *problem;  /* translated: why it cannot be priced; else NULL */
  TbCallRow *row; /* NULL with a problem */
} TbSimulatedLine;

typedef struct
{
  GPtrArray *lines; /* of TbSimulatedLine, as pasted; empty lines are passed over */
  guint bad;        /* that have a problem */
  guint missing;    /* that have no price: no rate, not a number */
  gint64 seconds, billed;
  GArray *charges;  /* of TbMoney, one a currency */
} TbSimulatedList;

void tb_simulated_list_free (TbSimulatedList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbSimulatedList, tb_simulated_list_free)

/* `text` holds a call a line: a number, or a number and seconds behind a comma, semicolon or TAB; a line of which the seconds are not a number is
 * marked. `seconds` is for lines without their own. The calls share the pools, in the order of their lines. */
TbSimulatedList *tb_simulate_list (TbStore *store, const TbSimulationOrder *order, const char *text, gint32 seconds, GCancellable *cancellable,
                                   GError **error);
/* A table with a title row, safe for spreadsheets. */
char *tb_simulated_list_to_csv (const TbSimulatedList *self);

/* "61", "1:01", "61.2": whole seconds, fractions rounded up; FALSE when it is anything else or longer than a call can be. */
gboolean tb_simulation_parse_seconds (const char *text, gint32 *ret);

G_END_DECLS
