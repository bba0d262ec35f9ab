import { useCallback, useEffect, useMemo, useState } from "react";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import type { Position } from "../../src/geo/position.js";
import type { Contact } from "../../src/track/contact.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { Latest, useLatest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { CONTACT_OLD_AFTER_S, contactAgeS, contactLabel } from "../panels/contactWords.js";
import { isVehicleLost } from "../panels/freshness.js";
import { useIsSeaSimulated } from "../panels/ground/useIsSeaSimulated.js";
import { CoastScene } from "../scene/CoastScene.js";
import { ContactLayer } from "../scene/layers/ContactLayer.js";
import { FootprintLayer } from "../scene/layers/FootprintLayer.js";
import { HomeLayer } from "../scene/layers/HomeLayer.js";
import { PlaceLayer } from "../scene/layers/PlaceLayer.js";
import { RouteLayer } from "../scene/layers/RouteLayer.js";
import { SweptLayer } from "../scene/layers/SweptLayer.js";
import { TargetLayer } from "../scene/layers/TargetLayer.js";
import { TrafficLayer } from "../scene/layers/TrafficLayer.js";
import { TrailLayer } from "../scene/layers/TrailLayer.js";
import { VehicleLayer } from "../scene/layers/VehicleLayer.js";
import type { CoastSceneProps } from "../scene/sceneTypes.js";
import type { SceneVehicle } from "../scene/sceneVehicle.js";
import { useFly } from "./FlyContext.js";
import { applyMapClick } from "./place/mapClick.js";
import { useSceneTargets } from "./place/useSceneTargets.js";
import { vehicleName } from "../panels/vehicleIdentity.js";

type FlySceneProps = { readonly insetPx: NonNullable<CoastSceneProps["insetPx"]> };

/** The 3D coast with everything live: aircraft, route, camera footprint, contacts. */
export function FlyScene({ insetPx }: FlySceneProps) {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { flyView } = useFly();
  const camera = useLatest(flyView.camera, (mode) => mode);
  const isPicking = useLatest(flyView.mapClickMode, (mode) => mode !== undefined);
  const palette = useLatest(flyView.palette, (name) => name);
  const homeAmslM = useLatest(flyView.vehicle, (vehicle) => Math.round(vehicle?.home?.value.altitudeAmslM ?? 0));
  const vehicles = useSceneVehicles();
  const targets = useSceneTargets();
  const isSeaSimulated = useIsSeaSimulated();
  const sceneTime = useCallback(
    // Until the station has given its time, the page's own would be taken for it.
    () => (station.lastBatchUnixUs.get() === undefined ? undefined : station.clock.stationUnixUsNow() / 1000),
    [station],
  );
  const tide = useMemo(
    () => ({ tideAt: station.tide.tideAt, isSeaSimulated, unixMsNow: sceneTime }),
    [station, isSeaSimulated, sceneTime],
  );
  const describe = useCallback((contact: Contact) => contactLabel(t, format, contact), [t, format]);
  const isOld = useCallback(
    (contact: Contact) => contactAgeS(contact, station.clock.stationUnixUsNow()) > CONTACT_OLD_AFTER_S,
    [station],
  );
  const miniMap = useMemo(() => ({ vehicles, home: flyView.home }), [vehicles, flyView]);
  const where = useMemo(() => ({ pinned: flyView.pinnedPlace, home: flyView.homeLevel }), [flyView]);
  const onGroundPick = useCallback((position: Position) => applyMapClick(flyView, position), [flyView]);
  return (
    <CoastScene
      mode={camera}
      onModeChange={(mode) => flyView.camera.set(mode)}
      coast={station.coast}
      terrain={station.terrain}
      maps={station.maps}
      tide={tide}
      sceneTime={sceneTime}
      find={{ places: station.places, contacts: station.contacts }}
      origin={flyView.origin}
      focus={flyView.focus}
      insetPx={insetPx}
      scaleAt="top"
      onGroundPick={onGroundPick}
      isPicking={isPicking}
      where={where}
      miniMap={miniMap}
      label={t("fly.scene")}
    >
      <PlaceLayer places={station.places} />
      <SweptLayer coverage={station.coverage} />
      {/* Only the plan known to be on board is drawn as the flown route. */}
      <RouteLayer plan={flyView.planAboard} currentItemIndex={flyView.currentItem} homeAmslM={homeAmslM} />
      <RouteLayer plan={flyView.draftPlan} homeAmslM={homeAmslM} isDraft />
      <TrailLayer trail={station.trail} />
      <FootprintLayer video={station.frame} thermalPalette={palette} />
      <TargetLayer targets={targets} />
      <HomeLayer home={flyView.home} />
      <TrafficLayer traffic={station.services.traffic} nowMonoMs={station.clock.stationMonoMsNow} />
      <ContactLayer
        contacts={station.contacts}
        selectedId={flyView.selectedContact}
        onSelect={flyView.selectContact}
        describe={describe}
        isOld={isOld}
      />
      <VehicleLayer vehicles={vehicles} />
    </CoastScene>
  );
}

/** Telemetry in the form the scene draws. A separate stream, so that React does not re-render on telemetry. */
function useSceneVehicles(): Latest<readonly SceneVehicle[]> {
  const station = useStation();
  const t = useText();
  const format = useFormat();
  const [vehicles] = useState(() => new Latest<readonly SceneVehicle[]>([]));
  const homeText = t("panels.home");
  const lostText = t("panels.lost");
  const draw = useMemo(
    () =>
      (vehicle: VehicleState): readonly SceneVehicle[] => {
        if (!vehicle.position) return [];
        const { position, altitudeAmslM, altitudeAboveHomeM } = vehicle.position.value;
        const { headingDeg = 0, pitchDeg = 0, rollDeg = 0 } = vehicle.attitude?.value ?? {};
        const isOld = isVehicleLost(vehicle, station.clock.stationMonoMsNow());
        // Without contact no height is shown beside the aircraft: it would look live.
        const height = isOld ? lostText : format.heightText({ datum: "home", valueM: altitudeAboveHomeM }, homeText);
        return [
          {
            id: vehicle.id,
            name: vehicleName(vehicle),
            label: `${vehicleName(vehicle)} ${height}`,
            position,
            altitudeAmslM,
            headingDeg,
            pitchDeg,
            rollDeg,
            isTarget: vehicle.id === station.target.get(),
            isOld,
          },
        ];
      },
    [station, format, homeText, lostText],
  );
  useEffect(() => {
    const refresh = (): void => vehicles.set(station.vehicles.get().flatMap(draw));
    refresh();
    const stops = [station.vehicles.onChange(refresh), station.target.onChange(refresh)];
    // A lost aircraft sends nothing, so a timer has to turn its mark grey.
    const timer = setInterval(refresh, 1000);
    return () => {
      for (const stop of stops) stop();
      clearInterval(timer);
    };
  }, [station, vehicles, draw]);
  return vehicles;
}
