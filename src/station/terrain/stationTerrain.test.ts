import { afterEach, describe, expect, it } from "vitest";
import { hgtFile } from "../../geo/terrain/testing/hgtFile.js";
import { writePlanFile } from "../../plan/formats/planFile.js";
import { command, commandAt, planOfItems } from "../../plan/testing/planBuilders.js";
import type { Station } from "../stationTypes.js";
import { FakeVehicle, FakeWire } from "../testing/fakeVehicle.js";
import { stationOn } from "../testing/wiredStation.js";
import { NO_TERRAIN, startTerrainReading } from "./stationTerrain.js";

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

describe("files of heights", () => {
  it("of which one cannot be read leave part of the ground unknown, and the log says which", async () => {
    const log: string[] = [];
    const { terrain, isRead } = startTerrainReading([HILL, "/nowhere/else.tif"], (line) => log.push(line));
    expect(terrain()).toEqual({ model: undefined, isPartMissing: true });
    await isRead;
    expect(terrain()).toMatchObject({ model: { resolutionM: expect.closeTo(93, 0) }, isPartMissing: true });
    expect(log).toEqual(["vigie: /nowhere/else.tif: no heights from it (not-there)"]);
  });

  it("are known once they are read; without any there is nothing to wait for", async () => {
    const { terrain, isRead } = startTerrainReading([HILL], () => undefined);
    await isRead;
    expect(terrain()).toMatchObject({ model: { sources: [{ name: "N50E001.hgt" }] }, isPartMissing: false });
    expect(startTerrainReading([], () => undefined).terrain()).toEqual(NO_TERRAIN);
  });
});
