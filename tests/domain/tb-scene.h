/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-rating.h"

G_BEGIN_DECLS

/**
 * TbScene: a whole set-up in a few words, so that a test of the rating is a table of short rows.
 *
 * Statements are separated by ";", words by blanks. What is not said is the contract's default; the company is in UTC and CAD, its tariff
 * "t" and package "p" are there, and so is the service S1 of client C1, which lists nothing on tenant "a" of connection "pbx".
 *
 *   company zone=America/Toronto currency=CAD          exchange USD 2026-10-01 1.25
 *   tariff band=split zone=America/Toronto currency=USD round=up:2      cost-tariff … (likewise, of the provider)
 *   rate PREFIX RATE inc=30/6 fee=0.1 min=30 grace=3 free=5 steps=0:0.6/60/30,30:0.3/60/6 from=… to=… off when=1-5,08:00-19:00
 *                    prio=20 least=0.01 most=2 style=multiple text=Canada      (PREFIX "-" is the catch-all)
 *   custom … · client … · flat … · inbound … · cost … (rows of the other lists, as above; flat and inbound take "-")
 *   package markup=25 surcharge=0.01 inc=60/60 min=30 grace=3 fee=0.1 round=up:2 match=longest unmarked-fee bill-internal bill-inbound
 *           cycle=quarterly tiers=graduated:minutes:0@0.02,500@0.015
 *   plan cc=1 exit=011 trunk=1 nanp area=416
 *   pool minutes=10 (seconds=, unlimited) name=n scope=1,44 shared carry exact unit=60 prio=20 from=2026-10-10 to=… fee=0.1
 *   filter exclude destination 1800*            all-filter … (of every package; connection=pbx2)
 *   service KEY tenant=a client=C2 package=p connection=pbx ext=201,202 did=… starts=… ends=… next=…
 */
typedef struct
{
  TbSetup *setup;
  TbRating *rating;
  TbRatingState *state;
  GPtrArray *calls; /* of char *: texts of calls, borrowed by TbCall */
  guint last_id;
} TbScene;

TbScene *tb_scene_new (const char *text); /* aborts when the text is not understood */
void     tb_scene_free (TbScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbScene, tb_scene_free)

/* NULL and an error when the set-up cannot be rated. Called by the first call too. */
TbRating *tb_scene_get_rating (TbScene *self, GError **error);

/* "2026-10-05T12:00:00Z 14165551234 45 ext=201 from=2045550142 in local tenant=a did=… connection=pbx2": start, callee, billable seconds;
 * without the start noon of Monday 5 October 2026. */
void tb_scene_rate (TbScene *self, const char *call, TbRatedCall *ret);

/* Compares with "rated tariff:1416 48 0.60": status, source and prefix, billed seconds, charge, as far as given, then
 * free= cost= currency= service= number= rule=. */
void tb_scene_check (TbScene *self, const TbRatedCall *rated, const char *expected);

/* Rates the calls, separated by ";", in that order and compares each with its part of `expected`. */
void tb_scene_run (const char *set_up, const char *calls, const char *expected);

typedef struct
{
  const char *reason, *set_up, *calls, *expected;
} TbSceneRow;

void tb_scene_run_rows (const TbSceneRow *rows, gsize n);

G_END_DECLS
