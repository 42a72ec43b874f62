/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-job.h"
#include "tb-whmcs-form.h"
#include "tb-whmcs-reply.h"

G_BEGIN_DECLS

/**
 * TbWhmcs: a talk with one WHMCS through its includes/api.php (README.md).
 *
 * Calls block and belong on a worker thread, one at a time. Those that only read repeat what passes (429 and 503 with their Retry-After,
 * other 5xx, a connection that broke off) and give NULL or FALSE and the error. Those that change something give a TbWhmcsOutcome, are sent
 * over a connection of their own and are never repeated here: whether a lost one took effect is for the ledger to find out.
 *
 * Errors: TB_ERROR_AUTH (credentials, address or a missing permission; tb_whmcs_is_stopped tells), TB_ERROR_NETWORK, TB_ERROR_TIMEOUT,
 * TB_ERROR_NOT_FOUND (no such client, invoice …), TB_ERROR_CONFLICT (it is there already, or no longer allowed), TB_ERROR_UNSUPPORTED (an
 * action that this WHMCS does not have), TB_ERROR_INVALID_INPUT (not an answer of WHMCS), TB_ERROR_CANCELLED, TB_ERROR_FAILED (any other
 * refusal, in its own words). Messages name the host and the action, never what was sent; a secret that a server sends back in its words is
 * struck out.
 */
typedef struct _TbWhmcs TbWhmcs;

/* Who asks. With `identifier`, `secret` is that of API credentials (7.2 and later); else `user` is an administrator and `secret` the password. */
typedef struct
{
  const char *url;        /* of the folder in which WHMCS is: https://billing.example.com/whmcs; http:// for loopback only */
  const char *identifier;
  const char *user;
  const char *secret;
  const char *access_key; /* of configuration.php, which lifts the restriction to addresses; NULL = none */
} TbWhmcsLogin;

/**
 * TbWhmcsTransport: what carries a form there and the answer back, so that a simulation needs no socket. Used from one thread at a time.
 */
typedef struct _TbWhmcsTransport TbWhmcsTransport;
struct _TbWhmcsTransport
{
  /* Never NULL. `changes`: not to be repeated by whatever lies below, and over a connection of its own. */
  TbHttpAnswer *(*post) (TbWhmcsTransport *self, GBytes *form, gboolean changes, guint timeout, GCancellable *cancellable);
  /* FALSE and TB_ERROR_CANCELLED when it was cut short. */
  gboolean (*wait) (TbWhmcsTransport *self, guint seconds, GCancellable *cancellable, GError **error);
  void (*free) (TbWhmcsTransport *self);
};

/* TB_ERROR_INVALID_INPUT for an address that will not do, or without anything to log in with. */
TbWhmcs *tb_whmcs_new (const TbWhmcsLogin *login, GError **error);
/* Takes the transport; of the login's address only the host's name is used, in messages. */
TbWhmcs *tb_whmcs_new_with_transport (const TbWhmcsLogin *login, TbWhmcsTransport *transport);
void     tb_whmcs_free (TbWhmcs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcs, tb_whmcs_free)

const char *tb_whmcs_get_host (const TbWhmcs *self);
/* From now on calls end when `job` (NULL = none) is cancelled, and lists report to it, from `from` to `to` of its fraction. */
void        tb_whmcs_set_job (TbWhmcs *self, TbJob *job, double from, double to);
/* Wrong credentials, a banned or unknown address: three such failures ban the address, so nothing is sent any more and every call is
 * NOT_SENT with TB_ERROR_AUTH and the reason. A permission that the role lacks for one action does not stop the others. */
gboolean    tb_whmcs_is_stopped (const TbWhmcs *self);

/* ---- for the typed actions in tb-whmcs-<noun>.h, which are what others use ---- */

/* Never NULL. Takes the form. `changes`: never repeated. */
TbWhmcsReply *tb_whmcs_call (TbWhmcs *self, TbWhmcsForm *form, gboolean changes);
/* The answer to a question; NULL and the error unless it is DONE. */
TbWhmcsReply *tb_whmcs_ask (TbWhmcs *self, TbWhmcsForm *form, GError **error);
/* A change whose answer says no more than that it was done. Takes the form. */
TbWhmcsOutcome tb_whmcs_do (TbWhmcs *self, TbWhmcsForm *form, GError **error);
/* … and one whose answer has the id of what was made or changed: without one above 0 it is UNKNOWN. */
TbWhmcsOutcome tb_whmcs_do_for_id (TbWhmcs *self, TbWhmcsForm *form, const char *member, gint64 *ret_id, GError **error);

/* Makes what a row says, or NULL and the error. */
typedef gpointer (*TbWhmcsRowFunc) (TbWhmcsFields *row, gpointer data);

typedef struct
{
  TbWhmcsForm *form;             /* without limitstart and limitnum; borrowed */
  const char *plural, *singular; /* "clients", "client" */
  const char *what;              /* for people, translated: "clients" */
  gboolean ordered;              /* by id: new rows do not push others out of sight */
  gint64 above;                  /* with ids in descending order, ends at the first that is not above; G_MININT64 = reads all */
  TbWhmcsRowFunc read;
  gpointer data;
  GDestroyNotify free_item;
} TbWhmcsList;

/* All pages, each id once, in the order they came; read again when the list changed meanwhile. */
GPtrArray *tb_whmcs_list (TbWhmcs *self, const TbWhmcsList *list, GError **error);
/* The same for an action without pages. */
GPtrArray *tb_whmcs_list_whole (TbWhmcs *self, const TbWhmcsList *list, GError **error);

G_END_DECLS
