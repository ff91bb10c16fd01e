import { Ban, CircleCheck, CircleDot, CirclePause, type LucideIcon } from 'lucide-react';
import '../../components/StateChip.css';

const LOOKS = {
  done: CircleCheck,
  waiting: CirclePause,
  failed: Ban,
  cancelled: CircleDot,
} satisfies Record<string, LucideIcon>;

/** The state of a thing: icon, word and colour together. */
export function StateMark({ tone, text }: { tone: keyof typeof LOOKS; text: string }) {
  const Icon = LOOKS[tone];
  return (
    <span className="settings-badge" data-tone={tone}>
      <Icon size={12} aria-hidden />
      {text}
    </span>
  );
}
