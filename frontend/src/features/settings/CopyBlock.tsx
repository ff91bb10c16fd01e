import { Copy } from 'lucide-react';
import { Button } from '../../components/Button';
import { showToast } from '../../components/toast-store';
import './Settings.css';

interface CopyBlockProps {
  /** As `Statements`: names the text for who cannot see it. */
  label: string;
  text: string;
}

/** Text to paste elsewhere, with a button that copies it. */
export function CopyBlock({ label, text }: CopyBlockProps) {
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => showToast(`${label} copied`),
      () => showToast('The browser did not allow copying. Select the text instead.'),
    );
  return (
    <div className="copy-block">
      <pre tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
      <Button size="sm" onClick={copy} aria-label={`Copy: ${label}`}>
        <Copy size={14} aria-hidden /> Copy
      </Button>
    </div>
  );
}
