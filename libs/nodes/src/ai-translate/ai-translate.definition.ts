import { z } from 'zod';
import { languageField } from './language-field';
import { commonSettings } from '../kit/node-settings';
import { rowFunction, rowFunctionFields } from '../kit/row-function';

const config = z.strictObject({
  column: rowFunctionFields.column,
  from: languageField({ label: 'From', placeholder: 'en', hint: 'Empty: found out for each row' }, true).default(''),
  to: languageField({ label: 'To', placeholder: 'de' }, false),
  as: rowFunctionFields.as,
  ...commonSettings,
});

export type AiTranslateConfig = z.infer<typeof config>;

/** Translates a text of each row. */
export const aiTranslate = rowFunction<AiTranslateConfig>({
  type: 'ai.translate',
  title: 'Translate',
  description: 'Translates a text of each row.',
  icon: 'languages',
  config,
  initialConfig: {},
  gives: 'VARCHAR(16777216)',
  examples: [{ title: 'Comments in German', config: { column: 'O_COMMENT', from: 'en', to: 'de', as: 'GERMAN' } }],
});
