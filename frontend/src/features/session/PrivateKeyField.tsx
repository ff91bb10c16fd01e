import { FileKey } from 'lucide-react';
import { useState, type ChangeEvent, type DragEvent } from 'react';
import { Button } from '../../components/Button';

const LONGEST = 20_000;

/** A private key, pasted or read from a file in the browser. */
export function PrivateKeyField({ invalid, describedBy }: { invalid: boolean; describedBy: string | undefined }) {
  const [key, setKey] = useState('');
  const [file, setFile] = useState<string>();
  const [problem, setProblem] = useState<string>();

  async function read(chosen: File | undefined) {
    if (!chosen) return;
    setProblem(undefined);
    if (chosen.size > LONGEST) {
      setProblem(`${chosen.name} is too large for a private key. Choose the PEM file.`);
      return;
    }
    setKey(await chosen.text());
    setFile(chosen.name);
  }

  function choose(event: ChangeEvent<HTMLInputElement>) {
    void read(event.target.files?.[0]);
    // The same file can be chosen again after it was changed.
    event.target.value = '';
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    void read(event.dataTransfer.files[0]);
  }

  return (
    <div className="field">
      <label htmlFor="private-key">Private key</label>
      {file && (
        <p className="sign-in-key-file">
          <FileKey size={16} aria-hidden />
          <span>{file}</span>
          <Button
            size="xs"
            look="ghost"
            onClick={() => {
              setKey('');
              setFile(undefined);
            }}
          >
            Remove file
          </Button>
        </p>
      )}
      <textarea
        id="private-key"
        name="privateKey"
        className="control mono sign-in-key"
        required
        rows={4}
        maxLength={LONGEST}
        value={key}
        onChange={(event) => setKey(event.target.value)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        placeholder="-----BEGIN PRIVATE KEY-----"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
      />
      <p className={problem ? 'field-error' : 'field-hint'} role={problem ? 'alert' : undefined}>
        {problem ?? (
          <>
            Paste the PEM, or{' '}
            <label className="sign-in-file">
              choose a file
              <input type="file" accept=".p8,.pem,.key" className="visually-hidden" onChange={choose} />
            </label>
            . It is used for this session and not stored in the browser.
          </>
        )}
      </p>
    </div>
  );
}
