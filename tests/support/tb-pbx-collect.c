/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-pbx-collect.h"

#include <string.h>

#include "tb-text.h"

typedef struct
{
  gboolean done;
  GAsyncResult *result;
} Wait;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  wait->done = TRUE;
}

static char *
line_of (const TbCall *call)
{
  g_autofree char *start = tb_time_format (call->start, NULL);

  return g_strdup_printf ("%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%d|%d|%d", call->uid, start, call->tenant, call->extension,
                          tb_direction_to_string (call->direction), call->caller, call->caller_name, call->callee, call->did, call->account_code,
                          call->cause, call->ring, call->duration, call->seconds);
}

TbCollected *
tb_collected_new (void)
{
  TbCollected *self = g_new0 (TbCollected, 1);

  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
tb_collected_reject (TbCollected *self, const char *reason)
{
  if (self->rejects++ == 0)
    self->reason = g_strdup (reason);
}

void
tb_collected_take (TbCollected *self, TbCallReader *reader)
{
  const TbReadReject *reject;
  const TbCall *call;
  TbReadResult got;

  self->pages++;
  while ((got = tb_call_reader_next (reader, &call, &reject, &self->error)) == TB_READ_CALL || got == TB_READ_REJECT)
    {
      if (got == TB_READ_REJECT)
        {
          tb_collected_reject (self, reject->reason);
          continue;
        }
      self->calls++;
      g_ptr_array_add (self->lines, line_of (call));
      if (g_hash_table_add (self->seen, *call->uid != '\0' ? g_strdup (call->uid) : line_of (call)))
        {
          self->unique++;
          self->answered += call->ring >= 0;
          self->seconds += call->seconds;
        }
    }
  self->skipped += (guint) tb_call_reader_get_skipped (reader);
}

/* ---- talks ---- */

TbCollected *
tb_pbx_collect (TbPbx *pbx, gint64 from, gint64 to)
{
  TbCollected *self = tb_collected_new ();
  g_autoptr (TbPbxTalk) talk = tb_pbx_talk_new (pbx, from, to);

  tb_pbx_set_patience (1);
  while (self->error == NULL)
    {
      Wait wait = { 0 };
      g_autoptr (TbPbxPage) page = NULL;

      tb_pbx_talk_next_async (talk, NULL, on_ready, &wait);
      tb_fake_server_wait (&wait.done);
      page = tb_pbx_talk_next_finish (talk, wait.result, &self->error);
      g_object_unref (wait.result);
      if (page == NULL)
        break;
      tb_set_str (&self->file, page->file);
      tb_set_str (&self->version, page->version);
      tb_collected_take (self, page->reader);
    }
  return self;
}

void
tb_collected_free (TbCollected *self)
{
  g_ptr_array_unref (self->lines);
  g_clear_error (&self->error);
  g_free (self->reason);
  g_free (self->file);
  g_free (self->version);
  g_free (self->format);
  g_hash_table_unref (self->seen);
  g_free (self);
}

const char *
tb_collected_find (TbCollected *self, const char *uid)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_str_has_prefix (self->lines->pdata[i], uid) && ((char *) self->lines->pdata[i])[strlen (uid)] == '|')
      return self->lines->pdata[i];
  return NULL;
}

guint
tb_collected_count (TbCollected *self, const char *part)
{
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += strstr (self->lines->pdata[i], part) != NULL;
  return n;
}

char *
tb_pbx_collect_test (TbPbx *pbx, int *ret_code)
{
  Wait wait = { 0 };
  g_autoptr (GError) error = NULL;
  char *sentence;

  tb_pbx_set_patience (1);
  tb_pbx_test_async (pbx, NULL, on_ready, &wait);
  tb_fake_server_wait (&wait.done);
  sentence = tb_pbx_test_finish (pbx, wait.result, &error);
  g_object_unref (wait.result);
  *ret_code = error != NULL ? error->code : -1;
  return sentence != NULL ? sentence : g_strdup (error->message);
}

GPtrArray *
tb_pbx_collect_tenants (TbPbx *pbx)
{
  Wait wait = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *tenants;

  tb_pbx_set_patience (1);
  tb_pbx_list_tenants_async (pbx, NULL, on_ready, &wait);
  tb_fake_server_wait (&wait.done);
  tenants = tb_pbx_list_tenants_finish (pbx, wait.result, &error);
  g_object_unref (wait.result);
  g_assert_no_error (error);
  return tenants;
}

void
tb_pbx_assert_says (TbPbx *pbx, const char *why, int code, const char *says)
{
  int got;
  g_autofree char *said = tb_pbx_collect_test (pbx, &got);

  g_test_message ("%s: %s", why, said);
  g_assert_cmpint (got, ==, code);
  g_assert_nonnull (strstr (said, says));
  g_assert_null (strstr (said, "S3CR3T"));
}

TbPbx *
tb_pbx_for_test (const char *kind, const char *url, const char *user, const char *secret)
{
  g_autoptr (TbConnection) connection = tb_connection_new ();
  g_autoptr (GError) error = NULL;
  TbPbx *pbx;

  tb_set_str (&connection->name, "pbx 1");
  tb_set_str (&connection->kind, kind);
  tb_set_str (&connection->url, url);
  tb_set_str (&connection->user, user);
  tb_set_str (&connection->time_zone, "America/Winnipeg");
  pbx = tb_pbx_new (connection, secret, &error);
  g_assert_no_error (error);
  return pbx;
}
