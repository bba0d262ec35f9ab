import { useCallback } from "react";
import { useText } from "../app/text.js";
import { useTick } from "../app/useTick.js";
import { useLatest } from "../bridge/latest.js";
import { Button } from "../ui/Button.js";
import { HoldButton } from "../ui/HoldButton.js";
import { HOLD_MS } from "./actions.js";
import { useFly } from "./FlyContext.js";
import { isAirborne, isArmed } from "./flyRules.js";
import { useAction } from "./useAction.js";
import { vehicleColour, vehicleName } from "../panels/vehicleIdentity.js";

/** What can be asked now. Dangerous things are held and name the aircraft in its colour. */
export function ActionBar() {
  const { desk } = useFly();
  const stage = useTick(useCallback(() => stageOf(desk), [desk]));
  const systemId = useLatest(desk.vehicle, (vehicle) => vehicle?.systemId) ?? 1;
  return (
    <div className="fly-actions" style={{ "--vehicle-colour": vehicleColour(systemId) } as React.CSSProperties}>
      {stage === "armed" ? <HeldAction id="disarm" /> : <HeldAction id="arm" />}
      <HeldAction id="take-off" />
      <HeldAction id="start-mission" />
      <GoHere />
      <HeldAction id="land" />
    </div>
  );
}

/** Arm and Disarm share a place; the bar changes nowhere else, so that nothing jumps under the hand. */
function stageOf(desk: ReturnType<typeof useFly>["desk"]): "disarmed" | "armed" {
  const facts = desk.facts();
  return isArmed(facts) || isAirborne(facts) ? "armed" : "disarmed";
}

function HeldAction({ id }: { readonly id: string }) {
  const t = useText();
  const { desk } = useFly();
  const { action, disabledBecause, isBusy } = useAction(id);
  const name = useLatest(desk.vehicle, (vehicle) => vehicle && vehicleName(vehicle)) ?? "";
  return (
    <span className="fly-held">
      <HoldButton
        label={t("fly.holdNamed", { action: t(action.labelKey), name }).trim()}
        holdMs={HOLD_MS}
        onConfirm={action.perform}
        disabledBecause={disabledBecause}
        isBusy={isBusy}
        testId={id}
      />
    </span>
  );
}

function GoHere() {
  const t = useText();
  const { desk } = useFly();
  const { action, disabledBecause, isBusy } = useAction("go-to");
  const isChoosing = useLatest(desk.placeFor, (use) => use === "go-to");
  return (
    <Button
      label={t(action.labelKey)}
      shortcut={action.shortcut}
      onPress={action.perform}
      disabledBecause={disabledBecause}
      isBusy={isBusy}
      isPressed={isChoosing}
      testId="go-to"
    />
  );
}
