/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-data.h"
#include "tb-time.h"

/* bench-generate fusionpbx|plain CALLS [PREFIXES]: the month's calls as CSV on standard output, the same ones in both shapes. "fusionpbx" is
 * the export of all domains of version 5.5, every value in quotes; "plain" is what a careful program would hand over. */

#define FUSIONPBX_TITLES                                                                                                                       \
  "\"domain_uuid\",\"sip_call_id\",\"extension\",\"extension_name\",\"start_stamp\",\"end_stamp\",\"start_date_formatted\","                    \
  "\"start_time_formatted\",\"start_epoch\",\"hangup_cause\",\"duration\",\"billmsec\",\"missed_call\",\"record_path\",\"record_name\","        \
  "\"xml_cdr_uuid\",\"bridge_uuid\",\"direction\",\"billsec\",\"caller_id_name\",\"caller_id_number\",\"caller_destination\","                  \
  "\"source_number\",\"destination_number\",\"leg\",\"read_codec\",\"write_codec\",\"cc_side\",\"accountcode\",\"answer_stamp\","              \
  "\"status\",\"sip_hangup_disposition\",\"call_disposition\",\"pdd_ms\",\"rtp_audio_in_mos\",\"wait\",\"tta\",\"domain_name\"\n"
#define PLAIN_TITLES "id,start,tenant,extension,direction,src,dst,duration,billsec,hangup_cause\n"

static void
format_time (gint64 time, char to[32])
{
  int year, month, day, second = (int) (time % 86400);

  tb_day_to_ymd ((TbDay) (time / 86400), &year, &month, &day);
  g_snprintf (to, 32, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day, second / 3600, second / 60 % 60, second % 60);
}

static void
write_fusionpbx (const BenchCall *call, guint64 n)
{
  char start[32], end[32], answer[32] = "";
  gboolean answered = call->seconds > 0;

  format_time (call->start, start);
  format_time (call->start + call->ring + call->seconds, end);
  if (answered)
    {
      format_time (call->start + call->ring, answer);
      strcat (answer, "+00");
    }
  printf ("\"80a2f745-86cc-55f3-afb9-d85a4238%.4s\",\"%08x%016" G_GINT64_MODIFIER "x@203.0.113.10\",\"%s\",\"%s\",\"%s+00\",\"%s+00\",\"%.10s\",\"%s\","
          "\"%" G_GINT64_FORMAT "\",\"%s\",\"%d\",\"%d\",\"\",\"\",\"\",\"%s\",\"\",\"%s\",\"%d\",\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"a\",\"PCMU\",\"PCMU\","
          "\"\",\"\",\"%s\",\"%s\",\"recv_bye\",\"\",\"%u\",\"4.50\",\"%d\",\"%d\",\"%s\"\n",
          call->tenant, (guint) n * 2654435761u, n * 77777, call->extension, call->caller_name, start, end, start, start + 11, call->start, call->cause,
          call->seconds, call->seconds * 1000 - 135 * answered, call->uid, tb_direction_to_string (call->direction), call->seconds, call->caller_name,
          call->caller, call->callee, call->caller, call->direction == TB_DIRECTION_INBOUND ? call->extension : call->callee, answer,
          answered ? "answered" : "no_answer", 700 + (guint) n % 600, call->ring, call->ring, call->tenant);
}

static void
write_plain (const BenchCall *call)
{
  char start[32];

  format_time (call->start, start);
  start[10] = 'T';
  printf ("%s,%sZ,%s,%s,%s,%s,%s,%d,%d,%s\n", call->uid, start, call->tenant, call->extension, tb_direction_to_string (call->direction), call->caller,
          call->callee, call->ring + call->seconds, call->seconds, call->cause);
}

int
main (int argc, char **argv)
{
  guint64 n = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  gboolean fusionpbx = argc > 2 && strcmp (argv[1], "fusionpbx") == 0;
  g_autoptr (GArray) deck = NULL;
  BenchCalls *calls;
  BenchCall call;

  if (n == 0)
    {
      fprintf (stderr, "usage: %s fusionpbx|plain CALLS [PREFIXES]\n", argv[0]);
      return 2;
    }
  deck = bench_deck_new (argc > 3 ? (guint) atoi (argv[3]) : 50000);
  calls = bench_calls_new (deck, n);
  setvbuf (stdout, NULL, _IOFBF, 1 << 20);
  fputs (fusionpbx ? FUSIONPBX_TITLES : PLAIN_TITLES, stdout);
  for (guint64 i = 0; bench_calls_next (calls, &call); i++)
    if (fusionpbx)
      write_fusionpbx (&call, i);
    else
      write_plain (&call);
  bench_calls_free (calls);
  return fflush (stdout) == 0 && !ferror (stdout) ? 0 : 1;
}
