/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-error.h"
#include "tb-fuzz.h"
#include "tb-http.h"
#include "tb-whmcs-invoices.h"
#include "tb-whmcs-products.h"
#include "tb-whmcs-system.h"

/* The same answer to everything that WHMCS is asked: its first byte says with which status of HTTP. */

#define MAX_REQUESTS 40 /* for one question: pages, read again, each asked four times */

typedef struct
{
  TbWhmcsTransport transport;
  const uint8_t *data;
  size_t size;
  guint requests;
} Echo;

static TbHttpAnswer *
post (TbWhmcsTransport *transport, GBytes *form, gboolean changes, guint timeout, GCancellable *cancellable)
{
  static const guint statuses[] = { 200, 200, 200, 301, 403, 404, 429, 500 };
  Echo *self = (Echo *) transport;
  TbHttpAnswer *answer = g_new0 (TbHttpAnswer, 1);

  self->requests++;
  answer->status = self->size > 0 && self->data[0] != '{' ? statuses[self->data[0] % G_N_ELEMENTS (statuses)] : 200;
  answer->body = g_bytes_new (self->data, self->size);
  answer->retry_after = -1;
  answer->passing = answer->status >= 429;
  answer->bad = answer->status == 200 ? NULL : g_error_new (TB_ERROR, TB_ERROR_NETWORK, "HTTP %u", answer->status);
  return answer;
}

static gboolean
wait_no_time (TbWhmcsTransport *transport, guint seconds, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
free_nothing (TbWhmcsTransport *transport)
{
}

/* Something, or a reason that can be shown. */
static void
check (Echo *echo, gboolean good, GError **error)
{
  tb_fuzz_check (good == (*error == NULL));
  tb_fuzz_check (good || ((*error)->domain == TB_ERROR && g_utf8_validate ((*error)->message, -1, NULL) && strlen ((*error)->message) < 4000));
  tb_fuzz_check (echo->requests <= MAX_REQUESTS);
  g_clear_error (error);
  echo->requests = 0;
}

static void
check_list (Echo *echo, GPtrArray *list, GError **error)
{
  check (echo, list != NULL, error);
  tb_fuzz_check (list == NULL || list->len <= echo->size);
  g_clear_pointer (&list, g_ptr_array_unref);
}

static void
ask_all (Echo *echo, TbWhmcs *talk)
{
  g_autoptr (TbWhmcsClient) client = NULL;
  g_autoptr (TbWhmcsInvoice) invoice = NULL;
  g_autoptr (TbWhmcsAbout) about = NULL;
  const TbWhmcsInvoiceQuery all = { 0 };
  GError *error = NULL;

  check_list (echo, tb_whmcs_list_clients (talk, &error), &error);
  check_list (echo, tb_whmcs_list_products (talk, NULL, &error), &error);
  check_list (echo, tb_whmcs_list_services (talk, 0, &error), &error);
  check_list (echo, tb_whmcs_list_invoices (talk, &all, &error), &error);
  check_list (echo, tb_whmcs_list_transactions (talk, 1, 0, NULL, &error), &error);
  check_list (echo, tb_whmcs_list_credits (talk, 1, &error), &error);
  check_list (echo, tb_whmcs_list_currencies (talk, &error), &error);
  client = tb_whmcs_get_client (talk, 1, &error);
  check (echo, client != NULL, &error);
  invoice = tb_whmcs_get_invoice (talk, 1, &error);
  check (echo, invoice != NULL, &error);
  about = tb_whmcs_get_about (talk, &error);
  check (echo, about != NULL, &error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const TbWhmcsLogin login = { .url = "https://billing.example.com", .identifier = "i", .secret = "s3cr3t" };
  Echo echo = { .transport = { post, wait_no_time, free_nothing }, .data = data, .size = size };
  g_autoptr (TbWhmcs) talk = tb_whmcs_new_with_transport (&login, &echo.transport);
  TbWhmcsNewInvoice invoice = TB_WHMCS_NEW_INVOICE;
  GError *error = NULL;
  gint64 id = 0;
  TbWhmcsOutcome outcome = tb_whmcs_create_invoice (talk, &invoice, &id, &error);

  tb_fuzz_check (echo.requests == 1); /* whatever the answer */
  tb_fuzz_check ((outcome == TB_WHMCS_DONE) == (id > 0));
  check (&echo, outcome == TB_WHMCS_DONE, &error);
  ask_all (&echo, talk);
  return 0;
}
