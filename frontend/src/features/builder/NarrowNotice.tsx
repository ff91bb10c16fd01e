import { Info } from 'lucide-react';

export function NarrowNotice() {
  return (
    <p className="narrow-notice">
      <Info size={14} aria-hidden /> Open on a wider screen to edit.
    </p>
  );
}
