/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-kind.h"

/* What a talk holds, and what kinds use of it. How it goes on is in tb-pbx-driver.c. */

/* ---- the talk ---- */

TbPbxTalk *
tb_pbx_talk_new (TbPbx *pbx, gint64 from, gint64 to)
{
  TbPbxTalk *self = g_new0 (TbPbxTalk, 1);

  self->pbx = g_object_ref (pbx);
  self->from = from;
  self->to = to;
  g_queue_init (&self->pages);
  return self;
}

void
tb_pbx_talk_free (TbPbxTalk *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->pages, (GDestroyNotify) tb_pbx_page_free);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  if (self->data_free != NULL)
    self->data_free (self->data);
  g_clear_object (&self->pbx);
  g_free (self->cursor);
  g_free (self);
}

gboolean
tb_pbx_talk_is_over (const TbPbxTalk *self)
{
  return self->over && g_queue_is_empty ((GQueue *) &self->pages);
}

void
tb_pbx_page_free (TbPbxPage *self)
{
  if (self == NULL)
    return;
  tb_call_reader_free (self->reader);
  g_free (self->source);
  g_free (self->file);
  g_free (self->version);
  g_free (self);
}

/* ---- what kinds use ---- */

gboolean
tb_pbx_talk_saw (TbPbxTalk *self, const char *id)
{
  if (self->seen == NULL)
    self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return g_hash_table_add (self->seen, g_strdup (id));
}

void
tb_pbx_talk_set_cursor (TbPbxTalk *self, const char *cursor)
{
  char *copy = g_strdup (cursor); /* which may be a part of the old one */

  g_free (self->cursor);
  self->cursor = copy;
}

guint
tb_pbx_talk_count_new (TbPbxTalk *self, JsonArray *records, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonNode *record = json_array_get_element (records, i);
      JsonNode *value = tb_json_at (record, id);
      g_autofree char *mark = json_to_string (value != NULL ? value : record, FALSE);

      n += tb_pbx_talk_saw (self, mark);
    }
  return n;
}

gboolean
tb_pbx_talk_check_count (TbPbxTalk *self, gint64 counted, gint64 given, GError **error)
{
  const char *tenant = tb_pbx_talk_get_tenant (self);

  if (given >= counted)
    return TRUE;
  if (tenant != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s counts %u records of “%s”, but gave %u."), self->pbx->host,
                 (guint) MIN (counted, G_MAXUINT), tenant, (guint) given);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s speaks of %u calls, but gave %u."), self->pbx->host, (guint) MIN (counted, G_MAXUINT),
                 (guint) given);
  return FALSE;
}

gboolean
tb_pbx_talk_moves_on (TbPbxTalk *self, const char *mark, GError **error)
{
  if (tb_pbx_talk_saw (self, mark))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s gave the same page of its list twice, so what comes after it is unknown."), self->pbx->host);
  return FALSE;
}

TbPbxTenant *
tb_pbx_talk_at_tenant (TbPbxTalk *self)
{
  GPtrArray *tenants = self->pbx->tenants;

  return tenants != NULL && self->tenant < tenants->len ? tenants->pdata[self->tenant] : NULL;
}

const char *
tb_pbx_talk_get_tenant (TbPbxTalk *self)
{
  const TbPbxTenant *tenant = tb_pbx_talk_at_tenant (self);

  return tenant != NULL ? tenant->name : NULL;
}

void
tb_pbx_talk_next_tenant (TbPbxTalk *self)
{
  self->tenant++;
  self->page = 0;
  self->given = 0;
  g_clear_pointer (&self->cursor, g_free);
  g_clear_pointer (&self->seen, g_hash_table_unref); /* marks are only told apart within a tenant */
}

static TbCallReaderOptions
options_of (TbPbxTalk *self, const char *tenant)
{
  const TbPbx *pbx = self->pbx;

  return (TbCallReaderOptions){ .format = pbx->kind->format != NULL ? pbx->kind->format : pbx->format, .columns = pbx->columns, .zone = pbx->zone,
                                .tenant = tenant };
}

/* Takes `reader`; NULL = `error` says why there is none. */
static gboolean
give (TbPbxTalk *self, TbCallReader *reader, const char *source, const char *file, const char *version, GError **error)
{
  TbPbxPage *page;

  if (reader == NULL)
    {
      g_prefix_error (error, "%s: ", source);
      return FALSE;
    }
  page = g_new0 (TbPbxPage, 1);
  page->reader = reader;
  page->source = g_strdup (source);
  page->file = g_strdup (file);
  page->version = g_strdup (version);
  g_queue_push_tail (&self->pages, page);
  return TRUE;
}

gboolean
tb_pbx_give (TbPbxTalk *self, GBytes *body, const char *tenant, GError **error)
{
  const TbCallReaderOptions options = options_of (self, tenant);
  g_autoptr (GInputStream) stream = NULL;

  if (self->root != NULL && body == self->root_of)
    return tb_pbx_give_json (self, self->root, tenant, error);
  stream = g_memory_input_stream_new_from_bytes (body);
  return give (self, tb_call_reader_new (stream, &options, NULL, error), self->pbx->host, NULL, NULL, error);
}

gboolean
tb_pbx_give_json (TbPbxTalk *self, JsonNode *root, const char *tenant, GError **error)
{
  const TbCallReaderOptions options = options_of (self, tenant);

  return give (self, tb_call_reader_new_json (root, &options, error), self->pbx->host, NULL, NULL, error);
}

gboolean
tb_pbx_give_stream (TbPbxTalk *self, GInputStream *stream, const char *source, const char *file, const char *version, GError **error)
{
  const TbCallReaderOptions options = options_of (self, NULL);

  return give (self, tb_call_reader_new (stream, &options, NULL, error), source, file, version, error);
}

JsonNode *
tb_pbx_read_json (TbPbxTalk *self, const TbHttpAnswer *answer, GError **error)
{
  gsize len;
  const char *text = g_bytes_get_data (answer->body, &len);
  g_autofree char *begin = g_ascii_strdown (text != NULL ? text : "", (gssize) MIN (len, 16384));
  JsonNode *root;

  if (g_str_has_prefix (g_strchug (begin), "<") && (strstr (begin, "login") != NULL || strstr (begin, "password") != NULL))
    {
      g_set_error (error, TB_ERROR, TB_ERROR_AUTH, _("%s answered with a login page: the key or the user was not accepted."), self->pbx->host);
      return NULL;
    }
  root = tb_json_parse (text != NULL ? text : "", (gssize) len, TB_JSON_FOREIGN, error);
  if (root == NULL)
    g_prefix_error (error, _("%s did not answer like a %s. "), self->pbx->host, _(self->pbx->kind->form.title));
  g_clear_pointer (&self->root, json_node_unref);
  self->root = root != NULL ? json_node_ref (root) : NULL;
  self->root_of = answer->body;
  return root;
}

JsonArray *
tb_pbx_need_list (TbPbxTalk *self, JsonNode *root, const char *path, GError **error)
{
  JsonNode *node = tb_json_at (root, path);
  g_autofree char *complaint = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  complaint = tb_json_dup_complaint (root);
  if (complaint != NULL)
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s answered, but says “%s”."), self->pbx->host, complaint);
  else
    g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s did not answer like a %s: there is no list “%s”."), self->pbx->host,
                 _(self->pbx->kind->form.title), path);
  return NULL;
}
