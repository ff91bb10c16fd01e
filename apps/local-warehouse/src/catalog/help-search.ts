import { text } from '../engine/quote';
import { helpTexts } from '../sample-data/help-texts';
import type { SearchServiceEntry } from './catalog-entries';

/** DEMO.PUBLIC.HELP_SEARCH, which every account has over the texts of a help desk; dropped, it is there again after the next start. */
export function helpSearch(): SearchServiceEntry {
  const rows = helpTexts.map((row) => `(${row.map(text).join(', ')})`).join(',\n  ');
  return {
    database: 'DEMO',
    schema: 'PUBLIC',
    name: 'HELP_SEARCH',
    owner: 'SYSADMIN',
    createdAt: Date.now(),
    comment: 'Texts of a help desk',
    warehouse: 'DEMO_WH',
    targetLag: '1 hour',
    searched: 'BODY',
    attributes: ['TOPIC'],
    columns: ['TITLE', 'TOPIC', 'BODY'],
    source: `SELECT COLUMN1 AS TITLE, COLUMN2 AS TOPIC, COLUMN3 AS BODY FROM VALUES\n  ${rows}`,
  };
}
