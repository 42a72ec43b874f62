/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-secret.h"

#define EXIT_DONE 0
#define EXIT_FAILED 1
#define EXIT_MISUSE 2

static const TbCommand *const topics[] = { tb_commands_books, tb_commands_setup, tb_commands_tariff_import, tb_commands_tariff, tb_commands_tariff_version,
                                           tb_commands_cdr,   tb_commands_sync,  tb_commands_receive, tb_commands_rate, tb_commands_compare, tb_commands_numbers, tb_commands_price,
                                           tb_commands_calls, tb_commands_bill,  tb_commands_correction, tb_commands_balance, tb_commands_payments, tb_commands_report, tb_commands_repair, tb_commands_margin,
                                           tb_commands_connection, tb_commands_completeness, tb_commands_tenants,
                                           tb_commands_whmcs, tb_commands_whmcs_pull, tb_commands_whmcs_review };

/* Taken before and after the command. */
static const TbOption common_options[] = {
  { "books", 0, N_("FILE"), N_("the books; else $TOLLBOOK_BOOKS, else those in the user's data directory") },
  { "json", 0, NULL, N_("print one JSON document") },
  { "secrets-from", 0, N_("FILE"), N_("passwords and keys, lines NAME=secret; the file must have mode 0600") },
  { "help", 'h', NULL, N_("print this help") },
  { "version", 0, NULL, N_("print the version") },
  { NULL },
};

/* Words of the published command line that this version does not have yet. */
static const char *const later[] = { "remind", "portal" };

/* ---- finding the command ---- */

/* How many of `words` begin with the name's words; 0 = not all of them. */
static guint
count_words (const char *name, char **words)
{
  g_auto (GStrv) parts = g_strsplit (name, " ", -1);
  guint n = 0;

  for (; parts[n] != NULL; n++)
    if (words[n] == NULL || strcmp (words[n], parts[n]) != 0)
      return 0;
  return n;
}

static const TbCommand *
find_command (char **words, guint *ret_n_words)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    for (const TbCommand *command = topics[i]; command->name != NULL; command++)
      {
        guint n = count_words (command->name, words);

        if (n > 0)
          {
            *ret_n_words = n;
            return command;
          }
      }
  return NULL;
}

/* "tariff" alone is the beginning of several. */
static char *
list_beginning_with (const char *word)
{
  g_autofree char *beginning = g_strconcat (word, " ", NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    for (const TbCommand *command = topics[i]; command->name != NULL; command++)
      if (g_str_has_prefix (command->name, beginning))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", command->name);
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

static int
complain_unknown (char **words)
{
  g_autofree char *several = list_beginning_with (words[0]);
  g_autofree char *message = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    if (count_words (later[i], words) > 0)
      {
        message = g_strdup_printf (_("“%s” is not in this version (%s) of Tollbook."), later[i], TB_VERSION);
        tb_run_complain (message);
        return EXIT_FAILED;
      }
  if (several != NULL)
    message = g_strdup_printf (_("“%s” alone is no command; there are: %s."), words[0], several);
  else
    message = g_strdup_printf (_("There is no command “%s”; “tollbookctl --help” lists them."), words[0]);
  tb_run_complain (message);
  return EXIT_MISUSE;
}

/* ---- options, through GOptionContext: values go to arrays of the length of the table ---- */

typedef struct
{
  GArray *entries; /* of GOptionEntry */
  GPtrArray *options; /* of const TbOption */
  char **values;
  gboolean *switches;
} Parser;

static gboolean
has_option (const TbOption *options, const char *name)
{
  for (; options != NULL && options->name != NULL; options++)
    if (strcmp (options->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Those of the command's own that are called like a common one take its place. */
static void
count_options (Parser *self, const TbOption *options, const TbOption *own)
{
  for (; options != NULL && options->name != NULL; options++)
    if (!has_option (own, options->name))
      g_ptr_array_add (self->options, (gpointer) options);
}

static void
parser_init (Parser *self, const TbCommand *command)
{
  self->options = g_ptr_array_new ();
  count_options (self, command != NULL ? command->options : NULL, NULL);
  count_options (self, common_options, command != NULL ? command->options : NULL);
  self->values = g_new0 (char *, self->options->len);
  self->switches = g_new0 (gboolean, self->options->len);
  self->entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  for (guint i = 0; i < self->options->len; i++)
    {
      const TbOption *option = self->options->pdata[i];
      GOptionEntry entry = { option->name, option->letter, 0, option->value != NULL ? G_OPTION_ARG_FILENAME : G_OPTION_ARG_NONE,
                             option->value != NULL ? (gpointer) &self->values[i] : (gpointer) &self->switches[i], _(option->help),
                             option->value != NULL ? _(option->value) : NULL };

      g_array_append_val (self->entries, entry);
    }
}

static void
parser_clear (Parser *self)
{
  for (guint i = 0; i < self->options->len; i++)
    g_free (self->values[i]);
  g_ptr_array_unref (self->options);
  g_array_unref (self->entries);
  g_free (self->values);
  g_free (self->switches);
}

static GOptionContext *
parser_context (Parser *self, const TbCommand *command)
{
  GOptionContext *context = g_option_context_new (command != NULL ? command->arguments : _("COMMAND …"));

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, command == NULL);
  g_option_context_add_main_entries (context, (const GOptionEntry *) (gconstpointer) self->entries->data, NULL);
  return context;
}

/* GOptionContext takes an amount below zero for options, so it goes by without its dash. */
#define HIDDEN_DASH '\x01'

static void
hide_dash (char *word)
{
  if (word[0] == '-' && g_ascii_isdigit (word[1]) && strspn (word + 1, "0123456789.") == strlen (word + 1))
    word[0] = HIDDEN_DASH;
}

static void
show_dash (char *word)
{
  if (word != NULL && word[0] == HIDDEN_DASH)
    word[0] = '-';
}

/* Takes options out of *words; what was given goes to `options`. */
static gboolean
parse_options (const TbCommand *command, char ***words, GHashTable *options, GError **error)
{
  Parser parser;
  g_autoptr (GOptionContext) context = NULL;
  gboolean ok;

  parser_init (&parser, command);
  context = parser_context (&parser, command);
  for (char **word = *words; *word != NULL; word++)
    hide_dash (*word);
  ok = g_option_context_parse_strv (context, words, error);
  for (char **word = *words; *word != NULL; word++)
    show_dash (*word);
  for (guint i = 0; i < parser.options->len; i++)
    {
      const char *name = ((const TbOption *) parser.options->pdata[i])->name;

      show_dash (parser.values[i]);
      if (parser.values[i] != NULL || parser.switches[i])
        g_hash_table_replace (options, (gpointer) name, g_strdup (parser.values[i] != NULL ? parser.values[i] : ""));
    }
  parser_clear (&parser);
  return ok;
}

/* ---- help ---- */

static void
print_command_help (const TbCommand *command)
{
  Parser parser;
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *program = g_strconcat ("tollbookctl ", command->name, NULL);
  g_autofree char *text = NULL;

  g_set_prgname (program);
  parser_init (&parser, command);
  context = parser_context (&parser, command);
  g_option_context_set_summary (context, _(command->help));
  text = g_option_context_get_help (context, TRUE, NULL);
  g_print ("%s", text);
  parser_clear (&parser);
}

static void
print_help (void)
{
  g_print ("%s\n  tollbookctl [--books %s] [--json] %s\n\n%s\n", _("Usage:"), _("FILE"), _("COMMAND …"), _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    for (const TbCommand *command = topics[i]; command->name != NULL; command++)
      {
        g_autofree char *words = g_strconcat (command->name, " ", command->arguments, NULL);

        g_print ("  %s%*s %s\n", words, MAX (30 - (int) g_utf8_strlen (words, -1), 0), "", _(command->help));
      }
  g_print ("\n%s\n%s\n", _("“tollbookctl COMMAND --help” tells a command's options, “man tollbookctl” all of them."),
           _("Exit code: 0 done, 1 something failed, 2 wrong use."));
}

/* ---- one call of the program ---- */

static int
complain_misuse (const TbCommand *command, const GError *error)
{
  g_autofree char *message = g_strdup_printf (_("%s (see “tollbookctl %s%s--help”)"), error->message, command != NULL ? command->name : "",
                                              command != NULL ? " " : "");

  tb_run_complain (message);
  return EXIT_MISUSE;
}

static gboolean
check_arguments (const TbCommand *command, char **arguments, GError **error)
{
  guint n = g_strv_length (arguments);

  if (n < command->min)
    return tb_run_misuse (error, _("“%s” needs %s."), command->name, command->arguments);
  if (n > command->max)
    return tb_run_misuse (error, _("“%s” does not know what to do with “%s”."), command->name, arguments[command->max]);
  return TRUE;
}

static int
run_command (const TbCommand *command, char **arguments, GHashTable *options)
{
  const char *books = g_hash_table_lookup (options, "books"), *secrets = g_hash_table_lookup (options, "secrets-from");
  g_autoptr (GError) error = NULL;
  TbRun run = { .command = command, .arguments = arguments, .options = options };
  int code;

  if (!check_arguments (command, arguments, &error))
    return complain_misuse (command, error);
  if (secrets != NULL && !tb_secret_use_file (secrets, &error))
    {
      tb_run_complain (error->message);
      return EXIT_FAILED;
    }
  run.json = g_hash_table_contains (options, "json");
  run.books = books != NULL && *books != '\0' ? g_strdup (books) : tb_session_dup_default_path ();
  code = tb_run_main (&run);
  g_free (run.books);
  return code;
}

static int
print_version (GHashTable *options)
{
  g_print (g_hash_table_contains (options, "json") ? "{\"version\": \"%s\"}\n" : "tollbookctl %s\n", TB_VERSION);
  return EXIT_DONE;
}

/* GOptionContext leaves "--" where the word after it begins with a dash. */
static char **
skip_dashes (char **arguments)
{
  return arguments[0] != NULL && strcmp (arguments[0], "--") == 0 ? arguments + 1 : arguments;
}

/* `words` begins with the program's name, then the command. */
static int
dispatch (char ***words, GHashTable *options)
{
  g_autoptr (GError) error = NULL;
  const TbCommand *command;
  guint n_words;

  if (g_hash_table_contains (options, "version"))
    return print_version (options);
  if ((*words)[1] == NULL && g_hash_table_contains (options, "help"))
    {
      print_help ();
      return EXIT_DONE;
    }
  if ((*words)[1] == NULL)
    {
      tb_run_complain (_("Which command? “tollbookctl --help” lists them."));
      return EXIT_MISUSE;
    }
  command = find_command (*words + 1, &n_words);
  if (command == NULL)
    return complain_unknown (*words + 1);
  if (!parse_options (command, words, options, &error))
    return complain_misuse (command, error);
  if (g_hash_table_contains (options, "version") && !has_option (command->options, "version"))
    return print_version (options);
  if (g_hash_table_contains (options, "help"))
    {
      print_command_help (command);
      return EXIT_DONE;
    }
  return run_command (command, skip_dashes (*words + 1 + n_words), options);
}

static char **
copy_words (int argc, char *argv[])
{
  char **words = g_new0 (char *, (gsize) MAX (argc, 1) + 1);

  words[0] = g_strdup ("tollbookctl");
  for (int i = 1; i < argc; i++)
    words[i] = g_strdup (argv[i]);
  return words;
}

int
tb_command_main (int argc, char *argv[])
{
  g_auto (GStrv) words = copy_words (argc, argv);
  g_autoptr (GHashTable) options = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GError) error = NULL;

  g_set_prgname ("tollbookctl");
  if (!parse_options (NULL, &words, options, &error))
    return complain_misuse (NULL, error);
  return dispatch (&words, options);
}
