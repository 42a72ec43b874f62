/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-fusionpbx.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-http.h"
#include "tb-secret.h"

#define PAGE "/app/xml_cdr/xml_cdr_export.php"
/* A busy PBX of 10,000 phones writes some 200,000 calls a day at 600 bytes each. */
#define LIMIT ((gsize) 512 * 1024 * 1024)
#define TIMEOUT 300

struct _TbFusionPbx
{
  GObject parent_instance;

  SoupSession *session;
  char *url; /* of the export, without any secret */
  char *host;
  char *user;   /* NULL = the secret is an API key */
  char *secret; /* NULL = none was given */
  TbZone *zone;
};

static void tb_fusionpbx_pbx_init (TbPbxInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TbFusionPbx, tb_fusionpbx, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (TB_TYPE_PBX, tb_fusionpbx_pbx_init))

/* ---- the request ---- */

/* FusionPBX reads parameters from address and body alike ($_REQUEST, app/xml_cdr/xml_cdr_inc.php), so the key goes into the
 * body, where no log of a web server keeps it. The range includes both ends; an epoch of 0 would count as "no range". */
static SoupMessage *
make_request (TbFusionPbx *self, gint64 from, gint64 to)
{
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (from, 1));
  g_autofree char *stop = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (to - 1, 1));
  char *form;

  if (self->user != NULL)
    form = soup_form_encode ("username", self->user, "password", self->secret, "export_format", "csv", "show", "all", "leg", "a",
                             "start_epoch", start, "stop_epoch", stop, NULL);
  else
    form = soup_form_encode ("key", self->secret, "export_format", "csv", "show", "all", "leg", "a", "start_epoch", start, "stop_epoch", stop, NULL);
  return soup_message_new_from_encoded_form ("POST", self->url, form);
}

static gboolean
check_secret (TbFusionPbx *self, GTask *task)
{
  if (self->secret != NULL && *self->secret != '\0')
    return TRUE;
  g_task_return_new_error (task, TB_ERROR, TB_ERROR_AUTH, _("There is no API key for %s. Make one in FusionPBX under Accounts → Users → API Key, and enter it here."),
                           self->host);
  return FALSE;
}

/* The reader recognises login pages and "access denied". Nothing at all is how FusionPBX answers a user who may export, but
 * not as CSV. */
static TbCallReader *
read_answer (TbFusionPbx *self, GBytes *body, GError **error)
{
  TbCallReaderOptions options = { .format = "fusionpbx", .zone = self->zone };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (body);
  TbCallReader *reader;

  if (g_bytes_get_size (body) == 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s answered nothing: the user lacks the permission xml_cdr_export_csv."), self->host);
      return NULL;
    }
  reader = tb_call_reader_new (stream, &options, NULL, error);
  if (reader == NULL && error != NULL && g_error_matches (*error, TB_ERROR, TB_ERROR_AUTH))
    g_prefix_error (error, "%s: ", self->host);
  else if (reader == NULL)
    g_prefix_error (error, _("%s did not answer like a FusionPBX. "), self->host);
  return reader;
}

/* ---- fetching ---- */

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TbFusionPbx *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = tb_http_send_finish (result, &error);
  TbCallReader *reader = body != NULL ? read_answer (self, body, &error) : NULL;

  if (reader == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reader, (GDestroyNotify) tb_call_reader_free);
}

static void
ask (TbFusionPbx *self, gint64 from, gint64 to, GTask *task, GAsyncReadyCallback callback)
{
  const TbHttpLimits limits = { .timeout = TIMEOUT, .limit = LIMIT };
  g_autoptr (SoupMessage) message = NULL;

  if (!check_secret (self, task))
    {
      g_object_unref (task);
      return;
    }
  message = make_request (self, from, to);
  tb_http_send_async (self->session, message, &limits, g_task_get_cancellable (task), callback, task);
}

static void
tb_fusionpbx_fetch_async (TbPbx *pbx, gint64 from, gint64 to, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (pbx, cancellable, callback, data);

  g_task_set_source_tag (task, tb_fusionpbx_fetch_async);
  g_task_set_check_cancellable (task, FALSE); /* its error would not be of our domain */
  ask (TB_FUSIONPBX (pbx), from, to, task, on_fetched);
}

static TbCallReader *
tb_fusionpbx_fetch_finish (TbPbx *pbx, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- testing ---- */

static char *
describe (TbFusionPbx *self, TbCallReader *reader, GError **error)
{
  guint calls = 0, domainless = 0, rejects = 0;
  const TbReadReject *reject = NULL;
  const TbCall *call;
  TbReadResult got;

  while ((got = tb_call_reader_next (reader, &call, &reject, error)) == TB_READ_CALL || got == TB_READ_REJECT)
    {
      calls += got == TB_READ_CALL;
      rejects += got == TB_READ_REJECT;
      domainless += got == TB_READ_CALL && *call->tenant == '\0';
    }
  if (got == TB_READ_ERROR)
    return NULL;
  if (calls == 0 && rejects > 0)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s answered, but its records cannot be read: %s"), self->host, reject->reason);
      return NULL;
    }
  if (domainless > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s answered: %u call in the last hour, of this key's domain only (no permission xml_cdr_all).",
                                         "%s answered: %u calls in the last hour, of this key's domain only (no permission xml_cdr_all).", calls),
                            self->host, calls);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s answered: %u call in the last hour.", "%s answered: %u calls in the last hour.", calls),
                          self->host, calls);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TbFusionPbx *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = tb_http_send_finish (result, &error);
  g_autoptr (TbCallReader) reader = body != NULL ? read_answer (self, body, &error) : NULL;
  char *sentence = reader != NULL ? describe (self, reader, &error) : NULL;

  if (sentence == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, sentence, g_free);
}

static void
tb_fusionpbx_test_async (TbPbx *pbx, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (pbx, cancellable, callback, data);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_task_set_source_tag (task, tb_fusionpbx_test_async);
  g_task_set_check_cancellable (task, FALSE); /* its error would not be of our domain */
  ask (TB_FUSIONPBX (pbx), now - 3600, now + 1, task, on_tested);
}

static char *
tb_fusionpbx_test_finish (TbPbx *pbx, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- object ---- */

static void
tb_fusionpbx_finalize (GObject *object)
{
  TbFusionPbx *self = TB_FUSIONPBX (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, tb_zone_unref);
  g_free (self->url);
  g_free (self->host);
  g_free (self->user);
  tb_secret_free (self->secret);
  G_OBJECT_CLASS (tb_fusionpbx_parent_class)->finalize (object);
}

static void
tb_fusionpbx_class_init (TbFusionPbxClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tb_fusionpbx_finalize;
}

static void
tb_fusionpbx_init (TbFusionPbx *self)
{
  self->session = tb_http_session_new ();
}

/* No paging and no limit on the server: a day at once. The importer can stand still, so two days are read again. */
static void
tb_fusionpbx_pbx_init (TbPbxInterface *iface)
{
  iface->max_window = 86400;
  iface->overlap = 48 * 3600;
  iface->test_async = tb_fusionpbx_test_async;
  iface->test_finish = tb_fusionpbx_test_finish;
  iface->fetch_async = tb_fusionpbx_fetch_async;
  iface->fetch_finish = tb_fusionpbx_fetch_finish;
}

/* People paste what their browser shows: the address of any page of it will do. */
static char *
export_url (GUri *uri)
{
  const char *path = g_uri_get_path (uri);
  const char *app = strstr (path, "/app/"), *core = strstr (path, "/core/");
  const char *inside = app != NULL ? app : core;
  const char *slash = inside != NULL ? inside : strrchr (path, '/');
  gsize keep = inside == NULL && slash != NULL && strchr (slash, '.') == NULL ? strlen (path) : slash != NULL ? (gsize) (slash - path) : 0;
  g_autofree char *base = g_strndup (path, keep);
  g_autofree char *full = NULL;
  g_autoptr (GUri) export = NULL;

  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  full = g_strconcat (base, PAGE, NULL);
  export = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), full, "export_format=csv&show=all",
                        NULL);
  return g_uri_to_string (export);
}

TbPbx *
tb_fusionpbx_new (const TbConnection *connection, const char *secret, GError **error)
{
  g_autoptr (GUri) uri = tb_http_parse_url (connection->url, error);
  g_autoptr (TbZone) zone = NULL;
  TbFusionPbx *self;

  if (uri == NULL)
    return NULL;
  zone = tb_zone_new (connection->time_zone, error);
  if (zone == NULL)
    return NULL;

  self = g_object_new (TB_TYPE_FUSIONPBX, NULL);
  self->zone = g_steal_pointer (&zone);
  self->url = export_url (uri);
  self->host = g_strdup (g_uri_get_host (uri));
  self->user = connection->user != NULL && *connection->user != '\0' ? g_strdup (connection->user) : NULL;
  self->secret = g_strdup (secret);
  return TB_PBX (self);
}
