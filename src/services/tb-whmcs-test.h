/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-job.h"
#include "tb-store.h"

G_BEGIN_DECLS

typedef struct _TbWhmcs TbWhmcs;

typedef enum
{
  TB_ACTION_ALLOWED,
  TB_ACTION_FORBIDDEN,
  TB_ACTION_UNKNOWN,   /* this WHMCS does not have it */
  TB_ACTION_NOT_ASKED, /* it changes something, or its answer says neither */
} TbActionAnswer;
const char *tb_action_answer_to_string (TbActionAnswer self); /* "allowed" "forbidden" "unknown" "not-asked" */

/* An action that we use. */
typedef struct
{
  const char *action;
  const char *use; /* what for, translated */
  gboolean changes;
  TbActionAnswer answer;
  char *message; /* or NULL */
} TbActionTest;

typedef struct
{
  char *version;
  char *admin;        /* whose credentials these are, or NULL */
  char *permissions;  /* of the administrator's role, or NULL */
  GPtrArray *actions; /* of TbActionTest */
  guint n_missing;    /* forbidden or unknown */
} TbWhmcsTest;
void tb_whmcs_test_free (TbWhmcsTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsTest, tb_whmcs_test_free)

/* Asks whether WHMCS answers, which version it is, and what these credentials may do. Actions that read are tried. Those that change something are tried
 * only when `changes`, with ids that nobody has, so that they are refused whatever the permission. NULL and the error when it does not answer at all. */
TbWhmcsTest *tb_whmcs_test (TbWhmcs *whmcs, gboolean changes, GError **error);
/* The same, without changes, with the WHMCS of the books' set-up. */
TbWhmcsTest *tb_whmcs_test_books (TbStore *store, TbJob *job, GError **error);

G_END_DECLS
