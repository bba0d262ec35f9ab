import { type KeyboardEvent, type PointerEvent, useMemo, useState } from "react";
import type { PlanProfile } from "../../../src/plan/profile.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { BOX, placeNear, shapeOf } from "./profileShape.js";
import { profileWords } from "./profileWords.js";

type ProfilePlotProps = {
  readonly profile: PlanProfile;
  /** Of the plan before: the station has not answered for this one. */
  readonly isOld: boolean;
  readonly note: string;
};

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };

export function ProfilePlot({ profile, isOld, note }: ProfilePlotProps) {
  const t = useText();
  const format = useFormat();
  const shape = useMemo(() => shapeOf(profile), [profile]);
  const [chosen, setChosen] = useState<number | undefined>();
  const last = profile.places.length - 1;
  const index = chosen === undefined ? undefined : Math.min(chosen, last);
  const place = index === undefined ? undefined : profile.places[index];
  const words = place ? profileWords(t, format, place) : t("plan.profile.point");

  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (width > 0) setChosen(placeNear(profile, (event.clientX - left) / width));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const next =
      event.key === "Home" ? 0 : event.key === "End" ? last : step === undefined ? undefined : (index ?? -1) + step;
    if (next === undefined) return;
    // The arrows belong to the profile while it has the focus, not to the map.
    event.preventDefault();
    event.stopPropagation();
    setChosen(Math.max(0, Math.min(last, next)));
  };
  return (
    <>
      <p className="plan-profile__words" data-testid="plan-profile-words" data-mark={place?.mark}>
        {words}
      </p>
      <div className="plan-profile__body" data-old={isOld}>
        <div className="plan-profile__axis" aria-hidden="true">
          <span>{format.lengthText(shape.topAmslM)} AMSL</span>
          <span>{format.lengthText(shape.bottomAmslM)}</span>
        </div>
        <div
          className="plan-profile__plot"
          role="slider"
          tabIndex={0}
          aria-label={t("plan.profile.plot")}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={index ?? 0}
          aria-valuetext={words}
          data-testid="plan-profile-plot"
          onPointerMove={point}
          onPointerDown={point}
          onKeyDown={onKeyDown}
        >
          <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
            <path className="plan-profile__sea" d={shape.sea} />
            <path className="plan-profile__land" d={shape.land} />
            <path className="plan-profile__band" d={shape.band} />
            <path className="plan-profile__way" d={shape.way} />
          </svg>
          {shape.unknown.map(({ from, to }) => (
            <i
              key={from}
              className="plan-profile__unknown"
              data-testid="plan-profile-unknown"
              style={{ left: percent(from), width: percent(to - from) }}
            />
          ))}
          {shape.low.map(({ from, to, mark }) => (
            <i
              key={`${mark} ${from}`}
              className="plan-profile__low"
              data-mark={mark}
              data-testid="plan-profile-low"
              style={{ left: percent(from), width: percent(to - from) }}
            />
          ))}
          {place && (
            <i
              className="plan-profile__pointer"
              style={{ left: percent(profile.lengthM > 0 ? place.alongM / profile.lengthM : 0) }}
            />
          )}
        </div>
      </div>
      <p className="plan-profile__note">{note}</p>
    </>
  );
}
