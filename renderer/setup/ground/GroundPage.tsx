import type { CoastOrigin, GroundFile } from "../../../src/contract/groundMessages.js";
import type { Position } from "../../../src/geo/position.js";
import type { Format } from "../../app/format.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { fileWords, type PlaceKnowledge, usePlaceKnowledge } from "../../panels/ground/placeKnowledge.js";
import { vehicleName } from "../../panels/vehicleIdentity.js";
import { Panel } from "../../ui/Panel.js";
import { AreaPanel } from "./AreaPanel.js";
import { PacksPanel } from "./PacksPanel.js";

/** What the station knows of the ground where it is to fly: what is there, how old, what is missing and how to get it. */
export function GroundPage() {
  return (
    <div className="setup-column">
      <PlacePanel />
      <AreaPanel />
      <PacksPanel />
      <FilesPanel />
    </div>
  );
}

type AskedPlace = { readonly position: Position; readonly words: string };

/** Where the aircraft is, to a kilometre: asked for anew only when it is somewhere else. */
const roundedDeg = (degrees: number): number => Math.round(degrees * 100) / 100;

function useAskedPlace(): AskedPlace | undefined {
  const t = useText();
  const station = useStation();
  const target = useWhole(station.target);
  const plan = useWhole(station.planOnScreen);
  const aircraft = useLatest(station.vehicles, (all) => {
    const vehicle = all.find(({ id }) => id === target);
    const at = vehicle?.position?.value.position;
    if (!vehicle || !at) return undefined;
    const position = { latitudeDeg: roundedDeg(at.latitudeDeg), longitudeDeg: roundedDeg(at.longitudeDeg) };
    return { position, name: vehicleName(vehicle) };
  });
  if (aircraft) {
    return { position: aircraft.position, words: t("setup.ground.place.aircraft", { name: aircraft.name }) };
  }
  const home = plan?.plannedHome?.position;
  return home && { position: home, words: t("setup.ground.place.plan") };
}

function PlacePanel() {
  const t = useText();
  const format = useFormat();
  const place = useAskedPlace();
  const known = usePlaceKnowledge(place?.position);
  if (!place) {
    return (
      <Panel title={t("setup.page.ground")} testId="ground-place">
        <p className="setup-dim">{t("setup.ground.place.none")}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t("setup.ground.place", { place: place.words })} testId="ground-place">
      {known ? (
        <table className="setup-table">
          <thead>
            <tr>
              {(["what", "which", "get"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`setup.ground.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {NEEDED.map((what) => (
              <NeededRow key={what} what={what} which={whichWords(t, format, known)[what]} />
            ))}
          </tbody>
        </table>
      ) : (
        <p className="setup-dim">{t("setup.ground.place.asking")}</p>
      )}
    </Panel>
  );
}

/** What a sortie needs to know of its place. */
const NEEDED = ["coast", "heights", "map", "tide", "names", "zones"] as const;
type Needed = (typeof NEEDED)[number];

const originWords = (t: Translate, origin: CoastOrigin): string =>
  origin.kind === "pack" ? t("setup.ground.coast.pack", { pack: origin.pack }) : t(`setup.ground.coast.${origin.kind}`);

/** Undefined where nothing is known. Vigie knows no airspace. */
function whichWords(
  t: Translate,
  format: Format,
  { coast, heights, map, hasTide, hasNames }: PlaceKnowledge,
): Readonly<Record<Needed, string | undefined>> {
  return {
    coast:
      coast &&
      t("setup.ground.coast.which", {
        ...{ error: format.lengthText(coast.errorM), date: coast.date, origin: originWords(t, coast.origin) },
      }),
    heights: heights?.map((file) => fileWords(format, file)).join(" · "),
    map: map && fileWords(format, map),
    tide: hasTide ? t("setup.ground.tide.which") : undefined,
    names: hasNames ? t("setup.ground.names.which") : undefined,
    zones: undefined,
  };
}

function NeededRow({ what, which }: { readonly what: Needed; readonly which: string | undefined }) {
  const t = useText();
  const isKnown = which !== undefined;
  return (
    <tr data-testid={`ground-${what}`} data-known={isKnown}>
      <th scope="row">
        <span className="setup-tone" data-tone={isKnown ? "good" : "caution"}>
          <span aria-hidden="true">{isKnown ? "✓" : "▲"}</span> {t(`setup.ground.${what}`)}
        </span>
        <small>{t(isKnown ? "setup.ground.has" : "setup.ground.lacks")}</small>
      </th>
      <td>{which}</td>
      <td>{isKnown ? "" : t(`setup.ground.${what}.get`)}</td>
    </tr>
  );
}

const COLUMNS = ["name", "size", "date", "pack", "whose"] as const;

function FilesPanel() {
  const t = useText();
  const inventory = useWhole(useStation().terrain.inventory);
  return (
    <Panel title={t("setup.ground.files")} testId="ground-files">
      {inventory && inventory.files.length > 0 && (
        <table className="setup-table">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`setup.ground.files.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inventory.files.map((file, index) => (
              <FileRow key={`${file.name} ${index}`} file={file} />
            ))}
          </tbody>
        </table>
      )}
      {inventory?.files.length === 0 && <p className="setup-dim">{t("setup.ground.files.none")}</p>}
    </Panel>
  );
}

function FileRow({ file }: { readonly file: GroundFile }) {
  const t = useText();
  const format = useFormat();
  const { kind, name, isUsed, sizeBytes, dataDate, pack, attribution, resolutionM } = file;
  return (
    <tr data-testid={`ground-file-${name}`} data-tone={isUsed ? undefined : "danger"}>
      <th scope="row">
        {name}
        <small>
          {t(`setup.ground.files.kind.${kind}`)}
          {resolutionM === undefined ? "" : ` · ${format.lengthText(resolutionM)}`}
        </small>
        {!isUsed && (
          <small className="setup-tone" data-tone="danger">
            {t("setup.ground.files.not-used")}
          </small>
        )}
      </th>
      <td className="setup-figure">{sizeBytes === undefined ? t("setup.unknown") : format.bytesText(sizeBytes)}</td>
      <td>{dataDate ?? t("setup.ground.files.date.unknown")}</td>
      <td>{pack ?? t("setup.unknown")}</td>
      <td>{attribution ?? t("setup.ground.files.date.unknown")}</td>
    </tr>
  );
}
