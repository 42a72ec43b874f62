/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-package.h"
#include "tb-party.h"

G_BEGIN_DECLS

/* A half-open span of days [start, end) in the company's zone. */
typedef struct
{
  TbDay start, end;
} TbPeriod;

/* The service period that contains `day`, by the cycle and the service's anchor (next_due, else starts, else the 1st);
 * month ends are exact (31 → 28/29/30). A one-off has the one period from its start. FALSE outside starts…ends. */
gboolean tb_period_containing (const TbService *service, TbCycle cycle, TbDay day, TbPeriod *ret);
/* The same period as if the service had neither begun nor ended in it: what a part is a share of. Untouched for a one-off. */
void     tb_period_whole (const TbService *service, TbCycle cycle, TbDay day, TbPeriod *ret);
/* The service periods that end in the month: an end at 00:00 on the 1st belongs to the month before. A
 * one-off is cut by calendar month. GArray of TbPeriod. */
GArray  *tb_period_ending_in_month (const TbService *service, TbCycle cycle, int year, int month);
/* "2026-10" */
gboolean tb_month_parse (const char *text, int *ret_year, int *ret_month, GError **error);

G_END_DECLS
