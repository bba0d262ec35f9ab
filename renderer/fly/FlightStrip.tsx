import { useCallback } from "react";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import { useLatest } from "../bridge/latest.js";
import { useStation, useStore, useStores } from "../bridge/StoresContext.js";
import { isVehicleLost } from "../panels/freshness.js";
import { Readout } from "../panels/Readout.js";
import { battery, heightAboveHome, linkHealth, type ReadingInput } from "../panels/reading.js";
import { vehicleColour, vehicleName } from "../panels/vehicleIdentity.js";
import { Button } from "../ui/Button.js";
import { armedVehicles, keyVehicleId } from "./flightActions.js";
import { flyViewStore } from "./flyViewStore.js";
import { mayCommand } from "./flyRules.js";

/**
 * Outside Fly: a row for every armed aircraft with its own Pause and Return, at the place of Fly's vehicle strip, as
 * long as anything is armed.
 */
export function FlightStrip() {
  const t = useText();
  const station = useStation();
  const ids = useLatest(station.vehicles, () => armedVehicles(station).map(({ id }) => id));
  if (ids.length === 0) return null;
  return (
    <section className="flight-strip" aria-label={t("fly.strip.flying")} data-testid="flight-strip">
      {ids.map((id) => (
        <FlightRow key={id} id={id} />
      ))}
    </section>
  );
}

function FlightRow({ id }: { readonly id: VehicleId }) {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const find = useCallback(() => station.vehicles.get().find((vehicle) => vehicle.id === id), [station, id]);
  const input = useCallback(
    (): ReadingInput => ({ vehicle: find(), nowMonoMs: station.clock.stationMonoMsNow(), format }),
    [find, station, format],
  );
  const readLink = useCallback(
    () => linkHealth(input(), station.paths.get().find(({ vehicleId }) => vehicleId === id)?.paths ?? []),
    [input, station, id],
  );
  const systemId = useLatest(station.vehicles, () => find()?.systemId) ?? 1;
  const name = useLatest(station.vehicles, () => nameOf(find())) ?? "";
  const mode = useLatest(station.vehicles, () => find()?.heartbeat?.value.modeName) ?? "––";
  const isLost = useTick(useCallback(() => isVehicleLost(find(), station.clock.stationMonoMsNow()), [find, station]));
  return (
    <div
      className="flight-row"
      style={{ borderLeftColor: vehicleColour(systemId) }}
      data-lost={isLost}
      data-testid={`flight-${name}`}
    >
      <strong className="flight-name">{name}</strong>
      <span className="fly-mode from-station" data-lost={isLost}>
        {mode}
      </span>
      <strong className="fly-armed from-station" data-armed={isLost ? "lost" : true}>
        {t(isLost ? "panels.lost" : "panels.armed")}
      </strong>
      <Readout label={t("panels.home")} read={useCallback(() => heightAboveHome(input()), [input])} />
      <Readout label={t("panels.battery")} read={useCallback(() => battery(input()), [input])} />
      <Readout label={t("app.link")} read={readLink} />
      <RowActions id={id} name={name} />
    </div>
  );
}

const nameOf = (vehicle: VehicleState | undefined): string | undefined => vehicle && vehicleName(vehicle);

/** The keys are shown on the row that they apply to. */
function RowActions({ id, name }: { readonly id: VehicleId; readonly name: string }) {
  const t = useText();
  const stores = useStores();
  const flyView = useStore(flyViewStore);
  const hasKeys = useTick(useCallback(() => keyVehicleId(stores) === id, [stores, id]));
  const because = useTick(
    useCallback(() => {
      const may = mayCommand(flyView.facts(id), "return");
      return may === true ? "" : t(may.because);
    }, [flyView, id, t]),
  );
  const disabledBecause = because === "" ? undefined : because;
  return (
    <span className="flight-actions">
      <Button
        label={t("fly.holdNamed", { action: t("command.pause"), name })}
        shortcut={hasKeys ? "Space" : undefined}
        disabledBecause={disabledBecause}
        onPress={() => flyView.sendTo(id, { kind: "pause" })}
        testId={`flight-pause-${name}`}
      />
      <Button
        label={`⟲ ${t("fly.holdNamed", { action: t("command.return"), name })}`}
        shortcut={hasKeys ? "R" : undefined}
        tone="caution"
        disabledBecause={disabledBecause}
        onPress={() => flyView.sendTo(id, { kind: "return" })}
        testId={`flight-return-${name}`}
      />
    </span>
  );
}
