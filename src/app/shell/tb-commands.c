/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-commands.h"

#include <string.h>

#include <glib/gi18n.h>

#include "tb-fuzzy.h"
#include "tb-invoice.h"
#include "tb-window-private.h"

typedef struct
{
  GPtrArray *commands;
  const char *page, *page_title;
} PageListing;

typedef struct
{
  const TbCommand *command;
  guint score, position;
} Match;

/* The window's own, as its menu has them. */
static const struct { const char *action, *title; } window_table[] = {
  { "win.rate", N_ ("Rate Calls") },
  { "win.rate-again", N_ ("Rate Calls Again") },
  { "win.make-drafts", N_ ("Make Drafts for Month") },
  { "win.undo", N_ ("Undo") },
  { "win.redo", N_ ("Do Again") },
  { "win.refresh", N_ ("Read Again") },
  { "win.new-window", N_ ("New Window") },
  { "win.open", N_ ("Open Books") },
  { "win.apply-setup", N_ ("Apply Set-up File") },
  { "win.check", N_ ("Check Books") },
  { "win.back-up", N_ ("Back Up") },
  { "win.restore", N_ ("Restore From Backup") },
  { "win.preferences", N_ ("Preferences") },
  { "win.show-help-overlay", N_ ("Keyboard Shortcuts") },
};

static void
command_free (gpointer data)
{
  TbCommand *self = data;

  g_free (self->title);
  g_free (self->detail);
  g_free (self->folded);
  g_free (self->page);
  g_free (self->item);
  g_free (self->action);
  g_free (self);
}

/* `also` is searched and shown beside the title; NULL = none. */
static void
add (GPtrArray *commands, const char *kind, const char *title, const char *also, const char *page, const char *item, const char *action)
{
  TbCommand *self = g_new (TbCommand, 1);
  g_autofree char *searched = also != NULL ? g_strconcat (title, " ", also, NULL) : g_strdup (title);

  self->title = g_strdup (title);
  self->detail = also != NULL ? g_strconcat (kind, " · ", also, NULL) : g_strdup (kind);
  self->folded = g_utf8_casefold (searched, -1);
  self->page = g_strdup (page);
  self->item = g_strdup (item);
  self->action = g_strdup (action);
  g_ptr_array_add (commands, self);
}

static void
add_page_action (TbPage *page, const TbPageAction *action, const char *name, gpointer data)
{
  const PageListing *listing = data;

  add (listing->commands, listing->page_title, _ (action->title), NULL, listing->page, NULL, name);
}

static void
add_pages (GPtrArray *commands, TbWindow *window)
{
  g_autoptr (GListModel) pages = G_LIST_MODEL (gtk_stack_get_pages (tb_window_get_pages (window)));

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (pages, i);
      GtkStackPage *page = GTK_STACK_PAGE (item);
      PageListing listing = { commands, gtk_stack_page_get_name (page), gtk_stack_page_get_title (page) };

      add (commands, _ ("Page"), listing.page_title, NULL, listing.page, NULL, NULL);
      tb_page_foreach_action (TB_PAGE (gtk_stack_page_get_child (page)), add_page_action, &listing);
    }
}

static void
add_services (GPtrArray *commands, const TbSetup *setup)
{
  for (guint i = 0; i < setup->services->len; i++)
    {
      const TbService *service = g_ptr_array_index (setup->services, i);

      add (commands, _ ("Service"), service->key, service->tenant, "services", service->key, NULL);
      for (guint j = 0; service->dids != NULL && service->dids[j] != NULL; j++)
        add (commands, _ ("Phone number"), service->dids[j], service->key, "clients", service->client, NULL);
    }
}

/* Of the page of the set-up. */
static void
add_record (GPtrArray *commands, const char *kind, const char *noun, const char *name)
{
  g_autofree char *item = g_strconcat (noun, "/", name, NULL);

  add (commands, kind, name, NULL, "setup", item, NULL);
}

static void
add_setup (GPtrArray *commands, const TbSetup *setup)
{
  for (guint i = 0; i < setup->clients->len; i++)
    {
      const TbClient *client = g_ptr_array_index (setup->clients, i);

      add (commands, _ ("Client"), client->name, client->key, "clients", client->key, NULL);
    }
  for (guint i = 0; i < setup->tariffs->len; i++)
    {
      const char *name = ((const TbTariff *) g_ptr_array_index (setup->tariffs, i))->name;

      add (commands, _ ("Tariff"), name, NULL, "tariffs", name, NULL);
    }
  for (guint i = 0; i < setup->packages->len; i++)
    {
      const char *name = ((const TbPackage *) g_ptr_array_index (setup->packages, i))->name;

      add (commands, _ ("Package"), name, NULL, "packages", name, NULL);
    }
  for (guint i = 0; i < setup->connections->len; i++)
    {
      const char *name = ((const TbConnection *) g_ptr_array_index (setup->connections, i))->name;

      add (commands, _ ("Connection"), name, NULL, "connections", name, NULL);
    }
  for (guint i = 0; i < setup->providers->len; i++)
    add_record (commands, _ ("Provider"), "providers", ((const TbProvider *) g_ptr_array_index (setup->providers, i))->name);
  for (guint i = 0; i < setup->taxes->len; i++)
    add_record (commands, _ ("Tax"), "taxes", ((const TbTax *) g_ptr_array_index (setup->taxes, i))->name);
  add_services (commands, setup);
}

GPtrArray *
tb_commands_list (TbWindow *window)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func (command_free);

  if (tb_window_get_books (window) != NULL)
    add_pages (commands, window);
  for (guint i = 0; i < G_N_ELEMENTS (window_table); i++)
    if (g_action_group_get_action_enabled (G_ACTION_GROUP (window), window_table[i].action + strlen ("win.")))
      add (commands, _ ("Action"), _ (window_table[i].title), NULL, NULL, NULL, window_table[i].action);
  if (tb_window_get_books (window) != NULL)
    add_setup (commands, tb_books_get_setup (tb_window_get_books (window)));
  return commands;
}

void
tb_commands_add_invoices (GPtrArray *commands, GPtrArray *invoices)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      const TbInvoice *invoice = g_ptr_array_index (invoices, i);

      if (invoice->number != NULL)
        add (commands, _ ("Invoice"), invoice->number, invoice->client, "invoices", invoice->number, NULL);
    }
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const Match *one = a, *other = b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return one->position < other->position ? -1 : one->position > other->position;
}

GPtrArray *
tb_commands_find (GPtrArray *commands, const char *typed, guint max)
{
  g_autofree char *folded = g_utf8_casefold (typed, -1);
  g_autofree char *plain = g_strstrip (g_strdup (folded));
  g_auto (GStrv) words = g_strsplit_set (plain, " \t", -1);
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (Match));
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < commands->len; i++)
    {
      const TbCommand *command = g_ptr_array_index (commands, i);
      Match match = { command, *plain != '\0' ? tb_fuzzy_score (command->folded, (const char *const *) words) : 1, i };

      if (match.score > 0)
        g_array_append_val (matches, match);
    }
  g_array_sort (matches, compare_matches);
  for (guint i = 0; i < matches->len && i < max; i++)
    g_ptr_array_add (found, (gpointer) g_array_index (matches, Match, i).command);
  return found;
}

void
tb_command_run (const TbCommand *self, TbWindow *window)
{
  if (self->page != NULL)
    tb_window_show_page (window, self->page, self->item);
  if (self->action != NULL)
    gtk_widget_activate_action (self->page != NULL ? GTK_WIDGET (tb_window_get_page (window)) : GTK_WIDGET (window), self->action, NULL);
}
