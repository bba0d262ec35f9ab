import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { FlightQuestion, PlaceQuestion, VehicleCommand } from "../../../src/vehicle/commands.js";
import { lacksSticks } from "../../../src/vehicle/selectors/sticks.js";
import { FEET_PER_M, KNOTS_PER_MPS } from "../../app/format.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { NumberField } from "../../ui/NumberField.js";
import { SelectField } from "../../ui/SelectField.js";
import { HOLD_IN_AIR_MS } from "../actions.js";
import { CommandHold, useBecause } from "../CommandHold.js";
import { useFly } from "../FlyContext.js";
import { isAirborne as isFlying } from "../flyRules.js";

/** All further commands. Those that the autopilot does not support are disabled, with the reason. */
export function CommandPanel() {
  const target = useLatest(useStation().target, (id) => id);
  return (
    // The key resets typed numbers when the target changes.
    <div className="fly-commands" data-testid="commands" key={target}>
      <NotNow />
      <HeightRow />
      <SpeedRow />
      <HeadingRow />
      <OrbitRow />
      <ItemRow />
      <ModeRow />
      <TransitionRow />
      <FenceRow />
      <DisarmInAirRow />
    </div>
  );
}

/** Reasons that apply to most commands are shown once, on top; this command stands for them. */
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

/** A reason of its own is shown below the row: with gloves nobody can hover. */
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

type Question = FlightQuestion | PlaceQuestion;

/** What the user must confirm for this command now; it then needs a hold, with the reasons below. */
function useAsks(command: VehicleCommand): readonly Question[] {
  const { flyView } = useFly();
  const vehicleId = useLatest(useStation().target, (id) => id);
  const asks = useTick(
    useCallback(() => flyView.questions(vehicleId, command).join(" "), [flyView, vehicleId, command]),
  );
  return asks === "" ? [] : (asks.split(" ") as Question[]);
}

/**
 * Enter in a field sends like the button, to the aircraft named at that time; when a hold is needed it only shows the
 * reason.
 */
function useSend(command: VehicleCommand): () => void {
  const station = useStation();
  const { flyView } = useFly();
  const vehicleId = useLatest(station.target, (id) => id);
  return () => {
    if (flyView.questions(vehicleId, command).length === 0) flyView.sendTo(vehicleId, command);
    else flyView.refuse(vehicleId, command, "fly.because.hold");
  };
}

function Send({ command }: { readonly command: VehicleCommand }) {
  const t = useText();
  const because = useBecause(command.kind);
  const send = useSend(command);
  const asks = useAsks(command);
  if (asks.length > 0) return <CommandHold command={command} isSmall testId={`send-${command.kind}`} />;
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

function Asks({ command }: { readonly command: VehicleCommand }) {
  const t = useText();
  const asks = useAsks(command);
  const because = useBecause(command.kind);
  if (because !== undefined) return null;
  return asks.map((ask) => (
    <p key={ask} className="fly-because" data-testid={`asks-${command.kind}`}>
      ▲ {t(`fly.ghost.ask.${ask}`)}
    </p>
  ));
}

const MIN_HEIGHT_M = 2;

/** Shows the current height until a number is typed or stepped; it cannot be sent before that. */
function HeightRow() {
  const format = useFormat();
  const t = useText();
  const { flyView } = useFly();
  const [wantedM, setWantedM] = useState<number | undefined>(undefined);
  const nowM = useLatest(
    flyView.vehicle,
    (vehicle) => vehicle?.position && Math.round(vehicle.position.value.altitudeAboveHomeM),
  );
  const heightM = wantedM ?? Math.max(MIN_HEIGHT_M, nowM ?? 0);
  const { unit } = format.lengthOf(1);
  const perM = unit === "m" ? 1 : FEET_PER_M;
  const command = useMemo(
    (): VehicleCommand => ({ kind: "change-altitude", height: { datum: "home", valueM: heightM } }),
    [heightM],
  );
  const send = useSend(command);
  const asks = useAsks(command);
  return (
    <>
      <Row kind="change-altitude" isHeld={asks.length > 0}>
        <NumberField
          label={t("fly.command.height")}
          unit={unit}
          value={heightM * perM}
          digits={0}
          min={MIN_HEIGHT_M}
          max={1500 * perM}
          step={5}
          decimalMark={format.decimalMark}
          onChange={(value) => setWantedM(value / perM)}
          onEnter={send}
          testId="height"
        />
        <Send command={command} />
      </Row>
      <Asks command={command} />
    </>
  );
}

function SpeedRow() {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  const [speedMps, setSpeedMps] = useState(12);
  const isWinged = useLatest(flyView.vehicle, (vehicle) => vehicle?.airframe === "plane");
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
  const command = useMemo((): VehicleCommand => ({ kind: "change-heading", headingDeg }), [headingDeg]);
  const send = useSend(command);
  const asks = useAsks(command);
  return (
    <>
      <Row kind="change-heading" isHeld={asks.length > 0}>
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
      <Asks command={command} />
    </>
  );
}

function OrbitRow() {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  const radiusM = useLatest(flyView.orbitRadiusM, (value) => value);
  const because = useBecause("orbit");
  const isChoosing = useLatest(flyView.mapClickMode, (use) => use === "orbit");
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
        onChange={(value) => flyView.orbitRadiusM.set(value / perM)}
        testId="orbit-radius"
      />
      <Button
        label={t("command.orbit")}
        isSmall
        isPressed={isChoosing}
        disabledBecause={because}
        onPress={() => flyView.mapClickMode.set(isChoosing ? undefined : "orbit")}
        testId="orbit"
      />
    </Row>
  );
}

function ItemRow() {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  const countOfItems = useLatest(flyView.vehicle, (vehicle) => vehicle?.mission?.value.countOfItems) ?? 1;
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
  const { flyView } = useFly();
  const options = useLatest(flyView.vehicle, (vehicle) =>
    (vehicle?.modes ?? [])
      .filter(({ isSelectable }) => isSelectable)
      .map(({ customMode, name }) => ({ id: String(customMode), label: name })),
  );
  const now = useLatest(flyView.vehicle, (vehicle) => vehicle?.heartbeat?.value.customMode);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  // The station refuses this too; here it is disabled before anybody presses.
  const isWithoutSticks = useLatest(
    flyView.vehicle,
    (vehicle) => vehicle !== undefined && lacksSticks(vehicle, Number(chosen)),
  );
  if (options.length === 0) return null;
  const selected = chosen ?? String(now ?? options[0]?.id ?? "");
  const lacking = isWithoutSticks ? t("reason.needs-sticks") : undefined;
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
  const { flyView } = useFly();
  const isVtol = useLatest(flyView.vehicle, (vehicle) => vehicle?.airframe === "vtol");
  const vtol = useLatest(flyView.vehicle, (vehicle) => vehicle?.flightPhase?.value.vtol);
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

/** Disarming in the air drops the aircraft: the last row, with the longest hold. */
function DisarmInAirRow() {
  const t = useText();
  const { flyView } = useFly();
  const isInAir = useTick(useCallback(() => isFlying(flyView.facts()), [flyView]));
  if (!isInAir) return null;
  return (
    <Row kind="disarm" isHeld>
      <span className="fly-command-words">{t("fly.command.motors")}</span>
      <CommandHold
        command={{ kind: "disarm" }}
        label={t("fly.disarmInAir")}
        holdMs={HOLD_IN_AIR_MS}
        tone="danger"
        isSmall
        testId="disarm"
      />
    </Row>
  );
}
