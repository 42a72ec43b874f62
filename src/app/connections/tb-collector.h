/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-books.h"

G_BEGIN_DECLS

/**
 * TbCollector: while books are open it collects each connection when its schedule says so, and tells the person by a notification of the desktop when
 * one has failed for longer than it may. Demo books have no PBX to ask.
 */
#define TB_TYPE_COLLECTOR (tb_collector_get_type ())
G_DECLARE_FINAL_TYPE (TbCollector, tb_collector, TB, COLLECTOR, GObject)

TbCollector *tb_collector_new (TbBooks *books);
/* For windows: those on the same books share one, so that no connection is asked twice; the last to release it stops it. */
TbCollector *tb_collector_hold (TbBooks *books);
void         tb_collector_release (TbCollector *self);
/* Looks at once, and every TB_COLLECTOR_PAUSE seconds anyway. */
void         tb_collector_look (TbCollector *self);
/* Before the books are closed: what runs is cancelled, and goes on from there the next time. */
void         tb_collector_stop (TbCollector *self);

#define TB_COLLECTOR_PAUSE 60

G_END_DECLS
