import { useText } from "../../app/text.js";
import { Button } from "../../ui/Button.js";
import { HoldButton } from "../../ui/HoldButton.js";
import { HOLD_MS } from "../../ui/holding.js";
import type { VehicleFacts } from "../useVehicles.js";

type WriteButtonProps = {
  readonly vehicle: VehicleFacts;
  readonly label: string;
  /** True when the value is outside the metadata's range. */
  readonly isForced?: boolean | undefined;
  /** `isHeld`: the button was held, which the station requires while the aircraft is armed. */
  readonly onWrite: (isHeld: boolean) => void;
  readonly disabledBecause: string | undefined;
  readonly isBusy: boolean;
  readonly testId: string;
};

/**
 * A normal button while disarmed; a hold button that names and colours the aircraft when it is armed, or when the value
 * is out of range.
 */
export function WriteButton(props: WriteButtonProps) {
  const { vehicle, label, isForced = false, onWrite, disabledBecause, isBusy, testId } = props;
  const t = useText();
  if (!vehicle.isArmed && !isForced) {
    return (
      <Button
        label={label}
        tone="select"
        onPress={() => onWrite(false)}
        disabledBecause={disabledBecause}
        isBusy={isBusy}
        testId={testId}
      />
    );
  }
  return (
    <span className="setup-confirm" style={{ borderColor: vehicle.colour }}>
      <HoldButton
        label={t(isForced ? "setup.params.write.forced" : "setup.params.write.armed", { name: vehicle.name })}
        holdMs={HOLD_MS}
        tone={vehicle.isArmed ? "danger" : "caution"}
        onConfirm={() => onWrite(true)}
        disabledBecause={disabledBecause}
        isBusy={isBusy}
        testId={testId}
      />
    </span>
  );
}
