import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../../core/fakeClock.js";
import { ok } from "../../core/result.js";
import type { ToUi } from "../../contract/messages.js";
import type { Checklist } from "../../vehicle/checklist.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { createChecklistService } from "./checklistService.js";
import type { VehicleServiceContext } from "./vehicleService.js";

const ADDRESS = { systemId: 3, componentId: 1 };
const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 0 });
const beating = (isArmed: boolean): Partial<VehicleState> => ({
  heartbeat: stamped({ customMode: 4, modeName: "GUIDED", isArmed, systemStatus: 3 }),
});

function aService(folder = mkdtempSync(join(tmpdir(), "vigie-checks-"))) {
  let vehicle: VehicleState = emptyVehicle({ linkName: "udp:1", ...ADDRESS });
  const said: ToUi[] = [];
  const clock = new FakeClock();
  const context: VehicleServiceContext = {
    clock,
    scheduler: clock,
    address: ADDRESS,
    own: { systemId: 255, componentId: 190 },
    vehicle: () => vehicle,
    isLost: () => false,
    aircraftPlan: () => ({ kind: "unknown" }),
    roundTripMs: () => undefined,
    isTransferring: () => false,
    claimTransfer: () => undefined,
    send: () => undefined,
    runSteps: () => Promise.resolve(ok(undefined)),
    say: (message) => said.push(message),
    record: () => undefined,
    contact: () => undefined,
    isRecording: () => true,
    dataFolder: folder,
  };
  const service = createChecklistService(context);
  const become = (change: Partial<VehicleState>): void => {
    vehicle = { ...vehicle, ...change };
    service.onFrame({} as never);
  };
  const doneIds = () =>
    service.welcome().flatMap((message) => (message.kind === "checklist" ? message.state.doneIds : []));
  return { service, become, doneIds, said, folder };
}

const OWN: Checklist = {
  isBlocking: true,
  items: [
    { id: "props", text: "Propellers tight", automatic: undefined },
    { id: "recorder", text: "", automatic: "recording" },
  ],
};
const vehicleId = "udp:1/3" as VehicleState["id"];
const save = { kind: "save-checklist", vehicleId, checklist: OWN } as const;
const tick = (isDone: boolean) => ({ kind: "tick", vehicleId, itemId: "props", isDone }) as const;

describe("the pre-flight checklist", () => {
  it("blocks nothing until the crew says so", () => {
    const { service } = aService();
    expect(service.objection({ kind: "arm" })).toBeUndefined();
  });

  it("forbids arming, and only arming, while something is open", async () => {
    const { service } = aService();
    expect((await service.answer(save)).ok).toBe(true);
    expect(service.objection({ kind: "arm" })).toBe("checklist-open");
    expect(service.objection({ kind: "return" })).toBeUndefined();
    await service.answer(tick(true));
    expect(service.objection({ kind: "arm" })).toBeUndefined();
    await service.answer(tick(false));
    expect(service.objection({ kind: "arm" })).toBe("checklist-open");
  });

  it("is not ticked by hand where the station sees for itself", async () => {
    const { service, doneIds } = aService();
    await service.answer(save);
    expect(doneIds()).toEqual(["recorder"]);
    const answer = await service.answer({ kind: "tick", vehicleId, itemId: "recorder", isDone: false });
    expect(answer).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });

  it("begins anew after each flight", async () => {
    const { service, become, doneIds } = aService();
    await service.answer(save);
    await service.answer(tick(true));
    become(beating(true));
    expect(doneIds()).toEqual(["props", "recorder"]);
    become(beating(false));
    expect(doneIds()).toEqual(["recorder"]);
  });

  it("is kept for the aircraft by its hardware id, and found again", async () => {
    const version = { firmwareVersion: undefined, capabilityBits: 0, uid: "ab12" };
    const first = aService();
    first.become({ version });
    await first.service.answer(save);
    const again = aService(first.folder);
    again.become({ version });
    again.service.tick();
    await expect.poll(() => again.service.objection({ kind: "arm" })).toBe("checklist-open");
    const other = aService(first.folder);
    other.become({ version: { ...version, uid: "cd34" } });
    other.service.tick();
    expect(other.service.objection({ kind: "arm" })).toBeUndefined();
  });
});
