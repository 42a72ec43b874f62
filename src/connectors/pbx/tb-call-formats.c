/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-call-format.h"

/* A more particular format before a more general one; a vendor adds its own here. */
const TbCallFormat *const tb_call_formats[] = {
  &tb_fusionpbx_csv,
  &tb_fusionpbx_rest_json,
  &tb_fspbx_json,
  &tb_fusionpbx_ictvoip_json,
  &tb_vitalpbx_csv,
  &tb_netsapiens_json,
  &tb_kazoo_csv,
  &tb_kazoo_json,
  &tb_freepbx_csv,
  &tb_freepbx_json,
  &tb_asterisk_csv,
  &tb_vodia_push_json,
  &tb_vodia_json,
  &tb_3cx_json,
  &tb_3cx_log,
  &tb_yeastar_json,
  &tb_grandstream_json,
  &tb_freeswitch_json,
  &tb_freeswitch_xml,
  &tb_freeswitch_csv,
  &tb_cucm_csv,
  &tb_wildix_json,
  &tb_voipms_json,
  &tb_telnyx_json,
  &tb_telnyx_csv,
  &tb_twilio_json,
  &tb_signalwire_json,
  &tb_didww_csv,
  &tb_flowroute_csv,
  &tb_bandwidth_json,
  &tb_voicetel_json,
  &tb_lesnet_text,
  &tb_voipinnovations_text,
  &tb_mapped_csv,
  NULL,
};

const char *const *
tb_call_format_list (void)
{
  static const char *names[G_N_ELEMENTS (tb_call_formats)];

  if (g_once_init_enter (&names[0]))
    {
      guint n = 1; /* the first is set last: it says that the list is there */

      for (guint i = 1; tb_call_formats[i] != NULL; i++)
        if (!g_str_equal (tb_call_formats[i]->name, tb_call_formats[i - 1]->name))
          names[n++] = tb_call_formats[i]->name;
      g_once_init_leave (&names[0], tb_call_formats[0]->name);
    }
  return names;
}
