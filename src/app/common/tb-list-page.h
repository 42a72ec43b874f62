/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-columns.h"
#include "tb-page.h"

G_BEGIN_DECLS

/**
 * TbListPage: a page with a short list (hundreds) at the left, searched and sorted here, and what is chosen in full at the right.
 */
#define TB_TYPE_LIST_PAGE (tb_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TbListPage, tb_list_page, TB, LIST_PAGE, TbPage)

struct _TbListPageClass
{
  TbPageClass parent_class;

  char *(*describe) (gconstpointer value);                           /* all of it: rows that say the same stay when the list is read again. NULL = none does */
  const char *(*get_key) (gconstpointer value);                      /* what stays the same when the list is read again */
  gboolean (*is_called) (gconstpointer value, const char *name);     /* another name it can be shown by; NULL = none */
  gboolean (*matches) (gconstpointer value, const char *folded);     /* `folded` by g_utf8_casefold */
  gboolean (*passes) (TbListPage *self, gconstpointer value);        /* the page's own filter; NULL = all pass */
  void (*show) (TbListPage *self, gpointer value);                   /* value may be NULL */
  void (*activate) (TbListPage *self);                               /* Return or a double click on the chosen one; NULL = nothing */
};

/* Once, at the end of the subclass's init. `name` is the list's, for those who hear it; icon, title and description show while it is empty. */
void     tb_list_page_set_up (TbListPage *self, const char *name, const TbColumn *columns, guint n_columns, GtkWidget *detail,
                              int list_width, const char *icon, const char *title, const char *description);
/* After set_up: several rows can be chosen; the first of them is shown, and `show` is told of each change. */
void       tb_list_page_allow_many (TbListPage *self);
GPtrArray *tb_list_page_list_selected (TbListPage *self); /* borrowed values, in the order in which they are shown */
/* A filter or a button at the right of the search; a filter calls tb_list_page_filter when it changed. */
void     tb_list_page_add_tool (TbListPage *self, GtkWidget *tool);
void     tb_list_page_filter (TbListPage *self);
/* What the empty page offers to do: a button. */
void     tb_list_page_set_empty_action (TbListPage *self, const char *label, const char *action);
/* Takes the values out of `values`; keeps what was chosen, else chooses the first. */
void     tb_list_page_take (TbListPage *self, GPtrArray *values, GDestroyNotify free_value);
gpointer tb_list_page_get_selected (TbListPage *self);
gboolean tb_list_page_select (TbListPage *self, const char *key);
GListModel *tb_list_page_get_list (TbListPage *self); /* as shown; of TbItem */
gboolean tb_list_page_text_matches (const char *text, const char *folded);

/* What stands at the right: a scrolling box, and groups of rows in it. */
GtkWidget *tb_detail_new (GtkWidget **ret_box);
void       tb_detail_clear (GtkWidget *box);
void       tb_detail_add_title (GtkWidget *box, const char *title, const char *subtitle);
void       tb_detail_add_text (GtkWidget *box, const char *text, const char *css_class); /* a sentence that can be copied */
GtkWidget *tb_detail_add_group (GtkWidget *box, const char *title); /* a list box */

G_END_DECLS
