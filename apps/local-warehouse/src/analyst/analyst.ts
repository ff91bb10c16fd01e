import type { SemanticModel } from '@snowflow/contracts/semantic/semantic-model';
import { Interpreter } from './interpret';
import { PieceReader } from './read-pieces';
import { NotUnderstood } from './reading';
import { Vocabulary } from './vocabulary';
import { phraseOf, wordsOf } from './words';
import { interpretation, writeQuery } from './write-query';

/** SQL with how the question was read, or what of it was not understood and what could be asked instead. */
export type AnalystAnswer = { text: string; sql: string } | { text: string; suggestions: string[] };

const suggestedAtMost = 3;

/**
 * Answers a question over a semantic view by its words alone: no language model runs here. It refuses a question of which it does not
 * understand every word, since a wrong number is worse than none.
 */
export function answerQuestion(question: string, model: SemanticModel, view: readonly string[]): AnalystAnswer {
  const asked = phraseOf(wordsOf(question));
  const verified = model.verified_queries?.find((query) => phraseOf(wordsOf(query.question)) === asked);
  if (verified) return { text: `A verified query answers this: ${verified.name}.`, sql: verified.sql };
  try {
    const reading = new Interpreter(model, new PieceReader(question, new Vocabulary(model)).read()).interpret();
    return { text: interpretation(reading, model), sql: writeQuery(reading, view) };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return { text: `Not understood: ${error.message}.`, suggestions: suggestionsFor(model) };
  }
}

function suggestionsFor(model: SemanticModel): string[] {
  const spoken = (name: string) => name.replaceAll('_', ' ').toLowerCase();
  const verified = (model.verified_queries ?? []).map(({ question }) => question);
  const made = model.tables.flatMap(({ metrics = [], dimensions = [] }) =>
    metrics
      .slice(0, 1)
      .flatMap((metric) =>
        dimensions.slice(0, 1).map((dimension) => `What is the ${spoken(metric.name)} by ${spoken(dimension.name)}?`),
      ),
  );
  return [...verified, ...made].slice(0, suggestedAtMost);
}
