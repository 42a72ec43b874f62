/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "tb-http.h"
#include "tb-json.h"
#include "tb-pbx.h"

G_BEGIN_DECLS

/**
 * TbPbxKind: how a vendor is talked to. A vendor is one folder: README.md (endpoint, login, quirks, sources), its kind, its format.
 *
 * A kind does no I/O of its own. It is asked for the next request and told the answer, and keeps what it must know between the two in the
 * talk; the driver (tb-pbx-driver.c) sends, waits, repeats, cancels and limits. So a vendor's part is two functions without a callback,
 * and is tested without a network. Private to connectors/pbx.
 */
typedef struct _TbPbxKind TbPbxKind;

typedef enum
{
  TB_PBX_CALLS,
  TB_PBX_TEST,    /* as CALLS, but one page is enough */
  TB_PBX_TENANTS, /* tenants are given to tb_pbx_add_tenant */
} TbPbxPurpose;

struct _TbPbx
{
  GObject parent_instance;

  const TbPbxKind *kind;
  SoupSession *session;
  char *name;
  char *base; /* address without a slash at its end: "https://pbx.example.com/path" */
  char *host; /* for messages */
  char *user; /* NULL = none */
  char *secret; /* NULL = none was given */
  char *format, *columns; /* as the connection has them; NULL = not given */
  TbZone *zone;
  char *token;      /* of a login that holds for several requests; wiped at the end */
  GPtrArray *tenants; /* of TbPbxTenant; NULL = not asked yet */
  gboolean has_tenants; /* all of them are there (tb_pbx_end_tenants) */
  GHashTable *known;  /* files that were collected, name → version; may be NULL */
  GHashTable *listed; /* names of the files that are there; NULL = nobody has looked */
  gint64 next_request; /* monotonic time before which nothing is asked */
  gint64 clock_lead;   /* seconds its clock is ahead, by the last answer */
};

struct _TbPbxTalk
{
  TbPbx *pbx;
  TbPbxPurpose purpose;
  gint64 from, to;
  gboolean over; /* the kind sets it: there is nothing more to ask */

  /* The kind's own, zero at the beginning. */
  guint step;    /* where in its protocol it is */
  guint page;    /* pages taken of what is being read */
  guint tenant;  /* index in pbx->tenants */
  guint given;   /* records of the tenant so far, where the PBX counts them */
  char *cursor;  /* what the next page is asked with; freed with the talk */
  GHashTable *seen; /* ids of records, to notice a page that repeats; made by tb_pbx_talk_saw */
  gpointer data;
  GDestroyNotify data_free;

  /* The driver's. */
  GQueue pages; /* of TbPbxPage */
  TbHttpAnswer *answer; /* that is being read in a thread */
  JsonNode *root;       /* what tb_pbx_read_json made of … */
  GBytes *root_of;      /* … this body, so that its calls are not parsed again; borrowed */
  guint attempts;
  gint64 waited; /* seconds the server asked to wait */
  gboolean renewed; /* the login was made anew once */
  guint without_tenant; /* calls of a test that did not say whose they are */
};

struct _TbPbxKind
{
  TbPbxForm form;
  const char *format;  /* of the answers, as tb_call_reader_new takes it; NULL = the connection's, or told from the content */
  gint64 max_window;   /* 0 = a day */
  gint64 overlap;      /* 0 = 48 hours */
  guint pause;         /* milliseconds between two requests, where the vendor limits them */
  gboolean http_login; /* user and secret answer an HTTP challenge (Digest) */
  gboolean is_local;   /* the address is a folder or a server that is not spoken to by HTTP */

  /* Settings that cannot work, before anything is sent. May be NULL. */
  gboolean (*check) (TbPbx *pbx, GError **error);
  /* The next request; NULL with `talk->over` set = there is none. It may be called again for the same request. */
  SoupMessage *(*ask) (TbPbxTalk *talk, GError **error);
  /* A 2xx answer to it; a large one is heard in a thread of its own. Gives calls by tb_pbx_give, moves the talk on. TB_ERROR_NETWORK, with nothing given and nothing moved, says that
   * the answer is not whole: it is asked for again. */
  gboolean (*hear) (TbPbxTalk *talk, const TbHttpAnswer *answer, GError **error);
  /* Another answer than 2xx: TRUE = dealt with, ask again. May be NULL. */
  gboolean (*refused) (TbPbxTalk *talk, const TbHttpAnswer *answer);
  /* Instead of ask and hear, where a library blocks: the next page, or `talk->over`. Runs in a thread of its own. */
  gboolean (*pull) (TbPbxTalk *talk, GCancellable *cancellable, GError **error);
  /* What else a good test should say, translated; NULL = nothing. May be NULL. */
  char *(*remark) (TbPbxTalk *talk);
  /* All that a good test says of `calls` it could read, translated, where they are not those of the last hour. May be NULL. */
  char *(*summary) (TbPbxTalk *talk, guint calls);
};

/* For `max_window` of what is not asked by time. */
#define TB_PBX_ALL_AT_ONCE ((gint64) 100 * 366 * 86400)

guint tb_pbx_get_patience (void);

extern const TbPbxKind *const tb_pbx_kinds[]; /* NULL-ended (tb-pbx-kinds.c) */

/* ---- for kinds ---- */

/* Calls of an answer: `body` as the kind's format, of `tenant` (NULL = the records say). FALSE when it cannot be read at all. */
gboolean tb_pbx_give (TbPbxTalk *self, GBytes *body, const char *tenant, GError **error);
/* The same from a stream, which is `source` for people; `file` and `version` as in TbPbxPage, or NULL. */
gboolean tb_pbx_give_stream (TbPbxTalk *self, GInputStream *stream, const char *source, const char *file, const char *version, GError **error);
/* The same from JSON that the kind has in hand. */
gboolean tb_pbx_give_json (TbPbxTalk *self, JsonNode *root, const char *tenant, GError **error);
/* Takes the strings' values; lists may be NULL. Borrowed, for the kind to add its id. */
TbPbxTenant *tb_pbx_add_tenant (TbPbx *self, const char *name, const char *title, const char *const *extensions, const char *const *dids);
/* All tenants were added. Without any it is TB_ERROR_AUTH. */
gboolean     tb_pbx_end_tenants (TbPbx *self, GError **error);
const char  *tb_pbx_talk_get_tenant (TbPbxTalk *self); /* pbx->tenants[talk->tenant]; NULL beyond the last */
TbPbxTenant *tb_pbx_talk_at_tenant (TbPbxTalk *self);
void         tb_pbx_talk_next_tenant (TbPbxTalk *self); /* from its first page on */
/* TRUE the first time an id is shown. */
gboolean tb_pbx_talk_saw (TbPbxTalk *self, const char *id);
/* Records of a page that were on none before it, told by their member `id`. 0 = the end of a list that has no other. */
guint    tb_pbx_talk_count_new (TbPbxTalk *self, JsonArray *records, const char *id);
/* What the PBX counts is what it gave, or less: calls that come in meanwhile make more of them, never fewer. TB_ERROR_INVALID_INPUT. */
gboolean tb_pbx_talk_check_count (TbPbxTalk *self, gint64 counted, gint64 given, GError **error);
/* `mark` tells a page from others: its cursor or its first record. FALSE when it came before, as from a server that ignores which page it is asked for. */
gboolean tb_pbx_talk_moves_on (TbPbxTalk *self, const char *mark, GError **error);
void     tb_pbx_talk_set_cursor (TbPbxTalk *self, const char *cursor);
/* Wipes the old one. */
void     tb_pbx_set_token (TbPbx *self, const char *token);

/* The answer as JSON; TB_ERROR_AUTH for a login page in its place. */
JsonNode *tb_pbx_read_json (TbPbxTalk *self, const TbHttpAnswer *answer, GError **error);
/* The list at `path` of it, borrowed; TB_ERROR_INVALID_INPUT that says what is there instead. */
JsonArray *tb_pbx_need_list (TbPbxTalk *self, JsonNode *root, const char *path, GError **error);
/* The user's secret is needed and there is none: TB_ERROR_AUTH that says what to enter. */
gboolean tb_pbx_need_secret (TbPbx *self, GError **error);
gboolean tb_pbx_need_user (TbPbx *self, GError **error);

/* "GET", base + path as printf has it. Parts of it that are data go through tb_pbx_escape. */
SoupMessage *tb_pbx_request (TbPbx *self, const char *method, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* `query` is a list name, value, …, NULL; a NULL value leaves its name out. */
SoupMessage *tb_pbx_get (TbPbx *self, const char *path, const char *name, ...) G_GNUC_NULL_TERMINATED;
SoupMessage *tb_pbx_post_form (TbPbx *self, const char *path, const char *name, ...) G_GNUC_NULL_TERMINATED;
/* `json` is freed. */
SoupMessage *tb_pbx_send_json (TbPbx *self, const char *method, const char *path, JsonNode *json);
/* The same of an object, which is let go of. */
SoupMessage *tb_pbx_send_object (TbPbx *self, const char *method, const char *path, JsonObject *object);
void  tb_pbx_authorize_basic (SoupMessage *message, const char *user, const char *secret);
void  tb_pbx_authorize_bearer (SoupMessage *message, const char *token);
char *tb_pbx_escape (const char *text);
/* Time as APIs want it, UTC: "2026-02-03T14:02:11Z"; any strftime-like format of GDateTime; in the connection's zone when `zone`. */
char *tb_pbx_time (gint64 time, const char *format, TbZone *zone);
/* An end of a span that is going to be local text: when clocks are turned back, that of the later end would be the earlier text. */
gint64 tb_pbx_end_in (gint64 time, TbZone *zone);

G_END_DECLS
