import { ArrowRight, LoaderCircle, Warehouse } from 'lucide-react';

/** Opens the demo warehouse with one click. */
export function DemoButton({ busy, onClick }: { busy: boolean; onClick: () => void }) {
  return (
    <>
      <div className="sign-in-or" role="separator">
        <span>or</span>
      </div>
      <button type="button" className="sign-in-demo" onClick={onClick} aria-busy={busy}>
        <span className="sign-in-demo-icon">
          <Warehouse size={20} aria-hidden />
        </span>
        <span>
          <strong>{busy ? 'Opening the demo warehouse' : 'Try the demo warehouse'}</strong>
          <span>Sample retail data. No account needed.</span>
        </span>
        {busy ? <LoaderCircle size={18} className="spin" aria-hidden /> : <ArrowRight size={18} aria-hidden />}
      </button>
    </>
  );
}
