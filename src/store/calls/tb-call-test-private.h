/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-call-test.h"

G_BEGIN_DECLS

typedef enum { TB_TEST_ALL, TB_TEST_ANY, TB_TEST_IN_SET, TB_TEST_LIKE } TbTestKind;

/* No "not": that is in the sets. */
typedef struct
{
  TbTestKind kind;
  GPtrArray *parts;    /* ALL, ANY */
  TbCallColumn column; /* the others */
  TbIntSet *set;       /* IN_SET; LIKE: the words (negative) that match */
  gboolean unknown;    /* what to say where there is no value: a margin without a cost */
  GPtrArray *patterns; /* LIKE: folded texts with wildcards, one of which must match; whether the plus may be left out is tried both ways */
  gboolean negated;    /* LIKE */
} TbTestNode;

TbTestNode *tb_test_node_new (TbTestKind kind, TbCallColumn column);
void        tb_test_node_free (TbTestNode *self);

/* The texts that a test asks for; capitals do not matter. */
typedef struct
{
  GPtrArray *patterns;  /* folded */
  gboolean none;        /* "" is asked for */
  GHashTable *answered; /* text → GINT + 1: destinations and causes repeat */
} TbTestTexts;
void     tb_test_texts_init (TbTestTexts *self, const TbCallWhere *test);
void     tb_test_texts_clear (TbTestTexts *self);
gboolean tb_test_texts_match (TbTestTexts *self, const char *text);
char    *tb_test_fold (const char *text);

/* A set of what matches, turned round when it is what must not. Takes and returns it. */
TbTestNode *tb_test_node_finish (TbTestNode *node, gboolean negated);
TbTestNode *tb_test_node_compile_number (TbStore *store, const TbCallWhere *test, TbCallColumn column, gboolean negated, GError **error);
TbTestNode *tb_test_node_compile_country (TbStore *store, const TbCallWhere *test, gboolean negated, GError **error);
/* One test of a filter as nodes; `negated` is brought in. */
TbTestNode *tb_test_node_compile (TbStore *store, const TbCallWhere *test, gboolean negated, gint64 now, TbZone *zone, GError **error);

struct _TbCallTest
{
  TbTestNode *root; /* ALL */
  GHashTable *served; /* tenants in which its clients and services have ratings; NULL = not narrowed */
  guint64 columns;
};

G_END_DECLS
