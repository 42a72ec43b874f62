/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-page.h"

/* The list of calls, by service. Rows have one height, so that five thousand are laid out without shaping a letter. */

#define ROW_HEIGHT 14.0
#define HEAD_HEIGHT 18.0
#define HEADING_HEIGHT 24.0
#define PADDING 4.0

enum { START, CALLER, NUMBER, DESTINATION, DURATION, BILLED, CHARGE, N_COLUMNS };

static const struct { const char *title; double width; PangoAlignment align; } columns[N_COLUMNS] = {
  [START] = { N_("Date and time"), 96, PANGO_ALIGN_LEFT },
  [CALLER] = { N_("Caller"), 66, PANGO_ALIGN_LEFT },
  [NUMBER] = { N_("Number"), 80, PANGO_ALIGN_LEFT },
  [DESTINATION] = { N_("Destination"), 0, PANGO_ALIGN_LEFT }, /* what is left */
  [DURATION] = { N_("Duration"), 46, PANGO_ALIGN_RIGHT },
  [BILLED] = { N_("Billed"), 44, PANGO_ALIGN_RIGHT },
  [CHARGE] = { N_("Charge"), 62, PANGO_ALIGN_RIGHT },
};

static void
draw_cells (TbInvoiceDocument *self, cairo_t *cr, double y, TbFace face, TbInk ink, const char *const cells[N_COLUMNS])
{
  double x = TB_PAGE_MARGIN, fixed = 0;

  for (guint i = 0; i < N_COLUMNS; i++)
    fixed += columns[i].width;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      double width = columns[i].width > 0 ? columns[i].width : self->inner - fixed;

      tb_pen_text (self->pen, cr, &(TbPenText){ face, ink, x + PADDING, y, width - 2 * PADDING, columns[i].align, 1 }, cells[i]);
      x += width;
    }
}

static double
centred (TbInvoiceDocument *self, const TbPageItem *item, TbFace face)
{
  return item->y + (item->height - tb_pen_line_height (self->pen, face)) / 2;
}

/* ---- heads ---- */

static void
draw_title (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  g_autofree char *zone = g_strdup_printf (tb_words_text (self->words, "Times are those of %s."), tb_zone_get_id (self->zone));
  TbPenText place = { TB_FACE_TITLE, TB_INK_DARK, TB_PAGE_MARGIN, item->y, self->inner, PANGO_ALIGN_LEFT, 1 };

  place.y += tb_pen_text (self->pen, cr, &place, tb_words_text (self->words, "Itemised calls")) + 1;
  place.face = TB_FACE_NOTE;
  place.ink = TB_INK_MUTED;
  tb_pen_text (self->pen, cr, &place, zone);
}

static char *
section_title (const TbWords *words, const TbCallSection *section)
{
  return section->service != NULL ? g_strdup_printf (tb_words_text (words, "Service %s"), section->service) : g_strdup (tb_words_text (words, "Calls of no service"));
}

static void
draw_head (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item, const char *title, TbFace face)
{
  const char *const heads[N_COLUMNS] = { tb_words_text (self->words, columns[START].title), tb_words_text (self->words, columns[CALLER].title), tb_words_text (self->words, columns[NUMBER].title), tb_words_text (self->words, columns[DESTINATION].title),
                                         tb_words_text (self->words, columns[DURATION].title), tb_words_text (self->words, columns[BILLED].title), tb_words_text (self->words, columns[CHARGE].title) };
  double top = item->y + item->height - HEAD_HEIGHT;
  TbPenText place = { face, TB_INK_DARK, TB_PAGE_MARGIN, item->y + 1, self->inner, PANGO_ALIGN_LEFT, 1 };

  tb_pen_text (self->pen, cr, &place, title);
  tb_pen_fill (self->pen, cr, TB_INK_TINT, TB_PAGE_MARGIN, top, self->inner, HEAD_HEIGHT);
  tb_pen_fill (self->pen, cr, TB_INK_ACCENT, TB_PAGE_MARGIN, top + HEAD_HEIGHT - 0.75, self->inner, 0.75);
  draw_cells (self, cr, top + (HEAD_HEIGHT - tb_pen_line_height (self->pen, TB_FACE_LABEL)) / 2, TB_FACE_LABEL, TB_INK_ACCENT, heads);
}

static void
draw_section_head (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  g_autofree char *title = section_title (self->words, item->data);

  draw_head (self, cr, item, title, TB_FACE_HEADING);
}

static void
draw_section_head_again (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  g_autofree char *title = section_title (self->words, item->data);
  g_autofree char *again = g_strdup_printf (tb_words_text (self->words, "%s, continued"), title);

  draw_head (self, cr, item, again, TB_FACE_STRONG);
}

/* ---- rows ---- */

/* "2026-10-02 09:14:03": sorts, needs no translation, and takes the least room. */
static void
format_start (TbInvoiceDocument *self, const TbInvoiceCall *call, char buffer[32])
{
  tb_time_format_to (call->start, self->zone, buffer);
  buffer[10] = ' ';
  g_strlcpy (buffer + 19, call->late ? " *" : "", 3);
}

static char *
format_charge (TbInvoiceDocument *self, const TbInvoiceCall *call, guint decimals)
{
  if (call->charge == 0 && call->free > 0 && call->free >= call->billed)
    return g_strdup (tb_words_text (self->words, "included"));
  return tb_page_amount (self->words, call->charge, self->invoice->currency, decimals);
}

static void
draw_call (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  const TbInvoiceCall *call = item->data;
  /* The other party is the one to hide: of incoming calls that is the caller. */
  g_autofree char *number = tb_invoice_call_mask (call, call->number, !call->inbound, self->style.mask);
  g_autofree char *caller = tb_invoice_call_mask (call, call->caller, call->inbound, self->style.mask);
  g_autofree char *duration = tb_page_duration (call->seconds), *billed = tb_page_duration (call->billed);
  g_autofree char *charge = format_charge (self, call, item->table->decimals);
  const char *destination = call->description != NULL ? call->description : call->inbound ? tb_words_text (self->words, "Incoming") : NULL;
  char start[32];

  format_start (self, call, start);
  if (item->odd)
    tb_pen_fill (self->pen, cr, TB_INK_STRIPE, TB_PAGE_MARGIN, item->y, self->inner, item->height);
  draw_cells (self, cr, centred (self, item, TB_FACE_ROW), TB_FACE_ROW, TB_INK_DARK,
              (const char *const[N_COLUMNS]){ start, caller, number, destination, duration, billed, charge });
}

static void
draw_subtotal (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  const TbCallSection *section = item->data;
  g_autofree char *count = g_strdup_printf (tb_words_plural (self->words, "%u call", "%u calls", section->n), section->n);
  g_autofree char *title = section_title (self->words, section), *label = g_strdup_printf (tb_words_text (self->words, "%s, total"), title);
  g_autofree char *seconds = tb_page_duration (section->seconds), *billed = tb_page_duration (section->billed);
  g_autofree char *charge = tb_page_amount (self->words, item->amount, self->invoice->currency, section->table.decimals);
  double y = centred (self, item, TB_FACE_CELL_STRONG);
  TbPenText place = { TB_FACE_CELL_STRONG, TB_INK_DARK, TB_PAGE_MARGIN + PADDING, y, 160, PANGO_ALIGN_LEFT, 1 };

  tb_pen_fill (self->pen, cr, TB_INK_ACCENT, TB_PAGE_MARGIN, item->y, self->inner, 0.75);
  tb_pen_text (self->pen, cr, &place, label);
  draw_cells (self, cr, y, TB_FACE_CELL_STRONG, TB_INK_DARK, (const char *const[N_COLUMNS]){ "", "", "", count, seconds, billed, charge });
}

static void
draw_late_note (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item)
{
  TbPenText place = { TB_FACE_NOTE, TB_INK_MUTED, TB_PAGE_MARGIN + PADDING, item->y, self->inner, PANGO_ALIGN_LEFT, 1 };

  tb_pen_text (self->pen, cr, &place, tb_words_text (self->words, "* Call of an earlier period that was reported after its invoice."));
}

/* ---- layout ---- */

static int
compare_calls (gconstpointer a, gconstpointer b, gpointer ranks)
{
  const TbInvoiceCall *x = *(TbInvoiceCall *const *) a, *y = *(TbInvoiceCall *const *) b;
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, x->service != NULL ? x->service : ""));
  guint j = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, y->service != NULL ? y->service : ""));

  return i != j ? (i < j ? -1 : 1) : x->start != y->start ? (x->start < y->start ? -1 : 1) : 0;
}

static void
rank (GHashTable *ranks, const char *service)
{
  if (service == NULL)
    service = "";
  if (!g_hash_table_contains (ranks, service))
    g_hash_table_insert (ranks, (gpointer) service, GUINT_TO_POINTER (g_hash_table_size (ranks) + 1));
}

/* Services come in the order of the lines on page one. */
static void
sort_calls (TbInvoiceDocument *self)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->invoice->lines->len; i++)
    rank (ranks, ((const TbInvoiceLine *) self->invoice->lines->pdata[i])->service);
  for (guint i = 0; i < self->calls->len; i++)
    rank (ranks, ((const TbInvoiceCall *) self->calls->pdata[i])->service);
  g_ptr_array_sort_with_data (self->calls, compare_calls, ranks);
}

static TbCallSection *
section_of (TbInvoiceDocument *self, const TbInvoiceCall *call, guint at)
{
  TbCallSection *section = self->sections->len > 0 ? self->sections->pdata[self->sections->len - 1] : NULL;

  if (section == NULL || g_strcmp0 (section->service, call->service) != 0)
    {
      section = g_new0 (TbCallSection, 1);
      section->service = call->service;
      section->first = at;
      g_ptr_array_add (self->sections, section);
    }
  return section;
}

static void
make_sections (TbInvoiceDocument *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      const TbInvoiceCall *call = self->calls->pdata[i];
      TbCallSection *section = section_of (self, call, i);

      section->n++;
      section->seconds += call->seconds;
      section->billed += call->billed;
      section->table.decimals = MAX (section->table.decimals, tb_page_decimals (call->charge));
      self->has_late |= call->late;
    }
}

static void
layout_section (TbInvoiceDocument *self, TbCallSection *section)
{
  TbPageTable *table = &section->table;

  table->head = draw_section_head;
  table->head_height = HEADING_HEIGHT + HEAD_HEIGHT;
  table->head_again = draw_section_head_again;
  table->head_again_height = HEADING_HEIGHT - 4 + HEAD_HEIGHT;
  table->data = section;
  tb_page_flow_table (self, table);
  tb_page_flow_bookmark (self, TRUE, section_title (self->words, section));
  for (guint i = section->first; i < section->first + section->n; i++)
    tb_page_flow_row (self, draw_call, self->calls->pdata[i], ROW_HEIGHT, ((const TbInvoiceCall *) self->calls->pdata[i])->charge);
  tb_page_flow_add (self, draw_subtotal, section, TB_PAGE_CARRY_HEIGHT); /* fits: rows leave room for a carried total */
  tb_page_flow_table (self, NULL);
  tb_page_flow_gap (self, 20);
}

void
tb_calls_page_layout (TbInvoiceDocument *self)
{
  sort_calls (self);
  make_sections (self);
  tb_page_flow_break (self);
  tb_page_flow_bookmark (self, FALSE, g_strdup (tb_words_text (self->words, "Itemised calls")));
  tb_page_flow_add (self, draw_title, NULL, 46);
  for (guint i = 0; i < self->sections->len; i++)
    layout_section (self, self->sections->pdata[i]);
  if (self->has_late)
    tb_page_flow_add (self, draw_late_note, NULL, 14);
}
