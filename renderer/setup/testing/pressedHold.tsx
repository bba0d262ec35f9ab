import { Button } from "../../ui/Button.js";

type Props = {
  readonly label: string;
  readonly onConfirm: () => void;
  readonly disabledBecause?: string | undefined;
  readonly isBusy?: boolean | undefined;
  readonly testId?: string | undefined;
};

/** A hold button that confirms on a click; holding has its own tests. */
export const pressedHold = {
  HoldButton: ({ label, onConfirm, disabledBecause, isBusy, testId }: Props) => (
    <span data-held-button>
      <Button label={label} onPress={onConfirm} disabledBecause={disabledBecause} isBusy={isBusy} testId={testId} />
    </span>
  ),
};
