/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tb-undo.h"

/* A stack of steps against a text: a step appends its letter, or takes it off. */

static GString *text;
static TbUndo *stack;
static guint freed;

typedef struct
{
  char letter;
  gboolean slow; /* is a job: the test ends it */
} Letter;

static void
redo (gpointer data)
{
  const Letter *letter = data;

  if (letter->slow)
    tb_undo_begin (stack);
  g_string_append_c (text, letter->letter);
}

static void
undo (gpointer data)
{
  const Letter *letter = data;

  if (letter->slow)
    tb_undo_begin (stack);
  g_assert_cmpint (text->str[text->len - 1], ==, letter->letter);
  g_string_truncate (text, text->len - 1);
}

static void
letter_free (gpointer data)
{
  freed++;
  g_free (data);
}

static void
step (char letter, gboolean slow)
{
  Letter *data = g_new (Letter, 1);
  const char label[] = { letter, '\0' };

  *data = (Letter){ letter, slow };
  if (slow)
    {
      g_string_append_c (text, letter); /* as a job did before it was put here */
      tb_undo_push (stack, label, redo, undo, data, letter_free);
    }
  else
    tb_undo_do (stack, label, redo, undo, data, letter_free);
}

/* What is done, a character each: a letter is a step, a capital one of them a job; "-" undo, "+" redo, "." the job ended well, "!" it failed, "x" it
 * was given up. */
static const struct
{
  const char *reason, *acts, *text, *undo, *redo; /* labels, NULL = cannot */
  guint freed;
} rows[] = {
  { "nothing", "", "", NULL, NULL, 0 },
  { "nothing to undo or redo", "-+", "", NULL, NULL, 0 },
  { "one step", "a", "a", "a", NULL, 0 },
  { "taken back", "a-", "", NULL, "a", 0 },
  { "and done again", "a-+", "a", "a", NULL, 0 },
  { "in order", "abc--", "a", "a", "b", 0 },
  { "a new step forgets what was undone", "abc--d", "ad", "d", NULL, 2 },
  { "a job is pending: nothing else can be undone", "aB--", "a", NULL, NULL, 0 },
  { "a job ended", "aB-.", "a", "a", "B", 0 },
  { "and the next", "aB-.-", "", NULL, "a", 0 },
  { "a job that failed is still to be undone", "aB-!", "a", "B", NULL, 0 },
  { "a job done again that failed", "B-.+!", "B", NULL, "B", 0 },
  { "when it was to be undone", "aB-x", "a", "a", NULL, 1 },
  { "when it was to be done again", "aBC-.-.+x", "aB", "a", "C", 1 },
  { "a step beside a job under way takes its place", "aB-c.", "ac", "c", NULL, 1 },
  { "a step beside a job done again", "aB-.+c.", "aBc", "c", NULL, 1 },
};

static void
act (char what)
{
  if (what == '-')
    tb_undo_undo (stack);
  else if (what == '+')
    tb_undo_redo (stack);
  else if (what == 'x')
    tb_undo_give_up (stack);
  else if (what == '.' || what == '!')
    tb_undo_end (stack, what == '.');
  else
    step (what, g_ascii_isupper (what));
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *can_undo = NULL, *can_redo = NULL;
      gboolean undoable, redoable;

      g_test_message ("%s", rows[i].reason);
      stack = tb_undo_new ();
      text = g_string_new (NULL);
      freed = 0;
      for (const char *at = rows[i].acts; *at != '\0'; at++)
        act (*at);
      g_object_get (stack, "undo-label", &can_undo, "redo-label", &can_redo, "can-undo", &undoable, "can-redo", &redoable, NULL);
      g_assert_cmpstr (text->str, ==, rows[i].text);
      g_assert_cmpstr (can_undo, ==, rows[i].undo);
      g_assert_cmpstr (can_redo, ==, rows[i].redo);
      g_assert_cmpint (undoable, ==, rows[i].undo != NULL);
      g_assert_cmpint (redoable, ==, rows[i].redo != NULL);
      g_assert_cmpuint (freed, ==, rows[i].freed);
      g_string_free (text, TRUE);
      g_object_unref (stack);
    }
}

/* The oldest steps go; those that are left work. */
static void
test_limit (void)
{
  stack = tb_undo_new ();
  text = g_string_new (NULL);
  freed = 0;
  for (guint i = 0; i < TB_UNDO_MAX + 7; i++)
    step ((char) ('a' + i % 26), FALSE);
  g_assert_cmpuint (freed, ==, 7);
  while (tb_undo_undo (stack))
    ;
  g_assert_cmpuint (text->len, ==, 7);
  tb_undo_clear (stack);
  g_assert_false (tb_undo_redo (stack));
  g_assert_cmpuint (freed, ==, TB_UNDO_MAX + 7);
  g_string_free (text, TRUE);
  g_object_unref (stack);
}

static void
moved_cb (TbUndo *undo_stack, const char *label, gboolean undone, GString *said)
{
  g_string_append_printf (said, "%c%s", undone ? '-' : '+', label);
}

/* Who listens hears of what went well. */
static void
test_moved (void)
{
  g_autoptr (GString) said = g_string_new (NULL);

  stack = tb_undo_new ();
  text = g_string_new (NULL);
  g_signal_connect (stack, "moved", G_CALLBACK (moved_cb), said);
  for (const char *at = "aB-.-++!"; *at != '\0'; at++)
    act (*at);
  g_assert_cmpstr (said->str, ==, "-B-a+a");
  g_string_free (text, TRUE);
  g_object_unref (stack);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/rows", test_rows);
  g_test_add_func ("/undo/limit", test_limit);
  g_test_add_func ("/undo/moved", test_moved);
  return g_test_run ();
}
