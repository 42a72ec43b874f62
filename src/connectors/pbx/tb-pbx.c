/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-pbx-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-pin.h"
#include "tb-secret.h"
#include "tb-text.h"

#define DAY 86400

static guint patience; /* milliseconds; 0 = a second */

G_DEFINE_FINAL_TYPE (TbPbx, tb_pbx, G_TYPE_OBJECT)

/* ---- object ---- */

static void
tb_pbx_finalize (GObject *object)
{
  TbPbx *self = TB_PBX (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_clear_pointer (&self->tenants, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_free (self->name);
  g_free (self->base);
  g_free (self->host);
  g_free (self->user);
  g_free (self->format);
  g_free (self->columns);
  tb_secret_free (self->secret);
  tb_secret_free (self->token);
  G_OBJECT_CLASS (tb_pbx_parent_class)->finalize (object);
}

static void
tb_pbx_class_init (TbPbxClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tb_pbx_finalize;
}

static void
tb_pbx_init (TbPbx *self)
{
}

/* ---- settings ---- */

static const TbPbxKind *
find_kind (const char *kind)
{
  for (guint i = 0; kind != NULL && tb_pbx_kinds[i] != NULL; i++)
    if (g_str_equal (tb_pbx_kinds[i]->form.kind, kind))
      return tb_pbx_kinds[i];
  return NULL;
}

static char *
given (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* People paste an address with or without the slash at its end; a query and a fragment are never a part of it. */
static gboolean
set_address (TbPbx *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) bare = NULL;
  g_autofree char *path = NULL;

  if (self->kind->is_local)
    {
      self->base = g_strdup (url != NULL ? url : "");
      self->host = g_strdup (self->name);
      return TRUE;
    }
  uri = tb_http_parse_url (url, error);
  if (uri == NULL)
    return FALSE;
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  bare = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), path, NULL, NULL);
  self->base = g_uri_to_string (bare);
  if (*path == '\0' && g_str_has_suffix (self->base, "/"))
    self->base[strlen (self->base) - 1] = '\0';
  self->host = g_strdup (g_uri_get_host (uri));
  return TRUE;
}

/* A pin that protects nothing is refused rather than forgotten. */
static gboolean
pin (TbPbx *self, const char *certificate, GError **error)
{
  g_autofree char *fingerprint = NULL;

  if (certificate == NULL || *certificate == '\0')
    return TRUE;
  if (self->kind->is_local || !g_str_has_prefix (self->base, "https://"))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Connection “%s” has a pinned certificate, but is not spoken to by https://."), self->name);
      return FALSE;
    }
  fingerprint = tb_pin_parse (certificate, error);
  if (fingerprint != NULL)
    tb_http_session_pin (self->session, fingerprint);
  return fingerprint != NULL;
}

TbPbx *
tb_pbx_new (const TbConnection *connection, const char *secret, GError **error)
{
  const TbPbxKind *kind = find_kind (connection->kind);
  g_autoptr (TbPbx) self = NULL;

  if (kind == NULL)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_UNSUPPORTED, _("Connection “%s” is of kind “%s”, which is not collected over the network. Import its files."),
                   connection->name != NULL ? connection->name : "", connection->kind != NULL ? connection->kind : "");
      return NULL;
    }
  self = g_object_new (TB_TYPE_PBX, NULL);
  self->kind = kind;
  self->name = g_strdup (connection->name != NULL ? connection->name : "");
  self->user = given (connection->user);
  self->secret = given (secret);
  self->format = given (connection->format);
  self->columns = given (connection->columns);
  self->zone = tb_zone_new (connection->time_zone, error);
  if (self->zone == NULL || !set_address (self, connection->url, error) || (kind->check != NULL && !kind->check (self, error)))
    return NULL;
  self->session = tb_http_session_new ();
  return pin (self, connection->certificate, error) ? g_steal_pointer (&self) : NULL;
}

gint64
tb_pbx_get_max_window (TbPbx *self)
{
  return self->kind->max_window > 0 ? self->kind->max_window : DAY;
}

static gint64
overlap_of (const TbPbxKind *kind)
{
  return kind != NULL && kind->overlap > 0 ? kind->overlap : 2 * DAY;
}

gint64
tb_pbx_get_overlap (TbPbx *self)
{
  return overlap_of (self->kind);
}

gint64
tb_pbx_kind_get_overlap (const char *kind)
{
  return overlap_of (find_kind (kind));
}

gint64
tb_pbx_get_clock_lead (TbPbx *self)
{
  return self->clock_lead;
}

void
tb_pbx_set_patience (guint milliseconds)
{
  patience = milliseconds;
}

guint
tb_pbx_get_patience (void)
{
  return patience > 0 ? patience : tb_http_get_second ();
}

void
tb_pbx_set_known_files (TbPbx *self, GHashTable *known)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  self->known = g_hash_table_ref (known);
}

GHashTable *
tb_pbx_get_listed_files (TbPbx *self)
{
  return self->listed;
}

void
tb_pbx_set_token (TbPbx *self, const char *token)
{
  tb_secret_free (self->token);
  self->token = g_strdup (token);
}

gboolean
tb_pbx_need_secret (TbPbx *self, GError **error)
{
  if (self->secret != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("There is no %s for %s. %s"), self->kind->form.secret != NULL ? _(self->kind->form.secret) : _("password"),
               self->host, self->kind->form.hint != NULL ? _(self->kind->form.hint) : "");
  return FALSE;
}

gboolean
tb_pbx_need_user (TbPbx *self, GError **error)
{
  if (self->user != NULL)
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("There is no %s for %s. Enter it at the connection."),
               self->kind->form.user != NULL ? _(self->kind->form.user) : _("user"), self->host);
  return FALSE;
}

/* ---- tenants ---- */

void
tb_pbx_tenant_free (TbPbxTenant *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->title);
  g_strfreev (self->extensions);
  g_strfreev (self->dids);
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_free (self->id);
  g_free (self);
}

TbPbxTenant *
tb_pbx_add_tenant (TbPbx *self, const char *name, const char *title, const char *const *extensions, const char *const *dids)
{
  TbPbxTenant *tenant = g_new0 (TbPbxTenant, 1);

  tenant->name = g_strdup (name);
  tenant->title = given (title);
  tenant->extensions = g_strdupv ((char **) extensions);
  tenant->dids = g_strdupv ((char **) dids);
  if (self->tenants == NULL)
    self->tenants = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_pbx_tenant_free);
  g_ptr_array_add (self->tenants, tenant);
  return tenant;
}

gboolean
tb_pbx_end_tenants (TbPbx *self, GError **error)
{
  self->has_tenants = self->tenants != NULL;
  if (!self->has_tenants)
    g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s shows no domain to this user. Is it an administrator?"), self->host);
  return self->has_tenants;
}

/* ---- requests ---- */

char *
tb_pbx_escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

char *
tb_pbx_time (gint64 time, const char *format, TbZone *zone)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time + (zone != NULL ? tb_zone_offset_at (zone, time) : 0));

  return g_date_time_format (date, format);
}

gint64
tb_pbx_end_in (gint64 time, TbZone *zone)
{
  int back = tb_zone_offset_at (zone, time - 3600) - tb_zone_offset_at (zone, time);

  return time + MAX (back, 0);
}

static SoupMessage *
new_message (TbPbx *self, const char *method, const char *path, const char *query)
{
  g_autofree char *full = g_strconcat (self->base, path, query != NULL ? (strchr (path, '?') != NULL ? "&" : "?") : NULL, query, NULL);

  return soup_message_new (method, full);
}

SoupMessage *
tb_pbx_request (TbPbx *self, const char *method, const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list arguments;

  va_start (arguments, format);
  path = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return new_message (self, method, path, NULL);
}

static char *
encode_pairs (const char *name, va_list arguments)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (; name != NULL; name = va_arg (arguments, const char *))
    {
      const char *value = va_arg (arguments, const char *);
      g_autofree char *escaped = value != NULL ? tb_pbx_escape (value) : NULL;
      g_autofree char *key = tb_pbx_escape (name);

      if (value != NULL)
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "&" : "", key, escaped);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

SoupMessage *
tb_pbx_get (TbPbx *self, const char *path, const char *name, ...)
{
  g_autofree char *query = NULL;
  va_list arguments;

  va_start (arguments, name);
  query = encode_pairs (name, arguments);
  va_end (arguments);
  return new_message (self, "GET", path, *query != '\0' ? query : NULL);
}

SoupMessage *
tb_pbx_post_form (TbPbx *self, const char *path, const char *name, ...)
{
  SoupMessage *message = new_message (self, "POST", path, NULL);
  char *form;
  va_list arguments;

  va_start (arguments, name);
  form = encode_pairs (name, arguments);
  va_end (arguments);
  if (message != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (form, strlen (form));

      soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
    }
  return message;
}

SoupMessage *
tb_pbx_send_json (TbPbx *self, const char *method, const char *path, JsonNode *json)
{
  SoupMessage *message = new_message (self, method, path, NULL);
  char *text = json_to_string (json, FALSE);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  json_node_unref (json);
  return message;
}

SoupMessage *
tb_pbx_send_object (TbPbx *self, const char *method, const char *path, JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return tb_pbx_send_json (self, method, path, node);
}

void
tb_pbx_authorize_basic (SoupMessage *message, const char *user, const char *secret)
{
  g_autofree char *pair = g_strdup_printf ("%s:%s", user != NULL ? user : "", secret != NULL ? secret : "");
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
}

void
tb_pbx_authorize_bearer (SoupMessage *message, const char *token)
{
  g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
}
