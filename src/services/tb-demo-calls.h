/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call.h"
#include "tb-setup.h"

G_BEGIN_DECLS

#define TB_DEMO_YEAR 2026
#define TB_DEMO_MONTH 10

/* One call of the demo's month. Everything in it is drawn from a seed, so it is the same each time; numbers are those that regulators
 * keep for fiction (555-01xx, Ofcom's and the Bundesnetzagentur's for drama). */
typedef struct
{
  guint64 id[2];
  gint64 start;
  gint32 ring;
  gint32 seconds; /* 0 = not answered */
  TbDirection direction;
  const char *tenant;    /* borrowed from the set-up */
  const char *did;       /* likewise; "" = none */
  char extension[8];
  char other[32];        /* as dialled, or the caller's number; "" = withheld */
  const char *cause;     /* FreeSWITCH's word */
} TbDemoCall;

/* The calls of the month on one connection of the demo company, in order of start. GArray of TbDemoCall. */
GArray *tb_demo_calls_new (const TbSetup *setup, const char *connection, TbZone *zone);

/* The files that the two PBXs make of them: FusionPBX's export, Asterisk's Master.csv in `zone`. */
char *tb_demo_calls_to_fusionpbx (GArray *calls, TbZone *zone);
char *tb_demo_calls_to_asterisk (GArray *calls, TbZone *zone);
/* Who sits at an extension: always the same name. */
const char *tb_demo_get_name (const char *tenant, const char *extension);

G_END_DECLS
