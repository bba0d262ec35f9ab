type MeterProps = { readonly label: string; readonly fraction: number; readonly testId?: string | undefined };

export function Meter({ label, fraction, testId }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <span
      className="ui-meter"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      data-testid={testId}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
