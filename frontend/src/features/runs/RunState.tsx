import type { StateLook } from '../../components/StateChip';
import './RunState.css';

/** A state as tables show it: icon, word and colour, without the chip around them. */
export function RunState({ look: { word, Icon, tone } }: { look: StateLook }) {
  return (
    <span className="run-state" data-tone={tone}>
      <Icon size={14} aria-hidden className={tone === 'running' ? 'spin' : undefined} />
      <span>{word}</span>
    </span>
  );
}
