/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-demo-calls.h"

/* The columns of FusionPBX 5.5's export of all domains, as an administrator gets it. */
#define FUSIONPBX_HEADER \
  "\"domain_uuid\",\"sip_call_id\",\"extension\",\"extension_name\",\"start_stamp\",\"end_stamp\",\"start_date_formatted\",\"start_time_formatted\"," \
  "\"start_epoch\",\"hangup_cause\",\"duration\",\"billmsec\",\"missed_call\",\"record_path\",\"record_name\",\"xml_cdr_uuid\",\"bridge_uuid\"," \
  "\"direction\",\"billsec\",\"caller_id_name\",\"caller_id_number\",\"caller_destination\",\"source_number\",\"destination_number\",\"leg\"," \
  "\"read_codec\",\"write_codec\",\"cc_side\",\"accountcode\",\"answer_stamp\",\"status\",\"sip_hangup_disposition\",\"call_disposition\",\"pdd_ms\"," \
  "\"rtp_audio_in_mos\",\"wait\",\"tta\",\"domain_name\"\n"

static const char *const names[] = {
  "Amelia Brandt", "Noah Tremblay", "Priya Raman",   "Lucas Martin",  "Hannah Weber",   "Omar Farouk",    "Grace O’Neil",   "Mateo Silva", "Chloe Nguyen",
  "Ethan Bauman",  "Sofia Rossi",   "Liam Campbell", "Aisha Mohamed", "Jacob Snyder",   "Emma Leblanc",   "Daniel Kowalski", "Zoe Papadakis", "Arjun Mehta",
  "Olivia Fraser", "Samuel Okafor", "Nora Lindqvist", "Peter Huang",  "Isabelle Gagnon", "Marcus Reid",
};

const char *
tb_demo_get_name (const char *tenant, const char *extension)
{
  return names[(g_str_hash (tenant) ^ g_str_hash (extension) * 31) % G_N_ELEMENTS (names)];
}

/* One of FusionPBX's words for what became of a call. */
static const char *
status_of (const TbDemoCall *call)
{
  if (call->seconds > 0)
    return "answered";
  if (strcmp (call->cause, "USER_BUSY") == 0)
    return "busy";
  if (call->direction == TB_DIRECTION_INBOUND)
    return "missed";
  return strcmp (call->cause, "NO_ANSWER") == 0 ? "no_answer" : strcmp (call->cause, "ORIGINATOR_CANCEL") == 0 ? "cancelled" : "failed";
}

static void
append_field (GString *line, const char *text)
{
  g_string_append_printf (line, "%s\"%s\"", line->len > 0 && line->str[line->len - 1] != '\n' ? "," : "", text);
}

static void
append_number (GString *line, gint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  append_field (line, text);
}

/* "2026-10-01 13:14:15", then `suffix`. */
static void
append_stamp (GString *line, gint64 time, TbZone *zone, const char *suffix)
{
  char stamp[32], text[40];

  tb_time_format_to (time, zone, stamp);
  stamp[10] = ' ';
  stamp[19] = '\0';
  g_snprintf (text, sizeof text, "%s%s", stamp, suffix);
  append_field (line, text);
}

static void
append_uuid (GString *line, guint64 high, guint64 low)
{
  char text[40];

  g_snprintf (text, sizeof text, "%08x-%04x-4%03x-a%03x-%012" G_GINT64_MODIFIER "x", (guint) (high >> 32), (guint) (high >> 16) & 0xffff, (guint) high & 0xfff,
              (guint) (low >> 48) & 0xfff, low & G_GUINT64_CONSTANT (0xffffffffffff));
  append_field (line, text);
}

/* "01 Oct 2026" and "09:14 am", in the domain's zone. */
static void
append_local (GString *line, gint64 time, TbZone *zone)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  int year, month, day, minute = tb_zone_second_of_day_at (zone, time) / 60;
  char text[32];

  tb_day_to_ymd (tb_zone_day_at (zone, time), &year, &month, &day);
  g_snprintf (text, sizeof text, "%02d %s %d", day, months[month - 1], year);
  append_field (line, text);
  g_snprintf (text, sizeof text, "%02d:%02d %s", (minute / 60 + 11) % 12 + 1, minute % 60, minute < 12 * 60 ? "am" : "pm");
  append_field (line, text);
}

static void
append_times (GString *line, const TbDemoCall *call, TbZone *zone, TbZone *utc)
{
  append_stamp (line, call->start, utc, "+00");
  append_stamp (line, call->start + call->ring + call->seconds, utc, "+00");
  append_local (line, call->start, zone);
  append_number (line, call->start);
  append_field (line, call->cause);
  append_number (line, call->seconds);
  append_number (line, (gint64) call->seconds * 1000);
  append_field (line, call->seconds == 0 && call->direction == TB_DIRECTION_INBOUND ? "1" : "");
  append_field (line, "");
  append_field (line, "");
}

/* Inbound, caller_destination is the number that was called and destination_number the telephone that rang. */
static void
append_parties (GString *line, const TbDemoCall *call)
{
  gboolean inbound = call->direction == TB_DIRECTION_INBOUND;
  const char *own = call->direction == TB_DIRECTION_LOCAL ? call->extension : call->did;
  const char *caller = inbound ? call->other : own;

  append_field (line, tb_direction_to_string (call->direction));
  append_number (line, call->seconds);
  append_field (line, !inbound ? tb_demo_get_name (call->tenant, call->extension) : *caller != '\0' ? caller : "Anonymous");
  append_field (line, caller);
  append_field (line, inbound ? call->did : call->other);
  append_field (line, caller);
  append_field (line, inbound ? call->extension : call->other);
  append_field (line, "a");
}

static void
append_end (GString *line, const TbDemoCall *call, TbZone *utc)
{
  gboolean answered = call->seconds > 0;

  append_field (line, "PCMU");
  append_field (line, "PCMU");
  append_field (line, "");
  append_field (line, call->tenant);
  append_stamp (line, answered ? call->start + call->ring : 0, utc, "+00");
  append_field (line, status_of (call));
  append_field (line, answered ? "recv_bye" : "send_refuse");
  append_field (line, "");
  append_number (line, (gint64) (call->id[1] % 1500));
  append_field (line, answered ? "4.50" : "");
  append_number (line, answered ? call->ring : 0);
  append_number (line, answered ? call->ring : -call->start);
  append_field (line, call->tenant);
  g_string_append_c (line, '\n');
}

/* The newest call first, as the web page has it. */
char *
tb_demo_calls_to_fusionpbx (GArray *calls, TbZone *zone)
{
  g_autoptr (TbZone) utc = tb_zone_new_utc ();
  GString *text = g_string_new (FUSIONPBX_HEADER);

  for (guint i = calls->len; i > 0; i--)
    {
      const TbDemoCall *call = &g_array_index (calls, TbDemoCall, i - 1);
      guint64 domain = g_str_hash (call->tenant);
      char id[64];

      append_uuid (text, domain * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), domain * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f));
      g_snprintf (id, sizeof id, "%016" G_GINT64_MODIFIER "x@198.51.100.7", call->id[1]);
      append_field (text, id);
      append_field (text, call->extension);
      append_field (text, tb_demo_get_name (call->tenant, call->extension));
      append_times (text, call, zone, utc);
      append_uuid (text, call->id[0], call->id[1]);
      append_field (text, "");
      append_parties (text, call);
      append_end (text, call, utc);
    }
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* ---- Asterisk ---- */

static const char *
disposition_of (const TbDemoCall *call)
{
  if (call->seconds > 0)
    return "ANSWERED";
  return strcmp (call->cause, "USER_BUSY") == 0 ? "BUSY" : strcmp (call->cause, "UNALLOCATED_NUMBER") == 0 ? "FAILED" : "NO ANSWER";
}

static void
append_channels (GString *line, const TbDemoCall *call)
{
  guint tag = (guint) call->id[1];
  g_autofree char *phone = g_strdup_printf ("PJSIP/%s-%08x", call->extension, tag);
  g_autofree char *trunk = g_strdup_printf ("PJSIP/atlantic-%08x", tag + 1);
  g_autofree char *colleague = *call->other != '*' ? g_strdup_printf ("PJSIP/%s-%08x", call->other, tag + 1) : g_strdup ("");
  gboolean inbound = call->direction == TB_DIRECTION_INBOUND;

  append_field (line, inbound ? trunk : phone);
  append_field (line, inbound ? phone : call->direction == TB_DIRECTION_LOCAL ? colleague : trunk);
}

static void
append_caller (GString *line, const TbDemoCall *call)
{
  gboolean inbound = call->direction == TB_DIRECTION_INBOUND;
  g_autofree char *shown = inbound ? g_strdup_printf ("<%s>", call->other)
                                   : g_strdup_printf ("\"\"%s\"\" <%s>", tb_demo_get_name (call->tenant, call->extension), call->extension);

  append_field (line, call->tenant);
  append_field (line, inbound ? call->other : call->extension);
  append_field (line, inbound ? call->extension : call->other);
  append_field (line, inbound ? "from-pstn" : "from-internal");
  append_field (line, shown);
}

char *
tb_demo_calls_to_asterisk (GArray *calls, TbZone *zone)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < calls->len; i++)
    {
      const TbDemoCall *call = &g_array_index (calls, TbDemoCall, i);
      gint64 answer = call->start + call->ring, end = answer + call->seconds;

      append_caller (text, call);
      append_channels (text, call);
      append_field (text, *call->other == '*' ? "VoiceMailMain" : "Dial");
      append_field (text, "");
      append_stamp (text, call->start, zone, "");
      if (call->seconds > 0)
        append_stamp (text, answer, zone, "");
      else
        append_field (text, "");
      append_stamp (text, end, zone, "");
      g_string_append_printf (text, ",%d,%d", (int) (end - call->start), call->seconds);
      append_field (text, disposition_of (call));
      append_field (text, "DOCUMENTATION");
      g_string_append_printf (text, ",\"%" G_GINT64_FORMAT ".%u\",\"\"\n", call->start, i);
    }
  return g_string_free (text, FALSE);
}
