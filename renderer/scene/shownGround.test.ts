import { expect, it } from "vitest";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { boundsSeen } from "./shownGround.js";
import { sceneFrameAt } from "./sceneFrame.js";

it("is the box around the picture of a camera that looks down from a kilometre, 40 degrees high and 16:9", () => {
  const origin = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
  const view = {
    targetEastM: 0,
    targetNorthM: 0,
    targetUpM: 0,
    rangeM: 1000,
    azimuthRad: 0,
    elevationRad: Math.PI / 2,
  };
  const { southDeg, northDeg, westDeg, eastDeg } = boundsSeen(view, sceneFrameAt(origin));
  const highM = geodesicDistanceM(
    { latitudeDeg: southDeg, longitudeDeg: 1.6 },
    { latitudeDeg: northDeg, longitudeDeg: 1.6 },
  );
  const wideM = geodesicDistanceM(
    { latitudeDeg: 50.77, longitudeDeg: westDeg },
    { latitudeDeg: 50.77, longitudeDeg: eastDeg },
  );
  expect(highM).toBeCloseTo(2000 * Math.tan((20 * Math.PI) / 180), 0);
  expect(wideM / highM).toBeCloseTo(16 / 9, 2);
});
