/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-rate-pool.h"

#define RATES_IN_BLOCK 512
#define BYTES_OF_TEXTS 65536

struct _TbRatePool
{
  GPtrArray *blocks; /* of RATES_IN_BLOCK TbRate each */
  guint used;        /* of the last block */
  GStringChunk *texts;
};

TbRatePool *
tb_rate_pool_new (void)
{
  TbRatePool *self = g_new0 (TbRatePool, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->used = RATES_IN_BLOCK;
  self->texts = g_string_chunk_new (BYTES_OF_TEXTS);
  return self;
}

void
tb_rate_pool_free (TbRatePool *self)
{
  if (self == NULL)
    return;
  for (guint b = 0; b < self->blocks->len; b++)
    for (guint i = 0; i < (b + 1 < self->blocks->len ? RATES_IN_BLOCK : self->used); i++)
      g_free (((TbRate *) self->blocks->pdata[b])[i].steps);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->texts);
  g_free (self);
}

TbRate *
tb_rate_pool_add (TbRatePool *self, const char *prefix, const char *description)
{
  TbRate *rate;

  if (self->used == RATES_IN_BLOCK)
    {
      g_ptr_array_add (self->blocks, g_new (TbRate, RATES_IN_BLOCK));
      self->used = 0;
    }
  rate = (TbRate *) self->blocks->pdata[self->blocks->len - 1] + self->used++;
  tb_rate_init (rate);
  rate->prefix = g_string_chunk_insert (self->texts, prefix);
  if (description != NULL)
    rate->description = g_string_chunk_insert (self->texts, description);
  return rate;
}
