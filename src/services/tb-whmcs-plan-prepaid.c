/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "tb-alert-store.h"
#include "tb-balances.h"
#include "tb-posting-store.h"
#include "tb-remote-store.h"
#include "tb-text.h"
#include "tb-voip-service.h"
#include "tb-whmcs-plan-private.h"

/* What follows at WHMCS from the balance of one who pays in advance. The balance here is ahead of the credit there, for it falls as calls are rated;
 * each push draws the difference from the credit ("prepaid": "credit"). Services are suspended and resumed and mails sent for those clients only who
 * have the field "Has VoIP Service", and nothing is resumed that was not suspended from here (the rules of ictVoIP's guide). */

/* One client at a time. */
typedef struct
{
  TbPlanner *planner;
  const TbWhmcsSettings *settings;
  const TbClient *client;
  const TbClientBalance *balance;
  TbMirrorClient *there;
  gint64 read_at;   /* when `there` was read */
  GPtrArray *known; /* of TbPosting: the client's */
} Desk;

static TbPosting *
posting_new (const Desk *self, TbPostingKind kind, const char *part)
{
  TbPosting *posting = tb_posting_new (kind);
  g_autofree char *content = NULL;
  guint before = 0;

  for (guint i = 0; i < self->known->len; i++)
    {
      const TbPosting *other = self->known->pdata[i];

      before += other->kind == kind && g_str_equal (other->part, part);
    }
  content = g_strdup_printf ("%s|%s|%s|%u", tb_posting_kind_to_string (kind), self->client->key, part, before);
  posting->client_id = self->client->id;
  tb_set_str (&posting->client, self->client->key);
  tb_set_str (&posting->part, part);
  posting->marker = tb_posting_make_marker (self->planner->site, self->client->key, content);
  return posting;
}

/* The last one of those kinds, or NULL; one that WHMCS refused never was. */
static const TbPosting *
find_last (const Desk *self, TbPostingKind kind, TbPostingKind or_kind, const char *part)
{
  for (guint i = self->known->len; i-- > 0;)
    {
      const TbPosting *posting = self->known->pdata[i];

      if ((posting->kind == kind || posting->kind == or_kind) && g_str_equal (posting->part, part) && posting->place.state != TB_POSTING_FAILED)
        return posting;
    }
  return NULL;
}

/* What WHMCS refused it would refuse again: it is not planned anew with every push, but seen to by a person, who retries it. Why, or NULL. */
static char *
tell_refused (const TbPosting *last)
{
  if (last == NULL || last->place.state != TB_POSTING_FAILED)
    return NULL;
  return g_strdup_printf (_("it was refused, see number %u of the ledger: %s"), last->id, last->message != NULL ? last->message : "");
}

/* The last of that kind, refused or not, or NULL. */
static const TbPosting *
find_very_last (const Desk *self, TbPostingKind kind, const char *part)
{
  for (guint i = self->known->len; i-- > 0;)
    {
      const TbPosting *posting = self->known->pdata[i];

      if (posting->kind == kind && g_str_equal (posting->part, part))
        return posting;
    }
  return NULL;
}

/* ---- what is used and on no invoice yet ---- */

static gboolean
is_draw (const TbPosting *posting)
{
  return posting->kind == TB_POSTING_CREDIT && posting->document == 0 && g_str_has_prefix (posting->part, TB_CREDIT_DRAW);
}

/* What was drawn up to now; *ret_open says that one of them is on its way. */
static gboolean
sum_draws (const Desk *self, TbMoney *ret, guint *ret_n, gboolean *ret_open, GError **error)
{
  *ret = (TbMoney){ 0, self->balance->currency };
  *ret_n = 0;
  *ret_open = FALSE;
  for (guint i = 0; i < self->known->len; i++)
    {
      const TbPosting *posting = self->known->pdata[i];

      if (!is_draw (posting))
        continue;
      ++*ret_n;
      *ret_open = *ret_open || tb_posting_place_is_open (&posting->place);
      if (posting->place.state != TB_POSTING_FAILED && posting->amount.currency == ret->currency && !tb_money_add (*ret, posting->amount, ret, error))
        return FALSE;
    }
  return TRUE;
}

static char *
find_refused_draw (const Desk *self, TbMoney amount)
{
  const TbPosting *last = NULL;

  for (guint i = 0; i < self->known->len; i++)
    if (is_draw (self->known->pdata[i]))
      last = self->known->pdata[i];
  return last != NULL && last->amount.amount == amount.amount ? tell_refused (last) : NULL; /* another amount is another try */
}

/* All draws together are what is used and on no approved invoice: when an invoice takes that use over, the next draw gives it back. */
static gboolean
plan_draw (const Desk *self, GError **error)
{
  TbMoney used = { 0, self->balance->currency }, drawn, difference;
  g_autofree char *part = NULL;
  TbPosting *posting;
  gboolean open;
  guint n;

  if (!tb_amount_subtract (self->balance->balance, self->balance->entries, &used.amount, error) || !tb_money_round (used, TB_ROUND_HALF_UP, &used, error)
      || !sum_draws (self, &drawn, &n, &open, error) || !tb_money_subtract (used, drawn, &difference, error))
    return FALSE;
  if (difference.amount == 0 || open)
    return TRUE;
  part = g_strdup_printf ("%s %u", TB_CREDIT_DRAW, n + 1);
  posting = posting_new (self, TB_POSTING_CREDIT, part);
  posting->amount = difference;
  tb_planner_add (self->planner, posting, find_refused_draw (self, difference));
  return TRUE;
}

/* ---- custom fields ---- */

static const char *
get_field (const Desk *self, gint64 id)
{
  for (guint i = 0; id > 0 && i < self->there->fields->len; i++)
    {
      const TbMirrorPair *pair = self->there->fields->pdata[i];

      if (pair->id == id)
        return pair->value;
    }
  return NULL;
}

/* A tick box is "on" there, and other words where staff or a module wrote it. */
static gboolean
is_ticked (const char *value)
{
  static const char *const words[] = { "on", "yes", "1", "true", "y" };

  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (value, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Told since it was last read there, it need not be told again. */
static void
plan_field (const Desk *self, gint64 id, const char *value)
{
  g_autofree char *part = g_strdup_printf ("%" G_GINT64_FORMAT "=%s", id, value), *prefix = g_strdup_printf ("%" G_GINT64_FORMAT "=", id);
  const TbPosting *last = NULL;

  for (guint i = 0; i < self->known->len; i++)
    {
      const TbPosting *posting = self->known->pdata[i];

      if (posting->kind == TB_POSTING_FIELD && g_str_has_prefix (posting->part, prefix))
        last = posting;
    }
  if (last != NULL && (tb_posting_place_is_open (&last->place) || (g_str_equal (last->part, part) && last->changed >= self->read_at)))
    return;
  tb_planner_add (self->planner, posting_new (self, TB_POSTING_FIELD, part), tell_refused (find_very_last (self, TB_POSTING_FIELD, part)));
}

static void
plan_threshold (const Desk *self)
{
  const char *theirs = get_field (self, self->settings->low_balance_field);
  TbDecimal there = TB_DECIMAL_NONE;
  g_autofree char *ours = NULL;

  if (self->settings->low_balance_field == 0 || self->client->low_balance == TB_DECIMAL_NONE)
    return;
  if (theirs != NULL && tb_decimal_parse (theirs, -1, TB_RATE_SCALE, &there, NULL) && there == self->client->low_balance)
    return;
  ours = tb_decimal_format (self->client->low_balance, TB_RATE_SCALE, 2);
  plan_field (self, self->settings->low_balance_field, ours);
}

/* ---- suspending and resuming ---- */

static gboolean
is_voip (const Desk *self, const TbMirrorService *service)
{
  g_autoptr (TbMirrorProduct) product = tb_remote_store_get (self->planner->store, &tb_mirror_product_noun, service->product, NULL);

  return product != NULL && tb_voip_service_is_module (product->module);
}

/* Suspended from here, or about to be, once this is planned. */
static gboolean
plan_service (const Desk *self, const TbMirrorService *service)
{
  gboolean empty = self->balance->state == TB_BALANCE_EMPTY;
  g_autofree char *part = g_strdup_printf ("service %" G_GINT64_FORMAT, service->id);
  const TbPosting *last = find_last (self, TB_POSTING_SUSPEND, TB_POSTING_RESUME, part);
  gboolean ours = last != NULL && last->kind == TB_POSTING_SUSPEND;
  gboolean told = last != NULL && (last->place.state != TB_POSTING_DONE || last->changed >= self->read_at); /* what was read there is older */
  gboolean active = told ? !ours : g_strcmp0 (service->status, "Active") == 0;
  gboolean suspended = told ? ours : g_strcmp0 (service->status, "Suspended") == 0;
  TbPosting *posting;

  if (last != NULL && last->place.state != TB_POSTING_DONE)
    return ours; /* on its way, or left to a person */
  if (!(empty ? active : suspended && ours))
    return empty && ours && suspended;
  posting = posting_new (self, empty ? TB_POSTING_SUSPEND : TB_POSTING_RESUME, part);
  posting->remote_id = service->id;
  tb_planner_add (self->planner, posting, tell_refused (find_very_last (self, posting->kind, part)));
  return empty;
}

static gboolean
plan_services (const Desk *self, GError **error)
{
  g_autoptr (GPtrArray) services = tb_remote_store_list (self->planner->store, &tb_mirror_service_noun, self->client->whmcs_id, error);
  gboolean suspended = FALSE;

  if (services == NULL)
    return FALSE;
  for (guint i = 0; i < services->len; i++)
    suspended = (is_voip (self, services->pdata[i]) && plan_service (self, services->pdata[i])) || suspended;
  if (self->settings->suspended_field > 0 && is_ticked (get_field (self, self->settings->suspended_field)) != suspended)
    plan_field (self, self->settings->suspended_field, suspended ? "on" : "");
  return TRUE;
}

/* ---- mails ---- */

/* Once for each fall, low and empty each; a balance that has risen can fall again. */
static gboolean
plan_alert (const Desk *self, GError **error)
{
  TbBalanceState state = self->balance->state, told;

  if (!tb_alert_store_get (self->planner->store, self->client->id, &told, error))
    return FALSE;
  if (state > told)
    tb_planner_add (self->planner, posting_new (self, TB_POSTING_ALERT, tb_balance_state_to_string (state)), NULL);
  return state == told || self->planner->dry || tb_alert_store_set (self->planner->store, self->client->id, state, error);
}

/* ---- all of it ---- */

static gboolean
plan_voip (const Desk *self, GError **error)
{
  if (self->settings->has_voip_field == 0 || !is_ticked (get_field (self, self->settings->has_voip_field)))
    return TRUE;
  if (!is_ticked (get_field (self, self->settings->manual_suspend_field)) && !plan_services (self, error))
    return FALSE;
  return plan_alert (self, error);
}

static gint64
find_read (TbPlanner *planner, GHashTable *reads, gint64 id)
{
  const TbRemoteRead *read = tb_remote_reads_get (reads, id);

  return read != NULL ? MAX (read->read_at, read->detailed_at) : 0;
}

static gboolean
plan_balance (TbPlanner *planner, GHashTable *reads, const TbClientBalance *balance, GError **error)
{
  const TbClient *client = tb_setup_index_get_client (planner->index, balance->client);
  g_autoptr (TbMirrorClient) there = tb_remote_store_get (planner->store, &tb_mirror_client_noun, client->whmcs_id, NULL);
  const TbPostingFilter its = { -1, FALSE, balance->client, 0 };
  g_autoptr (GPtrArray) known = there != NULL ? tb_posting_store_list (planner->store, &its, error) : NULL;
  const Desk desk = { planner, planner->setup->whmcs, client, balance, there, find_read (planner, reads, client->whmcs_id), known };

  if (there == NULL || g_strcmp0 (there->status, "Closed") == 0 || tb_currency_get_minor_units (balance->currency) > 2)
    return TRUE;
  if (known == NULL || (g_strcmp0 (desk.settings->prepaid, "credit") == 0 && !plan_draw (&desk, error)))
    return FALSE;
  plan_threshold (&desk);
  return plan_voip (&desk, error);
}

gboolean
tb_planner_add_prepaid (TbPlanner *self, GError **error)
{
  g_autoptr (GPtrArray) balances = NULL;
  g_autoptr (GHashTable) reads = NULL;

  if (self->setup->whmcs == NULL)
    return TRUE;
  balances = tb_balances_list (self->store, error);
  reads = balances != NULL ? tb_remote_store_list_reads (self->store, &tb_mirror_client_noun, error) : NULL;
  if (reads == NULL)
    return FALSE;
  for (guint i = 0; i < balances->len; i++)
    {
      const TbClientBalance *balance = balances->pdata[i];
      const TbClient *client = tb_setup_index_get_client (self->index, balance->client);

      if (balance->is_prepaid && client != NULL && client->whmcs_id > 0 && tb_planner_is_meant (self, balance->client)
          && !plan_balance (self, reads, balance, error))
        return FALSE;
    }
  return TRUE;
}
