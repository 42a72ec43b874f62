/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-books.h"
#include "tb-undo.h"

G_BEGIN_DECLS

/**
 * TbPage: one page of the workstation. The window gives it the books and asks it to load when they changed; it brings its
 * tools for the header bar, and answers the keys that mean the same on every page.
 *
 * A page that is not seen loads when it is next shown.
 *
 * Pages do not call gtk_widget_dispose_template: it lets go of the child that AdwBin lets go of again (GTK 4.8).
 */
#define TB_TYPE_PAGE (tb_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TbPage, tb_page, TB, PAGE, AdwBin)

struct _TbPageClass
{
  AdwBinClass parent_class;

  void (*load) (TbPage *self);                          /* read from the books and show */
  void (*find) (TbPage *self);                          /* Ctrl+F */
  void (*toggle_details) (TbPage *self);                /* F9 */
  void (*print) (TbPage *self);                         /* Ctrl+P */
  void (*save) (TbPage *self);                          /* Ctrl+S: what is shown, as a file */
  void (*show_item) (TbPage *self, const char *item);   /* jump to what `item` names; the page knows how */
  TbUndo *(*get_undo) (TbPage *self);                   /* Ctrl+Z: of its own edits; NULL = the set-up's */
};

/* One thing that a page can do. The same table makes the page's actions, their keys and what the command search offers. */
typedef struct
{
  const char *name;                                                      /* in the page's group: "approve" */
  void (*activate) (GSimpleAction *action, GVariant *parameter, gpointer page);
  const char *title;                                                     /* marked by N_; NULL = not offered by the command search */
  const char *parameter_type;                                            /* or NULL; such an action has no title */
  const char *accelerator;                                               /* "<Control>Return", while the page has the focus; or NULL */
} TbPageAction;

/* Once, in the page's init: the group, called `group`, is put on the page. `actions` is static. Returns the group, borrowed. */
GSimpleActionGroup *tb_page_add_actions (TbPage *self, const char *group, const TbPageAction *actions, guint n_actions);
/* For those who list them: calls `func` with each action that has a title and can be done now, and its whole name ("invoice.approve"). */
typedef void (*TbPageActionFunc) (TbPage *self, const TbPageAction *action, const char *name, gpointer data);
void                tb_page_foreach_action (TbPage *self, TbPageActionFunc func, gpointer data);

/* The page in which a widget stands; NULL before it does, and after. */
TbPage    *tb_page_get_around (GtkWidget *widget);

void       tb_page_set_books (TbPage *self, TbBooks *books);
TbBooks   *tb_page_get_books (TbPage *self);
GtkWidget *tb_page_get_tools (TbPage *self); /* for the header bar, or NULL */
void       tb_page_load (TbPage *self);
void       tb_page_find (TbPage *self);
void       tb_page_toggle_details (TbPage *self);
void       tb_page_print (TbPage *self);
void       tb_page_save (TbPage *self);
void       tb_page_show_item (TbPage *self, const char *item);
/* What Ctrl+Z means here; NULL without books. Borrowed. */
TbUndo    *tb_page_get_undo (TbPage *self);
/* Nothing more is being read; for tests. */
gboolean   tb_page_is_idle (TbPage *self);

/* Reads on the reader's thread; `show` gets the result and owns it. A newer reading with the same `slot` stops this one;
 * errors are shown in a dialog. */
typedef void (*TbPageShow) (TbPage *self, gpointer result);
void tb_page_read (TbPage *self, GCancellable **slot, TbSessionFunc func, gpointer data, GDestroyNotify free_data,
                   GDestroyNotify free_result, TbPageShow show);

/* The same by a reader of this page alone, for what takes seconds and must keep nobody else waiting. `show` also gets `data`, which is freed on the main
 * thread whatever happens, and NULL when it failed, so that nothing goes on saying that one must wait. */
typedef void (*TbPageShowAside) (TbPage *self, gpointer result, gpointer data);
void tb_page_read_aside (TbPage *self, GCancellable **slot, TbSessionFunc func, gpointer func_data, GDestroyNotify free_func_data,
                         GDestroyNotify free_result, TbPageShowAside show, gpointer data, GDestroyNotify free_data);

G_END_DECLS
