import type { AreaNeed, NeedPiece, NeedState } from "../../../src/geo/pack/areaNeeds.js";
import type { Format } from "../../app/format.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { CheckBox } from "../../ui/CheckBox.js";
import type { ListedArea } from "../setupStore.js";

const TONES: Readonly<Record<NeedState, "good" | "caution">> = {
  ...{ present: "good", old: "caution", partly: "caution", missing: "caution" },
};
const COLUMNS = ["what", "here", "get"] as const;

type NeedsTableProps = {
  readonly listed: ListedArea;
  /** Ids of the pieces that are to go into a pack. */
  readonly onChoose: (chosenIds: ReadonlySet<string>) => void;
};

/** Each kind of need: how much of the area is there, by which files, and how to get the rest. */
export function NeedsTable({ listed, onChoose }: NeedsTableProps) {
  const t = useText();
  return (
    <table className="setup-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`setup.ground.need.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {listed.needs.map((need) => (
          <NeedRow key={need.kind} {...{ need, listed, onChoose }} />
        ))}
      </tbody>
    </table>
  );
}

function NeedRow({ need, listed, onChoose }: NeedsTableProps & { readonly need: AreaNeed }) {
  const t = useText();
  const { kind, state, coveredPercent, pieces } = need;
  return (
    <tr data-testid={`need-${kind}`} data-state={state}>
      <th scope="row">
        <span className="setup-tone" data-tone={TONES[state]}>
          <span aria-hidden="true">{state === "present" ? "✓" : "▲"}</span> {t(`setup.ground.need.kind.${kind}`)}
        </span>
        <small>{t(`setup.ground.need.state.${state}`, { percent: coveredPercent })}</small>
      </th>
      <td>
        {pieces.map((piece) => (
          <Piece key={piece.id} {...{ piece, listed, onChoose }} />
        ))}
      </td>
      <td>{state === "present" || state === "old" ? "" : t(`setup.ground.${GET_OF[kind]}.get`)}</td>
    </tr>
  );
}

/** Of the place panel's texts. */
const GET_OF = {
  coast: "coast",
  terrain: "heights",
  map: "map",
  tide: "tide",
  names: "names",
  zones: "zones",
} as const;

function Piece({ piece, listed, onChoose }: NeedsTableProps & { readonly piece: NeedPiece }) {
  const t = useText();
  const format = useFormat();
  const { id, kind, isPackable, pack } = piece;
  const isBuiltIn = pack === undefined && (kind === "tide" || kind === "names");
  const name = isBuiltIn ? t("setup.ground.names.which") : piece.name;
  const facts = <small>{pieceFacts(t, format, piece)}</small>;
  if (!isPackable) {
    return (
      <div className="setup-piece" data-testid={`piece-${id}`}>
        {name}
        {facts}
      </div>
    );
  }
  const choose = (isChosen: boolean): void => {
    const chosen = new Set(listed.chosenIds);
    if (isChosen) chosen.add(id);
    else chosen.delete(id);
    onChoose(chosen);
  };
  return (
    <div className="setup-piece" data-testid={`piece-${id}`}>
      <CheckBox label={name} isChecked={listed.chosenIds.has(id)} onChange={choose} testId={`choose-${id}`} />
      {facts}
    </div>
  );
}

/** "64 % · 5 m · data of 2023-05 (3.6 years) · 12 MB · pack Calais · IGN, Etalab 2.0". */
function pieceFacts(t: Translate, format: Format, piece: NeedPiece): string {
  const { basis, zoom, resolutionM, dataDate, ageYears, isOld, sizeBytes, pack, attribution, coveredPercent } = piece;
  const age =
    dataDate === undefined || ageYears === undefined
      ? t("setup.ground.need.undated")
      : t(isOld ? "setup.ground.need.old" : "setup.ground.need.dated", {
          ...{ date: dataDate, years: format.numberText(ageYears, 1) },
        });
  return [
    t(`setup.ground.need.basis.${basis}`, { percent: coveredPercent }),
    zoom && zoom.lookedAt < zoom.deepest ? t("setup.ground.need.zoom", zoom) : undefined,
    resolutionM === undefined ? undefined : format.lengthText(resolutionM),
    age,
    sizeBytes === undefined ? undefined : format.bytesText(sizeBytes),
    pack === undefined ? undefined : t("setup.ground.need.pack", { pack }),
    attribution ?? t("setup.ground.need.no-licence"),
  ]
    .filter((fact) => fact !== undefined)
    .join(" · ");
}
