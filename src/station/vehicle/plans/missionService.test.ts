/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { describe, expect, it } from "vitest";
import { err, ok } from "../../../core/result.js";
import { fenceOfSection, fenceSection } from "../../../plan/formats/fenceSection.js";
import { readPlanFile } from "../../../plan/formats/planFile.js";
import { rallyOfSection, rallySection } from "../../../plan/formats/rallySection.js";
import { missionItemsOf, type Plan } from "../../../plan/plan.js";
import type { AircraftPlan } from "../../../vehicle/transfers.js";
import { aMissionService, type Autopilot, bare, OTHER, upload } from "../../testing/missionServiceBench.js";
import { FenceService } from "./fenceService.js";

/** Whole units of degE7, as sent. */
const at = (northDeg: number, eastDeg: number) => ({
  latitudeDeg: Math.round((50.77 + northDeg) * 1e7) / 1e7,
  longitudeDeg: Math.round((1.6 + eastDeg) * 1e7) / 1e7,
});
const fenceJson = fenceSection({
  polygons: [{ isInclusion: true, corners: [at(-0.1, -0.1), at(0.1, -0.1), at(0.1, 0.1), at(-0.1, 0.1)] }],
  circles: [{ isInclusion: false, centre: at(0.05, 0.05), radiusM: 120.5 }],
  breachReturn: undefined,
})!;
const rallyJson = rallySection([{ position: at(0.01, 0.01), heightAboveHomeM: 45 }])!;
const whole: Plan = { ...bare, fenceJson, rallyJson };

describe("a plan that this station does not know whole", () => {
  const scan = { kind: "opaque", id: "scan", complexItemType: "StructureScan", rawJson: "{}", items: [] } as const;
  it.each([undefined, "I know what I do"])(
    "case 01: is refused by name, with nothing sent (reason: %s)",
    async (reason) => {
      const { service, over, wire, published } = aMissionService();
      const refused = await over(service.upload(upload({ ...bare, items: [...bare.items, scan] }, reason)));
      const seq = missionItemsOf(bare).length + 1;
      expect(refused).toEqual(err({ kind: "not-whole", parts: [{ type: "StructureScan", seq }] }));
      expect(wire.sent).toEqual([]);
      expect(published.plans).toEqual([]);
    },
  );
  it("findings 5.2: a red one is refused, and goes with a reason that is kept", async () => {
    const { service, over, recorded, published } = aMissionService();
    const low: Plan = {
      ...bare,
      items: bare.items.map((item) =>
        item.id === "take-off" && item.kind === "simple"
          ? { ...item, item: { ...item.item, altitude: { datum: "home", valueM: 1 } } }
          : item,
      ),
    };
    expect(await over(service.upload(upload(low)))).toMatchObject(
      err({ kind: "needs-override", blockingFindings: [{ kind: "plan-danger", finding: "too-low", seq: 1 }] }),
    );
    expect(recorded).toEqual([]);
    expect(await over(service.upload(upload(low, "tethered test")))).toEqual(ok(undefined));
    expect(recorded).toContain("plan-override");
    expect(published.notices).toContainEqual(expect.objectContaining({ key: "plan-override" }));
    // A verified plan keeps its count of blocking findings; the next plan, without any, has none.
    expect(published.plans.at(-1)).toMatchObject({ kind: "verified", countOfBlockingFindings: 1 });
    expect(await over(service.upload(upload(bare)))).toEqual(ok(undefined));
    expect(published.plans.at(-1)).toMatchObject({ kind: "verified" });
    expect(published.plans.at(-1)).not.toHaveProperty("countOfBlockingFindings");
  });
});

describe.each(["ardupilot", "px4"] as const)("a plan with fence and rally points (%s)", (autopilot) => {
  it("is sent in one go and verified only when all three are", async () => {
    const { service, over, published, peer } = aMissionService(autopilot);
    expect(await over(service.upload(upload(whole)))).toEqual(ok(undefined));
    const order = published.statuses.map((status) =>
      "part" in status ? `${status.phase} ${status.part}` : status.phase,
    );
    expect(order.filter((what, i) => what !== order[i - 1])).toEqual([
      "uploading mission",
      "reading-back mission",
      "uploading fence",
      "reading-back fence",
      "uploading rally",
      "reading-back rally",
      "verified",
    ]);
    expect(published.statuses.at(-1)).toMatchObject({ parts: ["mission", "fence", "rally"] });
    // Not published earlier: a verified mission alone is not a verified plan.
    expect(published.plans.map(({ kind }) => kind)).toEqual(["verified"]);
    expect(service.aircraftPlan()).toMatchObject({ kind: "verified", planHash: "hash" });
    expect(service.fenceItems()).toMatchObject({ kind: "verified", countOfItems: 5 });
    expect(service.verifiedPlan()).toBe(whole);
    expect(peer.state().fence.items).toHaveLength(5);
  });
  it("comes back as a plan file that says the same", async () => {
    const { service, over } = aMissionService(autopilot);
    await over(service.upload(upload(whole)));
    const text = await over(service.download());
    const back = text.ok ? readPlanFile(text.value, "aircraft") : err(undefined);
    if (!back.ok) throw new Error("not a plan");
    expect(missionItemsOf(back.value).map(({ command }) => command)).toEqual(
      missionItemsOf(whole).map(({ command }) => command),
    );
    const { polygons, circles } = fenceOfSection(back.value.fenceJson);
    expect(polygons).toEqual(fenceOfSection(fenceJson).polygons);
    expect(circles).toMatchObject([{ isInclusion: false, radiusM: expect.closeTo(120.5, 3) }]);
    expect(rallyOfSection(back.value.rallyJson)).toEqual(rallyOfSection(rallyJson));
    // The list that was read equals the verified one: the plan is still verified.
    expect(service.aircraftPlan().kind).toBe("verified");
  });
  it("leaves fence and rally points alone where it has none, and takes off what it says it clears", async () => {
    const { service, over, peer, published } = aMissionService(autopilot);
    await over(service.upload(upload(whole)));
    await over(service.upload(upload(bare)));
    expect(published.statuses.at(-1)).toMatchObject({ phase: "verified", parts: ["mission"] });
    expect(peer.state().fence.items).toHaveLength(5);
    await over(service.upload(upload({ ...bare, clears: ["fence"] })));
    expect(published.statuses.at(-1)).toMatchObject({ phase: "verified", parts: ["mission", "fence"] });
    expect(peer.state().fence.items).toHaveLength(0);
    expect(peer.state().rally.items).toHaveLength(1);
  });
  it("goes on after the link was away, in the same job", async () => {
    const { service, over, cutLink, published, run } = aMissionService(autopilot);
    const job = service.upload(upload(whole));
    run(0.5);
    cutLink(false);
    run(60);
    expect(published.statuses.at(-1)).toMatchObject({ phase: "waiting", part: "mission" });
    expect(service.aircraftPlan().kind).toBe("unknown");
    cutLink(true);
    expect(await over(job)).toEqual(ok(undefined));
    expect(service.aircraftPlan().kind).toBe("verified");
  });
  it("that was called off half-way is told as what the aircraft then holds", async () => {
    const { service, over, run, published, peer } = aMissionService(autopilot);
    await over(service.upload(upload(bare)));
    const half = service.upload(upload({ ...whole, items: whole.items.slice(0, 3) }));
    run(0.5);
    while (!published.statuses.some((status) => "part" in status && status.part === "fence")) run(0.5);
    service.cancel();
    expect(await half).toEqual(err({ kind: "cancelled" }));
    // The new mission is on board and was read, but it is not the whole plan.
    expect(service.aircraftPlan()).toMatchObject({ kind: "read", countOfItems: 3 });
    expect(service.fenceItems()).toMatchObject({ kind: "uncertain", failure: { kind: "cancelled" } });
    run(40);
    expect(service.fenceItems().kind).toBe(peer.state().fence.items.length === 5 ? "verified" : "differs");
    expect(service.aircraftPlan().kind).not.toBe("verified");
    expect(service.verifiedPlan()).toBeUndefined();
  });
  it("whose upload the silence ended is looked at when the aircraft is back", async () => {
    const { service, over, run, cutLink } = aMissionService(autopilot);
    const job = service.upload(upload(bare));
    run(0.5);
    cutLink(false);
    expect(await over(job)).toEqual(err({ kind: "vehicle-lost" }));
    expect(service.aircraftPlan()).toMatchObject({ kind: "uncertain", failure: { kind: "vehicle-lost" } });
    cutLink(true);
    run(40);
    // ArduPilot holds half of it; PX4 kept its earlier mission, which was empty.
    expect(service.aircraftPlan()).toMatchObject({ kind: "differs" });
  });
});

describe("objections", () => {
  it("stop a plan before a word is sent, until a person says why", async () => {
    const { service, over, wire, published, recorded } = aMissionService();
    const training = { ...bare, isTraining: true };
    const refused = await over(service.upload(upload(training)));
    expect(refused).toEqual(err({ kind: "needs-override", blockingFindings: [{ kind: "training-on-real" }] }));
    expect(await over(service.upload(upload(training, "  ")))).toMatchObject({ ok: false });
    expect(wire.sent).not.toContain("MISSION_COUNT");
    expect(await over(service.upload(upload(training, "demonstration on the bench")))).toEqual(ok(undefined));
    expect(recorded).toContain("plan-override");
    expect(published.notices).toMatchObject([
      { key: "plan-override", facts: { reason: "demonstration on the bench" } },
    ]);
  });
  it("are not asked about twice: a plan without any needs no reason, and none is told", async () => {
    const { service, over, published } = aMissionService();
    expect(await over(service.upload(upload(bare, "to be sure")))).toEqual(ok(undefined));
    expect(published.notices).toEqual([]);
  });
});

describe("the place for transfers", () => {
  it("is one a vehicle: a second is busy, and so is one beside parameters", async () => {
    const { service, over, transferLock } = aMissionService();
    const first = service.upload(upload(bare));
    expect(await service.upload(upload(bare))).toEqual(err({ kind: "busy" }));
    expect(await service.download()).toEqual(err({ kind: "busy" }));
    expect(await over(first)).toEqual(ok(undefined));
    const release = transferLock.claim("params")!;
    expect(await service.upload(upload(bare))).toEqual(err({ kind: "busy" }));
    release();
    expect(transferLock.isTaken()).toBe(false);
  });
  it("is given up at once by the station's own reading of the fence", async () => {
    const { service, run, transferLock, wire, over } = aMissionService();
    run(5.5);
    expect(wire.sent).toEqual([]);
    run(1);
    expect(wire.sent[0]).toBe("MISSION_REQUEST_LIST");
    expect(transferLock.isTaken()).toBe(false);
    expect(await over(service.upload(upload(bare)))).toEqual(ok(undefined));
  });
});

describe("what an aircraft holds", () => {
  it("is asked for of the fence without anybody waiting for it", () => {
    const { service, run, published } = aMissionService();
    run(10);
    expect(service.fenceItems()).toMatchObject({ kind: "read", countOfItems: 0 });
    expect(published.statuses).toEqual([]);
  });
  it("is not asked for in vain for ever", () => {
    const { wire, run } = aMissionService();
    wire.isUp = false;
    run(3600);
    expect(wire.sent.filter((name) => name === "MISSION_REQUEST_LIST").length).toBeLessThan(40);
  });
  const total = missionItemsOf(bare).length;

  it("findings 6.1: is to be read again when PX4 tells another id, and is, and verified again if it is the same", async () => {
    const { service, over, receiveCurrent, published, run, idsNow } = aMissionService("px4");
    await over(service.upload(upload(bare)));
    receiveCurrent({ seq: 0, total, ...idsNow() });
    expect(service.aircraftPlan().kind).toBe("verified");
    receiveCurrent({ seq: 1, total, ...idsNow(), mission_id: 78 }, 1);
    expect(service.aircraftPlan().kind).toBe("verified");
    receiveCurrent({ seq: 1, total, ...idsNow(), mission_id: 78 }, 1);
    expect(service.aircraftPlan()).toMatchObject({ kind: "to-be-read-again", because: "other-id" });
    expect(published.notices).toMatchObject([{ key: "aircraft-plan-doubted", facts: { part: "mission" } }]);
    run(20);
    expect(service.aircraftPlan().kind).toBe("verified");
    expect(published.notices).toHaveLength(1);
  });
  it("findings 6.1: is to be read again when ArduPilot counts other items than were verified, from the first count on", async () => {
    const { service, over, receiveCurrent, replaceMission, run, published } = aMissionService();
    await over(service.upload(upload(bare)));
    replaceMission(4);
    receiveCurrent({ seq: 0, total: 4 });
    expect(service.aircraftPlan().kind).not.toBe("verified");
    run(20);
    expect(service.aircraftPlan()).toMatchObject({ kind: "read", countOfItems: 4 });
    expect(service.verifiedPlan()).toBeUndefined();
    expect(published.notices.at(-1)).toMatchObject({ severity: "danger", key: "aircraft-plan-changed" });
  });
  it("findings 6.1: is to be read again when another station is overheard being answered by it", async () => {
    const { service, over, receive, published } = aMissionService();
    await over(service.upload(upload(whole)));
    const to = { target_system: OTHER.systemId, target_component: OTHER.componentId };
    receive("MISSION_REQUEST", { ...to, seq: 0, mission_type: 1 });
    // A plan's status is that of its worst list.
    expect(service.aircraftPlan().kind).toBe("to-be-read-again");
    receive("MISSION_REQUEST", { ...to, seq: 0, mission_type: 0 });
    expect(published.notices.map(({ facts }) => facts["part"])).toEqual(["fence", "mission"]);
  });
  it.each([
    ["MISSION_COUNT", { count: 3 }],
    ["MISSION_ITEM_INT", { seq: 0 }],
    ["MISSION_CLEAR_ALL", {}],
    ["MISSION_WRITE_PARTIAL_LIST", { start_index: 0, end_index: 1 }],
  ])("findings 6.1: is to be read again when another station is overheard sending %s to it", async (name, fields) => {
    const { service, over, receiveOther } = aMissionService();
    await over(service.upload(upload(bare)));
    receiveOther(name, { ...fields, target_system: 9, target_component: 1, mission_type: 0 });
    expect(service.aircraftPlan().kind).toBe("verified");
    receiveOther(name, { ...fields, target_system: 1, target_component: 1, mission_type: 0 });
    expect(service.aircraftPlan()).toMatchObject({ kind: "to-be-read-again", because: "other-station" });
  });
  it("is to be read again after a reboot and after a silence, and is read as soon as it is back", async () => {
    const { service, over, cutLink, run } = aMissionService();
    await over(service.upload(upload(whole)));
    service.onReboot();
    expect(service.aircraftPlan()).toMatchObject({ kind: "to-be-read-again", because: "reboot" });
    run(30);
    expect(service.aircraftPlan().kind).toBe("verified");
    cutLink(false);
    expect(service.aircraftPlan()).toMatchObject({ kind: "to-be-read-again", because: "silence" });
    cutLink(true);
    run(30);
    expect(service.aircraftPlan().kind).toBe("verified");
  });
  it("counts and ids that change by our own sending put nothing in doubt", async () => {
    const { service, over, receive, run, idsNow } = aMissionService("px4");
    await over(service.upload(upload(bare)));
    const publish = (): void => receive("MISSION_CURRENT", { seq: 0, total, ...idsNow() });
    run(5);
    publish();
    publish();
    const job = service.upload(upload(bare));
    for (let i = 0; i < 8; i++) {
      run(0.5);
      publish();
    }
    expect(await over(job)).toEqual(ok(undefined));
    expect(service.aircraftPlan().kind).toBe("verified");
    run(10);
    expect(service.aircraftPlan().kind).toBe("verified");
  });
  it("what ArduPilot counts while we send, before, half-way and after, puts nothing in doubt", async () => {
    const { service, over, receive, run, published, peer } = aMissionService();
    const publish = (): void =>
      receive("MISSION_CURRENT", { seq: 0, total: Math.max(0, peer.state().items.length - 1) });
    for (const plan of [bare, { ...bare, items: bare.items.slice(0, 3) }]) {
      publish();
      const job = service.upload(upload(plan));
      for (let i = 0; i < 8; i++) {
        publish();
        run(0.5);
      }
      expect(await over(job)).toEqual(ok(undefined));
      for (let i = 0; i < 10; i++) {
        publish();
        run(1);
      }
      expect(service.aircraftPlan().kind).toBe("verified");
    }
    expect(published.notices).toEqual([]);
  });
  it.each([false, true])(
    "another mission of the same size sent a moment after ours was verified (PX4, counts without ids: %s)",
    async (hidesIds) => {
      const { service, over, wire, receiveCurrent, replaceMission, published, run, idsNow } = aMissionService("px4");
      wire.hidesIds = hidesIds;
      await over(service.upload(upload(bare)));
      // Where only MISSION_CURRENT has ids, our plan's id must have been received once.
      if (hidesIds) receiveCurrent({ seq: 0, total, ...idsNow() }, 3);
      replaceMission(total);
      receiveCurrent({ seq: 0, total, ...idsNow() }, 6);
      run(20);
      expect(service.aircraftPlan().kind).toBe("read");
      expect(published.notices.at(-1)).toMatchObject({ severity: "danger", key: "aircraft-plan-changed" });
    },
  );
  it("ArduPilot says that it took a flight plan: ours puts nothing in doubt, the next one does", async () => {
    const { service, over, receiveText, replaceMission, published, run } = aMissionService();
    const job = service.upload(upload(bare));
    run(1);
    receiveText("Flight plan received", 6);
    expect(await over(job)).toEqual(ok(undefined));
    run(5);
    expect(service.aircraftPlan().kind).toBe("verified");
    replaceMission(total);
    receiveText("Flight plan received", 6);
    expect(service.aircraftPlan()).toMatchObject({ kind: "to-be-read-again", because: "other-station" });
    run(20);
    expect(service.aircraftPlan().kind).toBe("read");
    expect(published.notices.at(-1)).toMatchObject({ severity: "danger", key: "aircraft-plan-changed" });
  });
  it("the text that ArduPilot took our plan may be lost: the next one is not ours for that", async () => {
    const { service, over, receiveText, run } = aMissionService();
    await over(service.upload(upload(bare)));
    run(5);
    receiveText("Flight plan received", 6);
    expect(service.aircraftPlan()).toMatchObject({ kind: "to-be-read-again", because: "other-station" });
  });
  it("findings 6.1: that others change while we send is in doubt, whatever our read-back says", async () => {
    const { service, over, receive, run } = aMissionService();
    const job = service.upload(upload(bare));
    run(0.5);
    receive("MISSION_REQUEST", { target_system: OTHER.systemId, target_component: 0, seq: 0, mission_type: 0 });
    expect(await over(job)).toEqual(ok(undefined));
    expect(service.aircraftPlan().kind).not.toBe("verified");
    run(20);
    expect(service.aircraftPlan().kind).toBe("verified");
  });
});

describe("before the aircraft is let fly it, the plan", () => {
  const confirmed = async (made: ReturnType<typeof aMissionService>): Promise<string> => {
    const published: string[] = [];
    made.service.confirm((refusal) => published.push(refusal ?? "yes"));
    for (let i = 0; i < 400 && published.length === 0; i++) made.run(1);
    return Promise.resolve(published[0] ?? "nothing");
  };

  it("is read again, whole", async () => {
    const made = aMissionService();
    await made.over(made.service.upload(made.service.aircraftPlan().kind === "unknown" ? upload(whole) : upload(bare)));
    made.wire.sent.length = 0;
    expect(await confirmed(made)).toBe("yes");
    expect(made.wire.sent.filter((name) => name === "MISSION_REQUEST_LIST")).toHaveLength(3);
    expect(made.wire.sent).not.toContain("MISSION_COUNT");
  });
  it("findings 6.1: is found changed by a station that nobody heard, with the same number of items", async () => {
    const made = aMissionService();
    await made.over(made.service.upload(upload(bare)));
    made.replaceMission(missionItemsOf(bare).length);
    expect(made.service.aircraftPlan().kind).toBe("verified");
    expect(await confirmed(made)).toBe("plan-changed");
    expect(made.published.notices.at(-1)).toMatchObject({ severity: "danger", key: "aircraft-plan-changed" });
    expect(await confirmed(made)).toBe("not-verified");
  });
  it.each([
    ["counts tell ids", false, "plan-changed"],
    ["only MISSION_CURRENT does", true, "plan-not-read"],
  ])("replaced while it is read, is not half of each (PX4, %s)", async (_, hidesIds, refusal) => {
    const made = aMissionService("px4");
    made.wire.hidesIds = hidesIds;
    await made.over(made.service.upload(upload(bare)));
    const count = missionItemsOf(bare).length;
    made.receiveCurrent({ seq: 0, total: count, ...made.idsNow() });
    const published: string[] = [];
    made.service.confirm((word) => published.push(word ?? "yes"));
    // Some items were read already: the rest is the other mission, whose first items differed from those read.
    made.clock.advance(170);
    const ours = made.peer.state().items;
    made.replaceMission(count);
    made.peer.putBack(ours.slice(3));
    made.receive("MISSION_CURRENT", { seq: 0, total: count, ...made.idsNow() });
    for (let i = 0; i < 100 && published.length === 0; i++) made.run(1);
    expect(published).toEqual([refusal]);
    made.run(20);
    expect(made.service.aircraftPlan().kind).toBe("read");
    expect(made.published.notices.at(-1)).toMatchObject({ severity: "danger", key: "aircraft-plan-changed" });
  });
  it("that cannot be read is not confirmed, and stays in doubt", async () => {
    const made = aMissionService();
    await made.over(made.service.upload(upload(bare)));
    made.wire.isUp = false;
    expect(await confirmed(made)).toBe("plan-not-read");
    expect(made.service.aircraftPlan()).toMatchObject({ kind: "to-be-read-again", because: "not-read" });
  });
  it("is not confirmed beside another transfer of plans, and a command that outranks it ends the reading", async () => {
    const made = aMissionService();
    await made.over(made.service.upload(upload(bare)));
    const published: string[] = [];
    made.service.confirm((refusal) => published.push(refusal ?? "yes"));
    expect(await made.service.upload(upload(bare))).toEqual(err({ kind: "busy" }));
    made.service.cancelConfirm();
    expect(published).toEqual(["plan-not-read"]);
  });
});

describe("a transfer that another request comes upon", () => {
  const endsOf = ({ published }: ReturnType<typeof aMissionService>) =>
    published.statuses.filter(({ phase }) => phase === "failed" || phase === "verified" || phase === "downloaded");

  it("goes on as it was shown: only the reply says that the request was refused, also during PX4's own check", async () => {
    for (const hasSent of [() => true, (sent: readonly string[]) => sent.includes("MISSION_ACK")]) {
      const made = aMissionService("px4");
      const job = made.service.upload(upload(bare));
      // After the last acknowledgement of the read-back PX4's own check is waited for.
      for (let i = 0; i < 100 && !hasSent(made.wire.sent); i++) made.clock.advance(50);
      made.clock.advance(100);
      expect(endsOf(made)).toEqual([]);
      expect(await made.service.upload(upload(bare))).toEqual(err({ kind: "busy" }));
      expect(await made.service.download()).toEqual(err({ kind: "busy" }));
      expect(await made.over(job)).toEqual(ok(undefined));
      expect(endsOf(made)).toMatchObject([{ phase: "verified" }]);
    }
  });

  it("has its reply when the session ends during PX4's own check: it was not verified", async () => {
    const made = aMissionService("px4");
    const job = made.service.upload(upload(bare));
    for (let i = 0; i < 100 && !made.wire.sent.includes("MISSION_ACK"); i++) made.clock.advance(50);
    made.clock.advance(100);
    expect(endsOf(made)).toEqual([]);
    made.service.dispose();
    expect(await job).toEqual(err({ kind: "cancelled" }));
    expect(made.service.verifiedPlan()).toBeUndefined();
  });

  it("is no upload: a download that failed is marked, so that what is known of the plan stays on screen", async () => {
    const made = aMissionService();
    await made.over(made.service.upload(upload(bare)));
    const job = made.service.download();
    made.wire.isUp = false;
    expect(await made.over(job)).toMatchObject({ ok: false });
    expect(made.published.statuses.at(-1)).toMatchObject({ phase: "failed", isDownload: true });
  });
});

describe("the autopilot's own word on a plan", () => {
  const says = (service: ReturnType<typeof aMissionService>["service"], text: string, severity: number): void =>
    service.onText({ unixTimeUs: 0, receivedAtMonoMs: 0, text, severity });

  it("findings 1: is part of the verdict: what PX4 rejects after it took it is not verified", async () => {
    const made = aMissionService("px4");
    const job = made.service.upload(upload(bare));
    made.run(0.5);
    made.receiveText("Mission rejected: Landing waypoint/pattern required.", 3);
    const reasons = ["Mission rejected: Landing waypoint/pattern required."];
    expect(await made.over(job)).toEqual(err({ kind: "refused-by-aircraft", reasons }));
    expect(made.service.aircraftPlan()).toMatchObject({ kind: "refused-by-aircraft", reasons });
    expect(made.service.verifiedPlan()).toBeUndefined();
  });
  it.each(["ardupilot", "px4"] as const)(
    "%s: said of an attempt that broke off is not said of the next",
    async (kind) => {
      const made = aMissionService(kind);
      const job = made.service.upload(upload(bare));
      made.run(0.5);
      made.receiveText("Mission upload timeout", 4);
      made.cutLink(false);
      made.run(20);
      made.cutLink(true);
      expect(await made.over(job)).toEqual(ok(undefined));
      expect(made.service.aircraftPlan().kind).toBe("verified");
    },
  );
  it("counts whenever it comes, and until another plan is sent", async () => {
    const { service, over } = aMissionService("px4");
    await over(service.upload(upload(bare)));
    says(service, "Mission finished", 6);
    says(service, "Low battery", 4);
    expect(service.aircraftPlan().kind).toBe("verified");
    says(service, "Mission rejected: geofence violation", 3);
    expect(service.aircraftPlan().kind).toBe("refused-by-aircraft");
    await over(service.upload(upload(bare)));
    expect(service.aircraftPlan().kind).toBe("verified");
  });
});

describe("the fence as the aircraft holds it", () => {
  const settings: Record<Autopilot, Readonly<Record<string, number>>> = {
    ardupilot: { FENCE_ENABLE: 1, FENCE_ACTION: 1, FENCE_OPTIONS: 2, FENCE_TYPE: 7 },
    px4: { GF_ACTION: 3 },
  };
  function aFenceService(autopilot: Autopilot, values: Readonly<Record<string, number>>, changes = {}) {
    const { clock, vehicle } = aMissionService(autopilot, changes);
    const asked: string[] = [];
    const published: object[] = [];
    const items: AircraftPlan = { kind: "read", countOfItems: 4, unixTimeUs: 1 };
    const fence = new FenceService({
      clock,
      vehicle: { state: () => vehicle, isLost: () => false },
      onboard: { fenceItems: () => items, fenceAreas: () => undefined },
      readParam: (name) => {
        asked.push(name);
        return Promise.resolve(values[name]);
      },
      onFence: (held) => published.push(held),
    });
    const run = async (seconds: number): Promise<void> => {
      for (let i = 0; i < seconds * 2; i++) {
        fence.tick();
        clock.advance(500);
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      }
    };
    return { fence, asked, published, run };
  }

  it("is read from each autopilot's own settings", async () => {
    const ardupilot = aFenceService("ardupilot", settings.ardupilot);
    await ardupilot.run(5);
    expect(ardupilot.published.at(-1)).toMatchObject({
      isEnabled: true,
      actionName: "return",
      combination: "union",
      areItemsUsed: true,
      countOfItems: 4,
    });
    const px4 = aFenceService("px4", settings.px4);
    await px4.run(5);
    expect(px4.published.at(-1)).toMatchObject({ isEnabled: true, actionName: "return", combination: "union" });
  });
  it("is the intersection of ArduPilot's areas unless it is told otherwise, and may leave them out", async () => {
    const { published, run } = aFenceService("ardupilot", {
      ...settings.ardupilot,
      FENCE_OPTIONS: 1,
      FENCE_TYPE: 3,
    });
    await run(5);
    expect(published.at(-1)).toMatchObject({ combination: "intersection", areItemsUsed: false });
  });
  it("says nothing of what the aircraft did not tell", async () => {
    const { published, run } = aFenceService("ardupilot", { FENCE_ENABLE: 0 });
    await run(5);
    expect(published.at(-1)).toMatchObject({ isEnabled: false, actionName: undefined, combination: undefined });
  });
  it("goes by the switch in the status, which a command may turn without the setting", async () => {
    const health = { presentBits: 1 << 20, enabledBits: 0, healthyBits: 0, prearmOk: undefined };
    const changes = { health: { value: health, receivedAtMonoMs: 0 } };
    const { published, run } = aFenceService("ardupilot", settings.ardupilot, changes);
    await run(5);
    expect(published.at(-1)).toMatchObject({ isEnabled: false });
  });
  it("is read again every half minute, and told only when it changed", async () => {
    const { asked, published, run } = aFenceService("px4", settings.px4);
    await run(5);
    const first = published.length;
    expect(asked).toHaveLength(1);
    await run(61);
    expect(asked).toHaveLength(3);
    expect(published).toHaveLength(first);
  });
});
