// The mark: one wire that branches.
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={2.4} strokeLinecap="round" strokeLinejoin="round" aria-hidden>
      <circle cx="4" cy="6.500" r="1.8" fill="currentColor" />
      <path d="M6 6.500h4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 0 2.500 2.500h3M12.500 9A2.500 2.500 0 0 1 15 6.500h6" />
      <circle cx="20" cy="16.500" r="1.8" fill="currentColor" />
    </svg>
  );
}
