/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-output.h"
#include "tb-session.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * TbCommand: a row of tollbookctl's table: words, arguments, options, function, help. A topic (tariffs, calls, …) is one file with its
 * rows; parsing, help, progress, signals, output and exit code are the same for all and live in tb-command.c and tb-run.c.
 */
typedef struct _TbRun TbRun;

typedef struct
{
  const char *name;  /* without the dashes */
  char letter;       /* 0 = none */
  const char *value; /* what stands for its value in the help; NULL = a switch */
  const char *help;
} TbOption;

typedef enum { TB_BOOKS_NONE, TB_BOOKS_OPEN } TbBooksUse;

typedef struct
{
  const char *name;      /* "tariff import" */
  const char *arguments; /* "FILE…", or NULL */
  guint min, max;        /* how many; max G_MAXUINT = any */
  TbBooksUse books;
  const TbOption *options; /* ended by a name NULL, or NULL */
  gboolean (*run) (TbRun *run, GError **error);
  const char *help;      /* untranslated; begins in lower case, no full stop */
} TbCommand;

/* The topics' tables, each ended by a name NULL. */
extern const TbCommand tb_commands_books[], tb_commands_setup[], tb_commands_tariff_import[], tb_commands_tariff[],
    tb_commands_tariff_version[], tb_commands_cdr[],
    tb_commands_sync[], tb_commands_receive[], tb_commands_rate[], tb_commands_compare[], tb_commands_numbers[], tb_commands_price[], tb_commands_calls[],
    tb_commands_bill[], tb_commands_correction[], tb_commands_balance[], tb_commands_payments[], tb_commands_report[], tb_commands_repair[], tb_commands_margin[], tb_commands_connection[], tb_commands_completeness[], tb_commands_tenants[],
    tb_commands_whmcs[], tb_commands_whmcs_pull[], tb_commands_whmcs_review[];

/* What several commands take. */
#define TB_OPTION_DRY_RUN { "dry-run", 0, NULL, N_("change nothing, only say what would be done") }
#define TB_OPTION_OUTPUT { "output", 'o', N_("FILE"), N_("write to FILE") }
#define TB_OPTION_FROM { "from", 0, N_("TIME"), N_("calls that began at TIME (a day: at its first second) or later") }
#define TB_OPTION_TO { "to", 0, N_("TIME"), N_("calls that began before TIME (a day: before its first second)") }
#define TB_OPTION_PERIOD { "period", 0, N_("YYYY-MM"), N_("the month, in the company's time zone") }
#define TB_OPTION_CLIENT { "client", 0, N_("ID"), N_("only this client") }

/**
 * TbRun: one run of one command, in a thread of its own, while the main thread waits for signals and shows progress.
 */
struct _TbRun
{
  const TbCommand *command;
  char *books; /* path */
  gboolean json;
  char **arguments;
  GHashTable *options; /* name → value; switches have "" */

  TbSession *session; /* open with TB_BOOKS_OPEN, or by tb_run_open */
  TbStore *store;     /* of the session */
  TbSetup *setup;     /* heads only; of tb_run_get_setup */
  TbZone *zone;       /* the company's */
  TbJob *job;
  TbOutput *out;
  guint failures;     /* told by tb_run_fail */
};

gboolean    tb_run_has (TbRun *self, const char *option);
const char *tb_run_get (TbRun *self, const char *option); /* NULL = not given */

/* Opens the books (or makes new ones) and takes the company's zone for output. */
gboolean tb_run_open (TbRun *self, gboolean create, GError **error);
/* Set-up without rates, read once. Borrowed. */
const TbSetup *tb_run_get_setup (TbRun *self, GError **error);
/* TRUE when `key` is NULL or a client's; TB_ERROR_NOT_FOUND otherwise. */
gboolean tb_run_check_client (TbRun *self, const char *key, GError **error);

/* One line on standard error and exit code 1, while the command goes on with what is left. Takes `error`. */
void     tb_run_fail (TbRun *self, GError *error);
/* An error that means wrong use: exit code 2 and a hint. */
gboolean tb_run_misuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Values of options; untouched when not given. Wrong ones are misuse. */
gboolean tb_run_get_day (TbRun *self, const char *option, TbDay *ret, GError **error);
gboolean tb_run_get_time (TbRun *self, const char *option, gint64 *ret, GError **error); /* a day (00:00 in the company's zone) or a time */
gboolean tb_run_get_uint (TbRun *self, const char *option, guint *ret, GError **error);
/* --period, or --from and --to; `needed`: one of them must be there. */
gboolean tb_run_get_span (TbRun *self, gboolean needed, gint64 *ret_from, gint64 *ret_to, GError **error);
gboolean tb_run_get_month (TbRun *self, int *ret_year, int *ret_month, GError **error); /* --period, needed */

/* `text` (taken) goes to --output FILE, which is said, or is itself the document. */
gboolean tb_run_give_text (TbRun *self, char *text, GError **error);

/* Runs `self` to its end; the exit code: 0 done, 1 something failed, 2 wrong use. */
int  tb_run_main (TbRun *self);
/* "tollbookctl: …" on standard error, in one line. */
void tb_run_complain (const char *message);

int tb_command_main (int argc, char *argv[]);

G_END_DECLS
