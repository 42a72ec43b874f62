/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form-view.h"

G_BEGIN_DECLS

/* A field of the view, as it is made. */
typedef struct
{
  const TbFormField *field;
  GtkWidget *row;      /* that says what it is; NULL for a part and for records */
  GtkWidget *input;    /* an input, a view or a list */
  GtkWidget *is_there; /* of what is optional: a switch */
} TbFormRow;

struct _TbFormView
{
  GtkBox parent_instance;

  const TbFormTable *table;
  TbBooks *books;
  JsonNode *defaults;
  GArray *rows; /* of TbFormRow: those of the table's fields that are made already */
  AdwPreferencesGroup *group; /* that rows go to */
  TbFormCheck check;
  gpointer check_data;
  gboolean setting; /* the record is being put in: nobody typed */
};

static inline TbFormRow *
tb_form_view_get_row (TbFormView *self, guint i)
{
  return &g_array_index (self->rows, TbFormRow, i);
}

static inline gboolean
tb_form_row_is_nested (const TbFormField *field)
{
  return field->kind == TB_FORM_PART || field->kind == TB_FORM_OPTIONAL;
}

/* Making fields (tb-form-view.c), and what is in them (tb-form-view-record.c). */
void tb_form_view_add_field (TbFormView *self, const TbFormField *field);
/* Hides what a switch hides, and groups of which nothing is seen. */
void tb_form_view_update (TbFormView *self);
/* Makes the fields that are left, as a new record has them. */
void tb_form_view_grow (TbFormView *self);
/* A copy of the row: a switch that is set may make more of them, elsewhere in memory. */
void tb_form_row_set (TbFormRow row, JsonNode *value);

G_END_DECLS
