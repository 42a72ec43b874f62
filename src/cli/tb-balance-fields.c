/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-balance-fields.h"

#include <glib/gi18n-lib.h>

void
tb_balance_fields_say (TbOutput *out, const TbClientBalance *balance)
{
  tb_output_text (out, "client", _("Client"), balance->client);
  tb_output_text (out, "name", _("Name"), balance->name);
  tb_output_bool (out, "prepaid", _("Pays in advance"), balance->is_prepaid);
  tb_output_money (out, "ledger", _("Ledger"), (TbMoney){ balance->entries, balance->currency });
  tb_output_money (out, "usage", _("Used, not billed"), (TbMoney){ balance->charges, balance->currency });
  tb_output_decimal (out, "tax_percent", _("Tax on it"), balance->tax_percent);
  tb_output_amount (out, "balance", _("Balance"), (TbMoney){ balance->balance, balance->currency });
  tb_output_decimal (out, "low_balance", _("Low at"), balance->low_balance);
  tb_output_text (out, "state", _("State"), tb_balance_state_to_string (balance->state));
}
