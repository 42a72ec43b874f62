/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

#include "tb-application.h"
#include "tb-words.h"

int
main (int argc, char *argv[])
{
  g_autoptr (TbApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, tb_words_get_folder ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */

  application = tb_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
