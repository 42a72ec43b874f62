/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-whmcs.h"

G_BEGIN_DECLS

/* The transport over the network. `url` as a person gave it, checked: "/includes/api.php" is added where it is missing. */
TbWhmcsTransport *tb_whmcs_http_new (GUri *url);

G_END_DECLS
