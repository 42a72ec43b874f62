/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-bill-comparison.h"
#include "tb-desk-run.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* What the billing desk knows of a step: what is wrong, where that is mended, and why one may go on all the same. */
typedef struct
{
  char *title, *detail, *value; /* sentences and figures for people; detail and value may be NULL */
  const char *page;             /* of the workstation, where it is mended; NULL = nowhere */
  char *item;                   /* what to show there, or NULL */
  gboolean serious;
  guint32 draft;                /* id of the draft that it is about; 0 = none */
  gboolean outlier;             /* of drafts: unlike last month's */
} TbDeskFinding;

typedef struct
{
  TbDeskStep step;
  char *summary;
  const char *why;     /* one may go on; translated */
  GPtrArray *findings; /* of TbDeskFinding, what matters most first */
  guint left_out;      /* findings beyond the first so many */
  guint n_serious;
  guint64 todo;        /* UNRATED: calls that nobody rated yet; DRAFTS: drafts to be made or made again; APPROVE: drafts; PAPER: approved documents; POST: postings that go */
  GArray *documents;   /* PAPER: ids of all of them, of guint32; else NULL */
  gboolean active;     /* POST: WHMCS is set up */
} TbDeskView;
void        tb_desk_view_free (TbDeskView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeskView, tb_desk_view_free)

/* Looks at the books, and writes nothing. */
TbDeskView *tb_desk_look (TbStore *store, int year, int month, TbDeskStep step, TbJob *job, GError **error);

/* The bills of a month beside those of the month before (tb-bill-comparison.h). */
GPtrArray  *tb_desk_compare (TbStore *store, int year, int month, GError **error);

/* Approves drafts of the month's run (year 0 = of any month): those of `ids` (of guint32), NULL = all. One by one, each for good; what is no draft any more is left alone, so that
 * nothing is approved twice however often this is called. May be cancelled between two of them. */
typedef struct
{
  guint approved, left_alone;
  GPtrArray *troubles; /* of char *: a line for each that could not be approved */
} TbDeskApproval;
void            tb_desk_approval_free (TbDeskApproval *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbDeskApproval, tb_desk_approval_free)
TbDeskApproval *tb_desk_approve (TbStore *store, int year, int month, GArray *ids, TbJob *job, GError **error);

G_END_DECLS
