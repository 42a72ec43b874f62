/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-simulator-page.h"

#include "tb-simulator-calls.h"
#include "tb-simulator-list.h"
#include "tb-simulator-number.h"

struct _TbSimulatorPage
{
  TbPage parent_instance;

  GtkStack *stack;
  TbSimulatorNumber *number;
  TbSimulatorList *list;
  TbSimulatorCalls *calls;
};

G_DEFINE_FINAL_TYPE (TbSimulatorPage, tb_simulator_page, TB_TYPE_PAGE)

static void
tb_simulator_page_load (TbPage *page)
{
  TbSimulatorPage *self = TB_SIMULATOR_PAGE (page);

  tb_simulator_number_load (self->number);
  tb_simulator_list_load (self->list);
  tb_simulator_calls_load (self->calls);
}

static void
tb_simulator_page_find (TbPage *page)
{
  TbSimulatorPage *self = TB_SIMULATOR_PAGE (page);
  GtkWidget *seen = gtk_stack_get_visible_child (self->stack);

  if (seen == GTK_WIDGET (self->number))
    tb_simulator_number_focus (self->number);
  else if (seen == GTK_WIDGET (self->list))
    tb_simulator_list_focus (self->list);
  else
    tb_simulator_calls_focus (self->calls);
}

static void
tb_simulator_page_save (TbPage *page)
{
  TbSimulatorPage *self = TB_SIMULATOR_PAGE (page);
  GtkWidget *seen = gtk_stack_get_visible_child (self->stack);

  if (seen == GTK_WIDGET (self->list))
    tb_simulator_list_save (self->list);
  else if (seen == GTK_WIDGET (self->calls))
    tb_simulator_calls_save (self->calls);
}

/* `item` is the name of a part: "number", "list", "calls". */
static void
tb_simulator_page_show_item (TbPage *page, const char *item)
{
  TbSimulatorPage *self = TB_SIMULATOR_PAGE (page);

  if (gtk_stack_get_child_by_name (self->stack, item) != NULL)
    gtk_stack_set_visible_child_name (self->stack, item);
  tb_simulator_page_find (page);
}

static void
tb_simulator_page_class_init (TbSimulatorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TbPageClass *page_class = TB_PAGE_CLASS (klass);

  page_class->load = tb_simulator_page_load;
  page_class->find = tb_simulator_page_find;
  page_class->save = tb_simulator_page_save;
  page_class->show_item = tb_simulator_page_show_item;

  g_type_ensure (TB_TYPE_SIMULATOR_NUMBER);
  g_type_ensure (TB_TYPE_SIMULATOR_LIST);
  g_type_ensure (TB_TYPE_SIMULATOR_CALLS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tollbook/Tollbook/simulator/tb-simulator-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TbSimulatorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TbSimulatorPage, number);
  gtk_widget_class_bind_template_child (widget_class, TbSimulatorPage, list);
  gtk_widget_class_bind_template_child (widget_class, TbSimulatorPage, calls);
}

static void
tb_simulator_page_init (TbSimulatorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
