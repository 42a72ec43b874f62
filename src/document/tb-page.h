/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "tb-invoice-page.h"
#include "tb-words.h"

G_BEGIN_DECLS

/* Private to this folder: the pen that sets text, and the flow that puts items of known height on pages. */

#define TB_PAGE_MARGIN 48.0
#define TB_PAGE_AMOUNT_WIDTH 70.0
#define TB_PAGE_NO_AMOUNT G_MININT64 /* a sum that did not fit; printed as a dash, never as a wrong figure */

/* ---- the pen ---- */

typedef enum
{
  TB_FACE_BRAND,
  TB_FACE_TITLE,
  TB_FACE_HEADING,
  TB_FACE_TOTAL,
  TB_FACE_STRONG,
  TB_FACE_BODY,
  TB_FACE_LABEL,
  TB_FACE_CELL,
  TB_FACE_CELL_STRONG,
  TB_FACE_ROW, /* of calls */
  TB_FACE_NOTE,
  TB_FACE_WATERMARK,
  TB_FACE_LAST
} TbFace;

typedef enum { TB_INK_DARK, TB_INK_MUTED, TB_INK_ACCENT, TB_INK_ON_ACCENT, TB_INK_RULE, TB_INK_TINT, TB_INK_STRIPE, TB_INK_DRAFT, TB_INK_VOID, TB_INK_LAST } TbInk;

typedef struct _TbPen TbPen;

typedef struct
{
  TbFace face;
  TbInk ink;
  double x, y, width; /* y is the top of the first line */
  PangoAlignment align;
  int lines;          /* wraps to that many, then an ellipsis; 0 = 1. A right-aligned single line is never cut: it holds figures */
} TbPenText;

TbPen *tb_pen_new (const double accent[3]);
void   tb_pen_free (TbPen *self);
void   tb_pen_begin (TbPen *self, cairo_t *cr); /* before each page: the text follows the scale of `cr` */
void   tb_pen_set_ink (TbPen *self, cairo_t *cr, TbInk ink);
double tb_pen_line_height (TbPen *self, TbFace face);
double tb_pen_width (TbPen *self, TbFace face, const char *text);
/* Height used; `cr` NULL only measures, so that layout and drawing are one code. NULL and empty text use none. */
double tb_pen_text (TbPen *self, cairo_t *cr, const TbPenText *place, const char *text);
void   tb_pen_fill (TbPen *self, cairo_t *cr, TbInk ink, double x, double y, double width, double height);

/* The outline of one centred line as the current path: seen, but no text to whoever searches or copies. */
void   tb_pen_outline (TbPen *self, cairo_t *cr, const TbPenText *place, const char *text);
char  *tb_page_valid_text (const char *text); /* UTF-8 on one line, whatever came in */

/* ---- what figures look like, in the words of the reader ---- */

char *tb_page_day (const TbWords *words, TbDay day);         /* "1 November 2026"; "–" for none */
char *tb_page_period (const TbWords *words, TbPeriod period, gboolean short_months); /* "1 Oct – 31 Oct 2026", its last day included; "" when empty */
char *tb_page_duration (gint64 seconds); /* "m:ss" or "h:mm:ss" */
char *tb_page_percent (const TbWords *words, TbDecimal percent);
/* Digits without the currency; `decimals` at least (0 = those of the currency). */
char *tb_page_amount (const TbWords *words, TbAmount amount, TbCurrency currency, guint decimals);
char *tb_page_money (const TbWords *words, TbAmount amount, TbCurrency currency); /* with the currency */
guint tb_page_decimals (TbAmount amount);                   /* that it takes to print it exactly */
TbAmount tb_page_sum (TbAmount a, TbAmount b);              /* TB_PAGE_NO_AMOUNT on overflow */

/* ---- the flow ---- */

typedef struct _TbPageItem TbPageItem;
typedef struct _TbPageTable TbPageTable;
typedef void (*TbPageDraw) (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item);

struct _TbPageItem
{
  TbPageDraw draw;
  gconstpointer data;
  const TbPageTable *table;
  double y, height;
  TbAmount amount; /* of a row; of a carried total what is carried */
  gboolean odd;    /* second, fourth … row of its table */
};

/* Rows under heads that come again on the next page, with the sum so far carried over. */
struct _TbPageTable
{
  TbPageDraw head;
  double head_height;
  TbPageDraw head_again; /* on continuation pages */
  double head_again_height;
  gconstpointer data;
  guint decimals;
  guint rows;
  TbAmount sum;
};

typedef struct
{
  guint first, n;
} TbPage;

typedef struct
{
  char *title;
  guint page;
  gboolean child;
} TbPageBookmark;

typedef struct
{
  const char *service; /* or NULL */
  guint first, n;      /* in `calls` */
  gint64 seconds, billed;
  TbPageTable table;
} TbCallSection;

struct _TbInvoiceDocument
{
  const TbInvoice *invoice;
  const TbWords *words; /* of who reads it */
  TbInvoiceStyle style;
  char *payment_terms;
  TbZone *zone;
  TbPen *pen;
  double width, height;
  double inner; /* between the margins */
  double bottom; /* of the flow */
  GArray *items; /* of TbPageItem */
  GArray *pages; /* of TbPage */
  GArray *bookmarks; /* of TbPageBookmark */
  GPtrArray *calls;    /* sorted by service and time; unowned calls */
  GPtrArray *sections; /* of TbCallSection */
  TbPageTable lines;
  gboolean has_usage, has_included, has_late;
  double y;
  TbPageTable *table; /* open, or NULL */
};

void tb_page_flow_break (TbInvoiceDocument *self);
void tb_page_flow_need (TbInvoiceDocument *self, double height); /* starts a page when less is left */
void tb_page_flow_gap (TbInvoiceDocument *self, double height);
void tb_page_flow_add (TbInvoiceDocument *self, TbPageDraw draw, gconstpointer data, double height);
void tb_page_flow_row (TbInvoiceDocument *self, TbPageDraw draw, gconstpointer data, double height, TbAmount amount);
void tb_page_flow_table (TbInvoiceDocument *self, TbPageTable *table); /* NULL ends it */
void tb_page_flow_bookmark (TbInvoiceDocument *self, gboolean child, char *title /* taken */);

/* "Label … 12.50" at the foot of a table. */
#define TB_PAGE_CARRY_HEIGHT 18.0
void tb_page_draw_sum (TbInvoiceDocument *self, cairo_t *cr, const TbPageItem *item, TbFace face, const char *label);

void tb_front_page_layout (TbInvoiceDocument *self);
void tb_calls_page_layout (TbInvoiceDocument *self);
char *tb_page_title (const TbWords *words, const TbInvoice *invoice); /* "Invoice INV-2026-00042" */
double tb_page_draw_state (TbInvoiceDocument *self, cairo_t *cr, double x, double y); /* "DRAFT" or "VOID" in a frame; its width */

G_END_DECLS
