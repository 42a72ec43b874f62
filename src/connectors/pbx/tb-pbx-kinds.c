/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-pbx-kind.h"

#include "tb-3cx.h"
#include "tb-bandwidth.h"
#include "tb-didww.h"
#include "tb-flowroute.h"
#include "tb-folder.h"
#include "tb-freepbx.h"
#include "tb-fspbx.h"
#include "tb-fusionpbx-ictvoip.h"
#include "tb-fusionpbx-postgres.h"
#include "tb-fusionpbx-rest.h"
#include "tb-fusionpbx.h"
#include "tb-grandstream.h"
#include "tb-kazoo.h"
#include "tb-netsapiens.h"
#include "tb-push.h"
#include "tb-remote.h"
#include "tb-signalwire.h"
#include "tb-telnyx.h"
#include "tb-twilio.h"
#include "tb-vodia.h"
#include "tb-voipms.h"
#include "tb-yeastar.h"

/* In the order they are offered; a vendor adds its own here. */
const TbPbxKind *const tb_pbx_kinds[] = {
  &tb_fusionpbx_kind,
  &tb_fusionpbx_rest_kind,
  &tb_fspbx_kind,
  &tb_fusionpbx_ictvoip_kind,
  &tb_vodia_kind,
  &tb_freepbx_kind,
  &tb_3cx_kind,
  &tb_yeastar_kind,
  &tb_grandstream_kind,
  &tb_netsapiens_kind,
  &tb_kazoo_kind,
  &tb_fusionpbx_postgres_kind,
  &tb_folder_kind,
  &tb_sftp_kind,
  &tb_ftps_kind,
  &tb_https_kind,
  &tb_push_kind,
  &tb_voipms_kind,
  &tb_telnyx_kind,
  &tb_twilio_kind,
  &tb_signalwire_kind,
  &tb_didww_kind,
  &tb_flowroute_kind,
  &tb_bandwidth_kind,
  NULL,
};

const TbPbxForm *const *
tb_pbx_list_forms (void)
{
  static const TbPbxForm *forms[G_N_ELEMENTS (tb_pbx_kinds)];

  for (guint i = 0; tb_pbx_kinds[i] != NULL; i++) /* the same in every thread */
    forms[i] = &tb_pbx_kinds[i]->form;
  return forms;
}

const TbPbxForm *
tb_pbx_find_form (const char *kind)
{
  for (guint i = 0; kind != NULL && tb_pbx_kinds[i] != NULL; i++)
    if (g_str_equal (tb_pbx_kinds[i]->form.kind, kind))
      return &tb_pbx_kinds[i]->form;
  return NULL;
}

gboolean
tb_pbx_kind_is_network (const char *kind)
{
  return tb_pbx_find_form (kind) != NULL;
}

gboolean
tb_pbx_kind_has_formats (const char *kind)
{
  for (guint i = 0; kind != NULL && tb_pbx_kinds[i] != NULL; i++)
    if (g_str_equal (tb_pbx_kinds[i]->form.kind, kind))
      return tb_pbx_kinds[i]->format == NULL;
  return TRUE;
}
