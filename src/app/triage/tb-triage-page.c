/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-triage-page.h"

#include <glib/gi18n.h>

#include "tb-dialogs.h"
#include "tb-format.h"
#include "tb-repair-fields.h"
#include "tb-run.h"
#include "tb-triage.h"
#include "tb-widgets.h"

struct _TbTriagePage
{
  TbListPage parent_instance;

  GtkWidget *detail;
  GCancellable *loading, *previewing;
  GtkWidget *previewed; /* label of the card whose preview is awaited */
};

G_DEFINE_FINAL_TYPE (TbTriagePage, tb_triage_page, TB_TYPE_LIST_PAGE)

/* One proposed repair on the page. */
typedef struct
{
  TbTriagePage *page;
  TbRepair *repair;
  gint64 from; /* of the first call of its group */
  GPtrArray *entries; /* in the order of its fields */
  GtkWidget *said;
} Card;

/* What goes to the thread that works. */
typedef struct
{
  TbRepair *repair;
  gint64 from;
} Order;

static Order *
order_new (const Card *card)
{
  Order *order = g_new (Order, 1);

  *order = (Order){ tb_repair_copy (card->repair), card->from };
  return order;
}

static void
order_free (gpointer data)
{
  tb_repair_free (((Order *) data)->repair);
  g_free (data);
}

static void
card_free (gpointer data)
{
  Card *card = data;

  tb_repair_free (card->repair);
  g_ptr_array_unref (card->entries);
  g_free (card);
}

/* ---- the list ---- */

static char *
name_of (const TbTriageGroup *group)
{
  const char *cause = tb_triage_cause_to_display (group->cause);

  if (*group->prefix != '\0')
    return group->destination != NULL ? g_strdup_printf ("%s, %s: %s", group->prefix, group->destination, cause)
                                      : g_strdup_printf ("%s: %s", group->prefix, cause);
  if (group->tenant == NULL)
    return g_strdup (cause);
  return *group->extension != '\0' ? g_strdup_printf (_ ("%s of %s: %s"), group->extension, group->tenant, cause)
                                   : g_strdup_printf ("%s: %s", group->tenant, cause);
}

static char *
format_name (gconstpointer value, gpointer page)
{
  return name_of (value);
}

static char *
format_calls (gconstpointer value, gpointer page)
{
  return tb_format_number ((gint64) ((const TbTriageGroup *) value)->calls);
}

static char *
format_missing (gconstpointer value, gpointer page)
{
  const TbTriageGroup *group = value;

  return group->money->len > 0 ? tb_format_sums (group->money) : g_strdup ("–");
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const TbTriageGroup *x = a, *y = b;

  return (x->calls > y->calls) - (x->calls < y->calls);
}

static const TbColumn columns[] = {
  { N_ ("What Is Missing"), 0, FALSE, format_name },
  { N_ ("Calls"), 64, TRUE, format_calls, compare_calls },
  { N_ ("About"), 112, TRUE, format_missing },
};

static const char *
get_key (gconstpointer value)
{
  return ((const TbTriageGroup *) value)->uid;
}

static gboolean
matches (gconstpointer value, const char *folded)
{
  const TbTriageGroup *group = value;
  g_autofree char *name = name_of (group);

  return tb_list_page_text_matches (name, folded) || tb_list_page_text_matches (group->tenant, folded)
         || tb_list_page_text_matches (group->client, folded) || tb_list_page_text_matches (group->package, folded);
}

/* ---- a repair ---- */

/* ---- values ---- */

#define CHOICES "tb-choices"

/* The first row stands for none, so that nobody is chosen unseen. */
static GtkWidget *
choice_row_new (const TbRepairField *field, const TbSetup *setup, const char *value)
{
  GPtrArray *choices = field->list (setup);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();
  guint chosen = 0;

  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < choices->len; i++)
    {
      const TbRepairChoice *choice = choices->pdata[i];

      gtk_string_list_append (names, choice->name);
      chosen = g_str_equal (choice->value, value) ? i + 1 : chosen;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  g_object_set_data_full (G_OBJECT (row), CHOICES, choices, (GDestroyNotify) g_ptr_array_unref);
  return row;
}

static GtkWidget *
value_row_new (const TbRepairField *field, const TbSetup *setup, const char *value)
{
  GtkWidget *row;

  if (field->list != NULL)
    return choice_row_new (field, setup, value);
  row = adw_entry_row_new ();
  gtk_editable_set_text (GTK_EDITABLE (row), value);
  return row;
}

static const char *
value_row_get (gpointer row)
{
  const GPtrArray *choices = g_object_get_data (row, CHOICES);
  guint chosen;

  if (choices == NULL)
    return gtk_editable_get_text (GTK_EDITABLE (row));
  chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  return chosen > 0 && chosen <= choices->len ? ((TbRepairChoice *) choices->pdata[chosen - 1])->value : "";
}

/* Takes what is in the entries; says what is wrong with it. */
static gboolean
take_values (Card *card)
{
  guint n;
  const TbRepairField *fields = tb_repair_fields (card->repair, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!fields[i].write (card->repair, value_row_get (card->entries->pdata[i]), &error))
        {
          tb_dialogs_show_error (GTK_WIDGET (card->page), _ ("The Repair Cannot Be Made Yet"), error);
          return FALSE;
        }
    }
  return TRUE;
}

static char *
say_result (const TbRepairResult *result)
{
  g_autofree char *calls = tb_format_number ((gint64) result->calls);
  g_autofree char *sums = tb_format_sums (result->money);
  g_autofree char *others = tb_format_number ((gint64) result->others);
  g_autofree char *main = result->money->len > 0 ? g_strdup_printf (g_dngettext (NULL, "%s call, %s", "%s calls, %s", result->calls), calls, sums)
                                                 : g_strdup_printf (g_dngettext (NULL, "%s call", "%s calls", result->calls), calls);

  if (result->others == 0)
    return g_steal_pointer (&main);
  return g_strdup_printf (g_dngettext (NULL, "%s; %s other call would change if rated again", "%s; %s other calls would change if rated again",
                                       result->others),
                          main, others);
}

static gpointer
preview_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_repair_preview (store, ((Order *) data)->repair, ((Order *) data)->from, 0, job, error);
}

static gpointer
apply_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_repair_apply (store, ((Order *) data)->repair, ((Order *) data)->from, 0, job, error);
}

static void
show_preview (TbPage *page, gpointer data)
{
  TbTriagePage *self = TB_TRIAGE_PAGE (page);
  g_autoptr (TbRepairResult) result = data;
  g_autofree char *text = say_result (result);

  if (self->previewed != NULL)
    gtk_label_set_label (GTK_LABEL (self->previewed), text);
}

static void
preview_cb (GtkButton *button, Card *card)
{
  if (!take_values (card))
    return;
  g_set_object (&card->page->previewed, card->said);
  gtk_label_set_label (GTK_LABEL (card->said), _ ("Looking at the calls…"));
  tb_page_read (TB_PAGE (card->page), &card->page->previewing, preview_func, order_new (card), order_free, (GDestroyNotify) tb_repair_result_free,
                show_preview);
}

static void
apply_done (GtkWidget *widget, gpointer data)
{
  g_autoptr (TbRepairResult) result = data;
  g_autofree char *said = say_result (result);
  g_autofree char *text = g_strdup_printf (_ ("Mended: %s"), said);

  tb_dialogs_toast (widget, text);
}

static void
apply_cb (GtkButton *button, Card *card)
{
  if (!take_values (card))
    return;
  tb_run (GTK_WIDGET (card->page), tb_page_get_books (TB_PAGE (card->page)), _ ("Repair"), TRUE, apply_func, order_new (card), order_free,
          (GDestroyNotify) tb_repair_result_free, apply_done, NULL);
}

static void
add_entries (Card *card, GtkWidget *list)
{
  guint n;
  const TbRepairField *fields = tb_repair_fields (card->repair, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = fields[i].read (card->repair);
      GtkWidget *row = value_row_new (&fields[i], tb_books_get_setup (tb_page_get_books (TB_PAGE (card->page))), text);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (fields[i].title));
      tb_widgets_set_label (row, _ (fields[i].title));
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      g_ptr_array_add (card->entries, row);
    }
}

static GtkWidget *
add_button (GtkWidget *box, const char *text, GCallback clicked, Card *card)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);

  g_signal_connect (button, "clicked", clicked, card);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
add_buttons (Card *card, GtkWidget *list)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  card->said = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (card->said), 0);
  gtk_label_set_wrap (GTK_LABEL (card->said), TRUE);
  gtk_widget_set_hexpand (card->said, TRUE);
  gtk_widget_add_css_class (card->said, "dim-label");
  gtk_widget_add_css_class (box, "said");
  gtk_box_append (GTK_BOX (box), card->said);
  add_button (box, _ ("_Preview"), G_CALLBACK (preview_cb), card);
  gtk_widget_add_css_class (add_button (box, _ ("_Apply"), G_CALLBACK (apply_cb), card), "suggested-action");
  tb_widgets_name_controls (box);
  gtk_list_box_append (GTK_LIST_BOX (list), box);
}

static void
add_repair (TbTriagePage *self, const TbTriageGroup *group, const TbRepair *repair)
{
  g_autofree char *title = tb_repair_describe (repair);
  g_autofree char *markup = g_markup_escape_text (title, -1);
  GtkWidget *list = tb_detail_add_group (self->detail, _ ("Repair"));
  GtkWidget *group_widget = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);
  Card *card = g_new0 (Card, 1);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group_widget), markup);
  *card = (Card){ self, tb_repair_copy (repair), group->first, g_ptr_array_new (), NULL };
  g_object_set_data_full (G_OBJECT (list), "tb-card", card, card_free);
  add_entries (card, list);
  add_buttons (card, list);
}

/* ---- the chosen group ---- */

static void
calls_cb (GtkButton *button, TbTriagePage *self)
{
  const TbTriageGroup *group = tb_list_page_get_selected (TB_LIST_PAGE (self));
  TbZone *zone = tb_books_get_zone (tb_page_get_books (TB_PAGE (self)));
  g_autoptr (GString) item = g_string_new (NULL);
  int year, month, day;

  if (group == NULL)
    return;
  tb_day_to_ymd (tb_zone_day_at (zone, group->first), &year, &month, &day);
  g_string_printf (item, "status=%d;month=%04d-%02d", group->cause, year, month);
  if (group->client != NULL)
    g_string_append_printf (item, ";client=%s", group->client);
  if (*group->prefix != '\0' && strchr (group->prefix, ';') == NULL)
    g_string_append_printf (item, ";prefix=%s", group->prefix);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "(ss)", "calls", item->str);
}

static void
add_taken (GtkWidget *list, const char *title, char *value)
{
  g_autofree char *taken = value;

  tb_widgets_add_value (list, title, taken);
}

static void
add_facts (TbTriagePage *self, const TbTriageGroup *group)
{
  TbBooks *books = tb_page_get_books (TB_PAGE (self));
  GtkWidget *list = tb_detail_add_group (self->detail, _ ("These Calls"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Look at Them"));

  add_taken (list, _ ("Calls"), tb_format_number ((gint64) group->calls));
  add_taken (list, _ ("Minutes"), tb_format_minutes (group->seconds));
  add_taken (list, _ ("Missing, about"), format_missing (group, NULL));
  tb_widgets_add_value (list, _ ("Estimated"), group->basis);
  tb_widgets_add_value (list, _ ("Number"), group->reason);
  tb_widgets_add_value (list, _ ("Connection"), group->connection);
  tb_widgets_add_value (list, _ ("Tenant"), group->tenant);
  tb_widgets_add_value (list, _ ("Client"), tb_books_get_client_name (books, group->client));
  tb_widgets_add_value (list, _ ("Package"), group->package);
  add_taken (list, _ ("First"), tb_format_time (group->first, tb_books_get_zone (books)));
  tb_widgets_add_value (list, _ ("Dialled then"), group->dialled);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", G_CALLBACK (calls_cb), self);
  gtk_box_append (GTK_BOX (self->detail), button);
  tb_widgets_name_controls (button);
}

static void
show (TbListPage *page, gpointer value)
{
  TbTriagePage *self = TB_TRIAGE_PAGE (page);
  const TbTriageGroup *group = value;
  g_autofree char *name = group != NULL ? name_of (group) : NULL;

  tb_widgets_let_go_of_focus (self->detail);
  g_clear_object (&self->previewed);
  tb_detail_clear (self->detail);
  if (group == NULL)
    return;
  tb_detail_add_title (self->detail, name,
                       group->repairs->len > 0 ? _ ("One of the repairs below gives them a price.") : _ ("There is no repair to propose."));
  add_facts (self, group);
  for (guint i = 0; i < group->repairs->len; i++)
    add_repair (self, group, group->repairs->pdata[i]);
}

/* ---- reading ---- */

static gpointer
read_func (TbStore *store, TbJob *job, gpointer data, GError **error)
{
  return tb_triage_new (store, 0, 0, job, error);
}

static void
show_triage (TbPage *page, gpointer data)
{
  g_autoptr (TbTriage) triage = data;

  tb_list_page_take (TB_LIST_PAGE (page), triage->groups, tb_triage_group_free);
}

static void
load (TbPage *page)
{
  tb_page_read (page, &TB_TRIAGE_PAGE (page)->loading, read_func, NULL, NULL, (GDestroyNotify) tb_triage_free, show_triage);
}

static void
tb_triage_page_dispose (GObject *object)
{
  TbTriagePage *self = TB_TRIAGE_PAGE (object);

  g_clear_object (&self->loading);
  g_clear_object (&self->previewing);
  g_clear_object (&self->previewed);

  G_OBJECT_CLASS (tb_triage_page_parent_class)->dispose (object);
}

static void
tb_triage_page_class_init (TbTriagePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tb_triage_page_dispose;
  TB_PAGE_CLASS (klass)->load = load;
  TB_LIST_PAGE_CLASS (klass)->get_key = get_key;
  TB_LIST_PAGE_CLASS (klass)->matches = matches;
  TB_LIST_PAGE_CLASS (klass)->show = show;
}

static void
tb_triage_page_init (TbTriagePage *self)
{
  GtkWidget *scroller = tb_detail_new (&self->detail);

  tb_list_page_set_up (TB_LIST_PAGE (self), _ ("Calls without a price"), columns, G_N_ELEMENTS (columns), scroller, 420, "tb-triage-symbolic",
                       _ ("Every Call Has a Price"), _ ("Calls that lack a rate, a service or a number are gathered here, with what mends them"));
}
