import { useEffect, useMemo } from "react";
import type { Position } from "../../../src/geo/position.js";
import { type Action, useActionKeys } from "../../app/actions.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { type Latest, useLatest, useWhole } from "../../bridge/latest.js";
import { ActionButton } from "../../ui/ActionButton.js";
import { FactList } from "../FactList.js";
import type { SceneFrame } from "../sceneFrame.js";
import { measuredFigures, type Measuring, NOTHING_MEASURED, withoutLast } from "./measuring.js";

type MeasureToolProps = {
  /** Undefined while nothing is measured. */
  readonly measuring: Latest<Measuring | undefined>;
  readonly frame: SceneFrame;
  /** Of the ground above mean sea level, where the station's files know it. */
  readonly heightM: (place: Position) => number | undefined;
  /** The workspace waits for a click on the map: it has it, and measuring ends. */
  readonly isPicking: boolean;
};

/** Measure on the map, by button or "D"; Backspace takes the last point back, Escape ends and clears. */
export function MeasureTool({ measuring, frame, heightM, isPicking }: MeasureToolProps) {
  const isOn = useLatest(measuring, (value) => value !== undefined);
  useEffect(() => {
    if (isPicking) measuring.set(undefined);
  }, [measuring, isPicking]);
  const toggle = useMemo(
    (): Action => ({
      id: "measure",
      labelKey: "scene.measure",
      shortcut: "D",
      isEnabled: () => (isPicking ? { because: "scene.measure.picking" } : true),
      perform: () => measuring.set(measuring.get() ? undefined : NOTHING_MEASURED),
    }),
    [measuring, isPicking],
  );
  useActionKeys(useMemo(() => [toggle], [toggle]));
  return (
    <>
      {isOn && <MeasurePanel {...{ measuring, frame, heightM }} />}
      <ActionButton action={toggle} isPressed={isOn} />
    </>
  );
}

function MeasurePanel({ measuring, frame, heightM }: Omit<MeasureToolProps, "isPicking">) {
  const t = useText();
  const value = useWhole(measuring) ?? NOTHING_MEASURED;
  useActionKeys(
    useMemo(
      (): readonly Action[] => [
        {
          id: "measure-end",
          labelKey: "scene.measure.end",
          shortcut: "Escape",
          isEnabled: () => true,
          perform: () => measuring.set(undefined),
        },
        {
          id: "measure-undo",
          labelKey: "scene.measure.undo",
          shortcut: "Backspace",
          isEnabled: () => true,
          perform: () => measuring.set(withoutLast(measuring.get() ?? NOTHING_MEASURED)),
          isRepeated: true,
        },
      ],
      [measuring],
    ),
  );
  const figures = useMemo(() => measuredFigures(value, frame, heightM), [value, frame, heightM]);
  const rows = useFigureRows(figures);
  return (
    <div className="scene-measure" role="status" data-testid="measured">
      {rows.length > 0 && <FactList rows={rows} />}
      <p>{t(value.isClosed ? "scene.measure.hint.closed" : "scene.measure.hint")}</p>
    </div>
  );
}

type Row = readonly [string, string];

function useFigureRows({ legs, totalM, riseM, areaM2 }: ReturnType<typeof measuredFigures>): readonly Row[] {
  const t = useText();
  const format = useFormat();
  const last = legs.at(-1);
  if (!last) return [];
  const rise = riseM === undefined ? [] : [`${Math.round(riseM) > 0 ? "+" : ""}${format.lengthText(riseM)}`];
  const rows: Row[] = [
    [t("scene.measure.leg"), `${format.wayText(last.lengthM)} · ${format.bearingText(last.bearingDeg)}`],
    [t("scene.measure.rise"), rise[0] ?? t("scene.measure.rise.unknown")],
  ];
  if (legs.length > 1) rows.push([t("scene.measure.total"), format.wayText(totalM)]);
  if (areaM2 !== undefined)
    rows.push([t("scene.measure.area"), areaM2 === "crossing" ? t("scene.measure.crossing") : format.areaText(areaM2)]);
  return rows;
}
