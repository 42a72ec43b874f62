/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-form.h"

G_BEGIN_DECLS

/* Tables by their nouns; tb_form_table_find knows them all. */
extern const TbFormTable tb_form_client_table;
extern const TbFormTable tb_form_service_table;
extern const TbFormTable tb_form_provider_table;
extern const TbFormTable tb_form_tax_table;
extern const TbFormTable tb_form_currency_table;
extern const TbFormTable tb_form_company_table;
extern const TbFormTable tb_form_filter_table;   /* one filter, of all packages or of one */
extern const TbFormTable tb_form_filters_table;  /* all of them */
extern const TbFormTable tb_form_package_table;
extern const TbFormTable tb_form_rate_table;     /* of a client or a package (tb-form-rate-tables.c) */
extern const TbFormTable tb_form_price_table;    /* a rate without a prefix */
extern const TbFormTable tb_form_inbound_table;

#define TB_FORM_TABLE(table_path, table_title, table_fields, ...) \
  { .path = table_path, .title = table_title, .fields = table_fields, .n_fields = G_N_ELEMENTS (table_fields), __VA_ARGS__ }

G_END_DECLS
