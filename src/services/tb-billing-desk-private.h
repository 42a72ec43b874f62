/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-billing-desk.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* Private to the billing desk. */

typedef struct
{
  TbStore *store;
  const TbSetup *setup;
  TbZone *zone;
  int year, month;
  TbDay first, end;  /* [first, end) */
  gint64 from, to;   /* the same as instants */
  TbJob *job;
  TbDeskView *view;
} TbDeskLook;

/* Takes title, detail, value and item. The finding is borrowed, until the next one. */
TbDeskFinding *tb_desk_add (TbDeskLook *look, gboolean serious, char *title, char *detail, char *value, const char *page, char *item);
char          *tb_desk_count (guint64 n); /* digits of the locale */

gboolean tb_desk_look_calls (TbDeskLook *look, GError **error);
gboolean tb_desk_look_unrated (TbDeskLook *look, GError **error);
gboolean tb_desk_look_margin (TbDeskLook *look, GError **error);
gboolean tb_desk_look_drafts (TbDeskLook *look, GError **error);
gboolean tb_desk_look_approve (TbDeskLook *look, GError **error);
gboolean tb_desk_look_paper (TbDeskLook *look, GError **error);
gboolean tb_desk_look_post (TbDeskLook *look, GError **error);

G_END_DECLS
