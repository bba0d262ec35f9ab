import { useEffect, useRef } from "react";
import { useText } from "../app/text.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import type { Latest } from "../bridge/latest.js";
import { freshnessOf } from "../../src/vehicle/selectors/freshness.js";

type AttitudeIndicatorProps = {
  readonly vehicle: Latest<VehicleState | undefined>;
  readonly nowMonoMs: () => number;
};

// The window shows 40 degrees of pitch over its 100 units.
const UNITS_PER_DEG = 1.25;
const PITCH_MARKS = [-20, -10, 10, 20];
const ROLL_MARKS = [-60, -45, -30, -20, -10, 0, 10, 20, 30, 45, 60];
const REFRESH_MS = 250;

/** Artificial horizon. Telemetry moves it directly, without React. Old attitude is grey and crossed out. */
export function AttitudeIndicator({ vehicle, nowMonoMs }: AttitudeIndicatorProps) {
  const t = useText();
  const worldRef = useRef<SVGGElement>(null);
  const rootRef = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const draw = (): void => {
      const stamped = vehicle.get()?.attitude;
      rootRef.current?.setAttribute("data-freshness", freshnessOf(stamped?.receivedAtMonoMs, nowMonoMs()));
      if (!stamped) return;
      const { rollDeg, pitchDeg } = stamped.value;
      const down = Math.max(-45, Math.min(45, pitchDeg)) * UNITS_PER_DEG;
      worldRef.current?.setAttribute("transform", `rotate(${(-rollDeg).toFixed(1)}) translate(0 ${down.toFixed(1)})`);
    };
    draw();
    const stop = vehicle.onChange(draw);
    // Without new telemetry only this timer shows that the attitude is old.
    const timer = setInterval(draw, REFRESH_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [vehicle, nowMonoMs]);
  return (
    <svg ref={rootRef} className="attitude" viewBox="-50 -50 100 100" role="img" aria-label={t("panels.attitude")}>
      <clipPath id="attitude-window">
        <circle r="48" />
      </clipPath>
      <g clipPath="url(#attitude-window)">
        <g ref={worldRef}>
          <rect className="attitude-sky" x="-150" y="-150" width="300" height="150" />
          <rect className="attitude-ground" x="-150" y="0" width="300" height="150" />
          <path className="attitude-horizon" d="M-150 0H150" />
          {PITCH_MARKS.map((mark) => (
            <path key={mark} className="attitude-mark" d={`M-12 ${-mark * UNITS_PER_DEG}H12`} />
          ))}
        </g>
      </g>
      {ROLL_MARKS.map((mark) => (
        <path
          key={mark}
          className="attitude-mark"
          d={mark === 0 ? "M0 -48V-41" : "M0 -48V-44"}
          transform={`rotate(${mark})`}
        />
      ))}
      <path className="attitude-plane" d="M-26 0H-9L0 7L9 0H26" />
      <path className="attitude-cross" d="M-34 -34L34 34M34 -34L-34 34" />
      <circle className="attitude-rim" r="48" />
    </svg>
  );
}
