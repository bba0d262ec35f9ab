import { describe, expect, it } from "vitest";
import type { Checklist } from "../../vehicle/checklist.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { aServiceContext } from "../testing/serviceContext.js";
import { createChecklistService } from "./checklistService.js";

const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: 0 });
const beating = (isArmed: boolean): Partial<VehicleState> => ({
  heartbeat: stamped({ customMode: 4, modeName: "GUIDED", isArmed, systemStatus: 3 }),
});

function aService(dataFolder?: string) {
  const { context, published, become } = aServiceContext(dataFolder === undefined ? {} : { dataFolder });
  const service = createChecklistService(context);
  const changeTo = (change: Partial<VehicleState>): void => {
    become(change);
    service.onFrame({} as never);
  };
  const doneIds = () =>
    service.snapshot().flatMap((message) => (message.kind === "checklist" ? message.state.doneIds : []));
  return { service, become: changeTo, doneIds, published, folder: context.environment.dataFolder };
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
    expect(service.denialReason({ kind: "arm" })).toBeUndefined();
  });

  it("forbids arming, and only arming, while something is open", async () => {
    const { service } = aService();
    expect((await service.answer(save)).ok).toBe(true);
    expect(service.denialReason({ kind: "arm" })).toBe("checklist-open");
    expect(service.denialReason({ kind: "return" })).toBeUndefined();
    await service.answer(tick(true));
    expect(service.denialReason({ kind: "arm" })).toBeUndefined();
    await service.answer(tick(false));
    expect(service.denialReason({ kind: "arm" })).toBe("checklist-open");
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
    await expect.poll(() => again.service.denialReason({ kind: "arm" })).toBe("checklist-open");
    const other = aService(first.folder);
    other.become({ version: { ...version, uid: "cd34" } });
    other.service.tick();
    expect(other.service.denialReason({ kind: "arm" })).toBeUndefined();
  });
});
