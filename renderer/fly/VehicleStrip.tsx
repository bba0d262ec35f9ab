import { useCallback, useEffect, useRef } from "react";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import { useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { isStationLost } from "../app/stationLoss.js";
import { isVehicleLost } from "../panels/freshness.js";
import { Readout } from "../panels/Readout.js";
import {
  type ReadingInput,
  battery,
  groundSpeed,
  heightAboveHome,
  heightAmsl,
  missionLeg,
  toHome,
} from "../panels/reading.js";
import { Button } from "../ui/Button.js";
import { useFly } from "./FlyContext.js";
import { type FleetRow, fleetRows } from "./side/fleetRows.js";
import { useAction } from "./useAction.js";
import { vehicleColour } from "../panels/vehicleIdentity.js";

// Typical return speed of a small copter, used when the plan sets none.
const RETURN_SPEED_MPS = 10;

/** The strip of the target: name, mode, armed, mission item, heights, speed, battery, way home; Pause and Return. */
export function VehicleStrip() {
  const t = useText();
  const { flyView } = useFly();
  const systemId = useLatest(flyView.vehicle, (vehicle) => vehicle?.systemId) ?? 1;
  return (
    <section
      className="fly-strip"
      style={{ borderLeftColor: vehicleColour(systemId) }}
      aria-label={t("panels.vehicle")}
    >
      <VehicleChips />
      <ModeAndArmed />
      <StripReadings />
      <div className="fly-strip-actions">
        <PauseButton />
        <ReturnButton />
      </div>
    </section>
  );
}

const SIGNS: Readonly<Record<FleetRow["health"], string>> = { good: "●", caution: "▲", danger: "■" };

/** The fleet rows, re-rendered only when a chip's content changes. */
function useChips(): readonly FleetRow[] {
  const station = useStation();
  return useTick(
    useCallback(
      () =>
        fleetRows({
          vehicles: station.vehicles.get(),
          paths: station.paths.get(),
          plans: station.aircraftPlan.get(),
          nowMonoMs: station.clock.stationMonoMsNow(),
        }).map((row) => ({ ...row, heightAboveHomeM: undefined, lossFraction: 0 })),
      [station],
    ),
  );
}

/** One chip per vehicle. Commands go to the pressed one, and only a click changes it. */
function VehicleChips() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const rows = useChips();
  const target = useLatest(station.target, (id) => id);
  const chipsRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    chipsRef.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [target, rows.length]);
  if (rows.length === 0) return <strong className="fly-no-vehicle">{t("panels.noVehicle")}</strong>;
  return (
    <>
      {rows.length > 3 && <span className="fly-chips-count">{t("fly.chips.count", { count: rows.length })}</span>}
      <div className="fly-chips" ref={chipsRef}>
        {rows.map(({ id, name, systemId, health, worst, batteryFraction }) => (
          <button
            key={id}
            type="button"
            className="fly-chip"
            aria-pressed={id === target}
            title={[t("fly.chooseTarget", { name }), worst === undefined ? "" : t(worst)].filter(Boolean).join(" · ")}
            style={{ borderColor: vehicleColour(systemId) }}
            data-testid={`vehicle-${name}`}
            onClick={() => station.setTarget(id)}
          >
            {name}
            {/* With a single aircraft the strip itself shows all this */}
            {rows.length > 1 && (
              <small data-health={health}>
                {SIGNS[health]} {batteryFraction === undefined ? "" : format.percentText(batteryFraction)}
              </small>
            )}
          </button>
        ))}
      </div>
    </>
  );
}

function ModeAndArmed() {
  const t = useText();
  const station = useStation();
  const { flyView } = useFly();
  const mode = useLatest(flyView.vehicle, (vehicle) => vehicle?.heartbeat?.value.modeName);
  const isArmed = useLatest(flyView.vehicle, (vehicle) => vehicle?.heartbeat?.value.isArmed);
  const isLost = useTick(
    useCallback(
      () =>
        // While the station is lost the aircraft's state is unknown: the last state is struck through and not replaced
        // by "lost".
        !isStationLost(station) &&
        flyView.vehicle.get() !== undefined &&
        isVehicleLost(flyView.vehicle.get(), station.clock.stationMonoMsNow()),
      [flyView, station],
    ),
  );
  return (
    <>
      <span className="fly-mode" data-lost={isLost} data-testid="mode">
        {mode ?? "––"}
      </span>
      {isLost ? (
        <strong className="fly-armed" data-armed="lost" data-testid="armed">
          {t("panels.lost")}
        </strong>
      ) : (
        <strong className="fly-armed" data-armed={isArmed} data-testid="armed">
          {isArmed === undefined ? "" : t(isArmed ? "panels.armed" : "panels.disarmed")}
        </strong>
      )}
    </>
  );
}

/** The target's state as input for the readings; the function stays the same between renders. */
export function useReadingInput(): () => ReadingInput {
  const station = useStation();
  const format = useFormat();
  const { flyView } = useFly();
  return useCallback(
    () => ({ vehicle: flyView.vehicle.get(), nowMonoMs: station.clock.stationMonoMsNow(), format }),
    [flyView, station, format],
  );
}

function StripReadings() {
  const t = useText();
  const format = useFormat();
  const { flyView } = useFly();
  const input = useReadingInput();
  const remaining = useTick(
    useCallback(() => flyView.vehicle.get()?.battery?.value.timeRemainingS, [flyView]),
    1,
  );
  const homeLabel = useCallback(() => {
    const unit = toHome(input(), RETURN_SPEED_MPS).unit;
    return unit === "" ? t("panels.toHome") : `${unit} ${t("panels.toHome")}`;
  }, [input, t]);
  const wayHome = useTick(homeLabel, 2);
  const batteryLabel =
    remaining === undefined ? t("panels.battery") : `${t("panels.battery")} ${format.spanText(remaining)}`;
  const readHome = useCallback(() => {
    const speedMps = flyView.planAboard.get()?.hoverSpeedMps ?? RETURN_SPEED_MPS;
    return { ...toHome(input(), speedMps), unit: "" };
  }, [input, flyView]);
  return (
    <div className="fly-readings">
      <Readout
        label={t("panels.home")}
        read={useCallback(() => heightAboveHome(input()), [input])}
        testId="height-home"
      />
      <Readout label={t("panels.amsl")} read={useCallback(() => heightAmsl(input()), [input])} testId="height-amsl" />
      <Readout label={t("panels.groundSpeed")} read={useCallback(() => groundSpeed(input()), [input])} testId="speed" />
      <Readout label={batteryLabel} read={useCallback(() => battery(input()), [input])} testId="battery" />
      <Readout label={t("panels.leg")} read={useCallback(() => missionLeg(input()), [input])} testId="leg" />
      <Readout label={wayHome} read={readHome} testId="to-home" />
    </div>
  );
}

/** Always Pause, by one press; resuming a paused mission is a hold button in the bar below. */
function PauseButton() {
  const t = useText();
  const { action, disabledBecause } = useAction("pause");
  return (
    <Button
      label={t("command.pause")}
      shortcut={action.shortcut}
      onPress={action.perform}
      disabledBecause={disabledBecause}
      testId="pause"
    />
  );
}

/** One press, always in this place, and never disabled while pending: pressing again sends again. */
function ReturnButton() {
  const t = useText();
  const { action, disabledBecause } = useAction("return");
  return (
    <span className="fly-return">
      <Button
        label={`⟲ ${t("command.return")}`}
        shortcut={action.shortcut}
        onPress={action.perform}
        disabledBecause={disabledBecause}
        tone="caution"
        testId="return"
      />
    </span>
  );
}
