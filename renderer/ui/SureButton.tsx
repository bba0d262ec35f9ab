import { useEffect, useState } from "react";
import { Button, type Tone } from "./Button.js";

type SureButtonProps = {
  readonly label: string;
  /** Names what the second press does: "Press again: remove udp://:14550". */
  readonly sureLabel: string;
  readonly onConfirm: () => void;
  readonly disabledBecause?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly isBusy?: boolean | undefined;
  readonly testId?: string | undefined;
};

/** Long enough to read the question, short enough that nobody confirms one asked a while ago. */
const ASKED_FOR_MS = 5000;

/** Needs a second press on the same place; leaving it, Escape or waiting cancels. */
export function SureButton(props: SureButtonProps) {
  const { label, sureLabel, onConfirm, disabledBecause, tone, isBusy, testId } = props;
  const [isAsking, setIsAsking] = useState(false);
  useEffect(() => {
    if (!isAsking) return undefined;
    const timer = setTimeout(() => setIsAsking(false), ASKED_FOR_MS);
    return () => clearTimeout(timer);
  }, [isAsking]);
  const onPress = (): void => {
    setIsAsking(!isAsking);
    if (isAsking) onConfirm();
  };
  return (
    <span
      className="ui-sure"
      data-asking={isAsking}
      onPointerLeave={() => setIsAsking(false)}
      onKeyDown={(event) => {
        if (event.key === "Escape" || event.key === "Tab") setIsAsking(false);
      }}
    >
      <Button
        label={isAsking ? sureLabel : label}
        tone={isAsking ? "danger" : tone}
        onPress={onPress}
        disabledBecause={disabledBecause}
        isBusy={isBusy}
        testId={testId}
      />
    </span>
  );
}
