/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rate.h"

G_BEGIN_DECLS

/**
 * TbRatePool: many rates in few pieces of memory, which live and die together.
 *
 * A deck that is read only to rate calls is made and thrown away whole; to allocate each of 250,000 rates and its texts alone took a third of
 * the time of reading them. Its rates are never given to tb_rate_free.
 */
typedef struct _TbRatePool TbRatePool;

TbRatePool *tb_rate_pool_new (void);
void        tb_rate_pool_free (TbRatePool *self);
/* A rate with the defaults of tb_rate_new, borrowed from the pool as are its texts; `description` may be NULL. Its `steps`, once set, are the
 * pool's to free. */
TbRate     *tb_rate_pool_add (TbRatePool *self, const char *prefix, const char *description);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbRatePool, tb_rate_pool_free)

G_END_DECLS
