/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form-view.h"

G_BEGIN_DECLS

/* Something beside a form that is read from the books again whenever the form pauses: on the reader's thread, one question at a time, the last one. */

typedef struct
{
  /* What to ask for the record as it is, for `read`; NULL = there is nothing to be asked, and `error` may say why. */
  gpointer (*ask) (JsonNode *record, GtkWidget *widget, GError **error);
  GDestroyNotify free_question;
  TbSessionFunc read;
  GDestroyNotify free_answer;
  /* Takes nothing over. `answer` and `error` NULL: it is being read, or (not `busy`) there is nothing. */
  void (*show) (GtkWidget *widget, gpointer answer, const GError *error, gboolean busy);
} TbFormFollow;

/* `follow` is static; `widget` lives no longer than `view`. Asks at once. */
void tb_form_follow (TbFormView *view, GtkWidget *widget, const TbFormFollow *follow);
/* What else is asked about has changed. */
void tb_form_follow_again (GtkWidget *widget);

G_END_DECLS
