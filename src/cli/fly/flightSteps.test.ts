/** The steps of a flight one by one: what each waits for, what it sends, and how it ends when it cannot go on. */
import { describe, expect, it } from "vitest";
import { err } from "../../core/result.js";
import { missionItemsOf } from "../../plan/plan.js";
import type { CommandReason } from "../../vehicle/commands.js";
import { aStation, notPossible, plan, planText, REFUSED, SILENT, turn, type Wanted } from "./testing/fakeStation.js";
import { ARDUPILOT, shown } from "./testing/shownVehicle.js";

const STANDING = shown({ isArmed: false, landed: "ground" });
const ARMED = shown({ isArmed: true, landed: "ground" });
const FLYING = shown({ isArmed: true, landed: "air", speedMps: 8, seq: 3 });
const AT_THE_END = shown({ isArmed: true, landed: "air", speedMps: 8, seq: missionItemsOf(plan).length });
const LANDED = shown({ isArmed: false, landed: "ground", atMonoMs: 2000 });
const OTHER = shown({ isArmed: false, landed: "ground", systemId: 9 });
const BUSY = err({ kind: "command", failure: { kind: "busy", with: "land" } } as const);

/** A flight whose plan is on board: `arm` is asked next. */
async function uploaded(wanted: Wanted = {}) {
  const station = aStation(STANDING, wanted);
  const over = station.flight.fly();
  await station.answer("upload-plan");
  return { ...station, over };
}
/** A flight that is armed: `start-mission` is asked next. */
async function armed() {
  const station = await uploaded();
  await station.see(ARMED);
  await station.answer("arm");
  return station;
}

describe("meeting the aircraft", () => {
  it("ends when none is heard for a minute and a half", async () => {
    const { flight, see, waitsMs } = aStation(undefined, { aircraftSought: { links: ["udp://:1", "tcp://b:2"] } });
    const over = flight.fly();
    for (let waited = 0; waited < 9; waited++) {
      await turn();
      await see(undefined);
    }
    expect(await over).toEqual({
      vehicle: undefined,
      isVerified: false,
      startedUs: undefined,
      landedUs: undefined,
      problem: "no vehicle heard on udp://:1, tcp://b:2 for 90 s",
    });
    expect(waitsMs).toEqual(Array.from({ length: 9 }, () => 10_000));
  });
  it("waits for the one that was named, whoever else is heard", async () => {
    const { flight, know, names, lines } = aStation(OTHER, { aircraftSought: { systemId: 1 } });
    void flight.fly();
    await turn();
    expect(lines).toEqual(["waiting for an aircraft on udp://:14550 (90 s more at most)"]);
    await know({ vehicles: [OTHER, STANDING] });
    expect(lines.at(-1)).toBe(`vehicle ${STANDING.id}`);
    expect(names()).toEqual(["upload-plan"]);
  });
  it("names the one that was not heard", async () => {
    const { flight, see } = aStation(OTHER, { aircraftSought: { systemId: 1 } });
    const over = flight.fly();
    for (let waited = 0; waited < 9; waited++) {
      await turn();
      await see(OTHER);
    }
    expect((await over).problem).toBe("no vehicle with number 1 heard on udp://:14550 for 90 s");
  });
  it("does not wait for one that is there already", async () => {
    const { flight, lines, waitsMs } = aStation(STANDING);
    void flight.fly();
    await turn();
    expect([lines, waitsMs]).toEqual([[`vehicle ${STANDING.id}`], []]);
  });
  it("ends when it is called off", async () => {
    const { flight, see, lines } = aStation(undefined);
    const over = flight.fly();
    await turn();
    flight.bringBack();
    await see(undefined);
    expect(await over).toMatchObject({ vehicle: undefined, problem: "cancelled" });
    expect(lines.slice(1)).toEqual(["cancelled: nothing more is begun"]);
  });
});

describe("over heights of imported packs", () => {
  const REAL = { ...STANDING, isSimulated: false };
  const SIMULATED = { ...STANDING, isSimulated: true };
  // A training plan waits for a simulated aircraft of its own.
  const OVER_PACKS = { hasPackHeights: true, planToFly: { plan: { ...plan, isTraining: false } } } as const;
  it("a simulated aircraft is sent nothing: it is to be flown without them", async () => {
    const { flight, names } = aStation(SIMULATED, OVER_PACKS);
    expect(await flight.fly()).toMatchObject({ isOverWrongGround: true, isVerified: false, startedUs: undefined });
    expect(names()).toEqual([]);
  });
  it("one that says so only after the link is up, too", async () => {
    const { flight, names, see, wait } = aStation(REAL, OVER_PACKS);
    wait(true);
    const over = flight.fly();
    await turn();
    expect(names()).toEqual([]);
    await see(SIMULATED);
    expect(await over).toMatchObject({ isOverWrongGround: true });
    expect(names()).toEqual([]);
  });
  it("one that says so only after the upload is not armed", async () => {
    const { flight, names, see, answer } = aStation(REAL, OVER_PACKS);
    const over = flight.fly();
    await turn();
    // The time in which it would have said so is over.
    await see(REAL);
    await see(SIMULATED);
    await answer("upload-plan");
    expect(await over).toMatchObject({ isOverWrongGround: true, isVerified: true });
    expect(names()).toEqual(["upload-plan"]);
  });
  it("one that says nothing of the kind is real after two seconds", async () => {
    const { flight, names, see, waitsMs } = aStation(REAL, OVER_PACKS);
    void flight.fly();
    await turn();
    expect({ names: names(), waitsMs }).toEqual({ names: [], waitsMs: [2000] });
    await see(REAL);
    expect(names()).toEqual(["upload-plan"]);
  });
  it("called off while that is waited for, nothing is sent", async () => {
    const { flight, names, see } = aStation(REAL, OVER_PACKS);
    const over = flight.fly();
    await turn();
    flight.bringBack();
    await see(REAL);
    expect(await over).toMatchObject({ problem: "cancelled" });
    expect(names()).toEqual([]);
  });
  it("without them nothing is waited for", async () => {
    const { flight, names, waitsMs } = aStation(SIMULATED);
    void flight.fly();
    await turn();
    expect({ names: names(), waitsMs }).toEqual({ names: ["upload-plan"], waitsMs: [] });
  });
});

describe("the upload", () => {
  it("sends the plan's text, and the reason to fly it all the same", async () => {
    const { flight, requests } = aStation(STANDING, { planToFly: { overrideReason: "trained for it" } });
    void flight.fly();
    await turn();
    expect(requests()).toEqual([
      { kind: "upload-plan", vehicleId: STANDING.id, planText, overrideReason: "trained for it" },
    ]);
  });
  it("waits a minute for the home, then leaves it to the station to refuse", async () => {
    const { flight, names, see, waitsMs } = aStation({ ...STANDING, home: undefined });
    void flight.fly();
    await turn();
    expect([names(), waitsMs]).toEqual([[], [60_000]]);
    await see({ ...STANDING, home: undefined });
    expect(names()).toEqual(["upload-plan"]);
  });
  it("of a training plan waits until the aircraft is known to be simulated; of another plan it does not", async () => {
    const asked = async (isTraining: boolean) => {
      const { flight, names } = aStation(
        { ...STANDING, isSimulated: false },
        { planToFly: { plan: { ...plan, isTraining } } },
      );
      void flight.fly();
      await turn();
      return names();
    };
    expect([await asked(true), await asked(false)]).toEqual([[], ["upload-plan"]]);
  });
  it("is not begun when it was called off meanwhile", async () => {
    const { flight, names, see } = aStation({ ...STANDING, home: undefined });
    const over = flight.fly();
    await turn();
    flight.bringBack();
    await see(STANDING);
    expect([names(), (await over).problem]).toEqual([[], "cancelled"]);
  });
  it("is not begun while two are heard and none was named", async () => {
    const { flight, know, names } = aStation(undefined);
    const over = flight.fly();
    await turn();
    await know({ vehicles: [STANDING, OTHER] });
    expect((await over).problem).toBe("vehicles 1, 9 are heard: say which with --vehicle N");
    expect(names()).toEqual([]);
  });
  it("that fails ends the flight, with nothing armed and nothing verified", async () => {
    const { flight, answer, names, lines } = aStation(STANDING);
    const over = flight.fly();
    await answer("upload-plan", err({ kind: "transfer", failure: { kind: "no-reply", lastSeq: 3 } }));
    expect(await over).toMatchObject({
      vehicle: STANDING.id,
      isVerified: false,
      problem: "upload: the vehicle stopped answering at item 3",
    });
    expect(names()).toEqual(["upload-plan"]);
    expect(lines).not.toContain("plan verified on aircraft");
  });
  it("that is done is told", async () => {
    const { lines } = await uploaded();
    expect(lines).toEqual([`vehicle ${STANDING.id}`, "plan verified on aircraft"]);
  });
});

describe("arming", () => {
  it("is sent as confirmed, under an id of its own; so is the start", async () => {
    const { requests } = await armed();
    const vehicleId = STANDING.id;
    expect(requests().slice(1)).toEqual([
      { kind: "command", vehicleId, commandId: `fly-${process.pid}-1`, command: { kind: "arm" }, isConfirmed: true },
      {
        ...{ kind: "command", vehicleId, commandId: `fly-${process.pid}-2` },
        ...{ command: { kind: "start-mission" }, isConfirmed: true },
      },
    ]);
  });
  it("that is refused is asked again every three seconds, and told once for each reason", async () => {
    const { answer, see, names, lines, waitsMs } = await uploaded();
    await answer("arm", REFUSED);
    await see(STANDING);
    await answer("arm", REFUSED);
    await see(STANDING);
    await answer("arm", notPossible("no-position"));
    await see(STANDING);
    expect(names().filter((name) => name === "arm")).toHaveLength(4);
    expect(waitsMs).toEqual([3000, 3000, 3000]);
    expect(lines.slice(2)).toEqual([
      "not ready to arm: the vehicle refused (result 4)",
      "not ready to arm: no-position",
    ]);
  });
  it("is given up three minutes after it was first asked, and not before", async () => {
    const { answer, see, names, over, waitsMs } = await uploaded();
    await answer("arm", REFUSED);
    await see({ ...STANDING, lastReceivedMonoMs: 180_000 });
    await answer("arm", REFUSED);
    await see({ ...STANDING, lastReceivedMonoMs: 180_001 });
    await answer("arm", REFUSED);
    // One that arms in spite of its refusal is watched for, five seconds.
    expect(waitsMs.at(-1)).toBe(5000);
    await see({ ...STANDING, lastReceivedMonoMs: 190_000 });
    expect(await over).toMatchObject({ startedUs: undefined, problem: "arm: the vehicle refused (result 4)" });
    expect(names()).toEqual(["upload-plan", "arm", "arm", "arm"]);
  });
  it("is not asked again without a reply, and watched for half a minute", async () => {
    const { answer, see, names, over, waitsMs } = await uploaded();
    await answer("arm", SILENT);
    expect(waitsMs).toEqual([30_000]);
    await see(STANDING);
    expect((await over).problem).toBe("arm: the vehicle did not answer (1 attempts)");
    expect(names()).toEqual(["upload-plan", "arm"]);
  });
  it("is watched for half a minute when the last one was not answered, although one before was refused", async () => {
    const { answer, see, waitsMs } = await uploaded();
    await answer("arm", REFUSED);
    await see(STANDING);
    await answer("arm", SILENT);
    expect(waitsMs).toEqual([3000, 30_000]);
  });
  it("that the station did not send is not watched for", async () => {
    const { answer, over, waitsMs, lines } = await uploaded();
    await answer("arm", BUSY);
    expect((await over).problem).toBe('arm: busy with "land"');
    expect([waitsMs, lines.at(-1)]).toEqual([[], "plan verified on aircraft"]);
  });
  it("is watched for when the station sent the one before", async () => {
    const { answer, see, waitsMs } = await uploaded();
    await answer("arm", REFUSED);
    await see(STANDING);
    await answer("arm", BUSY);
    expect(waitsMs).toEqual([3000, 5000]);
  });
  it("is not begun when a second aircraft is heard, unless one was named", async () => {
    const afterRefusal = async (wanted: Wanted) => {
      const { answer, know, names } = await uploaded(wanted);
      await answer("arm", REFUSED);
      await know({ vehicles: [STANDING, OTHER] });
      return names();
    };
    expect(await afterRefusal({})).toEqual(["upload-plan", "arm"]);
    expect(await afterRefusal({ aircraftSought: { systemId: 1 } })).toEqual(["upload-plan", "arm", "arm"]);
  });
  it("leaves open whether it is armed when no heartbeat says so", async () => {
    const { answer, see, over, lines } = await uploaded();
    await answer("arm", SILENT);
    await see(undefined);
    await over;
    expect(lines.at(-1)).toBe("nothing is known of the aircraft; ARMING WAS SENT AND MAY STILL HAPPEN");
  });
  it("does not speak of an arming that was seen", async () => {
    const { flight, answer, see } = await uploaded();
    await turn();
    await see(ARMED);
    expect(flight.aircraft()).not.toContain("ARMING");
    await answer("arm");
    await see(STANDING);
    expect(flight.aircraft()).not.toContain("ARMING");
  });
});

describe("the start", () => {
  it.each([
    ["not-verified", false],
    ["plan-not-read", false],
    ["plan-changed", false],
    ["plan-refused", false],
    ["no-position", true],
  ] as const)("that is not possible because of %s leaves the plan verified: %s", async (because, isVerified) => {
    const { answer, see, over } = await armed();
    await answer("start-mission", notPossible(because satisfies CommandReason));
    await see(STANDING);
    await answer("disarm");
    expect(await over).toMatchObject({ isVerified, startedUs: 0 });
  });
  it("that fails disarms what is on the ground, and says how it stands", async () => {
    const { answer, see, over, lines, names, waitsMs } = await armed();
    await answer("start-mission", REFUSED);
    expect(lines.slice(2)).toEqual(["armed", "disarming"]);
    await see(STANDING);
    await answer("disarm");
    expect((await over).problem).toBe("start-mission: the vehicle refused (result 4)");
    expect(lines.slice(4)).toEqual([expect.stringMatching(/^the aircraft: disarmed, GUIDED/)]);
    expect([names().at(-1), waitsMs]).toEqual(["disarm", []]);
  });
  it("that fails in the air never disarms: it brings the aircraft home", async () => {
    const { answer, see, over, lines, names } = await armed();
    await see(FLYING);
    await answer("start-mission", SILENT);
    expect(names().slice(2)).toEqual(["start-mission", "return"]);
    await answer("return");
    await see(LANDED);
    expect(await over).toMatchObject({
      landedUs: 0,
      problem: "start-mission: the vehicle did not answer (1 attempts); the aircraft returned and landed",
    });
    expect(lines.slice(2)).toEqual(["armed", "item 3 of 14, 0 contacts", "landed and disarmed"]);
  });
  it("is told, and so is a return that is refused, with what the aircraft does", async () => {
    const { flight, answer, see, lines, names } = await armed();
    await answer("start-mission");
    await see(FLYING);
    expect(lines.slice(2)).toEqual(["armed", "mission started", "item 3 of 14, 0 contacts"]);
    flight.bringBack();
    flight.bringBack();
    await answer("return", REFUSED);
    expect(names().slice(2)).toEqual(["start-mission", "return"]);
    expect(lines.slice(5)).toEqual([
      "returning to launch (once more to leave the aircraft to itself)",
      "returning to launch (once more to leave the aircraft to itself)",
      expect.stringMatching(/^return: the vehicle refused \(result 4\); the aircraft: ARMED, GUIDED/),
    ]);
    // The next press asks again: the one before is over.
    flight.bringBack();
    await turn();
    expect(names().slice(2)).toEqual(["start-mission", "return", "return"]);
  });
  it("that was called off meanwhile sends the return again once it takes effect, and no third time", async () => {
    const { flight, answer, names } = await armed();
    await turn();
    flight.bringBack();
    await answer("return");
    await answer("start-mission");
    expect(names().slice(2)).toEqual(["start-mission", "return", "return"]);
    await answer("return");
    expect(names().slice(2)).toEqual(["start-mission", "return", "return"]);
  });
});

describe("the end", () => {
  it("of a plan flown whole: the times of arming and landing, and no problem", async () => {
    const { know, answer, see, over } = await uploaded();
    await know({ stationUnixUs: 5_000_000, vehicles: [ARMED] });
    await answer("arm");
    await answer("start-mission");
    await see(FLYING);
    await see(AT_THE_END);
    await know({ stationUnixUs: 9_000_000, vehicles: [LANDED] });
    expect(await over).toEqual({
      vehicle: STANDING.id,
      isVerified: true,
      startedUs: 5_000_000,
      landedUs: 9_000_000,
      problem: undefined,
    });
  });
  it("of one that was called off in the air: landed where the plan did not end, on purpose", async () => {
    const { flight, answer, see, over, lines } = await armed();
    await answer("start-mission");
    await see(FLYING);
    flight.bringBack();
    await answer("return");
    await see(LANDED);
    expect(await over).toMatchObject({ landedUs: 0, problem: "cancelled by the pilot; the aircraft returned" });
    expect(lines.at(-1)).toBe("landed and disarmed");
  });
  it("of a plan without a return: it is sent at its last item", async () => {
    const items = plan.items.slice(0, 2);
    const noReturn = { ...plan, items };
    const station = aStation(STANDING, { planToFly: { plan: noReturn } });
    void station.flight.fly();
    await station.answer("upload-plan");
    await station.see(ARMED);
    await station.answer("arm");
    await station.answer("start-mission");
    const seq = missionItemsOf(noReturn).length;
    const hovering = { isArmed: true, landed: "air", autopilot: ARDUPILOT, seq } as const;
    for (const atMonoMs of [1000, 3000, 5000, 7000]) await station.see(shown({ ...hovering, atMonoMs }));
    expect(station.names().slice(2)).toEqual(["start-mission", "return"]);
  });
  it("of a flight from below home: the height of its take-off is that of its arming", async () => {
    const below = { isArmed: true, heightM: -12 };
    const station = await uploaded();
    await station.see(shown(below));
    await station.answer("arm");
    await station.answer("start-mission");
    await station.see({ ...AT_THE_END, lastReceivedMonoMs: 500 });
    for (const atMonoMs of [1000, 2000, 3000]) await station.see(shown({ ...below, atMonoMs }));
    await station.see(shown({ ...below, isArmed: false, atMonoMs: 4000 }));
    expect((await station.over).problem).toBeUndefined();
  });
  it("of a crash says what crashed, from the arming on", async () => {
    const crash = { receivedAtMonoMs: 0, severity: 2, text: "Crash: Disarming" };
    const ended = async (unixTimeUs: number) => {
      const { know, answer, see, over } = await uploaded();
      await know({ stationUnixUs: 100, vehicles: [ARMED] });
      await answer("arm");
      await answer("start-mission");
      await see(AT_THE_END);
      await see({ ...LANDED, texts: [{ ...crash, unixTimeUs }] });
      return (await over).problem;
    };
    expect(await ended(99)).toBeUndefined();
    expect(await ended(100)).toBe('the aircraft did not land by itself: "Crash: Disarming"');
  });
});
