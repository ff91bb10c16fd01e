/** What a screen reader says without being asked: progress when it is quiet, failures at once. */
export function LiveRegions({ polite, urgent }: { polite: string; urgent: string }) {
  return (
    <div className="visually-hidden">
      <p role="status" aria-live="polite">
        {polite}
      </p>
      <p role="alert">{urgent}</p>
    </div>
  );
}
