/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-fake-whmcs.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  gboolean taxed;
  gint64 cents;
  char *text;
} FakeLine;

typedef struct
{
  gint64 id, client;
  const char *status;
  char *asked; /* the notes as they were told, whatever hooks make of them */
  char *notes, *date, *due, *paid, *method;
  TbDecimal rate;
  gint64 credit, payments; /* cents */
  gboolean published;
  GPtrArray *lines; /* of FakeLine */
} FakeInvoice;

typedef struct
{
  gint64 id;
  gint64 client, invoice, cents;
  char *reference, *text, *gateway, *date;
} FakeMove; /* a transaction, a credit or an entry of the log */

typedef struct
{
  gint64 id;
  gint64 currency;
  gint64 credit;
  TbDecimal percent;
  GHashTable *texts;    /* as they were told: "firstname" … */
  GHashTable *customs;  /* id (text) → value */
  GPtrArray *invoices;  /* of FakeInvoice, borrowed */
} FakeClient;

typedef struct
{
  gint64 id, client, product;
  GHashTable *texts, *customs;
} FakeService;

struct _TbFakeWhmcs
{
  guint version, quirks;
  GPtrArray *clients, *products /* of char *: "name\tmodule" */, *services, *invoices, *payments, *credits, *log;
  GPtrArray *currencies; /* of char * */
  gint64 last_line;
  guint mails;

  GRand *rand;
  guint per_mille, without;
  TbFakeChoice choose;
  gpointer choose_data;
  gint64 now;
  GPtrArray *late; /* of FakeLate */
  TbFakeFault next;
  guint times;
  char *next_action;
  guint refuse_status;
  char *refuse_message, *forbidden;
  void (*meanwhile) (TbFakeWhmcs *self, const char *action, gpointer data);
  gpointer data;

  GHashTable *counts;
  guint count;
  char *body;
  guint64 waited;

  GMutex lock;
  GThread *thread;
  GMainLoop *loop;
  char *url;
};

/* One request, and the answer as it grows. */
typedef struct
{
  TbFakeWhmcs *fake;
  GHashTable *args;  /* name → value */
  GPtrArray *names;  /* in order, borrowed */
  GString *out;
} FakeCall;

/* NULL = done; else WHMCS's message. */
typedef const char *(*FakeAction) (FakeCall *call);
typedef struct { const char *name; FakeAction act; } FakeActionRow;

extern const FakeActionRow fake_client_actions[], fake_invoice_actions[], fake_money_actions[];

const char  *fake_arg (FakeCall *call, const char *name);          /* "" where it is missing */
gint64       fake_arg_id (FakeCall *call, const char *name);
gboolean     fake_arg_flag (FakeCall *call, const char *name);
gint64       fake_cents (const char *text);                        /* "12.34" → 1234 */
char        *fake_money (gint64 cents);
FakeClient  *fake_find_client (TbFakeWhmcs *self, gint64 id);
FakeInvoice *fake_find_invoice (TbFakeWhmcs *self, gint64 id);
FakeClient  *fake_client_new (TbFakeWhmcs *self);
void         fake_add_log (TbFakeWhmcs *self, gint64 client, const char *text);
GPtrArray   *fake_payment_rows (FakeCall *call, gint64 client, gint64 invoice, const char *reference); /* 0, "" = any */
void         fake_add_move (GPtrArray *list, gint64 client, gint64 invoice, gint64 cents, const char *reference, const char *text,
                            const char *gateway);
void         fake_read_customs (FakeCall *call, GHashTable *customs);

/* Members of the object in `out`. */
void fake_put_text (FakeCall *call, GString *out, const char *name, const char *value);
void fake_put_id (FakeCall *call, GString *out, const char *name, gint64 value);
void fake_put_money (FakeCall *call, GString *out, const char *name, gint64 cents);
void fake_put_customs (FakeCall *call, GString *out, GHashTable *customs, gboolean flat);
/* Takes the rows (of GString, the members of each). */
void       fake_put_list (FakeCall *call, GString *out, const char *plural, const char *singular, GPtrArray *rows);
GPtrArray *fake_rows_new (void);
GString   *fake_rows_add (GPtrArray *rows);
/* 0, 1, … `n` - 1, or, by the quirk, the same in an order that means nothing. */
guint     *fake_order (FakeCall *call, guint n);
/* What of `n` rows is asked for; writes totalresults and so on. */
void       fake_put_page (FakeCall *call, guint n, guint *ret_from, guint *ret_to);

gint64 fake_invoice_subtotal (const FakeInvoice *self, gboolean only_taxed);
gint64 fake_invoice_tax (const FakeInvoice *self);
gint64 fake_invoice_total (const FakeInvoice *self);

/* What waits until time has passed, and the end of the server (tb-fake-whmcs-serve.c). */
void fake_late_free (gpointer data);
void fake_stop_server (TbFakeWhmcs *self);

void fake_client_free (gpointer data);
void fake_service_free (gpointer data);
void fake_invoice_free (gpointer data);
void fake_move_free (gpointer data);

G_END_DECLS
