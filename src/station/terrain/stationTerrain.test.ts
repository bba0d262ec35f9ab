import { afterEach, describe, expect, it } from "vitest";
import { heightGridOf } from "../../geo/terrain/heightGrid.js";
import { straightCoast } from "../../geo/testing/coasts.js";
import { hgtFile } from "../../geo/terrain/testing/hgtFile.js";
import { writePlanFile } from "../../plan/formats/planFile.js";
import type { Wind } from "../../plan/aircraft.js";
import { estimateFlight } from "../../plan/energy.js";
import { anAircraft, command, commandAt, planOfItems } from "../../plan/testing/planBuilders.js";
import type { Station } from "../stationTypes.js";
import { FakeVehicle, FakeWire } from "../testing/fakeVehicle.js";
import { stationOn } from "../testing/wiredStation.js";
import { NO_TERRAIN, startTerrainService, type TerrainService } from "./stationTerrain.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});
const HILL = hgtFile((_, eastDeg) => (eastDeg > 0.613 ? 120 : 4));
const upload = {
  kind: "upload-plan",
  vehicleId: "udp:14550/1",
  planText: writePlanFile(planOfItems([commandAt(22, 0, 0), commandAt(16, 1000, 0), command(20)])),
};
const kindsOf = (reply: unknown): readonly string[] =>
  (
    reply as { error: { failure: { blockingFindings: readonly { kind: string; finding?: string }[] } } }
  ).error.failure.blockingFindings.map(({ kind, finding }) => finding ?? kind);

describe("a station with files of heights", () => {
  it("sends no plan into a hill but against a reason, not even one asked for before the files are read", async () => {
    const wire = new FakeWire();
    const station = await stationOn([wire], { open, inputs: { terrain: [HILL] } });
    const vehicle = new FakeVehicle({ wires: [wire] });
    station.fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(kindsOf(await station.ask(upload))).toEqual(["below-ground"]);
    expect(vehicle.count("MISSION_COUNT")).toBe(0);
    void station.ask({ ...upload, overrideReason: "the hill was levelled" }).catch(() => undefined);
    await expect
      .poll(() => {
        station.fly(0.5, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
        return vehicle.count("MISSION_COUNT");
      })
      .toBeGreaterThan(0);
  });
});

const MIDDLE = { latitudeDeg: 50.5, longitudeDeg: 1.613 };
const asked = { middle: MIDDLE, halfWidthM: 1000, countPerSide: 3 };
/** The heights of the middle row, west to east. */
const heightsOf = async (service: TerrainService) => {
  const bytes = await service.heights(asked);
  return bytes && heightGridOf(bytes, asked.halfWidthM)?.heightsM.subarray(3, 6);
};

describe("a plan that is drawn", () => {
  it("has its time and energy over that ground, where a wind is said and the plan has an aircraft", async () => {
    const station = await stationOn([new FakeWire()], { open, inputs: { terrain: [HILL] } });
    const place = { ...commandAt(16, 1000, 0), ["altitude"]: { datum: "terrain", valueM: 50 } } as const;
    const plan = planOfItems([commandAt(22, 0, 0), place, command(20)]);
    const flightOf = async (planText: string, wind?: Wind) => {
      const reply = await station.ask({ kind: "check-over-ground", planText, wind });
      if (!reply.ok || reply.value.kind !== "over-ground") throw new Error("not checked");
      return reply.value.found.flight;
    };
    const withAircraft = writePlanFile({ ...plan, aircraft: anAircraft() });
    const calm = await flightOf(withAircraft, { fromDeg: 0, speedMps: 0 });
    const windy = await flightOf(withAircraft, { fromDeg: 90, speedMps: 9 });
    expect(calm?.basis).toBe("terrain");
    // 116 m up with the ground and down again at home: more than the same flight on the level.
    expect(calm?.energyFraction).toBeGreaterThan(
      estimateFlight(plan, anAircraft(), { fromDeg: 0, speedMps: 0 }).energyFraction,
    );
    expect(windy?.energyFraction).toBeGreaterThan(calm?.energyFraction ?? Number.NaN);
    expect(await flightOf(withAircraft)).toBeUndefined();
    expect(await flightOf(writePlanFile(plan), { fromDeg: 0, speedMps: 0 })).toBeUndefined();
  });

  it("is checked over that ground, for a screen that asks", async () => {
    const station = await stationOn([new FakeWire()], { open, inputs: { terrain: [HILL] } });
    const reply = await station.ask({ kind: "check-over-ground", planText: upload.planText });
    const found = { isWholeWayKnown: true, findings: [expect.objectContaining({ kind: "below-ground", seq: 2 })] };
    expect(reply).toMatchObject({ value: { kind: "over-ground", isPartMissing: false, found } });
    const broken = await station.ask({ kind: "check-over-ground", planText: "{}" });
    expect(broken).toMatchObject({ ok: false, error: { kind: "bad-file", where: "fileType" } });
  });

  it("is not, by a station that has no such files", async () => {
    const station = await stationOn([new FakeWire()], { open });
    const reply = await station.ask({ kind: "check-over-ground", planText: upload.planText });
    expect(reply).toEqual({ ok: false, error: { kind: "not-found", what: "terrain" } });
  });

  it("has the sea below it where the coast's line says so and the file has nothing, by the line of that moment", async () => {
    const voidInTheWest = hgtFile((_, eastDeg) => (eastDeg < 0.59 ? -32768 : 4));
    const service = startTerrainService({ files: [voidInTheWest], log: () => undefined, onRead: () => undefined });
    const planText = writePlanFile(planOfItems([commandAt(22, 0, 0), commandAt(16, -3000, 0), command(20)]));
    const kinds = async (coastJson: string | undefined) => {
      const found = await service.overGround({ planText, coastJson });
      return found?.ok === true ? found.value.findings.map(({ kind }) => kind) : found;
    };
    expect(await kinds(undefined)).toEqual(["terrain-unknown"]);
    expect(await kinds(JSON.stringify(straightCoast()))).toEqual([]);
    expect(await kinds(undefined)).toEqual(["terrain-unknown"]);
  });
});

describe("files of heights", () => {
  it("of which one cannot be read leave part of the ground unknown, and the log says which", async () => {
    const log: string[] = [];
    let countOfReads = 0;
    const files = [HILL, "/nowhere/else.tif"];
    const service = startTerrainService({ files, log: (line) => log.push(line), onRead: () => countOfReads++ });
    expect(service.terrain()).toEqual({ model: undefined, isPartMissing: true });
    await service.isRead;
    expect(service.terrain()).toMatchObject({ model: { resolutionM: expect.closeTo(93, 0) }, isPartMissing: true });
    expect(service.rasters().map(({ name }) => name)).toEqual(["N50E001.hgt"]);
    expect(log).toEqual(["vigie: /nowhere/else.tif: no heights from it (not-there)"]);
    expect(countOfReads).toBe(1);
  });

  it("are known once they are read, and are looked up for the screens; without any there is nothing", async () => {
    const quiet = { log: () => undefined, onRead: () => undefined };
    const service = startTerrainService({ files: [HILL], ...quiet });
    const [west, , east] = (await heightsOf(service)) ?? [];
    expect([west, east]).toEqual([4, 120]);
    expect(service.terrain()).toMatchObject({ model: { sources: [{ name: "N50E001.hgt" }] }, isPartMissing: false });
    const none = startTerrainService({ files: [], ...quiet });
    expect([none.terrain(), await heightsOf(none)]).toEqual([NO_TERRAIN, undefined]);
  });
});
