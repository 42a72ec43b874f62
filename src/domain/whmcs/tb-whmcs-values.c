/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-whmcs-values.h"

#define TEXT(type, member) { #member, TB_WHMCS_TEXT, G_STRUCT_OFFSET (type, member) }
#define LONG(type, member) { #member, TB_WHMCS_LONG, G_STRUCT_OFFSET (type, member) }
#define DAY(type, member) { #member, TB_WHMCS_DAY, G_STRUCT_OFFSET (type, member) }
#define PAIRS(type, member) { #member, TB_WHMCS_PAIRS, G_STRUCT_OFFSET (type, member) }

static const TbWhmcsMember currency_members[] = {
  LONG (TbWhmcsCurrency, id), TEXT (TbWhmcsCurrency, code),
  { "currency", TB_WHMCS_CURRENCY, G_STRUCT_OFFSET (TbWhmcsCurrency, currency) },
  TEXT (TbWhmcsCurrency, prefix), TEXT (TbWhmcsCurrency, suffix), LONG (TbWhmcsCurrency, rate),
};

static const TbWhmcsMember method_members[] = { LONG (TbWhmcsMethod, id), TEXT (TbWhmcsMethod, module), TEXT (TbWhmcsMethod, name) };

static const TbWhmcsMember product_members[] = {
  LONG (TbWhmcsProduct, id),     LONG (TbWhmcsProduct, group_id),    TEXT (TbWhmcsProduct, name),    TEXT (TbWhmcsProduct, type),
  TEXT (TbWhmcsProduct, module), TEXT (TbWhmcsProduct, pay_type), PAIRS (TbWhmcsProduct, prices),
};

static const TbWhmcsMember client_members[] = {
  LONG (TbWhmcsClient, id),       LONG (TbWhmcsClient, group_id),  TEXT (TbWhmcsClient, first_name), TEXT (TbWhmcsClient, last_name),
  TEXT (TbWhmcsClient, company),  TEXT (TbWhmcsClient, email),  TEXT (TbWhmcsClient, status),     DAY (TbWhmcsClient, created),
#define CLIENTS_LISTED 8
  LONG (TbWhmcsClient, currency_id), TEXT (TbWhmcsClient, currency), TEXT (TbWhmcsClient, address1), TEXT (TbWhmcsClient, address2),
  TEXT (TbWhmcsClient, city),     TEXT (TbWhmcsClient, state),  TEXT (TbWhmcsClient, postcode),   TEXT (TbWhmcsClient, country),
  TEXT (TbWhmcsClient, phone),    TEXT (TbWhmcsClient, tax_id),
  { "tax_exempt", TB_WHMCS_FLAG, G_STRUCT_OFFSET (TbWhmcsClient, tax_exempt) },
  LONG (TbWhmcsClient, credit),   PAIRS (TbWhmcsClient, fields),
};

static const TbWhmcsMember service_members[] = {
  LONG (TbWhmcsService, id),       LONG (TbWhmcsService, client), LONG (TbWhmcsService, product), TEXT (TbWhmcsService, name),
  TEXT (TbWhmcsService, domain),   TEXT (TbWhmcsService, username), TEXT (TbWhmcsService, server), TEXT (TbWhmcsService, status),
  TEXT (TbWhmcsService, cycle),    DAY (TbWhmcsService, registered), DAY (TbWhmcsService, next_due), LONG (TbWhmcsService, recurring),
  TEXT (TbWhmcsService, payment_method), PAIRS (TbWhmcsService, fields),
};

static const TbWhmcsMember invoice_members[] = {
  LONG (TbWhmcsInvoice, id),       LONG (TbWhmcsInvoice, client),   TEXT (TbWhmcsInvoice, number),    TEXT (TbWhmcsInvoice, status),
  DAY (TbWhmcsInvoice, date),      DAY (TbWhmcsInvoice, due),       DAY (TbWhmcsInvoice, paid),       DAY (TbWhmcsInvoice, refunded),
  DAY (TbWhmcsInvoice, cancelled), LONG (TbWhmcsInvoice, subtotal), LONG (TbWhmcsInvoice, tax),       LONG (TbWhmcsInvoice, tax2),
  LONG (TbWhmcsInvoice, credit),   LONG (TbWhmcsInvoice, total),    TEXT (TbWhmcsInvoice, currency),  TEXT (TbWhmcsInvoice, payment_method),
  TEXT (TbWhmcsInvoice, notes),    TEXT (TbWhmcsInvoice, updated),
};

static const TbWhmcsMember payment_members[] = {
  LONG (TbWhmcsPayment, id),      LONG (TbWhmcsPayment, client),    LONG (TbWhmcsPayment, invoice),     LONG (TbWhmcsPayment, refund_of),
  TEXT (TbWhmcsPayment, gateway), TEXT (TbWhmcsPayment, reference), TEXT (TbWhmcsPayment, description), DAY (TbWhmcsPayment, date),
  LONG (TbWhmcsPayment, amount_in),      LONG (TbWhmcsPayment, amount_out),       LONG (TbWhmcsPayment, fees),
};

static const TbWhmcsMember credit_members[] = {
  LONG (TbWhmcsCredit, id),  LONG (TbWhmcsCredit, client),      LONG (TbWhmcsCredit, related),
  DAY (TbWhmcsCredit, date), TEXT (TbWhmcsCredit, description), LONG (TbWhmcsCredit, amount),
};

/* A noun and the functions of its type. */
#define NOUN(lower, Type, listed)                                                                                    \
  const TbWhmcsNoun tb_whmcs_##lower##_noun = { #lower, sizeof (Type), lower##_members, G_N_ELEMENTS (lower##_members), listed }; \
  Type *tb_whmcs_##lower##_new (void) { return tb_whmcs_value_new (&tb_whmcs_##lower##_noun); }                      \
  void tb_whmcs_##lower##_free (Type *self) { tb_whmcs_value_free (&tb_whmcs_##lower##_noun, self); }

NOUN (currency, TbWhmcsCurrency, 0)
NOUN (method, TbWhmcsMethod, 0)
NOUN (product, TbWhmcsProduct, 0)
NOUN (client, TbWhmcsClient, CLIENTS_LISTED)
NOUN (service, TbWhmcsService, 0)
NOUN (invoice, TbWhmcsInvoice, 0)
NOUN (payment, TbWhmcsPayment, 0)
NOUN (credit, TbWhmcsCredit, 0)

TbWhmcsPair *
tb_whmcs_pair_new (gint64 id, const char *name, const char *value)
{
  TbWhmcsPair *self = g_new (TbWhmcsPair, 1);

  *self = (TbWhmcsPair){ id, g_strdup (name), g_strdup (value) };
  return self;
}

void
tb_whmcs_pair_free (TbWhmcsPair *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static gpointer
copy_pair (gconstpointer pair, gpointer data)
{
  const TbWhmcsPair *self = pair;

  return tb_whmcs_pair_new (self->id, self->name, self->value);
}

static gboolean
equal_pairs (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const TbWhmcsPair *x = a->pdata[i], *y = b->pdata[i];

      if (x->id != y->id || g_strcmp0 (x->name, y->name) != 0 || g_strcmp0 (x->value, y->value) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
equal_member (const TbWhmcsMember *member, gconstpointer a, gconstpointer b)
{
  switch (member->kind)
    {
    case TB_WHMCS_TEXT:
      return g_strcmp0 (G_STRUCT_MEMBER (char *, a, member->offset), G_STRUCT_MEMBER (char *, b, member->offset)) == 0;
    case TB_WHMCS_LONG:
      return G_STRUCT_MEMBER (gint64, a, member->offset) == G_STRUCT_MEMBER (gint64, b, member->offset);
    case TB_WHMCS_DAY:
    case TB_WHMCS_CURRENCY:
    case TB_WHMCS_FLAG:
      return G_STRUCT_MEMBER (gint32, a, member->offset) == G_STRUCT_MEMBER (gint32, b, member->offset);
    case TB_WHMCS_PAIRS:
      return equal_pairs (G_STRUCT_MEMBER (GPtrArray *, a, member->offset), G_STRUCT_MEMBER (GPtrArray *, b, member->offset));
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* `to` owns nothing at that place. */
static void
copy_member (const TbWhmcsMember *member, gpointer to, gconstpointer from)
{
  if (member->kind == TB_WHMCS_TEXT)
    G_STRUCT_MEMBER (char *, to, member->offset) = g_strdup (G_STRUCT_MEMBER (char *, from, member->offset));
  else if (member->kind == TB_WHMCS_PAIRS)
    G_STRUCT_MEMBER (GPtrArray *, to, member->offset) = g_ptr_array_copy (G_STRUCT_MEMBER (GPtrArray *, from, member->offset), copy_pair, NULL);
  else if (member->kind == TB_WHMCS_LONG)
    G_STRUCT_MEMBER (gint64, to, member->offset) = G_STRUCT_MEMBER (gint64, from, member->offset);
  else
    G_STRUCT_MEMBER (gint32, to, member->offset) = G_STRUCT_MEMBER (gint32, from, member->offset);
}

static void
clear_member (const TbWhmcsMember *member, gpointer self)
{
  if (member->kind == TB_WHMCS_TEXT)
    g_clear_pointer (&G_STRUCT_MEMBER (char *, self, member->offset), g_free);
  else if (member->kind == TB_WHMCS_PAIRS)
    g_clear_pointer (&G_STRUCT_MEMBER (GPtrArray *, self, member->offset), g_ptr_array_unref);
}

gpointer
tb_whmcs_value_new (const TbWhmcsNoun *noun)
{
  gpointer self = g_malloc0 (noun->size);

  for (guint i = 0; i < noun->n_members; i++)
    if (noun->members[i].kind == TB_WHMCS_DAY)
      G_STRUCT_MEMBER (TbDay, self, noun->members[i].offset) = TB_DAY_NONE;
    else if (noun->members[i].kind == TB_WHMCS_PAIRS)
      G_STRUCT_MEMBER (GPtrArray *, self, noun->members[i].offset) = g_ptr_array_new_with_free_func ((GDestroyNotify) tb_whmcs_pair_free);
  return self;
}

gpointer
tb_whmcs_value_copy (const TbWhmcsNoun *noun, gconstpointer self)
{
  gpointer copy = g_malloc0 (noun->size);

  for (guint i = 0; i < noun->n_members; i++)
    copy_member (&noun->members[i], copy, self);
  return copy;
}

void
tb_whmcs_value_free (const TbWhmcsNoun *noun, gpointer self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < noun->n_members; i++)
    clear_member (&noun->members[i], self);
  g_free (self);
}

gboolean
tb_whmcs_value_equal (const TbWhmcsNoun *noun, guint n, gconstpointer a, gconstpointer b)
{
  for (guint i = 0; i < (n > 0 ? n : noun->n_members); i++)
    if (!equal_member (&noun->members[i], a, b))
      return FALSE;
  return TRUE;
}

gint64
tb_whmcs_value_get_id (gconstpointer self)
{
  return *(const gint64 *) self;
}

void
tb_whmcs_value_take_listed (const TbWhmcsNoun *noun, gpointer self, gconstpointer from)
{
  for (guint i = 0; i < (noun->n_listed > 0 ? noun->n_listed : noun->n_members); i++)
    {
      clear_member (&noun->members[i], self);
      copy_member (&noun->members[i], self, from);
    }
}
