/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-demo-calls.h"

#include <stdio.h>
#include <string.h>

#define SEED 20261001
#define CALLS_PER_EXTENSION 4 /* on a usual weekday */
#define HOLIDAY 12            /* Thanksgiving: the second Monday of October */

/* A number, x = any digit, and how often it is drawn among those of its list. */
typedef struct
{
  const char *number;
  guint weight;
} Place;

static const Place near_kitchener[] = {
  { "1519555010x", 24 }, { "1519555011x", 18 }, { "1226555010x", 12 }, { "1519555015x", 8 }, { "1416555010x", 14 },
  { "1905555012x", 10 }, { "1647555013x", 6 },  { "1613555010x", 4 },  { "1705555010x", 2 }, { "1514555010x", 3 },
};
static const Place near_halifax[] = {
  { "1902555010x", 34 }, { "1902555011x", 20 }, { "1782555010x", 6 }, { "1506555010x", 14 }, { "1709555010x", 9 },
  { "1514555010x", 5 },  { "1416555010x", 6 },  { "1418555010x", 3 },
};
static const Place far[] = {
  { "1604555010x", 10 }, { "1403555010x", 10 }, { "1204555010x", 6 },  { "1306555010x", 3 },  { "1212555010x", 12 }, { "1312555010x", 8 },
  { "1415555010x", 7 },  { "1213555011x", 7 },  { "1512555010x", 6 },  { "1617555010x", 8 },  { "1305555010x", 6 },  { "1716555010x", 9 },
  { "1313555010x", 9 },  { "1206555010x", 4 },  { "1867555010x", 1 },  { "1907555010x", 1 },  { "1808555010x", 1 },  { "1876555010x", 2 },
};
static const Place world[] = {
  { "442079460xxx", 16 },  { "441614960xxx", 7 },  { "447700900xxx", 12 }, { "493023125xxx", 9 },  { "494066969xxx", 4 },  { "491713920xxx", 6 },
  { "3319900xxxx", 8 },    { "33639980xxx", 6 },   { "35316555010x", 4 },  { "31205550100x", 4 },  { "3902555501xx", 4 },  { "34915550100", 3 },
  { "48225550100", 3 },    { "46846500400", 3 },   { "41445550100", 2 },   { "919555501xxx", 10 }, { "912255501xxx", 6 },  { "861055501xxx", 5 },
  { "85225550100", 4 },    { "81355501xxx", 3 },   { "6565550100", 3 },    { "639175550100", 6 },  { "61255501xxx", 4 },   { "61491570xxx", 2 },
  { "525555501xxx", 6 },   { "5521555501xxx", 4 }, { "972355501xxx", 2 },  { "2348035550100", 3 }, { "233245550100", 1 },  { "22507555501xx", 1 },
  { "380445550100", 2 },   { "971445550100", 2 },
};
/* Ships' telephones, which only who works at sea calls, and which the retail deck has no rate for. */
#define AT_SEA "lunenburg"
static const Place satellites[] = { { "881655501xx", 5 }, { "8821655501xx", 2 } };
/* What needs a clerk's eye: a blocked prefix, no number; and what is hidden or shown for nothing. */
static const Place odd[] = {
  { "19005550123", 2 }, { "5375550100", 2 }, { "operator", 2 }, { "18005550199", 30 }, { "18885550177", 12 }, { "*97", 26 },
};

static const guint by_weekday[] = { 0, 100, 108, 105, 102, 90, 18, 8 };
static const guint by_hour[24] = { 1, 0, 0, 0, 0, 1, 3, 12, 45, 78, 88, 84, 60, 66, 80, 82, 74, 48, 22, 14, 9, 6, 4, 2 };
/* Between two neighbours lies an equal share of all calls. */
static const gint32 lengths[] = { 2, 6, 15, 28, 46, 72, 110, 165, 250, 400, 720, 2700 };

static const struct { const char *cause; guint weight; } failures[] = {
  { "NO_ANSWER", 60 }, { "USER_BUSY", 22 }, { "ORIGINATOR_CANCEL", 15 }, { "UNALLOCATED_NUMBER", 3 },
};

typedef struct
{
  GRand *random;
  TbZone *zone;
  const Place *near;
  guint n_near;
  GArray *calls;
} Maker;

static guint
below (Maker *self, guint end)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) end);
}

static gboolean
percent (Maker *self, guint chance)
{
  return below (self, 100) < chance;
}

/* ---- drawing ---- */

static const char *
draw_place (Maker *self, const Place *places, guint n)
{
  guint sum = 0, at, i = 0;

  for (guint k = 0; k < n; k++)
    sum += places[k].weight;
  for (at = below (self, sum); at >= places[i].weight; i++)
    at -= places[i].weight;
  return places[i].number;
}

static const char *
draw_failure (Maker *self)
{
  guint at = below (self, 100), i = 0;

  for (; at >= failures[i].weight; i++)
    at -= failures[i].weight;
  return failures[i].cause;
}

static gint32
draw_length (Maker *self)
{
  guint i = below (self, G_N_ELEMENTS (lengths) - 1);

  return g_rand_int_range (self->random, lengths[i], lengths[i + 1]);
}

static gint64
draw_time (Maker *self, TbDay day)
{
  guint sum = 0, at, hour = 0;

  for (guint i = 0; i < G_N_ELEMENTS (by_hour); i++)
    sum += by_hour[i];
  for (at = below (self, sum); at >= by_hour[hour]; hour++)
    at -= by_hour[hour];
  return tb_zone_to_utc (self->zone, day, (int) (hour * 3600 + below (self, 3600)), FALSE);
}

static const char *
draw_number (Maker *self, gboolean outbound)
{
  guint share = below (self, 1000);

  if (share < 690)
    return draw_place (self, self->near, self->n_near);
  if (share < 850)
    return draw_place (self, far, G_N_ELEMENTS (far));
  if (share < 955 || !outbound)
    return draw_place (self, world, G_N_ELEMENTS (world));
  return draw_place (self, odd, G_N_ELEMENTS (odd));
}

static void
fill_digits (Maker *self, const char *pattern, char *ret, gsize size)
{
  g_strlcpy (ret, pattern, size);
  for (char *at = ret; *at != '\0'; at++)
    if (*at == 'x')
      *at = (char) ('0' + below (self, 10));
}

/* As people dial in Canada: ten digits, 1 and ten, +1, 011 and the country. */
static void
dial (Maker *self, const char *number, TbDemoCall *call)
{
  char digits[24];
  guint way = below (self, 100);
  const char *prefix = "";
  gsize skip = 0;

  fill_digits (self, number, digits, sizeof digits);
  if (!g_ascii_isdigit (*digits))
    prefix = "";
  else if (*digits == '1')
    skip = way < 70, prefix = way >= 95 ? "+" : "";
  else
    prefix = way < 88 ? "011" : "+";
  g_snprintf (call->other, sizeof call->other, "%s%s", prefix, digits + skip);
}

/* ---- one call ---- */

static void
make_outbound (Maker *self, TbDemoCall *call)
{
  gboolean ship = strcmp (call->tenant, AT_SEA) == 0 && percent (self, 6);
  const char *number = ship ? draw_place (self, satellites, G_N_ELEMENTS (satellites)) : draw_number (self, TRUE);

  call->direction = *number == '*' ? TB_DIRECTION_LOCAL : TB_DIRECTION_OUTBOUND;
  dial (self, number, call);
}

static void
make_inbound (Maker *self, TbDemoCall *call)
{
  call->direction = TB_DIRECTION_INBOUND;
  if (!percent (self, 4))
    fill_digits (self, draw_number (self, FALSE), call->other, sizeof call->other);
}

static void
make_local (Maker *self, const TbService *service, TbDemoCall *call)
{
  guint n = g_strv_length (service->extensions);

  call->direction = TB_DIRECTION_LOCAL;
  g_strlcpy (call->other, service->extensions[below (self, n)], sizeof call->other);
  if (strcmp (call->other, call->extension) == 0)
    make_outbound (self, call);
}

static void
make_call (Maker *self, const TbService *service, const char *extension, TbDay day)
{
  TbDemoCall call = { .tenant = service->tenant, .did = service->dids[0], .start = draw_time (self, day), .cause = "NORMAL_CLEARING" };
  guint kind = below (self, 100);

  for (guint i = 0; i < 4; i++)
    call.id[i / 2] = call.id[i / 2] << 32 | g_rand_int (self->random);
  /* Now and then a telephone that nobody told the billing about. */
  g_strlcpy (call.extension, below (self, 400) == 0 ? "199" : extension, sizeof call.extension);
  if (kind < 58)
    make_outbound (self, &call);
  else if (kind < 88)
    make_inbound (self, &call);
  else
    make_local (self, service, &call);

  call.ring = g_rand_int_range (self->random, 2, 26);
  if (percent (self, 79))
    call.seconds = draw_length (self);
  else
    call.cause = draw_failure (self);
  g_array_append_val (self->calls, call);
}

/* ---- the month ---- */

static void
make_day (Maker *self, const TbService *service, TbDay day, guint busy)
{
  for (char **extension = service->extensions; *extension != NULL; extension++)
    {
      guint hundredths = CALLS_PER_EXTENSION * busy * (50 + below (self, 100)) / 100;

      for (guint n = hundredths / 100 + percent (self, hundredths % 100); n > 0; n--)
        make_call (self, service, *extension, day);
    }
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const TbDemoCall *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return x->id[0] < y->id[0] ? -1 : x->id[0] > y->id[0];
}

/* A customer on trial has telephones, but no service in the books yet. */
static const TbService *
trial_service (void)
{
  static char *dids[] = { (char *) "15195550190", NULL }, *extensions[] = { (char *) "101", NULL };
  static const TbService trial = { .tenant = (char *) "trial.grandriver.example", .connection = (char *) "kitchener", .dids = dids, .extensions = extensions };

  return &trial;
}

static void
make_month (Maker *self, const TbService *service)
{
  for (int day = 1; day <= tb_day_days_in_month (TB_DEMO_YEAR, TB_DEMO_MONTH); day++)
    {
      TbDay date = tb_day_from_ymd (TB_DEMO_YEAR, TB_DEMO_MONTH, day);

      make_day (self, service, date, day == HOLIDAY ? by_weekday[7] : by_weekday[tb_day_weekday (date)]);
    }
}

GArray *
tb_demo_calls_new (const TbSetup *setup, const char *connection, TbZone *zone)
{
  gboolean east = strcmp (connection, "halifax") == 0;
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED + east);
  Maker maker = { .random = random,
                  .zone = zone,
                  .near = east ? near_halifax : near_kitchener,
                  .n_near = east ? G_N_ELEMENTS (near_halifax) : G_N_ELEMENTS (near_kitchener),
                  .calls = g_array_new (FALSE, FALSE, sizeof (TbDemoCall)) };

  for (guint i = 0; i < setup->services->len; i++)
    if (strcmp (((TbService *) setup->services->pdata[i])->connection, connection) == 0)
      make_month (&maker, setup->services->pdata[i]);
  if (strcmp (trial_service ()->connection, connection) == 0)
    make_month (&maker, trial_service ());
  g_array_sort (maker.calls, compare_calls);
  return maker.calls;
}
