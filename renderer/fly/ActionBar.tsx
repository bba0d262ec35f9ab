import { useCallback } from "react";
import { FEET_PER_M } from "../app/format.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import { useLatest } from "../bridge/latest.js";
import { Button } from "../ui/Button.js";
import { NumberField } from "../ui/NumberField.js";
import { CommandHold } from "./CommandHold.js";
import { RESUME_ID } from "./flightActions.js";
import { useFly } from "./FlyContext.js";
import { isAirborne, isArmed, isPaused } from "./flyRules.js";
import { useAction } from "./useAction.js";

/**
 * The command buttons of the target. Dangerous commands are hold buttons that name the aircraft in its colour. Every
 * button has a fixed slot.
 */
export function ActionBar() {
  return (
    <div className="fly-actions">
      <ArmSlot />
      <TakeOff />
      <StartSlot />
      <GoHere />
      <span className="fly-slot fly-slot--land">
        <CommandHold command={{ kind: "land" }} />
      </span>
    </div>
  );
}

/**
 * Arm and Disarm (on the ground) share a slot as wide as the longer label, so that nothing moves. In the air the slot
 * is empty: the command that stops the motors in the air is in the command panel, away from the usual buttons.
 */
function ArmSlot() {
  const { flyView } = useFly();
  const stage = useTick(
    useCallback(() => {
      const facts = flyView.facts();
      if (isAirborne(facts)) return "air";
      return isArmed(facts) ? "armed" : "disarmed";
    }, [flyView]),
  );
  return (
    <span className="fly-slot fly-slot--arm">
      {stage === "disarmed" && <CommandHold command={{ kind: "arm" }} />}
      {stage === "armed" && <CommandHold command={{ kind: "disarm" }} />}
    </span>
  );
}

/** The height is a field beside the button and part of its label. */
function TakeOff() {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  const heightM = useLatest(flyView.takeOffHeightM, (value) => value);
  const { unit } = format.lengthOf(1);
  const perM = unit === "m" ? 1 : FEET_PER_M;
  return (
    <span className="fly-take-off">
      <NumberField
        label={t("fly.takeOffHeight")}
        unit={unit}
        value={heightM * perM}
        digits={0}
        min={3}
        max={Math.floor(120 * perM)}
        step={5}
        decimalMark={format.decimalMark}
        onChange={(value) => flyView.takeOffHeightM.set(value / perM)}
        testId="take-off-height"
      />
      <span className="fly-slot fly-slot--take-off">
        <CommandHold command={{ kind: "take-off", altitudeAboveHomeM: heightM }} />
      </span>
    </span>
  );
}

/** Start and Resume share a slot: Resume while the mission is paused, else Start. */
function StartSlot() {
  const { flyView } = useFly();
  const isMissionPaused = useTick(useCallback(() => isPaused(flyView.facts()), [flyView]));
  return (
    <span className="fly-slot fly-slot--start">
      {isMissionPaused ? (
        <CommandHold command={{ kind: "resume" }} keyId={RESUME_ID} />
      ) : (
        <CommandHold command={{ kind: "start-mission" }} />
      )}
    </span>
  );
}

function GoHere() {
  const t = useText();
  const { flyView } = useFly();
  const { action, disabledBecause, isBusy } = useAction("go-to");
  const isChoosing = useLatest(flyView.mapClickMode, (use) => use === "go-to");
  return (
    <span className="fly-slot fly-slot--go">
      <Button
        label={t(action.labelKey)}
        shortcut={action.shortcut}
        onPress={action.perform}
        disabledBecause={disabledBecause}
        isBusy={isBusy}
        isPressed={isChoosing}
        testId="go-to"
      />
    </span>
  );
}
