import type {
  SemanticDimension,
  SemanticFact,
  SemanticFilter,
  SemanticMetric,
  SemanticModel,
  SemanticTable,
} from '@snowflow/contracts/semantic/semantic-model';
import { phraseOf, wordsOf, type Word } from './words';

/** What a phrase may mean in a model. A derived metric has no table. */
export type Meaning =
  | { kind: 'metric'; table: SemanticTable | undefined; metric: SemanticMetric }
  | { kind: 'dimension'; table: SemanticTable; dimension: SemanticDimension; isTime: boolean }
  | { kind: 'fact'; table: SemanticTable; fact: SemanticFact }
  | { kind: 'filter'; table: SemanticTable; filter: SemanticFilter }
  | { kind: 'value'; table: SemanticTable; dimension: SemanticDimension; value: string }
  | { kind: 'table'; table: SemanticTable };

const longestPhrase = 6;

/** The phrases of a model: names, synonyms and sample values. */
export class Vocabulary {
  private readonly meanings = new Map<string, Meaning[]>();

  constructor(readonly model: SemanticModel) {
    for (const table of model.tables) this.addTable(table);
    for (const metric of model.metrics ?? []) this.addNamed(metric, { kind: 'metric', table: undefined, metric });
  }

  /** The longest phrase that begins at a place, and what it may mean. */
  at(words: readonly Word[], index: number): { meanings: readonly Meaning[]; length: number } | undefined {
    for (let length = Math.min(longestPhrase, words.length - index); length > 0; length -= 1) {
      const meanings = this.meanings.get(phraseOf(words.slice(index, index + length)));
      if (meanings) return { meanings, length };
    }
    return undefined;
  }

  private addTable(table: SemanticTable): void {
    this.addNamed(table, { kind: 'table', table });
    for (const metric of table.metrics ?? []) this.addNamed(metric, { kind: 'metric', table, metric });
    for (const fact of table.facts ?? []) this.addNamed(fact, { kind: 'fact', table, fact });
    for (const filter of table.filters ?? []) this.addNamed(filter, { kind: 'filter', table, filter });
    for (const list of ['dimensions', 'time_dimensions'] as const) {
      for (const dimension of table[list] ?? []) {
        this.addNamed(dimension, { kind: 'dimension', table, dimension, isTime: list === 'time_dimensions' });
        for (const value of dimension.sample_values ?? []) {
          const meaning: Meaning = { kind: 'value', table, dimension, value };
          this.add(value, meaning);
          // “1-URGENT” is also said without its number.
          this.add(value.replace(/^\d+\W+/, ''), meaning);
        }
      }
    }
  }

  private addNamed({ name, synonyms }: { name: string; synonyms?: string[] }, meaning: Meaning): void {
    for (const phrase of [name.replaceAll('_', ' '), ...(synonyms ?? [])]) this.add(phrase, meaning);
  }

  private add(text: string, meaning: Meaning): void {
    const phrase = phraseOf(wordsOf(text));
    const known = this.meanings.get(phrase) ?? [];
    if (phrase !== '' && !known.includes(meaning)) this.meanings.set(phrase, [...known, meaning]);
  }
}
