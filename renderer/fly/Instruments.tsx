import { useCallback } from "react";
import { useText } from "../app/text.js";
import { useStation } from "../bridge/StoresContext.js";
import { AttitudeIndicator } from "../panels/AttitudeIndicator.js";
import { Readout } from "../panels/Readout.js";
import { climbRate, course, gps, trueHeading } from "../panels/reading.js";
import { useFly } from "./FlyContext.js";
import { useReadingInput } from "./VehicleStrip.js";

/** Attitude, nose, course, climb and GPS: what the strip has no room for. */
export function Instruments() {
  const t = useText();
  const station = useStation();
  const { flyView } = useFly();
  const input = useReadingInput();
  return (
    <div className="fly-instruments">
      <Readout label={t("panels.heading")} read={useCallback(() => trueHeading(input()), [input])} testId="heading" />
      <Readout label={t("panels.course")} read={useCallback(() => course(input()), [input])} testId="course" />
      <Readout label={t("panels.climb")} read={useCallback(() => climbRate(input()), [input])} testId="climb" />
      <Readout label={t("panels.gps")} read={useCallback(() => gps(input()), [input])} testId="gps" />
      <AttitudeIndicator vehicle={flyView.vehicle} nowMonoMs={station.clock.stationMonoMsNow} />
    </div>
  );
}
