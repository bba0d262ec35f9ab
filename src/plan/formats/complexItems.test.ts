/** Complex items of a `.plan` file: surveys of ours, and items of other stations. */
import { describe, expect, it } from "vitest";
import type { SweepItem } from "../plan.js";
import { planOfItems } from "../testing/planBuilders.js";
import { WAYPOINT_JSON, aWaypoint, mistakeOf, planFile, readPlan, type Json } from "../testing/planFiles.js";
import { writePlanFile } from "./planFile.js";

const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });

describe("complex items of other stations", () => {
  const survey = (more: Json) => ({ type: "ComplexItem", complexItemType: "survey", version: 5, ...more });
  const opaqueItems = (item: Json) => {
    const [read1] = readPlan(planFile({ items: [item] })).items;
    return read1?.kind === "opaque" ? read1.items.length : read1?.kind;
  };
  it("fly what they store, in whichever member", () => {
    expect(opaqueItems(survey({ TransectStyleComplexItem: { Items: [WAYPOINT_JSON, WAYPOINT_JSON] } }))).toBe(2);
    expect(opaqueItems(survey({ other: 7, Somewhere: { Items: [WAYPOINT_JSON] } }))).toBe(1);
    expect(opaqueItems(survey({ Items: [WAYPOINT_JSON] }))).toBe(1);
    expect(opaqueItems(survey({ Items: 7 }))).toBe(0);
    expect(opaqueItems(survey({ Somewhere: { Items: {} } }))).toBe(0);
    expect(
      opaqueItems({ type: "ComplexItem", complexItemType: "CorridorScan", version: 2, Items: [WAYPOINT_JSON] }),
    ).toBe(1);
  });

  it.each([
    [survey({ version: 3 }), "mission.items[0].version: version 3 is not one this station reads (4, 5)"],
    [
      { type: "ComplexItem", complexItemType: "CorridorScan", version: 1 },
      "mission.items[0].version: version 1 is not one this station reads (2)",
    ],
    [
      { type: "ComplexItem", complexItemType: "StructureScan", version: 4 },
      "mission.items[0].version: version 4 is not one this station reads (2, 3)",
    ],
    [
      survey({ TransectStyleComplexItem: { Items: 7 } }),
      "mission.items[0].TransectStyleComplexItem.Items: a list was expected, not 7",
    ],
    [
      survey({ TransectStyleComplexItem: 7 }),
      "mission.items[0].TransectStyleComplexItem.Items: a list was expected, not nothing",
    ],
    [
      survey({ Somewhere: { Items: [{ ...WAYPOINT_JSON, frame: 1 }] } }),
      "mission.items[0].Somewhere.Items[0].frame: frame 1 is not one an aircraft flies",
    ],
  ])("%j: %s", (item, mistake) => {
    expect(mistakeOf(planFile({ items: [item] }))).toBe(mistake);
  });

  const own: SweepItem = {
    kind: "sweep",
    id: "s",
    patternId: "parallel",
    area: [at(50, 1), at(50, 1.1), at(50.1, 1.1)],
    settings: {
      legHeadingDeg: 30,
      trackSpacingM: 20,
      height: { datum: "amsl", valueM: 40 },
      groundSpeedMps: 5,
      turnaroundM: 3,
    },
    items: [aWaypoint],
  };
  const OURS = JSON.parse(writePlanFile({ ...planOfItems([]), items: [own] })) as {
    mission: { items: [Json & { TransectStyleComplexItem: Json & { CameraCalc: Json } }] };
    vigie: { items: [Json] };
  };
  const [ours] = OURS.mission.items;
  const { TransectStyleComplexItem: transect } = ours;
  const withTransect = (changes: Json) => ({ ...ours, TransectStyleComplexItem: { ...transect, ...changes } });
  const withCamera = (changes: Json) => withTransect({ CameraCalc: { ...transect.CameraCalc, ...changes } });

  it("of our own are surveys in QGroundControl's form", () => {
    expect(ours).toEqual({
      type: "ComplexItem",
      complexItemType: "survey",
      version: 5,
      angle: 30,
      entryLocation: 0,
      flyAlternateTransects: false,
      splitConcavePolygons: false,
      polygon: [
        [50, 1],
        [50, 1.1],
        [50.1, 1.1],
      ],
      TransectStyleComplexItem: {
        version: 2,
        TurnAroundDistance: 3,
        CameraTriggerInTurnAround: true,
        HoverAndCapture: false,
        Refly90Degrees: false,
        CameraShots: 0,
        VisualTransectPoints: [[50, 1]],
        Items: [WAYPOINT_JSON],
        CameraCalc: {
          version: 2,
          CameraName: "Manual (no camera specs)",
          DistanceMode: 2,
          DistanceToSurface: 40,
          AdjustedFootprintSide: 20,
          AdjustedFootprintFrontal: 20,
        },
      },
    });
    expect(OURS.vigie.items).toEqual([{ id: "s", groundSpeedMps: 5 }]);
    expect(readPlan(OURS).items).toEqual([own]);
  });

  const T = "mission.items[0].TransectStyleComplexItem";
  it.each([
    [ours, { id: "s", groundSpeedMps: 1001 }, "vigie.items[0].groundSpeedMps: 1001 is outside 0 to 1000"],
    [{ ...ours, version: 4 }, undefined, "mission.items[0].version: version 4 is not one this station reads (5)"],
    [{ ...ours, angle: 361 }, undefined, "mission.items[0].angle: 361 is outside -360 to 360"],
    [{ ...ours, polygon: 7 }, undefined, "mission.items[0].polygon: a list was expected, not 7"],
    [
      {
        ...ours,
        polygon: [
          [50, 1],
          [91, 1],
        ],
      },
      undefined,
      "mission.items[0].polygon[1][0]: 91 is outside -90 to 90",
    ],
    [{ ...ours, TransectStyleComplexItem: 7 }, undefined, `${T}: an object was expected, not 7`],
    [withTransect({ CameraCalc: 7 }), undefined, `${T}.CameraCalc: an object was expected, not 7`],
    [withTransect({ TurnAroundDistance: -1 }), undefined, `${T}.TurnAroundDistance: -1 is outside 0 to 100000`],
    [withTransect({ Items: 7 }), undefined, `${T}.Items: a list was expected, not 7`],
    [
      withTransect({ Items: [{ ...WAYPOINT_JSON, frame: 1 }] }),
      undefined,
      `${T}.Items[0].frame: frame 1 is not one an aircraft flies`,
    ],
    [
      withCamera({ AdjustedFootprintSide: -1 }),
      undefined,
      `${T}.CameraCalc.AdjustedFootprintSide: -1 is outside 0 to 100000`,
    ],
    [
      withCamera({ DistanceToSurface: -1001 }),
      undefined,
      `${T}.CameraCalc.DistanceToSurface: -1001 is outside -1000 to 100000`,
    ],
    [withCamera({ DistanceMode: 3 }), undefined, `${T}.CameraCalc.DistanceMode: altitude mode 3 is not one of 1, 2, 4`],
  ])("with a mistake in a sweep of ours: %j, %j: %s", (item, note, mistake) => {
    const notes = note ? { ...OURS.vigie, items: [note] } : OURS.vigie;
    expect(mistakeOf({ ...OURS, mission: { ...OURS.mission, items: [item] }, vigie: notes })).toBe(mistake);
  });

  it("are read as ours by our note alone", () => {
    const kindWith = (item: Json, note: Json) =>
      readPlan({ ...OURS, mission: { ...OURS.mission, items: [item] }, vigie: { ...OURS.vigie, items: [note] } })
        .items[0]?.kind;
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5 })).toBe("sweep");
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5, pattern: "parallel" })).toBe("sweep");
    expect(kindWith(ours, { id: "s" })).toBe("opaque");
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5, pattern: "spiral" })).toBe("opaque");
    expect(kindWith(ours, { id: "s", groundSpeedMps: 5, pattern: 7 })).toBe("opaque");
    expect(kindWith({ ...ours, complexItemType: "CorridorScan", version: 2 }, { id: "s", groundSpeedMps: 5 })).toBe(
      "opaque",
    );
  });
});
