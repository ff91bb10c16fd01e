import { SQLDialect } from '@codemirror/lang-sql';
import { HighlightStyle } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { SQL_KEYWORDS } from './sql-keywords';

/** Enough of Snowflake's SQL to colour and complete it. */
export const snowflakeDialect = SQLDialect.define({
  keywords: SQL_KEYWORDS,
  types:
    'int integer bigint smallint float double decimal numeric boolean char varchar text date time timestamp number string variant object array timestamp_ntz timestamp_ltz timestamp_tz binary geography',
  builtin:
    'count sum avg min max median listagg coalesce iff nvl zeroifnull dateadd datediff date_trunc to_date to_number to_varchar try_cast row_number rank current_date current_timestamp',
  slashComments: true,
  doubleDollarQuotedStrings: true,
});

export const sqlHighlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--syn-kw)' },
  { tag: [tags.standard(tags.name), tags.typeName], color: 'var(--syn-fn)' },
  { tag: tags.string, color: 'var(--syn-str)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--syn-num)' },
  { tag: tags.comment, color: 'var(--syn-com)' },
]);
