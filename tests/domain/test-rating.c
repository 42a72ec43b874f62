/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-scene.h"

/* rating.md, steps 2, 4 and 5: whose call it is, whether it is billable, and what number it goes to. */

#define SERVICES                                                                                                                               \
  "rate - 0.60; service EXT tenant=a ext=201,202; service DID tenant=a did=15192229000,5192229001; service REST tenant=a; "                       \
  "plan cc=1 nanp trunk=1 exit=011"

static void
test_service (void)
{
  static const TbSceneRow rows[] = {
    { "an extension is the most specific claim", SERVICES, "14165550100 60 ext=202 from=15192229000", "rated service=EXT" },
    { "the caller's number stands for a missing extension", SERVICES, "14165550100 60 from=201", "rated service=EXT" },
    { "a DID: the caller when outbound", SERVICES, "14165550100 60 ext=999 from=15192229000", "rated service=DID" },
    { "a DID is the same number however it is written", SERVICES, "14165550100 60 from=+15192229001; 14165550100 60 from=5192229001",
      "rated service=DID; rated service=DID" },
    { "a DID: the callee when inbound", SERVICES, "15192229000 60 in from=14165550100", "inbound-free service=DID" },
    { "inbound, the PBX's own field for the DID goes before the callee", SERVICES, "201 60 in did=5192229000 ext=999", "inbound-free service=DID" },
    { "inbound, the caller's number claims nothing", SERVICES, "15550001111 60 in from=15192229000", "inbound-free service=REST" },
    { "the one service that lists nothing takes the rest", SERVICES, "14165550100 60 ext=333 from=14165550199", "rated service=REST" },
    { "another tenant's services are not asked", SERVICES, "14165550100 60 ext=201 tenant=b", "no-service service=" },
    { "none at all", "rate - 0.60; service S tenant=a ext=201", "14165550100 60 ext=202", "no-service service=" },
    { "two that list the same extension: never a guess", "rate - 0.60; service S tenant=a ext=201; service T tenant=a ext=201",
      "14165550100 60 ext=201", "ambiguous service=" },
    { "two that list nothing", "rate - 0.60; service S tenant=a; service T tenant=a", "14165550100 60", "ambiguous service=" },
    { "an extension settles what DIDs would leave open", "rate - 0.60; service S tenant=a ext=201 did=15192229000; service T tenant=a did=15192229000",
      "14165550100 60 ext=201 from=15192229000; 14165550100 60 from=15192229000", "rated service=S; ambiguous" },
    { "a subscription counts from its start up to its end", "rate - 0.60; service S tenant=a starts=2026-10-05 ends=2026-10-07",
      "2026-10-04T23:59:59Z 14165550100 60; 2026-10-05T00:00:00Z 14165550100 60; 2026-10-06T23:59:59Z 14165550100 60; 2026-10-07T00:00:00Z 14165550100 60",
      "no-service; rated service=S; rated service=S; no-service" },
    { "its days are the company's", "company zone=America/Toronto; rate - 0.60; service S tenant=a starts=2026-10-05",
      "2026-10-05T03:59:59Z 14165550100 60; 2026-10-05T04:00:00Z 14165550100 60", "no-service; rated" },
    { "a successor takes over on the day the other ends",
      "rate - 0.60; service OLD tenant=a ends=2026-10-05; service NEW tenant=a starts=2026-10-05",
      "2026-10-04T12:00:00Z 1416 60; 2026-10-05T12:00:00Z 1416 60", "rated service=OLD; rated service=NEW" },
    { "a service without a tenant serves the whole connection, after those that name it", "rate - 0.60; service ALL; service A tenant=a",
      "1416 60 tenant=a; 1416 60 tenant=b", "rated service=A; rated service=ALL" },
    { "a tenant's name is a domain: its case does not matter", "rate - 0.60; service A tenant=Acme.Example.COM", "1416 60 tenant=acme.example.com",
      "rated service=A" },
    { "another connection's tenant of the same name is another one", "rate - 0.60; service A tenant=a; service B tenant=a connection=pbx2",
      "1416 60; 1416 60 connection=pbx2", "rated service=A; rated service=B" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

#define INSIDE "rate - 0.60; rate 201 0.30; service S tenant=a ext=201,202; service T tenant=a ext=301"

static void
test_billable (void)
{
  static const TbSceneRow rows[] = {
    { "nobody answered", "rate - 0.60", "14165550100 0", "unanswered : 0 0 cost=0" },
    { "an unanswered call without a rate is no missing money", "", "14165550100 0", "unanswered" },
    { "inbound is free unless the package bills it", "rate - 0.60; inbound - 0.30", "15192229000 60 in", "inbound-free : 0 0" },
    { "inbound that the package bills", "rate - 0.60; inbound - 0.30 inc=60/60; package bill-inbound", "15192229000 61 in",
      "rated inbound: 120 0.6 currency=CAD" },
    { "unanswered before inbound", "rate - 0.60", "15192229000 0 in", "unanswered" },
    { "the record says it is internal", INSIDE, "301 60 local ext=201", "internal : 0 0" },
    { "the callee is an extension of the tenant", INSIDE, "202 60 ext=201", "internal" },
    { "of another service too", INSIDE, "301 60 ext=201", "internal" },
    { "a short number is not internal by its length", "rate - 0.60; service S tenant=a ext=201", "203 60 ext=201", "rated tariff:" },
    { "the package bills internal calls as outbound ones", INSIDE "; package bill-internal", "201 60 local ext=202", "rated tariff:201 60 0.3" },
    { "the carrier takes nothing for an internal call", INSIDE "; package bill-internal; cost - 0.10", "201 60 local ext=202", "rated cost=0" },
    { "unanswered before internal", INSIDE, "202 0 local ext=201", "unanswered" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

#define CANADA "rate - 0.60; plan cc=1 exit=011 trunk=1 nanp area=416"
#define BRITAIN "rate - 0.60; plan cc=44 exit=00,011 trunk=0 area=20"

static void
test_number (void)
{
  static const TbSceneRow rows[] = {
    { "separators are dropped; + is kept as international", CANADA, "+1.416.555-0100 60", "rated number=14165550100 rule=international" },
    { "the exit code is stripped", CANADA, "011442079460018 60", "rated number=442079460018 rule=exit-code" },
    { "every exit code", BRITAIN, "0114930123 60; 0014165550100 60", "rated number=4930123; rated number=14165550100 rule=exit-code" },
    { "nanp: ten digits get a 1", CANADA, "4165550100 60", "rated number=14165550100 rule=nanp" },
    { "without nanp they do not", "rate - 0.60; plan cc=1 trunk=1", "4165550100 60", "rated number=4165550100 rule=as-dialled" },
    { "the trunk prefix becomes the country code", BRITAIN, "02079460018 60", "rated number=442079460018 rule=trunk-prefix" },
    { "a number shorter than a national one gets the area code", CANADA, "5550100 60", "rated number=14165550100 rule=area-code" },
    { "likewise where national numbers have ten digits", BRITAIN, "79460018 60", "rated number=442079460018 rule=area-code" },
    { "without an area code the rule does not exist", "rate - 0.60; plan cc=1 nanp", "5550100 60", "rated number=5550100 rule=as-dialled" },
    { "without values there are no rules", "rate - 0.60", "0114165550100 60", "rated number=0114165550100 rule=as-dialled" },
    { "not a number", CANADA, "anonymous 60; *97 60; 416555x100 60", "bad-number : 0 0; bad-number; bad-number number= rule=none" },
    { "excluded is asked before bad-number", CANADA "; filter exclude destination *97", "*97 60", "excluded" },
    { "unanswered is asked before bad-number", CANADA, "*97 0", "unanswered" },
  };

  tb_scene_run_rows (rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rating/service", test_service);
  g_test_add_func ("/rating/billable", test_billable);
  g_test_add_func ("/rating/number", test_number);
  return g_test_run ();
}
