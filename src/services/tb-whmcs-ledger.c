/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-ledger.h"

#include <glib/gi18n-lib.h>

#include "tb-error.h"
#include "tb-posting-store.h"

static TbPosting *
move (TbStore *store, guint32 id, TbPostingEventKind kind, const char *text, gint64 now, GError **error)
{
  g_autoptr (TbPosting) posting = tb_posting_store_get (store, id, error);
  const TbPostingEvent event = { .kind = kind };

  if (posting == NULL)
    return NULL;
  if (!tb_posting_place_move (&posting->place, posting->kind, &event, now))
    {
      g_autofree char *what = tb_posting_describe (posting);

      g_set_error (error, TB_ERROR, TB_ERROR_CONFLICT, _("Number %u of the ledger (%s) is %s: there is nothing to change."), id, what,
                   tb_posting_state_to_string (posting->place.state));
      return NULL;
    }
  return tb_posting_store_move (store, posting, text, now, error) ? g_steal_pointer (&posting) : NULL;
}

TbPosting *
tb_whmcs_ledger_retry (TbStore *store, guint32 id, gint64 now, GError **error)
{
  return move (store, id, TB_EVENT_RETRY, _("To be tried again, by hand."), now, error);
}

TbPosting *
tb_whmcs_ledger_park (TbStore *store, guint32 id, gint64 now, GError **error)
{
  return move (store, id, TB_EVENT_PARK, _("Put aside by hand."), now, error);
}
