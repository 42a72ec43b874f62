/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A target of libFuzzer. Built without it, tb-fuzz-replay.c calls it with the files of its corpus. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Must hold of every input. abort (), because libFuzzer keeps the input of what ends so. */
#define tb_fuzz_check(condition) ((condition) ? (void) 0 : tb_fuzz_fail (G_STRLOC ": " #condition " does not hold", NULL, NULL))
#define tb_fuzz_check_same(a, b) (g_strcmp0 (a, b) == 0 ? (void) 0 : tb_fuzz_fail (G_STRLOC ": " #a " is not " #b, a, b))

G_NORETURN static inline void
tb_fuzz_fail (const char *what, const char *a, const char *b)
{
  g_printerr ("%s\n", what);
  if (a != NULL)
    g_printerr ("%s\n----\n%s\n", a, b != NULL ? b : "(none)");
  abort ();
}

/* Splits `data` at its line ends into at most `n` parts, NUL-ended, of which the last one keeps the rest. What is not there is "". */
static inline char *
tb_fuzz_lines (const uint8_t *data, size_t size, const char **parts, guint n)
{
  char *text = g_strndup ((const char *) data, size), *rest = text;

  for (guint i = 0; i < n; i++)
    {
      char *end = i + 1 < n ? strchr (rest, '\n') : NULL;

      parts[i] = rest;
      rest = end != NULL ? end + 1 : rest + strlen (rest);
      if (end != NULL)
        *end = '\0';
    }
  return text;
}
