import { useCallback } from "react";
import type { VehicleCommand } from "../../src/vehicle/commands.js";
import { leadsToMission } from "../../src/vehicle/selectors/mission.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import { keyStore } from "../app/actions.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import { useLatest } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { vehicleColour, vehicleName } from "../panels/vehicleIdentity.js";
import type { Tone } from "../ui/Button.js";
import { HoldButton } from "../ui/HoldButton.js";
import { HOLD_MS } from "../ui/holding.js";
import { commandWords } from "./commandWords.js";
import { flyViewStore } from "./flyViewStore.js";
import { mayCommand } from "./flyRules.js";
import { isOtherPlan } from "./side/planLine.js";

type CommandHoldProps = {
  readonly command: VehicleCommand;
  /** Defaults to the target. */
  readonly vehicleId?: VehicleId | undefined;
  /** Replaces the command's name; the aircraft's name is added to either. */
  readonly label?: string | undefined;
  /** A further reason, besides those that apply to every command of this kind. */
  readonly disabledBecause?: string | undefined;
  readonly holdMs?: number | undefined;
  readonly tone?: Tone | undefined;
  readonly isSmall?: boolean | undefined;
  /** The action's id in the action table, for a key that fills the ring. */
  readonly keyId?: string | undefined;
  readonly onSent?: (() => void) | undefined;
  readonly testId?: string | undefined;
};

/** Why a command may not be sent now (to the target by default), as text; sampled a few times a second. */
export function useBecause(kind: VehicleCommand["kind"], vehicleId?: VehicleId): string | undefined {
  const t = useText();
  const flyView = useStore(flyViewStore);
  const because = useTick(
    useCallback(() => {
      const may = mayCommand(flyView.facts(vehicleId), kind);
      return may === true ? "" : t(may.because);
    }, [flyView, kind, vehicleId, t]),
  );
  return because === "" ? undefined : because;
}

/**
 * A hold button for a command, with its effect, the aircraft's name and its colour. The command goes to the aircraft
 * named when the button was pressed; when the target or the label changes, the hold ends.
 */
export function CommandHold(props: CommandHoldProps) {
  const { command, label, disabledBecause, holdMs = HOLD_MS, tone, isSmall, keyId, onSent, testId } = props;
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const flyView = useStore(flyViewStore);
  const target = useLatest(station.target, (id) => id);
  const vehicleId = props.vehicleId ?? target;
  const find = (): VehicleState | undefined => station.vehicles.get().find(({ id }) => id === vehicleId);
  const systemId = useLatest(station.vehicles, () => find()?.systemId) ?? 1;
  const name = useLatest(station.vehicles, () => nameOf(find())) ?? "";
  const because = useBecause(command.kind, vehicleId);
  const isBusy = useTick(
    useCallback(() => flyView.facts(vehicleId).pending.has(command.kind), [flyView, vehicleId, command.kind]),
  );
  const { heldByKey } = useStore(keyStore);
  const isHeldByKey = useLatest(heldByKey, (id) => keyId !== undefined && id === keyId);
  const isOtherFlown = useTick(
    useCallback(() => {
      const facts = flyView.facts(vehicleId);
      return facts.vehicle !== undefined && leadsToMission(command, facts.vehicle) && isOtherPlan(facts.planAboard);
    }, [flyView, vehicleId, command]),
  );
  const words = label ?? commandWords({ t, format }, command, find());
  const action = isOtherFlown ? t("fly.holdAboard", { action: words }) : words;
  const confirm = (): void => {
    heldByKey.set(undefined);
    flyView.sendTo(vehicleId, command, true);
    onSent?.();
  };
  return (
    <span className="fly-held" style={{ "--vehicle-colour": vehicleColour(systemId) } as React.CSSProperties}>
      <HoldButton
        label={t("fly.holdNamed", { action, name }).trim()}
        holdMs={holdMs}
        onConfirm={confirm}
        subject={`${vehicleId ?? ""} ${JSON.stringify(command)}`}
        disabledBecause={isBusy ? undefined : (because ?? disabledBecause)}
        isBusy={isBusy}
        isHeldByKey={isHeldByKey}
        isSmall={isSmall}
        tone={tone}
        testId={testId ?? command.kind}
      />
    </span>
  );
}

const nameOf = (vehicle: VehicleState | undefined): string | undefined => vehicle && vehicleName(vehicle);
