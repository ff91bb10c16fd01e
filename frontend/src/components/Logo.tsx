/** The product's mark. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="7" fill="#1e3a5f" />
      <path
        d="M8 9h6a4 4 0 0 1 4 4v2a4 4 0 0 0 2 3.500"
        fill="none"
        stroke="#29b5e8"
        strokeWidth="2.400"
        strokeLinecap="round"
      />
      <circle cx="8" cy="9" r="2.600" fill="#fff" />
      <circle cx="20" cy="9" r="1.800" fill="#29b5e8" />
      <circle cx="20" cy="19" r="2.600" fill="#29b5e8" />
    </svg>
  );
}
