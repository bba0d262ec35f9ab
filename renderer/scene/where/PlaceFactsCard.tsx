import { useContext, useEffect, useMemo, useState } from "react";
import { tideText } from "../../../src/contract/tideTexts.js";
import type { CoastDocument } from "../../../src/geo/coastDocument.js";
import type { MeasuredLeg } from "../../../src/geo/measure.js";
import type { Position } from "../../../src/geo/position.js";
import { type Action, useActionKeys } from "../../app/actions.js";
import type { Format } from "../../app/format.js";
import { LanguageContext, type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { Button } from "../../ui/Button.js";
import { FactList } from "../FactList.js";
import type { CoastSceneProps, SceneWhere } from "../sceneTypes.js";
import { copyText } from "./copyText.js";
import { placeFacts, type PlaceSources } from "./placeFacts.js";
import { forCopying, positionForms } from "./positionForms.js";
import { usePlaceSources } from "./usePlaceSources.js";

export type PlaceFactsCardProps = Pick<CoastSceneProps, "focus"> & {
  readonly position: Position;
  readonly terrain: CoastSceneProps["terrain"] | undefined;
  readonly tide: CoastSceneProps["tide"] | undefined;
  readonly where: SceneWhere;
  readonly document: CoastDocument | undefined;
};

/** The card itself, read apart because of the geoid's grid of 2 MB. Escape closes it. */
export function PlaceFactsCard({ position, where, ...scene }: PlaceFactsCardProps) {
  const t = useText();
  const format = useFormat();
  const language = useContext(LanguageContext);
  const sources = usePlaceSources(position, { ...scene, home: where.home });
  const close = useMemo(
    (): Action => ({
      ...{ id: "close-place", labelKey: "scene.here.close", shortcut: "Escape", isEnabled: () => true },
      perform: () => where.pinned.set(undefined),
    }),
    [where],
  );
  useActionKeys(useMemo(() => [close], [close]));
  const rows = factRows(position, sources, { t, format });
  const tide =
    sources.tide && tideText(t, sources.tide, { language, height: (valueM) => format.lengthText(valueM, 1) });
  return (
    <section className="scene-here ui-text" aria-label={t("scene.here")} data-testid="place-card">
      <header>
        <strong>{t("scene.here")}</strong>
        <Button
          label={t("scene.here.close")}
          shortcut="Escape"
          isShortcutShown={false}
          isSmall
          onPress={close.perform}
          testId="place-close"
        />
      </header>
      <PositionForms position={position} />
      <FactList rows={rows} />
      {tide !== undefined && <p>{tide}</p>}
    </section>
  );
}

/** A button for each form: it is the text itself, and says when it is copied. */
function PositionForms({ position }: { readonly position: Position }) {
  const t = useText();
  const language = useContext(LanguageContext);
  const [copied, setCopied] = useState<{ readonly form: string; readonly isCopied: boolean }>();
  const forms = useMemo(() => positionForms(position, language), [position, language]);
  useEffect(() => setCopied(undefined), [forms]);
  return (
    <>
      <ul>
        {forms.map(({ form, text }) => (
          <li key={form}>
            <span data-testid={`place-${form}`} title={t(`scene.here.form.${form}`)}>
              {text}
            </span>
            <Button
              label={t(copied?.form === form && copied.isCopied ? "scene.here.copied" : "scene.here.copy")}
              isSmall
              onPress={() => void copyText(forCopying(text)).then((isCopied) => setCopied({ form, isCopied }))}
              testId={`copy-${form}`}
            >
              <span className="ui-visually-hidden">{t(`scene.here.form.${form}`)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {copied?.isCopied === false && <p role="alert">{t("scene.here.notCopied")}</p>}
    </>
  );
}

type Row = readonly [string, string];
type Words = { readonly t: Translate; readonly format: Format };

function factRows(position: Position, sources: PlaceSources, words: Words): readonly Row[] {
  const { t, format } = words;
  const { height, fromHome, fromAircraft } = placeFacts(position, sources);
  const legRow = (name: string, leg: MeasuredLeg | undefined): readonly Row[] =>
    leg ? [[name, `${format.wayText(leg.lengthM)} · ${format.bearingText(leg.bearingDeg)}`]] : [];
  const withError = (valueM: number): string =>
    `${format.lengthText(valueM, 1)} ±${format.lengthText(height?.plusMinusM ?? 0, 1)}`;
  const heights: readonly Row[] = height
    ? [
        [t("scene.here.amsl"), withError(height.amslM)],
        [t("scene.here.ellipsoid"), withError(height.ellipsoidM)],
        ...(height.aboveHomeM === undefined
          ? []
          : [[t("scene.here.aboveHome"), format.lengthText(height.aboveHomeM, 1)] as const]),
        [t("scene.here.from"), height.from === "file" ? height.file : t(`scene.here.from.${height.from}`)],
      ]
    : [[t("scene.here.amsl"), t("scene.here.unknown")]];
  return [
    [t("scene.here.surface"), surfaceText(sources.shore, words)],
    ...heights,
    ...legRow(t("scene.here.fromHome"), fromHome),
    ...legRow(t("scene.here.fromAircraft"), fromAircraft),
  ];
}

function surfaceText(shore: PlaceSources["shore"], { t, format }: Words): string {
  if (!shore || shore.surface === "unknown") return t("scene.here.surfaceUnknown");
  const { surface, waterlineDistanceM, plusMinusM } = shore;
  const error = format.lengthText(plusMinusM);
  if (waterlineDistanceM <= plusMinusM) return t("scene.where.shore", { error });
  return t(`scene.here.${surface}`, { way: format.wayText(waterlineDistanceM), error });
}
