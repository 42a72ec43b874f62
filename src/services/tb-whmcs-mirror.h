/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-mirror.h"

G_BEGIN_DECLS

/* What the connector reads, as the books keep it: values of tb-mirror.h out of a value of the connector's noun. */

typedef gpointer (*TbMirrorFunc) (gconstpointer theirs);

gpointer tb_mirror_of_currency (gconstpointer theirs); /* of TbWhmcsCurrency */
gpointer tb_mirror_of_method (gconstpointer theirs);   /* of TbWhmcsPaymentMethod; without its id */
gpointer tb_mirror_of_product (gconstpointer theirs);  /* … */
gpointer tb_mirror_of_client (gconstpointer theirs);
gpointer tb_mirror_of_service (gconstpointer theirs);
gpointer tb_mirror_of_invoice (gconstpointer theirs);
gpointer tb_mirror_of_payment (gconstpointer theirs);  /* of TbWhmcsTransaction */
gpointer tb_mirror_of_credit (gconstpointer theirs);   /* without its client */

/* Each of a list. */
GPtrArray *tb_mirror_of_list (const TbMirrorNoun *noun, GPtrArray *theirs, TbMirrorFunc func);

G_END_DECLS
