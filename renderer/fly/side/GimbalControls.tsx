import type { Gimbal } from "../../../src/vehicle/payload.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useLatest } from "../../bridge/latest.js";
import { Button } from "../../ui/Button.js";
import { SureButton } from "../../ui/SureButton.js";
import { useFly } from "../FlyContext.js";
import type { TextKey } from "../../app/dictionary.js";

/** "Ahead" looks a little below the horizon: at the horizon the picture is mostly haze. */
const AHEAD_PITCH_DEG = -15;
const NADIR_PITCH_DEG = -90;
const NUDGE_DEG = 5;
const NUDGES = [
  ["↑", NUDGE_DEG, 0],
  ["↓", -NUDGE_DEG, 0],
  ["←", 0, -NUDGE_DEG],
  ["→", 0, NUDGE_DEG],
] as const;

type GimbalProps = { readonly gimbal: Gimbal };

/** Who controls the gimbal, where it points, and where it should point. */
export function GimbalControls({ gimbal }: GimbalProps) {
  const t = useText();
  const isTaken = gimbal.control === "other-station";
  return (
    <section className="fly-device" data-testid={`gimbal-${gimbal.id}`}>
      <h3>
        {t("fly.gimbal")} <span data-tone={isTaken ? "caution" : undefined}>{t(`fly.gimbal.${gimbal.control}`)}</span>
      </h3>
      <Direction gimbal={gimbal} />
      <Presets gimbal={gimbal} />
      <Nudges gimbal={gimbal} />
    </section>
  );
}

/** Why the gimbal may not be moved now; undefined when it may. */
function useGimbalBecause({ control }: Gimbal): string | undefined {
  const t = useText();
  return control === "other-station" ? t("fly.gimbal.taken") : undefined;
}

const anglesOf = ({ attitude }: Gimbal) => ({
  pitchDeg: attitude?.value.pitchDeg ?? AHEAD_PITCH_DEG,
  yawFromNoseDeg: attitude?.value.yawFromNoseDeg ?? 0,
});

function usePoint({ id: gimbalId }: Gimbal): (pitchDeg: number, yawDeg: number) => void {
  const { flyView } = useFly();
  return (pitchDeg, yawDeg) =>
    flyView.sendPayload({ kind: "gimbal-angles", gimbalId, pitchDeg, yawDeg, frame: "vehicle" });
}

function Direction({ gimbal }: GimbalProps) {
  const t = useText();
  const format = useFormat();
  const { pitchDeg, yawFromNoseDeg } = anglesOf(gimbal);
  const facts = { pitch: format.numberText(pitchDeg, 0), turn: format.numberText(yawFromNoseDeg, 0) };
  const contact = gimbal.task.kind === "contact" ? gimbal.task.contactId : "";
  return (
    <p className="fly-figures">
      {gimbal.attitude === undefined ? t("fly.gimbal.unknown-attitude") : t("fly.gimbal.attitude", facts)} ·{" "}
      {t(`fly.gimbal.task.${gimbal.task.kind}`, { contact })}
    </p>
  );
}

function Presets({ gimbal }: GimbalProps) {
  const t = useText();
  const { flyView } = useFly();
  const because = useGimbalBecause(gimbal);
  const point = usePoint(gimbal);
  const selected = useLatest(flyView.selectedContact, (id) => id);
  const isLooking = useLatest(flyView.mapClickMode, (use) => use === "look");
  const { id: gimbalId } = gimbal;
  const follow = (): void => {
    if (selected !== undefined) flyView.sendPayload({ kind: "gimbal-contact", gimbalId, contactId: selected });
  };
  const noContact = selected === undefined ? t("fly.gimbal.noContact") : undefined;
  const press = (label: TextKey, testId: string, onPress: () => void) => (
    <Button label={t(label)} isSmall disabledBecause={because} onPress={onPress} testId={testId} />
  );
  return (
    <div className="fly-buttons">
      {gimbal.protocol === "gimbal-v2" && <ControlButton gimbal={gimbal} />}
      {press("fly.gimbal.nadir", "gimbal-nadir", () => point(NADIR_PITCH_DEG, 0))}
      {press("fly.gimbal.ahead", "gimbal-ahead", () => point(AHEAD_PITCH_DEG, 0))}
      <Button
        label={t("fly.gimbal.place")}
        isSmall
        isPressed={isLooking}
        disabledBecause={because}
        onPress={() => flyView.mapClickMode.set(isLooking ? undefined : "look")}
        testId="gimbal-place"
      />
      <Button
        label={selected === undefined ? t("fly.gimbal.contact") : t("fly.gimbal.contactNamed", { contact: selected })}
        isSmall
        disabledBecause={because ?? noContact}
        onPress={follow}
        testId="gimbal-contact"
      />
      {press("fly.gimbal.stop", "gimbal-stop", () => flyView.sendPayload({ kind: "gimbal-stop", gimbalId }))}
    </div>
  );
}

function Nudges({ gimbal }: GimbalProps) {
  const t = useText();
  const because = useGimbalBecause(gimbal);
  const point = usePoint(gimbal);
  const { pitchDeg, yawFromNoseDeg } = anglesOf(gimbal);
  return (
    <div className="fly-buttons" role="group" aria-label={t("fly.gimbal.nudge")}>
      {NUDGES.map(([arrow, upDeg, rightDeg]) => (
        <Button
          key={arrow}
          label={arrow}
          isSmall
          disabledBecause={because}
          onPress={() => point(pitchDeg + upDeg, yawFromNoseDeg + rightDeg)}
          testId={`gimbal-${arrow}`}
        />
      ))}
    </div>
  );
}

/** Control is taken from another only after a confirmation that names them. */
function ControlButton({ gimbal }: GimbalProps) {
  const t = useText();
  const { flyView } = useFly();
  const { id: gimbalId, control, controllerSystemId } = gimbal;
  if (control === "us") {
    const release = (): void => flyView.sendPayload({ kind: "gimbal-release", gimbalId });
    return <Button label={t("fly.gimbal.release")} isSmall onPress={release} testId="gimbal-release" />;
  }
  const acquire = (isTakeover: boolean): void => flyView.sendPayload({ kind: "gimbal-acquire", gimbalId, isTakeover });
  if (control === "other-station") {
    return (
      <SureButton
        label={t("fly.gimbal.acquire")}
        sureLabel={t("fly.gimbal.takeOver", { system: controllerSystemId ?? "?" })}
        onConfirm={() => acquire(true)}
        testId="gimbal-acquire"
      />
    );
  }
  return <Button label={t("fly.gimbal.acquire")} isSmall onPress={() => acquire(false)} testId="gimbal-acquire" />;
}
