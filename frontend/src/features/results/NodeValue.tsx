import type { NodeRun } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { bytesText } from '../format/numbers';
import { ResultText } from './ResultText';

/** The value that a node gave, as JSON; of one that is too large to be shown only how large it is. */
export function NodeValue({ value, valueBytes = 0 }: Pick<NodeRun, 'value' | 'valueBytes'>) {
  if (value === undefined) {
    return (
      <EmptyState title="This value is too large to be shown." text={`It has ${bytesText(valueBytes)} as JSON.`} />
    );
  }
  return <ResultText text={JSON.stringify(value, null, 2)} about={bytesText(valueBytes)} />;
}
