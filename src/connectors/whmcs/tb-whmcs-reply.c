/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-reply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-http.h"
#include "tb-text.h"

#define COMPLAINT_MAX 300 /* characters of what a server says */
#define TITLE_MAX 80
#define BEGINNINGS_MAX 16 /* braces that are tried as the beginning of the answer, behind what PHP printed before it */

/* ---- what WHMCS says when it refuses ---- */

#define WRONG_LOGIN N_ ("The identifier or the secret is wrong. Nothing more is sent, for three failures ban this computer’s address.")
#define NO_ROLE N_ ("Allow that action to these credentials in WHMCS under API Credentials, API Roles.")
#define NO_ACTION N_ ("This WHMCS has no such action: it may be too old.")

/* First match wins; in the words of WHMCS 7 to 9 (README.md, "Refusals"). */
static const struct { const char *says; TbError code; gboolean stops; const char *advice; } refusals[] = {
  { "invalid ip", TB_ERROR_AUTH, TRUE,
    N_ ("This computer is not let in. Enter the address it names in WHMCS under General Settings, Security, API IP Access Restriction, or "
        "give the access key.") },
  { "banned", TB_ERROR_AUTH, TRUE,
    N_ ("This computer’s address is banned for a time. Check identifier and secret, then wait 15 minutes or lift the ban in WHMCS.") },
  { "authentication failed", TB_ERROR_AUTH, TRUE, WRONG_LOGIN },
  { "invalid or missing credentials", TB_ERROR_AUTH, TRUE, WRONG_LOGIN },
  { "invalid password", TB_ERROR_AUTH, TRUE, WRONG_LOGIN },
  { "invalid username", TB_ERROR_AUTH, TRUE, WRONG_LOGIN },
  { "administrator account disabled", TB_ERROR_AUTH, TRUE, N_ ("The administrator to whom these credentials belong is disabled.") },
  { "invalid permissions", TB_ERROR_AUTH, FALSE, NO_ROLE },
  { "is not allowed", TB_ERROR_AUTH, FALSE, NO_ROLE },
  { "access denied", TB_ERROR_AUTH, TRUE,
    N_ ("The role of the administrator to whom these credentials belong needs the permission “API Access”.") },
  { "empty action request", TB_ERROR_INVALID_INPUT, FALSE, N_ ("Something on the way to WHMCS drops what is sent.") },
  { "command not found", TB_ERROR_UNSUPPORTED, FALSE, NO_ACTION },
  { "action not found", TB_ERROR_UNSUPPORTED, FALSE, NO_ACTION },
  { "unknown action", TB_ERROR_UNSUPPORTED, FALSE, NO_ACTION },
  { "not found", TB_ERROR_NOT_FOUND, FALSE, NULL },
  { "must be unique", TB_ERROR_CONFLICT, FALSE, NULL },
  { "not available for use", TB_ERROR_CONFLICT, FALSE, NULL },
  { "already exists", TB_ERROR_CONFLICT, FALSE, NULL },
  { "duplicate email", TB_ERROR_CONFLICT, FALSE, NULL },
  { "must be in draft status", TB_ERROR_CONFLICT, FALSE, NULL },
  { "cannot modify an invoice", TB_ERROR_CONFLICT, FALSE, NULL },
  { "immutab", TB_ERROR_CONFLICT, FALSE, NULL },
  { "that is cancelled", TB_ERROR_CONFLICT, FALSE, NULL },
  { "not in unpaid status", TB_ERROR_CONFLICT, FALSE, NULL },
  { "", TB_ERROR_FAILED, FALSE, NULL },
};

static char *
strike_out (const TbWhmcsReplyContext *context, const char *text)
{
  GString *out = g_string_new (text);

  for (guint i = 0; context->secrets != NULL && context->secrets[i] != NULL; i++)
    if (*context->secrets[i] != '\0')
      g_string_replace (out, context->secrets[i], "…", 0);
  return g_string_free (out, FALSE);
}

/* Its words, as one line without entities or secrets. */
static char *
quote (const TbWhmcsReplyContext *context, const char *text, guint max)
{
  g_autofree char *decoded = tb_whmcs_decode (text);
  g_autofree char *safe = strike_out (context, decoded);

  return tb_text_for_message (safe, -1, max);
}

static void
refuse (TbWhmcsReply *self, const TbWhmcsReplyContext *context, const char *message)
{
  g_autofree char *words = quote (context, *message != '\0' ? message : _("no reason"), COMPLAINT_MAX);
  g_autofree char *lower = g_ascii_strdown (message, -1);
  const char *advice;
  guint i = 0;

  while (strstr (lower, refusals[i].says) == NULL)
    i++;
  advice = i == 0 && context->has_access_key ? N_ ("This computer is not let in: the access key is not the one in configuration.php.")
                                             : refusals[i].advice;
  self->outcome = TB_WHMCS_REFUSED;
  self->stops = refusals[i].stops;
  self->error = g_error_new (TB_ERROR, refusals[i].code, _("%s refuses %s: “%s”."), context->host, context->action, words);
  if (advice != NULL)
    {
      g_autofree char *what = g_steal_pointer (&self->error->message);

      self->error->message = g_strdup_printf ("%s %s", what, _(advice));
    }
}

/* ---- reading the bytes ---- */

/* PHP writes 15.95 where a colleague writes "15.95", and no double can hold either: every number becomes the text that it was. */
static GBytes *
put_numbers_in_quotes (const char *text, gsize len)
{
  GString *out = g_string_sized_new (len + len / 8);
  gboolean in_text = FALSE;

  for (gsize i = 0; i < len;)
    {
      gsize n = 1;

      if (!in_text && (g_ascii_isdigit (text[i]) || text[i] == '-'))
        {
          while (i + n < len && text[i + n] != '\0' && strchr ("0123456789.eE+-", text[i + n]) != NULL)
            n++;
          g_string_append_c (out, '"');
          g_string_append_len (out, text + i, (gssize) n);
          g_string_append_c (out, '"');
          i += n;
          continue;
        }
      if (text[i] == '"')
        in_text = !in_text;
      else if (in_text && text[i] == '\\' && i + 1 < len)
        n = 2;
      g_string_append_len (out, text + i, (gssize) n);
      i += n;
    }
  return g_string_free_to_bytes (out);
}

static JsonNode *
parse_part (const char *text, gsize len)
{
  g_autoptr (GBytes) quoted = put_numbers_in_quotes (text, len);
  gsize size;
  const char *data = g_bytes_get_data (quoted, &size);
  g_autoptr (JsonNode) root = tb_json_parse (data, (gssize) size, TB_JSON_FOREIGN, NULL);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

/* PHP writes its answer on one line, so what is within it never begins a line: a row of an answer that was cut is not taken for the answer. */
static gboolean
may_begin (const char *text, const char *at)
{
  return at == text || at[-1] == '\n' || at[-1] == '>' || (at - text == 3 && (guchar) at[-1] == 0xbf);
}

/* Warnings of PHP and of hooks may stand before the answer and behind it. */
static JsonNode *
parse_body (const char *text, gsize len)
{
  const char *at = text;
  guint tries = 0;

  while (len > 0 && text[len - 1] != '}')
    len--;
  for (; len > 0 && tries < BEGINNINGS_MAX && (at = memchr (at, '{', (gsize) (text + len - at))) != NULL; at++)
    if (may_begin (text, at))
      {
        JsonNode *root = parse_part (at, (gsize) (text + len - at));

        tries++;
        if (root != NULL)
          return root;
      }
  return NULL;
}

/* ---- what it says ---- */

/* CreateInvoice has a "status" of its own beside "result"; a few actions have only that. */
static void
hear (TbWhmcsReply *self, const TbWhmcsReplyContext *context)
{
  const char *result = tb_json_get_text (self->root, "result");
  const char *message = tb_json_get_text (self->root, "message");
  const char *warning = tb_json_get_text (self->root, "warning");
  g_autofree char *words = NULL;

  if (result == NULL)
    result = tb_json_get_text (self->root, "status");
  if (result != NULL && g_ascii_strcasecmp (result, "success") == 0)
    {
      self->outcome = TB_WHMCS_DONE;
      return;
    }
  if (result != NULL && g_ascii_strcasecmp (result, "error") == 0)
    {
      refuse (self, context, message != NULL ? message : "");
      return;
    }
  words = quote (context, warning != NULL ? warning : message != NULL ? message : result != NULL ? result : "", COMPLAINT_MAX);
  self->error = g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s neither did %s nor refused it: “%s”."), context->host,
                             context->action, words);
}

static char *
find_title (const TbWhmcsReplyContext *context, const char *body)
{
  g_autofree char *lower = g_ascii_strdown (body, -1);
  const char *begin = strstr (lower, "<title>");
  const char *end = begin != NULL ? strstr (begin, "</title>") : NULL;
  g_autofree char *title = end != NULL ? g_strndup (body + (begin - lower) + 7, (gsize) (end - begin) - 7) : NULL;

  return title != NULL ? quote (context, g_strstrip (title), TITLE_MAX) : NULL;
}

/* A page, half an answer, or nothing: what to look at. */
static GError *
diagnose_unreadable (const TbWhmcsReplyContext *context, const TbHttpAnswer *answer, const char *text)
{
  g_autofree char *title = find_title (context, text);
  g_autofree char *begin = quote (context, text, TITLE_MAX);

  if (*text == '\0')
    return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s answered %s with nothing at all (HTTP %u)."), context->host,
                        context->action, answer->status);
  if (title != NULL)
    return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT,
                        _("%s answered %s with a web page, “%s” (HTTP %u). The address must be that of the folder in which WHMCS is."),
                        context->host, context->action, title, answer->status);
  if (strchr (text, '<') != NULL && strchr (text, '{') == NULL)
    return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT,
                        _("%s answered %s with a web page (HTTP %u). The address must be that of the folder in which WHMCS is."), context->host,
                        context->action, answer->status);
  return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("What %s answered to %s cannot be read (HTTP %u); it begins “%s”."), context->host,
                      context->action, answer->status, begin);
}

/* A redirect turns a POST into a GET without what was sent, so it is an address to correct, never a way to go. */
static GError *
diagnose_redirect (const TbWhmcsReplyContext *context, const TbHttpAnswer *answer)
{
  const char *location = answer->headers != NULL ? soup_message_headers_get_one (answer->headers, "Location") : NULL;
  GUri *asked = answer->message != NULL ? soup_message_get_uri (answer->message) : NULL;
  g_autoptr (GUri) to = location != NULL && asked != NULL ? g_uri_parse_relative (asked, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  g_autofree char *place = to != NULL ? g_strdup_printf ("%s://%s%s", g_uri_get_scheme (to), g_uri_get_host (to), g_uri_get_path (to)) : NULL;
  g_autofree char *shown = place != NULL ? quote (context, place, COMPLAINT_MAX) : NULL;

  if (shown == NULL)
    return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s sends %s on to another place (HTTP %u), which is not followed."), context->host,
                        context->action, answer->status);
  return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT,
                      _("%s sends %s on to %s (HTTP %u), which is not followed. Enter that address if it is right."), context->host,
                      context->action, shown, answer->status);
}

/* Neither 2xx nor WHMCS's own words. */
static void
hear_http (TbWhmcsReply *self, const TbWhmcsReplyContext *context, const TbHttpAnswer *answer, const char *text)
{
  g_autofree char *title = find_title (context, text);

  self->outcome = answer->unsent ? TB_WHMCS_NOT_SENT : TB_WHMCS_UNKNOWN;
  self->passes = answer->passing;
  if (answer->status >= 300 && answer->status < 400)
    self->error = diagnose_redirect (context, answer);
  else if (answer->status == 401 || answer->status == 403)
    {
      self->stops = TRUE;
      self->error = g_error_new (TB_ERROR, TB_ERROR_AUTH,
                                 _("%s does not let %s through (HTTP %u), and it was not WHMCS that said so: a web server or firewall in front of it. "
                                   "%s"),
                                 context->host, context->action, answer->status, title != NULL ? title : "");
      g_strchomp (self->error->message);
    }
  else
    self->error = g_error_copy (answer->bad);
}

static gboolean
is_refusing_status (guint status)
{
  return status == 400 || status == 401 || status == 403 || status == 404 || status == 405 || status == 422;
}

TbWhmcsReply *
tb_whmcs_reply_new_error (TbWhmcsOutcome outcome, GError *error)
{
  TbWhmcsReply *self = g_new0 (TbWhmcsReply, 1);

  self->outcome = outcome;
  self->error = error;
  self->retry_after = -1;
  return self;
}

TbWhmcsReply *
tb_whmcs_reply_new (const TbHttpAnswer *answer, const TbWhmcsReplyContext *context)
{
  TbWhmcsReply *self = tb_whmcs_reply_new_error (TB_WHMCS_UNKNOWN, NULL);
  gsize len;
  const char *data = g_bytes_get_data (answer->body, &len);
  g_autofree char *text = g_strndup (data != NULL ? data : "", MIN (len, 4096));
  gboolean good = answer->bad == NULL;

  self->retry_after = answer->retry_after;
  /* After 5xx even "success" is not to be believed, nor its contrary: WHMCS fails while it emits what it has done. */
  self->root = good || is_refusing_status (answer->status) ? parse_body (data, len) : NULL;
  if (self->root != NULL && (good || g_strcmp0 (tb_json_get_text (self->root, "result"), "error") == 0))
    hear (self, context);
  else if (!good)
    hear_http (self, context, answer, text);
  else
    {
      self->passes = TRUE;
      self->error = diagnose_unreadable (context, answer, text);
    }
  return self;
}

void
tb_whmcs_reply_free (TbWhmcsReply *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_error (&self->error);
  g_free (self);
}
