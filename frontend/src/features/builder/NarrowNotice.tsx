import { Info } from 'lucide-react';

export function NarrowNotice() {
  return (
    <aside className="narrow-notice" aria-label="Notice">
      <Info size={14} aria-hidden /> Open on a wider screen to edit.
    </aside>
  );
}
