import type { RunFigures } from '../../../api/tower';
import { bytesText, compactCount } from '../../format/numbers';
import { creditsText } from '../tower-numbers';

/** A figure by its name, as it is drawn, written and saved. */
export interface Measure {
  id: keyof RunFigures;
  label: string;
  text: (value: number) => string;
}

/** The figures over time and in the table. */
export const MEASURES: readonly Measure[] = [
  { id: 'runs', label: 'Runs', text: compactCount },
  { id: 'failed', label: 'Failed', text: compactCount },
  { id: 'people', label: 'People', text: compactCount },
  { id: 'statements', label: 'Statements', text: compactCount },
  { id: 'bytesScanned', label: 'Bytes', text: bytesText },
  { id: 'estimatedCredits', label: 'Credits (est.)', text: creditsText },
  { id: 'aiTokens', label: 'AI tokens', text: compactCount },
];
