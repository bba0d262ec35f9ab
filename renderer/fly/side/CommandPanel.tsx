import { type ReactNode, useState } from "react";
import type { VehicleCommand } from "../../../src/vehicle/commands.js";
import { isAirborne } from "../../../src/vehicle/selectors/airborne.js";
import { needsSticks } from "../../../src/vehicle/selectors/mission.js";
import { hasSticks } from "../../../src/vehicle/selectors/sticks.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StationContext.js";
import { Button } from "../../ui/Button.js";
import { NumberField } from "../../ui/NumberField.js";
import { SelectField } from "../../ui/SelectField.js";
import { CommandHold, useBecause } from "../CommandHold.js";
import { useFly } from "../FlyContext.js";

/** What else the aircraft can be told. What its autopilot cannot do is greyed, with the reason. */
export function CommandPanel() {
  return (
    <div className="fly-commands" data-testid="commands">
      <NotNow />
      <HeightRow />
      <SpeedRow />
      <HeadingRow />
      <OrbitRow />
      <ItemRow />
      <ModeRow />
      <TransitionRow />
      <FenceRow />
    </div>
  );
}

/** What most of them have in common: said once, on top. */
const COMMON: VehicleCommand["kind"] = "change-altitude";

function NotNow() {
  const t = useText();
  const because = useBecause(COMMON);
  if (because === undefined) return null;
  return (
    <p className="fly-because" role="status">
      ▲ {t("fly.command.notNow", { because })}
    </p>
  );
}

type RowProps = {
  readonly kind: VehicleCommand["kind"];
  readonly isHeld?: boolean | undefined;
  readonly children: ReactNode;
};

/** A reason of its own is said below it: a glove hovers over nothing. */
function Row({ kind, isHeld, children }: RowProps) {
  const because = useBecause(kind);
  const common = useBecause(COMMON);
  return (
    <>
      <div className={isHeld ? "fly-command-row fly-command-row--held" : "fly-command-row"}>{children}</div>
      {because !== undefined && because !== common && <p className="fly-because">▲ {because}</p>}
    </>
  );
}

/** Enter in a field sends as its button does, to the aircraft that is named then. */
function useSend(command: VehicleCommand): () => void {
  const station = useStation();
  const { desk } = useFly();
  const vehicleId = useLatest(station.target, (id) => id);
  return () => desk.sendTo(vehicleId, command);
}

function Send({ command }: { readonly command: VehicleCommand }) {
  const t = useText();
  const because = useBecause(command.kind);
  const send = useSend(command);
  return (
    <Button
      label={t("fly.command.send")}
      isSmall
      disabledBecause={because}
      onPress={send}
      testId={`send-${command.kind}`}
    />
  );
}

const FEET_PER_M = 1 / 0.3048;
const KNOTS_PER_MPS = 3600 / 1852;

function HeightRow() {
  const t = useText();
  const format = useFormat();
  const { desk } = useFly();
  const [heightM, setHeightM] = useState(() =>
    Math.max(10, Math.round(desk.vehicle.get()?.position?.value.altitudeAboveHomeM ?? 60)),
  );
  const { unit } = format.lengthOf(1);
  const perM = unit === "m" ? 1 : FEET_PER_M;
  const command: VehicleCommand = { kind: "change-altitude", height: { datum: "home", valueM: heightM } };
  const send = useSend(command);
  return (
    <Row kind="change-altitude">
      <NumberField
        label={t("fly.command.height")}
        unit={unit}
        value={heightM * perM}
        digits={0}
        min={2}
        max={1500 * perM}
        step={5}
        decimalMark={format.decimalMark}
        onChange={(value) => setHeightM(value / perM)}
        onEnter={send}
        testId="height"
      />
      <Send command={command} />
    </Row>
  );
}

function SpeedRow() {
  const t = useText();
  const format = useFormat();
  const { desk } = useFly();
  const [speedMps, setSpeedMps] = useState(12);
  const isWinged = useLatest(desk.vehicle, (vehicle) => vehicle?.airframe === "plane");
  const { unit } = format.speedOf(1);
  const perMps = unit === "m/s" ? 1 : KNOTS_PER_MPS;
  const command: VehicleCommand = { kind: "change-speed", speedKind: isWinged ? "air" : "ground", speedMps };
  const send = useSend(command);
  return (
    <Row kind="change-speed">
      <NumberField
        label={t(isWinged ? "fly.command.airSpeed" : "fly.command.groundSpeed")}
        unit={unit}
        value={speedMps * perMps}
        digits={0}
        min={1}
        max={60 * perMps}
        step={1}
        decimalMark={format.decimalMark}
        onChange={(value) => setSpeedMps(value / perMps)}
        onEnter={send}
        testId="speed"
      />
      <Send command={command} />
    </Row>
  );
}

function HeadingRow() {
  const t = useText();
  const format = useFormat();
  const [headingDeg, setHeadingDeg] = useState(0);
  const command: VehicleCommand = { kind: "change-heading", headingDeg };
  const send = useSend(command);
  return (
    <Row kind="change-heading">
      <NumberField
        label={t("fly.command.heading")}
        unit="°"
        value={headingDeg}
        digits={0}
        min={0}
        max={359}
        step={5}
        decimalMark={format.decimalMark}
        onChange={setHeadingDeg}
        onEnter={send}
        testId="heading"
      />
      <Send command={command} />
    </Row>
  );
}

function OrbitRow() {
  const t = useText();
  const format = useFormat();
  const { desk } = useFly();
  const radiusM = useLatest(desk.orbitRadiusM, (value) => value);
  const because = useBecause("orbit");
  const isChoosing = useLatest(desk.placeFor, (use) => use === "orbit");
  const { unit } = format.lengthOf(1);
  const perM = unit === "m" ? 1 : FEET_PER_M;
  return (
    <Row kind="orbit">
      <NumberField
        label={t("fly.command.orbitRadius")}
        unit={unit}
        value={radiusM * perM}
        digits={0}
        min={10}
        max={2000 * perM}
        step={10}
        decimalMark={format.decimalMark}
        onChange={(value) => desk.orbitRadiusM.set(value / perM)}
        testId="orbit-radius"
      />
      <Button
        label={t("command.orbit")}
        isSmall
        isPressed={isChoosing}
        disabledBecause={because}
        onPress={() => desk.placeFor.set(isChoosing ? undefined : "orbit")}
        testId="orbit"
      />
    </Row>
  );
}

function ItemRow() {
  const t = useText();
  const format = useFormat();
  const { desk } = useFly();
  const countOfItems = useLatest(desk.vehicle, (vehicle) => vehicle?.mission?.value.countOfItems) ?? 1;
  const [item, setItem] = useState(1);
  return (
    <Row kind="jump-to-item" isHeld>
      <NumberField
        label={t("fly.command.item")}
        unit={`/ ${countOfItems}`}
        value={item}
        digits={0}
        min={1}
        max={Math.max(1, countOfItems)}
        step={1}
        decimalMark={format.decimalMark}
        onChange={(value) => setItem(Math.round(value))}
        testId="item"
      />
      <CommandHold command={{ kind: "jump-to-item", item: item - 1 }} isSmall testId="send-jump-to-item" />
    </Row>
  );
}

function ModeRow() {
  const t = useText();
  const { desk } = useFly();
  const offered = useLatest(desk.vehicle, (vehicle) =>
    (vehicle?.modes ?? [])
      .filter(({ isSelectable }) => isSelectable)
      .map(({ customMode, name }) => `${customMode}\t${name}`)
      .join("\n"),
  );
  const now = useLatest(desk.vehicle, (vehicle) => vehicle?.heartbeat?.value.customMode);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  // The station refuses it as well; here it is greyed before anybody presses.
  const lacksSticks = useLatest(
    desk.vehicle,
    (vehicle) =>
      vehicle !== undefined && needsSticks(vehicle, Number(chosen)) && isAirborne(vehicle) && !hasSticks(vehicle),
  );
  const modes = offered.split("\n").filter((line) => line !== "");
  if (modes.length === 0) return null;
  const options = modes.map((line) => {
    const [id = "", name = ""] = line.split("\t");
    return { id, label: name };
  });
  const selected = chosen ?? String(now ?? options[0]?.id ?? "");
  const lacking = lacksSticks ? t("reason.needs-sticks") : undefined;
  return (
    <Row kind="set-mode" isHeld>
      <SelectField
        label={t("fly.command.mode")}
        options={options}
        selected={selected}
        onSelect={setChosen}
        testId="mode-choice"
      />
      <CommandHold
        command={{ kind: "set-mode", customMode: Number(selected) }}
        disabledBecause={chosen === undefined ? t("fly.command.chooseMode") : lacking}
        isSmall
        onSent={() => setChosen(undefined)}
        testId="send-set-mode"
      />
    </Row>
  );
}

function TransitionRow() {
  const t = useText();
  const { desk } = useFly();
  const isVtol = useLatest(desk.vehicle, (vehicle) => vehicle?.airframe === "vtol");
  const vtol = useLatest(desk.vehicle, (vehicle) => vehicle?.flightPhase?.value.vtol);
  if (!isVtol) return null;
  const to = vtol === "forward" || vtol === "to-forward" ? "hover" : "forward";
  return (
    <Row kind="transition" isHeld>
      <span className="fly-command-words">{t(`fly.vtol.${vtol ?? "unknown"}`)}</span>
      <CommandHold command={{ kind: "transition", to }} isSmall testId="transition" />
    </Row>
  );
}

function FenceRow() {
  const t = useText();
  return (
    <Row kind="enable-fence" isHeld>
      <span className="fly-command-words">{t("fly.command.fence")}</span>
      <CommandHold command={{ kind: "enable-fence", isEnabled: true }} isSmall testId="fence-on" />
      <CommandHold command={{ kind: "enable-fence", isEnabled: false }} isSmall tone="danger" testId="fence-off" />
    </Row>
  );
}
