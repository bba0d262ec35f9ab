import { useState } from "react";
import { useText } from "../../app/text.js";
import { HoldButton } from "../../ui/HoldButton.js";
import { HOLD_MS } from "../../ui/holding.js";
import { Panel } from "../../ui/Panel.js";
import { SelectField } from "../../ui/SelectField.js";
import { Toast } from "../../ui/Toast.js";
import { FailureToast } from "../FailureToast.js";
import { useAsk } from "../useAsk.js";
import { useShownVehicle, useUnreachable, type VehicleFacts } from "../useVehicles.js";
import { VehicleChooser } from "../VehicleChooser.js";
import type { KeyNames } from "./keyNames.js";

const NO_KEY = "";

function SendKey({ vehicle, keys }: { readonly vehicle: VehicleFacts; readonly keys: KeyNames | undefined }) {
  const t = useText();
  const { name, id } = vehicle;
  const { state, ask, forget } = useAsk();
  const names = keys?.names ?? [];
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const keyName = chosen ?? names[0] ?? NO_KEY;
  const unreachable = useUnreachable(vehicle);
  const blockedBy = unreachable ?? (vehicle.isArmed ? "setup.because.armed" : undefined);
  const disabledBecause = blockedBy && t(blockedBy);
  const send = (): void => {
    void ask({ kind: "setup-vehicle-signing", vehicleId: id, keyName: keyName === NO_KEY ? undefined : keyName });
  };
  return (
    <div className="setup-form">
      <SelectField
        label={t("setup.vehicle-key.key")}
        selected={keyName}
        options={[
          ...names.map((item) => ({ id: item, label: item })),
          { id: NO_KEY, label: t("setup.vehicle-key.none") },
        ]}
        onSelect={(next) => {
          setChosen(next);
          forget();
        }}
        testId="vehicle-key"
      />
      <div className="setup-confirm" style={{ borderColor: vehicle.colour }}>
        <HoldButton
          label={t(keyName === NO_KEY ? "setup.vehicle-key.clear" : "setup.vehicle-key.send", { key: keyName, name })}
          hint={t("setup.vehicle-key.hold")}
          holdMs={HOLD_MS}
          onConfirm={send}
          disabledBecause={disabledBecause}
          isBusy={state.kind === "pending"}
          tone="caution"
          testId="vehicle-key-send"
        />
      </div>
      {disabledBecause !== undefined && <p data-testid="vehicle-key-because">▲ {disabledBecause}</p>}
      {state.kind === "done" && (
        <Toast tone="good" title={t("setup.vehicle-key.done", { name })} testId="vehicle-key-done" />
      )}
      {state.kind === "failed" && <FailureToast failure={state.failure} testId="vehicle-key-failure" />}
    </div>
  );
}

/**
 * Sends SETUP_SIGNING, which is allowed only over a direct link; the station checks that again and reports the reason
 * of a refusal.
 */
export function VehicleKeyPanel({ keys }: { readonly keys: KeyNames | undefined }) {
  const t = useText();
  const vehicle = useShownVehicle();
  return (
    <Panel title={t("setup.vehicle-key.title")} testId="vehicle-signing">
      <p className="setup-dim">{t("setup.vehicle-key.about")}</p>
      {vehicle ? (
        <>
          <VehicleChooser />
          <SendKey key={vehicle.id} vehicle={vehicle} keys={keys} />
        </>
      ) : (
        <p>{t("setup.aircraft.none")}</p>
      )}
    </Panel>
  );
}
