/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-ubl-private.h"

static void
write_address (TbXml *xml, const TbElectronicParty *party)
{
  tb_xml_open (xml, "cac:PostalAddress");
  tb_xml_text (xml, "cbc:StreetName", party->street);
  tb_xml_text (xml, "cbc:AdditionalStreetName", party->more_street);
  tb_xml_text (xml, "cbc:CityName", party->city);
  tb_xml_text (xml, "cbc:PostalZone", party->post_code);
  tb_xml_text (xml, "cbc:CountrySubentity", party->subdivision);
  if (party->other_lines != NULL)
    {
      tb_xml_open (xml, "cac:AddressLine");
      tb_xml_text (xml, "cbc:Line", party->other_lines);
      tb_xml_close (xml);
    }
  tb_xml_open (xml, "cac:Country");
  tb_xml_text (xml, "cbc:IdentificationCode", party->party->country);
  tb_xml_close (xml);
  tb_xml_close (xml);
}

static void
write_tax_number (TbXml *xml, const char *number, const char *scheme)
{
  if (number == NULL)
    return;
  tb_xml_open (xml, "cac:PartyTaxScheme");
  tb_xml_text (xml, "cbc:CompanyID", number);
  tb_xml_open (xml, "cac:TaxScheme");
  tb_xml_text (xml, "cbc:ID", scheme);
  tb_xml_close (xml);
  tb_xml_close (xml);
}

static void
write_contact (TbXml *xml, const TbInvoiceParty *party)
{
  if (party->contact == NULL && party->phone == NULL && party->email == NULL)
    return;
  tb_xml_open (xml, "cac:Contact");
  tb_xml_text (xml, "cbc:Name", party->contact);
  tb_xml_text (xml, "cbc:Telephone", party->phone);
  tb_xml_text (xml, "cbc:ElectronicMail", party->email);
  tb_xml_close (xml);
}

void
tb_ubl_write_party (TbXml *xml, const TbElectronicParty *party, gboolean seller)
{
  const char *endpoint[] = { "schemeID", party->scheme, NULL }, *registration[] = { "schemeID", party->registration_scheme, NULL };

  tb_xml_open (xml, seller ? "cac:AccountingSupplierParty" : "cac:AccountingCustomerParty");
  tb_xml_open (xml, "cac:Party");
  tb_xml_text_with (xml, "cbc:EndpointID", party->endpoint, endpoint);
  tb_xml_open (xml, "cac:PartyName");
  tb_xml_text (xml, "cbc:Name", party->party->name);
  tb_xml_close (xml);
  write_address (xml, party);
  write_tax_number (xml, party->vat_id, "VAT");
  write_tax_number (xml, party->tax_number, "TAX");
  tb_xml_open (xml, "cac:PartyLegalEntity");
  tb_xml_text (xml, "cbc:RegistrationName", party->party->name);
  tb_xml_text_with (xml, "cbc:CompanyID", party->registration, registration);
  tb_xml_close (xml);
  write_contact (xml, party->party);
  tb_xml_close (xml);
  tb_xml_close (xml);
}
