import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { ok } from "../../core/result.js";
import { aRequestContext } from "../testing/requestContext.js";
import { vehicleIdOf } from "../../vehicle/vehicleState.js";
import type { VehicleSession } from "../vehicle/vehicleSession.js";
import { createRequestHandler } from "./requests.js";

const PLAN = readFileSync("missions/plans/boulogne-night-1.plan", "utf8");
const REQUEST = {
  kind: "upload-plan",
  vehicleId: vehicleIdOf("udp", 1),
  planText: PLAN,
  overrideReason: undefined,
} as const;

/** Asks for an upload while the files of heights are still being read, and reads them to the end after `meanwhile`. */
async function uploadWhile(meanwhile: () => void, vehicle: () => VehicleSession | undefined) {
  let onRead = (): void => undefined;
  const isRead = new Promise<void>((resolve) => (onRead = resolve));
  const { files } = aRequestContext({});
  const answer = createRequestHandler(
    aRequestContext({ vehicle, files: { ...files, terrain: { ...files.terrain, isRead } } }),
  )(REQUEST);
  await new Promise((resolve) => setTimeout(resolve, 50));
  meanwhile();
  onRead();
  return answer;
}

it("sends a plan to the vehicle that there is when the files of heights are read, not to the one before", async () => {
  const upload = () => vi.fn(() => Promise.resolve(ok(undefined)));
  const [before, after] = [upload(), upload()];
  let current: VehicleSession | undefined = { upload: before } as unknown as VehicleSession;
  const swap = (): void => {
    current = { upload: after } as unknown as VehicleSession;
  };
  expect(await uploadWhile(swap, () => current)).toMatchObject({ ok: true });
  expect([before.mock.calls.length, after.mock.calls.length]).toEqual([0, 1]);
  const forget = (): void => {
    current = undefined;
  };
  expect(await uploadWhile(forget, () => current)).toMatchObject({ ok: false, error: { kind: "no-vehicle" } });
  expect(after.mock.calls.length).toBe(1);
});
