/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-fake-whmcs.h"
#include "tb-http.h"
#include "tb-whmcs-invoices.h"
#include "tb-whmcs-products.h"
#include "tb-whmcs-system.h"

#define CENT (TB_AMOUNT_ONE / 100)
#define CANARY "S3CR3T"

static void
assert_error (GError **error, const char *why, int code, const char *says)
{
  g_test_message ("%s: %s", why, *error != NULL ? (*error)->message : "no error");
  g_assert_error (*error, TB_ERROR, code);
  g_assert_nonnull (strstr ((*error)->message, says));
  g_assert_null (strstr ((*error)->message, CANARY));
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
}

/* ---- what is sent ---- */

static void
test_form (void)
{
  static const char *const pairs[] = { "1", "Google", "2", "G\xc3\xb6", "name", "a\"b", "07", "x" };
  g_autoptr (TbWhmcsForm) form = tb_whmcs_form_new ("UpdateInvoice");
  g_autoptr (TbWhmcsForm) credentials = tb_whmcs_form_new ("");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *body = NULL, *array = tb_php_serialize (pairs, 4);

  g_assert_cmpstr (array, ==, "a:4:{i:1;s:6:\"Google\";i:2;s:3:\"G\xc3\xb6\";s:4:\"name\";s:3:\"a\"b\";s:2:\"07\";s:1:\"x\";}");
  tb_whmcs_form_add_text (credentials, "secret", "a&b=c");
  tb_whmcs_form_add_text (form, "notes", "50% of it & more\nRef: \xc3\xa9");
  tb_whmcs_form_add_text (form, "status", NULL);
  tb_whmcs_form_add_id (form, "userid", 0);
  tb_whmcs_form_add_day (form, "date", tb_day_from_ymd (2026, 2, 1));
  tb_whmcs_form_add_day (form, "duedate", TB_DAY_NONE);
  tb_whmcs_form_add_at (form, "itemdescription", 13, "x");
  tb_whmcs_form_add_amount_at (form, "itemamount", 13, -5 * TB_AMOUNT_ONE);
  tb_whmcs_form_add_flag_at (form, "itemtaxed", 13, FALSE);
  tb_whmcs_form_add_decimal (form, "taxrate", 13 * TB_DECIMAL_ONE + TB_DECIMAL_ONE / 2);
  tb_whmcs_form_add_decimal (form, "taxrate2", TB_DECIMAL_NONE);
  tb_whmcs_form_add_array (form, "customfields", pairs, 1);
  tb_whmcs_form_add_array (form, "customvars", pairs, 0);
  bytes = tb_whmcs_form_to_bytes (form, credentials);
  body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (
      body, ==,
      "action=UpdateInvoice&secret=a%26b%3Dc&responsetype=json&notes=50%25%20of%20it%20%26%20more%0ARef%3A%20%C3%A9&date=2026-02-01"
      "&itemdescription%5B13%5D=x&itemamount%5B13%5D=-5.00&itemtaxed%5B13%5D=0&taxrate=13.5&"
      "customfields=YToxOntpOjE7czo2OiJHb29nbGUiO30%3D");
}

/* ---- what is read ---- */

static void
test_decode (void)
{
  static const struct { const char *why, *text, *is; } rows[] = {
    { "as htmlspecialchars () has it", "Ben &amp; Jerry&#039;s &lt;VoIP&gt; &quot;x&quot;", "Ben & Jerry's <VoIP> \"x\"" },
    { "once, not twice", "&amp;amp; &amp;lt;", "&amp; &lt;" },
    { "by number in hexadecimal", "&#x27;&#X41;", "'A" },
    { "as htmlentities () has it", "Montr&eacute;al &Uuml;&szlig; 5&nbsp;&euro;", "Montr\xc3\xa9"
                                                                                "al \xc3\x9c\xc3\x9f 5\xc2\xa0\xe2\x82\xac" },
    { "an ampersand of its own", "R&D; A & B &; &", "R&D; A & B &; &" },
    { "no such entity", "&bogus; &#0; &#x110000; &#xD800; &#8;", "&bogus; &#0; &#x110000; &#xD800; &#8;" },
    { "a long one", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaa;", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaa;" },
    { "nothing", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tb_whmcs_decode (rows[i].text);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpstr (text, ==, rows[i].is);
    }
}

static void
test_shapes (void)
{
  static const struct { const char *why, *json; int n; } rows[] = {
    { "plural and singular", "{\"clients\":{\"client\":[{\"id\":1},{\"id\":2}]}}", 2 },
    { "flat", "{\"clients\":[{\"id\":1},{\"id\":2}]}", 2 },
    { "an object with numbers for names", "{\"clients\":{\"client\":{\"0\":{\"id\":1},\"1\":{\"id\":2}}}}", 2 },
    { "the same, flat, with a gap", "{\"clients\":{\"1\":{\"id\":1},\"7\":{\"id\":2}}}", 2 },
    { "one object alone", "{\"clients\":{\"client\":{\"id\":1}}}", 1 },
    { "one object alone, flat", "{\"clients\":{\"id\":1}}", 1 },
    { "empty list", "{\"clients\":{\"client\":[]}}", 0 },
    { "empty list, flat", "{\"clients\":[]}", 0 },
    { "empty object", "{\"clients\":{}}", 0 },
    { "empty object within", "{\"clients\":{\"client\":{}}}", 0 },
    { "empty text", "{\"clients\":\"\"}", 0 },
    { "empty text within", "{\"clients\":{\"client\":\"\"}}", 0 },
    { "null", "{\"clients\":null}", 0 },
    { "missing", "{}", 0 },
    { "a text that says something", "{\"clients\":\"none\"}", -1 },
    { "a list of texts", "{\"clients\":{\"client\":[\"a\"]}}", -1 },
    { "a list of lists", "{\"clients\":[[1]]}", -1 },
    { "a number", "{\"clients\":7}", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) root = tb_json_parse (rows[i].json, -1, TB_JSON_FOREIGN, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) list = tb_whmcs_find_rows (root, "clients", "client", &error);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpint (list != NULL ? (int) list->len : -1, ==, rows[i].n);
      g_assert_cmpint (error == NULL, ==, list != NULL);
    }
}

static TbWhmcsReply *
make_reply (guint status, const char *body, gssize len)
{
  static const char *const secrets[] = { CANARY "-x", "", NULL };
  const TbWhmcsReplyContext context = { .host = "billing.example.com", .action = "GetClients", .secrets = secrets };
  TbHttpAnswer answer = { .status = status, .retry_after = -1 };
  TbWhmcsReply *reply;

  answer.body = g_bytes_new (body, len < 0 ? strlen (body) : (gsize) len);
  answer.passing = status >= 429;
  answer.bad = status == 200 ? NULL : g_error_new (TB_ERROR, TB_ERROR_NETWORK, "HTTP %u", status);
  reply = tb_whmcs_reply_new (&answer, &context);
  g_bytes_unref (answer.body);
  g_clear_error (&answer.bad);
  return reply;
}

static void
test_replies (void)
{
  static const struct
  {
    const char *why;
    guint status;
    const char *body;
    TbWhmcsOutcome outcome;
    int code;
    const char *says;
    gboolean stops;
  } rows[] = {
    { "done", 200, "{\"result\":\"success\"}", TB_WHMCS_DONE, -1, "", FALSE },
    { "done, by another name", 200, "{\"status\":\"success\"}", TB_WHMCS_DONE, -1, "", FALSE },
    { "done, with a status of its own", 200, "{\"result\":\"success\",\"status\":\"Unpaid\"}", TB_WHMCS_DONE, -1, "", FALSE },
    { "done, behind a warning of PHP", 200, "<b>Warning</b>: x {y} in z\n{\"result\":\"success\"}", TB_WHMCS_DONE, -1, "", FALSE },
    { "done, before a warning of PHP", 200, "{\"result\":\"success\"}\n<b>Deprecated</b>: x", TB_WHMCS_DONE, -1, "", FALSE },
    { "done, behind a byte order mark", 200, "\xef\xbb\xbf{\"result\":\"success\"}", TB_WHMCS_DONE, -1, "", FALSE },
    { "refused", 200, "{\"result\":\"error\",\"message\":\"Client ID Not Found\"}", TB_WHMCS_REFUSED, TB_ERROR_NOT_FOUND,
      "“Client ID Not Found”", FALSE },
    { "refused, by another name", 200, "{\"status\":\"error\",\"message\":\"No Amount Provided\"}", TB_WHMCS_REFUSED, TB_ERROR_FAILED,
      "No Amount", FALSE },
    { "refused without a word", 200, "{\"result\":\"error\"}", TB_WHMCS_REFUSED, TB_ERROR_FAILED, "no reason", FALSE },
    { "there already", 200, "{\"result\":\"error\",\"message\":\"Transaction ID must be Unique\"}", TB_WHMCS_REFUSED, TB_ERROR_CONFLICT,
      "Unique", FALSE },
    { "published already", 200, "{\"result\":\"error\",\"message\":\"Invoice must be in Draft status to be published\"}", TB_WHMCS_REFUSED,
      TB_ERROR_CONFLICT, "Draft", FALSE },
    { "WHMCS 9", 200, "{\"result\":\"error\",\"message\":\"You cannot modify an Invoice that is Unpaid\"}", TB_WHMCS_REFUSED,
      TB_ERROR_CONFLICT, "Unpaid", FALSE },
    { "its address, which is shown", 403, "{\"result\":\"error\",\"message\":\"Invalid IP 203.0.113.9\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH,
      "203.0.113.9", TRUE },
    { "the same with 400", 400, "{\"result\":\"error\",\"message\":\"Invalid IP 2001:db8::7\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH,
      "API IP Access Restriction", TRUE },
    { "banned", 403, "{\"result\":\"error\",\"message\":\"Your IP has been banned\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH, "15 minutes",
      TRUE },
    { "wrong credentials", 403, "{\"result\":\"error\",\"message\":\"Authentication Failed\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH,
      "three failures", TRUE },
    { "the same with 401", 401, "{\"result\":\"error\",\"message\":\"Invalid or missing credentials\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH,
      "secret is wrong", TRUE },
    { "the same with 200", 200, "{\"result\":\"error\",\"message\":\"Authentication Failed\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH,
      "secret is wrong", TRUE },
    { "disabled", 403, "{\"result\":\"error\",\"message\":\"Administrator Account Disabled\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH,
      "is disabled", TRUE },
    { "no API Access", 403, "{\"result\":\"error\",\"message\":\"Access Denied\"}", TB_WHMCS_REFUSED, TB_ERROR_AUTH, "“API Access”", TRUE },
    { "a role without the action", 403,
      "{\"result\":\"error\",\"message\":\"Invalid Permissions: API action &quot;getclients&quot; is not allowed\"}", TB_WHMCS_REFUSED,
      TB_ERROR_AUTH, "refuses GetClients: “Invalid Permissions: API action \"getclients\"", FALSE },
    { "an empty request", 400, "{\"result\":\"error\",\"message\":\"Empty action request\"}", TB_WHMCS_REFUSED, TB_ERROR_INVALID_INPUT,
      "drops what is sent", FALSE },
    { "an unknown action", 200, "{\"result\":\"error\",\"message\":\"Command Not Found\"}", TB_WHMCS_REFUSED, TB_ERROR_UNSUPPORTED,
      "too old", FALSE },
    { "only a warning", 200, "{\"warning\":\"hm\"}", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "“hm”", FALSE },
    { "neither", 200, "{\"clients\":[]}", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "neither", FALSE },
    { "success, but it failed to say so", 500, "{\"result\":\"success\"}", TB_WHMCS_UNKNOWN, TB_ERROR_NETWORK, "500", FALSE },
    { "an error of the server, in JSON", 500, "{\"result\":\"error\",\"message\":\"Output has been emitted previously\"}", TB_WHMCS_UNKNOWN,
      TB_ERROR_NETWORK, "500", FALSE },
    { "an error page", 500, "<html><title>Oops!</title>", TB_WHMCS_UNKNOWN, TB_ERROR_NETWORK, "500", FALSE },
    { "a proxy", 502, "<html><title>Bad Gateway</title></html>", TB_WHMCS_UNKNOWN, TB_ERROR_NETWORK, "502", FALSE },
    { "too much", 429, "{\"result\":\"error\",\"message\":\"slow down\"}", TB_WHMCS_UNKNOWN, TB_ERROR_NETWORK, "429", FALSE },
    { "a firewall", 403, "<html><title>Request blocked</title></html>", TB_WHMCS_UNKNOWN, TB_ERROR_AUTH, "Request blocked", TRUE },
    { "a log-in page", 200, "<html><title>Log &amp; In</title></html>", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "“Log & In”", FALSE },
    { "a page without a title", 200, "<h1>It works!</h1>", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "web page", FALSE },
    { "nothing", 200, "", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "nothing at all", FALSE },
    { "half of it", 200, "{\"result\":\"success\",\"invoi", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "cannot be read", FALSE },
    { "half of it, with a whole row within", 200, "{\"result\":\"error\",\"rows\":[{\"status\":\"success\"}", TB_WHMCS_UNKNOWN,
      TB_ERROR_INVALID_INPUT, "", FALSE },
    { "twice", 200, "{\"result\":\"success\"}{\"result\":\"success\"}", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "", FALSE },
    { "a list", 200, "[\"success\"]", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "cannot be read", FALSE },
    { "the old NVP", 200, "result=error;message=x;", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "cannot be read", FALSE },
    { "another place", 301, "", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "not followed", FALSE },
    { "our secret in its words", 200, "{\"result\":\"error\",\"message\":\"bad " CANARY "-x given\"}", TB_WHMCS_REFUSED, TB_ERROR_FAILED,
      "bad … given", FALSE },
    { "our secret on its page", 200, "<title>" CANARY "-x</title>", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "…", FALSE },
    { "noise", 200, "\x01\x02\xff\xfe", TB_WHMCS_UNKNOWN, TB_ERROR_INVALID_INPUT, "cannot be read", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbWhmcsReply) reply = make_reply (rows[i].status, rows[i].body, -1);

      g_test_message ("%s", rows[i].why);
      g_assert_cmpint (reply->outcome, ==, rows[i].outcome);
      g_assert_cmpint (reply->stops, ==, rows[i].stops);
      if (rows[i].code < 0)
        g_assert_no_error (reply->error);
      else
        assert_error (&reply->error, rows[i].why, rows[i].code, rows[i].says);
    }
}

static void
test_hostile (void)
{
  static const struct { const char *unit; guint times; } rows[] = {
    { "[", 100000 },         { "{\"a\":", 100000 }, { "{\"", 100000 },
    { "{\"a\":1}", 100000 }, { "<b>{", 100000 },    { "{\"a\":[1,1,1,1,1,1,1,1],", 200000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) body = g_string_new ("");
      g_autoptr (TbWhmcsReply) reply = NULL;

      for (guint k = 0; k < rows[i].times; k++)
        g_string_append (body, rows[i].unit);
      g_string_append (body, i % 2 == 0 ? "" : "}");
      reply = make_reply (200, body->str, (gssize) body->len);
      g_assert_cmpint (reply->outcome, ==, TB_WHMCS_UNKNOWN);
      g_assert_cmpuint (strlen (reply->error->message), <, 1000);
    }
}

static void
test_values (void)
{
  static const struct { const char *why, *text; gboolean good; TbAmount is; } rows[] = {
    { "a text", "\"15.95\"", TRUE, 1595 * CENT },
    { "a number", "15.95", TRUE, 1595 * CENT },
    { "a whole one", "15", TRUE, 1500 * CENT },
    { "below zero", "\"-10.00\"", TRUE, -1000 * CENT },
    { "a number beyond what a double holds", "90071992.547409931", TRUE, G_GINT64_CONSTANT (90071992547409931) },
    { "as PHP before 7.1 writes it", "15.949999999999999", TRUE, 1595 * CENT },
    { "the same below zero", "-15.949999999999999", TRUE, -1595 * CENT },
    { "nothing", "\"\"", TRUE, 0 },
    { "null", "null", TRUE, 0 },
    { "with a symbol", "\"$15.95 USD\"", FALSE, 0 },
    { "grouped", "\"1,234.50\"", FALSE, 0 },
    { "too large", "\"99999999999999999999\"", FALSE, 0 },
    { "digits and more", "\"15.9500000000001x\"", FALSE, 0 },
    { "an object", "{\"a\":1}", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"result\":\"success\",\"total\":%s}", rows[i].text);
      g_autoptr (TbWhmcsReply) reply = make_reply (200, body, -1);
      TbWhmcsFields row = { .node = reply->root };
      g_autoptr (GError) error = NULL;
      TbAmount amount = tb_whmcs_fields_get_amount (&row, "total");

      g_test_message ("%s", rows[i].why);
      g_assert_cmpint (tb_whmcs_fields_check (&row, "x", &error), ==, rows[i].good);
      if (rows[i].good)
        g_assert_cmpint (amount, ==, rows[i].is);
      else
        g_assert_nonnull (strstr (error->message, "total"));
    }
}

/* ---- a whole WHMCS, in each of its shapes ---- */

static void
fill (TbFakeWhmcs *fake, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *email = g_strdup_printf ("c%u@example.com", i + 1);

      tb_fake_whmcs_add_client (fake, i % 2 == 0 ? "Caf\xc3\xa9 & <Sons> \"7\" 'x'" : "Plain", email, i % 3 == 0 ? "USD" : "CAD",
                                13 * TB_DECIMAL_ONE);
    }
  tb_fake_whmcs_add_product (fake, "Hosted & managed", "fusionpbx");
  tb_fake_whmcs_add_product (fake, "Trunk", "vodia");
  for (guint i = 0; i < n / 2; i++)
    tb_fake_whmcs_add_service (fake, i + 1, 1 + i % 2, "acme.pbx.example.com | +12045550101", "2112 | 2113");
}

static GPtrArray *
make_lines (guint n)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_whmcs_line_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, tb_whmcs_line_new ("Calls to \xc3\x89ire & \"more\"", 1005 * CENT, i % 2 == 0));
  return lines;
}

static gint64
make_draft (TbWhmcs *talk, gint64 client, guint n_lines)
{
  g_autoptr (GPtrArray) lines = make_lines (n_lines);
  TbWhmcsNewInvoice invoice = TB_WHMCS_NEW_INVOICE;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  invoice.client = client;
  invoice.draft = TRUE;
  invoice.notes = "Thank you\nRef: TB-1 & co";
  invoice.lines = lines;
  g_assert_cmpint (tb_whmcs_create_invoice (talk, &invoice, &id, &error), ==, TB_WHMCS_DONE);
  g_assert_no_error (error);
  return id;
}

static void
check_shape (guint version, guint quirks)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (version, quirks);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clients = NULL, services = NULL, products = NULL, currencies = NULL, methods = NULL, invoices = NULL;
  g_autoptr (TbWhmcsClient) client = NULL;
  g_autoptr (TbWhmcsInvoice) invoice = NULL;
  g_autoptr (TbWhmcsAbout) about = NULL;

  fill (fake, 20);
  tb_fake_whmcs_set_credit (fake, 1, 50 * TB_AMOUNT_ONE);
  about = tb_whmcs_get_about (talk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (about->major, ==, version);
  currencies = tb_whmcs_list_currencies (talk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (currencies->len, ==, 2);
  g_assert_cmpint (((TbWhmcsCurrency *) currencies->pdata[1])->rate, ==, TB_DECIMAL_ONE * 136512 / 100000);
  methods = tb_whmcs_list_payment_methods (talk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (methods->len, ==, 2);
  g_assert_cmpstr (((TbWhmcsPaymentMethod *) methods->pdata[1])->name, ==, "Card & more");
  products = tb_whmcs_list_products (talk, "fusionpbx", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (products->len, ==, 1);
  g_assert_cmpstr (((TbWhmcsProduct *) products->pdata[0])->name, ==, "Hosted & managed");
  g_assert_cmpint (((TbWhmcsPrice *) ((TbWhmcsProduct *) products->pdata[0])->prices->pdata[0])->quarterly, ==, TB_DECIMAL_NONE);
  g_assert_cmpint (((TbWhmcsPrice *) ((TbWhmcsProduct *) products->pdata[0])->prices->pdata[0])->annually, ==, 19950 * CENT);
  clients = tb_whmcs_list_clients (talk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (clients->len, ==, 20);
  g_assert_cmpstr (((TbWhmcsClient *) clients->pdata[0])->company, ==, "Caf\xc3\xa9 & <Sons> \"7\" 'x'");
  client = tb_whmcs_get_client (talk, 1, &error);
  g_assert_no_error (error);
  g_assert_true (client->full);
  g_assert_cmpstr (client->last_name, ==, "O'Neil");
  g_assert_cmpint (client->currency, ==, ((TbWhmcsCurrency *) currencies->pdata[0])->currency);
  g_assert_cmpint (client->credit, ==, 50 * TB_AMOUNT_ONE);
  services = tb_whmcs_list_services (talk, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (services->len, ==, 10);
  g_assert_cmpint (((TbWhmcsService *) services->pdata[0])->next_due, ==, TB_DAY_NONE);
  g_assert_cmpstr (((TbWhmcsService *) services->pdata[0])->username, ==, "2112 | 2113");
  make_draft (talk, 1, 1);
  make_draft (talk, 2, 3);
  invoice = tb_whmcs_get_invoice (talk, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (invoice->lines->len, ==, 3);
  g_assert_cmpuint (invoice->transactions->len, ==, 0);
  g_assert_cmpint (invoice->subtotal, ==, 3015 * CENT);
  g_assert_cmpint (invoice->tax, ==, 261 * CENT); /* 13 % of 20.10, half-up */
  g_assert_cmpint (invoice->total, ==, 3276 * CENT);
  g_assert_cmpint (invoice->paid, ==, TB_DAY_NONE);
  g_assert_cmpint (invoice->tax_rate, ==, 13 * TB_DECIMAL_ONE);
  g_assert_cmpstr (invoice->notes, ==, "Thank you\nRef: TB-1 & co");
  g_assert_cmpstr (((TbWhmcsLine *) invoice->lines->pdata[0])->description, ==, "Calls to \xc3\x89ire & \"more\"");
  g_assert_true (((TbWhmcsLine *) invoice->lines->pdata[0])->taxed);
  invoices = tb_whmcs_list_invoices (talk, &(TbWhmcsInvoiceQuery){ .client = 2 }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (invoices->len, ==, 1);
  g_assert_cmpstr (((TbWhmcsInvoice *) invoices->pdata[0])->notes, ==, "Thank you\nRef: TB-1 & co");
}

static void
test_quirks (void)
{
  check_shape (8, 0);
  check_shape (9, TB_FAKE_QUIRKS);
  for (guint bit = 0; (1u << bit) < TB_FAKE_QUIRKS; bit++)
    {
      check_shape (8, 1u << bit);
      check_shape (8, TB_FAKE_QUIRKS & ~(1u << bit));
    }
}

/* ---- changes ---- */

static void
test_clients (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, TB_FAKE_QUIRK_ENTITIES | TB_FAKE_QUIRK_TEXT_IDS);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (TbWhmcsClient) client = tb_whmcs_client_new (), changes = tb_whmcs_client_new (), seen = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  client->first_name = g_strdup ("Zo\xc3\xab");
  client->last_name = g_strdup ("d'Arc & Co");
  client->email = g_strdup ("zoe@example.com");
  client->address1 = g_strdup ("1 Main St");
  client->city = g_strdup ("Winnipeg");
  client->state = g_strdup ("MB");
  client->postcode = g_strdup ("R3C 1A1");
  client->country = g_strdup ("CA");
  g_assert_cmpint (tb_whmcs_add_client (talk, client, &id, &error), ==, TB_WHMCS_REFUSED);
  assert_error (&error, "a field is missing", TB_ERROR_FAILED, "phone number");
  client->phone = g_strdup ("+1.2045550100");
  tb_whmcs_custom_fields_add (client->custom_fields, 3, "Low Balance Threshold", "10 \xe2\x82\xac; \"x\"");
  g_assert_cmpint (tb_whmcs_add_client (talk, client, &id, &error), ==, TB_WHMCS_DONE);
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, 1);
  g_assert_cmpuint (tb_fake_whmcs_count_mails (fake), ==, 0);
  g_assert_cmpint (tb_whmcs_add_client (talk, client, &id, &error), ==, TB_WHMCS_REFUSED);
  assert_error (&error, "again", TB_ERROR_CONFLICT, "already exists");
  changes->city = g_strdup ("Brandon");
  tb_whmcs_custom_fields_add (changes->custom_fields, 4, "VoIP Suspended", "on");
  g_assert_cmpint (tb_whmcs_change_client (talk, 1, changes, &error), ==, TB_WHMCS_DONE);
  seen = tb_whmcs_find_client (talk, "ZOE@example.com", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen->city, ==, "Brandon");
  g_assert_cmpstr (seen->last_name, ==, "d'Arc & Co");
  g_assert_cmpstr (tb_whmcs_custom_fields_get (seen->custom_fields, 3), ==, "10 \xe2\x82\xac; \"x\"");
  g_assert_cmpstr (tb_whmcs_custom_fields_get (seen->custom_fields, 4), ==, "on");
  g_assert_null (tb_whmcs_find_client (talk, "nobody@example.com", &error));
  assert_error (&error, "nobody", TB_ERROR_NOT_FOUND, "Client Not Found");
}

static void
test_services (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (TbWhmcsService) changes = tb_whmcs_service_new (), seen = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  fill (fake, 4);
  changes->domain = g_strdup ("birch.pbx.example.com");
  changes->next_due = tb_day_from_ymd (2026, 3, 1);
  changes->recurring_amount = 2050 * CENT;
  g_assert_cmpint (tb_whmcs_suspend (talk, 2, "over limit", &error), ==, TB_WHMCS_DONE);
  g_assert_cmpint (tb_whmcs_change_service (talk, 2, changes, &error), ==, TB_WHMCS_DONE);
  seen = tb_whmcs_get_service (talk, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen->status, ==, "Suspended");
  g_assert_cmpstr (seen->suspension_reason, ==, "over limit");
  g_assert_cmpstr (seen->domain, ==, "birch.pbx.example.com");
  g_assert_cmpint (seen->next_due, ==, tb_day_from_ymd (2026, 3, 1));
  g_assert_cmpint (seen->recurring_amount, ==, 2050 * CENT);
  g_assert_cmpint (tb_whmcs_unsuspend (talk, 2, &error), ==, TB_WHMCS_DONE);
  again = tb_whmcs_get_service (talk, 2, &error);
  g_assert_cmpstr (again->status, ==, "Active");
  g_assert_cmpint (tb_whmcs_suspend (talk, 99, NULL, &error), ==, TB_WHMCS_REFUSED);
  assert_error (&error, "no such service", TB_ERROR_NOT_FOUND, "ModuleSuspend");
  g_assert_null (tb_whmcs_get_service (talk, 99, &error));
  assert_error (&error, "no such service", TB_ERROR_NOT_FOUND, "99");
}

/* Draft, more lines, fewer lines, published once; then 9 lets nobody touch it, and both cancel. */
static void
check_invoice (guint version)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (version, 0);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GPtrArray) more = make_lines (TB_WHMCS_MAX_LINES);
  g_autoptr (GArray) removed = g_array_new (FALSE, FALSE, sizeof (gint64));
  TbWhmcsInvoiceChange add = TB_WHMCS_INVOICE_CHANGE, trim = TB_WHMCS_INVOICE_CHANGE, publish = TB_WHMCS_INVOICE_CHANGE,
                       note = TB_WHMCS_INVOICE_CHANGE;
  TbWhmcsInvoiceChange cancel = TB_WHMCS_INVOICE_CHANGE;
  g_autoptr (TbWhmcsInvoice) seen = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first_line;

  fill (fake, 2);
  make_draft (talk, 1, TB_WHMCS_MAX_LINES);
  add.added = more;
  g_assert_cmpint (tb_whmcs_change_invoice (talk, 1, &add, &error), ==, TB_WHMCS_DONE);
  seen = tb_whmcs_get_invoice (talk, 1, &error);
  g_assert_cmpuint (seen->lines->len, ==, 2 * TB_WHMCS_MAX_LINES);
  first_line = ((TbWhmcsLine *) seen->lines->pdata[0])->id;
  g_array_append_val (removed, first_line);
  trim.removed = removed;
  g_assert_cmpint (tb_whmcs_change_invoice (talk, 1, &trim, &error), ==, TB_WHMCS_DONE);
  publish.publish = TB_WHMCS_PUBLISH_AND_SEND;
  g_assert_cmpint (tb_whmcs_change_invoice (talk, 1, &publish, &error), ==, TB_WHMCS_DONE);
  g_assert_cmpint (tb_whmcs_change_invoice (talk, 1, &publish, &error), ==, TB_WHMCS_REFUSED);
  assert_error (&error, "published already", TB_ERROR_CONFLICT, "Draft status");
  g_assert_cmpuint (tb_fake_whmcs_count_mails (fake), ==, 1);
  note.notes = "changed";
  g_assert_cmpint (tb_whmcs_change_invoice (talk, 1, &note, &error), ==, version >= 9 ? TB_WHMCS_REFUSED : TB_WHMCS_DONE);
  if (version >= 9)
    assert_error (&error, "immutable", TB_ERROR_CONFLICT, "cannot modify");
  cancel.status = "Cancelled";
  g_assert_cmpint (tb_whmcs_change_invoice (talk, 1, &cancel, &error), ==, TB_WHMCS_DONE);
  after = tb_whmcs_get_invoice (talk, 1, &error);
  g_assert_cmpstr (after->status, ==, "Cancelled");
  g_assert_cmpuint (after->lines->len, ==, 2 * TB_WHMCS_MAX_LINES - 1);
  g_assert_null (tb_whmcs_get_invoice (talk, 77, &error));
  assert_error (&error, "no such invoice", TB_ERROR_NOT_FOUND, "Invoice ID Not Found");
}

static void
test_invoices (void)
{
  check_invoice (8);
  check_invoice (9);
}

static void
test_too_many_lines (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GPtrArray) lines = make_lines (TB_WHMCS_MAX_LINES + 1);
  TbWhmcsNewInvoice invoice = TB_WHMCS_NEW_INVOICE;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  fill (fake, 1);
  invoice.client = 1;
  invoice.lines = lines;
  g_assert_cmpint (tb_whmcs_create_invoice (talk, &invoice, &id, &error), ==, TB_WHMCS_NOT_SENT);
  assert_error (&error, "PHP would drop the last ones", TB_ERROR_INVALID_INPUT, "251");
  g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, 0);
}

static void
test_above (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, TB_FAKE_QUIRK_SMALL_PAGES);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GPtrArray) invoices = NULL;
  g_autoptr (GError) error = NULL;

  fill (fake, 2);
  for (guint i = 0; i < 60; i++)
    make_draft (talk, 1 + i % 2, 1);
  invoices = tb_whmcs_list_invoices (talk, &(TbWhmcsInvoiceQuery){ .client = 1, .above = 39 }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (invoices->len, ==, 10);
  g_assert_cmpint (((TbWhmcsInvoice *) invoices->pdata[0])->id, ==, 59);
  g_assert_cmpint (((TbWhmcsInvoice *) invoices->pdata[9])->id, ==, 41);
  g_assert_cmpuint (tb_fake_whmcs_count (fake, "GetInvoices"), ==, 2);
}

/* A server that pays no heed to the order must be read to its end, or what was made last would be missed and made again. */
static void
test_any_order (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, TB_FAKE_QUIRK_SMALL_PAGES | TB_FAKE_QUIRK_ANY_ORDER);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GError) error = NULL;

  fill (fake, 2);
  for (guint i = 0; i < 60; i++)
    make_draft (talk, 1 + i % 2, 1);
  for (gint64 above = 1; above < 60; above++)
    {
      g_autoptr (GPtrArray) invoices = tb_whmcs_list_invoices (talk, &(TbWhmcsInvoiceQuery){ .client = 1, .above = above }, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (invoices->len, ==, (guint) (60 - above) / 2);
    }
}

/* ---- days ---- */

static void
test_days (void)
{
  static const struct { const char *why, *json; gboolean ok; TbDay day; } rows[] = {
    { "a date", "\"2026-02-10\"", TRUE, 20494 },
    { "with a time", "\"2026-02-10 10:00:00\"", TRUE, 20494 },
    { "as ISO 8601 has it", "\"2026-02-10T10:00:00Z\"", TRUE, 20494 },
    { "none", "\"0000-00-00\"", TRUE, TB_DAY_NONE },
    { "none, with a time", "\"0000-00-00 00:00:00\"", TRUE, TB_DAY_NONE },
    { "none, as PHP reckons with it", "\"-0001-11-30 00:00:00\"", TRUE, TB_DAY_NONE },
    { "nothing", "\"\"", TRUE, TB_DAY_NONE },
    { "null", "null", TRUE, TB_DAY_NONE },
    { "a day that is none", "\"2026-02-30\"", FALSE, TB_DAY_NONE },
    { "in the install's own way", "\"10/02/2026\"", FALSE, TB_DAY_NONE },
    { "words", "\"soon\"", FALSE, TB_DAY_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"result\":\"success\",\"x\":%s}", rows[i].json);
      g_autoptr (JsonNode) root = json_from_string (text, NULL);
      TbWhmcsFields fields = { .node = root };

      g_test_message ("%s", rows[i].why);
      g_assert_cmpint (tb_whmcs_fields_get_day (&fields, "x"), ==, rows[i].day);
      g_assert_cmpint (fields.error == NULL, ==, rows[i].ok);
      g_clear_error (&fields.error);
    }
}

static void
test_money (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, TB_FAKE_QUIRK_TEXT_IDS);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (TbWhmcsTransaction) transaction = tb_whmcs_transaction_new ();
  g_autoptr (GPtrArray) credits = NULL, payments = NULL;
  g_autoptr (TbWhmcsInvoice) seen = NULL;
  g_autofree char *format = NULL;
  TbWhmcsInvoiceChange publish = TB_WHMCS_INVOICE_CHANGE;
  g_autoptr (GError) error = NULL;
  TbAmount balance = 0;

  fill (fake, 2);
  make_draft (talk, 1, 2);
  publish.publish = TB_WHMCS_PUBLISH;
  g_assert_cmpint (tb_whmcs_add_credit (talk, 1, 500 * CENT, "Ref: TB-1", &balance, &error), ==, TB_WHMCS_DONE);
  g_assert_cmpint (tb_whmcs_add_credit (talk, 1, -100 * CENT, "Ref: TB-2", &balance, &error), ==, TB_WHMCS_DONE);
  g_assert_cmpint (balance, ==, 400 * CENT);
  g_assert_cmpint (tb_whmcs_apply_credit (talk, 1, 400 * CENT, TRUE, &error), ==, TB_WHMCS_REFUSED);
  assert_error (&error, "a draft", TB_ERROR_CONFLICT, "Unpaid");
  g_assert_cmpint (tb_whmcs_change_invoice (talk, 1, &publish, &error), ==, TB_WHMCS_DONE);
  g_assert_cmpint (tb_whmcs_apply_credit (talk, 1, 401 * CENT, TRUE, &error), ==, TB_WHMCS_REFUSED);
  assert_error (&error, "more than there is", TB_ERROR_FAILED, "exceeds");
  g_assert_cmpint (tb_whmcs_apply_credit (talk, 1, 400 * CENT, TRUE, &error), ==, TB_WHMCS_DONE);
  g_assert_cmpint (tb_whmcs_add_payment (talk, 1, "TB-p1", "banktransfer", tb_day_from_ymd (2026, 2, 10), TB_DECIMAL_NONE, 0, TRUE, &error),
                   ==, TB_WHMCS_DONE);
  seen = tb_whmcs_get_invoice (talk, 1, &error);
  g_assert_cmpstr (seen->status, ==, "Paid");
  g_assert_cmpint (seen->credit, ==, 400 * CENT);
  g_assert_cmpint (seen->balance, ==, 0);
  credits = tb_whmcs_list_credits (talk, 1, &error);
  g_assert_cmpuint (credits->len, ==, 3);
  g_assert_cmpint (((TbWhmcsCredit *) credits->pdata[1])->amount, ==, -100 * CENT);
  g_assert_cmpstr (((TbWhmcsCredit *) credits->pdata[1])->description, ==, "Ref: TB-2");
  format = tb_whmcs_get_setting (talk, "DateFormat", &error);
  transaction->client = 2;
  transaction->gateway = g_strdup ("banktransfer");
  transaction->reference = g_strdup ("TB-p2");
  transaction->description = g_strdup ("top-up");
  transaction->in = 2500 * CENT;
  transaction->date = tb_day_from_ymd (2026, 2, 7);
  g_assert_cmpint (tb_whmcs_add_transaction (talk, transaction, TRUE, format, &error), ==, TB_WHMCS_DONE);
  g_assert_nonnull (strstr (tb_fake_whmcs_get_body (fake), "&date=07%2F02%2F2026&"));
  g_assert_cmpint (tb_whmcs_add_transaction (talk, transaction, TRUE, format, &error), ==, TB_WHMCS_REFUSED);
  assert_error (&error, "the same once more", TB_ERROR_CONFLICT, "Unique");
  payments = tb_whmcs_list_transactions (talk, 0, 0, "TB-p2", &error);
  g_assert_cmpuint (payments->len, ==, 1);
  g_assert_cmpint (((TbWhmcsTransaction *) payments->pdata[0])->in, ==, 2500 * CENT);
}

static void
test_system (void)
{
  static const char *const pairs[] = { "balance", "4.20" };
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, TB_FAKE_QUIRK_ENTITIES);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (TbWhmcsAbout) about = NULL;
  g_autoptr (GError) error = NULL;

  fill (fake, 1);
  g_assert_cmpint (tb_whmcs_log_activity (talk, 1, "posted TB-1 & co", &error), ==, TB_WHMCS_DONE);
  g_assert_cmpint (tb_whmcs_log_activity (talk, 0, "something else", &error), ==, TB_WHMCS_DONE);
  entries = tb_whmcs_list_activity (talk, 1, "TB-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((TbWhmcsActivity *) entries->pdata[0])->description, ==, "posted TB-1 & co");
  g_assert_cmpint (tb_whmcs_send_email (talk, "Low Balance Alert", 1, pairs, 1, &error), ==, TB_WHMCS_DONE);
  g_assert_cmpuint (tb_fake_whmcs_count_mails (fake), ==, 1);
  tb_fake_whmcs_forbid (fake, "WhmcsDetails");
  about = tb_whmcs_get_about (talk, &error); /* GetAdminDetails in its place */
  g_assert_no_error (error);
  g_assert_cmpstr (about->admin, ==, "Ann O'Neil");
  g_assert_cmpstr (about->version, ==, "8.1.0");
}

/* ---- bad days ---- */

static void
test_faults (void)
{
  static const struct { TbFakeFault fault; TbWhmcsOutcome outcome; guint invoices; gboolean passes; const char *why; } rows[] = {
    { TB_FAKE_FAULT_REFUSED, TB_WHMCS_NOT_SENT, 0, FALSE, "nobody listens" },
    { TB_FAKE_FAULT_RESET, TB_WHMCS_UNKNOWN, 0, TRUE, "broke off before" },
    { TB_FAKE_FAULT_LOST, TB_WHMCS_UNKNOWN, 1, TRUE, "broke off after" },
    { TB_FAKE_FAULT_SILENCE, TB_WHMCS_UNKNOWN, 0, FALSE, "no answer, not done" },
    { TB_FAKE_FAULT_LATE, TB_WHMCS_UNKNOWN, 1, FALSE, "no answer, done" },
    { TB_FAKE_FAULT_500, TB_WHMCS_UNKNOWN, 1, TRUE, "500 after it was done" },
    { TB_FAKE_FAULT_502, TB_WHMCS_UNKNOWN, 0, TRUE, "502" },
    { TB_FAKE_FAULT_BUSY, TB_WHMCS_UNKNOWN, 0, TRUE, "429" },
    { TB_FAKE_FAULT_PAGE, TB_WHMCS_UNKNOWN, 0, TRUE, "a page in its place" },
    { TB_FAKE_FAULT_CUT, TB_WHMCS_UNKNOWN, 1, TRUE, "half the answer" },
    { TB_FAKE_FAULT_EMPTY, TB_WHMCS_UNKNOWN, 1, TRUE, "no body" },
    { TB_FAKE_FAULT_WARNING, TB_WHMCS_DONE, 1, TRUE, "a warning before the answer" },
    { TB_FAKE_FAULT_TWICE, TB_WHMCS_DONE, 2, TRUE, "a proxy that repeats" },
    { TB_FAKE_FAULT_DOUBLED, TB_WHMCS_UNKNOWN, 1, TRUE, "the answer twice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
      g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
      TbWhmcsNewInvoice invoice = TB_WHMCS_NEW_INVOICE;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) invoices = NULL, clients = NULL;
      gint64 id = -7;

      g_test_message ("%s", rows[i].why);
      fill (fake, 1);
      invoice.client = 1;
      invoice.draft = TRUE;
      tb_fake_whmcs_fail_next (fake, "CreateInvoice", rows[i].fault, 9);
      g_assert_cmpint (tb_whmcs_create_invoice (talk, &invoice, &id, &error), ==, rows[i].outcome);
      g_assert_cmpint (error == NULL, ==, rows[i].outcome == TB_WHMCS_DONE);
      g_assert_cmpint (id > 0, ==, rows[i].outcome == TB_WHMCS_DONE);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, "CreateInvoice"), ==, 1); /* never again */
      g_clear_error (&error);
      tb_fake_whmcs_fail_next (fake, NULL, TB_FAKE_FAULT_NONE, 0);
      invoices = tb_whmcs_list_invoices (talk, &(TbWhmcsInvoiceQuery){ .client = 1 }, &error);
      g_assert_cmpuint (invoices->len, ==, rows[i].invoices);
      tb_fake_whmcs_fail_next (fake, "GetClients", rows[i].fault, 2);
      clients = tb_whmcs_list_clients (talk, &error);
      g_assert_cmpint (clients != NULL, ==, rows[i].passes);
      g_assert_cmpint (error == NULL, ==, rows[i].passes);
      if (rows[i].fault == TB_FAKE_FAULT_BUSY)
        g_assert_cmpuint (tb_fake_whmcs_get_waited (fake), ==, 6); /* Retry-After, twice */
    }
}

static void
test_gives_up (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (GError) error = NULL;

  fill (fake, 1);
  tb_fake_whmcs_fail_next (fake, NULL, TB_FAKE_FAULT_502, 1000);
  g_assert_null (tb_whmcs_list_clients (talk, &error));
  assert_error (&error, "it does not pass", TB_ERROR_NETWORK, "502");
  g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, 4);
  g_assert_cmpuint (tb_fake_whmcs_get_waited (fake), ==, 1 + 2 + 4);
}

static void
test_stops (void)
{
  static const struct { const char *why, *message; gboolean stops; const char *says; } rows[] = {
    { "wrong credentials", "Authentication Failed", TRUE, "three failures" },
    { "its address", "Invalid IP 203.0.113.9", TRUE, "203.0.113.9" },
    { "a role without the action", "Invalid Permissions: API action x is not allowed", FALSE, "API Roles" },
    { "anything else", "No Amount Provided", FALSE, "No Amount" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
      g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
      g_autoptr (GError) error = NULL;

      fill (fake, 1);
      tb_fake_whmcs_refuse (fake, 403, rows[i].message);
      g_assert_null (tb_whmcs_get_client (talk, 1, &error));
      assert_error (&error, rows[i].why, rows[i].stops || i == 2 ? TB_ERROR_AUTH : TB_ERROR_FAILED, rows[i].says);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, 1);
      tb_fake_whmcs_refuse (fake, 0, NULL);
      g_assert_cmpint (tb_whmcs_is_stopped (talk), ==, rows[i].stops);
      g_assert_cmpint (tb_whmcs_log_activity (talk, 1, "x", &error), ==, rows[i].stops ? TB_WHMCS_NOT_SENT : TB_WHMCS_DONE);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, rows[i].stops ? 1 : 2);
      if (rows[i].stops)
        assert_error (&error, "and from then on", TB_ERROR_AUTH, rows[i].says);
    }
}

static void
test_login (void)
{
  static const struct { const char *why; TbWhmcsLogin login; int code; const char *says; } rows[] = {
    { "API credentials", { "https://b.example.com", TB_FAKE_WHMCS_IDENTIFIER, NULL, TB_FAKE_WHMCS_SECRET, NULL }, -1, "" },
    { "an administrator, with the MD5 of the password",
      { "https://b.example.com", NULL, TB_FAKE_WHMCS_USER, TB_FAKE_WHMCS_SECRET, NULL },
      -1,
      "" },
    { "an access key", { "https://b.example.com", TB_FAKE_WHMCS_IDENTIFIER, NULL, TB_FAKE_WHMCS_SECRET, CANARY "!key" }, -1, "" },
    { "wrong", { "https://b.example.com", TB_FAKE_WHMCS_IDENTIFIER, NULL, CANARY "-wrong", NULL }, TB_ERROR_AUTH, "b.example.com" },
    { "wrong too", { "https://b.example.com", NULL, TB_FAKE_WHMCS_USER, CANARY "-wrong", NULL }, TB_ERROR_AUTH, "b.example.com" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
      g_autoptr (TbWhmcs) talk = tb_whmcs_new_with_transport (&rows[i].login, tb_fake_whmcs_transport_new (fake));
      g_autoptr (GError) error = NULL;
      g_autoptr (TbWhmcsAbout) about = tb_whmcs_get_about (talk, &error);

      g_assert_cmpint (about != NULL, ==, rows[i].code < 0);
      g_assert_cmpint (strstr (tb_fake_whmcs_get_body (fake), "&accesskey=" CANARY "%21key&responsetype=json") != NULL, ==,
                       rows[i].login.access_key != NULL);
      if (rows[i].code >= 0)
        assert_error (&error, rows[i].why, rows[i].code, rows[i].says);
      else
        g_assert_no_error (error);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, 1);
    }
}

static void
test_new (void)
{
  static const struct { const char *why; TbWhmcsLogin login; int code; } rows[] = {
    { "fine", { "https://b.example.com/whmcs/", "i", NULL, "s", NULL }, -1 },
    { "in the clear to this computer", { "http://127.0.0.1:8080", "i", NULL, "s", NULL }, -1 },
    { "in the clear to another", { "http://b.example.com", "i", NULL, "s", NULL }, TB_ERROR_INVALID_INPUT },
    { "no address", { "", "i", NULL, "s", NULL }, TB_ERROR_INVALID_INPUT },
    { "none at all", { NULL, "i", NULL, "s", NULL }, TB_ERROR_INVALID_INPUT },
    { "a password in it", { "https://a:b@b.example.com", "i", NULL, "s", NULL }, TB_ERROR_INVALID_INPUT },
    { "nobody", { "https://b.example.com", "", NULL, "s", NULL }, TB_ERROR_INVALID_INPUT },
    { "no secret", { "https://b.example.com", "i", NULL, NULL, NULL }, TB_ERROR_AUTH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbWhmcs) talk = tb_whmcs_new (&rows[i].login, &error);

      g_test_message ("%s: %s", rows[i].why, error != NULL ? error->message : "");
      g_assert_cmpint (error != NULL ? error->code : -1, ==, rows[i].code);
      g_assert_cmpint (talk != NULL, ==, rows[i].code < 0);
    }
}

/* ---- exactly once ---- */

/* Looks for the marker until it can look; adds what is missing, once more after each try whose end is not known. */
static void
post_once (TbWhmcs *talk, gint64 client, const char *marker)
{
  TbWhmcsNewInvoice invoice = TB_WHMCS_NEW_INVOICE;
  g_autoptr (GPtrArray) lines = make_lines (2);
  gboolean there = FALSE;

  invoice.client = client;
  invoice.draft = TRUE;
  invoice.notes = marker;
  invoice.lines = lines;
  while (!there)
    {
      g_autoptr (GPtrArray) seen = tb_whmcs_list_invoices (talk, &(TbWhmcsInvoiceQuery){ .client = client }, NULL);
      gint64 id;

      for (guint i = 0; seen != NULL && i < seen->len; i++)
        there = there || g_str_equal (((TbWhmcsInvoice *) seen->pdata[i])->notes, marker);
      if (seen != NULL && !there)
        there = tb_whmcs_create_invoice (talk, &invoice, &id, NULL) == TB_WHMCS_DONE;
    }
}

static char *
post_all (guint32 seed, guint per_mille, guint *ret_requests)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (9, TB_FAKE_QUIRK_ENTITIES | TB_FAKE_QUIRK_TEXT_IDS);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);

  fill (fake, 20);
  tb_fake_whmcs_fail_at_random (fake, seed, per_mille, 0);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *marker = g_strdup_printf ("TB-K7Q2XN-%u", i);

      post_once (talk, 1 + i % 20, marker);
    }
  *ret_requests = tb_fake_whmcs_count (fake, NULL);
  return tb_fake_whmcs_tell (fake);
}

/* What the four outcomes are for: with them, and the marker, 300 invoices are there once each however bad the day. */
static void
test_once (void)
{
  guint requests, calm_requests;
  g_autofree char *calm = post_all (1, 0, &calm_requests);

  g_assert_cmpuint (calm_requests, ==, 600);
  for (guint32 seed = 1; seed <= 5; seed++)
    {
      g_autofree char *world = post_all (seed, 300, &requests), *again = NULL;
      guint requests_again;

      g_test_message ("seed %u: %u requests", seed, requests);
      g_assert_cmpstr (world, ==, calm);
      g_assert_cmpuint (requests, >, 700);
      again = post_all (seed, 300, &requests_again);
      g_assert_cmpuint (requests_again, ==, requests); /* the same seed, the same day */
    }
}

/* ---- lists ---- */

/* Somebody orders something while the second page is read. */
static void
on_meanwhile (TbFakeWhmcs *fake, const char *action, gpointer data)
{
  guint *moves = data;

  if (*moves == 0 || !g_str_equal (action, "GetClientsProducts") || tb_fake_whmcs_count (fake, action) != 2)
    return;
  --*moves;
  tb_fake_whmcs_add_service (fake, 1, 1, "new", "new");
}

static void
test_lists (void)
{
  static const struct { const char *why; guint clients, quirks, moves, requests, services_requests; } rows[] = {
    { "nobody", 0, 0, 0, 1, 1 },
    { "two pages and a bit", 600, 0, 0, 3, 2 },
    { "exactly two pages", 500, 0, 0, 2, 1 },
    { "a server that gives seven at a time", 60, TB_FAKE_QUIRK_SMALL_PAGES | TB_FAKE_QUIRK_TEXT_IDS, 0, 9, 5 },
    { "a list that grew once: read again", 600, 0, 1, 3, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, rows[i].quirks);
      g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
      g_autoptr (TbJob) job = tb_job_new ("pull");
      g_autoptr (GPtrArray) clients = NULL, services = NULL;
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
      g_autoptr (GError) error = NULL;
      guint moves = rows[i].moves;

      g_test_message ("%s", rows[i].why);
      fill (fake, rows[i].clients);
      tb_fake_whmcs_set_meanwhile (fake, on_meanwhile, &moves);
      tb_whmcs_set_job (talk, job, 0, 0.5);
      clients = tb_whmcs_list_clients (talk, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (clients->len, ==, rows[i].clients);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, "GetClients"), ==, rows[i].requests);
      g_assert_cmpfloat (tb_job_get_fraction (job), ==, rows[i].clients > 0 ? 0.5 : 0);
      services = tb_whmcs_list_services (talk, 0, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < services->len; k++)
        g_assert_true (g_hash_table_add (seen, GINT_TO_POINTER ((gint) ((TbWhmcsService *) services->pdata[k])->id)));
      g_assert_cmpuint (services->len, ==, rows[i].clients / 2 + rows[i].moves);
      g_assert_cmpuint (tb_fake_whmcs_count (fake, "GetClientsProducts"), ==, rows[i].services_requests);
    }
}

/* Answers every page with the same rows, as a server that pays no heed to limitstart. */
typedef struct
{
  TbWhmcsTransport transport;
  const char *body;
  guint requests;
} Same;

static TbHttpAnswer *
post_same (TbWhmcsTransport *transport, GBytes *form, gboolean changes, guint timeout, GCancellable *cancellable)
{
  Same *self = (Same *) transport;
  TbHttpAnswer *answer = g_new0 (TbHttpAnswer, 1);

  self->requests++;
  answer->status = 200;
  answer->retry_after = -1;
  answer->body = g_bytes_new (self->body, strlen (self->body));
  return answer;
}

static gboolean
wait_never (TbWhmcsTransport *transport, guint seconds, GCancellable *cancellable, GError **error)
{
  g_assert_not_reached ();
}

static void
free_nothing (TbWhmcsTransport *transport)
{
}

static void
test_bad_pages (void)
{
  static const struct { const char *why, *body; int code; const char *says; guint requests; } rows[] = {
    { "the same page for ever", "{\"result\":\"success\",\"totalresults\":9,\"clients\":{\"client\":[{\"id\":1},{\"id\":\"2\"}]}}", TB_ERROR_NETWORK,
      "Clients", 8 },
    { "fewer rows than it says", "{\"result\":\"success\",\"totalresults\":9,\"clients\":\"\"}", TB_ERROR_NETWORK, "Clients", 4 },
    { "rows that nothing tells apart", "{\"result\":\"success\",\"totalresults\":900,\"clients\":[{\"ib\":1}]}", TB_ERROR_INVALID_INPUT,
      "row 1 of GetClients. clients: it has no id", 1 },
    { "a date that is none", "{\"result\":\"success\",\"clients\":[{\"id\":1,\"datecreated\":\"soon\"}]}", TB_ERROR_INVALID_INPUT, "“datecreated” is “soon”", 1 },
    { "a list that is none", "{\"result\":\"success\",\"clients\":\"none\"}", TB_ERROR_INVALID_INPUT, "“clients”", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Same same = { .transport = { post_same, wait_never, free_nothing }, .body = rows[i].body };
      const TbWhmcsLogin login = { .url = "https://b.example.com", .identifier = "i", .secret = "s" };
      g_autoptr (TbWhmcs) talk = tb_whmcs_new_with_transport (&login, &same.transport);
      g_autoptr (GError) error = NULL;

      g_assert_null (tb_whmcs_list_clients (talk, &error));
      assert_error (&error, rows[i].why, rows[i].code, rows[i].says);
      g_assert_cmpuint (same.requests, ==, rows[i].requests);
    }
}

static void
test_cancel (void)
{
  g_autoptr (TbFakeWhmcs) fake = tb_fake_whmcs_new (8, 0);
  g_autoptr (TbWhmcs) talk = tb_fake_whmcs_talk_new (fake);
  g_autoptr (TbJob) job = tb_job_new ("pull");
  g_autoptr (GError) error = NULL;

  fill (fake, 1);
  tb_whmcs_set_job (talk, job, 0, 1);
  tb_job_cancel (job);
  g_assert_null (tb_whmcs_list_clients (talk, &error));
  assert_error (&error, "reading", TB_ERROR_CANCELLED, "");
  g_assert_cmpint (tb_whmcs_log_activity (talk, 1, "x", &error), ==, TB_WHMCS_NOT_SENT);
  assert_error (&error, "changing", TB_ERROR_CANCELLED, "");
  g_assert_cmpuint (tb_fake_whmcs_count (fake, NULL), ==, 0);
  g_assert_false (tb_whmcs_is_stopped (talk));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connectors/whmcs/form", test_form);
  g_test_add_func ("/connectors/whmcs/decode", test_decode);
  g_test_add_func ("/connectors/whmcs/shapes", test_shapes);
  g_test_add_func ("/connectors/whmcs/replies", test_replies);
  g_test_add_func ("/connectors/whmcs/hostile", test_hostile);
  g_test_add_func ("/connectors/whmcs/values", test_values);
  g_test_add_func ("/connectors/whmcs/quirks", test_quirks);
  g_test_add_func ("/connectors/whmcs/clients", test_clients);
  g_test_add_func ("/connectors/whmcs/services", test_services);
  g_test_add_func ("/connectors/whmcs/invoices", test_invoices);
  g_test_add_func ("/connectors/whmcs/too-many-lines", test_too_many_lines);
  g_test_add_func ("/connectors/whmcs/above", test_above);
  g_test_add_func ("/connectors/whmcs/any-order", test_any_order);
  g_test_add_func ("/connectors/whmcs/days", test_days);
  g_test_add_func ("/connectors/whmcs/money", test_money);
  g_test_add_func ("/connectors/whmcs/system", test_system);
  g_test_add_func ("/connectors/whmcs/faults", test_faults);
  g_test_add_func ("/connectors/whmcs/gives-up", test_gives_up);
  g_test_add_func ("/connectors/whmcs/stops", test_stops);
  g_test_add_func ("/connectors/whmcs/login", test_login);
  g_test_add_func ("/connectors/whmcs/new", test_new);
  g_test_add_func ("/connectors/whmcs/once", test_once);
  g_test_add_func ("/connectors/whmcs/lists", test_lists);
  g_test_add_func ("/connectors/whmcs/bad-pages", test_bad_pages);
  g_test_add_func ("/connectors/whmcs/cancel", test_cancel);
  return g_test_run ();
}
