/** Where one is in a row of steps. */
export const StepBar = ({
  steps,
  active,
}: {
  readonly steps: readonly string[];
  readonly active: number;
}) => (
  <ol className="step-bar">
    {steps.map((step, at) => (
      <li
        key={step}
        className={at <= active ? 'step-reached' : ''}
        {...(at === active ? { 'aria-current': 'step' as const } : {})}
      >
        {`${at + 1}. ${step}`}
      </li>
    ))}
  </ol>
);
