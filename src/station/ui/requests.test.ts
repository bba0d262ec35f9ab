import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { ok } from "../../core/result.js";
import { aRequestContext } from "../testing/requestContext.js";
import { vehicleIdOf } from "../../vehicle/vehicleState.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";
import { startTerrainService } from "../terrain/stationTerrain.js";
import { hgtFile } from "../../geo/terrain/testing/hgtFile.js";
import { answerRequest, uploadPlan } from "./requests.js";

const PLAN = readFileSync("missions/plans/boulogne-night-1.plan", "utf8");
const REQUEST = {
  kind: "upload-plan",
  vehicleId: vehicleIdOf("udp", 1),
  planText: PLAN,
  overrideReason: undefined,
} as const;

type Vehicle = Pick<VehicleSession, "upload">;

/** Asks for an upload while the files of heights are still being read, and reads them to the end after `meanwhile`. */
async function uploadWhile(meanwhile: () => void, vehicle: () => Vehicle | undefined) {
  let onRead = (): void => undefined;
  let onWaiting = (): void => undefined;
  const read = new Promise<void>((resolve) => (onRead = resolve));
  const isWaiting = new Promise<void>((resolve) => (onWaiting = resolve));
  const { files, recorder } = aRequestContext({});
  const terrain = {
    ...files.terrain,
    get isRead() {
      onWaiting();
      return read;
    },
  };
  const answer = uploadPlan(REQUEST, { recorder, vehicle, files: { ...files, terrain } });
  await isWaiting;
  meanwhile();
  onRead();
  return answer;
}

it("sends a plan to the vehicle that there is when the files of heights are read, not to the one before", async () => {
  const upload = () => vi.fn(() => Promise.resolve(ok(undefined)));
  const [before, after] = [upload(), upload()];
  let current: Vehicle | undefined = { upload: before };
  const swap = (): void => {
    current = { upload: after };
  };
  expect(await uploadWhile(swap, () => current)).toMatchObject({ ok: true });
  expect([before.mock.calls.length, after.mock.calls.length]).toEqual([0, 1]);
  const forget = (): void => {
    current = undefined;
  };
  expect(await uploadWhile(forget, () => current)).toMatchObject({ ok: false, error: { kind: "no-vehicle" } });
  expect(after.mock.calls.length).toBe(1);
});

it("tells the ground's height at a place with its error and its file once the files are read, and no height where none knows it", async () => {
  const terrain = startTerrainService({ files: [hgtFile(() => 42)], log: () => undefined, onRead: () => undefined });
  const { files } = aRequestContext({});
  const context = aRequestContext({ files: { ...files, terrain } });
  const heightAt = (latitudeDeg: number, longitudeDeg: number) =>
    answerRequest({ kind: "get-height", position: { latitudeDeg, longitudeDeg } }, context);
  const source = "N50E001.hgt";
  // On level ground the error is the file's own.
  expect(await heightAt(50.5, 1.5)).toEqual(
    ok({ kind: "height", height: { heightAmslM: 42, sigmaM: terrain.rasters()[0]?.accuracy.verticalSigmaM, source } }),
  );
  expect(await heightAt(52.5, 1.5)).toEqual(ok({ kind: "height", height: undefined }));
});
