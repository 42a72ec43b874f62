/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-bank-file.h"

#include <string.h>

#include "tb-error.h"

/* ---- what an entry says, in one line ---- */

static char *
say (const TbBankFile *file)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < file->entries->len; i++)
    {
      const TbBankEntry *entry = file->entries->pdata[i];
      g_autofree char *day = entry->day != TB_DAY_NONE ? tb_day_format (entry->day) : g_strdup ("-");
      g_autofree char *amount = tb_money_to_string (entry->amount);

      g_string_append_printf (text, "%s%s %s %s%s|%s|%s|%s%s", i > 0 ? "; " : "", day, amount, tb_currency_to_string (entry->amount.currency),
                              entry->back ? " back" : "", entry->name != NULL ? entry->name : "", entry->reference != NULL ? entry->reference : "",
                              entry->text != NULL ? entry->text : "", entry->problem != NULL ? " !" : "");
    }
  return g_strdup (text->str);
}

static TbBankFile *
parse (const char *text, TbBankFormat format, const char *columns, GError **error)
{
  TbBankOptions options = { .format = format, .columns = columns };

  g_assert_true (tb_currency_parse ("EUR", &options.currency, NULL));
  return tb_bank_file_parse ((const guint8 *) text, strlen (text), &options, error);
}

/* ---- CSV ---- */

static const struct
{
  const char *reason, *columns, *text, *expected; /* expected NULL: refused */
} tables[] = {
  { "English, signed", NULL, "Date,Description,Amount\n2026-11-10,INV-1,12.50\n2026-11-11,Fee,-3.00\n", "2026-11-10 12.50 EUR|||INV-1; 2026-11-11 -3.00 EUR|||Fee" },
  { "two columns of money", NULL, "Date,Details,Paid out,Paid in\n13/11/2026,a,,5.00\n14/11/2026,b,2.00,\n", "2026-11-13 5.00 EUR|||a; 2026-11-14 -2.00 EUR|||b" },
  { "German, with lines before the header", NULL,
    "Konto;DE02\n\nBuchungstag;Auftraggeber;Verwendungszweck;Betrag;Währung\n10.11.2026;Müller;RE 7;1.234,56;CHF\n", "2026-11-10 1234.56 CHF|Müller||RE 7" },
  { "month first, told by another row", NULL, "Date,Amount\n11/10/2026,1.00\n11/13/2026,2.00\n", "2026-11-10 1.00 EUR|||; 2026-11-13 2.00 EUR|||" },
  { "which is first, nothing tells", NULL, "Date,Amount\n11/10/2026,1.00\n", "- 1.00 EUR||| !" },
  { "grouping without decimals", NULL, "Date,Amount\n2026-11-10,\"1,234.00\"\n2026-11-10,\"1,234\"\n", "2026-11-10 1234.00 EUR|||; 2026-11-10 1234.00 EUR|||" },
  { "brackets take away", NULL, "Date,Amount\n2026-11-10,(7.00)\n", "2026-11-10 -7.00 EUR|||" },
  { "no amount", NULL, "Date,Amount\n2026-11-10,none\n", "2026-11-10 0.00 EUR||| !" },
  { "no such currency", NULL, "Date,Amount,Currency\n2026-11-10,1.00,QQQ\n", "2026-11-10 1.00 EUR||| !" },
  { "mapped by title", "day=When,amount=Sum,reference=Ref", "When,Sum,Ref\n2026-11-10,4.00,R1\n", "2026-11-10 4.00 EUR||R1|" },
  { "mapped by number", "day=1,amount=3", "a,b,c\n2026-11-10,x,4.00\n", "2026-11-10 4.00 EUR|||" },
  { "mapped to a column that is not there", "day=When,amount=Much", "When,Sum\n2026-11-10,4.00\n", NULL },
  { "mapped from no field", "moment=When", "When,Sum\n2026-11-10,4.00\n", NULL },
  { "no titles", NULL, "2026-11-10,4.00\n", NULL },
  { "nothing", NULL, "", NULL },
};

static void
test_csv (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbBankFile) file = parse (tables[i].text, TB_BANK_CSV, tables[i].columns, &error);
      g_autofree char *said = file != NULL ? say (file) : NULL;

      g_test_message ("%s", tables[i].reason);
      g_assert_cmpstr (said, ==, tables[i].expected);
      if (file == NULL)
        g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
    }
}

/* ---- CAMT ---- */

#define HEAD "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE1</IBAN></Id></Acct>"
#define TAIL "</Stmt></BkToCstmrStmt></Document>"
#define ENTRY(amount, sign, inside) \
  "<Ntry><Amt Ccy=\"EUR\">" amount "</Amt><CdtDbtInd>" sign "</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-10</Dt></BookgDt>" inside "</Ntry>"

static const struct
{
  const char *reason, *text, *expected;
} statements[] = {
  { "what came in", HEAD ENTRY ("5.00", "CRDT", "<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties><Dbtr><Nm>A &amp; B</Nm></Dbtr></RltdPties>"
    "<RmtInf><Ustrd>INV</Ustrd><Ustrd>7</Ustrd></RmtInf></TxDtls></NtryDtls>") TAIL, "2026-11-10 5.00 EUR|A & B|E1|INV 7" },
  { "the creditor's reference before the end-to-end one", HEAD ENTRY ("5.00", "CRDT", "<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>"
    "<RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>") TAIL, "2026-11-10 5.00 EUR||RF18|" },
  { "what went out", HEAD ENTRY ("5.00", "DBIT", "") TAIL, "2026-11-10 -5.00 EUR|||" },
  { "a debit that came back", HEAD ENTRY ("5.00", "DBIT", "<NtryDtls><TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>") TAIL,
    "2026-11-10 -5.00 EUR back|||" },
  { "a batch of two, each with its amount", HEAD ENTRY ("9.00", "CRDT", "<NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy=\"EUR\">4.00</Amt></TxAmt></AmtDtls></TxDtls>"
    "<TxDtls><Amt Ccy=\"EUR\">5.00</Amt></TxDtls></NtryDtls>") TAIL, "2026-11-10 4.00 EUR|||; 2026-11-10 5.00 EUR|||" },
  { "a batch without amounts is not taken twice", HEAD ENTRY ("9.00", "CRDT", "<NtryDtls><TxDtls><Refs/></TxDtls><TxDtls><Refs/></TxDtls></NtryDtls>") TAIL,
    "2026-11-10 9.00 EUR||| !; 2026-11-10 9.00 EUR||| !" },
  { "not booked yet", HEAD "<Ntry><Amt Ccy=\"EUR\">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts><ValDt><Dt>2026-11-10</Dt></ValDt></Ntry>" TAIL,
    "2026-11-10 5.00 EUR||| !" },
  { "a later version, with a prefix", "<c:Document xmlns:c=\"x\"><c:BkToCstmrStmt><c:Stmt><c:Ntry><c:Amt Ccy=\"CHF\">5</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd>"
    "<c:Sts><c:Cd>BOOK</c:Cd></c:Sts><c:BookgDt><c:DtTm>2026-11-10T08:00:00+01:00</c:DtTm></c:BookgDt><c:NtryDtls><c:TxDtls><c:RltdPties><c:Dbtr><c:Pty><c:Nm>N</c:Nm>"
    "</c:Pty></c:Dbtr></c:RltdPties></c:TxDtls></c:NtryDtls></c:Ntry></c:Stmt></c:BkToCstmrStmt></c:Document>", "2026-11-10 5.00 CHF|N||" },
  { "no entries", HEAD TAIL, "" },
  { "another XML", "<html><body/></html>", NULL },
  { "cut off", HEAD "<Ntry><Amt Ccy=\"EUR\">5.00</Amt>", NULL },
  { "entities of its own", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><Document><BkToCstmrStmt><Stmt><Ntry><AddtlNtryInf>&a;</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>", NULL },
};

static void
test_camt (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TbBankFile) file = parse (statements[i].text, TB_BANK_GUESS, NULL, &error);
      g_autofree char *said = file != NULL ? say (file) : NULL;

      g_test_message ("%s", statements[i].reason);
      g_assert_cmpstr (said, ==, statements[i].expected);
    }
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<a>");
  g_assert_null (parse (text->str, TB_BANK_GUESS, NULL, &error));
  g_assert_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT);
}

/* The same entry in another file has the same name, and two of one day that say the same have two. */
static void
test_origins (void)
{
  const char *one = "Date,Amount\n2026-11-10,1.00\n2026-11-10,1.00\n", *more = "Date,Amount\n2026-11-09,9.00\n2026-11-10,1.00\n2026-11-10,1.00\n2026-11-10,1.00\n";
  g_autoptr (TbBankFile) a = parse (one, TB_BANK_CSV, NULL, NULL), b = parse (more, TB_BANK_CSV, NULL, NULL);
  const TbBankEntry *first = a->entries->pdata[0], *second = a->entries->pdata[1];

  g_assert_cmpstr (first->origin, !=, second->origin);
  g_assert_cmpstr (first->origin, ==, ((TbBankEntry *) b->entries->pdata[1])->origin);
  g_assert_cmpstr (second->origin, ==, ((TbBankEntry *) b->entries->pdata[2])->origin);
  g_assert_cmpstr (second->origin, !=, ((TbBankEntry *) b->entries->pdata[3])->origin);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bank/csv", test_csv);
  g_test_add_func ("/bank/camt", test_camt);
  g_test_add_func ("/bank/deep", test_deep);
  g_test_add_func ("/bank/origins", test_origins);
  return g_test_run ();
}
