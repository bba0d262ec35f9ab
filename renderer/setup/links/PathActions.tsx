import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { failureText } from "../../app/failureText.js";
import { useText } from "../../app/text.js";
import { SureButton } from "../../ui/SureButton.js";
import { useAsk } from "../useAsk.js";

type PathActionsProps = {
  readonly vehicleId: VehicleId;
  readonly name: string;
  readonly isHighLatency: boolean;
  /** Other vehicles with the same system id: the user may know that they are the same aircraft. */
  readonly sameSysId: readonly { readonly id: VehicleId; readonly name: string; readonly linkName: string }[];
};

/** What the user may decide about the links to an aircraft; each needs a confirmation. */
export function PathActions({ vehicleId, name, isHighLatency, sameSysId }: PathActionsProps) {
  const t = useText();
  const { state, ask } = useAsk();
  const failure = state.kind === "failed" ? failureText(t, state.failure) : undefined;
  const isBusy = state.kind === "pending";
  return (
    <div className="setup-way-actions">
      <SureButton
        label={t(isHighLatency ? "setup.paths.satellite.off" : "setup.paths.satellite.on")}
        sureLabel={t(isHighLatency ? "setup.paths.satellite.off.sure" : "setup.paths.satellite.on.sure", { name })}
        isBusy={isBusy}
        onConfirm={() => void ask({ kind: "high-latency", vehicleId, isOn: !isHighLatency })}
        testId={`satellite-${name}`}
      />
      {sameSysId.map((other) => (
        <SureButton
          key={other.id}
          label={t("setup.paths.join", { link: other.linkName })}
          sureLabel={t("setup.paths.join.sure", { name, other: other.name })}
          isBusy={isBusy}
          onConfirm={() => void ask({ kind: "join-vehicles", vehicleId, otherId: other.id })}
          testId={`join-${name}-${other.linkName}`}
        />
      ))}
      {failure && (
        <small className="setup-tone" data-tone="caution" role="status">
          ▲ {failure.what} {failure.advice}
        </small>
      )}
    </div>
  );
}
