/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "posting-company.h"
#include "posting-world.h"
#include "tb-fault-vfs.h"
#include "tb-remote-store.h"
#include "tb-test-company.h"
#include "test-books.h"

/* A thousand things are posted in a world where everything goes wrong that can, and in the end WHMCS holds exactly what it holds where nothing does:
 * each invoice once, whole and published, each credit once, each client once, nothing parked, nothing refused. TOLLBOOK_SIMULATE_SEEDS says how many
 * worlds, TOLLBOOK_SIMULATE_FIRST the first one's number. */

static const CompanyPlan plan = { .known = 180, .fresh = 20, .bills = 5, .bills_of_fresh = 2, .notes = { 1, 20 }, .prepaid = { 21, 40 }, .lengthy = { 41, 43 },
                                  .voided = { 100, 119 }, .in_part = { 50, 59 }, .in_full = { 60, 69 }, .in_excess = { 70, 79 }, .back = { 65, 74 },
                                  .ahead = { 85, 94 }, .drafts = { 121, 140 } };

static char *base_books;
static char *calm_world;

/* ---- a world around it ---- */

static void
die_cb (guint n, gpointer data)
{
  company_die (n);
}

static void
other_cb (gboolean over, TbJob *job, gpointer data)
{
  company_post_elsewhere (data, over, job);
}

static void
pass_cb (gint64 seconds, gpointer world)
{
  world_pass (world, seconds);
}

/* Drafts that staff publish, which is seen when they are read the next time. */
static void
see_published_cb (gint64 id, gint64 client, gpointer data)
{
  TbMirrorInvoice *seen = tb_mirror_invoice_new ();

  seen->id = id;
  seen->client = client;
  seen->status = g_strdup ("Unpaid");
  g_ptr_array_add (data, seen);
}

/* … which is seen when they are read the next time. */
static void
publish_drafts (Company *self, World *world)
{
  g_autoptr (GPtrArray) seen = tb_mirror_values_new (&tb_mirror_invoice_noun);
  g_autoptr (TbRemotePull) pull = tb_remote_store_begin (self->store, "https://billing.example.com/", FALSE, COMPANY_NOW, 0, NULL);

  world_publish_drafts (world, see_published_cb, seen);
  g_assert_cmpuint (seen->len, ==, range_count (plan.drafts));
  g_assert_true (tb_remote_store_save (self->store, &tb_mirror_invoice_noun, TB_REMOTE_WHOLE, seen, pull->id, COMPANY_NOW, NULL, NULL));
}

/* Subtotals and taxes of all invoices there, and what of credit is on them, are what the books say. */
static void
assert_sums (Company *self, const char *told)
{
  g_auto (GStrv) lines = g_strsplit (told, "\n", -1);
  TbAmount sum = 0, credit = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "invoice "))
      {
        g_auto (GStrv) words = g_strsplit (lines[i], " ", 8);

        sum += g_ascii_strtoll (words[5], NULL, 10) + g_ascii_strtoll (words[6], NULL, 10);
        credit += g_ascii_strtoll (words[7], NULL, 10);
      }
  g_assert_cmpint (sum, ==, tb_test_query_int (self->store, "SELECT sum(total) FROM invoice WHERE kind = 0"));
  g_assert_cmpint (credit, ==, tb_test_query_int (self->store, "SELECT sum(paid) FROM invoice") + range_count (plan.ahead) * COMPANY_AHEAD);
}

/* What WHMCS holds in the end. */
static char *
simulate (guint32 seed, double trouble, gboolean check, guint faults[N_FAULTS])
{
  g_autoptr (World) world = world_new (seed, trouble);
  Company company = { .port = world_get_port (world), .clock = world_get_clock (world), .pass = pass_cb, .data = world };
  char *told;

  world_set_callbacks (world, die_cb, other_cb, &company);
  for (guint n = 1; n <= plan.known; n++)
    {
      g_autofree char *email = g_strdup_printf ("ap%u@example.com", n);

      world_add_client (world, n, email, "CAD");
    }
  company_open (&company, &plan, base_books);
  company_post_all (&company);
  company_void_some (&company);
  company_post_all (&company);
  company_move_some (&company);
  company_post_all (&company);
  company_leave_drafts (&company);
  company_post_all (&company);
  publish_drafts (&company, world);
  company_post_all (&company);
  company_assert_done (&company);
  g_test_message ("world %u: %u runs, %u deaths, %u taken over", seed, company.runs, company.deaths, company.conflicts);
  for (guint i = 0; i < N_FAULTS; i++)
    faults[i] += world_count_faults (world, (Fault) i);
  told = world_tell (world);
  if (check)
    assert_sums (&company, told);
  company_close (&company);
  return told;
}

static guint
number_from (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* ---- tests ---- */

static guint
count_lines (const char *beginning, const char *holding)
{
  g_auto (GStrv) lines = g_strsplit (calm_world, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], beginning) && strstr (lines[i], holding) != NULL;
  return n;
}

/* What the others are measured by is itself what the books say. */
static void
test_calm (void)
{
  guint faults[N_FAULTS] = { 0 };

  calm_world = simulate (0, 0, TRUE, faults);
  g_assert_cmpuint (count_lines ("invoice ", ""), ==, company_plan_count_invoices (&plan));
  g_assert_cmpuint (count_lines ("invoice ", " Cancelled "), ==, range_count (plan.voided));
  g_assert_cmpuint (count_lines ("invoice ", " Paid "), ==, range_count (plan.in_full) + range_count (plan.in_excess));
  g_assert_cmpuint (count_lines ("invoice ", " Unpaid "), ==, company_plan_count_invoices (&plan) - range_count (plan.voided) - range_count (plan.in_full) - range_count (plan.in_excess));
  g_assert_cmpuint (count_lines ("payment ", " invoice "), ==, range_count (plan.in_part) + range_count (plan.in_full) + range_count (plan.in_excess) + range_count (plan.back));
  g_assert_cmpuint (count_lines ("payment ", " credit "), ==, range_count (plan.in_excess) + range_count (plan.ahead));
  g_assert_cmpuint (count_lines ("invoice ", " 1010000000 "), ==, range_count (plan.ahead));
  g_assert_cmpuint (count_lines ("invoice ", " 450 lines "), ==, range_count (plan.lengthy));
  g_assert_cmpuint (count_lines ("credit ", ""), ==, range_count (plan.notes) + 5 /* of what was paid too much, what came back */);
  g_assert_cmpuint (count_lines ("client ", ""), ==, plan.known + plan.fresh);
  for (guint i = 0; i < N_FAULTS; i++)
    g_assert_cmpuint (faults[i], ==, 0);
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

static void
test_troubled (void)
{
  guint seeds = number_from ("TOLLBOOK_SIMULATE_SEEDS", SEEDS), first = number_from ("TOLLBOOK_SIMULATE_FIRST", 1), faults[N_FAULTS] = { 0 };

  for (guint n = 0; n < seeds; n++)
    {
      /* some worlds are worse than others */
      g_autofree char *found = simulate (first + n, n % 10 == 9 ? 0.3 : 0.05 + (n % 4) * 0.04, n % 20 == 0, faults);

      if (strcmp (found, calm_world) != 0)
        {
          g_test_message ("TOLLBOOK_SIMULATE_FIRST=%u", first + n);
          say_difference (found);
        }
      g_assert_true (strcmp (found, calm_world) == 0);
    }
  for (guint i = 0; i < N_FAULTS; i++)
    {
      g_test_message ("%s: %u", fault_names[i], faults[i]);
      g_assert_cmpuint (faults[i], >, 0);
    }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  tb_fault_vfs_install ();
  base_books = test_path ("base");
  company_make_books (&plan, base_books);
  g_test_add_func ("/posting-simulation/calm", test_calm);
  g_test_add_func ("/posting-simulation/troubled", test_troubled);
  result = test_run_in_folder ();
  g_free (base_books);
  g_free (calm_world);
  return result;
}
