/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-pbx-collect.h"

/* Every kind that is spoken to over HTTP, each step of its talk, and what no API answers on a good day: an error that can be read, no call, no
 * storm of requests, no word of a secret. What a kind makes of its own protocol's refusals is in its own test. */

#define SECRET "S3CR3T-0123456789abcdef0123456789"
#define FROM G_GINT64_CONSTANT (1770076800)
#define DEPTH 100000
#define MAX_REQUESTS 6 /* of one talk, after the good ones */
#define STEPS 3

/* A log-in of any kind, more or less: it is what comes after that matters. */
static const char *const logins[] = {
  "{\"errcode\":0,\"errmsg\":\"SUCCESS\",\"status\":0,\"access_token\":\"t\",\"refresh_token\":\"r\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
  "\"access_token_expire_time\":3600,\"auth_token\":\"t\",\"data\":{\"account_id\":\"a1\"},\"response\":{\"challenge\":\"c\",\"cookie\":\"k\"}}",
  "\"t\"",
};

static const struct
{
  const char *why;
  const char *body;
  guint times; /* this often, one after the other */
} bad[] = {
  { "arrays within arrays", "[", DEPTH },
  { "objects within objects", "{\"data\":", DEPTH },
  { "elements within elements", "<cdr>", DEPTH },
  { "a list that breaks off", "[{\"id\":\"1\",\"start\":", 1 },
  { "a document that breaks off", "{\"data\":[{\"id\":\"1\"},{\"id\"", 1 },
  { "a text that breaks off", "{\"data\":\"", 1 },
  { "a login page", "<!DOCTYPE html>\n<html><form action=\"/login\"><input type=\"password\"></form></html>\n", 1 },
  { "a page", "<html><body><h1>It works!</h1></body></html>\n", 1 },
  { "a warning of PHP", "<br />\n<b>Warning</b>: x in <b>/var/www/x.php</b> on line <b>1</b><br />\n{\"data\":[]}", 1 },
  { "JSON twice", "{\"data\":[]}{\"data\":[]}", 1 },
  { "no JSON at all", "\x01\x02\xff\xfe noise \x7f", 1 },
  { "nothing", "", 1 },
  { "blanks", " \r\n\t", 1 },
};

/* Loopback, because http:// may go nowhere else; the server answers the first `good` requests with a log-in. */
static void
check (const TbPbxForm *form, const char *login, guint good, const char *why, const char *body)
{
  g_autoptr (TbFakeServer) server = tb_fake_server_new ();
  g_autoptr (TbPbx) pbx = tb_pbx_for_test (form->kind, tb_fake_server_get_url (server), form->may_lack_user ? NULL : "ann@acme", SECRET);
  g_autoptr (TbCollected) collected = NULL;

  tb_fake_server_on (server, "", NULL, 200, body);
  for (guint i = 0; i < good; i++)
    tb_fake_server_on_once (server, "", NULL, 200, login);
  collected = tb_pbx_collect (pbx, FROM, FROM + 3600);
  g_test_message ("%s, request %u, %s: %s", form->kind, good + 1, why, collected->error != NULL ? collected->error->message : "no error");
  g_assert_cmpuint (collected->calls, ==, 0);
  g_assert_cmpuint (tb_fake_server_get_count (server), <=, good + MAX_REQUESTS);
  g_assert_true (collected->error != NULL || tb_fake_server_get_count (server) <= good); /* it did not hear it */
  if (collected->error == NULL)
    return;
  g_assert_true (collected->error->domain == TB_ERROR);
  g_assert_true (g_utf8_validate (collected->error->message, -1, NULL));
  g_assert_cmpuint (strlen (collected->error->message), <, 2000);
  g_assert_null (strstr (collected->error->message, SECRET));
}

static void
check_kind (gconstpointer data)
{
  const TbPbxForm *form = data;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GString) all = g_string_new (NULL);
      const char *body;

      for (guint n = 0; n < bad[i].times; n++)
        g_string_append (all, bad[i].body);
      body = all->str;
      for (guint good = 0; good <= STEPS; good++)
        for (guint login = 0; login < (good == 0 ? 1 : G_N_ELEMENTS (logins)); login++)
          check (form, logins[login], good, bad[i].why, body);
    }
}

int
main (int argc, char **argv)
{
  const TbPbxForm *const *forms = tb_pbx_list_forms ();

  g_test_init (&argc, &argv, NULL);
  tb_pbx_set_patience (1);
  for (guint i = 0; forms[i] != NULL; i++)
    if (g_str_has_prefix (forms[i]->url, "https://"))
      {
        g_autofree char *path = g_strdup_printf ("/bad-answers/%s", forms[i]->kind);

        g_test_add_data_func (path, forms[i], check_kind);
      }
  return g_test_run ();
}
