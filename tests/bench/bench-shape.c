/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-shape.h"

#include <string.h>

#include "tb-time.h"

const char bench_fusionpbx_titles[] =
  "\"domain_uuid\",\"sip_call_id\",\"extension\",\"extension_name\",\"start_stamp\",\"end_stamp\",\"start_date_formatted\","
  "\"start_time_formatted\",\"start_epoch\",\"hangup_cause\",\"duration\",\"billmsec\",\"missed_call\",\"record_path\",\"record_name\","
  "\"xml_cdr_uuid\",\"bridge_uuid\",\"direction\",\"billsec\",\"caller_id_name\",\"caller_id_number\",\"caller_destination\","
  "\"source_number\",\"destination_number\",\"leg\",\"read_codec\",\"write_codec\",\"cc_side\",\"accountcode\",\"answer_stamp\","
  "\"status\",\"sip_hangup_disposition\",\"call_disposition\",\"pdd_ms\",\"rtp_audio_in_mos\",\"wait\",\"tta\",\"domain_name\"\n";

void
bench_format_time (gint64 time, char to[32])
{
  int year, month, day, second = (int) (time % 86400);

  tb_day_to_ymd ((TbDay) (time / 86400), &year, &month, &day);
  g_snprintf (to, 32, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day, second / 3600, second / 60 % 60, second % 60);
}

void
bench_write_fusionpbx (const BenchCall *call, guint64 n, GString *to)
{
  char start[32], end[32], answer[32] = "";
  gboolean answered = call->seconds > 0;

  bench_format_time (call->start, start);
  bench_format_time (call->start + call->ring + call->seconds, end);
  if (answered)
    {
      bench_format_time (call->start + call->ring, answer);
      strcat (answer, "+00");
    }
  g_string_append_printf (to,
          "\"80a2f745-86cc-55f3-afb9-d85a4238%.4s\",\"%08x%016" G_GINT64_MODIFIER "x@203.0.113.10\",\"%s\",\"%s\",\"%s+00\",\"%s+00\",\"%.10s\",\"%s\","
          "\"%" G_GINT64_FORMAT "\",\"%s\",\"%d\",\"%d\",\"\",\"\",\"\",\"%s\",\"\",\"%s\",\"%d\",\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"a\",\"PCMU\",\"PCMU\","
          "\"\",\"\",\"%s\",\"%s\",\"recv_bye\",\"\",\"%u\",\"4.50\",\"%d\",\"%d\",\"%s\"\n",
          call->tenant, (guint) n * 2654435761u, n * 77777, call->extension, call->caller_name, start, end, start, start + 11, call->start, call->cause,
          call->seconds, call->seconds * 1000 - 135 * answered, call->uid, tb_direction_to_string (call->direction), call->seconds, call->caller_name,
          call->caller, call->callee, call->caller, call->direction == TB_DIRECTION_INBOUND ? call->extension : call->callee, answer,
          answered ? "answered" : "no_answer", 700 + (guint) n % 600, call->ring, call->ring, call->tenant);
}

void
bench_write_vodia (const BenchCall *call, guint64 n, GString *to)
{
  gboolean inbound = call->direction == TB_DIRECTION_INBOUND;
  const char *from = inbound ? call->caller : call->extension;
  gint64 connect = call->start + call->ring;
  char answered[32] = "";

  if (call->seconds > 0)
    g_snprintf (answered, sizeof answered, "%" G_GINT64_FORMAT ".5", connect);
  g_string_append_printf (to,
                          "{\"id\": %" G_GUINT64_FORMAT ", \"call_id\": \"%s@192.0.2.30\", \"from\": \"\\\"%s\\\" <sip:%s@%s>\", "
                          "\"to\": \"\\\"%s\\\" <sip:%s@%s>\", \"start\": \"%" G_GINT64_FORMAT ".5\", \"connect\": \"%s\", "
                          "\"end\": \"%" G_GINT64_FORMAT ".5\", \"rating\": \"\", \"pcap\": false, \"extensions\": [\"%s\"], \"trunks\": [%s]}",
                          n + 1, call->uid, call->caller_name, from, call->tenant, call->callee, call->callee, call->tenant, call->start, answered,
                          connect + call->seconds, call->extension, call->direction == TB_DIRECTION_LOCAL ? "" : "107");
}

/* With the "Z" that a time in UTC has. */
static void
format_iso (gint64 time, char to[32])
{
  bench_format_time (time, to);
  to[10] = 'T';
  strcat (to, "Z");
}

void
bench_write_telnyx (const BenchCall *call, guint64 n, GString *to)
{
  char start[32], answer[32], end[32];

  format_iso (call->start, start);
  format_iso (call->start + call->ring, answer);
  format_iso (call->start + call->ring + call->seconds, end);
  g_string_append_printf (to,
                          "{\"record_type\": \"sip-trunking\", \"id\": \"%s\", \"telnyx_session_id\": \"%s\", \"connection_id\": \"1494404757140276705\", "
                          "\"connection_name\": \"%s\", \"direction\": \"%s\", \"cli\": \"%s\", \"cld\": \"%s\", \"started_at\": \"%s\", "
                          "\"answered_at\": %s%s%s, \"finished_at\": \"%s\", \"created_at\": \"%s\", \"call_sec\": \"%d\", \"billed_sec\": \"%d\", "
                          "\"rate\": \"0.0052\", \"rate_measured_in\": \"minutes\", \"cost\": \"0.%04u\", \"currency\": \"USD\", "
                          "\"is_telnyx_billable\": true, \"tags\": \"\", \"hangup_cause\": \"%s\"}",
                          call->uid, call->uid, call->tenant, call->direction == TB_DIRECTION_INBOUND ? "inbound" : "outbound", call->caller, call->callee,
                          start, call->seconds > 0 ? "\"" : "", call->seconds > 0 ? answer : "null", call->seconds > 0 ? "\"" : "", end, start,
                          call->seconds, call->seconds, (guint) (n % 10000), call->cause);
}
