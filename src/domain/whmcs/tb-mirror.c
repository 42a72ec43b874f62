/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-mirror.h"

#define TEXT(type, member) { #member, TB_MIRROR_TEXT, G_STRUCT_OFFSET (type, member) }
#define LONG(type, member) { #member, TB_MIRROR_LONG, G_STRUCT_OFFSET (type, member) }
#define DAY(type, member) { #member, TB_MIRROR_DAY, G_STRUCT_OFFSET (type, member) }
#define PAIRS(type, member) { #member, TB_MIRROR_PAIRS, G_STRUCT_OFFSET (type, member) }

static const TbMirrorMember currency_members[] = {
  LONG (TbMirrorCurrency, id), TEXT (TbMirrorCurrency, code),
  { "currency", TB_MIRROR_CURRENCY, G_STRUCT_OFFSET (TbMirrorCurrency, currency) },
  TEXT (TbMirrorCurrency, prefix), TEXT (TbMirrorCurrency, suffix), LONG (TbMirrorCurrency, rate),
};

static const TbMirrorMember method_members[] = { LONG (TbMirrorMethod, id), TEXT (TbMirrorMethod, module), TEXT (TbMirrorMethod, name) };

static const TbMirrorMember product_members[] = {
  LONG (TbMirrorProduct, id),     LONG (TbMirrorProduct, group_id),    TEXT (TbMirrorProduct, name),    TEXT (TbMirrorProduct, type),
  TEXT (TbMirrorProduct, module), TEXT (TbMirrorProduct, pay_type), PAIRS (TbMirrorProduct, prices),
};

static const TbMirrorMember client_members[] = {
  LONG (TbMirrorClient, id),       LONG (TbMirrorClient, group_id),  TEXT (TbMirrorClient, first_name), TEXT (TbMirrorClient, last_name),
  TEXT (TbMirrorClient, company),  TEXT (TbMirrorClient, email),  TEXT (TbMirrorClient, status),     DAY (TbMirrorClient, created),
#define CLIENTS_LISTED 8
  LONG (TbMirrorClient, currency_id), TEXT (TbMirrorClient, currency), TEXT (TbMirrorClient, address1), TEXT (TbMirrorClient, address2),
  TEXT (TbMirrorClient, city),     TEXT (TbMirrorClient, state),  TEXT (TbMirrorClient, postcode),   TEXT (TbMirrorClient, country),
  TEXT (TbMirrorClient, phone),    TEXT (TbMirrorClient, tax_id),
  { "tax_exempt", TB_MIRROR_FLAG, G_STRUCT_OFFSET (TbMirrorClient, tax_exempt) },
  LONG (TbMirrorClient, credit),   PAIRS (TbMirrorClient, fields),
};

static const TbMirrorMember service_members[] = {
  LONG (TbMirrorService, id),       LONG (TbMirrorService, client), LONG (TbMirrorService, product), TEXT (TbMirrorService, name),
  TEXT (TbMirrorService, domain),   TEXT (TbMirrorService, username), TEXT (TbMirrorService, server), TEXT (TbMirrorService, status),
  TEXT (TbMirrorService, cycle),    DAY (TbMirrorService, registered), DAY (TbMirrorService, next_due), LONG (TbMirrorService, recurring),
  TEXT (TbMirrorService, payment_method), PAIRS (TbMirrorService, fields),
};

static const TbMirrorMember invoice_members[] = {
  LONG (TbMirrorInvoice, id),       LONG (TbMirrorInvoice, client),   TEXT (TbMirrorInvoice, number),    TEXT (TbMirrorInvoice, status),
  DAY (TbMirrorInvoice, date),      DAY (TbMirrorInvoice, due),       DAY (TbMirrorInvoice, paid),       DAY (TbMirrorInvoice, refunded),
  DAY (TbMirrorInvoice, cancelled), LONG (TbMirrorInvoice, subtotal), LONG (TbMirrorInvoice, tax),       LONG (TbMirrorInvoice, tax2),
  LONG (TbMirrorInvoice, credit),   LONG (TbMirrorInvoice, total),    TEXT (TbMirrorInvoice, currency),  TEXT (TbMirrorInvoice, payment_method),
  TEXT (TbMirrorInvoice, notes),    TEXT (TbMirrorInvoice, updated),
};

static const TbMirrorMember payment_members[] = {
  LONG (TbMirrorPayment, id),      LONG (TbMirrorPayment, client),    LONG (TbMirrorPayment, invoice),     LONG (TbMirrorPayment, refund_of),
  TEXT (TbMirrorPayment, gateway), TEXT (TbMirrorPayment, reference), TEXT (TbMirrorPayment, description), DAY (TbMirrorPayment, date),
  LONG (TbMirrorPayment, amount_in),      LONG (TbMirrorPayment, amount_out),       LONG (TbMirrorPayment, fees),
};

static const TbMirrorMember credit_members[] = {
  LONG (TbMirrorCredit, id),  LONG (TbMirrorCredit, client),      LONG (TbMirrorCredit, related),
  DAY (TbMirrorCredit, date), TEXT (TbMirrorCredit, description), LONG (TbMirrorCredit, amount),
};

/* A noun and the functions of its type. */
#define NOUN(lower, Type, listed)                                                                                    \
  const TbMirrorNoun tb_mirror_##lower##_noun                                                                          \
      = { #lower, sizeof (Type), lower##_members, G_N_ELEMENTS (lower##_members), listed, (GDestroyNotify) tb_mirror_##lower##_free }; \
  Type *tb_mirror_##lower##_new (void) { return tb_mirror_value_new (&tb_mirror_##lower##_noun); }                      \
  void tb_mirror_##lower##_free (Type *self) { tb_mirror_value_free (&tb_mirror_##lower##_noun, self); }

NOUN (currency, TbMirrorCurrency, 0)
NOUN (method, TbMirrorMethod, 0)
NOUN (product, TbMirrorProduct, 0)
NOUN (client, TbMirrorClient, CLIENTS_LISTED)
NOUN (service, TbMirrorService, 0)
NOUN (invoice, TbMirrorInvoice, 0)
NOUN (payment, TbMirrorPayment, 0)
NOUN (credit, TbMirrorCredit, 0)

TbMirrorPair *
tb_mirror_pair_new (gint64 id, const char *name, const char *value)
{
  TbMirrorPair *self = g_new (TbMirrorPair, 1);

  *self = (TbMirrorPair){ id, g_strdup (name), g_strdup (value) };
  return self;
}

void
tb_mirror_pair_free (TbMirrorPair *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static gpointer
copy_pair (gconstpointer pair, gpointer data)
{
  const TbMirrorPair *self = pair;

  return tb_mirror_pair_new (self->id, self->name, self->value);
}

static gboolean
equal_pairs (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const TbMirrorPair *x = a->pdata[i], *y = b->pdata[i];

      if (x->id != y->id || g_strcmp0 (x->name, y->name) != 0 || g_strcmp0 (x->value, y->value) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
equal_member (const TbMirrorMember *member, gconstpointer a, gconstpointer b)
{
  switch (member->kind)
    {
    case TB_MIRROR_TEXT:
      return g_strcmp0 (G_STRUCT_MEMBER (char *, a, member->offset), G_STRUCT_MEMBER (char *, b, member->offset)) == 0;
    case TB_MIRROR_LONG:
      return G_STRUCT_MEMBER (gint64, a, member->offset) == G_STRUCT_MEMBER (gint64, b, member->offset);
    case TB_MIRROR_DAY:
    case TB_MIRROR_CURRENCY:
    case TB_MIRROR_FLAG:
      return G_STRUCT_MEMBER (gint32, a, member->offset) == G_STRUCT_MEMBER (gint32, b, member->offset);
    case TB_MIRROR_PAIRS:
      return equal_pairs (G_STRUCT_MEMBER (GPtrArray *, a, member->offset), G_STRUCT_MEMBER (GPtrArray *, b, member->offset));
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* `to` owns nothing at that place. */
static void
copy_member (const TbMirrorMember *member, gpointer to, gconstpointer from)
{
  if (member->kind == TB_MIRROR_TEXT)
    G_STRUCT_MEMBER (char *, to, member->offset) = g_strdup (G_STRUCT_MEMBER (char *, from, member->offset));
  else if (member->kind == TB_MIRROR_PAIRS)
    G_STRUCT_MEMBER (GPtrArray *, to, member->offset) = g_ptr_array_copy (G_STRUCT_MEMBER (GPtrArray *, from, member->offset), copy_pair, NULL);
  else if (member->kind == TB_MIRROR_LONG)
    G_STRUCT_MEMBER (gint64, to, member->offset) = G_STRUCT_MEMBER (gint64, from, member->offset);
  else
    G_STRUCT_MEMBER (gint32, to, member->offset) = G_STRUCT_MEMBER (gint32, from, member->offset);
}

static void
clear_member (const TbMirrorMember *member, gpointer self)
{
  if (member->kind == TB_MIRROR_TEXT)
    g_clear_pointer (&G_STRUCT_MEMBER (char *, self, member->offset), g_free);
  else if (member->kind == TB_MIRROR_PAIRS)
    g_clear_pointer (&G_STRUCT_MEMBER (GPtrArray *, self, member->offset), g_ptr_array_unref);
}

gpointer
tb_mirror_value_new (const TbMirrorNoun *noun)
{
  gpointer self = g_malloc0 (noun->size);

  for (guint i = 0; i < noun->n_members; i++)
    if (noun->members[i].kind == TB_MIRROR_DAY)
      G_STRUCT_MEMBER (TbDay, self, noun->members[i].offset) = TB_DAY_NONE;
    else if (noun->members[i].kind == TB_MIRROR_PAIRS)
      G_STRUCT_MEMBER (GPtrArray *, self, noun->members[i].offset) = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_mirror_pair_free);
  return self;
}

GPtrArray *
tb_mirror_values_new (const TbMirrorNoun *noun)
{
  return g_ptr_array_new_with_free_func (noun->free);
}

gpointer
tb_mirror_value_copy (const TbMirrorNoun *noun, gconstpointer self)
{
  gpointer copy = g_malloc0 (noun->size);

  for (guint i = 0; i < noun->n_members; i++)
    copy_member (&noun->members[i], copy, self);
  return copy;
}

void
tb_mirror_value_free (const TbMirrorNoun *noun, gpointer self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < noun->n_members; i++)
    clear_member (&noun->members[i], self);
  g_free (self);
}

gboolean
tb_mirror_value_equal (const TbMirrorNoun *noun, guint n, gconstpointer a, gconstpointer b)
{
  for (guint i = 0; i < (n > 0 ? n : noun->n_members); i++)
    if (!equal_member (&noun->members[i], a, b))
      return FALSE;
  return TRUE;
}

gint64
tb_mirror_value_get_id (gconstpointer self)
{
  return *(const gint64 *) self;
}
