/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tb-call-reader.h"
#include "tb-party.h"

G_BEGIN_DECLS

/**
 * TbPbx: a PBX or carrier whose calls can be fetched: over its API, as files from somewhere, or out of its database.
 *
 * The caller walks windows of time from the cursor on. A window is a talk, which gives calls page by page; what a page holds is stored
 * before the next is asked for, and the cursor moves when the talk is over. How a vendor is talked to is a TbPbxKind (tb-pbx-kind.h).
 */
#define TB_TYPE_PBX (tb_pbx_get_type ())
G_DECLARE_FINAL_TYPE (TbPbx, tb_pbx, TB, PBX, GObject)

/* ---- kinds ---- */

/* What a person is asked for a connection of a kind. Texts are untranslated (N_); NULL = there is no such thing to ask for. */
typedef struct
{
  const char *kind;   /* as in the set-up file: "fusionpbx" */
  const char *title;  /* "FusionPBX" */
  const char *url;    /* an example of the address, a folder for some */
  const char *user;   /* label: "User", "Client ID" */
  const char *secret; /* label: "API key", "Password" */
  const char *hint;   /* where in the vendor's pages these are found, and which permission is needed */
  gboolean may_lack_user;
} TbPbxForm;

/* NULL-ended, in the order they are offered. */
const TbPbxForm *const *tb_pbx_list_forms (void);
const TbPbxForm *tb_pbx_find_form (const char *kind); /* NULL = calls of this kind are not fetched but brought as files */
gboolean tb_pbx_kind_is_network (const char *kind);
/* What comes may be in any format: the connection can say which, and which columns are meant. TRUE for files brought by hand. */
gboolean tb_pbx_kind_has_formats (const char *kind);
/* Seconds to read again behind the cursor, because calls appear late: of its kind, also where it brings no calls over the network. */
gint64 tb_pbx_kind_get_overlap (const char *kind);

/* `secret` may be NULL. TB_ERROR_UNSUPPORTED for a kind that is not fetched, TB_ERROR_INVALID_INPUT for a bad URL or plain http:// to
 * anything but loopback. */
TbPbx *tb_pbx_new (const TbConnection *connection, const char *secret, GError **error);
gint64 tb_pbx_get_max_window (TbPbx *self); /* seconds of calls to ask for at once */
gint64 tb_pbx_get_overlap (TbPbx *self);    /* tb_pbx_kind_get_overlap */
/* Seconds its clock was ahead of this computer's when it last answered (below 0: behind); 0 = it did not say. */
gint64 tb_pbx_get_clock_lead (TbPbx *self);
/* The pause of all before a request that failed in passing is made again, doubled each time; 1,000 ms unless a test is in a hurry. */
void   tb_pbx_set_patience (guint milliseconds);
/* Files that were collected before, name → version, for kinds that fetch files: only what is new or changed is read. Takes a reference. */
void   tb_pbx_set_known_files (TbPbx *self, GHashTable *known);
/* A set of the names of all files that were there when a talk last looked, read or not; NULL = none has. Borrowed. */
GHashTable *tb_pbx_get_listed_files (TbPbx *self);

/* ---- a talk ---- */

typedef struct _TbPbxTalk TbPbxTalk;

typedef struct
{
  TbCallReader *reader;
  char *source; /* what it came from, for people: never with a secret in it */
  char *file;   /* name of the file it was; NULL = it was none. Known as soon as its calls are stored. */
  char *version; /* what tells whether the file has changed since; opaque */
} TbPbxPage;
void tb_pbx_page_free (TbPbxPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPbxPage, tb_pbx_page_free)

/* Calls that started in [from, to). One request at a time; it must not be freed while one is under way. */
TbPbxTalk *tb_pbx_talk_new (TbPbx *pbx, gint64 from, gint64 to);
void       tb_pbx_talk_free (TbPbxTalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbPbxTalk, tb_pbx_talk_free)
/* The next page; NULL without error = that was all. What passes (429, 5xx, a connection that broke off) is asked for again up to three
 * times, after what Retry-After says; a refused login never. */
void       tb_pbx_talk_next_async (TbPbxTalk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
TbPbxPage *tb_pbx_talk_next_finish (TbPbxTalk *self, GAsyncResult *result, GError **error);
gboolean   tb_pbx_talk_is_over (const TbPbxTalk *self); /* TRUE = there is no page after this one */

/* ---- testing, tenants ---- */

/* A sentence on what was reached ("pbx.example.com answered: 3 calls in the last hour"). Errors diagnose: name, TLS, login, permission, shape. */
void  tb_pbx_test_async (TbPbx *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *tb_pbx_test_finish (TbPbx *self, GAsyncResult *result, GError **error);

typedef struct
{
  char *name;          /* as the calls carry it */
  char *title;         /* for people; NULL = the name */
  GStrv extensions;    /* NULL = the PBX does not tell */
  GStrv dids;
  char *id;            /* what its API calls it; NULL = its name */
  GHashTable *users;   /* extensions by the id that calls carry; NULL = not asked */
} TbPbxTenant;
void tb_pbx_tenant_free (TbPbxTenant *self);

/* Tenants the PBX knows. TB_ERROR_UNSUPPORTED when it cannot tell: then they are known by their calls. */
void       tb_pbx_list_tenants_async (TbPbx *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray *tb_pbx_list_tenants_finish (TbPbx *self, GAsyncResult *result, GError **error);

G_END_DECLS
