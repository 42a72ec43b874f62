/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-completeness.h"

#include "tb-call-times.h"
#include "tb-clock.h"
#include "tb-connection-store.h"
#include "tb-pbx.h"
#include "tb-setup-store.h"
#include "tb-sync-run-store.h"

#define HOUR 3600
#define DAY 86400

static const char *const verdicts[] = { "complete", "open", "suspect", "unread" };

const char *
tb_day_verdict_to_string (TbDayVerdict self)
{
  return verdicts[self];
}

void
tb_day_proof_free (TbDayProof *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->gaps);
  g_array_unref (self->holes);
  g_free (self);
}

/* ---- the calls ---- */

typedef struct
{
  gint64 first; /* a full hour */
  guint32 *hours;
  guint n_hours;
  gint64 from; /* what is judged begins here; what lies before is the pattern */
  TbCallSequence *sequence;
  GPtrArray *days;
} Count;

static TbDayProof *
day_of (const Count *self, gint64 time)
{
  for (guint i = 0; i < self->days->len; i++)
    if (time < ((TbDayProof *) self->days->pdata[i])->to)
      return self->days->pdata[i];
  return NULL;
}

static void
count (gint64 start, const char *uid, gpointer data)
{
  Count *self = data;
  gint64 hour = (start - self->first) / HOUR;
  TbDayProof *day;

  if (hour >= 0 && hour < self->n_hours)
    self->hours[hour]++;
  if (start < self->from)
    return;
  tb_call_sequence_add (self->sequence, uid, start);
  day = day_of (self, start);
  if (day != NULL)
    day->calls++;
}

/* Silence is only a sign for time that was read. */
static void
find_signs (Count *self, const TbConnectionState *state, TbZone *zone)
{
  gint64 to = MIN (self->first + (gint64) self->n_hours * HOUR, state->cursor);
  g_autoptr (GArray) gaps = tb_call_gaps_find (self->hours, self->n_hours, self->first, self->from, to, zone);
  g_autoptr (GArray) holes = tb_call_sequence_list_holes (self->sequence);

  for (guint i = 0; i < gaps->len; i++)
    {
      TbDayProof *day = day_of (self, g_array_index (gaps, TbCallGap, i).from);

      if (day != NULL)
        g_array_append_val (day->gaps, g_array_index (gaps, TbCallGap, i));
    }
  for (guint i = 0; i < holes->len; i++)
    {
      TbDayProof *day = day_of (self, g_array_index (holes, TbCallHole, i).before);

      if (day != NULL)
        g_array_append_val (day->holes, g_array_index (holes, TbCallHole, i));
    }
}

/* ---- the readings ---- */

/* A day here is parts of two days in UTC: what holds for both. */
static void
find_readings (TbDayProof *day, GArray *collected)
{
  guint n = 0;
  gint64 first = day->from / DAY, last = (day->to - 1) / DAY;

  for (guint i = 0; i < collected->len; i++)
    {
      const TbCollectedDay *at = &g_array_index (collected, TbCollectedDay, i);

      if (at->day < first || at->day > last)
        continue;
      day->times = n == 0 ? at->times : MIN (day->times, at->times);
      day->last = n == 0 ? at->last : MIN (day->last, at->last);
      n++;
    }
  if (n < last - first + 1)
    day->times = 0, day->last = 0;
}

static TbDayVerdict
judge (const TbDayProof *day, const TbConnectionState *state, gint64 overlap, gint64 now)
{
  if (state->covered_from == 0 || day->from < state->covered_from || MIN (day->to, now - HOUR) > state->cursor)
    return TB_DAY_UNREAD;
  if (day->gaps->len > 0 || day->holes->len > 0)
    return TB_DAY_SUSPECT;
  return day->to + overlap <= state->cursor ? TB_DAY_COMPLETE : TB_DAY_OPEN;
}

/* ---- all ---- */

static GPtrArray *
list_days (TbDay from, TbDay to, TbZone *zone)
{
  GPtrArray *days = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_day_proof_free);

  to = MIN (to, tb_zone_day_at (zone, tb_clock_now ()) + 1);
  for (TbDay day = from; day < to; day++)
    {
      TbDayProof *proof = g_new0 (TbDayProof, 1);

      proof->day = day;
      proof->from = tb_zone_to_utc (zone, day, 0, FALSE);
      proof->to = tb_zone_to_utc (zone, day + 1, 0, FALSE);
      proof->gaps = g_array_new (FALSE, FALSE, sizeof (TbCallGap));
      proof->holes = g_array_new (FALSE, FALSE, sizeof (TbCallHole));
      g_ptr_array_add (days, proof);
    }
  return days;
}

static gboolean
fill (GPtrArray *days, TbStore *store, const TbConnectionState *state, gint64 overlap, TbZone *zone, GError **error)
{
  gint64 from = ((TbDayProof *) days->pdata[0])->from, to = ((TbDayProof *) days->pdata[days->len - 1])->to;
  gint64 first = MAX (from - TB_CALL_GAP_HISTORY, state->covered_from) / HOUR * HOUR;
  guint n_hours = first < to ? (guint) ((to - first + HOUR - 1) / HOUR) : 0;
  g_autofree guint32 *hours = g_new0 (guint32, n_hours + 1);
  g_autoptr (TbCallSequence) sequence = tb_call_sequence_new ();
  Count counting = { first, hours, n_hours, from, sequence, days };
  g_autoptr (GArray) collected = tb_sync_run_store_list_days (store, state->name, (gint32) (from / DAY), (gint32) (to / DAY + 1), error);

  if (collected == NULL || !tb_call_times_foreach (store, state->name, MIN (first, from), to, count, &counting, error))
    return FALSE;
  find_signs (&counting, state, zone);
  for (guint i = 0; i < days->len; i++)
    {
      find_readings (days->pdata[i], collected);
      ((TbDayProof *) days->pdata[i])->verdict = judge (days->pdata[i], state, overlap, tb_clock_now ());
    }
  return TRUE;
}

GPtrArray *
tb_completeness_list (TbStore *store, const char *connection, TbDay from, TbDay to, TbJob *job, GError **error)
{
  g_autoptr (TbSetup) setup = tb_setup_store_load (store, TB_SETUP_HEADS, error);
  g_autoptr (TbConnectionState) state = setup != NULL ? tb_connection_store_get_state (store, connection, error) : NULL;
  const TbConnection *known = setup != NULL ? tb_setup_find_connection (setup, connection) : NULL;
  const char *name = setup != NULL && setup->company != NULL ? setup->company->time_zone : NULL;
  g_autoptr (TbZone) zone = state != NULL ? tb_zone_new (name != NULL ? name : "UTC", error) : NULL;
  g_autoptr (GPtrArray) days = NULL;

  if (zone == NULL)
    return NULL;
  days = list_days (from, to, zone);
  return days->len == 0 || fill (days, store, state, tb_pbx_kind_get_overlap (known != NULL ? known->kind : NULL), zone, error) ? g_steal_pointer (&days) : NULL;
}
