import type { BudgetKind, Excess } from './budget';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Three figures: `950 bytes`, `1.24 GB`. */
export function bytesText(bytes: number): string {
  const unit = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1_000 ** unit).toPrecision(3))} ${UNITS[unit]}`;
}

const plural = (count: number, word: string) => `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;

const AMOUNT: Record<BudgetKind, (amount: number) => string> = {
  bytes: bytesText,
  statements: (amount) => plural(amount, 'statement'),
  seconds: (amount) => plural(Math.floor(amount), 'second'),
  tokens: (amount) => plural(amount, 'token'),
};

/** Which budget stopped a run, what was spent of it and what the next statement, or call of a model, would have taken. */
export function excessSentence({ kind, limit, setBy, spent, next }: Excess): string {
  const amount = AMOUNT[kind];
  const whose = setBy === 'workflow' ? 'The workflow’s budget' : 'The budget of your tenant';
  const change =
    setBy === 'workflow' ? 'Raise the budget of the workflow' : 'Ask an admin to raise it in the tenant’s settings';
  const facts = factsOf(kind, amount(spent), amount(next));
  const stopped = kind === 'tokens' ? 'So the next model was not asked' : 'So the next statement was not sent';
  return `${whose} is ${amount(limit)} for a run: ${facts}. ${stopped}. ${change}, or make the workflow smaller.`;
}

function factsOf(kind: BudgetKind, spent: string, next: string): string {
  switch (kind) {
    case 'seconds':
      return `the run has gone on for ${spent}`;
    case 'bytes':
      return `its statements so far read ${spent} at most, and the next one may read ${next}`;
    case 'statements':
      return `${spent} were sent already`;
    case 'tokens':
      return `its models took ${spent} so far, and the next call may take ${next}`;
  }
}
