import { Copy } from 'lucide-react';
import { Button } from '../../components/Button';
import { showToast } from '../../components/toast-store';
import './ResultText.css';

interface ResultTextProps {
  text: string;
  /** How much it is, in words. */
  about: string;
  /** Reads the next rows; absent where all are there. */
  more?: () => void;
}

/** A result as JSON or plain text. */
export function ResultText({ text, about, more }: ResultTextProps) {
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => showToast('Text copied'),
      () => showToast('The browser did not allow copying'),
    );
  return (
    <div className="result-text">
      <div className="result-text-bar">
        <span>{about}</span>
        {more && (
          <Button size="xs" look="ghost" onClick={more}>
            Read more
          </Button>
        )}
        <Button size="xs" look="ghost" onClick={copy}>
          <Copy size={13} aria-hidden /> Copy
        </Button>
      </div>
      <pre tabIndex={0} aria-label="Result as text">
        {text}
      </pre>
    </div>
  );
}
