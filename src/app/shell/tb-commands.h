/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-window.h"

G_BEGIN_DECLS

/* Something that the command search can open or do. */
typedef struct
{
  char *title;
  char *detail;  /* what it is, for the person */
  char *folded;  /* what is searched */
  char *page;    /* id of the page it is on; NULL = it is the window's */
  char *item;    /* what the page shows then; may be NULL */
  char *action;  /* its whole name; NULL = only to be shown */
} TbCommand;

/* Of TbCommand: the window's and its pages' actions that can be done now, the pages, and what the books' set-up names. */
GPtrArray *tb_commands_list (TbWindow *window);
/* Adds the invoices, of TbInvoice. */
void       tb_commands_add_invoices (GPtrArray *commands, GPtrArray *invoices);
/* The best `max` for what was typed, best first; borrowed. Nothing typed = the first ones. */
GPtrArray *tb_commands_find (GPtrArray *commands, const char *typed, guint max);
void       tb_command_run (const TbCommand *self, TbWindow *window);

G_END_DECLS
