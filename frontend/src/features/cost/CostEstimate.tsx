import { bytesText } from '../format/numbers';
import { useCostPreview } from './use-cost';

/** What a run would read at most, as soon as Snowflake has said it. Nothing where it can't. */
export function CostEstimate() {
  const { data } = useCostPreview();
  if (!data || data.bytesAtMost === null) return null;
  return <span className="menu-keys">{bytesText(data.bytesAtMost)} at most</span>;
}
