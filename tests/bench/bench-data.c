/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-data.h"

#include <stdlib.h>
#include <string.h>

#include "tb-time.h"

/* Country code and digits of a whole number. North America is first. */
static const struct { const char *code; guint8 total; } countries[] = {
  { "1", 11 },    { "44", 12 },  { "49", 13 },  { "33", 11 },  { "52", 12 },  { "91", 12 },  { "86", 13 },  { "55", 13 },  { "61", 11 },  { "39", 12 },
  { "34", 11 },   { "7", 11 },   { "31", 11 },  { "48", 11 },  { "63", 12 },  { "81", 12 },  { "82", 12 },  { "57", 12 },  { "54", 13 },  { "41", 11 },
  { "46", 11 },   { "32", 11 },  { "43", 12 },  { "353", 12 }, { "351", 12 }, { "47", 10 },  { "45", 10 },  { "358", 12 }, { "420", 12 }, { "40", 11 },
  { "30", 12 },   { "36", 11 },  { "90", 12 },  { "972", 12 }, { "971", 12 }, { "966", 12 }, { "20", 12 },  { "27", 11 },  { "234", 13 }, { "254", 12 },
  { "233", 12 },  { "212", 12 }, { "213", 12 }, { "216", 11 }, { "56", 11 },  { "51", 11 },  { "58", 12 },  { "593", 12 }, { "502", 11 }, { "503", 11 },
  { "504", 11 },  { "505", 11 }, { "506", 11 }, { "507", 11 }, { "509", 11 }, { "591", 11 }, { "595", 12 }, { "598", 11 }, { "53", 10 },  { "60", 11 },
  { "62", 13 },   { "65", 10 },  { "66", 11 },  { "84", 11 },  { "852", 11 }, { "853", 11 }, { "886", 12 }, { "880", 13 }, { "92", 12 },  { "94", 11 },
  { "977", 13 },  { "98", 12 },  { "964", 13 }, { "965", 11 }, { "968", 11 }, { "973", 11 }, { "974", 11 }, { "961", 11 }, { "962", 12 }, { "380", 12 },
  { "375", 12 },  { "370", 11 }, { "371", 11 }, { "372", 11 }, { "381", 12 }, { "385", 12 }, { "386", 11 }, { "421", 12 }, { "359", 12 }, { "355", 12 },
};

guint64
bench_random (BenchRandom *self)
{
  guint64 z = *self += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

guint
bench_random_below (BenchRandom *self, guint n)
{
  return (guint) ((bench_random (self) >> 32) * n >> 32);
}

/* Small numbers are much likelier: with power 3, half of the draws are among the first eighth. */
static guint
skewed_below (BenchRandom *self, guint n, guint power)
{
  guint64 part = G_GUINT64_CONSTANT (1) << 32;

  for (guint i = 0; i < power; i++)
    part = part * (bench_random (self) >> 32 | 1) >> 32;
  return (guint) (part * n >> 32);
}

/* By hand: half of the time of making ten million rows would otherwise go into printf. */
static char *
put_digits (char *to, guint64 value, guint width)
{
  for (guint i = width; i > 0; i--, value /= 10)
    to[i - 1] = (char) ('0' + value % 10);
  to[width] = '\0';
  return to + width;
}

/* ---- the deck ---- */

static int
compare_prefixes (gconstpointer a, gconstpointer b)
{
  return strcmp (((const BenchRate *) a)->prefix, ((const BenchRate *) b)->prefix);
}

static gboolean
add_rate (GArray *deck, GHashTable *known, const char *prefix, guint rate, guint country)
{
  BenchRate row = { .rate = rate, .initial = country == 0 ? 6 : 30, .next = country % 3 == 1 ? 1 : 6, .total = countries[country].total };

  if (!g_hash_table_add (known, g_strdup (prefix)))
    return FALSE;
  g_strlcpy (row.prefix, prefix, sizeof row.prefix);
  g_array_append_val (deck, row);
  return TRUE;
}

/* Half of them grow out of another prefix of the country by a digit or three; in North America it is 1 NPA, then 1 NPA NXX. */
static void
grow (GArray *deck, GHashTable *known, BenchRandom *random, guint country, guint n)
{
  guint first = deck->len, base = country == 0 ? 6500 : 4000 + skewed_below (random, 120000, 2);
  guint max = MIN (12, countries[country].total - 3);

  add_rate (deck, known, countries[country].code, base, country);
  for (guint tries = 0; deck->len - first < n && tries < n * 20; tries++)
    {
      const BenchRate parent = g_array_index (deck, BenchRate, first + skewed_below (random, deck->len - first, 2));
      guint rate = MAX (500, (guint) ((guint64) parent.rate * (60 + bench_random_below (random, 90)) / 100));
      char prefix[16];

      if (country == 0)
        {
          char *exchange = put_digits (prefix, 1200 + bench_random_below (random, 800), 4);

          if (tries % 64 != 0)
            put_digits (exchange, 200 + bench_random_below (random, 800), 3);
        }
      else
        g_snprintf (prefix, sizeof prefix, "%.12s%u", parent.prefix, bench_random_below (random, tries % 3 == 0 ? 1000 : 10));
      if (strlen (prefix) <= max)
        add_rate (deck, known, prefix, country == 0 ? 2000 + bench_random_below (random, 18) * 500 : rate, country);
    }
}

GArray *
bench_deck_new (guint n)
{
  GArray *deck = g_array_sized_new (FALSE, TRUE, sizeof (BenchRate), n);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  BenchRandom random = 17;
  guint weights = 0;

  for (guint i = 1; i < G_N_ELEMENTS (countries); i++)
    weights += 10000 / (i + 5);
  for (guint i = 1; i < G_N_ELEMENTS (countries); i++)
    grow (deck, known, &random, i, (guint) ((guint64) n * 2 / 3 * (10000 / (i + 5)) / weights));
  grow (deck, known, &random, 0, n - deck->len);
  g_array_sort (deck, compare_prefixes);
  return deck;
}

/* ---- calls ---- */

#define DIDS 12
#define HOURS (31 * 24)

struct _BenchCalls
{
  BenchRandom random;
  guint64 n, at;
  gint64 month;           /* its first second */
  guint hours[HOURS + 1]; /* sums of weights */
  guint hour;
  const GArray *deck;
  GArray *national, *foreign; /* of guint, shuffled: which are dialled often is not a matter of their digits */
  guint8 tenants[4096];
  guint extensions[BENCH_TENANTS];
  char dids[BENCH_TENANTS][DIDS][12];
};

static void
shuffle (GArray *list, BenchRandom *random)
{
  for (guint i = list->len; i > 1; i--)
    {
      guint *a = &g_array_index (list, guint, i - 1), *b = &g_array_index (list, guint, bench_random_below (random, i)), kept = *a;

      *a = *b;
      *b = kept;
    }
}

static void
fill_tenants (BenchCalls *self)
{
  guint sum = 0, slot = 0, so_far = 0;

  for (guint i = 0; i < BENCH_TENANTS; i++)
    sum += 100000 / (i + 4);
  for (guint i = 0; i < BENCH_TENANTS; i++)
    {
      so_far += 100000 / (i + 4);
      for (; slot < (guint64) so_far * 4096 / sum; slot++)
        self->tenants[slot] = (guint8) i;
      self->extensions[i] = 5 + bench_random_below (&self->random, 2000 / (i + 10));
      for (guint k = 0; k < DIDS; k++)
        g_snprintf (self->dids[i][k], sizeof self->dids[i][k], "1416%03u%04u", 200 + i, bench_random_below (&self->random, 10000));
    }
}

static void
fill_hours (BenchCalls *self)
{
  static const guint8 weights[24] = { 1, 1, 1, 1, 1, 2, 5, 12, 30, 48, 52, 50, 38, 46, 52, 50, 44, 34, 22, 14, 9, 6, 3, 2 };
  TbDay first = tb_day_from_ymd (BENCH_YEAR, BENCH_MONTH, 1);

  self->month = (gint64) first * 86400;
  for (guint i = 0; i < HOURS; i++)
    {
      int weekday = tb_day_weekday (first + (TbDay) i / 24);

      self->hours[i + 1] = self->hours[i] + weights[i % 24] * (weekday <= 5 ? 10 : weekday == 6 ? 3 : 2);
    }
}

BenchCalls *
bench_calls_new (const GArray *deck, guint64 n)
{
  BenchCalls *self = g_new0 (BenchCalls, 1);

  self->random = 5;
  self->n = n;
  self->deck = deck;
  self->national = g_array_new (FALSE, FALSE, sizeof (guint));
  self->foreign = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < deck->len; i++)
    g_array_append_val (g_array_index (deck, BenchRate, i).prefix[0] == '1' ? self->national : self->foreign, i);
  shuffle (self->national, &self->random);
  shuffle (self->foreign, &self->random);
  fill_tenants (self);
  fill_hours (self);
  return self;
}

void
bench_calls_free (BenchCalls *self)
{
  g_array_unref (self->national);
  g_array_unref (self->foreign);
  g_free (self);
}

static void
put_number (BenchCalls *self, const GArray *among, char *to)
{
  guint index = g_array_index (among, guint, skewed_below (&self->random, among->len, 3));
  const BenchRate *rate = &g_array_index (self->deck, BenchRate, index);
  guint len = (guint) strlen (rate->prefix);

  memcpy (to, rate->prefix, len);
  put_digits (to + len, bench_random (&self->random) >> 1, rate->total - len);
}

static void
put_uuid (BenchCalls *self, char to[37])
{
  static const char hex[] = "0123456789abcdef";
  guint64 bits[2] = { bench_random (&self->random), bench_random (&self->random) };
  guint n = 0;

  for (guint i = 0; i < 32; i++)
    {
      guint digit = bits[i / 16] >> (i % 16 * 4) & 15;

      if (i == 8 || i == 12 || i == 16 || i == 20)
        to[n++] = '-';
      to[n++] = i == 12 ? '4' : hex[i == 16 ? (digit & 3) | 8 : digit];
    }
  to[n] = '\0';
}

static void
draw_outcome (BenchCalls *self, BenchCall *ret)
{
  static const char *const failures[] = { "ORIGINATOR_CANCEL", "NO_ANSWER", "USER_BUSY", "NO_USER_RESPONSE", "CALL_REJECTED", "UNALLOCATED_NUMBER" };

  if (bench_random_below (&self->random, 100) >= 76)
    {
      ret->seconds = 0;
      ret->ring = (gint32) bench_random_below (&self->random, 45);
      ret->cause = failures[skewed_below (&self->random, G_N_ELEMENTS (failures), 2)];
      return;
    }
  ret->seconds = 1 + (gint32) skewed_below (&self->random, bench_random_below (&self->random, 100) < 85 ? 900 : 9000, 3);
  ret->ring = 2 + (gint32) bench_random_below (&self->random, 14);
  ret->cause = "NORMAL_CLEARING";
}

static void
draw_numbers (BenchCalls *self, guint tenant, BenchCall *ret)
{
  guint kind = bench_random_below (&self->random, 100), u = bench_random_below (&self->random, 1000);
  const char *did = self->dids[tenant][bench_random_below (&self->random, DIDS)];
  char number[24];

  put_digits (ret->extension, 100 + bench_random_below (&self->random, self->extensions[tenant]), 3);
  *ret->did = '\0';
  if (kind < 70)
    {
      ret->direction = TB_DIRECTION_OUTBOUND;
      g_strlcpy (ret->caller, did, sizeof ret->caller);
      put_number (self, u < 800 ? self->national : self->foreign, number);
      if (u < 800)
        g_strlcpy (ret->callee, number + (u < 270), sizeof ret->callee);
      else
        g_strlcpy (stpcpy (ret->callee, "011"), number, sizeof ret->callee - 3);
    }
  else if (kind < 94)
    {
      ret->direction = TB_DIRECTION_INBOUND;
      put_number (self, u < 900 ? self->national : self->foreign, ret->caller);
      g_strlcpy (ret->callee, did, sizeof ret->callee);
      g_strlcpy (ret->did, did, sizeof ret->did);
    }
  else
    {
      ret->direction = TB_DIRECTION_LOCAL;
      g_strlcpy (ret->caller, ret->extension, sizeof ret->caller);
      put_digits (ret->callee, 100 + bench_random_below (&self->random, self->extensions[tenant]), 3);
    }
}

gboolean
bench_calls_next (BenchCalls *self, BenchCall *ret)
{
  static const char *const names[] = { "", "Front Desk", "Dana Okafor", "Alice Martin", "Chloe Dubois", "Sales", "Warehouse 2", "Support Line" };
  guint64 target = self->n == 0 ? 0 : self->at * self->hours[HOURS] / self->n;
  guint tenant = self->tenants[bench_random_below (&self->random, 4096)];
  gint64 end;

  if (self->at == self->n)
    return FALSE;
  self->at++;
  while (self->hours[self->hour + 1] <= target)
    self->hour++;
  end = self->month + self->hour * 3600
        + (gint64) ((target - self->hours[self->hour]) * 3600 / (self->hours[self->hour + 1] - self->hours[self->hour]))
        + bench_random_below (&self->random, 60);
  put_uuid (self, ret->uid);
  draw_outcome (self, ret);
  ret->start = MAX (self->month, end - ret->ring - ret->seconds);
  draw_numbers (self, tenant, ret);
  ret->caller_name = names[skewed_below (&self->random, G_N_ELEMENTS (names), 1)];
  memcpy (ret->tenant, "t000.pbx.example", 17);
  put_digits (ret->tenant + 1, tenant + 1, 3);
  ret->tenant[4] = '.';
  return TRUE;
}

/* ---- who buys ---- */

static TbTariff *
make_tariff (const GArray *deck)
{
  TbTariff *tariff = tb_tariff_new ();

  tariff->name = g_strdup (BENCH_TARIFF);
  tb_currency_parse ("USD", &tariff->currency, NULL);
  for (guint i = 0; i < deck->len; i++)
    {
      const BenchRate *row = &g_array_index (deck, BenchRate, i);
      TbRate *rate = tb_rate_new ();

      rate->prefix = g_strdup (row->prefix);
      rate->description = g_strdup_printf ("Country %c%c", row->prefix[0], row->prefix[1]);
      rate->rate = (TbDecimal) row->rate * 1000000;
      rate->initial = row->initial;
      rate->next = row->next;
      g_ptr_array_add (tariff->rates, rate);
    }
  return tariff;
}

static TbPackage *
make_package (guint kind)
{
  static const struct { const char *name; guint markup, minutes; TbRounding rounding; gboolean inbound; } kinds[] = {
    { "Basic", 25, 0, { TB_ROUND_HALF_UP, 4 }, FALSE },  { "Metered", 30, 1000, { TB_ROUND_HALF_EVEN, 4 }, FALSE },
    { "Wholesale", 7, 0, { TB_ROUND_UP, 6 }, FALSE },    { "Retail", 100, 300, { TB_ROUND_UP, 2 }, TRUE },
    { "Plain", 0, 0, { TB_ROUND_HALF_UP, 5 }, FALSE },
  };
  TbPackage *package = tb_package_new ();

  package->name = g_strdup (kinds[kind].name);
  package->tariff = g_strdup (BENCH_TARIFF);
  package->markup = kinds[kind].markup * TB_DECIMAL_ONE;
  package->rounding = kinds[kind].rounding;
  package->fee = 30 * TB_DECIMAL_ONE;
  package->number_plan = (TbNumberPlan){ g_strdup ("CA"), g_strdup ("1"), g_strsplit ("011", " ", -1), g_strdup ("1"), TRUE, NULL };
  if (kinds[kind].minutes > 0)
    {
      TbAllowance *pool = tb_allowance_new ();

      pool->name = g_strdup ("national");
      pool->seconds = kinds[kind].minutes * 60;
      pool->scope = g_strsplit ("1", " ", -1);
      g_ptr_array_add (package->included, pool);
    }
  if (kinds[kind].inbound)
    {
      package->bill_inbound = TRUE;
      package->inbound_rate = tb_rate_new ();
      package->inbound_rate->prefix = g_strdup ("");
      package->inbound_rate->rate = TB_DECIMAL_ONE / 400 * 3;
      package->inbound_rate->initial = package->inbound_rate->next = 6;
    }
  return package;
}

static void
add_tenant (TbSetup *setup, guint i)
{
  TbClient *client = tb_client_new ();
  TbService *service = tb_service_new ();

  client->key = g_strdup_printf ("C%03u", i + 1);
  client->name = g_strdup_printf ("Client %03u", i + 1);
  service->key = g_strdup_printf ("S%03u", i + 1);
  service->client = g_strdup (client->key);
  service->package = g_strdup (((TbPackage *) setup->packages->pdata[i % setup->packages->len])->name);
  service->connection = g_strdup (BENCH_CONNECTION);
  service->tenant = g_strdup_printf ("t%03u.pbx.example", i + 1);
  g_ptr_array_add (setup->clients, client);
  g_ptr_array_add (setup->services, service);
}

TbSetup *
bench_setup_new (const GArray *deck)
{
  TbSetup *setup = tb_setup_new ();
  TbProvider *provider = tb_provider_new ();
  TbConnection *connection = tb_connection_new ();

  setup->company = tb_company_new ();
  setup->company->name = g_strdup ("Bench Voice");
  setup->company->country = g_strdup ("CA");
  setup->company->time_zone = g_strdup ("UTC");
  tb_currency_parse ("USD", &setup->company->currency, NULL);
  provider->name = g_strdup ("Carrier");
  provider->tariff = g_strdup (BENCH_TARIFF);
  g_ptr_array_add (setup->providers, provider);
  connection->name = g_strdup (BENCH_CONNECTION);
  connection->kind = g_strdup ("csv");
  connection->time_zone = g_strdup ("UTC");
  connection->provider = g_strdup ("Carrier");
  g_ptr_array_add (setup->connections, connection);
  g_ptr_array_add (setup->tariffs, make_tariff (deck));
  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (setup->packages, make_package (i));
  for (guint i = 0; i < BENCH_TENANTS; i++)
    add_tenant (setup, i);
  return setup;
}
