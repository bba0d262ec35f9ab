import { useCallback, useEffect, useMemo, useState } from "react";
import type { Contact } from "../../src/track/contact.js";
import type { Position } from "../../src/geo/position.js";
import type { Plan } from "../../src/plan/plan.js";
import { isSimulatedRecording } from "../app/frameKind.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { Latest } from "../bridge/latest.js";
import { useStation } from "../bridge/StoresContext.js";
import { CoastScene } from "../scene/CoastScene.js";
import { ContactLayer } from "../scene/layers/ContactLayer.js";
import { FootprintLayer } from "../scene/layers/FootprintLayer.js";
import { HomeLayer } from "../scene/layers/HomeLayer.js";
import { PlaceLayer } from "../scene/layers/PlaceLayer.js";
import { RouteLayer } from "../scene/layers/RouteLayer.js";
import { TrackLayer } from "../scene/layers/TrailLayer.js";
import { VehicleLayer } from "../scene/layers/VehicleLayer.js";
import type { CameraMode } from "../scene/sceneTypes.js";
import type { SceneVehicle } from "../scene/sceneVehicle.js";
import { readPlanFile } from "../../src/plan/formats/planFile.js";
import type { Player } from "./player.js";
import { sampleAgeS } from "./sampleAt.js";

const INSET_PX = { left: 280, right: 348, top: 8, bottom: 216 };
const OLD_AFTER_S = 60;
const SILENT_AFTER_S = 3;

const planOf = (planText: string | undefined): Plan | undefined => {
  const read = planText === undefined ? undefined : readPlanFile(planText, "plan.plan");
  return read?.ok ? read.value : undefined;
};

/** What the scene needs, derived from the player's moment. */
function useSceneStreams(player: Player) {
  const format = useFormat();
  const aircraft = useText()("review.aircraft");
  const { track, sample, clock, document } = player;
  const streams = useMemo(() => {
    const first = track[0];
    const home = first && { ...first.position };
    return {
      vehicles: new Latest<readonly SceneVehicle[]>([]),
      focus: new Latest<{ readonly position: Position; readonly altitudeAmslM: number } | undefined>(first),
      origin: new Latest<Position | undefined>(home),
      home: new Latest<Position | undefined>(home),
      fit: new Latest<readonly Position[] | undefined>(track.map(({ position }) => position)),
      plan: new Latest<Plan | undefined>(planOf(document.planText)),
      selectedId: new Latest<string | undefined>(undefined),
      homeAmslM: first ? first.altitudeAmslM - first.altitudeAboveHomeM : 0,
    };
  }, [track, document]);
  useEffect(() => {
    const show = (): void => {
      const now = sample.get();
      if (!now) {
        streams.vehicles.set([]);
        return;
      }
      const ageS = sampleAgeS(track, clock.get().atUnixUs) ?? 0;
      streams.focus.set(now);
      streams.vehicles.set([
        {
          id: "replay",
          name: aircraft,
          label: format.lengthText(now.altitudeAboveHomeM),
          position: now.position,
          altitudeAmslM: now.altitudeAmslM,
          headingDeg: now.headingDeg ?? 0,
          pitchDeg: now.pitchDeg ?? 0,
          rollDeg: now.rollDeg ?? 0,
          isTarget: true,
          isOld: ageS > SILENT_AFTER_S,
        },
      ]);
    };
    show();
    return sample.onChange(show);
  }, [sample, clock, track, streams, format, aircraft]);
  return streams;
}

/** The same coast as in flight, fed from the recording. */
export function ReviewScene({ player }: { readonly player: Player }) {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const streams = useSceneStreams(player);
  const isSeaSimulated = isSimulatedRecording(player.document);
  const sceneTime = useCallback(() => player.clock.get().atUnixUs / 1000, [player]);
  const tide = useMemo(
    () => ({ tideAt: station.tide.tideAt, isSeaSimulated, unixMsNow: sceneTime }),
    [station, isSeaSimulated, sceneTime],
  );
  const [mode, setMode] = useState<CameraMode>("top");
  const miniMap = useMemo(() => ({ vehicles: streams.vehicles, home: streams.home }), [streams]);
  const describe = (contact: Contact): string =>
    `${contact.id} ${t(`object.${contact.class}`).toLocaleLowerCase()} ${format.lengthText(contact.lengthM, 1)} ±${format.lengthText(contact.ce95M)}`;
  const isOld = ({ lastSeenUnixUs }: Contact): boolean =>
    player.clock.get().atUnixUs - lastSeenUnixUs > OLD_AFTER_S * 1e6;
  return (
    <div className="review-scene" data-testid="review-scene">
      <CoastScene
        mode={mode}
        onModeChange={setMode}
        coast={station.coast}
        terrain={station.terrain}
        maps={station.maps}
        tide={tide}
        sceneTime={sceneTime}
        find={{ places: station.places, contacts: player.contacts }}
        origin={streams.origin}
        focus={streams.focus}
        fit={streams.fit}
        insetPx={INSET_PX}
        miniMap={miniMap}
        label={t("review.scene")}
      >
        <PlaceLayer places={station.places} />
        <TrackLayer track={player.track} />
        <RouteLayer plan={streams.plan} homeAmslM={streams.homeAmslM} isDraft />
        <HomeLayer home={streams.home} />
        <FootprintLayer video={player.frame} thermalPalette="white-hot" />
        <ContactLayer
          contacts={player.contacts}
          selectedId={streams.selectedId}
          onSelect={(id) => streams.selectedId.set(id)}
          describe={describe}
          isOld={isOld}
        />
        <VehicleLayer vehicles={streams.vehicles} />
      </CoastScene>
    </div>
  );
}
