import { useCallback } from "react";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import type { Reading } from "./reading.js";

const REFRESH_PER_S = 5;

type ReadoutProps = {
  readonly label: string;
  /** Called five times a second; keep it the same function (`useCallback`). */
  readonly read: () => Reading;
  readonly testId?: string;
};

/** One number with its unit. Live is bright, stale is grey with its age, lost is struck through with its age. */
export function Readout({ label, read, testId }: ReadoutProps) {
  const t = useText();
  const format = useFormat();
  const readShown = useCallback(() => {
    const { text, unit, freshness, ageS, tone } = read();
    const age = freshness === "live" || ageS === undefined ? "" : format.ageText(ageS);
    return { text, unit, freshness, age, tone };
  }, [read, format]);
  const { text, unit, freshness, age, tone } = useTick(readShown, REFRESH_PER_S);
  const isNever = freshness === "lost" && age === "";
  return (
    <div className="readout" data-freshness={isNever ? "never" : freshness} data-tone={tone} data-testid={testId}>
      <div className="readout-value">
        <span className="readout-number">{text}</span>
        {unit !== "" && <span className="readout-unit">{unit}</span>}
      </div>
      <div className="readout-label" title={age === "" ? label : format.labelled(label, t("panels.age", { age }))}>
        {age === "" ? label : `${age} · ${label}`}
      </div>
    </div>
  );
}
