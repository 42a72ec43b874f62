/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "posting-company.h"
#include "tb-error.h"
#include "tb-fake-whmcs.h"
#include "tb-fault-vfs.h"
#include "tb-whmcs-port-talk.h"
#include "tb-whmcs-pull.h"
#include "test-books.h"

/* What test-posting-simulation proves of posting, proved once more through every byte of it: the connector talks over sockets with a WHMCS 8 or 9 that answers in
 * whatever shape it was ever seen to, with faults of the line, of proxies, of PHP and of ours, and drafts that staff publish are seen by a pull. Far
 * fewer postings, for each takes its connections. TOLLBOOK_SIMULATE_SEEDS and TOLLBOOK_SIMULATE_FIRST as there. */

static const CompanyPlan plan = { .known = 12, .fresh = 3, .bills = 2, .bills_of_fresh = 1, .notes = { 1, 2 }, .prepaid = { 3, 4 }, .lengthy = { 5, 5 },
                                  .voided = { 6, 7 }, .in_part = { 8, 8 }, .in_full = { 9, 10 }, .in_excess = { 11, 11 }, .back = { 10, 11 },
                                  .ahead = { 12, 12 }, .drafts = { 1, 3 } };

#define LEASE_IS_OVER 301

static char *base_books, *calm_world;

/* ---- a world ---- */

typedef struct
{
  TbPushClock clock;
  gint64 now;
  TbFakeWhmcs *fake;
  TbWhmcs *talk;
  GRand *rand; /* of what happens in the thread that serves, and, between two requests, in ours */
  guint trouble; /* of a thousand requests */
  Company company;
  gboolean nested;
  guint left; /* requests until the other workstation is told to stop */
  TbJob *job;
  guint faults[TB_FAKE_N_FAULTS], deaths_planned, meetings, takeovers;
} World;

/* How often each, of a hundred that go wrong: of questions, and of changes. What is silent takes its time. */
static const struct
{
  TbFakeFault fault;
  guint of_questions, of_changes;
} weights[] = {
  { TB_FAKE_FAULT_RESET, 20, 14 },  { TB_FAKE_FAULT_LOST, 15, 18 },   { TB_FAKE_FAULT_SILENCE, 1, 1 }, { TB_FAKE_FAULT_LATE, 1, 1 },   { TB_FAKE_FAULT_500, 15, 11 },
  { TB_FAKE_FAULT_502, 15, 8 },     { TB_FAKE_FAULT_BUSY, 8, 4 },     { TB_FAKE_FAULT_PAGE, 8, 4 },    { TB_FAKE_FAULT_CUT, 7, 6 },     { TB_FAKE_FAULT_EMPTY, 4, 5 },
  { TB_FAKE_FAULT_WARNING, 3, 3 },  { TB_FAKE_FAULT_DOUBLED, 3, 3 },  { TB_FAKE_FAULT_TWICE, 0, 4 },   { TB_FAKE_FAULT_TWICE_LOST, 0, 3 }, { TB_FAKE_FAULT_OTHERS, 0, 3 },
  { TB_FAKE_FAULT_DENIED, 0, 4 },   { TB_FAKE_FAULT_DELAYED, 0, 8 },
};

static gboolean
is_change (const char *action)
{
  return !g_str_has_prefix (action, "Get") && !g_str_equal (action, "WhmcsDetails");
}

/* Credit and payments that are there twice are taken back by people (test-whmcs-push); the answer of another's invoice is one to CreateInvoice. */
static gboolean
fits (TbFakeFault fault, const char *action)
{
  static const char *const single[] = { "AddCredit", "ApplyCredit", "AddInvoicePayment", "LogActivity", NULL };
  gboolean twice = fault == TB_FAKE_FAULT_TWICE || fault == TB_FAKE_FAULT_TWICE_LOST;

  return !(twice && g_strv_contains (single, action)) && !(fault == TB_FAKE_FAULT_OTHERS && !g_str_equal (action, "CreateInvoice"));
}

static TbFakeFault
draw (World *self, gboolean change)
{
  int at = g_rand_int_range (self->rand, 0, 100);

  for (guint i = 0;; i++)
    {
      int weight = (int) (change ? weights[i].of_changes : weights[i].of_questions);

      if (at < weight)
        return weights[i].fault;
      at -= weight;
    }
}

static TbFakeFault
choose_cb (TbFakeWhmcs *fake, const char *action, gpointer data)
{
  World *self = data;
  TbFakeFault fault;

  if (self->nested && self->left > 0 && --self->left == 0)
    tb_job_cancel (self->job);
  if ((guint) g_rand_int_range (self->rand, 0, 1000) >= self->trouble)
    return TB_FAKE_FAULT_NONE;
  if (!self->nested && g_rand_int_range (self->rand, 0, 12) == 0)
    {
      self->deaths_planned++;
      company_die ((guint) g_rand_int_range (self->rand, 1, 12));
    }
  fault = draw (self, is_change (action));
  if (!fits (fault, action))
    return TB_FAKE_FAULT_LOST;
  self->faults[fault]++;
  return fault;
}

/* ---- time, in which another workstation may come along ---- */

static void
pass (World *self, gint64 seconds)
{
  self->now += seconds;
  tb_fake_whmcs_pass (self->fake, seconds);
}

static void
pass_cb (gint64 seconds, gpointer data)
{
  pass (data, seconds);
}

static gint64
now (TbPushClock *clock)
{
  return ((World *) clock)->now;
}

static void
meet (World *self, gboolean over)
{
  if (over)
    pass (self, LEASE_IS_OVER);
  self->job = tb_job_new ("other");
  self->left = (guint) g_rand_int_range (self->rand, 1, 40);
  self->nested = TRUE;
  company_post_elsewhere (&self->company, over, self->job);
  self->nested = FALSE;
  g_clear_object (&self->job);
}

static gboolean
wait_until (TbPushClock *clock, gint64 until, GCancellable *cancellable, GError **error)
{
  World *self = (World *) clock;

  pass (self, MAX (until - self->now, 0));
  if (self->nested || self->trouble == 0 || g_rand_int_range (self->rand, 0, 8) != 0)
    return TRUE;
  if (g_rand_boolean (self->rand))
    {
      self->takeovers++;
      meet (self, TRUE);
    }
  else
    {
      self->meetings++;
      meet (self, FALSE);
    }
  return TRUE;
}

/* ---- what is there at the beginning ---- */

static gboolean
has_credit (guint n)
{
  return (n >= plan.prepaid.from && n <= plan.prepaid.to) || (n >= plan.drafts.from && n <= plan.drafts.to);
}

static void
open_world (World *self, guint seed, guint trouble)
{
  TbWhmcsLogin login = { .identifier = TB_FAKE_WHMCS_IDENTIFIER, .secret = TB_FAKE_WHMCS_SECRET };
  g_autoptr (GError) error = NULL;

  self->rand = g_rand_new_with_seed (seed);
  self->trouble = trouble;
  self->now = COMPANY_NOW;
  self->clock = (TbPushClock){ now, wait_until };
  self->fake = tb_fake_whmcs_new (8 + seed % 2, trouble > 0 ? (guint) g_rand_int (self->rand) & (TB_FAKE_QUIRKS | TB_FAKE_QUIRK_NO_NOTES) : 0);
  for (guint n = 1; n <= plan.known; n++)
    {
      g_autofree char *name = g_strdup_printf ("Client %u & Sons", n), *email = g_strdup_printf ("ap%u@example.com", n);
      gint64 id = tb_fake_whmcs_add_client (self->fake, name, email, "CAD", 0);

      g_assert_cmpint (id, ==, n);
      tb_fake_whmcs_set_credit (self->fake, id, has_credit (n) ? 1000 * TB_AMOUNT_ONE : 0);
    }
  tb_fake_whmcs_set_choice (self->fake, choose_cb, self);
  login.url = tb_fake_whmcs_listen (self->fake);
  self->talk = tb_whmcs_new (&login, &error);
  g_assert_no_error (error);
  self->company = (Company){ .port = tb_whmcs_port_new (self->talk), .clock = &self->clock, .pass = pass_cb, .data = self };
  company_open (&self->company, &plan, base_books);
}

static void
close_world (World *self)
{
  company_close (&self->company);
  tb_whmcs_port_free (self->company.port);
  tb_whmcs_free (self->talk);
  tb_fake_whmcs_free (self->fake);
  g_rand_free (self->rand);
}

/* Once more whenever it was cut short. */
static void
pull (World *self)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbPullResult) result = tb_whmcs_pull (self->company.store, self->talk, tb_fake_whmcs_listen (self->fake), FALSE, NULL, &error);

      if (result != NULL && result->troubles->len == 0)
        return;
      if (error == NULL && result->troubles->len > 0)
        g_test_message ("pull: %s", (char *) result->troubles->pdata[0]);
      else
        g_test_message ("pull: %s", error->message);
      company_revive (&self->company);
    }
  g_error ("there is no end to reading");
}

/* ---- tests ---- */

/* What WHMCS holds in the end. */
static char *
simulate (guint seed, guint trouble, World *self)
{
  char *told;

  open_world (self, seed, trouble);
  company_post_all (&self->company);
  company_void_some (&self->company);
  company_post_all (&self->company);
  company_move_some (&self->company);
  company_post_all (&self->company);
  company_leave_drafts (&self->company);
  company_post_all (&self->company);
  g_assert_cmpuint (tb_fake_whmcs_publish_drafts (self->fake), ==, range_count (plan.drafts));
  pull (self);
  company_post_all (&self->company);
  tb_fault_vfs_set (TB_FAULT_NONE, 0);
  company_assert_done (&self->company);
  told = tb_fake_whmcs_tell (self->fake);
  g_test_message ("world %u: %u requests, %u runs, %u deaths, %u taken over, %u met", seed, tb_fake_whmcs_count (self->fake, NULL), self->company.runs,
                  self->company.deaths, self->takeovers, self->meetings);
  close_world (self);
  return told;
}

static guint
count_lines (const char *beginning, const char *holding)
{
  g_auto (GStrv) lines = g_strsplit (calm_world, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], beginning) && strstr (lines[i], holding) != NULL;
  return n;
}

static void
test_calm (void)
{
  World world = { .now = 0 };

  calm_world = simulate (0, 0, &world);
  g_assert_cmpuint (count_lines ("invoice ", ""), ==, company_plan_count_invoices (&plan));
  g_assert_cmpuint (count_lines ("Ref: ", ""), ==, company_plan_count_invoices (&plan)); /* notes have lines of their own */
  g_assert_cmpuint (count_lines ("invoice ", " Cancelled: "), ==, range_count (plan.voided));
  g_assert_cmpuint (count_lines ("invoice ", " Draft: "), ==, 0);
  g_assert_cmpuint (count_lines ("invoice ", ": 450 lines"), ==, range_count (plan.lengthy));
  g_assert_cmpuint (count_lines ("client ", ""), ==, plan.known + plan.fresh);
  g_assert_cmpuint (count_lines ("credit ", " applied"), ==, range_count (plan.prepaid) + range_count (plan.drafts) + range_count (plan.ahead));
}

static void
say_difference (const char *found)
{
  g_auto (GStrv) ours = g_strsplit (found, "\n", -1), theirs = g_strsplit (calm_world, "\n", -1);

  for (guint i = 0; ours[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) theirs, ours[i]))
      g_test_message ("only here: %s", ours[i]);
  for (guint i = 0; theirs[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) ours, theirs[i]))
      g_test_message ("missing: %s", theirs[i]);
}

static guint
number_from (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_troubled (void)
{
  guint seeds = number_from ("TOLLBOOK_SIMULATE_SEEDS", SEEDS), first = number_from ("TOLLBOOK_SIMULATE_FIRST", 1), faults = 0;

  for (guint seed = first; seed < first + seeds; seed++)
    {
      World world = { .now = 0 };
      g_autofree char *found = simulate (seed, seed % 10 == 9 ? 250 : 40 + seed % 4 * 40, &world);

      if (strcmp (found, calm_world) != 0)
        {
          g_test_message ("TOLLBOOK_SIMULATE_FIRST=%u", seed);
          say_difference (found);
        }
      g_assert_true (strcmp (found, calm_world) == 0);
      for (guint i = 0; i < TB_FAKE_N_FAULTS; i++)
        faults += world.faults[i];
    }
  g_test_message ("%u faults", faults);
  g_assert_cmpuint (faults, >, seeds * 5);
}

int
main (int argc, char *argv[])
{
  int result;

  g_setenv ("TOLLBOOK_PATIENCE", "5", TRUE);
  g_test_init (&argc, &argv, NULL);
  tb_fault_vfs_install ();
  base_books = test_path ("base");
  company_make_books (&plan, base_books);
  g_test_add_func ("/posting-bytes/calm", test_calm);
  g_test_add_func ("/posting-bytes/troubled", test_troubled);
  result = test_run_in_folder ();
  g_free (base_books);
  g_free (calm_world);
  return result;
}
