/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-ask.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-run.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-pull.h"
#include "tb-whmcs-test.h"

/* ---- the test ---- */

static gpointer
test_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_whmcs_test_books (store, job, error);
}

/* Those that are not to be had, and what for. */
static char *
list_missing (const TbWhmcsTest *test)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < test->actions->len; i++)
    {
      const TbActionTest *action = test->actions->pdata[i];

      if (action->answer == TB_ACTION_FORBIDDEN || action->answer == TB_ACTION_UNKNOWN)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", action->action, action->use);
    }
  return g_string_free (text, FALSE);
}

static void
test_done (GtkWidget *widget, gpointer data)
{
  g_autoptr (TbWhmcsTest) test = data;
  g_autofree char *missing = list_missing (test);
  /* Translators: %s is a version */
  g_autofree char *said = g_strdup_printf (_ ("WHMCS %s answers"), test->version != NULL ? test->version : "");

  if (test->n_missing == 0)
    tb_dialogs_toast (widget, said);
  else
    {
      g_autofree char *text = g_strdup_printf (_ ("The API role of these credentials lacks what is needed:\n%s"), missing);

      tb_dialogs_show_text (widget, said, text);
    }
}

void
tb_whmcs_test_run (GtkWidget *widget, TbBooks *books)
{
  tb_run (widget, books, _ ("Test of WHMCS"), FALSE, test_func, NULL, NULL, (GDestroyNotify) tb_whmcs_test_free, test_done, NULL);
}

/* ---- the pull ---- */

static gpointer
pull_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_whmcs_pull_books (store, FALSE, job, error);
}

static void
add_lines (GString *text, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", (const char *) lines->pdata[i]);
}

static void
pull_done (GtkWidget *widget, gpointer data)
{
  g_autoptr (TbPullResult) result = data;
  guint waiting = result->differences + result->unsure;
  g_autofree char *clients = g_strdup_printf (g_dngettext (NULL, "%u new client", "%u new clients", result->created->len), result->created->len);
  g_autofree char *decide = g_strdup_printf (g_dngettext (NULL, "%u thing to decide", "%u things to decide", waiting), waiting);
  g_autofree char *said = g_strdup_printf ("%s, %s", clients, decide);
  g_autoptr (GString) text = g_string_new (NULL);

  add_lines (text, result->troubles);
  add_lines (text, result->notes);
  if (text->len > 0)
    tb_dialogs_show_text (widget, said, text->str);
  else
    tb_dialogs_toast (widget, said);
}

void
tb_whmcs_pull_run (GtkWidget *widget, TbBooks *books)
{
  tb_run (widget, books, _ ("Pull from WHMCS"), TRUE, pull_func, NULL, NULL, (GDestroyNotify) tb_pull_result_free, pull_done, NULL);
}
